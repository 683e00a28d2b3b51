package ingest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
)

// collectedPost is a job post as collections of public posts have it: see the
// package comment for the fields.
type collectedPost struct {
	ID          loose              `json:"id"`
	Demo        bool               `json:"demo"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Category    string             `json:"category"`
	Skills      loose              `json:"skills"`
	PayType     string             `json:"pay_type"`
	RateMin     loose              `json:"rate_min"`
	RateMax     loose              `json:"rate_max"`
	Budget      loose              `json:"budget"`
	Currency    string             `json:"currency"`
	Level       string             `json:"level"`
	Duration    string             `json:"duration"`
	Country     string             `json:"country"`
	Hours       int                `json:"hours_per_week"`
	Days        int                `json:"duration_days"`
	Language    string             `json:"language"`
	TimeZone    string             `json:"time_zone"`
	PostedOn    string             `json:"posted_on"`
	Proposals   loose              `json:"proposals"`
	Outcome     *retrieval.Outcome `json:"outcome"`
	Kind        any                `json:"kind"`
	Platform    any                `json:"platform"`
}

// loose is a value that is a text in some collections and a number or list in others.
type loose struct {
	text string
	list []string
}

func (l *loose) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		return json.Unmarshal(data, &l.text)
	case '[':
		return json.Unmarshal(data, &l.list)
	case 'n':
		return nil
	}
	if data[0] == '-' || data[0] >= '0' && data[0] <= '9' {
		l.text = string(data)
		return nil
	}
	return errors.New("expected a text, a number or a list")
}

func decodeCollected(fields map[string]json.RawMessage) (retrieval.Document, error) {
	data, err := json.Marshal(fields)
	if err != nil {
		return retrieval.Document{}, err
	}
	var c collectedPost
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return retrieval.Document{}, plainJSON(err)
	}
	post, err := c.post()
	if err != nil {
		return retrieval.Document{}, err
	}
	d := retrieval.Document{Kind: retrieval.KindJobPost, ID: c.ID.text, Demo: c.Demo, Post: &post}
	d.Normalise()
	return d, d.Validate()
}

func (c *collectedPost) post() (retrieval.JobPost, error) {
	post := retrieval.JobPost{
		Title:        stripHTML(c.Title),
		Description:  stripHTML(c.Description),
		Category:     sortCategory(c.Category),
		Skills:       c.skills(),
		Level:        firstWord(c.Level),
		DurationDays: cmp.Or(c.Days, durationDays(c.Duration)),
		HoursPerWeek: c.Hours,
		Country:      countryCode(c.Country),
		Language:     c.Language,
		TimeZone:     c.TimeZone,
	}
	if post.Outcome = c.Outcome; c.Proposals.text != "" {
		if n, ok := bandMiddle(c.Proposals.text); ok {
			if post.Outcome == nil {
				post.Outcome = &retrieval.Outcome{}
			}
			post.Outcome.Proposals = int(math.Round(n))
		}
	}
	var err error
	if post.PostedOn, err = postedOn(c.PostedOn); err != nil {
		return post, err
	}
	return post, c.pay(&post)
}

func (c *collectedPost) skills() []string {
	skills := c.Skills.list
	if c.Skills.text != "" {
		skills = splitList(c.Skills.text)
	}
	for i := range skills {
		skills[i] = stripHTML(skills[i])
	}
	// Collections have sentences among skills now and then: no reason to lose the post.
	return slices.DeleteFunc(skills, func(skill string) bool { return utf8.RuneCountInString(skill) > retrieval.MaxSkill })
}

// pay fills in what a post pays. A budget counts as both ends of the range.
func (c *collectedPost) pay(post *retrieval.JobPost) error {
	currency := strings.ToUpper(strings.TrimSpace(c.Currency))
	if _, known := retrieval.CurrencyExponent(currency); currency != "" && !known {
		return fmt.Errorf("currency: %q is not an ISO 4217 code", short(currency))
	}
	var amounts [3]int64
	for i, field := range []struct{ name, text string }{{"budget", c.Budget.text}, {"rate_min", c.RateMin.text}, {"rate_max", c.RateMax.text}} {
		var err error
		if amounts[i], err = minorUnits(field.text, currency); err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
	}
	budget, low, high := amounts[0], amounts[1], amounts[2]
	post.PayType = strings.ToLower(strings.TrimSpace(c.PayType))
	rated := low > 0 || high > 0
	switch {
	case post.PayType == "" && rated:
		post.PayType = retrieval.PayHourly
	case post.PayType == "" && budget > 0:
		post.PayType = retrieval.PayFixed
	}
	if !rated || post.PayType == retrieval.PayFixed && budget > 0 {
		low, high = budget, budget
	}
	if post.PayMin, post.PayMax = low, high; low == 0 {
		post.PayMin = high
	} else if high == 0 {
		post.PayMax = low
	}
	if post.PayMax > 0 {
		post.Currency = currency
	}
	return nil
}

// minorUnits reads an amount of major units: "1,200.50".
func minorUnits(text, currency string) (int64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	amount, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	switch {
	case err != nil || math.IsNaN(amount) || math.IsInf(amount, 0):
		return 0, fmt.Errorf("%q is not an amount", short(text))
	case amount < 0:
		return 0, fmt.Errorf("%s is negative", short(text))
	}
	minor := math.Round(amount * float64(retrieval.MinorUnits(currency)))
	if minor > retrieval.MaxPay {
		return 0, fmt.Errorf("%s is more than any post pays", short(text))
	}
	return int64(minor), nil
}

// postedLayouts are how collections write dates.
var postedLayouts = []string{
	time.DateOnly, "2006-01", "January 2, 2006 15:04 MST", "Jan 2, 2006 15:04 MST", "January 2, 2006", "Jan 2, 2006", time.RFC3339, time.DateTime,
}

// postedOn reads a date in one of the forms that collections have.
func postedOn(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil
	}
	for _, layout := range postedLayouts {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly), nil
		}
	}
	return "", fmt.Errorf("posted_on: %q is not a date", short(text))
}

// firstWord: "Expert ($$$)" is expert.
func firstWord(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	if len(words) == 0 {
		return strings.ToLower(strings.TrimSpace(text))
	}
	return words[0]
}

// plainJSON says what is wrong with a row without the names of Go types.
func plainJSON(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%s: a %s is not what belongs there", wrong.Field, wrong.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}
