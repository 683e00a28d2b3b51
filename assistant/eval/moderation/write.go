package moderation

import (
	"fmt"
	"io"
	"strings"
)

// Write tells the report for people. With verbose it names the cases on which
// rules and classifier err, with their texts.
func (r Report) Write(w io.Writer, verbose bool) error {
	for _, s := range r.sections() {
		if err := s.writeText(w); err != nil {
			return err
		}
	}
	if !verbose {
		return nil
	}
	for _, c := range r.Wrong {
		what := "clean"
		if len(c.Labels) > 0 {
			what = fmt.Sprint(c.Labels)
		}
		if _, err := fmt.Fprintf(w, "%s  %s, %s: %s %v at %.3f\n    %s\n", c.ID, c.Kind, what, c.Did, c.Given, c.Score, strings.Join(strings.Fields(c.Text), " ")); err != nil {
			return err
		}
	}
	return nil
}

// WriteMarkdown writes the tables of docs/moderation.md.
func (r Report) WriteMarkdown(w io.Writer) error {
	for _, s := range r.sections() {
		if err := s.writeMarkdown(w); err != nil {
			return err
		}
	}
	return nil
}

func (r Report) sections() []section {
	list := []section{r.targets(), r.stages(), r.points()}
	if r.Split != nil {
		list = append(list, r.Split.section())
	}
	list = append(list, r.labels(), r.treated("kind", "By kind of message"), r.treated("language", "By language"), r.treated("channel", "By channel"))
	if authors := r.treated("author", "By author"); len(authors.table) > 1 {
		list = append(list, authors)
	}
	list = append(list, r.calibration(), r.costs(), r.times())
	if r.Outside != nil {
		list = append(list, r.Outside.section(), r.Outside.labels(), r.Outside.functions())
	}
	return append(list, r.spellings())
}

func (r Report) targets() section {
	s := section{
		title: "Targets, without any language model",
		lead: []string{fmt.Sprintf("%d messages, %d of which violate; %d of the %d clean ones look like violations. Rules %s, classifier %s, policies %s.",
			r.N, r.Violating, r.Hard, r.N-r.Violating, short(r.Rules), r.Classifier, r.Policies)},
		table: [][]string{{"figure", "measured", "95 % interval", "target", ""}},
	}
	if r.Beside > 0 {
		s.notes = []string{fmt.Sprintf("Of the violations %d break only policies that their channel is not screened for: nothing can find them.", r.Beside)}
	}
	for i, t := range r.Targets {
		tell := percent
		if i == 0 {
			tell = decimal
		}
		sign, met := "≥ ", "missed"
		if t.Bound.Below {
			sign = "≤ "
		}
		if t.Met {
			met = "met"
		}
		s.table = append(s.table, []string{t.Title, tell(t.Value.Value), tell(t.Value.Interval.Low) + " to " + tell(t.Value.Interval.High), sign + tell(t.Bound.Bound), met})
	}
	return s
}

// short shortens the hash of a version.
func short(version string) string { return version[:min(len(version), 12)] }

func (r Report) stages() section {
	s := section{
		title: "Stage by stage: violation or not",
		table: [][]string{{"stage", "ROC AUC", "PR AUC", "judge sees", "at 10 % violating", "violations stopped, queued or judged"}},
		notes: []string{judgeNote(r.Accuracy)},
	}
	for _, st := range r.Stages {
		row := []string{st.Title, st.ROC.with(decimal), st.PrecisionRecall.with(decimal), "–", "–", st.Reached.with(percent)}
		if st.Judged.Value > 0 {
			row[3], row[4] = percent(st.Judged.Value), st.JudgedUsual.with(percent)
		}
		s.table = append(s.table, row)
		if st.Asked != nil && st.Asked.Failed > 0 {
			s.notes = append(s.notes, fmt.Sprintf("%s: %d of %d calls failed.", st.Title, st.Asked.Failed, st.Asked.Calls))
		}
	}
	return s
}

func judgeNote(a Accuracy) string {
	return fmt.Sprintf("The scripted judge finds %s of the violations that it is asked about and is wrong on %s of the clean messages (seed %d).",
		percent(a.Recall), percent(a.FalsePositive), a.Seed)
}

func (r Report) points() section {
	s := section{
		title: "At the operating points",
		lead:  []string{"Stopped: held or blocked. Flagged: stopped, or delivered with review."},
		table: [][]string{{"stage", "precision", "at 10 % violating", "recall", "F1", "clean messages", "clean look-alikes"}},
	}
	for _, st := range r.Stages {
		for i, p := range []Point{st.Stopped, st.Flagged} {
			s.table = append(s.table, []string{
				st.Title + []string{", stopped", ", flagged"}[i],
				p.Precision.with(percent), percent(p.PrecisionUsual.Value), p.Recall.with(percent), percent(p.F1.Value), percent(p.Clean.Value), p.Hard.with(percent),
			})
		}
	}
	return s
}

func (s Split) section() section {
	sec := section{
		title: "Three systems on the same messages",
		lead:  []string{fmt.Sprintf("%d legitimate and %d violating messages, drawn by seed; precision and recall of what is stopped.", s.Clean, s.Violating)},
		table: [][]string{{"system", "ROC AUC", "precision", "recall", "× precision", "× recall", "judge sees", "flagged: recall", "flagged: precision"}},
		notes: []string{judgeNote(s.Judge), fmt.Sprintf("×: against the rules; the interval is of %d such draws.", draws)},
	}
	for _, v := range s.Systems {
		seen := "–"
		if v.Judged.Value > 0 {
			seen = percent(v.Judged.Value)
		}
		sec.table = append(sec.table, []string{
			v.Title, v.ROC.with(decimal), v.Stopped.Precision.with(percent), v.Stopped.Recall.with(percent),
			v.Precision.with(factor), v.Recall.with(factor), seen, percent(v.Flagged.Recall.Value), percent(v.Flagged.Precision.Value),
		})
	}
	return sec
}

func (r Report) labels() section {
	s := section{
		title: "By label, rules and classifier",
		table: [][]string{{"label", "n", "precision", "recall", "F1", "ROC AUC"}},
		notes: []string{fmt.Sprintf("Mean F1 of the labels: %.3f. A label counts as given when the message is flagged and has it.", r.MeanF1)},
	}
	for _, l := range r.Labels {
		s.table = append(s.table, []string{string(l.Label), fmt.Sprint(l.N), percent(l.Precision), percent(l.Recall), decimal(l.F1), decimal(l.ROC)})
	}
	return s
}

func (r Report) treated(by, title string) section {
	s := section{
		title: title + ", rules and classifier",
		table: [][]string{{by, "violating", "stopped", "flagged", "clean", "stopped", "flagged", "ROC AUC"}},
	}
	for _, g := range r.Groups {
		if g.By != by {
			continue
		}
		roc := "–"
		if g.ROC > 0 {
			roc = decimal(g.ROC)
		}
		s.table = append(s.table, []string{
			g.Name, fmt.Sprint(g.Violates.N), of100(g.Violates.Stopped, g.Violates.N), of100(g.Violates.Flagged, g.Violates.N),
			fmt.Sprint(g.Clean.N), of100(g.Clean.Stopped, g.Clean.N), of100(g.Clean.Flagged, g.Clean.N), roc,
		})
	}
	return s
}
