package jobpost

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

// The most that a person may put into a post: far beyond any that is read.
const (
	longestTitle = 200    // characters
	longestText  = 20_000 // of a description
	longestEntry = 500
	mostEntries  = 200
	mostMoney    = 1_000_000_000_00 // minor units
	mostDays     = 36_500
	mostHours    = 168 // a week has no more
)

// validate checks what a patched post holds, the parts of it one by one.
func (e editable) validate() error {
	for _, check := range []func() error{e.checkTexts, e.checkLists, e.checkPay, e.checkTimes, e.checkPlace} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (e editable) checkTexts() error {
	if err := checkText("title", e.Title, longestTitle); err != nil {
		return err
	}
	if strings.ContainsAny(e.Title, "\r\n") {
		return invalid("title must be one line")
	}
	if err := checkText("description", e.Description, longestText); err != nil {
		return err
	}
	if e.Category != "" && brief.CategoryName(e.Category) == "" {
		return invalid("category %q is not one of the known ones", workflow.Clip(e.Category, 40))
	}
	switch e.Level {
	case "", "entry", "intermediate", "expert":
		return nil
	}
	return invalid("level must be entry, intermediate or expert")
}

func checkText(name, text string, longest int) error {
	if utf8.RuneCountInString(text) > longest {
		return invalid("%s is longer than %d characters", name, longest)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		return invalid("%s contains characters that cannot be shown", name)
	}
	return nil
}

func (e editable) checkLists() error {
	for name, list := range map[string][]string{"deliverables": e.Deliverables, "skills.must": e.Skills.Must, "skills.nice": e.Skills.Nice, "conditions": e.Conditions, "questions": e.Questions, "dismissed": e.Dismissed} {
		if len(list) > mostEntries {
			return invalid("%s has more than %d entries", name, mostEntries)
		}
		for _, text := range list {
			if strings.TrimSpace(text) == "" {
				return invalid("%s has an empty entry", name)
			}
			if err := checkText("an entry of "+name, text, longestEntry); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e editable) checkPay() error {
	p := e.Pay
	if p == nil {
		return nil
	}
	if p.Type != "" && p.Type != "fixed" && p.Type != "hourly" {
		return invalid("pay.type must be fixed or hourly")
	}
	if p.Min < 0 || p.Max < 0 || p.Min > mostMoney || p.Max > mostMoney {
		return invalid("pay is out of range")
	}
	if p.Min > 0 && p.Max > 0 && p.Min > p.Max {
		return invalid("pay.min is more than pay.max")
	}
	if _, ok := retrieval.CurrencyExponent(p.Currency); p.Currency != "" && !ok {
		return invalid("pay.currency %q is not a currency code", workflow.Clip(p.Currency, 10))
	}
	if p.Type != "" && p.Per != "" {
		return invalid("pay.per does not go with pay.type")
	}
	return checkText("pay.per", p.Per, 40)
}

func (e editable) checkTimes() error {
	if d := e.Duration; d != nil {
		if err := checkRange("duration", d.MinDays, d.MaxDays, mostDays, d.Text); err != nil {
			return err
		}
	}
	if h := e.Hours; h != nil {
		if err := checkRange("hours_per_week", h.Min, h.Max, mostHours, h.Text); err != nil {
			return err
		}
	}
	for name, day := range map[string]*brief.Day{"start": e.Start, "deadline": e.Deadline} {
		if day == nil {
			continue
		}
		if day.Date != "" {
			if t, err := time.Parse(time.DateOnly, day.Date); err != nil || t.Year() < 1990 || t.Year() > 2100 {
				return invalid("%s.date must be a day such as 2026-12-24", name)
			}
		}
		if err := checkText(name+".text", day.Text, longestTitle); err != nil {
			return err
		}
	}
	return nil
}

func checkRange(name string, low, high, most int, text string) error {
	if low < 0 || high < 0 || low > most || high > most {
		return invalid("%s is out of range", name)
	}
	if low > 0 && high > 0 && low > high {
		return invalid("%s ends before it begins", name)
	}
	return checkText(name+".text", text, longestTitle)
}

var fixedOffset = regexp.MustCompile(`^UTC(?:[+-](?:1[0-4]|0?\d)(?::?[0-5]\d)?)?$`)

func (e editable) checkPlace() error {
	if l := e.Location; l != nil {
		switch l.Mode {
		case "", "remote", "onsite", "hybrid":
		default:
			return invalid("location.mode must be remote, onsite or hybrid")
		}
		if l.Country != "" && brief.CountryName(l.Country) == "" {
			return invalid("location.country %q is not a country code", workflow.Clip(l.Country, 10))
		}
		if err := checkText("location.place", l.Place, longestTitle); err != nil {
			return err
		}
	}
	if e.TimeZone == "" || fixedOffset.MatchString(e.TimeZone) {
		return nil
	}
	if _, err := time.LoadLocation(e.TimeZone); err != nil || e.TimeZone == "Local" {
		return invalid("time_zone %q is not known", workflow.Clip(e.TimeZone, 60))
	}
	return nil
}
