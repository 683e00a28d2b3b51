package moderation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// sure is the least probability of a label for which a certain rule was hit:
// the precision that such rules are held to.
const sure = 0.98

// finding is what the first two stages say of a label. The score is the
// classifier's, which has seen the hits; a certain hit, also of a rule that is newer than
// the classifier, raises it to sure.
type finding struct {
	plan  labelPlan
	score float64
	hit   rules.Hit // the strongest; of strength 0 when there is none
	// doubted tells that the hit is of a rule of the binary, whose writers the
	// message's is not among, and that the classifier sees nothing: see [finding.meet].
	doubted bool
}

// meet lets the classifier answer a hit. On writers that nobody had read when
// the rules were written, certain ones were right in nine of ten cases, and nearly
// always where the classifier saw something too. Where it does not, the hit has the message
// judged and looked at and does no more; so that a site's own rule, or what it chose for
// a strength, is never doubted.
func (f *finding) meet(shares bool) {
	trusted := f.hit.Strength == rules.Certain && f.plan.certainChosen || f.hit.Strength == rules.Likely && f.plan.likelyChosen
	f.doubted = f.hit.BuiltIn && !shares && !trusted
	switch {
	case f.doubted && f.hit.Strength > rules.Hint:
		f.score = max(f.score, f.plan.points.Review)
	case f.hit.Strength == rules.Certain:
		f.score = max(f.score, sure)
	}
}

// step is what a finding, or the score of any violation, leads to.
type step struct {
	action Action
	ask    bool // a judge may change it
	stage  Stage
	score  float64
	rule   string
}

// decide says what a finding leads to: the hardest of the lines that apply.
//
//	what was found             what happens                                judge
//	a hit of a certain rule    the site's choice: block                    no
//	… that is doubted          deliver_and_review                          asked
//	a score from block on      block                                       no
//	a score from hold on       hold                                        asked
//	a hit of a likely rule     the site's choice: deliver_and_review, hold asked, unless it is block
//	a score from review on     deliver_and_review                          asked
//	none of these              deliver                                     no
//
// Rules may act alone where they are almost never wrong. A score that is high enough to
// block needs no second opinion; one that is not gets it, since that is cheaper than
// a wrong decision or a person's time.
func (f finding) decide() step {
	s := byScore(f.score, f.plan.points)
	byRule := step{stage: StageRules, score: f.score, rule: ruleName(f.hit)}
	switch f.hit.Strength {
	case rules.Certain:
		byRule.action = f.plan.certain
	case rules.Likely:
		byRule.action, byRule.ask = f.plan.likely, f.plan.likely != Block && f.plan.likely != Deliver
	default:
		return s
	}
	if f.doubted && harder(byRule.action, DeliverAndReview) != DeliverAndReview {
		byRule.action, byRule.ask = DeliverAndReview, true
	}
	if harder(s.action, byRule.action) == byRule.action {
		return byRule
	}
	s.rule = byRule.rule
	return s
}

func byScore(score float64, p classify.Points) step {
	s := step{action: Deliver, stage: StageClassifier, score: score}
	switch {
	case score >= p.Block:
		s.action = Block
	case score >= p.Hold:
		s.action, s.ask = Hold, true
	case score >= p.Review:
		s.action, s.ask = DeliverAndReview, true
	}
	return s
}

// ruling is what all findings of a message lead to together.
type ruling struct {
	step
	labels []policy.Label // that have led to something, likeliest first
	any    float64
}

// rule takes the hardest step of all; of equally hard ones one that is final, then the
// likeliest. The score of any violation counts where all labels are looked for, and names
// the likeliest label when none by itself led to anything.
func (p *plan) rule(channel message.Channel, found []finding, overall float64) ruling {
	r := ruling{step: step{action: Deliver, stage: StageClassifier}}
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(b.score, a.score) })
	for _, f := range found {
		r.any = max(r.any, f.score)
		s := f.decide()
		if s.action == Deliver {
			continue
		}
		r.labels = append(r.labels, f.plan.label)
		r.take(s)
	}
	if p.whole[channel] && len(found) > 0 {
		r.any = max(overall, r.any)
		s := byScore(r.any, p.any)
		if s.action != Deliver && len(r.labels) == 0 {
			r.labels = append(r.labels, found[0].plan.label)
		}
		r.take(s)
	}
	return r
}

func (r *ruling) take(s step) {
	if harder(r.action, s.action) != s.action || r.action == s.action && (!r.ask || s.ask) {
		return
	}
	r.step = s
}

// ruleName is how a verdict names a rule: "contact.phone@3".
func ruleName(h rules.Hit) string {
	if h.Rule == "" {
		return ""
	}
	return fmt.Sprintf("%s@%d", h.Rule, h.Version)
}
