package shortlist

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// superlative are questions for who has least or most of a value.
var superlative = regexp.MustCompile(opening + `(?:who|which)(?: (?:one|person|of (?:them|these|those)))?(?:['’]s| is| are| comes?| starts?)? ?(?:the )?` +
	`(cheapest|least expensive|lowest rate|most expensive|dearest|priciest|free (?:first|soonest|earliest)|soonest(?: free| available)?|earliest(?: free)?|available (?:first|soonest)|best[- ]rated)\W*$`)

// most answers who on the list has least or most of a value; who names none is
// not compared, nor a rate with one in another currency.
func (t *turn) most() {
	m := superlative.FindStringSubmatch(t.in.Message.Text)
	if m == nil {
		return
	}
	kind, order, known := orderOf(strings.ToLower(m[1]))
	best, left := (*Candidate)(nil), 0
	for i := range t.doc.Candidates {
		c := &t.doc.Candidates[i]
		a := t.board.find(c.ProfileID)
		switch {
		case !known(a.profile):
			left++
		case best == nil:
			best = c
		case kind == fit.Pay && c.Currency != best.Currency:
			left++
		case order(a.profile, t.board.find(best.ProfileID).profile) < 0:
			best = c
		}
	}
	if best == nil {
		t.fact(factLead, "Nobody on the list says enough to tell.")
		return
	}
	t.people = []string{best.ProfileID}
	t.tell(t.people, kind)
	if left > 0 {
		t.fact(factNote, count(left, "person")+" could not be compared, for want of the value or of the same currency.")
	}
	t.fact(factNext, "The order stays as it is, unless you say what matters most to you.")
}

// orderOf is how people are compared for a word: smaller comes first.
func orderOf(word string) (fit.Kind, func(a, b retrieval.Profile) int, func(retrieval.Profile) bool) {
	switch {
	case strings.HasPrefix(word, "best"):
		return fit.Record, func(a, b retrieval.Profile) int {
			return cmp.Or(cmp.Compare(b.TrackRecord.Rating, a.TrackRecord.Rating), cmp.Compare(b.TrackRecord.Reviews, a.TrackRecord.Reviews))
		}, func(p retrieval.Profile) bool { return p.TrackRecord.Reviews > 0 }
	case strings.HasPrefix(word, "cheap"), strings.HasPrefix(word, "least"), strings.HasPrefix(word, "lowest"):
		return fit.Pay, func(a, b retrieval.Profile) int { return cmp.Compare(a.Rate, b.Rate) }, priced
	case strings.HasPrefix(word, "most"), strings.HasPrefix(word, "dear"), strings.HasPrefix(word, "pric"):
		return fit.Pay, func(a, b retrieval.Profile) int { return cmp.Compare(b.Rate, a.Rate) }, priced
	}
	return fit.Start, func(a, b retrieval.Profile) int { return cmp.Compare(a.AvailableFrom, b.AvailableFrom) }, func(p retrieval.Profile) bool { return p.AvailableFrom != "" }
}

func priced(p retrieval.Profile) bool { return p.Rate > 0 }
