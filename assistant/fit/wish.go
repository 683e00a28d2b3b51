package fit

import (
	"time"
)

// WishContext is what a wish is read against. The zero value knows nothing.
type WishContext struct {
	Locale   string // BCP 47
	Zone     string // IANA, of who asks: "same time zone as us"
	Country  string // ISO 3166-1 alpha-2, of who asks: "somebody local"
	Currency string // ISO 4217, of a rate said without one: "60 an hour tops"
	Hours    int    // a week, of the post: "full hours"
	Work     string // what the work is, in words, such as the post's title: "who has done this before?"
	People   []Shown
	Earlier  []Requirement // the conditions in force, so that "forget the UK part" finds its own
}

// Shown is a candidate on the list, so that "drop the second one" finds whom it means.
type Shown struct {
	ID       string
	Label    string // as the list shows it: "c2"; "" for the id
	Headline string
	Rate     int64 // minor units an hour, 0 unknown
	Currency string
	Country  string
	Off      bool // not on the list now, so that "the first one" passes over it
}

// Wish is what somebody asked of a list: [Wish.Apply] brings the conditions in
// force up to date with it.
//
// What is said with "only", "must", "keep", or as a plain demand narrows the
// list: Hard requirements in Add. "Prefer", "ideally", "a plus" and "more than
// anything" add requirements that are not Hard: they reorder and leave nobody
// out. "Price matters most" shifts Weights.
type Wish struct {
	Reset   bool          `json:"reset,omitempty"` // everything said before is off: "back to everybody"
	Drop    []Drop        `json:"drop,omitempty"`  // conditions that are taken back
	Allow   []Kind        `json:"allow,omitempty"` // who says nothing of it may stay: "a missing rate is fine"
	Add     []Requirement `json:"add,omitempty"`
	Exclude []string      `json:"exclude,omitempty"` // ids of candidates to take off the list
	Include []string      `json:"include,omitempty"` // ids of candidates to put back
	// Weights multiply those of the ranker by feature (skills, experience, level,
	// pay, zone, availability, record): 2 for "price matters most", 0.5 for "never mind the price".
	Weights map[Feature]float64 `json:"weights,omitempty"`
	// Unshown are experiences that were asked for and that nobody shows the
	// least of; see [Wish.Among].
	Unshown []Requirement `json:"unshown,omitempty"`
	// Refused is what asked for people by what they are (sex, age, belief …):
	// nobody is chosen by that, and who asks should be told so.
	Refused string `json:"refused,omitempty"`
	Rest    string `json:"rest,omitempty"` // what was not understood
}

// Empty reports whether nothing was understood.
func (w Wish) Empty() bool {
	return !w.Reset && len(w.Drop)+len(w.Allow)+len(w.Add)+len(w.Exclude)+len(w.Include)+len(w.Weights) == 0
}

// Feature names what a weight is of.
type Feature string

// The features that a wish can shift.
const (
	FeatureSkills       Feature = "skills"
	FeatureExperience   Feature = "experience"
	FeatureLevel        Feature = "level"
	FeaturePay          Feature = "pay"
	FeatureZone         Feature = "zone"
	FeatureAvailability Feature = "availability"
	FeatureRecord       Feature = "record"
)

// Wish reads what somebody says to narrow, widen or reorder a list. today is
// what "next week" counts from.
func (r *Reader) Wish(text string, today time.Time, context WishContext) Wish {
	x := r.newReading(clip(text, longestWish), today, context)
	x.wishing = true
	var w Wish
	x.refusals(&w)
	x.operations(&w)
	x.preferences(&w)
	x.conditions()
	x.permits(&w)
	w.Add = number(append(w.Add, x.requirements()...))
	w.Rest = x.rest()
	return w
}
