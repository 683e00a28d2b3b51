package moderation

import (
	"github.com/parleyhq/parley/assistant/moderation/corpus"
)

// Usual is the share of violations in traffic that shares are also told for:
// among the cases violations are much commoner than in life.
const Usual = 0.10

// Stage is how well one stage, or several together, tell violations apart. A
// message is stopped when it is held or blocked, and flagged when it is stopped or
// delivered with review. Shares "at 10 %" weigh clean and violating cases so that a
// tenth violates.
type Stage struct {
	Name  string `json:"name"`
	Title string `json:"title"`

	ROC             Value `json:"roc_auc"`
	PrecisionRecall Value `json:"pr_auc"`
	Stopped         Point `json:"stopped"`
	Flagged         Point `json:"flagged"`

	Judged      Value `json:"judged"`       // share of messages that a judge was, or would be, asked about
	JudgedUsual Value `json:"judged_at_10"` // at 10 %
	Reached     Value `json:"reached"`      // share of violations flagged, or put before a judge

	Calibration *Calibration `json:"calibration,omitempty"` // of stages whose scores are probabilities
	Asked       *Asked       `json:"asked,omitempty"`       // of cascades with a judge

	judged []judgement
}

// Point is an operating point: who is acted on is taken to violate.
type Point struct {
	Precision      Value `json:"precision"`
	PrecisionUsual Value `json:"precision_at_10"`
	Recall         Value `json:"recall"`
	F1             Value `json:"f1"`
	Clean          Value `json:"false_positives"`      // share of clean messages
	Hard           Value `json:"false_positives_hard"` // share of clean messages that look like violations
}

// Calibration tells how far scores are from how often messages violate. Error
// is the mean distance over messages, in ten bands of equal width.
type Calibration struct {
	Error float64 `json:"error"`
	Bands []Band  `json:"bands"`
}

// kinds of cases, as masks.
type masks struct {
	all, violating, clean, hard []bool
}

func masksOf(cases []Case) masks {
	mask := func(of func(Case) bool) []bool {
		m := make([]bool, len(cases))
		for i, c := range cases {
			m[i] = of(c)
		}
		return m
	}
	return masks{
		all:       mask(func(Case) bool { return true }),
		violating: mask(func(c Case) bool { return !c.Clean() }),
		clean:     mask(func(c Case) bool { return c.Clean() }),
		hard:      mask(func(c Case) bool { return c.Clean() && c.Kind == corpus.Hard }),
	}
}

// usual puts a share of violations and one of clean messages together as they
// are among messages of which a tenth violates.
func usual(violating, clean float64) float64 { return Usual*violating + (1-Usual)*clean }

// newStage computes the figures of a stage.
func newStage(name, title string, cases []Case, judged []judgement, calibrated bool, b Bootstrap) Stage {
	m := masksOf(cases)
	scores, stopped, flagged := make([]float64, len(cases)), make([]bool, len(cases)), make([]bool, len(cases))
	asked, reached := make([]bool, len(cases)), make([]bool, len(cases))
	for i, j := range judged {
		scores[i], stopped[i], flagged[i], asked[i] = j.score, j.stopped(), j.flagged(), j.asked
		reached[i] = flagged[i] || asked[i]
	}
	ranked := newRanking(scores, m.violating)
	figures := []figure{
		ranked.roc, ranked.precisionRecall,
		func(w []float64) float64 { return share(asked, m.all, w) },
		func(w []float64) float64 { return usual(share(asked, m.violating, w), share(asked, m.clean, w)) },
		func(w []float64) float64 { return share(reached, m.violating, w) },
	}
	figures = append(append(figures, m.point(stopped)...), m.point(flagged)...)
	v := bootstrap(families(cases), figures, b.Resamples, b.Seed)
	s := Stage{
		Name: name, Title: title, judged: judged,
		ROC: v[0], PrecisionRecall: v[1], Judged: v[2], JudgedUsual: v[3], Reached: v[4],
		Stopped: pointOf(v[5:]), Flagged: pointOf(v[5+pointFigures:]),
	}
	if calibrated {
		s.Calibration = &Calibration{Bands: reliability(scores, m.violating)}
		for _, b := range s.Calibration.Bands {
			s.Calibration.Error += ratio(float64(b.N), float64(len(cases))) * max(b.Score-b.Violates, b.Violates-b.Score)
		}
	}
	return s
}

const pointFigures = 6

// point are the figures of an operating point, in the order of [Point].
func (m masks) point(acted []bool) []figure {
	recall := func(w []float64) float64 { return share(acted, m.violating, w) }
	clean := func(w []float64) float64 { return share(acted, m.clean, w) }
	precision := func(w []float64) float64 { return share(m.violating, acted, w) }
	return []figure{
		precision,
		func(w []float64) float64 { r := Usual * recall(w); return ratio(r, r+(1-Usual)*clean(w)) },
		recall,
		func(w []float64) float64 { p, r := precision(w), recall(w); return ratio(2*p*r, p+r) },
		clean,
		func(w []float64) float64 { return share(acted, m.hard, w) },
	}
}

func pointOf(v []Value) Point { return Point{v[0], v[1], v[2], v[3], v[4], v[5]} }

// Bootstrap says how intervals are made.
type Bootstrap struct {
	Resamples int    `json:"resamples"`
	Seed      uint64 `json:"seed"`
}
