package moderation

import (
	"cmp"
	"context"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Screen judges a message by rules and classifier and keeps nothing: for files
// of messages, for what the assistant itself says, and for texts that it reads.
// A judge is not asked; those that one would be asked about are delivered with
// review, or held.
func (m *Moderator) Screen(ctx context.Context, tenant string, msg message.Message) Verdict {
	start := time.Now()
	v, _ := m.look(m.sites.of(ctx, tenant), &msg)
	m.observe("screened", tenant, msg, v, time.Since(start))
	return v
}

// look has the first two stages judge a message, and tells what they decide.
func (m *Moderator) look(p *plan, msg *message.Message) (Verdict, ruling) {
	msg.Channel = cmp.Or(msg.Channel, message.Direct)
	set := m.cfg.Rules()
	result := set.Check(*msg)
	var scores classify.Scores
	if m.cfg.Classifier != nil {
		scores = m.cfg.Classifier.Score(*msg, result)
	}
	labels := p.labels[msg.Channel]
	var room [labelCount]finding
	found := room[:len(labels)]
	// Where the score of any violation does not count, a hit is not doubted either.
	shares := m.cfg.Classifier == nil || !p.whole[msg.Channel] || scores.Any >= p.any.Review
	for i, l := range labels {
		f := finding{plan: l, score: scores.Label[l.at]}
		f.hit, _ = result.Strongest(l.label)
		f.meet(shares)
		found[i] = f
	}
	r := p.rule(msg.Channel, found, scores.Any)
	v := Verdict{
		Action: r.action, Labels: r.labels, Score: r.any, Scores: make(map[policy.Label]float64, len(found)),
		Stage: r.stage, Rule: r.step.rule, Rules: set.Version(), Policy: policy.Version(),
	}
	if v.Labels == nil {
		v.Labels = []policy.Label{}
	}
	if m.cfg.Classifier != nil {
		v.Model = m.cfg.Classifier.Version()
	}
	for _, f := range found {
		v.Scores[f.plan.label] = f.score
	}
	if v.Action != Deliver {
		v.Marks = m.marks(*msg, r.labels, result)
	}
	return v, r
}

const (
	labelCount = 10 // of policy.Labels, at most
	mostMarks  = 20
	mostWords  = 5 // of the classifier, by label
)

// marks shows what counted: the hits of rules for the labels, and for those
// that no rule found the words that the classifier weighed most.
func (m *Moderator) marks(msg message.Message, labels []policy.Label, result rules.Result) (marks []Mark) {
	for _, label := range labels {
		before := len(marks)
		for _, h := range result.Hits {
			if h.Label == label && h.Strength > rules.Hint && len(marks) < mostMarks {
				marks = append(marks, Mark{Label: label, Rule: ruleName(h), Quote: h.Quote, Start: h.Start, End: h.End, Thread: h.Thread})
			}
		}
		if len(marks) > before || m.cfg.Classifier == nil {
			continue
		}
		for _, w := range m.cfg.Classifier.Words(msg, label, mostWords) {
			if len(marks) < mostMarks {
				marks = append(marks, Mark{Label: label, Quote: w.Quote, Start: w.Start, End: w.End})
			}
		}
	}
	return marks
}

// observe tells of a verdict.
func (m *Moderator) observe(event, tenant string, msg message.Message, v Verdict, took time.Duration) {
	o := Observation{Event: event, Tenant: tenant, Channel: msg.Channel, Action: v.Action, Stage: v.Stage, Took: took}
	if len(v.Labels) > 0 {
		o.Label = v.Labels[0]
	}
	m.cfg.Observe(o)
}
