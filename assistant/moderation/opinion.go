package moderation

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// opinion is what a judge says of a message, or why it says nothing.
type opinion struct {
	label      policy.Label // "" for none
	quote      string       // as it stands in the text
	reason     string
	confidence float64
	cached     bool
	err        error // the judge could not be asked
}

// outcome is what an opinion is worth to a site.
type outcome string

const (
	cleared   outcome = "cleared"
	confirmed outcome = "confirmed"
	unsure    outcome = "unsure"
	down      outcome = "down"
)

// outcome weighs an opinion. With keep a judge does not clear the message: its text gives
// instructions to whoever judges it, and only a person is safe from being talked round, or
// it is so long that a judge has not read all of it.
func (p *plan) outcome(o opinion, keep bool) outcome {
	switch j := p.settings.Judge; {
	case o.err != nil:
		return down
	case o.label == "" && o.confidence >= j.Clear && !keep:
		return cleared
	case o.label != "" && o.confidence >= j.Confirm:
		return confirmed
	}
	return unsure
}

// judged returns a verdict as it is after an opinion, in the terms of the
// table: cleared is delivered, confirmed is the site's choice, and what the judge does
// not know waits for a person as it is, or as the site chose for a judge that is down.
func (p *plan) judged(text string, v Verdict, o opinion, keep bool) Verdict {
	v.Judging = false
	switch p.outcome(o, keep) {
	case cleared:
		v.Action, v.Labels, v.Stage, v.Reason = Deliver, []policy.Label{}, StageJudge, o.reason
		v.Marks, v.Rule = nil, ""
	case confirmed:
		v.Action, v.Stage, v.Reason = p.settings.Judge.Confirmed, StageJudge, o.reason
		v.Labels = first(o.label, v.Labels)
		v.Marks = append(quoted(text, o), v.Marks...)
	case unsure:
		v.Reason = o.reason
	case down:
		v.Action = harder(v.Action, p.settings.Judge.Down)
	}
	return v
}

// first puts a label before the others.
func first(l policy.Label, others []policy.Label) []policy.Label {
	list := []policy.Label{l}
	for _, o := range others {
		if o != l {
			list = append(list, o)
		}
	}
	return list
}

// conclude writes an opinion into its case. It returns nil for a case that is no
// longer the judge's: a person or the deadline was faster.
func (m *Moderator) conclude(ctx context.Context, p *plan, tenant, id string, o opinion, keep bool) (*Case, error) {
	ctx, cancel := context.WithTimeout(ctx, storing)
	defer cancel()
	c, err := m.cfg.Queue.Get(ctx, tenant, id)
	if err != nil {
		return nil, fmt.Errorf("moderation: judge: %w", err)
	}
	if c.Status != Judging {
		return nil, nil
	}
	now, before := m.cfg.Now(), c.Verdict.Action
	c.Verdict = p.judged(c.Message.Text, c.Verdict, o, keep)
	m.stand(&c, p, statusOf(c.Verdict), now)
	note := o.reason
	if o.err != nil {
		note = "the judge could not be asked: " + why(o.err)
	}
	stored, err := m.change(ctx, Change{Case: c, Decision: Decision{
		ID: rand.Text(), Case: c.ID, Kind: Judged, Action: c.Verdict.Action, Labels: c.Verdict.Labels, Stage: c.Verdict.Stage,
		Actor: "judge", Note: note, At: now, Changes: changes(before, c.Verdict.Action),
	}})
	if errors.Is(err, ErrConflict) {
		return m.conclude(ctx, p, tenant, id, o, keep) // somebody was faster: see what is left to do
	}
	if err != nil {
		return nil, fmt.Errorf("moderation: judge: %w", err)
	}
	return &stored, nil
}

// stand gives a case its status, and a deadline when its message is held.
func (m *Moderator) stand(c *Case, p *plan, s Status, now time.Time) {
	c.Status, c.Changed = s, now
	switch {
	case s == Decided || c.Verdict.Action != Hold:
		c.Deadline = time.Time{}
	case c.Deadline.IsZero():
		c.Deadline = p.deadline(now)
	}
}

// Judged screens messages and has the judge asked at once about those that it
// would be asked about, without keeping anything: for evaluation, and for files
// of messages. When the judge is down, the site's choice for that is returned.
func (m *Moderator) Judged(ctx context.Context, tenant string, messages []message.Message) []Verdict {
	p := m.sites.of(ctx, tenant)
	verdicts := make([]Verdict, len(messages))
	var doubtful []int
	for i := range messages {
		v, r := m.look(p, &messages[i])
		verdicts[i] = v
		if r.ask && m.judge != nil && !p.settings.Judge.Off {
			doubtful = append(doubtful, i)
		}
	}
	for _, group := range m.groups(messages, doubtful) {
		asked := make([]message.Message, len(group))
		for i, at := range group {
			asked[i] = messages[at]
		}
		said := m.judge.opinions(ctx, p, tenant, asked)
		for i, at := range group {
			verdicts[at] = p.judged(messages[at].Text, verdicts[at], said[i], m.instructs(messages[at]) || cut(messages[at]))
		}
	}
	return verdicts
}

// groups are the messages that may go to the judge in one call, by channel.
func (m *Moderator) groups(messages []message.Message, doubtful []int) (groups [][]int) {
	open := make(map[message.Channel]int) // 1 + the index of the group that has room
	for _, at := range doubtful {
		channel := cmp.Or(messages[at].Channel, message.Direct)
		g := open[channel]
		switch {
		case m.instructs(messages[at]):
			groups = append(groups, []int{at})
			continue
		case g == 0 || len(groups[g-1]) == atOnce:
			groups = append(groups, nil)
			g = len(groups)
			open[channel] = g
		}
		groups[g-1] = append(groups[g-1], at)
	}
	return groups
}
