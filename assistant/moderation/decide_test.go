package moderation

import (
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

var testPoints = classify.Points{Review: 0.3, Hold: 0.6, Block: 0.9}

// found is a finding for spam, unless another plan is given.
func found(score float64, strength rules.Strength, plan labelPlan) finding {
	f := finding{plan: plan, score: score}
	if strength > 0 {
		f.hit = rules.Hit{Rule: "r", Version: 1, Strength: strength, Label: plan.label}
	}
	return f
}

func TestDecisionTable(t *testing.T) {
	usual := labelPlan{label: policy.Spam, points: testPoints, certain: Block, likely: DeliverAndReview}
	holds := labelPlan{label: policy.Scam, points: testPoints, certain: Hold, likely: Hold}
	blocks := labelPlan{label: policy.Scam, points: testPoints, certain: Block, likely: Block}
	lenient := labelPlan{label: policy.Spam, points: testPoints, certain: Deliver, likely: Deliver}
	for name, test := range map[string]struct {
		f      finding
		action Action
		ask    bool
		stage  Stage
	}{
		"nothing":                     {found(0.29, 0, usual), Deliver, false, StageClassifier},
		"a hint":                      {found(0.29, rules.Hint, usual), Deliver, false, StageClassifier},
		"review":                      {found(0.3, 0, usual), DeliverAndReview, true, StageClassifier},
		"hold":                        {found(0.6, 0, usual), Hold, true, StageClassifier},
		"block":                       {found(0.9, 0, usual), Block, false, StageClassifier},
		"certain":                     {found(0.98, rules.Certain, usual), Block, false, StageRules},
		"certain, held":               {found(0.5, rules.Certain, holds), Hold, false, StageRules},
		"certain, held, high score":   {found(0.98, rules.Certain, holds), Block, false, StageClassifier},
		"likely":                      {found(0.1, rules.Likely, usual), DeliverAndReview, true, StageRules},
		"likely, held":                {found(0.1, rules.Likely, holds), Hold, true, StageRules},
		"likely, held, low score":     {found(0.4, rules.Likely, holds), Hold, true, StageRules},
		"likely, blocked":             {found(0.1, rules.Likely, blocks), Block, false, StageRules},
		"likely, score of a hold":     {found(0.7, rules.Likely, usual), Hold, true, StageClassifier},
		"likely, score of a block":    {found(0.95, rules.Likely, usual), Block, false, StageClassifier},
		"a site that ignores rules":   {found(0.1, rules.Certain, lenient), Deliver, false, StageRules},
		"and minds scores":            {found(0.4, rules.Likely, lenient), DeliverAndReview, true, StageClassifier},
		"a hint and a score":          {found(0.4, rules.Hint, usual), DeliverAndReview, true, StageClassifier},
		"threshold that is not there": {found(1, 0, labelPlan{points: classify.Points{Review: never, Hold: never, Block: never}}), Deliver, false, StageClassifier},
	} {
		if s := test.f.decide(); s.action != test.action || s.ask != test.ask || s.stage != test.stage {
			t.Errorf("%s: %+v, want %s, asked %v, by %s", name, s, test.action, test.ask, test.stage)
		}
	}
}

// A hit of the binary's rules that the classifier does not share does not act
// alone; one of the site's own, or one for which the site chose, does.
func TestDoubtedHits(t *testing.T) {
	usual := labelPlan{label: policy.Scam, points: testPoints, certain: Block, likely: Hold}
	chosen := usual
	chosen.certainChosen = true
	for name, test := range map[string]struct {
		strength        rules.Strength
		builtIn, shares bool
		plan            labelPlan
		action          Action
		ask             bool
		score           float64
	}{
		"shared":                 {rules.Certain, true, true, usual, Block, false, sure},
		"not shared":             {rules.Certain, true, false, usual, DeliverAndReview, true, testPoints.Review},
		"the site's own":         {rules.Certain, false, false, usual, Block, false, sure},
		"as the site chose":      {rules.Certain, true, false, chosen, Block, false, sure},
		"likely, shared":         {rules.Likely, true, true, usual, Hold, true, 0.1},
		"likely, not shared":     {rules.Likely, true, false, usual, DeliverAndReview, true, testPoints.Review},
		"likely, the site's own": {rules.Likely, false, false, usual, Hold, true, 0.1},
		"a hint":                 {rules.Hint, true, false, usual, Deliver, false, 0.1},
	} {
		f := found(0.1, test.strength, test.plan)
		f.hit.BuiltIn = test.builtIn
		f.meet(test.shares)
		if s := f.decide(); s.action != test.action || s.ask != test.ask || f.score != test.score {
			t.Errorf("%s: %+v with %.2f, want %s, asked %v, with %.2f", name, s, f.score, test.action, test.ask, test.score)
		}
	}
}

func TestFindingsTogether(t *testing.T) {
	spam := labelPlan{label: policy.Spam, points: testPoints, certain: Block, likely: DeliverAndReview}
	scam := labelPlan{label: policy.Scam, points: testPoints, certain: Hold, likely: Hold}
	p := &plan{any: classify.Points{Review: 0.4, Hold: 0.8, Block: 0.99}, whole: map[message.Channel]bool{message.Direct: true}}
	for name, test := range map[string]struct {
		channel message.Channel
		found   []finding
		any     float64
		action  Action
		ask     bool
		labels  []policy.Label
		score   float64
	}{
		"nothing":                    {message.Direct, []finding{found(0.1, 0, spam), found(0.2, 0, scam)}, 0.2, Deliver, false, nil, 0.2},
		"the likelier comes first":   {message.Direct, []finding{found(0.4, 0, spam), found(0.5, 0, scam)}, 0.3, DeliverAndReview, true, []policy.Label{policy.Scam, policy.Spam}, 0.5},
		"the harder decides":         {message.Direct, []finding{found(0.5, 0, spam), found(0.1, rules.Likely, scam)}, 0.3, Hold, true, []policy.Label{policy.Spam, policy.Scam}, 0.5},
		"what is final is final":     {message.Direct, []finding{found(0.7, 0, spam), found(0.65, rules.Certain, scam)}, 0.3, Hold, false, []policy.Label{policy.Spam, policy.Scam}, 0.7},
		"any violation":              {message.Direct, []finding{found(0.1, 0, spam), found(0.2, 0, scam)}, 0.5, DeliverAndReview, true, []policy.Label{policy.Scam}, 0.5},
		"any violation, held":        {message.Direct, []finding{found(0.5, 0, spam)}, 0.85, Hold, true, []policy.Label{policy.Spam}, 0.85},
		"any counts not everywhere":  {message.Assistant, []finding{found(0.1, 0, scam)}, 0.95, Deliver, false, nil, 0.1},
		"no label is looked for":     {message.Direct, nil, 0.95, Deliver, false, nil, 0},
		"any is not below its parts": {message.Direct, []finding{found(0.85, 0, spam)}, 0.1, Hold, true, []policy.Label{policy.Spam}, 0.85},
	} {
		r := p.rule(test.channel, test.found, test.any)
		if r.action != test.action || r.ask != test.ask || r.any != test.score || !slices.Equal(r.labels, test.labels) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestThresholdsKeepTheirOrder(t *testing.T) {
	for name, test := range map[string]struct {
		chosen Thresholds
		want   classify.Points
	}{
		"none chosen":      {Thresholds{}, testPoints},
		"review raised":    {Thresholds{Review: 0.7}, classify.Points{Review: 0.7, Hold: 0.7, Block: 0.9}},
		"hold lowered":     {Thresholds{Hold: 0.2}, classify.Points{Review: 0.2, Hold: 0.2, Block: 0.9}},
		"block lowered":    {Thresholds{Block: 0.2}, classify.Points{Review: 0.2, Hold: 0.2, Block: 0.2}},
		"hold never":       {Thresholds{Hold: 2}, classify.Points{Review: 0.3, Hold: 2, Block: 2}},
		"hold before both": {Thresholds{Review: 0.1, Hold: 0.95}, classify.Points{Review: 0.1, Hold: 0.95, Block: 0.95}},
	} {
		if got := points(test.chosen, testPoints); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
	if got := points(Thresholds{}, classify.Points{}); got != (classify.Points{Review: never, Hold: never, Block: never}) {
		t.Errorf("without a classifier %+v", got)
	}
}

func TestShareOfTheJudge(t *testing.T) {
	s := newShare(0.25)
	for range ahead {
		if !s.take() {
			t.Fatal("refused before its time")
		}
	}
	taken := 0
	for range 400 {
		s.seen()
		if s.take() {
			taken++
		}
	}
	if taken != 100 {
		t.Errorf("asked about %d of 400, want 100", taken)
	}
	if whole := newShare(1); !func() bool {
		for range 10 * ahead {
			if !whole.take() {
				return false
			}
		}
		return true
	}() {
		t.Error("a share of 1 has a limit")
	}
}

func TestFindsQuotes(t *testing.T) {
	const text = "Pay me  “outside”,\nplease. ÄÖ 😀 done"
	for quote, want := range map[string]string{
		"outside":               "outside",
		`me "outside", please`:  "me  “outside”,\nplease",
		"äö 😀 DONE":             "ÄÖ 😀 done",
		"inside":                "",
		"":                      "",
		"  ":                    "",
		"pay me \"outside\"":    "Pay me  “outside”",
		"done and more":         "",
		"Pay me  “outside”,\np": "Pay me  “outside”,\np",
	} {
		if got := find(text, quote); got != want {
			t.Errorf("find(%q) = %q, want %q", quote, got, want)
		}
	}
	marks := quoted(text, opinion{label: policy.Spam, quote: "done"})
	if len(marks) != 1 || marks[0].Start != 33 || marks[0].End != 37 {
		t.Errorf("marks %+v", marks)
	}
}

func TestReadAnswer(t *testing.T) {
	labels := []policy.Label{policy.Spam, policy.Scam}
	messages := []message.Message{{Text: "buy my course"}, {Text: "hello there"}}
	const good = `{"message":"m2","label":"none","quote":"","reason":"a greeting","confidence":0.9}`
	for name, test := range map[string]struct {
		verdict string
		usable  bool
	}{
		"right":             {`{"message":"m1","label":"spam","quote":"my course","reason":"r","confidence":0.9}`, true},
		"another case":      {`{"message":"m1","label":"spam","quote":"My Course","reason":"r","confidence":0.9}`, true},
		"not in the text":   {`{"message":"m1","label":"spam","quote":"hello","reason":"r","confidence":0.9}`, false},
		"no quote":          {`{"message":"m1","label":"spam","quote":"","reason":"r","confidence":0.9}`, false},
		"another label":     {`{"message":"m1","label":"abuse","quote":"my course","reason":"r","confidence":0.9}`, false},
		"no label":          {`{"message":"m1","quote":"my course","reason":"r","confidence":0.9}`, false},
		"no confidence":     {`{"message":"m1","label":"spam","quote":"my course","reason":"r"}`, false},
		"too much of it":    {`{"message":"m1","label":"spam","quote":"my course","reason":"r","confidence":95}`, false},
		"another message":   {`{"message":"m3","label":"spam","quote":"my course","reason":"r","confidence":0.9}`, false},
		"clean, with quote": {`{"message":"m1","label":"none","quote":"anything","reason":"r","confidence":0.9}`, true},
		"twice":             {`{"message":"m1","label":"none","quote":"","reason":"","confidence":1},{"message":"m1","label":"spam","quote":"buy","reason":"","confidence":1}`, false},
	} {
		said := readAnswer(`{"verdicts":[`+test.verdict+`,`+good+`]}`, labels, messages)
		if (said[0].err == nil) != test.usable {
			t.Errorf("%s: %+v", name, said[0])
		}
		if said[1].err != nil || said[1].label != "" || said[1].confidence != 0.9 {
			t.Errorf("%s: the other message's verdict is %+v", name, said[1])
		}
	}
	for _, raw := range []string{"", "clean", `[]`, `{"verdicts":[]}`, `{"verdicts":{}}`} {
		for _, o := range readAnswer(raw, labels, messages) {
			if o.err == nil {
				t.Errorf("%q gives %+v", raw, o)
			}
		}
	}
}

func TestAnswersAreForgotten(t *testing.T) {
	a := newAnswers()
	key := func(i int) answerKey { return answerKey{byte(i), byte(i >> 8)} }
	for i := range 5 * remembered {
		a.put(key(i), opinion{confidence: 1})
		a.get(key(0))
	}
	if n := len(a.newer) + len(a.older); n > 2*remembered {
		t.Errorf("%d opinions are kept", n)
	}
	if _, found := a.get(key(0)); !found {
		t.Error("the one that was asked for all the time is forgotten")
	}
	if _, found := a.get(key(1)); found {
		t.Error("the oldest is still there")
	}
}
