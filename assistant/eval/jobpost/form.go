package jobpost

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// effort is what a client does for a post: steps (messages sent, or fields
// filled in) and characters typed.
type effort struct {
	steps, characters float64
}

// talked is the effort of the conversation: each message typed in full.
func talked(p Played) effort {
	var e effort
	for _, exchange := range p.Exchanges {
		e.steps++
		e.characters += length(exchange.Said)
	}
	return e
}

// form is the effort of a blank form with the fields of a job post, for the
// same facts. What is chosen from a list (category, level, kind of pay, currency, mode of
// work, languages, time zone) and dates picked from a calendar cost a step and no characters; numbers cost their
// digits. The title and the texts are typed in full: the title and the description as
// Parley wrote them, since the form's post shall say as much, and skills and conditions as in the facts.
func form(f Facts, p post) effort {
	var e effort
	typed := func(texts ...string) {
		for _, text := range texts {
			if text != "" {
				e.steps++
				e.characters += length(text)
			}
		}
	}
	chosen := func(known ...bool) {
		for _, k := range known {
			if k {
				e.steps++
			}
		}
	}
	typed(p.Title, p.Description, strings.Join(f.MustSkills, ","), strings.Join(f.NiceSkills, ","))
	typed(f.Conditions...)
	chosen(f.Category != "", f.Level != "", f.Start != "", f.Deadline != "", f.TimeZone != "", len(f.Languages) > 0)
	if f.Pay != nil {
		chosen(f.Pay.Type != "", f.Pay.Currency != "")
		typed(bounds(f.Pay.Min/100, f.Pay.Max/100)...)
	}
	if f.Duration.Known() {
		typed(bounds(f.Duration.Min, f.Duration.Max)...)
	}
	if f.Hours.Known() {
		typed(bounds(f.Hours.Min, f.Hours.Max)...)
	}
	if f.Location != nil {
		chosen(f.Location.Mode != "", f.Location.Country != "")
		typed(f.Location.Place)
	}
	return e
}

// bounds are the numbers that are typed: one where both are the same.
func bounds(low, high float64) []string {
	text := func(n float64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	if low == high {
		return []string{text(low)}
	}
	return []string{text(low), text(high)}
}

// bare is the effort of a form whose description holds no more than the
// deliverables of the facts, a text for each: the least that could be typed.
func bare(f Facts) effort {
	return form(f, post{Title: strings.Join(f.TitleWords, " "), Description: strings.Join(f.Deliverables, ", ")})
}

func length(text string) float64 { return float64(utf8.RuneCountInString(text)) }
