package moderation

import (
	"cmp"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// plan is a site's settings, ready to be applied to messages.
type plan struct {
	settings Settings // with the defaults filled in, but for labels
	any      classify.Points
	labels   map[message.Channel][]labelPlan // those that are looked for
	whole    map[message.Channel]bool        // all of a channel between people are, so that the score of any violation counts
	share    *share
}

// labelPlan is what is done for a label.
type labelPlan struct {
	label           policy.Label
	at              int // its index
	points          classify.Points
	certain, likely Action
	// What the site chose by itself for a strength is not doubted.
	certainChosen, likelyChosen bool
}

var channels = []message.Channel{message.Direct, message.Assistant, message.Post, message.Document}

// never is not reached by any score.
const never = 2

// newPlan fills in the defaults.
func newPlan(s Settings, defaults classify.Thresholds) *plan {
	p := &plan{
		any:    points(s.Any, defaults.Any),
		labels: make(map[message.Channel][]labelPlan),
		whole:  make(map[message.Channel]bool),
	}
	for _, channel := range channels {
		p.whole[channel] = channel == message.Direct || channel == message.Post
		for i, label := range policy.Labels() {
			if !screened(label, channel) {
				continue
			}
			chosen := s.Labels[label]
			if chosen.Channels != nil && !slices.Contains(chosen.Channels, channel) {
				p.whole[channel] = false
				continue
			}
			standard := standard(label, channel, defaults.Of(label))
			p.labels[channel] = append(p.labels[channel], labelPlan{
				label: label, at: i, points: points(chosen.Thresholds, standard.points),
				certain: cmp.Or(chosen.Certain, standard.certain), likely: cmp.Or(chosen.Likely, standard.likely),
				certainChosen: chosen.Certain != "", likelyChosen: chosen.Likely != "",
			})
		}
	}
	j := &s.Judge
	j.Share, j.Clear, j.Confirm = cmp.Or(j.Share, defaultShare), cmp.Or(j.Clear, defaultClear), cmp.Or(j.Confirm, defaultConfirm)
	j.Meanwhile, j.Down, j.Confirmed = cmp.Or(j.Meanwhile, DeliverAndReview), cmp.Or(j.Down, DeliverAndReview), cmp.Or(j.Confirmed, Block)
	s.Hold.Hours, s.Hold.Then = cmp.Or(s.Hold.Hours, defaultHours), cmp.Or(s.Hold.Then, Block)
	s.RetentionDays = cmp.Or(s.RetentionDays, defaultRetention)
	p.settings, p.share = s, newShare(j.Share)
	return p
}

// standard is what is done for a label on a channel by default.
//
// Between people a certain rule blocks, and a likely one holds what does its harm at once.
// Who talks to the assistant harms nobody by it, and answers with single words, of which the
// classifier has seen few: there only certain rules hold, and scores only where they
// would block elsewhere. An order to the assistant is turned down by itself, and
// a job post that excludes people is warned about and written without that. In a document what is
// held is the passage that instructs; to block all of it is for a person, or the site's choice.
func standard(l policy.Label, c message.Channel, d classify.Points) labelPlan {
	switch {
	case c == message.Assistant && (l == policy.Injection || l == policy.Discrimination):
		return labelPlan{points: classify.Points{Review: d.Hold, Hold: never, Block: never}, certain: DeliverAndReview, likely: DeliverAndReview}
	case c == message.Assistant:
		return labelPlan{points: classify.Points{Review: d.Hold, Hold: d.Block, Block: never}, certain: Hold, likely: DeliverAndReview}
	case c == message.Document:
		return labelPlan{points: classify.Points{Review: d.Review, Hold: d.Hold, Block: never}, certain: Hold, likely: Hold}
	case l == policy.Scam:
		return labelPlan{points: d, certain: Block, likely: Hold}
	}
	return labelPlan{points: d, certain: Block, likely: DeliverAndReview}
}

// points are those chosen, else the defaults, in their order: who raises one
// raises those above it.
func points(chosen Thresholds, defaults classify.Points) classify.Points {
	p := classify.Points{
		Review: cmp.Or(chosen.Review, defaults.Review, never),
		Hold:   cmp.Or(chosen.Hold, defaults.Hold, never),
		Block:  cmp.Or(chosen.Block, defaults.Block, never),
	}
	if chosen.Hold != 0 && chosen.Review == 0 {
		p.Review = min(p.Review, p.Hold)
	}
	if chosen.Block != 0 && chosen.Hold == 0 {
		p.Hold = min(p.Hold, p.Block)
		p.Review = min(p.Review, p.Hold)
	}
	p.Hold = max(p.Hold, p.Review)
	p.Block = max(p.Block, p.Hold)
	return p
}

// deadline is when a message that is held from now on is decided.
func (p *plan) deadline(now time.Time) time.Time { return now.Add(hours(p.settings.Hold.Hours)) }

// effective returns the settings with all defaults filled in.
func (p *plan) effective() Settings {
	s := p.settings
	s.Any = Thresholds(p.any)
	s.Labels = make(map[policy.Label]LabelSettings)
	for _, label := range policy.Labels() {
		l := LabelSettings{Channels: []message.Channel{}}
		for _, channel := range channels {
			for _, lp := range p.labels[channel] {
				if lp.label == label {
					l.Channels = append(l.Channels, channel)
					l.Thresholds, l.Certain, l.Likely = Thresholds(lp.points), lp.certain, lp.likely
				}
			}
		}
		s.Labels[label] = l
	}
	return s
}
