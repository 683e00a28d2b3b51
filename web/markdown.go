package web

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
)

// postMarkdown writes a job post for pasting elsewhere. The page makes the same
// text by itself: web/ui/src/draft/markdown.ts.
func postMarkdown(d jobpost.Document) string {
	title := d.Title
	if title == "" {
		title = "Untitled job post"
	}
	blocks := []string{"# " + escapeMarkdown(title), postFacts(d), escapeBlocks(d.Description)}
	blocks = append(blocks, markdownList("Deliverables", d.Deliverables))
	var skills []string
	for _, s := range []struct {
		name  string
		items []string
	}{{"Must have", d.Skills.Must}, {"Nice to have", d.Skills.Nice}} {
		if len(s.items) > 0 {
			skills = append(skills, markdownFact(s.name, strings.Join(s.items, ", ")))
		}
	}
	if len(skills) > 0 {
		blocks = append(blocks, "## Skills\n\n"+strings.Join(skills, "\n"))
	}
	blocks = append(blocks, markdownList("Conditions", d.Conditions), markdownList("Questions for applicants", d.Questions))
	var filled []string
	for _, block := range blocks {
		if block != "" {
			filled = append(filled, block)
		}
	}
	return strings.Join(filled, "\n\n") + "\n"
}

// postFacts are the values that are no texts, a line each.
func postFacts(d jobpost.Document) string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, markdownFact(name, value))
		}
	}
	if d.Category != "" {
		add("Category", brief.CategoryName(d.Category))
	}
	if p := d.Pay; p != nil {
		add("Budget", brief.Pay{Type: p.Type, Per: p.Per, Min: p.Min, Max: p.Max, Currency: p.Currency, Around: p.Around}.String())
	}
	if d.Duration != nil {
		add("Duration", d.Duration.String())
	}
	if d.Hours != nil {
		add("Hours a week", d.Hours.String())
	}
	if d.Start != nil {
		add("Start", d.Start.String())
	}
	if d.Deadline != nil {
		add("Deadline", d.Deadline.String())
	}
	add("Experience", levels[d.Level])
	if d.Location != nil {
		add("Location", d.Location.String())
	}
	add("Time zone", d.TimeZone)
	return strings.Join(lines, "\n")
}

var levels = map[string]string{"entry": "Entry level", "intermediate": "Intermediate", "expert": "Expert"}

func markdownFact(name, value string) string { return "- **" + name + ":** " + escapeMarkdown(value) }

func markdownList(name string, items []string) string {
	if len(items) == 0 {
		return ""
	}
	lines := make([]string, len(items))
	for i, item := range items {
		lines[i] = "- " + escapeMarkdown(item)
	}
	return "## " + name + "\n\n" + strings.Join(lines, "\n")
}

var (
	markdownSigns = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`)
	blankLine     = regexp.MustCompile(`\n{2,}`)
	listMark      = regexp.MustCompile(`^(\s*)([#+-]|\d+[.)])(\s)`)
)

// escapeMarkdown keeps a person's text, put on one line, from becoming Markdown by accident.
func escapeMarkdown(text string) string {
	return markdownSigns.Replace(strings.Join(strings.Fields(text), " "))
}

func escapeBlocks(text string) string {
	var paragraphs []string
	for _, paragraph := range blankLine.Split(strings.TrimSpace(text), -1) {
		lines := strings.Split(paragraph, "\n")
		for i, line := range lines {
			lines[i] = listMark.ReplaceAllString(escapeMarkdown(line), `$1\$2$3`)
		}
		paragraphs = append(paragraphs, strings.Join(lines, "\n"))
	}
	return strings.Join(paragraphs, "\n\n")
}
