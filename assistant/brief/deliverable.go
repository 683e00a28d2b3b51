package brief

import "strings"

// addDeliverables adds the things of a phrase, one an item.
func (r *reader) addDeliverables(p phraseOf) {
	from := p.from
	for _, cut := range append(r.listCuts(p), p.to) {
		r.addDeliverable(from, cut)
		from = cut
	}
}

// listCuts returns the tokens at which a further entry of a list begins.
func (r *reader) listCuts(p phraseOf) []int {
	commas := 0
	for k := p.from; k < p.to; k++ {
		if r.low(k) == "," {
			commas++
		}
	}
	var cuts []int
	with := false // in a part that belongs to the thing before: "a site with …"
	for k := p.from + 1; k < p.to-1; k++ {
		switch {
		case r.is(k, "with", "including", "incl"):
			with = true
		case r.low(k) == ",", r.is(k, "and", "plus", "&") && (commas > 0 || r.opensThing(k+1)):
			if with && !determiners[r.low(k+1)] || r.low(k) != "," && commas == 0 && !r.separate(p, k) {
				continue
			}
			if p.verb == p.from && changers[r.low(p.verb)] && !r.opensThing(k+1) {
				continue
			}
			cuts = append(cuts, k)
		}
	}
	return cuts
}

// opensThing reports whether an entry of its own begins at token i.
func (r *reader) opensThing(i int) bool {
	return r.is(i, "a", "an", "some", "another") || r.tokens[i].kind == number || small[r.low(i)] > 0 || products[r.low(i)] || products[r.low(i+1)] && !r.is(i+1, "and")
}

// separate reports whether "and" at token k parts two things, where there are
// no commas: "a logo and a flyer", but not "a shop for a baker and a butcher".
func (r *reader) separate(p phraseOf, k int) bool {
	return r.hasProduct(p.from, k) && r.hasProduct(k+1, min(k+5, p.to))
}

// isTool reports whether tokens [from, to) are just the name of a skill that is
// no product: "SolidWorks".
func (r *reader) isTool(from, to int) bool {
	if m := r.skillOf(from); m != nil {
		if m.from == from && m.to == to {
			return strings.EqualFold(r.quote(from, to), m.name) && !isActivity(m.name) && !r.hasProductWord(from, to)
		}
	}
	return false
}

// addDeliverable adds the thing at tokens [from, to), without what merely joins it.
func (r *reader) addDeliverable(from, to int) {
	for from < to && r.is(from, ",", "and", "plus", "&", "a", "an", "the", "some", "also", "then", "or", "both", "\"") {
		from++
	}
	for to > from && r.is(to-1, ",", "and", "etc", ".", "please", "too", "\"") {
		to--
	}
	if from >= to || to-from == 1 && (r.tokens[from].kind != word || r.is(from, "help", "one", "it", "work", "something", "someone", "more", "details", "work", "things", "stuff")) {
		return
	}
	text := r.quote(from, to)
	if len(text) > 160 || r.isTool(from, to) {
		return
	}
	r.listed[r.tokens[from].sentence] = true
	item := Item{Text: text, Sources: []Source{r.source(from, to)}, Confidence: 0.8}
	var changed bool
	if r.brief.Deliverables, changed = add(r.brief.Deliverables, item); changed {
		r.change(SlotDeliverables, from)
	}
}
