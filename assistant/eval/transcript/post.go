package transcript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// writePost writes a job post as it would be published.
func writePost(b *bytes.Buffer, raw []byte) error {
	var d struct {
		Title        string   `json:"title"`
		Category     string   `json:"category"`
		Description  string   `json:"description"`
		Deliverables []string `json:"deliverables"`
		Skills       struct {
			Must []string `json:"must"`
			Nice []string `json:"nice"`
		} `json:"skills"`
		Level      string          `json:"level"`
		Pay        *brief.Pay      `json:"pay"`
		Duration   *brief.Period   `json:"duration"`
		Hours      *brief.Hours    `json:"hours_per_week"`
		Start      *brief.Day      `json:"start"`
		Deadline   *brief.Day      `json:"deadline"`
		Location   *brief.Location `json:"location"`
		TimeZone   string          `json:"time_zone"`
		Conditions []string        `json:"conditions"`
		Questions  []string        `json:"questions"`
		Missing    []string        `json:"missing"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return err
	}
	fmt.Fprintf(b, "## The post: %s\n\n", d.Title)
	fact := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "- %s: %s\n", name, value)
		}
	}
	fact("Category", brief.CategoryName(d.Category))
	if d.Pay != nil {
		fact("Budget", d.Pay.String())
	}
	if d.Duration != nil {
		fact("Duration", d.Duration.String())
	}
	if d.Hours != nil {
		fact("Hours a week", d.Hours.String())
	}
	if d.Start != nil {
		fact("Start", d.Start.String())
	}
	if d.Deadline != nil {
		fact("Deadline", d.Deadline.String())
	}
	fact("Level", d.Level)
	if d.Location != nil {
		fact("Location", d.Location.String())
	}
	fact("Time zone", d.TimeZone)
	fact("Must have", strings.Join(d.Skills.Must, ", "))
	fact("Nice to have", strings.Join(d.Skills.Nice, ", "))
	fact("Still open", strings.Join(d.Missing, ", "))
	fmt.Fprintf(b, "\n%s\n\n", d.Description)
	for _, list := range []struct {
		name  string
		items []string
	}{{"Deliverables", d.Deliverables}, {"Conditions", d.Conditions}, {"Questions for applicants", d.Questions}} {
		if len(list.items) > 0 {
			fmt.Fprintf(b, "%s:\n\n- %s\n\n", list.name, strings.Join(list.items, "\n- "))
		}
	}
	return nil
}
