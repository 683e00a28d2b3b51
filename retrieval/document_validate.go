package retrieval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of a document; lengths in characters.
const (
	MaxID        = 200
	MaxTitle     = 500
	MaxText      = 50_000
	MaxSkills    = 200
	MaxSkill     = 120
	MaxEntries   = 200               // experience, languages, credentials
	MaxPay       = 1_000_000_000_000 // minor units
	MaxDuration  = 3660              // days
	firstYear    = 1990
	lastYear     = 2100
	hoursOfAWeek = 168
)

// The values of fields with a fixed choice; "" is unknown where it is allowed.
const (
	PayFixed  = "fixed"
	PayHourly = "hourly"
)

var (
	levels         = []string{"", "entry", "intermediate", "expert"}
	payTypes       = []string{"", PayFixed, PayHourly}
	languageLevels = []string{"", "basic", "conversational", "fluent", "native"}
	outcomes       = []string{"", "hired", "interviewed", "declined", "no_reply"}
)

// Validate reports everything that is wrong with a normalised document, joined
// in one error that wraps ErrInvalid and names fields as they stand in JSON.
func (d Document) Validate() error {
	var c checks
	c.id("id", d.ID, true)
	switch {
	case d.Kind == KindJobPost && d.Post != nil:
		d.Post.validate(&c)
	case d.Kind == KindProfile && d.Profile != nil:
		d.Profile.validate(&c)
	case d.Kind == KindProposal && d.Proposal != nil:
		d.Proposal.validate(&c)
	default:
		c.failf("kind", "%q has no content of that kind", short(string(d.Kind)))
	}
	if len(c) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s %q: %w", ErrInvalid, d.Kind, short(d.ID), errors.Join(c...))
}

func (p *JobPost) validate(c *checks) {
	c.text("title", p.Title, MaxTitle, true)
	c.text("description", p.Description, MaxText, false)
	c.text("category", p.Category, MaxSkill, false)
	c.skills(p.Skills)
	c.choice("level", p.Level, levels)
	c.choice("pay_type", p.PayType, payTypes)
	c.pay("pay_min", p.PayMin, p.Currency)
	c.pay("pay_max", p.PayMax, p.Currency)
	if p.PayMax != 0 && p.PayMin > p.PayMax {
		c.failf("pay_min", "%d is above pay_max %d", p.PayMin, p.PayMax)
	}
	c.currency(p.Currency)
	c.number("hours_per_week", p.HoursPerWeek, hoursOfAWeek)
	c.number("duration_days", p.DurationDays, MaxDuration)
	c.country(p.Country)
	c.zone(p.TimeZone)
	c.language("language", p.Language)
	c.date("posted_on", p.PostedOn)
	if o := p.Outcome; o != nil {
		c.number("outcome.proposals", o.Proposals, 1_000_000)
		c.number("outcome.interviews", o.Interviews, 1_000_000)
		c.number("outcome.days_to_hire", o.DaysToHire, MaxDuration)
	}
}

func (p *Profile) validate(c *checks) {
	c.text("headline", p.Headline, MaxTitle, true)
	c.text("overview", p.Overview, MaxText, false)
	c.text("category", p.Category, MaxSkill, false)
	c.skills(p.Skills)
	c.choice("level", p.Level, levels)
	c.pay("rate", p.Rate, p.Currency)
	c.currency(p.Currency)
	c.country(p.Country)
	c.zone(p.TimeZone)
	c.number("hours_per_week", p.HoursPerWeek, hoursOfAWeek)
	c.date("available_from", p.AvailableFrom)
	c.number("track_record.jobs", p.TrackRecord.Jobs, 1_000_000)
	c.number("track_record.hours", p.TrackRecord.Hours, 1_000_000)
	c.number("track_record.reviews", p.TrackRecord.Reviews, 1_000_000)
	if r := p.TrackRecord.Rating; r != 0 && !(r >= 1 && r <= 5) {
		c.failf("track_record.rating", "%v is not 0 or between 1 and 5", r)
	}
	c.number("experience", len(p.Experience), MaxEntries)
	c.number("languages", len(p.Languages), MaxEntries)
	c.number("credentials", len(p.Credentials), MaxEntries)
	if len(*c) > 0 {
		return
	}
	for i, e := range p.Experience {
		field := fmt.Sprintf("experience[%d]", i)
		c.text(field+".title", e.Title, MaxTitle, true)
		c.text(field+".text", e.Text, MaxText, false)
		c.month(field+".from", e.From)
		c.month(field+".to", e.To)
	}
	for i, l := range p.Languages {
		c.language(fmt.Sprintf("languages[%d].code", i), l.Code)
		c.choice(fmt.Sprintf("languages[%d].level", i), l.Level, languageLevels)
	}
	for i, credential := range p.Credentials {
		c.text(fmt.Sprintf("credentials[%d]", i), credential, MaxTitle, true)
	}
}

func (p *Proposal) validate(c *checks) {
	c.id("job_post", p.JobPost, true)
	c.id("profile", p.Profile, false)
	c.text("text", p.Text, MaxText, true)
	c.pay("bid", p.Bid, p.Currency)
	c.currency(p.Currency)
	c.choice("bid_type", p.BidType, payTypes)
	c.date("sent_on", p.SentOn)
	c.choice("outcome", p.Outcome, outcomes)
}

// checks collects what is wrong, each with the name of its field.
type checks []error

func (c *checks) failf(field, format string, args ...any) {
	*c = append(*c, fmt.Errorf("%s: "+format, append([]any{field}, args...)...))
}

func (c *checks) id(field, id string, required bool) {
	switch {
	case id == "" && required:
		c.failf(field, "is missing")
	case utf8.RuneCountInString(id) > MaxID:
		c.failf(field, "is longer than %d characters", MaxID)
	case !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl):
		c.failf(field, "has characters that an id cannot have")
	}
}

func (c *checks) text(field, text string, limit int, required bool) {
	switch {
	case text == "" && required:
		c.failf(field, "is missing")
	case len(text) > limit && utf8.RuneCountInString(text) > limit:
		c.failf(field, "is longer than %d characters", limit)
	case strings.ContainsRune(text, 0) || !utf8.ValidString(text):
		c.failf(field, "is not clean UTF-8 text")
	}
}

func (c *checks) skills(skills []string) {
	if len(skills) > MaxSkills {
		c.failf("skills", "has more than %d entries", MaxSkills)
		return
	}
	for _, skill := range skills {
		c.text("skills", skill, MaxSkill, true)
	}
}

func (c *checks) choice(field, value string, choices []string) {
	if !slices.Contains(choices, value) {
		c.failf(field, "%q is not one of %s", short(value), strings.Join(choices[1:], ", "))
	}
}

func (c *checks) pay(field string, amount int64, currency string) {
	switch {
	case amount < 0 || amount > MaxPay:
		c.failf(field, "%d is not between 0 and %d minor units", amount, int64(MaxPay))
	case amount > 0 && currency == "":
		c.failf("currency", "is missing beside %s", field)
	}
}

func (c *checks) currency(code string) {
	if _, ok := CurrencyExponent(code); code != "" && !ok {
		c.failf("currency", "%q is not an ISO 4217 code", short(code))
	}
}

func (c *checks) number(field string, n, limit int) {
	if n < 0 || n > limit {
		c.failf(field, "%d is not between 0 and %d", n, limit)
	}
}

func (c *checks) country(code string) {
	if code != "" && (len(code) != 2 || !within(code, 'A', 'Z')) {
		c.failf("country", "%q is not an ISO 3166-1 code of two letters", short(code))
	}
}

func (c *checks) language(field, code string) {
	base, _, _ := strings.Cut(code, "-")
	if code != "" && (len(code) > 12 || len(base) < 2 || len(base) > 3 || !within(base, 'a', 'z')) {
		c.failf(field, "%q is not an ISO 639 code", short(code))
	}
}

// zone checks the form only: which zones exist depends on the machine.
func (c *checks) zone(name string) {
	odd := strings.ContainsFunc(name, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/_+-:", r)
	})
	if odd || len(name) > 64 {
		c.failf("time_zone", "%q is not an IANA name", short(name))
	}
}

func (c *checks) date(field, value string)  { c.when(field, value, time.DateOnly, "YYYY-MM-DD") }
func (c *checks) month(field, value string) { c.when(field, value, "2006-01", "YYYY-MM") }

func (c *checks) when(field, value, layout, shape string) {
	if value == "" {
		return
	}
	at, err := time.Parse(layout, value)
	switch {
	case err != nil:
		c.failf(field, "%q is not a date of the form %s", short(value), shape)
	case at.Year() < firstYear || at.Year() > lastYear:
		c.failf(field, "year %d is not between %d and %d", at.Year(), firstYear, lastYear)
	}
}

func within(s string, from, to byte) bool {
	for i := range len(s) {
		if s[i] < from || s[i] > to {
			return false
		}
	}
	return true
}

// short cuts a value for a message.
func short(value string) string {
	const limit = 60
	if len(value) <= limit {
		return value
	}
	return strings.ToValidUTF8(value[:limit], "") + "…"
}
