package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
)

// sendLetter answers with a draft that is no job post as a file: its document
// as JSON, or what a person would send or print as Markdown.
func sendLetter(c echo.Context, draft sessions.Draft, format string) error {
	write := map[string]func(json.RawMessage) (name, text string, err error){
		shortlist.Kind: shortlistMarkdown, shortlist.InvitationKind: invitationMarkdown, proposal.Kind: proposalMarkdown,
	}[draft.Kind]
	if write == nil {
		return errNotFound
	}
	name, text, err := write(draft.Document)
	if err != nil {
		return fmt.Errorf("web: read draft: %w", err)
	}
	if name = fileName(name); name == "" {
		name = draft.Kind
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s.%s"`, name, format))
	if format == "json" {
		return c.JSONPretty(http.StatusOK, draft.Document, "  ")
	}
	return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(text))
}

func invitationMarkdown(document json.RawMessage) (name, text string, err error) {
	var d shortlist.Invitation
	if err := json.Unmarshal(document, &d); err != nil {
		return "", "", err
	}
	return d.Subject, "# " + escapeMarkdown(d.Subject) + "\n\n" + escapeBlocks(d.Text) + "\n", nil
}

func proposalMarkdown(document json.RawMessage) (name, text string, err error) {
	var d proposal.Document
	if err := json.Unmarshal(document, &d); err != nil {
		return "", "", err
	}
	title := "Proposal"
	if d.JobPost.Title != "" {
		title += ": " + d.JobPost.Title
	}
	blocks := []string{"# " + escapeMarkdown(title)}
	if d.Text != "" {
		blocks = append(blocks, escapeBlocks(d.Text))
	}
	for _, a := range d.Answers {
		if a.Text != "" {
			blocks = append(blocks, "**"+escapeMarkdown(a.Question)+"**", escapeBlocks(a.Text))
		}
	}
	if b := d.Bid; b != nil && b.Amount > 0 {
		unit := ""
		switch {
		case b.Type == "hourly":
			unit = " an hour"
		case b.Unit != "":
			unit = " per " + b.Unit
		}
		blocks = append(blocks, "Price: "+escapeMarkdown(brief.Money(b.Amount, b.Currency)+unit))
	}
	return title, strings.Join(blocks, "\n\n") + "\n", nil
}

func shortlistMarkdown(document json.RawMessage) (name, text string, err error) {
	var d shortlist.Document
	if err := json.Unmarshal(document, &d); err != nil {
		return "", "", err
	}
	blocks := []string{"# " + escapeMarkdown(d.Title), fmt.Sprintf("%d of %d people pass.", d.Passed, d.Considered)}
	for _, c := range d.Candidates {
		blocks = append(blocks, candidateMarkdown(d, c))
	}
	return d.Title, strings.Join(blocks, "\n\n") + "\n", nil
}

func candidateMarkdown(d shortlist.Document, c shortlist.Candidate) string {
	names := make(map[string]string)
	for _, r := range d.Requirements {
		names[r.ID] = r.Text
	}
	for _, k := range d.Conditions {
		names[k.ID] = k.Text
	}
	lines := []string{fmt.Sprintf("## %s. %s", escapeMarkdown(c.Label), escapeMarkdown(c.Headline)), ""}
	for _, r := range c.Reasons {
		line := fmt.Sprintf("- %s: %s", escapeMarkdown(names[r.Requirement]), r.Status)
		if r.Quote != "" {
			line += ", “" + escapeMarkdown(r.Quote) + "”"
		}
		lines = append(lines, line)
	}
	for _, gap := range c.Gaps {
		lines = append(lines, "- Gap: "+escapeMarkdown(gap))
	}
	if c.Note != "" {
		lines = append(lines, "- Note: "+escapeMarkdown(c.Note))
	}
	return strings.Join(lines, "\n")
}
