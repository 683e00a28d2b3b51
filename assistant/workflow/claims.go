package workflow

import (
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/sessions"
)

// Claims collects the claims of a document while it is composed.
type Claims []sessions.Claim

// Add appends a claim on the UTF-16 span from start to end of the text at path.
func (c *Claims) Add(path string, start, end int, text string, kind grounding.Kind, sources []sessions.Source) {
	*c = append(*c, sessions.Claim{ID: "c" + strconv.Itoa(len(*c)+1), Path: path, Start: start, End: end, Text: text, Kind: string(kind), Sources: sources})
}

// Value adds the claim of a value that is no running text.
func (c *Claims) Value(path, text string, kind grounding.Kind, sources []sessions.Source) {
	c.Add(path, 0, grounding.UTF16(text), text, kind, sources)
}

// Prose is a text of paragraphs whose sentences have sources.
type Prose struct {
	path   string
	claims *Claims
	text   strings.Builder
	at     int
	began  int    // where the paragraph does
	next   string // white space before the next sentence
}

// NewProse begins the text at path, whose claims are added to claims.
func NewProse(path string, claims *Claims) *Prose { return &Prose{path: path, claims: claims} }

// Text returns what was written so far.
func (p *Prose) Text() string { return p.text.String() }

// ParagraphLength is how long the present paragraph is, in UTF-16 code units.
func (p *Prose) ParagraphLength() int { return p.at - p.began }

// Sentence adds one with its sources.
func (p *Prose) Sentence(text string, kind grounding.Kind, sources []sessions.Source) {
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
	p.claims.Add(p.path, p.at, end, text, kind, sources)
	p.at, p.next = end, ""
}

// Paragraph begins a new one.
func (p *Prose) Paragraph() {
	if p.at > 0 {
		p.next = "\n\n"
	}
}

// Verbatim adds text as it stands, a claim for each of its sentences.
func (p *Prose) Verbatim(text string, sources []sessions.Source) {
	for _, sentence := range grounding.Sentences(text) {
		body := strings.TrimLeft(sentence, " \t\r\n")
		if body == "" {
			continue
		}
		if gap := sentence[:len(sentence)-len(body)]; gap != "" && p.next == "" && p.at > 0 {
			p.next = gap
		}
		p.Sentence(body, grounding.Quote, sources)
	}
}

// ToSources turns the spans of a brief into sources of the wire.
func ToSources(sources []brief.Source) []sessions.Source {
	out := make([]sessions.Source, len(sources))
	for i, s := range sources {
		out[i] = sessions.Source{Kind: s.Kind, ID: s.ID, Start: s.Start, End: s.End, Quote: s.Quote}
	}
	return out
}
