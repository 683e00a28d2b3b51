package brief

import (
	"slices"
	"time"
)

// Source is the span of text that a fact came from. Start and End are UTF-16
// code units in the message's text.
type Source struct {
	Kind  string `json:"kind"` // message, edit, suggestion
	ID    string `json:"id,omitempty"`
	Start int    `json:"start,omitempty"`
	End   int    `json:"end,omitempty"`
	Quote string `json:"quote,omitempty"`
}

// Slot names a part of a brief.
type Slot string

// The slots of a brief.
const (
	SlotTitle        Slot = "title"
	SlotCategory     Slot = "category"
	SlotSummary      Slot = "summary"
	SlotDeliverables Slot = "deliverables"
	SlotSkills       Slot = "skills"
	SlotLevel        Slot = "level"
	SlotPay          Slot = "pay"
	SlotDuration     Slot = "duration"
	SlotHours        Slot = "hours_per_week"
	SlotStart        Slot = "start"
	SlotDeadline     Slot = "deadline"
	SlotLocation     Slot = "location"
	SlotTimeZone     Slot = "time_zone"
	SlotConditions   Slot = "conditions" // who may apply: "no agencies", "must speak German"
	SlotQuestions    Slot = "questions"  // screening questions
	SlotExisting     Slot = "existing"   // what there is already: asked for, and kept as a part of the summary
)

// Field is one value with where it came from. A field with no sources is empty
// unless Declined: the person was asked and does not know or does not care.
type Field[T any] struct {
	Value      T        `json:"value"`
	Sources    []Source `json:"sources,omitempty"`
	Confidence float64  `json:"confidence,omitempty"` // 0–1
	Declined   bool     `json:"declined,omitempty"`
}

// Known reports whether the field holds a value.
func (f Field[T]) Known() bool { return len(f.Sources) > 0 }

// Settled reports whether there is no point in asking for the field.
func (f Field[T]) Settled() bool { return f.Known() || f.Declined }

// Item is one entry of a list slot.
type Item struct {
	Text       string   `json:"text"`
	Sources    []Source `json:"sources"`
	Confidence float64  `json:"confidence"`

	// Implied marks a skill that a word for the work or for whoever does it stands
	// for, and that the person did not name: photography for "a photographer". It
	// helps to find what is alike, and nobody asked for it.
	Implied bool `json:"implied,omitempty"`
}

// Pay is what the person would pay. Min and Max are minor units of Currency
// (hundredths while the currency is unknown), per hour when hourly. One of them
// is 0 when only a bound was said, both when only the type or currency was.
type Pay struct {
	Type     string `json:"type,omitempty"` // fixed, hourly, or "" when not said
	Per      string `json:"per,omitempty"`  // day, week, month, word, page …: a rate that is neither; Type is "" then
	Min      int64  `json:"min"`
	Max      int64  `json:"max"`
	Currency string `json:"currency,omitempty"` // ISO 4217; "" when not said
	Around   bool   `json:"around,omitempty"`   // "maybe", "about", "roughly"
}

// Amount reports whether a sum was said, and not only how it is paid.
func (p Pay) Amount() bool { return p.Min > 0 || p.Max > 0 }

// Period is a length of time in days; Min equals Max for an exact one.
type Period struct {
	MinDays int    `json:"min_days"`
	MaxDays int    `json:"max_days"`
	Ongoing bool   `json:"ongoing,omitempty"` // "long term", "ongoing"
	Text    string `json:"text"`              // as it was said: "a couple of weeks"
}

// Hours is hours a week; one of them is 0 when only a bound was said, both when
// no such number was: "part time", "2 hours a day".
type Hours struct {
	Min  int    `json:"min"`
	Max  int    `json:"max"`
	Text string `json:"text"` // as it was said
}

// Day is a date, with the words it was said in. Date is YYYY-MM-DD; "" with a
// Text such as "flexible" or "as soon as possible" (Asap).
type Day struct {
	Date string `json:"date,omitempty"`
	Text string `json:"text"`
	Asap bool   `json:"asap,omitempty"`
}

// Location is where the work is done.
type Location struct {
	Mode    string `json:"mode,omitempty"`  // remote, onsite, hybrid
	Place   string `json:"place,omitempty"` // "Berlin", "Europe"
	Country string `json:"country,omitempty"`
}

// Brief is what is known of a piece of work. The zero value knows nothing.
type Brief struct {
	Title        Field[string]   `json:"title"`
	Category     Field[string]   `json:"category"` // one of Categories
	Summary      []Item          `json:"summary"`  // what the person said of the work, in their words, a sentence an item
	Deliverables []Item          `json:"deliverables"`
	Must         []Item          `json:"must"` // skills by their vocabulary name
	Nice         []Item          `json:"nice"`
	Without      []Item          `json:"without"` // skills ruled out: "no WordPress"
	Level        Field[string]   `json:"level"`   // entry, intermediate, expert
	Pay          Field[Pay]      `json:"pay"`
	Duration     Field[Period]   `json:"duration"`
	Hours        Field[Hours]    `json:"hours_per_week"`
	Start        Field[Day]      `json:"start"`
	Deadline     Field[Day]      `json:"deadline"`
	Location     Field[Location] `json:"location"`
	TimeZone     Field[string]   `json:"time_zone"` // IANA name or UTC±n
	Conditions   []Item          `json:"conditions"`
	Questions    []Item          `json:"questions"`
	Declined     []Slot          `json:"declined,omitempty"` // list slots that were asked for and left open
}

// NamedSkills are the skills of Must that the person named.
func (b Brief) NamedSkills() []Item {
	return slices.DeleteFunc(slices.Clone(b.Must), func(item Item) bool { return item.Implied })
}

// Input is one message to be read.
type Input struct {
	MessageID string
	Text      string
	Now       time.Time      // with Zone, what "tomorrow" and "before Christmas" count from
	Zone      *time.Location // the person's; nil for UTC
	Locale    string         // BCP 47; breaks ties such as 03/04 and a bare "$"
	Asked     Slot           // what the assistant had asked; "" for nothing
	Known     Brief          // what was known before, so that "make that six weeks" finds what it corrects
}

// Intent is what a message does beside giving facts.
type Intent string

// Intents of a message about a job post.
const (
	IntentNone     Intent = ""
	IntentFinish   Intent = "finish"   // "that's it", "looks good, done"
	IntentNoMore   Intent = "no_more"  // "that's all" to a question for a list: nothing more for this slot, but the talk goes on
	IntentWrite    Intent = "write"    // "just write it"
	IntentUnsure   Intent = "unsure"   // "I don't know", "skip", "no idea" with no fact beside it
	IntentGreeting Intent = "greeting" // "hi"
	IntentThanks   Intent = "thanks"
	IntentHelp     Intent = "help"  // "what can you do?"
	IntentPrice    Intent = "price" // "what does this usually cost?"
	IntentOther    Intent = "other" // no fact about work, and none of the above
)

// Reading is what was understood of one message: the brief after it, and what changed.
type Reading struct {
	Brief   Brief
	Changed []Slot // set or changed by this message, in order of mention
	Removed []Item // items that were taken back ("no logo after all")
	Intent  Intent
}
