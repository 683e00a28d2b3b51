package sqliteindex

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// selection is the slots that a filter keeps.
type selection struct {
	kept    bits
	n       int // how many
	scratch *selecting
}

// selecting is the memory of a selection on its way.
type selecting struct {
	corpus        *corpus
	zones         *zoneCache
	kept, matched bits
}

var selections = sync.Pool{New: func() any { return new(selecting) }}

// release gives back what a selection needs of memory.
func (s selection) release() {
	if s.scratch != nil {
		s.scratch.corpus, s.scratch.zones = nil, nil
		selections.Put(s.scratch)
	}
}

// selection returns what a filter keeps; the caller releases it.
func (c *corpus) selection(f retrieval.Filter, zones *zoneCache) selection {
	if unfiltered(f) {
		return selection{kept: c.alive, n: len(c.slots)}
	}
	s := selections.Get().(*selecting)
	s.corpus, s.zones = c, zones
	s.kept = append(s.kept[:0], c.alive...)
	s.matched = slices.Grow(s.matched[:0], len(c.alive))[:len(c.alive)]
	s.values(f)
	s.places(f)
	s.times(f)
	if len(f.Pay) > 0 {
		s.pay(f.Pay)
	}
	for _, id := range f.Exclude {
		if slot, ok := c.slots[id]; ok {
			s.kept.drop(slot)
		}
	}
	return selection{kept: s.kept, n: s.kept.count(), scratch: s}
}

func unfiltered(f retrieval.Filter) bool {
	return f.Category == "" && f.Level == "" && f.PayType == "" && f.Currency == "" && len(f.AllSkills) == 0 && len(f.AnySkills) == 0 &&
		len(f.Pay) == 0 && len(f.Countries) == 0 && f.Zone == nil && len(f.Languages) == 0 && f.From == "" && f.To == "" &&
		f.AvailableBy == "" && f.MinHours <= 0 && len(f.Credentials) == 0 && len(f.Exclude) == 0
}

// values are the conditions on what a document says in so many words.
func (s *selecting) values(f retrieval.Filter) {
	for in, value := range map[field]string{fieldCategory: f.Category, fieldLevel: f.Level, fieldPayType: f.PayType, fieldCurrency: f.Currency} {
		if value != "" {
			s.any(in, value)
		}
	}
	for _, skill := range f.AllSkills {
		s.any(fieldSkill, skill)
	}
	for in, values := range map[field][]string{fieldSkill: f.AnySkills, fieldLanguage: f.Languages, fieldCountry: f.Countries} {
		if len(values) > 0 {
			s.any(in, values...)
		}
	}
	for _, part := range f.Credentials {
		part = record.FoldCredential(part)
		s.where(fieldCredential, func(credential string) bool { return strings.Contains(credential, part) })
	}
}

func (s *selecting) places(f retrieval.Filter) {
	if f.Zone != nil {
		now := time.Now()
		s.where(fieldZone, func(name string) bool { return s.zones.match(*f.Zone, name, now) })
	}
}

func (s *selecting) times(f retrieval.Filter) {
	if f.From != "" || f.To != "" {
		s.where(fieldPosted, func(day string) bool { return record.DateMatches(f.From, f.To, day) })
	}
	if f.AvailableBy != "" {
		s.where(fieldAvailable, func(day string) bool { return day <= f.AvailableBy })
	}
	if f.MinHours > 0 {
		s.where(fieldHours, func(hours string) bool {
			n, err := strconv.Atoi(hours)
			return err == nil && n >= f.MinHours
		})
	}
}

// any keeps slots that have one of some values.
func (s *selecting) any(in field, values ...string) {
	s.restrict(func(yield func([]int32) bool) {
		for _, value := range values {
			if list := s.corpus.fields[in][value]; list != nil && value != "" && !yield(list.slots) {
				return
			}
		}
	})
}

// where keeps slots that have a value of some kind.
func (s *selecting) where(in field, matches func(string) bool) {
	s.restrict(func(yield func([]int32) bool) {
		for value, list := range s.corpus.fields[in] {
			if matches(value) && !yield(list.slots) {
				return
			}
		}
	})
}

// restrict keeps slots that are in one of the lists.
func (s *selecting) restrict(lists iter.Seq[[]int32]) {
	clear(s.matched)
	for slots := range lists {
		for _, slot := range slots {
			s.matched[slot>>6] |= 1 << (slot & 63)
		}
	}
	s.kept.keep(s.matched)
}

// pay is what a document pays, or asks for: a range in minor units.
type pay struct {
	currency  uint32 // of corpus.currencies
	low, high int64  // 0, 0 where it is not known
}

// pay keeps slots whose pay is within one of the ranges. It looks at each one
// that the other conditions have left.
func (s *selecting) pay(ranges []retrieval.PayRange) {
	type numbered struct {
		currency  uint32
		low, high int64
	}
	var known []numbered
	for _, r := range ranges {
		if n, ok := s.corpus.currencies[r.Currency]; ok {
			known = append(known, numbered{n, r.Min, cmp.Or(r.Max, 1<<62)})
		}
	}
	for slot := range s.kept.each() {
		p := s.corpus.pays[slot]
		if !slices.ContainsFunc(known, func(r numbered) bool {
			return p.high > 0 && p.currency == r.currency && p.high >= r.low && p.low <= r.high
		}) {
			s.kept.drop(slot)
		}
	}
}

// newest returns up to limit kept slots, newest posting first, then by id.
func (c *corpus) newest(kept bits, limit int) []int32 {
	var list []int32
	byID := func(a, b int32) int { return cmp.Compare(c.ids[a], c.ids[b]) }
	for _, day := range slices.Backward(slices.Sorted(maps.Keys(c.fields[fieldPosted]))) {
		if len(list) >= limit {
			break
		}
		list = append(list, least(c.fields[fieldPosted][day].slots, kept, limit-len(list), byID)...)
	}
	return list
}

// least returns the first n of those slots that are kept, by an order.
func least(slots []int32, kept bits, n int, order func(a, b int32) int) []int32 {
	var list []int32
	cut := false
	for _, slot := range slots {
		if !kept.has(slot) || cut && order(slot, list[n-1]) > 0 {
			continue
		}
		list = append(list, slot)
		if len(list) >= 2*n+64 {
			slices.SortFunc(list, order)
			list, cut = list[:n], true
		}
	}
	slices.SortFunc(list, order)
	return list[:min(n, len(list))]
}
