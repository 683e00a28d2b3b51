package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// ZoneMatches reports whether the clock of a time zone, by its IANA name, is in
// a window at the given moment. A name that this machine does not know is not.
func ZoneMatches(window retrieval.ZoneWindow, name string, now time.Time) bool {
	if name == "" || name == "Local" { // which Go would read as UTC and as this machine's
		return false
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return false
	}
	_, seconds := now.In(location).Zone()
	away := seconds/60 - window.Offset
	return max(away, -away) <= window.Within
}

// Pay returns what a document pays, or asks for, as a range in minor units of
// its currency. A single bound counts as both; 0, 0 is unknown.
func Pay(f retrieval.Facets) (low, high int64) {
	switch {
	case f.PayMin == 0:
		return f.PayMax, f.PayMax
	case f.PayMax == 0:
		return f.PayMin, f.PayMin
	}
	return f.PayMin, f.PayMax
}

// maxPayRanges bounds the ranges of pay in one currency. Those that a caller
// converts are as many in each currency that has a rate.
const maxPayRanges = 64

func checkPay(ranges []retrieval.PayRange) error {
	of := make(map[string]int)
	for _, r := range ranges {
		if r.Currency == "" {
			return fmt.Errorf("%w: a range of pay without its currency", retrieval.ErrInvalid)
		}
		if of[r.Currency]++; of[r.Currency] > maxPayRanges {
			return fmt.Errorf("%w: more than %d ranges of pay in %s", retrieval.ErrInvalid, maxPayRanges, r.Currency)
		}
	}
	return nil
}

// MergePay returns ranges of pay in the order of their currencies, and those of
// a currency that overlap as one: a document that pays within it pays within one
// of them.
func MergePay(ranges []retrieval.PayRange) []retrieval.PayRange {
	sorted := slices.SortedFunc(slices.Values(ranges), func(a, b retrieval.PayRange) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Min, b.Min), cmp.Compare(a.Max, b.Max))
	})
	merged := sorted[:0]
	for _, r := range sorted {
		if n := len(merged); n > 0 && overlap(merged[n-1], r) {
			merged[n-1].Max = upper(merged[n-1].Max, r.Max)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

// overlap reports whether a range reaches into one that begins at the same
// amount or a higher one. The other way round a range is no interval.
func overlap(a, b retrieval.PayRange) bool {
	for _, r := range []retrieval.PayRange{a, b} {
		if r.Max != 0 && r.Max < r.Min {
			return false
		}
	}
	return a.Currency == b.Currency && (a.Max == 0 || b.Min <= a.Max)
}

// upper is the higher of two upper bounds, of which 0 is none.
func upper(a, b int64) int64 {
	if a == 0 || b == 0 {
		return 0
	}
	return max(a, b)
}

// DateMatches reports whether a day is between two others, both included and
// each open where it is "". An unknown day is in no period.
func DateMatches(from, to, day string) bool {
	return from == "" && to == "" || day != "" && day >= from && (to == "" || day <= to)
}

// FoldCredential is a credential in the form in which it is compared.
func FoldCredential(credential string) string {
	return strings.ToLower(strings.TrimSpace(credential))
}
