package sqliteindex

import (
	"cmp"
	"slices"
	"sync"
)

// candidate is a row that may be among the nearest: its cosine is between lower and upper.
type candidate struct {
	slot, row    int32
	high         int32 // the product with the high halves
	lower, upper float32
}

// candidates are the rows of a scan that may be among the limit nearest.
type candidates struct {
	limit int
	full  int     // at so many the list is looked through
	least float32 // the cosine of the limit nearest is at least that
	list  []candidate
}

func newCandidates(limit int, list []candidate) *candidates {
	return &candidates{limit: limit, full: 4*min(limit, 1<<20) + 256, least: -2, list: list[:0]}
}

func (c *candidates) add(k candidate) {
	c.list = append(c.list, k)
	if len(c.list) >= c.full {
		c.prune()
		c.full = max(c.full, 2*len(c.list))
	}
}

// prune drops rows that cannot be among the nearest.
func (c *candidates) prune() {
	if len(c.list) <= c.limit {
		return
	}
	slices.SortFunc(c.list, func(a, b candidate) int { return cmp.Compare(b.lower, a.lower) })
	c.least = c.list[c.limit-1].lower
	c.list = slices.DeleteFunc(c.list, func(k candidate) bool { return k.upper < c.least })
}

// scan is one search for what is near, with what it needs of memory.
type scan struct {
	matrix  *matrix
	query   query
	kept    bits
	nearest *candidates
	out     [blockRows]int32
	list    []candidate
}

var scans = sync.Pool{New: func() any { return new(scan) }}

// nearest adds the documents of a selection that are nearest to a vector of
// unit length to best. The result is that of comparing all of them.
func (m *matrix) nearest(wanted selection, unit []float32, best *top) {
	s := scans.Get().(*scan)
	defer scans.Put(s)
	s.matrix, s.query, s.kept = m, newQuery(unit, m.stride), wanted.kept
	s.nearest = newCandidates(best.limit, s.list)
	// Reading a row here and there costs about six times what it costs in order.
	if wanted.n < m.living()/6 {
		s.some()
	} else {
		s.all()
	}
	s.nearest.prune()
	for _, k := range s.nearest.list {
		best.add(k.slot, s.cosine(k))
	}
	s.list = s.nearest.list
	s.matrix, s.kept, s.nearest = nil, nil, nil
}

// all multiplies every row.
func (s *scan) all() {
	m := s.matrix
	for i, block := range m.high {
		out := s.out[:len(block)/m.stride]
		dot(out, block, s.query.numbers)
		for k, product := range out {
			s.consider(int32(i*blockRows+k), product)
		}
	}
}

// some multiplies the rows of kept slots.
func (s *scan) some() {
	for slot := range s.kept.each() {
		if row := s.matrix.row(slot); row != none {
			high, _ := s.matrix.halves(row)
			dot(s.out[:1], high, s.query.numbers)
			s.consider(row, s.out[0])
		}
	}
}

func (s *scan) consider(row, product int32) {
	scale := s.matrix.quantised[row]
	about := float32(product) * scale.step * float32(highUnit*s.query.step)
	if about+scale.error < s.nearest.least {
		return
	}
	if slot := s.matrix.slotOf[row]; slot != none && s.kept.has(slot) {
		s.nearest.add(candidate{slot: slot, row: row, high: product, lower: about - scale.error, upper: about + scale.error})
	}
}

// cosine of a candidate, with all bits of its numbers.
func (s *scan) cosine(k candidate) float32 {
	_, low := s.matrix.halves(k.row)
	dot(s.out[:1], low, s.query.numbers)
	product := highUnit*int64(k.high) + int64(s.out[0])
	return float32(float64(product) * float64(s.matrix.quantised[k.row].step) * s.query.step)
}
