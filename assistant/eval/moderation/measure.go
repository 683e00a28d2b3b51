package moderation

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Options say what is measured, and how.
type Options struct {
	Cascade
	Bootstrap
	Accuracy Accuracy // of the scripted judge
	Judge    *Judge   // a configured one, measured as well; nil for none
	// Count counts the tokens that a call of the judge would come to.
	Count  func(model.Request, string) model.Usage
	Prices []Price
	Data   string // folder with outside sets, "" for none
}

// Report is all that was measured. It is marshalled as JSON.
type Report struct {
	N         int `json:"n"`
	Violating int `json:"violating"`
	Hard      int `json:"hard"`
	// Beside counts violations of policies only that their channel is not screened for.
	Beside int `json:"not_screened_for"`

	// The figures that there are targets for, without any judge.
	ROC     float64 `json:"roc_auc"`
	HardFP  float64 `json:"hard_false_positives"` // stopped
	Share   float64 `json:"judge_share"`          // at 10 % violating
	Reached float64 `json:"stopped_or_queued"`    // of violations

	Targets   []Target       `json:"targets"`
	Stages    []Stage        `json:"stages"`
	Labels    []LabelScore   `json:"labels"` // of rules and classifier
	MeanF1    float64        `json:"labels_mean_f1"`
	Groups    []Group        `json:"groups"` // of rules and classifier
	Split     *Split         `json:"split,omitempty"`
	Cost      Cost           `json:"cost"`
	Times     []Timing       `json:"times"`
	Outside   *OutsideReport `json:"outside,omitempty"`
	Spellings []Spelling     `json:"spellings"` // the same content in other spellings and dialects
	Wrong     []Wrong        `json:"wrong"`

	Rules      string    `json:"rules_version"`
	Classifier string    `json:"model_version"`
	Policies   string    `json:"policy_version"`
	Bootstrap  Bootstrap `json:"bootstrap"`
	Accuracy   Accuracy  `json:"scripted_judge"`
	Day        time.Time `json:"measured"`
}

// Target is a figure that is to be reached.
type Target struct {
	Title string      `json:"title"`
	Value Value       `json:"measured"`
	Bound eval.Target `json:"target"`
	Met   bool        `json:"met"`
}

// Wrong is a case on which rules and classifier err.
type Wrong struct {
	ID     string         `json:"id"`
	Kind   string         `json:"kind"`
	Labels []policy.Label `json:"labels"`
	Did    string         `json:"decision"`
	Given  []policy.Label `json:"given"`
	Score  float64        `json:"score"`
	Text   string         `json:"-"`
}

// measurement is one run over the cases.
type measurement struct {
	Options
	cases                []Case
	rules, both, cascade []judgement
}

// Measure measures the cascade on cases.
func Measure(ctx context.Context, cases []Case, o Options) (Report, error) {
	m := &measurement{Options: o, cases: cases}
	r := Report{
		N: len(cases), Violating: violating(cases), Rules: o.Rules.Version(), Classifier: o.Classifier.Version(), Policies: policy.Version(),
		Bootstrap: o.Bootstrap, Accuracy: o.Accuracy, Day: time.Now(),
	}
	if err := m.stages(ctx, &r); err != nil {
		return r, err
	}
	r.Labels, r.Groups = labelScores(cases, m.both), m.groups()
	r.MeanF1 = meanF1(r.Labels)
	r.Split, r.Wrong = m.split(), m.wrong()
	r.Spellings = m.spellings(ctx)
	r.Times = m.times(ctx, cases)
	r.Cost = m.cost(r.Stages)
	if o.Data != "" {
		var err error
		if r.Outside, err = m.outside(ctx); err != nil {
			return r, err
		}
	}
	return r, ctx.Err()
}

// stages measures each stage, and what targets are for.
func (m *measurement) stages(ctx context.Context, r *Report) error {
	m.rules, m.both = m.onlyRules(ctx, m.cases), m.Cascade.both(ctx, m.cases)
	blind := m.onlyClassifier(m.both, m.cases)
	judged, asked, err := m.Cascade.judged(ctx, m.scripted(m.Accuracy, m.cases, m.both), m.cases, m.both)
	if err != nil {
		return err
	}
	m.cascade = judged
	for i := range judged {
		m.both[i].asked = judged[i].asked
	}
	stage := func(name, title string, j []judgement, calibrated bool) Stage {
		return newStage(name, title, m.cases, j, calibrated, m.Bootstrap)
	}
	both := stage("rules_classifier", "Rules and classifier", m.both, true)
	r.Stages = []Stage{
		stage("rules", "Rules only", m.rules, false),
		stage("classifier", "Classifier only", blind, true),
		both,
		stage("cascade", "With a scripted judge", judged, false),
	}
	r.Stages[3].Asked = &asked
	if m.Judge != nil {
		judged, asked, err := m.Cascade.judged(ctx, *m.Judge, m.cases, m.both)
		if err != nil {
			return err
		}
		s := stage("cascade_configured", "With "+m.Judge.Name, judged, false)
		s.Asked = &asked
		r.Stages = append(r.Stages, s)
	}
	for i, yes := range masksOf(m.cases).hard {
		if yes {
			r.Hard++
		}
		if c := m.cases[i]; !c.Clean() && !slices.ContainsFunc(c.Labels, func(l policy.Label) bool { _, screened := m.both[i].scores[l]; return screened }) {
			r.Beside++
		}
	}
	r.ROC, r.HardFP, r.Share, r.Reached = both.ROC.Value, both.Stopped.Hard.Value, both.JudgedUsual.Value, both.Reached.Value
	r.Targets = targets(both)
	return nil
}

// targets are those for the cascade without any language model.
func targets(s Stage) []Target {
	list := []Target{
		{Title: "Violation or not, ROC AUC", Value: s.ROC, Bound: *eval.AtLeast(0.93)},
		{Title: "Clean look-alikes that are stopped", Value: s.Stopped.Hard, Bound: *eval.AtMost(0.03)},
		{Title: "Messages that a judge would see, at 10 % violating", Value: s.JudgedUsual, Bound: *eval.AtMost(0.20)},
		{Title: "Violations stopped or queued", Value: s.Reached, Bound: *eval.AtLeast(0.95)},
	}
	for i := range list {
		list[i].Met = list[i].Bound.Met(list[i].Value.Value)
	}
	return list
}

func (m *measurement) scripted(a Accuracy, cases []Case, first []judgement) Judge {
	return Judge{Model: Scripted(a, cases, first), Name: "scripted", Count: m.Count}
}

// mostAuthors is how many authors are told apart: more prefixes of ids are none.
const mostAuthors = 8

func (m *measurement) groups() []Group {
	groups := groupsBy("kind", func(c Case) string { return string(c.Kind) }, m.cases, m.both)
	groups = append(groups, groupsBy("language", func(c Case) string { return c.Lang }, m.cases, m.both)...)
	groups = append(groups, groupsBy("channel", func(c Case) string { return string(c.Channel) }, m.cases, m.both)...)
	if authors := groupsBy("author", author, m.cases, m.both); len(authors) > 1 && len(authors) <= mostAuthors {
		groups = append(groups, authors...)
	}
	return groups
}

// author is who wrote a case: what its id begins with.
func author(c Case) string {
	name, _, _ := strings.Cut(c.ID, "-")
	return name
}

// wrong are violations that nothing noticed, and clean messages that were stopped.
func (m *measurement) wrong() []Wrong {
	list := []Wrong{}
	for i, c := range m.cases {
		j := m.both[i]
		if c.Clean() && j.stopped() || !c.Clean() && !j.flagged() {
			list = append(list, Wrong{c.ID, string(c.Kind), c.Labels, string(j.action), j.labels, j.score, c.Text})
		}
	}
	return list
}
