package moderation

import (
	"maps"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Bucket is how long a [Period] is.
type Bucket string

// The buckets, in UTC. Weeks begin on Monday.
const (
	ByDay   Bucket = "day"
	ByWeek  Bucket = "week"
	ByMonth Bucket = "month"
)

// Start returns the beginning of the period that a time is in. An unknown
// bucket is a month.
func (b Bucket) Start(t time.Time) time.Time {
	year, month, day := t.UTC().Date()
	switch b {
	case ByDay:
	case ByWeek:
		day -= (int(t.UTC().Weekday()) + 6) % 7
	default:
		day = 1
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Period is how machines and people agreed on the cases that people decided in it.
type Period struct {
	Start time.Time `json:"start"`
	Cases int       `json:"cases"`
	// MedianSeconds is the median time from when a case came in, or from its
	// appeal, to the decision.
	MedianSeconds float64          `json:"median_seconds"`
	Any           Agreed           `json:"any"`    // on whether a message breaks any policy
	Labels        []LabelAgreement `json:"labels"` // those that anybody gave, in the order of policy.Labels
}

// LabelAgreement is Agreed for one label.
type LabelAgreement struct {
	Label policy.Label `json:"label"`
	Agreed
}

// Agreed compares what was given before with what a reviewer gave.
type Agreed struct {
	Machine   Comparison `json:"machine"`   // the first verdict, of rules and classifier
	Judge     Comparison `json:"judge"`     // the judge's verdict, for cases that have one
	Reviewers Comparison `json:"reviewers"` // another reviewer's earlier decision, for cases that were decided again
}

// Agreement compares the verdicts of machines with the decisions of reviewers,
// by the period of the decision, oldest first; periods without a decision are left out.
//
// All of it is about cases that a person decided. Nobody knows what is wrong
// with messages that were delivered without review: recall counts what a
// reviewer added, not what slipped through, and is an upper bound. Cases that
// were decided again were appealed or found wrong by somebody, so reviewers
// agree on them less than on others.
//
// A case counts for a label when its channel is screened for it, which is told
// by the scores of the first verdict, or when somebody gave the label.
func Agreement(reviews []Review, bucket Bucket) []Period {
	parts := map[time.Time][]Review{}
	for _, r := range reviews {
		start := bucket.Start(r.Decision.At)
		parts[start] = append(parts[start], r)
	}
	periods := []Period{}
	for _, start := range slices.SortedFunc(maps.Keys(parts), time.Time.Compare) {
		periods = append(periods, agree(start, parts[start]))
	}
	return periods
}

func agree(start time.Time, reviews []Review) Period {
	p := Period{Start: start, Cases: len(reviews), Labels: []LabelAgreement{}}
	var waits []time.Duration
	for _, r := range reviews {
		waits = append(waits, r.Wait())
	}
	p.MedianSeconds = median(waits).Seconds()
	p.Any = agreed(reviews, func(labels []policy.Label) bool { return len(labels) > 0 })
	for _, label := range policy.Labels() {
		var concerned []Review
		given := false
		for _, r := range reviews {
			gave := r.gave(label)
			given = given || gave
			if gave || r.screened(label) {
				concerned = append(concerned, r)
			}
		}
		if given {
			has := func(labels []policy.Label) bool { return slices.Contains(labels, label) }
			p.Labels = append(p.Labels, LabelAgreement{label, agreed(concerned, has)})
		}
	}
	return p
}

// agreed compares answers to a question about labels.
func agreed(reviews []Review, yes func([]policy.Label) bool) (a Agreed) {
	for _, r := range reviews {
		now := yes(r.Decision.Labels)
		a.Machine.add(yes(r.Case.First.Labels), now)
		if judge := r.judge(); judge != nil {
			a.Judge.add(yes(judge.Labels), now)
		}
		if other := r.other(); other != nil {
			a.Reviewers.add(yes(other.Labels), now)
		}
	}
	a.Machine.finish()
	a.Judge.finish()
	a.Reviewers.finish()
	return a
}

// Wait is the time from when a case came in, or from its appeal when that is
// what was decided, to the decision. It is never negative.
func (r Review) Wait() time.Duration {
	since := r.Case.Created
	if r.Case.Appealed.After(since) && !r.Case.Appealed.After(r.Decision.At) {
		since = r.Case.Appealed
	}
	return max(0, r.Decision.At.Sub(since))
}

// judge returns the newest verdict of a judge, nil for none.
func (r Review) judge() *Decision {
	for i := len(r.Earlier) - 1; i >= 0; i-- {
		if r.Earlier[i].Kind == Judged {
			return &r.Earlier[i]
		}
	}
	return nil
}

// other returns the newest earlier decision of another person, nil for none.
func (r Review) other() *Decision {
	for i := len(r.Earlier) - 1; i >= 0; i-- {
		if d := &r.Earlier[i]; d.Kind == Reviewed && d.Actor != r.Decision.Actor {
			return d
		}
	}
	return nil
}

// gave reports whether a machine or a person that is compared gave a label.
func (r Review) gave(label policy.Label) bool {
	if slices.Contains(r.Decision.Labels, label) || slices.Contains(r.Case.First.Labels, label) {
		return true
	}
	for _, d := range []*Decision{r.judge(), r.other()} {
		if d != nil && slices.Contains(d.Labels, label) {
			return true
		}
	}
	return false
}

// screened reports whether a message was screened for a label: without scores
// that is not known, and taken to be so.
func (r Review) screened(label policy.Label) bool {
	_, scored := r.Case.First.Scores[label]
	return scored || len(r.Case.First.Scores) == 0
}

// median is the mean of the two in the middle when their number is even.
func median(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}
