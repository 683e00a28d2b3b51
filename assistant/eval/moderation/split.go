package moderation

import (
	"context"
	"math/rand/v2"
)

// Split is the comparison of the published reference: three systems on the
// same messages, of which one in ten violates.
type Split struct {
	Clean     int      `json:"clean"`
	Violating int      `json:"violating"`
	Judge     Accuracy `json:"judge"`
	Systems   []Versus `json:"systems"` // the first is what the others are compared with
}

// Versus is a system, and how many times the precision and recall of the first one it has.
type Versus struct {
	Stage
	Precision float64 `json:"times_precision"`
	Recall    float64 `json:"times_recall"`
}

const (
	splitClean     = 900
	splitViolating = 100
)

// draw draws messages by seed: 900 clean and 100 violating ones, or as many in
// this proportion as there are.
func draw(cases []Case, seed uint64) (places []int) {
	var clean, bad []int
	for i, c := range cases {
		if c.Clean() {
			clean = append(clean, i)
		} else {
			bad = append(bad, i)
		}
	}
	n := min(splitViolating, len(bad), len(clean)*splitViolating/splitClean)
	random := rand.New(rand.NewPCG(seed, 900))
	for _, list := range [][]int{clean, bad} {
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return append(clean[:n*splitClean/splitViolating], bad[:n]...)
}

// split measures the three systems of the comparison. It returns nil when there
// are too few cases of either kind.
func (m *measurement) split(ctx context.Context) (*Split, error) {
	places := draw(m.cases, m.Seed)
	if len(places) == 0 {
		return nil, nil
	}
	cases, first := pick(m.cases, places), pick(m.both, places)
	judged, asked, err := m.Cascade.judged(ctx, m.scripted(m.Accuracy, cases, first), cases, first)
	if err != nil {
		return nil, err
	}
	for i := range first { // without a judge, those that one would be asked about
		first[i].asked = judged[i].asked
	}
	stages := []Stage{
		newStage("rules", "Rules", cases, pick(m.rules, places), false, m.Bootstrap),
		newStage("rules_classifier", "Rules and classifier", cases, first, true, m.Bootstrap),
		newStage("cascade", "Whole cascade", cases, judged, false, m.Bootstrap),
	}
	stages[2].Asked = &asked
	s := &Split{Violating: violating(cases), Judge: m.Accuracy}
	s.Clean = len(cases) - s.Violating
	base := stages[0].Stopped
	for _, stage := range stages {
		s.Systems = append(s.Systems, Versus{
			stage, ratio(stage.Stopped.Precision.Value, base.Precision.Value), ratio(stage.Stopped.Recall.Value, base.Recall.Value),
		})
	}
	return s, nil
}

func pick[T any](all []T, places []int) []T {
	list := make([]T, len(places))
	for i, at := range places {
		list[i] = all[at]
	}
	return list
}
