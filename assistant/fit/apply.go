package fit

import (
	"fmt"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// Drop tells which conditions are taken back: those of Kind, "" for any kind,
// that agree with what else is set.
type Drop struct {
	Kind      Kind     `json:"kind,omitempty"`
	Countries []string `json:"countries,omitempty"` // those that ask for one of these
	Codes     []string `json:"codes,omitempty"`
	Skills    []string `json:"skills,omitempty"`
	Terms     []string `json:"terms,omitempty"`
	Last      bool     `json:"last,omitempty"`  // the last one that was added
	Floor     bool     `json:"floor,omitempty"` // only the lower bound of a rate
	Quote     string   `json:"quote,omitempty"`
}

// Apply returns the conditions in force after a wish, with ids of their own,
// and those that are gone. A condition replaces an earlier one of the same
// kind where only one can hold: another rate, another start.
func (w Wish) Apply(earlier []Requirement) (now, gone []Requirement) {
	for i, old := range earlier {
		old = w.lowered(old)
		if narrowed, ok := w.subtract(old, earlier); ok && !w.Reset {
			now = append(now, narrowed)
			continue
		}
		if w.Reset || w.drops(old, i == len(earlier)-1) || w.replaces(old) {
			gone = append(gone, old)
			continue
		}
		old.SilentOK = old.SilentOK || slices.Contains(w.Allow, old.Kind)
		now = append(now, old)
	}
	for _, added := range w.Add {
		added.SilentOK = added.SilentOK || slices.Contains(w.Allow, added.Kind)
		if !slices.ContainsFunc(now, func(r Requirement) bool { return r.same(added) }) {
			added.ID = ""
			now = append(now, added)
		}
	}
	return number(now), gone
}

// lowered takes the lower bound of a rate away, where that was said.
func (w Wish) lowered(old Requirement) Requirement {
	floor := slices.ContainsFunc(w.Drop, func(d Drop) bool { return d.Floor })
	if old.Kind != Pay || !floor || len(old.Rates) == 0 || old.Rates[0].Min == 0 || old.Rates[0].Max == 0 {
		return old
	}
	bound := old.Rates[0]
	bound.Min = 0
	old.Rates = []retrieval.PayRange{bound}
	old.Text = payText(0, major(bound.Max, bound.Currency), bound.Currency, false)
	return old
}

// subtract takes single countries out of a condition that names more of them,
// where no other condition is about those alone: "forget the UK part" leaves
// Ireland of "Ireland or the UK".
func (w Wish) subtract(old Requirement, earlier []Requirement) (Requirement, bool) {
	if old.Kind != Place {
		return old, false
	}
	for _, d := range w.Drop {
		if d.Kind != Place || !overlap(d.Countries, old.Countries) || contains(d.Countries, old.Countries) {
			continue
		}
		if slices.ContainsFunc(earlier, func(r Requirement) bool { return r.Kind == Place && contains(d.Countries, r.Countries) }) {
			return old, true
		}
		old.Countries = slices.DeleteFunc(slices.Clone(old.Countries), func(code string) bool { return slices.Contains(d.Countries, code) })
		old.Text += ", not counting " + d.Quote
		return old, true
	}
	return old, false
}

// contains reports whether all of some strings are in a list.
func contains(list, all []string) bool {
	return !slices.ContainsFunc(all, func(s string) bool { return !slices.Contains(list, s) })
}

func (w Wish) drops(old Requirement, last bool) bool {
	return slices.ContainsFunc(w.Drop, func(d Drop) bool { return d.matches(old, last) })
}

func (d Drop) matches(r Requirement, last bool) bool {
	if d.Last || d.Floor {
		return d.Last && last
	}
	if d.Kind != "" && d.Kind != r.Kind && !(d.Kind == Experience && r.Kind == Skill || d.Kind == Skill && r.Kind == Experience) {
		return false
	}
	set := len(d.Countries)+len(d.Codes)+len(d.Skills)+len(d.Terms) > 0
	return !set || overlap(d.Countries, r.Countries) || overlap(d.Codes, r.Codes) || overlap(d.Skills, r.Skills) || overlap(d.Terms, r.Terms)
}

// replaces reports whether a condition that is added takes the place of an
// earlier one.
func (w Wish) replaces(old Requirement) bool {
	return slices.ContainsFunc(w.Add, func(added Requirement) bool {
		if added.Kind != old.Kind || added.Not != old.Not || added.Hard != old.Hard {
			return false
		}
		switch added.Kind {
		case Hours, Start, Zone:
			return true
		case Level:
			return !added.Not
		case Language:
			return overlap(added.Codes, old.Codes)
		case Pay:
			return len(added.Rates) > 0 && len(old.Rates) > 0 && (added.Rates[0].Max > 0 && old.Rates[0].Max > 0 || added.Rates[0].Min > 0 && old.Rates[0].Min > 0)
		case Record:
			return (added.Jobs > 0) == (old.Jobs > 0) && (added.Reviews > 0) == (old.Reviews > 0) && (added.Worked > 0) == (old.Worked > 0) && (added.Rating > 0) == (old.Rating > 0)
		}
		return false
	})
}

// same reports whether two requirements ask for the same, whatever their ids and words.
func (r Requirement) same(o Requirement) bool {
	return r.Kind == o.Kind && r.Not == o.Not && r.Must == o.Must && r.Hard == o.Hard && slices.Equal(r.Skills, o.Skills) && slices.Equal(r.Terms, o.Terms) && slices.Equal(r.Unlike, o.Unlike) &&
		slices.Equal(r.Levels, o.Levels) && slices.Equal(r.Rates, o.Rates) && slices.Equal(r.Codes, o.Codes) && r.Fluency == o.Fluency &&
		slices.Equal(r.Countries, o.Countries) && r.HoursAWeek == o.HoursAWeek && r.By == o.By && r.Jobs == o.Jobs && r.Reviews == o.Reviews && r.Worked == o.Worked && r.Rating == o.Rating &&
		r.Years == o.Years && r.Proven == o.Proven
}

// number gives ids to requirements that have none.
func number(list []Requirement) []Requirement {
	next := 1
	for i := range list {
		for list[i].ID == "" {
			id := fmt.Sprintf("r%d", next)
			next++
			if !slices.ContainsFunc(list, func(r Requirement) bool { return r.ID == id }) {
				list[i].ID = id
			}
		}
	}
	return list
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
