package moderation

import (
	"math/rand/v2"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
)

// Split is the comparison of the published reference: three systems on the
// same messages, of which one in ten violates.
type Split struct {
	Clean     int      `json:"clean"`
	Violating int      `json:"violating"`
	Judge     Accuracy `json:"judge"`
	Systems   []Versus `json:"systems"` // the first is what the others are compared with
}

// Versus is a system, and how many times the precision and recall of the first
// one it has. Their intervals are of other draws: which hundred violations are
// drawn matters more than anything.
type Versus struct {
	Stage
	Precision Value `json:"times_precision"`
	Recall    Value `json:"times_recall"`
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

// draws is how many splits the intervals of a comparison are of.
const draws = 500

// split measures the three systems of the comparison. It returns nil when there
// are too few cases of either kind.
func (m *measurement) split() *Split {
	places := draw(m.cases, m.Seed)
	if len(places) == 0 {
		return nil
	}
	cases := pick(m.cases, places)
	s := &Split{Violating: violating(cases), Judge: m.Accuracy}
	s.Clean = len(cases) - s.Violating
	for _, system := range []struct {
		name, title string
		judged      []judgement
	}{{"rules", "Rules", m.rules}, {"rules_classifier", "Rules and classifier", m.both}, {"cascade", "Whole cascade", m.cascade}} {
		v := Versus{Stage: newStage(system.name, system.title, cases, pick(system.judged, places), false, m.Bootstrap)}
		v.Precision, v.Recall = m.against(system.judged)
		s.Systems = append(s.Systems, v)
	}
	return s
}

// against compares what a system stops with what the rules stop, in many draws.
// A draw in which the rules stop nothing, or nothing that violates, is left out.
func (m *measurement) against(judged []judgement) (precision, recall Value) {
	var precisions, recalls []float64
	for d := range uint64(draws) {
		places := draw(m.cases, m.Seed+d)
		p, r := m.stoppedRight(places, judged)
		was, found := m.stoppedRight(places, m.rules)
		if was == 0 {
			continue
		}
		if d == 0 {
			precision.Value, recall.Value = p/was, r/found
		}
		precisions, recalls = append(precisions, p/was), append(recalls, r/found)
	}
	if len(precisions) == 0 {
		return precision, recall
	}
	slices.Sort(precisions)
	slices.Sort(recalls)
	precision.Interval, recall.Interval = eval.Middle(precisions, 0.95), eval.Middle(recalls, 0.95)
	return precision, recall
}

// stoppedRight is the precision and recall of what is stopped among some cases.
func (m *measurement) stoppedRight(places []int, judged []judgement) (precision, recall float64) {
	right, stopped, bad := 0.0, 0.0, 0.0
	for _, i := range places {
		violates := !m.cases[i].Clean()
		if violates {
			bad++
		}
		if judged[i].stopped() {
			stopped++
			if violates {
				right++
			}
		}
	}
	return ratio(right, stopped), ratio(right, bad)
}

func pick[T any](all []T, places []int) []T {
	list := make([]T, len(places))
	for i, at := range places {
		list[i] = all[at]
	}
	return list
}
