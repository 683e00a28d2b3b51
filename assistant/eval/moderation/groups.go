package moderation

import (
	"cmp"
	"slices"

	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/retrieval/learn"
)

// Group is what happened to the cases that have something in common.
type Group struct {
	By       string  `json:"by"` // kind, language, channel, author
	Name     string  `json:"name"`
	Clean    Treated `json:"clean"`
	Violates Treated `json:"violating"`
	ROC      float64 `json:"roc_auc"` // 0 where either kind is missing
}

// Treated is what happened to N messages, as shares.
type Treated struct {
	N       int     `json:"n"`
	Stopped float64 `json:"stopped"`
	Flagged float64 `json:"flagged"`
	Judged  float64 `json:"judged"`
}

// groupsBy puts cases together by a property, in the order of its values.
func groupsBy(by string, of func(Case) string, cases []Case, judged []judgement) (groups []Group) {
	places := make(map[string][]int)
	for i, c := range cases {
		name := cmp.Or(of(c), "not said")
		places[name] = append(places[name], i)
	}
	for name, list := range places {
		g := Group{By: by, Name: name}
		var scores []float64
		var yes []bool
		for _, i := range list {
			scores, yes = append(scores, judged[i].score), append(yes, !cases[i].Clean())
			if cases[i].Clean() {
				g.Clean.add(judged[i])
			} else {
				g.Violates.add(judged[i])
			}
		}
		g.Clean.finish()
		g.Violates.finish()
		if g.Clean.N > 0 && g.Violates.N > 0 {
			g.ROC = learn.AreaUnderROC(scores, yes)
		}
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return groups
}

func (t *Treated) add(j judgement) {
	t.N++
	for share, is := range map[*float64]bool{&t.Stopped: j.stopped(), &t.Flagged: j.flagged(), &t.Judged: j.asked} {
		if is {
			*share++
		}
	}
}

func (t *Treated) finish() {
	n := float64(max(1, t.N))
	t.Stopped, t.Flagged, t.Judged = t.Stopped/n, t.Flagged/n, t.Judged/n
}

// LabelScore is how well a label is told. A message is taken to break it when
// it is among the labels of a decision that did something.
type LabelScore struct {
	Label     policy.Label `json:"label"`
	N         int          `json:"n"`
	Precision float64      `json:"precision"`
	Recall    float64      `json:"recall"`
	F1        float64      `json:"f1"`
	ROC       float64      `json:"roc_auc"` // among all cases that are screened for it
}

// labelScores are those of all labels that occur, in the order of [policy.Labels].
func labelScores(cases []Case, judged []judgement) (list []LabelScore) {
	for _, l := range policy.Labels() {
		s := LabelScore{Label: l}
		right, said := 0, 0
		var scores []float64
		var yes []bool
		for i, c := range cases {
			score, screened := judged[i].scores[l]
			if screened {
				scores, yes = append(scores, score), append(yes, has(c, l))
			}
			gave := slices.Contains(judged[i].labels, l)
			if has(c, l) {
				s.N++
			}
			if gave {
				said++
			}
			if gave && has(c, l) {
				right++
			}
		}
		if s.N == 0 && said == 0 {
			continue
		}
		s.Precision, s.Recall = ratio(float64(right), float64(said)), ratio(float64(right), float64(s.N))
		s.F1, s.ROC = ratio(2*float64(right), float64(said+s.N)), learn.AreaUnderROC(scores, yes)
		list = append(list, s)
	}
	return list
}

// meanF1 is the mean over labels that occur (macro-averaged).
func meanF1(list []LabelScore) float64 {
	sum, n := 0.0, 0.0
	for _, s := range list {
		if s.N > 0 {
			sum, n = sum+s.F1, n+1
		}
	}
	return ratio(sum, n)
}
