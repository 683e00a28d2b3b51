package moderation

import (
	"testing"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// TestPointsByHand has two violations, one stopped and one queued, and four
// clean messages, of which a look-alike is stopped and another put before a judge.
func TestPointsByHand(t *testing.T) {
	cases := read(t,
		`{"text":"a","labels":["scam"]}`, `{"text":"b","labels":["spam"]}`,
		`{"text":"c","labels":[],"kind":"hard"}`, `{"text":"d","labels":[],"kind":"hard"}`, `{"text":"e","labels":[]}`, `{"text":"f","labels":[]}`)
	scores := func(l policy.Label, s float64) map[policy.Label]float64 { return map[policy.Label]float64{l: s} }
	judged := []judgement{
		{score: .9, scores: scores(policy.Scam, .9), action: moderation.Block, labels: []policy.Label{policy.Scam}},
		{score: .6, scores: scores(policy.Scam, .6), action: moderation.DeliverAndReview, labels: []policy.Label{policy.Scam}, asked: true},
		{score: .8, action: moderation.Hold, asked: true},
		{score: .3, action: moderation.Deliver}, {score: .2, action: moderation.Deliver}, {score: .1, action: moderation.Deliver},
	}
	s := newStage("s", "S", cases, judged, true, Bootstrap{50, 1})
	near(t, "ROC AUC", s.ROC.Value, 7./8)
	near(t, "precision of what is stopped", s.Stopped.Precision.Value, .5)
	near(t, "recall of what is stopped", s.Stopped.Recall.Value, .5)
	near(t, "F1 of what is stopped", s.Stopped.F1.Value, .5)
	near(t, "precision at 10 %", s.Stopped.PrecisionUsual.Value, .05/(.05+.9*.25))
	near(t, "recall of what is flagged", s.Flagged.Recall.Value, 1)
	near(t, "clean messages flagged", s.Flagged.Clean.Value, .25)
	near(t, "look-alikes stopped", s.Stopped.Hard.Value, .5)
	near(t, "judged", s.Judged.Value, 2./6)
	near(t, "judged at 10 %", s.JudgedUsual.Value, .1*.5+.9*.25)
	near(t, "reached", s.Reached.Value, 1)

	labels := labelScores(cases, judged)
	if len(labels) != 2 || labels[0].Label != policy.Scam || labels[0].N != 1 {
		t.Fatalf("labels %+v", labels)
	}
	near(t, "precision of scam", labels[0].Precision, .5)
	near(t, "recall of scam", labels[0].Recall, 1)
	near(t, "F1 of spam", labels[1].F1, 0)
	near(t, "mean F1", meanF1(labels), (2./3)/2)

	groups := groupsBy("kind", func(c Case) string { return string(c.Kind) }, cases, judged)
	if len(groups) != 2 || groups[0].Name != "hard" || groups[0].Clean != (Treated{2, .5, .5, .5}) || groups[1].Violates != (Treated{2, .5, 1, .5}) {
		t.Errorf("groups %+v", groups)
	}
}

func TestDraw(t *testing.T) {
	for name, c := range map[string]struct{ clean, bad, wantClean, wantBad int }{
		"enough":           {1200, 400, 900, 100},
		"few clean ones":   {450, 400, 450, 50},
		"few violations":   {2000, 20, 180, 20},
		"hardly any":       {5, 400, 0, 0},
		"no violation":     {900, 0, 0, 0},
		"exactly so many":  {900, 100, 900, 100},
		"one for each ten": {9, 1, 9, 1},
	} {
		var cases []Case
		for i := range c.clean + c.bad {
			one := Case{}
			if i >= c.clean {
				one.Labels = []policy.Label{policy.Spam}
			}
			cases = append(cases, one)
		}
		places := draw(cases, 3)
		seen := make(map[int]bool)
		for _, at := range places {
			seen[at] = true
		}
		drawn := pick(cases, places)
		if bad := violating(drawn); bad != c.wantBad || len(drawn)-bad != c.wantClean || len(seen) != len(places) {
			t.Errorf("%s: drew %d clean and %d violating ones, %d different", name, len(drawn)-bad, bad, len(seen))
		}
	}
}

// TestSplitAgainstTheRules has just so many cases that every draw is all of
// them: rules stop 20 violations and 20 clean messages, a better system 60 and 15.
func TestSplitAgainstTheRules(t *testing.T) {
	m := &measurement{Options: Options{Bootstrap: Bootstrap{20, 1}}}
	for i := range splitClean + splitViolating {
		var c Case
		bad := i < splitViolating
		if bad {
			c.Labels = []policy.Label{policy.Spam}
		}
		stops := func(violating, clean int) judgement {
			if bad && i < violating || !bad && i-splitViolating < clean {
				return judgement{action: moderation.Hold}
			}
			return judgement{action: moderation.Deliver}
		}
		m.cases, m.rules = append(m.cases, c), append(m.rules, stops(20, 20))
		m.both, m.cascade = append(m.both, stops(60, 15)), append(m.cascade, stops(60, 0))
	}
	s := m.split()
	if s == nil || s.Clean != splitClean || s.Violating != splitViolating || len(s.Systems) != 3 {
		t.Fatalf("split %+v", s)
	}
	both, cascade := s.Systems[1], s.Systems[2]
	near(t, "× precision", both.Precision.Value, .8/.5)
	near(t, "× recall", both.Recall.Value, 3)
	near(t, "× precision with the judge", cascade.Precision.Value, 2)
	near(t, "× precision in another draw", both.Precision.Interval.High, .8/.5)
}
