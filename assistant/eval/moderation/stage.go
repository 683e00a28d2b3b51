package moderation

import (
	"context"
	"log/slog"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Cascade is what is measured.
type Cascade struct {
	Rules      *rules.Set
	Classifier *classify.Classifier
	Log        *slog.Logger
}

// tenant is the site that everything is measured on, with the default settings.
const tenant = "default"

// judgement is what one stage, or several together, say of a message.
type judgement struct {
	score  float64
	scores map[policy.Label]float64 // of the labels that its channel is screened for
	action moderation.Action
	labels []policy.Label
	asked  bool // a judge was, or would be
}

// flagged tells that the message is not simply delivered.
func (j judgement) flagged() bool { return j.action != moderation.Deliver }

// stopped tells that the message does not go out, or not yet.
func (j judgement) stopped() bool { return !j.action.Delivers() }

func (c Cascade) moderator() *moderation.Moderator {
	return moderation.New(moderation.Config{Rules: func() *rules.Set { return c.Rules }, Classifier: c.Classifier, Log: c.Log})
}

// both are rules and classifier together, as a server without a judge runs them.
func (c Cascade) both(ctx context.Context, cases []Case) []judgement {
	return screen(ctx, c.moderator(), cases)
}

// onlyRules are the rules alone. They give no probabilities: messages are
// ranked by the strength of the strongest hit.
func (c Cascade) onlyRules(ctx context.Context, cases []Case) []judgement {
	judged := screen(ctx, Cascade{Rules: c.Rules, Log: c.Log}.moderator(), cases)
	for i, one := range cases {
		result, j := c.Rules.Check(one.Message), &judged[i]
		j.score = 0
		for label := range j.scores {
			hit, _ := result.Strongest(label)
			j.scores[label] = strength[hit.Strength]
			j.score = max(j.score, j.scores[label])
		}
	}
	return judged
}

// strength is where a hit ranks its message.
var strength = map[rules.Strength]float64{rules.Hint: 0.1, rules.Likely: 0.5, rules.Certain: 1}

func screen(ctx context.Context, m *moderation.Moderator, cases []Case) []judgement {
	defer m.Close()
	judged := make([]judgement, len(cases))
	for i, c := range cases {
		judged[i] = told(m.Screen(ctx, tenant, c.Message))
	}
	return judged
}

func told(v moderation.Verdict) judgement {
	return judgement{score: v.Score, scores: v.Scores, action: v.Action, labels: v.Labels}
}

// onlyClassifier is the classifier blind to what rules found, which it has
// otherwise learned from, with its own thresholds.
func (c Cascade) onlyClassifier(both []judgement, cases []Case) []judgement {
	judged := make([]judgement, len(cases))
	for i, one := range cases {
		blind := rules.Result{Text: c.Rules.Check(one.Message).Text}
		judged[i] = byThresholds(c.Classifier.Score(one.Message, blind), c.Classifier.Thresholds(), both[i].scores, one.Channel)
	}
	return judged
}

// byThresholds decides by scores alone. The score of any violation counts
// between people, where all labels are looked for.
func byThresholds(s classify.Scores, t classify.Thresholds, screened map[policy.Label]float64, channel message.Channel) judgement {
	j := judgement{scores: make(map[policy.Label]float64, len(screened)), action: moderation.Deliver}
	top := policy.Label("")
	for label := range screened {
		score := s.Of(label)
		j.scores[label] = score
		if top == "" || score > j.scores[top] || score == j.scores[top] && label < top {
			top = label
		}
		if action := at(score, t.Of(label)); action != moderation.Deliver {
			j.labels = append(j.labels, label)
			j.action = harder(j.action, action)
		}
	}
	j.score = j.scores[top]
	if channel == message.Direct || channel == message.Post {
		j.score = max(j.score, s.Any)
		j.action = harder(j.action, at(j.score, t.Any))
	}
	if j.flagged() && len(j.labels) == 0 {
		j.labels = []policy.Label{top}
	}
	return j
}

func at(score float64, p classify.Points) moderation.Action {
	switch {
	case score >= p.Block:
		return moderation.Block
	case score >= p.Hold:
		return moderation.Hold
	case score >= p.Review:
		return moderation.DeliverAndReview
	}
	return moderation.Deliver
}

var severity = map[moderation.Action]int{moderation.Deliver: 0, moderation.DeliverAndReview: 1, moderation.Hold: 2, moderation.Block: 3}

func harder(a, b moderation.Action) moderation.Action {
	if severity[b] > severity[a] {
		return b
	}
	return a
}
