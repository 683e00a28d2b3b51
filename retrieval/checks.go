package retrieval

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

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

func (c *checks) date(field, value string) {
	c.when(field, value, time.DateOnly, "YYYY-MM-DD", firstYear)
}
func (c *checks) month(field, value string) { c.when(field, value, "2006-01", "YYYY-MM", firstYear) }

// worked checks a month of somebody's experience.
func (c *checks) worked(field, value string) {
	c.when(field, value, "2006-01", "YYYY-MM", firstWorked)
}

func (c *checks) when(field, value, layout, shape string, first int) {
	if value == "" {
		return
	}
	at, err := time.Parse(layout, value)
	switch {
	case err != nil:
		c.failf(field, "%q is not a date of the form %s", short(value), shape)
	case at.Year() < first || at.Year() > lastYear:
		c.failf(field, "year %d is not between %d and %d", at.Year(), first, lastYear)
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
