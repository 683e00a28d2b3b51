package jobpost

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/sessions"
)

// post is a job post as docs/wire.md describes it.
type post struct {
	Status       string   `json:"status"`
	Title        string   `json:"title"`
	Category     string   `json:"category"`
	Description  string   `json:"description"`
	Deliverables []string `json:"deliverables"`
	Skills       struct {
		Must []string `json:"must"`
		Nice []string `json:"nice"`
	} `json:"skills"`
	Level string `json:"level"`
	Pay   *struct {
		Type     string  `json:"type"`
		Per      string  `json:"per"`
		Min      float64 `json:"min"`
		Max      float64 `json:"max"`
		Currency string  `json:"currency"`
	} `json:"pay"`
	Duration *struct {
		Min     float64 `json:"min_days"`
		Max     float64 `json:"max_days"`
		Ongoing bool    `json:"ongoing"`
		Text    string  `json:"text"`
	} `json:"duration"`
	Hours *struct {
		Min  float64 `json:"min"`
		Max  float64 `json:"max"`
		Text string  `json:"text"`
	} `json:"hours_per_week"`
	Start      *day      `json:"start"`
	Deadline   *day      `json:"deadline"`
	Location   *Location `json:"location"`
	TimeZone   string    `json:"time_zone"`
	Conditions []string  `json:"conditions"`
	Questions  []string  `json:"questions"`
}

type day struct {
	Date string `json:"date"`
	Text string `json:"text"`
	Asap bool   `json:"asap"`
}

// value is the date, asap, or "" for neither.
func (d *day) value() string {
	switch {
	case d == nil:
		return ""
	case d.Asap:
		return "asap"
	}
	return d.Date
}

// readPost reads a draft; no draft is an empty post.
func readPost(draft sessions.Draft) (post, error) {
	var p post
	if len(draft.Document) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(draft.Document, &p); err != nil {
		return p, fmt.Errorf("jobpost: the draft is no job post: %w", err)
	}
	return p, nil
}

// prose are the texts of the post that are sentences or names, by their JSON
// pointers.
func (p post) prose() []passage {
	list := []passage{{"/title", p.Title}, {"/description", p.Description}}
	add := func(path string, items []string) {
		for i, item := range items {
			list = append(list, passage{fmt.Sprintf("%s/%d", path, i), item})
		}
	}
	add("/deliverables", p.Deliverables)
	add("/skills/must", p.Skills.Must)
	add("/skills/nice", p.Skills.Nice)
	add("/conditions", p.Conditions)
	add("/questions", p.Questions)
	return list
}

type passage struct{ path, text string }

// text is the post as it would be read, values included.
func (p post) text() string {
	var b strings.Builder
	for _, passage := range p.prose() {
		b.WriteString(passage.text + "\n")
	}
	for _, value := range []string{p.Level, p.TimeZone} {
		b.WriteString(value + "\n")
	}
	if p.Pay != nil {
		fmt.Fprintf(&b, "%s %s %s\n", p.Pay.Type, p.Pay.Per, money(p.Pay.Min, p.Pay.Max, p.Pay.Currency))
	}
	if p.Duration != nil {
		b.WriteString(p.Duration.Text + "\n")
	}
	if p.Hours != nil {
		fmt.Fprintf(&b, "%s %v–%v hours a week\n", p.Hours.Text, p.Hours.Min, p.Hours.Max)
	}
	for _, d := range []*day{p.Start, p.Deadline} {
		if d != nil {
			b.WriteString(d.Text + " " + d.Date + "\n")
		}
	}
	if p.Location != nil {
		fmt.Fprintf(&b, "%s %s %s\n", p.Location.Mode, p.Location.Place, p.Location.Country)
	}
	return b.String()
}
