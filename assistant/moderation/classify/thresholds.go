package classify

import (
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// Points are the scores from which on something is done. An action that is
// never worth it has a point above 1.
type Points struct {
	Review float64 `json:"review"` // deliver, and ask a judge or let somebody look
	Hold   float64 `json:"hold"`   // wait for a judge or a person
	Block  float64 `json:"block"`
}

// Thresholds are the points by label, in the order of [policy.Labels], and
// those of the score of any violation.
type Thresholds struct {
	Any   Points             `json:"any"`
	Label [labelCount]Points `json:"label"`
}

// Of returns the points of a label. Those of one that does not exist are never reached.
func (t Thresholds) Of(l policy.Label) Points {
	if at := policy.Index(l); at >= 0 {
		return t.Label[at]
	}
	return Points{Review: never, Hold: never, Block: never}
}

// never is a point that no score reaches.
const never = 2

// Costs are what decisions cost, in any unit: only their relations count.
type Costs struct {
	Missed  float64 `json:"missed"`  // a violation that is delivered and that nobody looks at
	Late    float64 `json:"late"`    // a violation that is delivered and found afterwards
	Look    float64 `json:"look"`    // a judge's call and its share of a reviewer's minutes
	Held    float64 `json:"held"`    // a clean message that waits
	Blocked float64 `json:"blocked"` // a clean message that never arrives

	// Share is how many of the messages of a site break a policy, and Budget how
	// many of all messages a judge may see at most.
	Share  float64 `json:"share"`
	Budget float64 `json:"budget"`
	// Tolerated is how many of the clean messages that look like violations may
	// be held or blocked at most, and Mistaken how many of all clean ones blocked.
	Tolerated float64 `json:"tolerated"`
	Mistaken  float64 `json:"mistaken"`
}

// DefaultCosts are those of a site on which a violation that nobody notices
// costs as much as a hundred judgements (a lost fee, a harmed person's trust),
// a clean message that waits as much as ten, and one that never arrives three times that.
func DefaultCosts() Costs {
	return Costs{Missed: 100, Late: 40, Look: 1, Held: 10, Blocked: 30, Share: 0.10, Budget: 0.20, Tolerated: 0.03, Mistaken: 0.005}
}

// points are where one action becomes cheaper than the one before, for a message that breaks a
// policy with probability p:
//
//	deliver  p·Missed
//	review   p·Late + Look
//	hold     (1−p)·Held + Look
//	block    (1−p)·Blocked
func (c Costs) points() Points {
	return Points{
		Review: c.Look / (c.Missed - c.Late),
		Hold:   c.Held / (c.Held + c.Late),
		Block:  1 - c.Look/(c.Blocked-c.Held),
	}
}

// judged is a message with its scores by a model that has not seen its author.
type judged struct {
	scores Scores
	labels uint64
	hard   bool // clean, and looks like a violation
	blind  bool // rules and features were written without its author's messages
	rules  int  // what rules alone lead to, as [Thresholds.level] counts
}

func (j judged) clean() bool { return j.labels == 0 }

// shifted moves a point from probabilities among the messages of a site to the
// scores of a classifier, which were calibrated where violations are commoner.
func shifted(point float64, odds float64) float64 {
	return 1 / (1 + (1-point)/point/odds)
}

// choose finds the points with the least cost that keep to the budget, beside
// what rules do: where what costs say would send too many messages to a judge, or hold too many that
// are clean, the points of any violation and of all labels are raised together.
//
// Rules and features fit the authors that they were written with. Where there are enough
// messages of others, those decide what is held and blocked; what a judge sees is a
// budget, for all messages together.
func (c Costs) choose(list []judged) Thresholds {
	strangers := telling(list)
	violating := 0.0
	for _, j := range list {
		if !j.clean() {
			violating++
		}
	}
	here := violating / max(1, float64(len(list))-violating)
	odds := here / (c.Share / (1 - c.Share))
	best := c.points()
	at := func(review, hold, block float64) Thresholds {
		p := Points{Review: shifted(best.Review, odds*review), Hold: shifted(best.Hold, odds*hold), Block: shifted(best.Block, odds*block)}
		p.Hold = max(p.Hold, p.Review)
		p.Block = max(p.Block, p.Hold)
		t := Thresholds{Any: p}
		for i := range t.Label {
			t.Label[i] = p
		}
		return t
	}
	block := least(func(x float64) bool { return blocked(strangers, at(1, 1, x)) <= c.Mistaken })
	hold := least(func(x float64) bool { return heldHard(strangers, at(1, x, block)) <= c.Tolerated })
	review := least(func(x float64) bool { return c.seen(list, at(x, hold, block)) <= c.Budget })
	return at(review, hold, block)
}

// enough is how many violations, and how many hard negatives, points are chosen on at least.
const enough = 200

// telling are the messages by authors whom rules and features do not know, if
// there are enough of them.
func telling(list []judged) []judged {
	var blind []judged
	violating, hard := 0, 0
	for _, j := range list {
		if !j.blind {
			continue
		}
		blind = append(blind, j)
		if j.hard {
			hard++
		} else if !j.clean() {
			violating++
		}
	}
	if violating < enough || hard < enough {
		return list
	}
	return blind
}

// least returns the least factor from 1 on that will do.
func least(will func(float64) bool) float64 {
	factor := 1.0
	for factor < 1e9 && !will(factor) {
		factor *= 1.02
	}
	return factor
}

// level is what happens to a message: 0 nothing, 1 review, 2 hold, 3 block. A
// hit of a rule that no score shares has the message reviewed only.
func (t Thresholds) level(j judged) int {
	level := t.Any.reached(j.scores.Any)
	if level == 0 {
		level = min(j.rules, 1)
	} else {
		level = max(level, j.rules)
	}
	for i, score := range j.scores.Label {
		level = max(level, t.Label[i].reached(score))
	}
	return level
}

// levelOf is what the rules' hits in a message lead to by default: a certain one blocks,
// a likely one has the message reviewed, or held where the harm is done at once.
func levelOf(found rules.Result) (level int) {
	for _, h := range found.Hits {
		switch {
		case h.Strength == rules.Certain:
			level = max(level, 3)
		case h.Strength == rules.Likely && h.Label == policy.Scam:
			level = max(level, 2)
		case h.Strength == rules.Likely:
			level = max(level, 1)
		}
	}
	return level
}

func (p Points) reached(score float64) int {
	switch {
	case score >= p.Block:
		return 3
	case score >= p.Hold:
		return 2
	case score >= p.Review:
		return 1
	}
	return 0
}

// share is how many of the messages for which weigh is not 0 pass a test, by weight.
func share(list []judged, weigh func(judged) float64, passes func(judged) bool) float64 {
	some, all := 0.0, 0.0
	for _, j := range list {
		w := weigh(j)
		all += w
		if passes(j) {
			some += w
		}
	}
	if all == 0 {
		return 0
	}
	return some / all
}

// asOnSite weighs violating and clean messages as common as they are on a site.
func (c Costs) asOnSite(list []judged) func(judged) float64 {
	violating := float64(len(list)) - share(list, one, judged.clean)*float64(len(list))
	clean := float64(len(list)) - violating
	return func(j judged) float64 {
		if j.clean() {
			return (1 - c.Share) / max(1, clean)
		}
		return c.Share / max(1, violating)
	}
}

func one(judged) float64 { return 1 }

// seen is the share of a site's messages that a judge would be asked about.
func (c Costs) seen(list []judged, t Thresholds) float64 {
	return share(list, c.asOnSite(list), func(j judged) bool { l := t.level(j); return l == 1 || l == 2 })
}

// blocked is the share of clean messages that would not arrive.
func blocked(list []judged, t Thresholds) float64 {
	return share(list, weighClean, func(j judged) bool { return t.level(j) == 3 })
}

// heldHard is the share of hard negatives that would wait or not arrive.
func heldHard(list []judged, t Thresholds) float64 {
	return share(list, weighHard, func(j judged) bool { return t.level(j) >= 2 })
}

// stopped is the share of violations that reach any stage.
func stopped(list []judged, t Thresholds) float64 {
	return share(list, func(j judged) float64 { return 1 - weighClean(j) }, func(j judged) bool { return t.level(j) > 0 })
}

func weighClean(j judged) float64 {
	if j.clean() {
		return 1
	}
	return 0
}

func weighHard(j judged) float64 {
	if j.hard {
		return 1
	}
	return 0
}
