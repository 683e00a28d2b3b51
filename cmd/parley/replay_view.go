package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
)

// name looks up the headlines of the profiles that something is told of.
func (r *replay) name(ctx context.Context, a *app, tenant string) error {
	r.headlines = make(map[string]string)
	var ids []string
	for _, change := range r.Comparison.Changes {
		ids = append(ids, change.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	docs, err := a.retriever.Documents(ctx, tenant, retrieval.KindProfile, ids)
	if err != nil {
		return fmt.Errorf("replay: profiles: %w", err)
	}
	for _, d := range docs {
		r.headlines[d.ID] = d.Title()
	}
	return nil
}

// draw lays a replay out for reading.
func (r *replay) draw(s screen) string {
	var out strings.Builder
	then := r.Decision
	fmt.Fprintln(&out, s.bold("Decision "+then.ID))
	line := func(name, text string) { fmt.Fprintf(&out, "%s%s\n", s.dim(fmt.Sprintf("%-10s", name)), text) }
	line("made", then.Created.Format("2006-01-02 15:04 -07:00")+", for "+r.Source)
	line("looked at", fmt.Sprintf("%s: %d on the list, %d left out", counted(then.Considered, "profile"), then.Passed, then.Considered-then.Passed))
	line("weights", fmt.Sprintf("%s, features %s", then.Ranker.Name, then.Rules))
	line("chain", r.chainText())
	line("record", r.recordText())
	line("today", r.todayText())
	for _, cause := range r.Comparison.Causes {
		fmt.Fprintln(&out, wrapped(cause.Text, "          ", s.width))
	}
	if len(r.Comparison.Changes) > 0 {
		changes, moved := r.told()
		fmt.Fprint(&out, "\n", r.table(changes).draw(s))
		if moved > 0 {
			fmt.Fprintf(&out, "%s stand elsewhere only because of these.\n", counted(moved, "other"))
		}
	}
	return out.String()
}

func (r *replay) chainText() string {
	switch {
	case r.Chain != "":
		return "broken: " + r.Chain
	case r.Decisions == 1:
		return "the only decision of the conversation, unaltered"
	}
	return fmt.Sprintf("%d decisions in the conversation, each unaltered and following the one before; this is number %d", r.Decisions, r.Links)
}

func (r *replay) recordText() string {
	if r.Recorded != "" {
		return "does not hold: " + r.Recorded
	}
	return "its values and weights give the order that it says"
}

func (r *replay) todayText() string {
	switch c := r.Comparison; {
	case !c.Same:
		return "another order"
	case len(c.Changes) == 0 && len(c.Causes) == 0:
		return "same order, from the same facts"
	}
	return "same order, though not everything is as it was"
}

// mostMoved is how many candidates are listed who stand elsewhere only because others do.
const mostMoved = 8

// told are the changes worth a line each, and how many others there are.
func (r *replay) told() (changes []rank.Change, moved int) {
	for _, c := range r.Comparison.Changes {
		if len(differences(c)) == 0 {
			moved++
		}
	}
	if moved <= mostMoved {
		return r.Comparison.Changes, 0
	}
	for _, c := range r.Comparison.Changes {
		if len(differences(c)) > 0 {
			changes = append(changes, c)
		}
	}
	return changes, moved
}

// table lists candidates of whom something is not as it was, with what has changed.
func (r *replay) table(changes []rank.Change) table {
	t := table{head: []string{"then", "now", "profile", "headline", "score", "now", "what differs"}, flex: 3, right: []int{0, 1, 4, 5}}
	for _, c := range changes {
		t.rows = append(t.rows, row{cells: []string{
			place(c.Before), place(c.After), c.ID, r.headlines[c.ID], score(c.Before, c.ScoreBefore), score(c.After, c.ScoreAfter), cmp.Or(strings.Join(differences(c), "; "), "others have changed"),
		}})
	}
	return t
}

func place(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

func score(place int, points float64) string {
	if place == 0 {
		return ""
	}
	return strconv.FormatFloat(points, 'f', 1, 64)
}

// differences says what is not as it was of one candidate; nothing when only
// others have changed.
func differences(c rank.Change) []string {
	var list []string
	if c.Gone {
		return []string{"the profile is gone"}
	}
	if c.Profile {
		list = append(list, "profile changed")
	}
	switch {
	case c.After == 0 && c.Fails != "":
		list = append(list, "left out now by "+c.Fails)
	case c.Before == 0 && c.Fails != "":
		list = append(list, "was left out by "+c.Fails)
	}
	switch {
	case c.PastNow && !c.PastThen && c.After > 0:
		list = append(list, "past a limit of the post now")
	case c.PastThen && !c.PastNow && c.After > 0:
		list = append(list, "no longer past a limit of the post")
	}
	for _, f := range c.Features {
		list = append(list, fmt.Sprintf("%s %s → %s", f.Feature, figure(f.Before), figure(f.After)))
	}
	return list
}

func figure(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
