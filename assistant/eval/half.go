package eval

import (
	"cmp"
	"slices"
)

// Half is which queries are looked at.
type Half string

// Constants are chosen on the tuning half, and figures told of the reporting one.
const (
	Tuning    Half = "tuning"
	Reporting Half = "reporting"
	All       Half = "all"
)

// HalfOf tells which half a query belongs to: the tuning half where the 64-bit
// FNV-1a hash of its id is even.
func HalfOf(id string) Half {
	if hashOf(id)%2 == 0 {
		return Tuning
	}
	return Reporting
}

// Pick returns up to n queries of a half, 0 for all of them, chosen by the seed
// alone: the same ones whatever order they come in.
func Pick(queries []Query, half Half, n int, seed uint64) []Query {
	type ticket struct {
		drawn uint64
		query Query
	}
	var drawn []ticket
	for _, q := range queries {
		if half != All && HalfOf(q.ID) != half {
			continue
		}
		drawn = append(drawn, ticket{mix(hashOf(q.ID) ^ mix(seed)), q})
	}
	slices.SortFunc(drawn, func(a, b ticket) int {
		return cmp.Or(cmp.Compare(a.drawn, b.drawn), cmp.Compare(a.query.ID, b.query.ID))
	})
	if n > 0 {
		drawn = drawn[:min(n, len(drawn))]
	}
	picked := make([]Query, len(drawn))
	for i, t := range drawn {
		picked[i] = t.query
	}
	return picked
}

// mix spreads a hash over all bits: FNV's high bits hardly depend on the end of
// a text (the finaliser of splitmix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
