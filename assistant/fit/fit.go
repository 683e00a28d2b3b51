// Package fit tells how a freelancer meets what a piece of work asks for:
// requirement by requirement, each with the phrase of the profile that proves
// it, or plainly with what is missing.
//
// [Reader.Post] reads the requirements of a job post, [Reader.Wish] those that
// a person adds in words ("only Europe, under €60, somebody who has worked for
// restaurants"), and [Reader.Person] prepares a profile so that
// [Person.Check] can compare it with any of them. Everything is deterministic;
// no model and no network is needed.
//
// Names, photos, pronouns and ages are not read. A profile's text is data: a
// sentence in it that addresses the reader or asks to be ranked proves nothing.
package fit

import "github.com/parleyhq/parley/retrieval"

// Kind is what a requirement is about.
type Kind string

// The kinds of requirements.
const (
	Skill      Kind = "skill"      // a tool, method or trade of the vocabulary, or named as one
	Experience Kind = "experience" // something done, in words: "worked for law firms", "taught children"
	Level      Kind = "level"
	Pay        Kind = "pay"
	Language   Kind = "language"
	Place      Kind = "place" // where the person lives
	Zone       Kind = "zone"  // whose clock is near
	Hours      Kind = "hours"
	Start      Kind = "start"
	Credential Kind = "credential"
	Record     Kind = "record" // jobs done and ratings on this marketplace
)

// Requirement is one thing that is asked for. Which fields are set depends on
// its Kind; the zero value of a field asks nothing.
type Requirement struct {
	ID    string `json:"id"` // unique in its list: "r1"
	Kind  Kind   `json:"kind"`
	Text  string `json:"text"`            // as people read it: "speaks German", "at most €65 an hour", "five years of Kafka"
	Quote string `json:"quote,omitempty"` // the words it was read from
	Must  bool   `json:"must"`            // without it, a nice-to-have
	// Hard leaves out who fails it. What a post asks of skills is Must and not
	// Hard: a person decides. What somebody says with "only" is Hard.
	Hard bool `json:"hard,omitempty"`
	Not  bool `json:"not,omitempty"` // the opposite is asked for: "no agencies", "not India"
	// SilentOK keeps who says nothing of it: "a missing rate is fine".
	SilentOK bool `json:"silent_ok,omitempty"`

	Skills     []string              `json:"skills,omitempty"`    // canonical names, any of which will do
	Terms      []string              `json:"terms,omitempty"`     // stems of the telling words, of Experience and Credential
	Unlike     []string              `json:"unlike,omitempty"`    // of Experience: what does not count for it: the reels of "films, not reels"
	Years      float64               `json:"years,omitempty"`     // of Skill or Experience, at least
	Near       float64               `json:"near,omitempty"`      // of Experience: how close a profile must come where none uses these words; see [Wish.Among]
	Proven     bool                  `json:"proven,omitempty"`    // done in real work; a list of skills does not do
	Levels     []string              `json:"levels,omitempty"`    // any of them
	Rates      []retrieval.PayRange  `json:"rates,omitempty"`     // an hour, each in its own currency
	Codes      []string              `json:"codes,omitempty"`     // ISO 639-1 of Language, any of them
	Fluency    string                `json:"fluency,omitempty"`   // at least: basic, conversational, fluent, native
	Countries  []string              `json:"countries,omitempty"` // ISO 3166-1, any of them
	Zone       *retrieval.ZoneWindow `json:"zone,omitempty"`
	HoursAWeek int                   `json:"hours_a_week,omitempty"`
	By         string                `json:"by,omitempty"`      // YYYY-MM-DD
	Jobs       int                   `json:"jobs,omitempty"`    // done on this marketplace, at least
	Reviews    int                   `json:"reviews,omitempty"` // got there
	Worked     int                   `json:"worked,omitempty"`  // hours worked there
	Rating     float64               `json:"rating,omitempty"`
}

// Status is how a requirement is met.
type Status string

// How a requirement is met. Silent is not failed: the profile says nothing of it.
const (
	Met     Status = "met"
	Partly  Status = "partly"
	Missing Status = "missing"
	Silent  Status = "silent"
)

// Finding is how one profile meets one requirement.
type Finding struct {
	Requirement string  `json:"requirement"` // its id
	Status      Status  `json:"status"`
	Degree      float64 `json:"degree"` // 0–1, 1 for Met
	Proofs      []Proof `json:"proofs,omitempty"`
	// Via is how a proof was understood when its words differ: "k8s is
	// Kubernetes", "Next.js is built on React".
	Via string `json:"via,omitempty"`
	// Note says in a sentence what is lacking or only near: "The profile says
	// two years."; "" when there is nothing to say.
	Note string `json:"note,omitempty"`
}

// Proof is a phrase of a profile, letter by letter.
type Proof struct {
	Field string `json:"field"` // JSON pointer into retrieval.Profile: "/overview", "/experience/1/text", "/skills/3", "/rate"
	Quote string `json:"quote"`
	Start int    `json:"start"` // UTF-16 positions in the field's text; 0 where it is a value
	End   int    `json:"end"`
}
