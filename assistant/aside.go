package assistant

import (
	"encoding/json"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// clarify asks which of the two likeliest things is meant.
func clarify(turn sessions.Turn, c choice, emit func(sessions.Output) error) (sessions.Outcome, error) {
	text, replies := route.Clarify(c.Decision, string(turn.Session.Role))
	q := sessions.Question{Slot: clarifySlot, Text: text}
	for _, reply := range replies {
		q.Suggestions = append(q.Suggestions, sessions.QuickReply{Text: reply})
	}
	return say(string(c.Route), text, &q, emit)
}

// mostRepeats is how often an open question is put again after something else.
const mostRepeats = 2

// refuse answers what is out of scope. A question that was open stays so, and
// is put again.
func refuse(turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	text := route.Refusal(turn.Message.Text, string(turn.Session.Role), turn.Message.ID)
	q := workflow.LastQuestion(turn.History)
	if q == nil || q.Slot == clarifySlot || timesAsked(turn.History, q.Text) > mostRepeats {
		return say(string(route.OutOfScope), text, nil, emit)
	}
	return say(string(route.OutOfScope), text+"\n\n"+q.Text, q, emit)
}

func timesAsked(history []sessions.Exchange, text string) (n int) {
	for _, x := range history {
		if x.Response != nil && x.Response.Question != nil && x.Response.Question.Text == text {
			n++
		}
	}
	return n
}

// say emits a text of the assistant's own.
func say(workflowName, text string, q *sessions.Question, emit func(sessions.Output) error) (sessions.Outcome, error) {
	outputs := []sessions.Output{{Route: &sessions.Route{Workflow: workflowName, Model: builtin.Name}}, {Text: text}}
	if q != nil {
		outputs = append(outputs, sessions.Output{Question: q})
	}
	for _, o := range outputs {
		if err := emit(o); err != nil {
			return sessions.Outcome{}, err
		}
	}
	var claims workflow.Claims
	prose := workflow.NewProse("", &claims)
	for _, sentence := range grounding.Sentences(text) {
		prose.Verbatim(sentence, []sessions.Source{{Kind: "wording"}})
	}
	for i := range claims {
		claims[i].Kind = string(grounding.Wording)
	}
	return sessions.Outcome{Citations: claims}, nil
}

// annotated adds how a message was screened and routed, and what was not read
// for it, to what is kept of its response.
func annotated(out sessions.Outcome, c choice, verdict *ruled, unread []unread) sessions.Outcome {
	notes := map[string]any{"routing": map[string]any{
		"route": c.Route, "confidence": c.Confidence, "runner_up": c.RunnerUp, "rule": c.Rule, "reason": c.Reason, "by": c.By, "asks": c.Asks, "call": c.Call,
	}}
	if verdict != nil {
		notes["moderation"] = verdict
	}
	if len(unread) > 0 {
		notes["unread"] = unread
	}
	return noted(out, notes)
}

// traced adds when the parts of a turn ran.
func traced(out sessions.Outcome, stages *workflow.Stages) sessions.Outcome {
	out.Stages = stages.Took()
	return noted(out, map[string]any{"began": stages.Began().UTC(), "spans": stages.Spans(), "stages_ms": out.Stages})
}

// noted adds to what is kept of a response.
func noted(out sessions.Outcome, notes map[string]any) sessions.Outcome {
	fields := make(map[string]json.RawMessage)
	if len(out.Annotations) > 0 {
		if err := json.Unmarshal(out.Annotations, &fields); err != nil {
			return out
		}
	}
	for name, value := range notes {
		data, err := json.Marshal(value)
		if err != nil { // strings and numbers only
			panic(err)
		}
		fields[name] = data
	}
	data, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	out.Annotations = data
	return out
}
