package jobpost

import (
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/sessions"
)

// claims collects the claims of a document while it is composed.
type claims []sessions.Claim

func (c *claims) add(path string, start, end int, text string, kind grounding.Kind, sources []sessions.Source) {
	*c = append(*c, sessions.Claim{ID: "c" + strconv.Itoa(len(*c)+1), Path: path, Start: start, End: end, Text: text, Kind: string(kind), Sources: sources})
}

// value adds the claim of a value that is no running text.
func (c *claims) value(path, text string, kind grounding.Kind, sources []brief.Source) {
	c.add(path, 0, grounding.UTF16(text), text, kind, toSources(sources))
}

// prose is a text of paragraphs whose sentences have sources.
type prose struct {
	path   string
	claims *claims
	text   strings.Builder
	at     int
	began  int    // where the paragraph does
	next   string // white space before the next sentence
}

func (p *prose) sentence(text string, kind grounding.Kind, sources []sessions.Source) {
	if text == "" {
		return
	}
	if p.at > 0 && p.next == "" {
		p.next = " "
	}
	if p.next == "\n\n" {
		p.began = p.at
	}
	p.text.WriteString(p.next + text)
	p.at += grounding.UTF16(p.next)
	end := p.at + grounding.UTF16(text)
	p.claims.add(p.path, p.at, end, text, kind, sources)
	p.at, p.next = end, ""
}

func (p *prose) paragraph() {
	if p.at > 0 {
		p.next = "\n\n"
	}
}

// verbatim adds text as it stands, a claim for each of its sentences.
func (p *prose) verbatim(text string, sources []sessions.Source) {
	for _, sentence := range grounding.Sentences(text) {
		body := strings.TrimLeft(sentence, " \t\r\n")
		if body == "" {
			continue
		}
		if gap := sentence[:len(sentence)-len(body)]; gap != "" && p.next == "" && p.at > 0 {
			p.next = gap
		}
		p.sentence(body, grounding.Quote, sources)
	}
}

func toSources(sources []brief.Source) []sessions.Source {
	out := make([]sessions.Source, len(sources))
	for i, s := range sources {
		out[i] = sessions.Source{Kind: s.Kind, ID: s.ID, Start: s.Start, End: s.End, Quote: s.Quote}
	}
	return out
}
