package jobpost

import (
	"math"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

// Spread counts what similar posts say, slot by slot: what suggestions quote
// and what the entropy of a slot is computed from.
type Spread struct {
	Posts   int            `json:"posts"`
	Level   map[string]int `json:"level,omitempty"`
	PayType map[string]int `json:"pay_type,omitempty"`
	Length  []Bucket       `json:"length,omitempty"` // in days
	Hours   []Bucket       `json:"hours,omitempty"`  // a week
	Skills  map[string]int `json:"skills,omitempty"` // the most frequent ones
}

// Bucket is how many posts lie in a range, ends included.
type Bucket struct {
	Min   int `json:"min"`
	Max   int `json:"max"`
	Posts int `json:"posts"`
}

// The ranges people think in: a few days, weeks, a month …; and for hours a
// week a few, half a week, most of it.
var (
	lengths = []Bucket{{1, 6, 0}, {7, 13, 0}, {14, 27, 0}, {28, 44, 0}, {45, 75, 0}, {76, 135, 0}, {136, 3650, 0}}
	weekly  = []Bucket{{1, 4, 0}, {5, 10, 0}, {11, 20, 0}, {21, 30, 0}, {31, 80, 0}}
)

func spreadOf(posts []retrieval.Facets) *Spread {
	s := &Spread{Posts: len(posts), Level: map[string]int{}, PayType: map[string]int{}, Skills: map[string]int{}}
	for _, p := range posts {
		count(s.Level, p.Level)
		count(s.PayType, p.PayType)
		for _, skill := range p.Skills {
			count(s.Skills, skill)
		}
	}
	for skill, n := range s.Skills {
		if n < 2 {
			delete(s.Skills, skill)
		}
	}
	s.Length = bucketed(lengths, posts, func(p retrieval.Facets) int { return p.DurationDays })
	s.Hours = bucketed(weekly, posts, func(p retrieval.Facets) int { return p.HoursPerWeek })
	return s
}

func count(m map[string]int, key string) {
	if key != "" {
		m[key]++
	}
}

func bucketed(ranges []Bucket, posts []retrieval.Facets, value func(retrieval.Facets) int) []Bucket {
	var out []Bucket
	for _, r := range ranges {
		for _, p := range posts {
			if v := value(p); v >= r.Min && v <= r.Max {
				r.Posts++
			}
		}
		if r.Posts > 0 {
			out = append(out, r)
		}
	}
	return out
}

// of is how much posts differ in a slot, 0–1: the entropy of what they say,
// over that of saying each thing equally often.
func (s *Spread) of(slot brief.Slot) float64 {
	switch slot {
	case brief.SlotLevel:
		return entropy(values(s.Level), 3)
	case brief.SlotPay:
		return max(0.5, entropy(values(s.PayType), 2)) // even posts of one pay type differ in the sum
	case brief.SlotDuration:
		return entropy(counts(s.Length), 5)
	case brief.SlotHours:
		return entropy(counts(s.Hours), len(weekly))
	case brief.SlotSkills:
		return entropy(values(s.Skills), 8)
	case slotScope, slotCurrency:
		return 1
	}
	return 0.5
}

// entropy of a distribution in units of the most that `kinds` kinds can have.
func entropy(posts []int, kinds int) float64 {
	total := 0
	for _, n := range posts {
		total += n
	}
	h := 0.0
	for _, n := range posts {
		if p := float64(n) / float64(max(total, 1)); p > 0 {
			h -= p * math.Log(p)
		}
	}
	return min(1, h/math.Log(float64(kinds)))
}

func values(m map[string]int) []int {
	out := make([]int, 0, len(m))
	for _, n := range m {
		out = append(out, n)
	}
	return out
}

func counts(buckets []Bucket) []int {
	out := make([]int, len(buckets))
	for i, b := range buckets {
		out[i] = b.Posts
	}
	return out
}
