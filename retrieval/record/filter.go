package record

import (
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

// DateMatches reports whether a day is between two others, both included and
// each open where it is "". An unknown day is in no period.
func DateMatches(from, to, day string) bool {
	return from == "" && to == "" || day != "" && day >= from && (to == "" || day <= to)
}

// FoldCredential is a credential in the form in which it is compared.
func FoldCredential(credential string) string {
	return strings.ToLower(strings.TrimSpace(credential))
}
