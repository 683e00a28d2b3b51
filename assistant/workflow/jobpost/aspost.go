package jobpost

import (
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// AsPost reads a draft of this workflow as the job post that it would be. What
// a job post has no field for (conditions, start, deadline, place, what would
// be welcome) stands at the end of its description, a line each.
func AsPost(draft sessions.Draft) (retrieval.JobPost, error) {
	doc, err := decode(draft)
	if err != nil {
		return retrieval.JobPost{}, err
	}
	post := retrieval.JobPost{
		Title: doc.Title, Description: strings.Join(postLines(&doc), "\n"), Category: doc.Category, Skills: doc.Skills.Must,
		Level: doc.Level, TimeZone: doc.TimeZone, Language: "en",
	}
	if p := doc.Pay; p != nil && p.Per == "" {
		post.PayType, post.PayMin, post.PayMax, post.Currency = p.Type, p.Min, p.Max, p.Currency
	}
	if h := doc.Hours; h != nil {
		post.HoursPerWeek = max(h.Min, h.Max)
		if h.Min > 0 {
			post.HoursPerWeek = h.Min
		}
	}
	if d := doc.Duration; d != nil {
		post.DurationDays = max(d.MinDays, d.MaxDays)
	}
	if l := doc.Location; l != nil {
		post.Country = l.Country
	}
	return post, nil
}

func postLines(doc *Document) []string {
	lines := []string{doc.Description}
	lines = append(lines, doc.Deliverables...)
	lines = append(lines, doc.Conditions...)
	if len(doc.Skills.Nice) > 0 {
		lines = append(lines, "Nice to have: "+strings.Join(doc.Skills.Nice, ", ")+".")
	}
	if d := doc.Start; d != nil && d.String() != "" {
		lines = append(lines, "Start: "+d.String()+".")
	}
	if l := doc.Location; l != nil && (l.Mode == "onsite" || l.Mode == "hybrid") {
		lines = append(lines, "The work is "+l.String()+".")
	}
	return lines
}
