package brief

import (
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
)

// Scan is a text as tokens, for packages that read other things from it than
// the facts of a brief: it lends them the readers of numbers, sums of money,
// dates, places and time zones. Positions count tokens; outside of the text
// there are no words, and nothing fails.
type Scan struct {
	calendar
	locale string
}

// NewScan prepares a text. Dates count from today; the locale (BCP 47) breaks
// ties such as 03/04 and a bare "$".
func NewScan(text string, today time.Time, locale string) *Scan {
	day := date(today.Year(), today.Month(), today.Day())
	return &Scan{calendar: calendar{view: newView("", text), today: day, region: region(locale)}, locale: locale}
}

// Len returns the number of tokens.
func (s *Scan) Len() int { return len(s.tokens) }

// Low returns token i in lower case with plain apostrophes, "" outside of the text.
func (s *Scan) Low(i int) string { return s.low(i) }

// Is reports whether token i is one of some lower-case words.
func (s *Scan) Is(i int, any ...string) bool { return s.is(i, any...) }

// Word reports whether token i is made of letters.
func (s *Scan) Word(i int) bool { return i >= 0 && i < len(s.tokens) && s.tokens[i].kind == word }

// Tight reports whether nothing stands between token i and the one before.
func (s *Scan) Tight(i int) bool { return i >= 0 && i < len(s.tokens) && s.tokens[i].tight }

// Capital reports whether token i begins with a capital letter.
func (s *Scan) Capital(i int) bool {
	if i < 0 || i >= len(s.tokens) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s.text[s.tokens[i].start:])
	return unicode.IsUpper(first)
}

// Run returns the end of a run of words that begins at token i, or -1. A hyphen may part two of them.
func (s *Scan) Run(i int, words ...string) int { return s.sequence(i, words) }

// Quote returns the text of the tokens [from, to).
func (s *Scan) Quote(from, to int) string { return s.quote(max(from, 0), min(to, len(s.tokens))) }

// Bytes returns where token i stands in the text.
func (s *Scan) Bytes(i int) (start, end int) { return s.tokens[i].start, s.tokens[i].end }

// Sentences returns the sentences as token ranges [from, to), and whether each is a question.
func (s *Scan) Sentences() []Sentence {
	list := make([]Sentence, len(s.sentences))
	for k, one := range s.sentences {
		list[k] = Sentence{From: one.from, To: one.to, Question: one.question, Bullet: one.bullet, Header: one.header}
	}
	return list
}

// Sentence is a range of tokens [From, To).
type Sentence struct {
	From, To                 int
	Question, Bullet, Header bool // Header: it ends with a colon
}

// Number reads the number that begins at token i: "30", "thirty", "a dozen".
func (s *Scan) Number(i int) (value float64, end int, ok bool) {
	f, ok := s.figureAt(i)
	return f.value, f.end, ok
}

// Sum is an amount of money, or of a bare number that may be money, with the
// words about it. A bound that was not said is 0.
type Sum struct {
	From, To    int // tokens, with "up to" before and "an hour" behind
	Low, High   float64
	Currency    string // ISO 4217, "" when none was said, or one that several countries share and no locale settles
	Shared      string // "$", "kr", "peso" or "¥" where such a one was said
	Hourly      bool
	Fixed       bool
	Per         string // day, word, page …, "" for none
	BehindBound bool   // the bound was said behind: "60 tops"
}

// Sum reads the amount that begins at token i.
func (s *Scan) Sum(i int) (Sum, bool) {
	read, ok := s.sumAt(i)
	if !ok {
		return Sum{}, false
	}
	scale := 1.0
	if read.cents {
		scale = 0.01
	}
	named := ""
	if _, several := shared[read.currency]; several && read.currency != "INR" {
		named = read.currency
	}
	return Sum{
		Shared: named,
		From:   read.from, To: read.to, Low: read.low * scale, High: read.high * scale, Currency: settle(read.currency, s.locale),
		Hourly: read.pay == retrieval.PayHourly, Fixed: read.pay == retrieval.PayFixed, Per: read.per,
		BehindBound: !read.bounded && (read.low == 0) != (read.high == 0),
	}, true
}

// Day reads the date that begins at token i, without its preposition: its
// first and last day, the same for a single one.
func (s *Scan) Day(i int) (first, last time.Time, end int, ok bool) {
	d, end, ok := s.dayAt(i)
	return d.first, d.last, end, ok
}

// Geo is a place by name.
type Geo struct {
	Name    string // a city, state or region; "" for a country
	Country string // ISO 3166-1 alpha-2, "" for a region
	Zone    string // IANA, "" where it is not one
}

// Place reads the name of a place at token i.
func (s *Scan) Place(i int) (g Geo, end int, ok bool) {
	r := reader{calendar: &s.calendar}
	found, end, ok := r.geoAt(i)
	return Geo{Name: found.name, Country: found.country, Zone: found.zone}, end, ok
}

// Zone reads the abbreviation or name of a time zone at token i, as an IANA
// name, UTC, CET, EET or WET. Whether it is meant as one is for the caller to judge.
func (s *Scan) Zone(i int) (name string, end int, ok bool) { return zones.match(s.view, i) }

// UTF16At turns a byte position of the text into a UTF-16 position.
func (s *Scan) UTF16At(position int) int { return s.units.at(position) }
