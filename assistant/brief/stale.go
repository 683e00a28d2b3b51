package brief

import (
	"regexp"
	"slices"
	"strings"
)

// forgetOld takes what has changed since out of the sentences of earlier messages:
// they would contradict the new value. What else a sentence says stays.
func (r *reader) forgetOld() {
	known := r.in.Known
	for _, old := range []struct {
		slot    Slot
		sources []Source
	}{
		{SlotPay, known.Pay.Sources}, {SlotDuration, known.Duration.Sources}, {SlotHours, known.Hours.Sources}, {SlotStart, known.Start.Sources}, {SlotDeadline, known.Deadline.Sources},
		{SlotLevel, known.Level.Sources}, {SlotLocation, known.Location.Sources},
	} {
		if !r.changedNow(old.slot) {
			continue
		}
		var kept []Item
		changed := false
		for _, item := range r.brief.Summary {
			next, keep := item, true
			for _, source := range old.sources {
				if overlaps(next.Sources, []Source{source}) {
					next, keep = withoutClause(next, source.Quote)
					changed = true
				}
				if !keep {
					break
				}
			}
			if keep {
				kept = append(kept, next)
			}
		}
		if changed {
			r.brief.Summary = kept
			r.change(SlotSummary, len(r.tokens))
		}
	}
}

// forgetRevised drops from this message's own sentences the sums that the person
// thought better of while writing: "2k. No, let's say 1,500".
func (r *reader) forgetRevised() {
	for _, quote := range r.revised {
		var kept []Item
		for _, item := range r.brief.Summary {
			if item.Sources[0].ID == r.id && strings.Contains(item.Text, quote) {
				next, keep := withoutClause(item, quote)
				if !keep {
					continue
				}
				item = next
			}
			kept = append(kept, item)
		}
		r.brief.Summary = kept
	}
}

// clauseCuts part the clauses of a sentence.
var clauseCuts = regexp.MustCompile(`, (?:and |but |well |so )?|; | [–—-] | but `)

// least is how many words must be left of a sentence that something is cut out of.
const least = 3

// withoutClause takes the clauses that hold a quotation out of an item; keep is false
// where too little is left to say anything.
func withoutClause(item Item, quote string) (rest Item, keep bool) {
	if quote == "" {
		return item, false
	}
	parts := clauseParts(item.Text)
	kept := slices.DeleteFunc(slices.Clone(parts), func(part string) bool { return strings.Contains(lower(part), lower(quote)) })
	words := 0
	for _, part := range kept {
		for w := range strings.FieldsSeq(part) {
			if !hollow[lower(strings.Trim(w, ".,!"))] {
				words++
			}
		}
	}
	if len(kept) == 0 || len(kept) == len(parts) || words < least || dependents[lower(firstWord(kept[0]+" "))] {
		return item, false
	}
	rest = Item{Text: strings.Join(kept, ", "), Confidence: item.Confidence}
	for _, part := range kept {
		if source, ok := sourceWithin(item.Sources, part); ok {
			rest.Sources = append(rest.Sources, source)
		}
	}
	return rest, len(rest.Sources) == len(kept)
}

// clauseParts splits a sentence at its commas, not within numbers.
func clauseParts(text string) []string {
	var parts []string
	at := 0
	for _, cut := range clauseCuts.FindAllStringIndex(text, -1) {
		if cut[0] > at {
			parts = append(parts, text[at:cut[0]])
		}
		at = cut[1]
	}
	return append(parts, text[at:])
}

// sourceWithin is the span of a part within one of some sources.
func sourceWithin(sources []Source, part string) (Source, bool) {
	for _, s := range sources {
		if k := strings.Index(s.Quote, part); k >= 0 {
			start := s.Start + UTF16Len(s.Quote[:k])
			return Source{Kind: s.Kind, ID: s.ID, Start: start, End: start + UTF16Len(part), Quote: part}, part != ""
		}
	}
	return Source{}, false
}

func overlaps(a, b []Source) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Kind == y.Kind && x.ID == y.ID && x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}
