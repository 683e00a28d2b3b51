package assistant

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/sessions"
)

// Screener judges texts by the policies of a site; a *moderation.Moderator is one.
type Screener interface {
	// Check judges a message and keeps a case of one that is not clean. An error
	// that wraps moderation.ErrUnavailable passes.
	Check(ctx context.Context, tenant string, msg message.Message, from moderation.Origin) (moderation.Verdict, *moderation.Case, error)
	// Screen judges a message and keeps nothing.
	Screen(ctx context.Context, tenant string, msg message.Message) moderation.Verdict
}

// before is how many earlier messages of a person a message is judged with.
const before = 5

// ruled is a verdict as it is kept with a response: of texts there are none in it.
type ruled struct {
	Action moderation.Action `json:"decision"`
	Labels []policy.Label    `json:"labels,omitempty"`
	Score  float64           `json:"score"`
	Stage  moderation.Stage  `json:"stage"`
	Rule   string            `json:"rule,omitempty"`
	Case   string            `json:"case,omitempty"`
	Rules  string            `json:"rules_version,omitempty"`
	Model  string            `json:"model_version,omitempty"`
	Policy string            `json:"policy_version,omitempty"`
}

// incoming judges the message of a turn before anything else reads it. Nil for a
// turn that a reviewer released, and where nothing is screened.
func (a *Assistant) incoming(ctx context.Context, turn sessions.Turn) (*ruled, error) {
	if a.screener == nil || turn.Released || turn.Message.Text == "" {
		return nil, nil
	}
	msg := message.Message{
		ID:      turn.Session.ID + "/" + turn.Message.ID,
		Channel: message.Assistant, Sender: string(turn.Session.Role), Text: turn.Message.Text,
	}
	for _, x := range turn.History[max(0, len(turn.History)-before):] {
		msg.Thread = append(msg.Thread, message.Line{Sender: msg.Sender, Text: x.Message.Text})
	}
	v, kept, err := a.check(ctx, turn, msg)
	if err != nil {
		return nil, err
	}
	r := &ruled{Action: v.Action, Labels: v.Labels, Score: v.Score, Stage: v.Stage, Rule: v.Rule, Rules: v.Rules, Model: v.Model, Policy: v.Policy}
	if kept != nil {
		r.Case = kept.ID
	}
	return r, nil
}

// check asks about a message. One that is answered anew has its case from the
// first time; but a release runs the response that a case names, so a response that
// is held needs a case of its own. The same goes for a message before which another
// one was released meanwhile, which makes it a different thread.
func (a *Assistant) check(ctx context.Context, turn sessions.Turn, msg message.Message) (moderation.Verdict, *moderation.Case, error) {
	from := moderation.Origin{Subject: turn.Session.Owner, Session: turn.Session.ID, Response: turn.ResponseID}
	v, kept, err := a.screener.Check(ctx, turn.Session.Tenant, msg, from)
	another := errors.Is(err, moderation.ErrConflict) || err == nil && kept != nil && !v.Action.Delivers() && kept.Resp != turn.ResponseID
	if another {
		msg.ID += "/" + turn.ResponseID
		v, kept, err = a.screener.Check(ctx, turn.Session.Tenant, msg, from)
	}
	switch {
	case errors.Is(err, moderation.ErrUnavailable):
		return v, nil, fmt.Errorf("screen: %w: %w", unscreened, err)
	case err != nil:
		return v, nil, fmt.Errorf("screen: %w", err)
	}
	return v, kept, nil
}

// unscreened is told when a message that has to be looked at cannot be kept for
// that: it is not answered, and is there to be sent again.
var unscreened = &sessions.Problem{Code: "unavailable", Message: "Your message could not be checked just now. Please try again in a moment.", Temporary: true}

// held is the end of a turn whose message is not answered.
func held(turn sessions.Turn, r *ruled) sessions.Outcome {
	var label policy.Label
	if len(r.Labels) > 0 {
		label = r.Labels[0]
	}
	notice := cmp.Or(policy.Notice(label, turn.Session.Locale), "A person will look at this message before it is answered.")
	data, err := json.Marshal(map[string]any{"moderation": r})
	if err != nil { // strings and numbers only
		panic(err)
	}
	return sessions.Outcome{Held: &sessions.Problem{Code: "held", Message: notice}, Annotations: data}
}
