package classify

import (
	"cmp"
	"maps"
	"slices"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/retrieval/learn"
)

// Report is how a training went. All figures are of messages whose author the
// model that judged them has not seen (or, with fewer than three authors, whose family).
type Report struct {
	Examples, Violating, Extra int

	Any         float64 // area under the ROC curve: violation or not
	Calibration float64 // expected calibration error of the score of any violation
	Fit         float64 // the area on the examples that it has learned from: for checking that an artefact is what it says
	Slope       float64 // of that calibration: below 1 the model was too sure of itself

	Labels  []LabelReport
	Authors []Part // each against its own clean messages
	Kinds   []Part // of violations: against all clean messages; of clean ones: against all violations
	Langs   []Part // each against its own clean messages

	Thresholds Thresholds
	// What happens by these thresholds and the rules together.
	Judged     float64 // share of a site's messages that a judge is asked about
	HardHeld   float64 // share of hard negatives that are held
	CleanHeld  float64 // share of all clean messages that are held
	Stopped    float64 // share of violations that reach a stage
	HeldOrGone float64 // share of violations that are held or blocked
}

// LabelReport is how well a label is told.
type LabelReport struct {
	Label    policy.Label
	Examples int
	AUC      float64
	F1       float64 // at the point where it is the highest
}

// Part is the area under the ROC curve of any violation for some of the messages.
type Part struct {
	Name     string
	Examples int
	AUC      float64
}

// measure fills in what the scores of held out messages say.
func measure(list []held, judgements []judged, m meta) Report {
	scores, right := make([]float64, len(list)), make([]bool, len(list))
	r := Report{Examples: len(list), Slope: m.Calibration[labelCount].Slope, Thresholds: m.Thresholds}
	for i, j := range judgements {
		scores[i], right[i] = j.scores.Any, !j.clean()
		if right[i] {
			r.Violating++
		}
	}
	r.Any = learn.AreaUnderROC(scores, right)
	r.Calibration = learn.CalibrationError(scores, right)
	label, has := make([]float64, len(list)), make([]bool, len(list))
	for at, name := range policy.Labels() {
		l := LabelReport{Label: name}
		for i, j := range judgements {
			label[i], has[i] = j.scores.Label[at], j.labels>>at&1 != 0
			if has[i] {
				l.Examples++
			}
		}
		l.AUC, l.F1 = learn.AreaUnderROC(label, has), bestF1(label, has)
		r.Labels = append(r.Labels, l)
	}
	r.Authors = parts(list, scores, func(h held) string { return h.Author }, nil)
	r.Langs = parts(list, scores, func(h held) string { return h.Lang }, nil)
	r.Kinds = parts(list, scores, func(h held) string { return string(h.Kind) }, func(kind string, h held) bool {
		clean := kind == string(corpus.Hard) || kind == string(corpus.Ordinary)
		return h.Clean() != clean
	})
	c, t := m.Costs, m.Thresholds
	r.Judged, r.HardHeld, r.Stopped = c.seen(judgements, t), heldHard(judgements, t), stopped(judgements, t)
	waits := func(j judged) bool { return t.level(j) >= 2 }
	r.CleanHeld = share(judgements, weighClean, waits)
	r.HeldOrGone = share(judgements, func(j judged) float64 { return 1 - weighClean(j) }, waits)
	return r
}

// parts measures the messages of each name, and beside them those that also holds for it.
func parts(list []held, scores []float64, name func(held) string, also func(string, held) bool) (out []Part) {
	names := make(map[string]int)
	for _, h := range list {
		names[name(h)]++
	}
	delete(names, "") // of what a site reviewed, neither kind nor language is known
	for _, n := range slices.Sorted(maps.Keys(names)) {
		var some []float64
		var right []bool
		for i, h := range list {
			if name(h) == n || also != nil && also(n, h) {
				some, right = append(some, scores[i]), append(right, !h.Clean())
			}
		}
		out = append(out, Part{Name: n, Examples: names[n], AUC: learn.AreaUnderROC(some, right)})
	}
	return out
}

// FitScore names the score of an artefact that everybody who has its examples can count again.
const FitScore = "AUC on its own examples"

func (r Report) scores() []learn.Score {
	return []learn.Score{
		{Name: "AUC of any violation, unseen authors", Value: r.Any, Count: r.Examples},
		{Name: "calibration error", Value: r.Calibration, Count: r.Examples},
		{Name: "share judged", Value: r.Judged, Count: r.Examples},
		{Name: "hard negatives held", Value: r.HardHeld, Count: r.Examples},
		{Name: FitScore, Value: r.Fit, Count: r.Examples},
		{Name: "violations that reach a stage", Value: r.Stopped, Count: r.Violating},
	}
}

// bestF1 is the highest F1 of a label over all points, for reports.
func bestF1(scores []float64, right []bool) float64 {
	order := make([]int, len(scores))
	all := 0
	for i := range order {
		order[i] = i
		if right[i] {
			all++
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	best, found := 0.0, 0
	for n, i := range order {
		if right[i] {
			found++
		}
		best = max(best, 2*float64(found)/float64(n+1+all))
	}
	return best
}
