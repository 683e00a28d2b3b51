// Package advice answers questions about hiring and freelancing: from a small
// handbook written for Parley, cited by section, and from the marketplace's own
// figures. What neither knows it says it does not know.
//
// The handbook is general information. Where a section touches law or tax the
// answer says so.
package advice

import (
	"context"
	_ "embed" // the prompt
	"encoding/json"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Kind is the route of this workflow. It has no drafts.
const Kind = "advice"

// Library is where figures come from; *retrieval.Retriever is one.
type Library interface {
	workflow.Library
	Trend(ctx context.Context, query retrieval.TrendQuery) (retrieval.Trend, error)
}

// Workflow answers questions. It is safe for concurrent use.
type Workflow struct {
	library Library
	finder  *finder
	speaker workflow.Speaker
}

// New returns a Workflow. The embedder tells how near a question is to the
// sections; it should be one of this process, since it is asked in every turn.
func New(library Library, embedder retrieval.Embedder, speaker workflow.Speaker) *Workflow {
	return &Workflow{library: library, finder: newFinder(embedder), speaker: speaker}
}

var (
	//go:embed prompts/reply.v1.md
	replyText   string
	replyPrompt = workflow.Prompt{Name: "advice/reply.v1", Text: replyText}
)

// turn is the state of one answer.
type turn struct {
	in       sessions.Turn
	question string // with what a short follow-up goes on from
	asked    map[string]bool
	matches  []match
	figures  figures
	problem  string // why there are no figures
	facts    workflow.Facts
	evidence []sessions.Evidence
	stages   *workflow.Stages
}

// Respond answers one question. See sessions.Responder.
func (w *Workflow) Respond(ctx context.Context, in sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	in.Message.Text = strings.ToValidUTF8(in.Message.Text, "\uFFFD")
	t := &turn{in: in, stages: workflow.StagesOf(ctx)}
	if err := emit(w.speaker.Route(Kind)); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("understand", func() error { return w.understand(ctx, t) }); err != nil {
		return sessions.Outcome{}, err
	}
	if err := t.stages.Run("retrieve", func() error { return w.retrieve(ctx, t) }); err != nil {
		return sessions.Outcome{}, err
	}
	t.decide()
	if len(t.evidence) > 0 {
		if err := emit(sessions.Output{Evidence: t.evidence}); err != nil {
			return sessions.Outcome{}, err
		}
	}
	var said workflow.Said
	err := t.stages.Run("say", func() (err error) {
		request := workflow.Request(in, model.Advice, "reply", replyPrompt, t.facts.List)
		request.History = workflow.History(in)
		said, err = w.speaker.Say(ctx, request, false, func(text string) error { return emit(sessions.Output{Text: text}) })
		return err
	})
	return t.outcome(said), err
}

// longestQuestion is how much of a message is read, in bytes: what comes after
// is pasted text.
const longestQuestion = 2000

// understand takes the question. A short one that goes on ("and for hourly
// work?") is read together with the one before it.
func (w *Workflow) understand(ctx context.Context, t *turn) (err error) {
	t.question = clip(t.in.Message.Text, longestQuestion)
	if n := len(t.in.History); n > 0 && len(questionTerms(t.question)) <= 3 && len(strings.Fields(t.question)) <= 8 {
		if before := t.in.History[n-1]; before.Response != nil && before.Response.Route == Kind {
			t.question = clip(before.Message.Text, longestQuestion) + "\n" + t.question
		}
	}
	t.asked = questionTerms(t.question)
	t.matches, err = w.finder.find(ctx, t.question, t.in.Session.Role)
	return err
}

func clip(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	return strings.ToValidUTF8(text[:bytes], "")
}

// said is what was answered before in this conversation, for not saying it again.
func (t *turn) said() string {
	var b strings.Builder
	for _, x := range t.in.History[max(0, len(t.in.History)-8):] {
		if x.Response != nil {
			b.WriteString(x.Response.Text + "\n")
		}
	}
	return b.String()
}

// outcome is what the turn leaves.
func (t *turn) outcome(said workflow.Said) sessions.Outcome {
	a := workflow.Annotations{Route: Kind, Problem: t.problem, Calls: said.Calls, Stages: t.stages}
	for _, e := range t.evidence {
		a.Evidence = append(a.Evidence, e.ID)
	}
	title := ""
	if len(t.in.History) == 0 {
		title = workflow.Clip(t.in.Message.Text, 60)
	}
	return a.Conclude(title, said, t.facts.Citations("", said.Claims))
}

// guideEvidence is a section as the page shows it.
func guideEvidence(s *Section, quoted string) sessions.Evidence {
	data, err := json.Marshal(map[string]string{"topic": s.Topic, "text": s.Text})
	if err != nil { // strings only
		panic(err)
	}
	return sessions.Evidence{ID: s.ID, Kind: "guide", Title: s.Title, Snippet: workflow.Clip(quoted, 180), Reason: "Handbook, " + strings.ReplaceAll(s.Topic, "-", " "), Data: data}
}

// legal are the topics of which a reader should hear that this is no legal advice.
var legal = []string{"contracts", "intellectual-property", "tax", "hiring-law"}

func isLegal(s *Section) bool { return slices.Contains(legal, s.Topic) }
