package moderation

import (
	"fmt"
	"time"
)

func (r Report) calibration() section {
	s := section{title: "Calibration", table: [][]string{{"score", "messages", "mean score", "violate"}}}
	for _, st := range r.Stages {
		if st.Calibration == nil {
			continue
		}
		s.lead = append(s.lead, fmt.Sprintf("%s: expected calibration error %.3f.", st.Title, st.Calibration.Error))
		if st.Name != "rules_classifier" {
			continue
		}
		for _, b := range st.Calibration.Bands {
			s.table = append(s.table, []string{fmt.Sprintf("%.1f to %.1f", b.From, b.From+1.0/bands), fmt.Sprint(b.N), decimal(b.Score), of100(b.Violates, b.N)})
		}
	}
	return s
}

func (r Report) costs() section {
	c := r.Cost
	s := section{
		title: "Cost of 1,000 messages, 10 % violating",
		lead: []string{fmt.Sprintf("A judge is asked about %.0f of them, up to eight in a call: %.0f tokens in, %.0f tokens out.",
			c.Messages, c.Input, c.Output)},
		table: [][]string{{"model", "in, for a million", "out, for a million", "for 1,000 messages"}},
	}
	for _, p := range c.Models {
		money := func(x float64) string { return fmt.Sprintf("%.4g %s", x, p.Currency) }
		s.table = append(s.table, []string{p.Model, money(p.Input), money(p.Output), money(p.Cost)})
	}
	if len(c.Models) == 0 {
		s.notes = []string{"No price is configured (models.prices), so that this is not told in money."}
	}
	return s
}

func (r Report) times() section {
	s := section{
		title: "Time of a message, on one core of this machine",
		table: [][]string{{"stage", "median", "p99", "most", "messages a second"}},
		notes: []string{"Of each message the least of three runs."},
	}
	for _, t := range r.Times {
		s.table = append(s.table, []string{t.Title, micros(t.Median), micros(t.P99), micros(t.Most), fmt.Sprintf("%.0f", t.Second)})
	}
	return s
}

func micros(d time.Duration) string {
	return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
}

func (o OutsideReport) section() section {
	s := section{
		title: "Outside sets",
		table: [][]string{{"set", "messages", "violate", "ROC AUC", "PR AUC", "stopped: precision", "recall", "flagged: precision", "recall", "clean flagged"}},
	}
	for _, set := range o.Sets {
		for _, st := range []Stage{set.Rules, set.Both} {
			s.table = append(s.table, []string{
				set.Title + ": " + st.Title, fmt.Sprint(set.N), fmt.Sprint(set.Violating), st.ROC.with(decimal), decimal(st.PrecisionRecall.Value),
				percent(st.Stopped.Precision.Value), percent(st.Stopped.Recall.Value),
				percent(st.Flagged.Precision.Value), percent(st.Flagged.Recall.Value), percent(st.Flagged.Clean.Value),
			})
		}
		s.notes = append(s.notes, set.Title+". "+set.Mapping+".")
	}
	return s
}

func (o OutsideReport) labels() section {
	s := section{
		title: "Outside sets: the label itself, rules and classifier",
		table: [][]string{{"set and label", "n", "precision", "recall", "F1", "ROC AUC"}},
	}
	for _, set := range o.Sets {
		for _, l := range set.Labels {
			if l.N > 0 {
				s.table = append(s.table, []string{set.Name + ": " + string(l.Label), fmt.Sprint(l.N), percent(l.Precision), percent(l.Recall), decimal(l.F1), decimal(l.ROC)})
			}
		}
	}
	return s
}

func (o OutsideReport) functions() section {
	s := section{
		title: "HateCheck by functionality, rules and classifier",
		lead:  []string{"Right: flagged where hateful, delivered where not."},
		table: [][]string{{"functionality", "hateful", "n", "flagged", "stopped", "right"}},
	}
	for _, f := range o.HateCheck {
		hateful := "no"
		if f.Hateful {
			hateful = "yes"
		}
		s.table = append(s.table, []string{f.Name, hateful, fmt.Sprint(f.N), percent(f.Flagged), percent(f.Stopped), percent(f.Right)})
	}
	return s
}

func (r Report) spellings() section {
	s := section{
		title: "The same content in other spellings and dialects",
		lead: []string{"Messages that the operator changes; disguised ones are left out. Change of the score on average, and decisions that change: newly flagged / no longer flagged, " +
			"newly stopped / no longer stopped."},
		table: [][]string{{"written as", "clean", "score", "flagged", "stopped", "violating", "score", "flagged", "stopped"}},
	}
	for _, o := range r.Spellings {
		row := []string{o.Title}
		for _, c := range []Changes{o.Clean, o.Violates} {
			row = append(row, fmt.Sprint(c.N), fmt.Sprintf("%+.3f", c.Score), fmt.Sprintf("+%d / −%d", c.Flagged, c.Unflagged), fmt.Sprintf("+%d / −%d", c.Stopped, c.Unstopped))
		}
		s.table = append(s.table, row)
	}
	return s
}
