package moderation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// OutsideReport is what was measured on sets that others collected, for other
// ends: labels are mapped, and none of the sets is of a marketplace.
type OutsideReport struct {
	Sets      []OutsideSet    `json:"sets"`
	HateCheck []Functionality `json:"hatecheck"`
}

// OutsideSet is one set.
type OutsideSet struct {
	Name      string       `json:"name"`
	Title     string       `json:"title"`
	Mapping   string       `json:"mapping"`
	N         int          `json:"n"`
	Violating int          `json:"violating"`
	Rules     Stage        `json:"rules"`
	Both      Stage        `json:"rules_classifier"`
	Labels    []LabelScore `json:"labels"` // of rules and classifier
}

// source is a set of others, and how its labels are mapped to ours.
type source struct {
	name, title, mapping string
	read                 func(folder string) ([]Case, error)
}

var sources = []source{
	{"convabuse", "ConvAbuse: people's turns to chat assistants",
		"abusive = 1: abuse; channel assistant, the assistant's turn before it as the thread", readConvAbuse},
	{"sms", "SMS with smishing", "smishing: scam; spam: spam; ham: clean; channel message", readSMS},
	{"attacks", "Prompt attacks and benign look-alikes", "label 1: injection; 0: clean; channel assistant; both files of attacks", readAttacks},
	{"emscad", "Job ads with flags of fraud", "scam where a flag of sensitive information, unrealistic pay or pressure is set; channel post", readEMSCAD},
	{"hatecheck", "HateCheck", "hateful: discrimination; non-hateful: clean; channel message", readHateCheck},
}

// of makes a case of a row.
func of(set string, n int, channel message.Channel, text string, labels ...policy.Label) Case {
	return Case{corpus.Example{
		Message: message.Message{ID: fmt.Sprintf("%s-%d", set, n+1), Channel: channel, Text: text},
		Labels:  labels, Lang: "en",
	}}
}

func readConvAbuse(folder string) (cases []Case, err error) {
	err = eval.ReadCSV(folder, "moderation/convabuse.csv.gz", []string{"user", "agent", "abusive"}, func(v []string) {
		var labels []policy.Label
		if v[2] == "1" {
			labels = append(labels, policy.Abuse)
		}
		c := of("convabuse", len(cases), message.Assistant, v[0], labels...)
		if v[1] != "" {
			c.Thread = []message.Line{{Sender: "assistant", Text: v[1]}}
		}
		cases = append(cases, c)
	})
	return cases, err
}

func readSMS(folder string) (cases []Case, err error) {
	labels := map[string][]policy.Label{"smishing": {policy.Scam}, "spam": {policy.Spam}}
	err = eval.ReadCSV(folder, "moderation/sms_smishing.csv.gz", []string{"text", "label"}, func(v []string) {
		cases = append(cases, of("sms", len(cases), message.Direct, v[0], labels[strings.ToLower(v[1])]...))
	})
	return cases, err
}

func readAttacks(folder string) (cases []Case, err error) {
	add := func(text string, attack bool) {
		var labels []policy.Label
		if attack {
			labels = append(labels, policy.Injection)
		}
		cases = append(cases, of("attacks", len(cases), message.Assistant, text, labels...))
	}
	err = eval.ReadCSV(folder, "moderation/prompt_attacks_labelled.csv.gz", []string{"text", "label"}, func(v []string) { add(v[0], v[1] == "1") })
	if err != nil {
		return nil, err
	}
	err = eval.ReadCSV(folder, "moderation/giskard_prompt_injections.csv.gz", []string{"text"}, func(v []string) { add(v[0], true) })
	return cases, err
}

func readEMSCAD(folder string) (cases []Case, err error) {
	type advert struct {
		Title        string
		Company      string `json:"company_profile"`
		Description  string
		Requirements string
		Benefits     string
		Sensitive    string `json:"manual_flag1_sensitive_info"`
		Unrealistic  string `json:"manual_flag2_unrealistic_comp"`
		Pressure     string `json:"manual_flag3_pressure_tactics"`
	}
	err = eval.ReadJSONL(folder, "moderation/emscad_scam_flags_50.jsonl.gz", func(a advert) {
		var labels []policy.Label
		if slices.Contains([]string{a.Sensitive, a.Unrealistic, a.Pressure}, "1") {
			labels = append(labels, policy.Scam)
		}
		text := strings.Join([]string{a.Title, a.Company, a.Description, a.Requirements, a.Benefits}, "\n\n")
		cases = append(cases, of("emscad", len(cases), message.Post, text, labels...))
	})
	return cases, err
}

// readHateCheck keeps the functional test that a row belongs to as its kind.
func readHateCheck(folder string) (cases []Case, err error) {
	err = eval.ReadCSV(folder, "moderation/hatecheck.csv.gz", []string{"text", "label", "functionality"}, func(v []string) {
		var labels []policy.Label
		if v[1] == "hateful" {
			labels = append(labels, policy.Discrimination)
		}
		c := of("hatecheck", len(cases), message.Direct, v[0], labels...)
		c.Kind = corpus.Kind(v[2])
		cases = append(cases, c)
	})
	return cases, err
}

// Functionality is a functional test of HateCheck (Röttger et al., ACL 2021).
type Functionality struct {
	Name    string  `json:"name"`
	Hateful bool    `json:"hateful"`
	N       int     `json:"n"`
	Flagged float64 `json:"flagged"`
	Stopped float64 `json:"stopped"`
	Right   float64 `json:"right"` // flagged where hateful, delivered where not
}

// outside measures all sets.
func (m *measurement) outside(ctx context.Context) (*OutsideReport, error) {
	r := &OutsideReport{}
	for _, s := range sources {
		cases, err := s.read(m.Data)
		if err != nil {
			return nil, err
		}
		ruled, judged := m.onlyRules(ctx, cases), m.Cascade.both(ctx, cases)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.Sets = append(r.Sets, OutsideSet{
			Name: s.name, Title: s.title, Mapping: s.mapping, N: len(cases), Violating: violating(cases),
			Rules:  newStage("rules", "Rules only", cases, ruled, false, m.Bootstrap),
			Both:   newStage("rules_classifier", "Rules and classifier", cases, judged, true, m.Bootstrap),
			Labels: labelScores(cases, judged),
		})
		if s.name == "hatecheck" {
			r.HateCheck = functionalities(cases, judged)
		}
	}
	return r, nil
}

func functionalities(cases []Case, judged []judgement) (list []Functionality) {
	for _, g := range groupsBy("functionality", func(c Case) string { return string(c.Kind) }, cases, judged) {
		f := Functionality{Name: g.Name, N: g.Clean.N, Flagged: g.Clean.Flagged, Stopped: g.Clean.Stopped, Right: 1 - g.Clean.Flagged}
		if f.Hateful = g.Violates.N > 0; f.Hateful {
			f.N, f.Flagged, f.Stopped, f.Right = g.Violates.N, g.Violates.Flagged, g.Violates.Stopped, g.Violates.Flagged
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b Functionality) int {
		if a.Hateful != b.Hateful {
			if a.Hateful {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return list
}
