package sqliteindex

import "github.com/parleyhq/parley/retrieval"

// selection is a filter in the numbers of a corpus.
type selection struct {
	category, level, payType, currency uint32 // 0 for any
	none                               bool   // a value that no document has
	excluded                           map[int32]bool
}

func (c *corpus) selection(f retrieval.Filter) selection {
	s := selection{}
	s.category = c.wanted(f.Category, &s.none)
	s.level = c.wanted(f.Level, &s.none)
	s.payType = c.wanted(f.PayType, &s.none)
	s.currency = c.wanted(f.Currency, &s.none)
	for _, id := range f.Exclude {
		if slot, ok := c.slots[id]; ok {
			if s.excluded == nil {
				s.excluded = make(map[int32]bool)
			}
			s.excluded[slot] = true
		}
	}
	return s
}

func (c *corpus) wanted(value string, none *bool) uint32 {
	n, ok := c.values[value]
	if !ok {
		*none = true
	}
	return n
}

// keeps reports whether a document passes.
func (s *selection) keeps(slot int32, k keys) bool {
	return k.alive && !s.none &&
		(s.category == 0 || s.category == k.category) &&
		(s.level == 0 || s.level == k.level) &&
		(s.payType == 0 || s.payType == k.payType) &&
		(s.currency == 0 || s.currency == k.currency) &&
		(s.excluded == nil || !s.excluded[slot])
}
