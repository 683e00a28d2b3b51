// Package transcript writes conversations and their drafts as Markdown, for
// people who want to read how Parley talks.
package transcript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/parleyhq/parley/assistant/eval/dialogue"
)

// Record is a conversation to be written.
type Record struct {
	Kind string // job_post, shortlist, proposal, advice
	Case string // id of the case that was played
	Said *dialogue.Transcript
}

// people are who talks, by the kind of conversation.
var people = map[string]string{"job_post": "Client", "shortlist": "Client", "proposal": "Freelancer", "advice": "Visitor"}

var titles = map[string]string{"job_post": "A job post", "shortlist": "A shortlist", "proposal": "A proposal", "advice": "Advice"}

// Write writes a record.
func Write(w io.Writer, r Record) error {
	var b bytes.Buffer
	person, title := people[r.Kind], titles[r.Kind]
	if title == "" {
		person, title = "Person", "A conversation"
	}
	fmt.Fprintf(&b, "# %s (case %s)\n\n", title, r.Case)
	if r.Said == nil {
		b.WriteString("Nothing was said.\n")
		_, err := w.Write(b.Bytes())
		return err
	}
	for _, line := range r.Said.Lines {
		who := "Parley"
		if line.Who == "person" {
			who = person
		}
		fmt.Fprintf(&b, "**%s**\n\n%s\n\n", who, quoted(line.Text))
		if len(line.Replies) > 0 {
			fmt.Fprintf(&b, "*Quick replies: %s*\n\n", strings.Join(line.Replies, " · "))
		}
		if line.Status != "" {
			fmt.Fprintf(&b, "*The response ended %s.*\n\n", line.Status)
		}
	}
	if err := writeDraft(&b, r); err != nil {
		return err
	}
	_, err := w.Write(append(bytes.TrimRight(b.Bytes(), "\n"), '\n'))
	return err
}

// quoted sets a text off as a quotation, line by line.
func quoted(text string) string {
	if strings.TrimSpace(text) == "" {
		return "> *(no words)*"
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("> "+line, " ")
	}
	return strings.Join(lines, "\n")
}

func writeDraft(b *bytes.Buffer, r Record) error {
	if len(r.Said.Draft) == 0 {
		return nil
	}
	b.WriteString("---\n\n")
	write := map[string]func(*bytes.Buffer, []byte) error{"job_post": writePost, "shortlist": writeList, "proposal": writeProposal}[r.Kind]
	if write == nil {
		return nil
	}
	if err := write(b, r.Said.Draft); err != nil {
		return fmt.Errorf("transcript: draft of case %s: %w", r.Case, err)
	}
	return nil
}

func writeProposal(b *bytes.Buffer, raw []byte) error {
	var d struct {
		Text string `json:"text"`
		Fit  []struct {
			Text   string `json:"text"`
			Status string `json:"status"`
			Note   string `json:"note"`
		} `json:"fit"`
		Answers []struct {
			Question string `json:"question"`
			Text     string `json:"text"`
		} `json:"answers"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return err
	}
	b.WriteString("## The proposal\n\n" + d.Text + "\n\n")
	for _, a := range d.Answers {
		fmt.Fprintf(b, "*%s*\n\n%s\n\n", a.Question, a.Text)
	}
	if len(d.Fit) > 0 {
		b.WriteString("| requirement | met | note |\n|---|---|---|\n")
		for _, f := range d.Fit {
			fmt.Fprintf(b, "| %s | %s | %s |\n", cell(f.Text), f.Status, cell(f.Note))
		}
	}
	return nil
}

func writeList(b *bytes.Buffer, raw []byte) error {
	var d struct {
		Candidates []struct {
			Label    string  `json:"label"`
			Profile  string  `json:"profile_id"`
			Headline string  `json:"headline"`
			Score    float64 `json:"score"`
			Reasons  []struct {
				Text string `json:"text"`
			} `json:"reasons"`
			Gaps []string `json:"gaps"`
		} `json:"candidates"`
		Conditions []struct {
			Text string `json:"text"`
		} `json:"conditions"`
		Dropped []struct {
			Headline string `json:"headline"`
			Note     string `json:"note"`
		} `json:"dropped"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return err
	}
	b.WriteString("## The shortlist at the end\n\n")
	for _, c := range d.Conditions {
		fmt.Fprintf(b, "- %s\n", c.Text)
	}
	b.WriteString("\n| | who | score | reasons | gaps |\n|---|---|---|---|---|\n")
	for i, c := range d.Candidates {
		var reasons []string
		for _, r := range c.Reasons {
			reasons = append(reasons, r.Text)
		}
		name := c.Label
		if name == "" {
			name = c.Profile
		}
		fmt.Fprintf(b, "| %d | %s: %s | %.0f | %s | %s |\n", i+1, name, cell(c.Headline), c.Score, cell(strings.Join(reasons, "; ")), cell(strings.Join(c.Gaps, "; ")))
	}
	for _, d := range d.Dropped {
		fmt.Fprintf(b, "\nLeft out: %s (%s)\n", d.Headline, d.Note)
	}
	return nil
}

func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
