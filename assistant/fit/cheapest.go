package fit

import (
	"cmp"
	"slices"
)

// cheapest reads "just the cheaper one", "only the two cheapest", and takes
// everybody else off the list.
func (x *reading) cheapest(i int, w *Wish) (end int, ok bool) {
	if !x.Is(i, "just", "only", "keep", "show", "leave", "give") {
		return i, false
	}
	at := i + 1
	for x.Is(at, "me", "us", "only", "just", "the", "with") {
		at++
	}
	count := 1
	if n, next, ok := x.Number(at); ok && n >= 1 && n <= 20 && n == float64(int(n)) {
		count, at = int(n), next
	}
	if !x.Is(at, "cheaper", "cheapest") || x.Is(at+1, "than", "ones") {
		return i, false
	}
	end = at + 1
	if n, next, ok := x.Number(end); ok && n >= 1 && n <= 20 {
		count, end = int(n), next
		if x.Is(end-1, "one") {
			count = 1
		}
	} else if x.Is(end, "one") {
		end++
	}
	people := x.byRate()
	if len(people) <= count {
		return i, false
	}
	for _, p := range x.context.People {
		if !p.Off && !slices.ContainsFunc(people[:count], func(k Shown) bool { return k.ID == p.ID }) {
			w.Exclude = append(w.Exclude, p.ID)
		}
	}
	x.take(i, end)
	return end, true
}

// byRate are the people on the list who name a rate, the cheapest first.
func (x *reading) byRate() []Shown {
	var people []Shown
	for _, p := range x.context.People {
		if !p.Off && p.Rate > 0 {
			people = append(people, p)
		}
	}
	dollars := func(p Shown) int64 {
		amount, _ := x.reader.convert(p.Rate, p.Currency, "USD")
		return amount
	}
	slices.SortStableFunc(people, func(a, b Shown) int { return cmp.Compare(dollars(a), dollars(b)) })
	return people
}
