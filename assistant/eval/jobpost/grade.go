package jobpost

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

// Figures are those of the board.
var Figures = []eval.Figure{
	eval.Broken,
	{Name: "slot_f1", Title: "Slots, F1", Share: true, Target: eval.AtLeast(0.90), Main: true},
	{Name: "reasked", Title: "Known facts asked for", How: eval.Total, Target: eval.AtMost(0), Main: true},
	{Name: "invented", Title: "Invented facts", How: eval.Total, Target: eval.AtMost(0), Main: true},
	{Name: "questions", Title: "Questions, the most in a case", How: eval.Most, Target: eval.AtMost(6), Main: true},
	{Name: "questions_mean", Title: "Questions, mean"},
	{Name: "clarified", Title: "Questions what a message was about", How: eval.Total},
	{Name: "slot_f1_settled", Title: "Slots, F1 before the client adds what was not asked", Share: true},
	{Name: "precision", Title: "Slots, precision", Share: true},
	{Name: "recall", Title: "Slots, recall", Share: true},
	{Name: "must_appear", Title: "Phrases that must appear", Share: true},
	{Name: "changes", Title: "Changes honoured", Share: true},
	{Name: "told", Title: "Facts the client added unasked, mean"},
	{Name: "messages", Title: "Messages to the finished post, mean"},
	{Name: "fields", Title: "Fields of a blank form, mean"},
	{Name: "typed", Title: "Characters typed, mean"},
	{Name: "typed_form", Title: "Characters typed into a form, same post, mean"},
	{Name: "typed_bare", Title: "Characters typed into a form, bare facts, mean"},
	{Name: "typed_share", Title: "Typed, as a share of the form with the same post", Share: true},
}

// Grade compares what came of a case with its facts.
func Grade(c Case, p Played) (eval.Outcome, []Item) {
	out := eval.Outcome{ID: c.ID, Hard: c.Hard}
	broken := 0.0
	if p.Broken != "" {
		broken = 1
		out.Fail("%s", p.Broken)
	}
	out.Add(eval.Broken.Name, eval.One(broken))
	all := said(p.Exchanges)
	items := compare(c.Facts, p.Final, all)
	right, wrong, missed := sum(items)
	out.Add("slot_f1", eval.HarmonicTally(right, wrong, missed))
	out.Add("precision", eval.Tally{Part: right, Whole: right + wrong})
	out.Add("recall", eval.Tally{Part: right, Whole: right + missed})
	out.Add("slot_f1_settled", eval.HarmonicTally(sum(compare(c.Facts, p.Settled, all))))
	for _, item := range items {
		if item.Right == 0 {
			out.Fail("%s: %s", item.Slot, item.fault())
		}
	}
	again := reasked(c.Facts, p.Asked)
	strange := invented(c, p.Final, p.Claims, all)
	out.Reasons = append(append(out.Reasons, again...), strange...)
	out.Add("reasked", eval.One(float64(len(again))))
	out.Add("invented", eval.One(float64(len(strange))))
	questions := float64(len(p.Asked) + p.Clarified)
	out.Add("clarified", eval.One(float64(p.Clarified)))
	out.Add("questions", eval.One(questions))
	out.Add("questions_mean", eval.One(questions))
	if questions > 6 {
		out.Fail("%v questions", questions)
	}
	c.appears(p.Final, &out)
	c.changed(p, all, &out)
	c.efforts(p, &out)
	return out, items
}

func sum(items []Item) (right, wrong, missed float64) {
	for _, item := range items {
		right, wrong, missed = right+item.Right, wrong+item.Wrong, missed+item.Missed
	}
	return right, wrong, missed
}

func (i Item) fault() string {
	switch {
	case i.Want == "":
		return fmt.Sprintf("nothing was said, the post has %q", i.Got)
	case i.Got == "":
		return fmt.Sprintf("%q is missing", i.Want)
	}
	return fmt.Sprintf("%q was said, the post has %q", i.Want, i.Got)
}

// appears looks for phrases that the finished post must have: word for word, or
// all of its words within the post.
func (c Case) appears(p post, out *eval.Outcome) {
	text := p.text()
	words := eval.TermSet(text)
	for _, phrase := range c.MustAppear {
		found := contains(text, phrase) || len(eval.Terms(phrase)) > 0 && eval.Covered(eval.Terms(phrase), words) == 1 || sumAppears(p, phrase)
		out.Add("must_appear", eval.One(truth(found)))
		if !found {
			out.Fail("must appear: %q", phrase)
		}
	}
}

// sumAppears finds an amount however it is written.
func sumAppears(p post, phrase string) bool {
	found := numbers.FindAllString(strings.ToLower(phrase), -1)
	if len(found) == 0 || p.Pay == nil {
		return false
	}
	for _, n := range found {
		if v := plain(n); v != fmt.Sprintf("%v", p.Pay.Min/100) && v != fmt.Sprintf("%v", p.Pay.Max/100) {
			return false
		}
	}
	return true
}

// changed looks whether each change was made: whether the slots that it names
// hold right after it.
func (c Case) changed(p Played, said string, out *eval.Outcome) {
	for i, change := range c.Changes {
		honoured := i < len(p.Changed)
		if honoured {
			items := compare(change.Facts, p.Changed[i], said)
			honoured = !slices.ContainsFunc(items, func(item Item) bool {
				open := item.Slot == "pay_type" && item.Want == "fixed" && item.Got == ""
				return item.Want != "" && item.Right == 0 && !open
			})
		}
		out.Add("changes", eval.One(truth(honoured)))
		if !honoured {
			out.Fail("change not honoured: %q", change.Text)
		}
	}
}

func (c Case) efforts(p Played, out *eval.Outcome) {
	here, there := talked(p), form(c.Facts, p.Final)
	out.Add("told", eval.One(float64(p.Told)))
	out.Add("messages", eval.One(here.steps))
	out.Add("fields", eval.One(there.steps))
	out.Add("typed", eval.One(here.characters))
	out.Add("typed_form", eval.One(there.characters))
	out.Add("typed_bare", eval.One(bare(c.Facts).characters))
	out.Add("typed_share", eval.Tally{Part: here.characters, Whole: there.characters})
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Run plays and grades all cases, a few at a time.
func Run(ctx context.Context, site func(i int) dialogue.Site, cases []Case, atOnce int, progress func(done int)) (eval.Board, error) {
	outcomes, items := make([]eval.Outcome, len(cases)), make([][]Item, len(cases))
	err := dialogue.Each(ctx, len(cases), atOnce, progress, func(ctx context.Context, i int) error {
		played, err := Play(ctx, site(i), cases[i])
		if err != nil {
			played.Broken = err.Error() // one case more that failed, and no end of the others
		}
		outcomes[i], items[i] = Grade(cases[i], played)
		outcomes[i].Said = played.Said
		return ctx.Err()
	})
	board := eval.Board{Task: kind, Title: "Job posts", Figures: Figures, Outcomes: outcomes, Detail: bySlot(slices.Concat(items...))}
	if err == nil {
		err = board.AllBroken()
	}
	return board, err
}

// bySlot is a table of how each slot was read.
func bySlot(items []Item) [][]string {
	rows := [][]string{{"slot", "right", "wrong", "missed", "F1"}}
	var order []string
	by := make(map[string][]Item)
	for _, item := range items {
		if by[item.Slot] == nil {
			order = append(order, item.Slot)
		}
		by[item.Slot] = append(by[item.Slot], item)
	}
	for _, slot := range order {
		right, wrong, missed := sum(by[slot])
		t := eval.HarmonicTally(right, wrong, missed)
		rows = append(rows, []string{slot, fmt.Sprint(right), fmt.Sprint(wrong), fmt.Sprint(missed), fmt.Sprintf("%.3f", t.Part/max(1, t.Whole))})
	}
	return rows
}
