package workflow

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Library is where documents and figures come from; *retrieval.Retriever is one.
type Library interface {
	Search(ctx context.Context, query retrieval.Query) ([]retrieval.Hit, error)
	Market(ctx context.Context, query retrieval.MarketQuery) (retrieval.Market, error)
	Documents(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) ([]retrieval.Document, error)
}

// Prompt is an instruction for language models. A change of its text is a new
// version, a new file: answers are stored with the version they came from.
type Prompt struct {
	Name string // "job_post/reply.v1"
	Text string
}

// Request is a call for a turn, with the end of the conversation.
func Request(in sessions.Turn, purpose model.Purpose, task string, prompt Prompt, facts []model.Fact) model.Request {
	return model.Request{Tenant: in.Session.Tenant, Session: in.Session.ID, Response: in.ResponseID,
		Purpose: purpose, Task: task, Instructions: prompt.Text, Prompt: prompt.Name, Facts: facts}
}

// longestHistory is how much of the conversation a model is shown.
const longestHistory = 8

// History is the end of the conversation, for a model to answer in its tone:
// at most eight exchanges, each text cut to 2,000 characters, so that a
// conversation of any length fits into a model's context. What may be said is
// in the facts alone, and what was said before lives in the drafts.
func History(in sessions.Turn) []model.Message {
	var messages []model.Message
	for _, exchange := range in.History[max(0, len(in.History)-longestHistory):] {
		messages = append(messages, model.Message{Role: "user", Text: Clip(exchange.Message.Text, 2000)})
		if exchange.Response != nil && exchange.Response.Text != "" {
			messages = append(messages, model.Message{Role: "assistant", Text: Clip(exchange.Response.Text, 2000)})
		}
	}
	return append(messages, model.Message{Role: "user", Text: Clip(in.Message.Text, 4000)})
}

// Current returns the newest draft of a kind, and false when there is none.
func Current(drafts []sessions.Draft, kind string) (sessions.Draft, bool) {
	for i := len(drafts) - 1; i >= 0; i-- {
		if drafts[i].Kind == kind {
			return drafts[i], true
		}
	}
	return sessions.Draft{}, false
}

// LastQuestion is the question that waits for its answer: the one at the end of
// the last response; nil for none.
func LastQuestion(history []sessions.Exchange) *sessions.Question {
	if len(history) == 0 {
		return nil
	}
	if r := history[len(history)-1].Response; r != nil {
		return r.Question
	}
	return nil
}

// Annotations are what every workflow keeps of a turn, for review and replay.
// They hold decisions and ids, and of texts only the sentences that were
// dropped. Detail is the workflow's own.
type Annotations struct {
	Route    string   `json:"route"`
	Evidence []string `json:"evidence,omitempty"`
	Problem  string   `json:"retrieval_problem,omitempty"`
	Prompts  []string `json:"prompts,omitempty"`
	Calls    []Call   `json:"calls"`
	Detail   any      `json:"detail,omitempty"`

	Stages *Stages `json:"-"` // kept by package assistant, with what went before
}

// Conclude makes the outcome of a turn from what was said and what is to be kept.
func (a Annotations) Conclude(title string, said Said, citations []sessions.Claim) sessions.Outcome {
	out := sessions.Outcome{Stages: a.Stages.Took(), Title: title, Citations: citations}
	for _, c := range a.Calls {
		out.Usage.InputTokens += c.Usage.InputTokens
		out.Usage.OutputTokens += c.Usage.OutputTokens
		if c.Prompt != "" {
			a.Prompts = append(a.Prompts, c.Prompt)
		}
	}
	if said.Cut {
		out.Incomplete = &sessions.Problem{Code: "unavailable", Message: "The answer broke off. What you see is complete up to here.", Temporary: true}
	}
	data, err := json.Marshal(a)
	if err != nil { // strings and numbers only
		panic(err)
	}
	out.Annotations = data
	return out
}

// Clip shortens a text to so many characters, at a space where there is one.
// White space becomes single spaces.
func Clip(text string, limit int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	short := string(runes[:limit])
	if at := strings.LastIndexByte(short, ' '); at > limit/2 {
		short = short[:at]
	}
	return strings.TrimRight(short, " ,.;:") + "…"
}

// Join writes a list: "a", "a and b", "a, b and c".
func Join(texts []string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " and " + texts[len(texts)-1]
}
