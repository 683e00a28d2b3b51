package fit

import (
	"slices"
)

// permits reads what a wish allows where it adds to a condition in force:
// "Poland is fine too", "80 is ok as well". Such words widen; they leave nobody out.
func (x *reading) permits(w *Wish) {
	x.found = slices.DeleteFunc(x.found, func(p placed) bool {
		return x.permissive(p.from, p.to) && x.widen(&p.Requirement, w)
	})
}

// permissive reports whether the words around tokens [from, to) say that
// something is fine as well.
func (x *reading) permissive(from, to int) bool {
	if from >= x.Len() {
		return false
	}
	a, b := x.clause(from)
	if x.hasEarlier(func(r Requirement) bool { return r.Kind == Place && r.Hard }) && x.isPlace(from) {
		if _, ok := x.run(a, "also people", "also those", "also the ones", "also candidates", "also freelancers", "also include", "also add", "add", "include", "bring back", "plus"); ok || x.Is(to, "too") || x.Is(to, "as") && x.Is(to+1, "well") || x.Is(to, "also") {
			return true
		}
	}
	for i := a; i < max(b, to); i++ {
		if slices.ContainsFunc(x.allowing, func(u unit) bool { return i >= u.from && i < u.to }) {
			continue
		}
		if x.Is(i, "fine", "ok", "okay", "acceptable", "alright", "allowed", "welcome") && !(i == a && i < from) && !x.before(i, 2, "not", "isn't", "only", "no") {
			return true
		}
	}
	return false
}

// widen brings a condition in force up to what is allowed, and reports whether
// nothing is to be added.
func (x *reading) widen(r *Requirement, w *Wish) bool {
	var old *Requirement
	for i := range x.context.Earlier {
		if e := &x.context.Earlier[i]; e.Kind == r.Kind && e.Hard {
			old = e
		}
	}
	switch r.Kind {
	case Place:
		return x.widenPlace(r, old, w)
	case Level:
		if old == nil {
			return true
		}
		wide := *old
		wide.Levels = sorted(append(slices.Clone(old.Levels), r.Levels...))
		wide.Text, wide.Quote = levelText(wide.Levels), r.Quote
		w.Add = append(w.Add, wide)
		return true
	case Pay:
		if old == nil || len(old.Rates) == 0 {
			return true
		}
		if len(r.Rates) == 0 || old.Rates[0].Currency != r.Rates[0].Currency {
			return false
		}
		wide := *r
		wide.Hard, wide.Must, wide.SilentOK = true, true, old.SilentOK
		wide.Rates = slices.Clone(r.Rates)
		bound, was := &wide.Rates[0], old.Rates[0]
		bound.Min = min(bound.Min, was.Min)
		if was.Max == 0 || bound.Max > 0 && was.Max > bound.Max {
			bound.Max = was.Max
		}
		wide.Text = payText(major(bound.Min, bound.Currency), major(bound.Max, bound.Currency), bound.Currency, false)
		w.Add = append(w.Add, wide)
		return true
	case Skill, Experience, Credential:
		if !r.Not {
			r.Hard, r.Must = false, false
		}
	}
	return false
}

func (x *reading) widenPlace(r, old *Requirement, w *Wish) bool {
	switch {
	case r.Not:
		return false
	case old == nil:
		return true
	case old.Not:
		w.Drop = append(w.Drop, Drop{Kind: Place, Countries: r.Countries, Quote: r.Quote})
		return true
	}
	wide := *old
	wide.Countries = slices.Clone(old.Countries)
	for _, code := range r.Countries {
		if !slices.Contains(wide.Countries, code) {
			wide.Countries = append(wide.Countries, code)
		}
	}
	wide.Text, wide.Quote, wide.ID = old.Text+" or "+placeText(r.Text), r.Quote, ""
	w.Drop = append(w.Drop, Drop{Kind: Place, Countries: old.Countries, Quote: r.Quote})
	w.Add = append(w.Add, wide)
	return true
}
