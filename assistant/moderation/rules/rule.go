package rules

import (
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Strength is how much a hit of a rule says.
type Strength int

// The strengths, from the weakest.
const (
	Hint    Strength = iota + 1 // a feature for the classifier: says nothing alone
	Likely                      // hold the message or have it judged
	Certain                     // almost never wrong: may be acted on alone
)

var strengths = map[string]Strength{"hint": Hint, "likely": Likely, "certain": Certain}

// String is the strength's name in rule files.
func (s Strength) String() string {
	for name, is := range strengths {
		if is == s {
			return name
		}
	}
	return "none"
}

// MarshalText writes the strength's name.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Rule describes a rule for documentation and reviewers.
type Rule struct {
	ID          string       `json:"id"`
	Version     int          `json:"version"`
	Label       policy.Label `json:"label"`
	Strength    Strength     `json:"strength"`
	Description string       `json:"description"`
	File        string       `json:"file"` // that it was read from
}

// Hit is a place that a rule found.
type Hit struct {
	Rule     string
	Version  int
	Label    policy.Label
	Strength Strength
	BuiltIn  bool // the rule comes with this package, and is not the installation's own
	// Quote is the text at [Start, End), which count UTF-16 code units of the
	// message or, with Thread, of that line of its thread.
	Quote      string
	Start, End int
	// Thread is 1 + the index of the line of the thread, 0 for the message.
	Thread int
}

// Result is what a set of rules found in a message.
type Result struct {
	Hits []Hit // the strongest first
	Text Normalised
}

// Strongest returns the strongest hit for a label; false when there is none.
func (r Result) Strongest(label policy.Label) (Hit, bool) {
	for _, h := range r.Hits {
		if h.Label == label {
			return h, true
		}
	}
	return Hit{}, false
}
