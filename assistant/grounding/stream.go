package grounding

import (
	"context"
	"strings"
	"unicode/utf8"
)

// Stream lets the grounded sentences of a text through as it is written. It is
// for one goroutine.
type Stream struct {
	checker *Checker
	emit    func(text string) error

	waiting   string // not yet a whole sentence
	begun     bool   // a sentence was taken
	separator string // white space before the next sentence
	at        int    // UTF-16 length of what was emitted
	text      strings.Builder
	claims    []Claim
	dropped   []Dropped

	screen func(sentence string) []string // nil for none

	ctx        context.Context // of the judge's calls
	judge      *Judge          // nil for none
	judgements []Judgement
}

// NewStream wraps emit, which is called with a whole sentence at a time and
// whose error stops the stream.
func NewStream(checker *Checker, emit func(text string) error) *Stream {
	return &Stream{checker: checker, emit: emit}
}

// Screen has sentences left out that may not be said whatever they rest on:
// those for which screen says why. Call it before the first Write.
func (s *Stream) Screen(screen func(sentence string) []string) { s.screen = screen }

// Write takes the next piece of text. Pieces may part a character.
func (s *Stream) Write(text string) error {
	s.waiting += text
	return s.drain(false)
}

// Close judges what is left. Nothing is emitted twice when it is called again.
func (s *Stream) Close() error { return s.drain(true) }

// Text returns what was emitted.
func (s *Stream) Text() string { return s.text.String() }

// Claims returns the sentences that were let through, in order.
func (s *Stream) Claims() []Claim { return s.claims }

// Dropped returns the sentences that were left out.
func (s *Stream) Dropped() []Dropped { return s.dropped }

func (s *Stream) drain(final bool) error {
	for {
		text := s.waiting
		if !final {
			text = wholeRunes(text)
		}
		unit, _, ok := cut(text, final)
		if !ok {
			return nil
		}
		s.waiting = s.waiting[len(unit):]
		if err := s.sentence(strings.ToValidUTF8(unit, "\uFFFD")); err != nil {
			return err
		}
	}
}

func wholeRunes(text string) string {
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if tail := text[len(text)-i:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRuneInString(tail) {
				return text[:len(text)-i]
			}
			break
		}
	}
	return text
}

func (s *Stream) sentence(unit string) error {
	body := strings.TrimLeft(unit, " \t\r\n")
	lineStart := !s.begun || strings.Contains(unit[:len(unit)-len(body)], "\n")
	s.begun = true
	s.separator = stronger(s.separator, unit[:len(unit)-len(body)])
	body, cited := takeOut(strings.TrimRight(body, " \t\r\n"))
	body = strings.Map(dropControl, body)
	if strings.Trim(body, " *_#>-•`") == "" {
		return nil
	}
	plain := 0
	if lineStart { // elsewhere "2." is a number and not that of a list item
		plain = bareStart(body)
	}
	verdict := s.checker.check(body, cited, lineStart)
	if verdict.OK && s.screen != nil {
		verdict.Missing = s.screen(body)
	}
	if verdict.OK && len(verdict.Missing) == 0 {
		verdict.Missing = s.doubt(body, verdict)
	}
	if len(verdict.Missing) > 0 {
		s.dropped = append(s.dropped, Dropped{Text: body, Missing: verdict.Missing})
		return nil
	}
	if s.at == 0 {
		s.separator = ""
	} else if s.separator == "" {
		s.separator = " "
	}
	said := s.separator + body
	start := s.at + UTF16(s.separator) + UTF16(body[:plain])
	s.claims = append(s.claims, Claim{Start: start, End: s.at + UTF16(said), Text: body[plain:], Kind: verdict.Kind, Facts: verdict.Facts})
	s.at += UTF16(said)
	s.separator = ""
	s.text.WriteString(said)
	return s.emit(said)
}

// bareStart returns where a line's text begins, behind list markers and the like.
func bareStart(line string) int {
	rest := strings.TrimLeft(line, ">#")
	rest = strings.TrimLeft(rest, " ")
	if word, after, ok := strings.Cut(rest, " "); ok && (word == "-" || word == "*" || word == "+" || word == "•" || isMarker(word)) {
		rest = strings.TrimLeft(after, " ")
	}
	return len(line) - len(rest)
}

// stronger joins the white space around a sentence that was left out: a blank
// line is kept, else a line break, else a space.
func stronger(a, b string) string {
	breaks := max(strings.Count(a, "\n"), strings.Count(b, "\n"))
	if breaks == 0 {
		if a+b == "" {
			return ""
		}
		return " "
	}
	indent := b[strings.LastIndexByte(b, '\n')+1:]
	return strings.Repeat("\n", min(breaks, 2)) + indent
}

// dropControl removes characters that no text for people has, those that
// nobody sees, and those that turn the direction of what follows.
func dropControl(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0x2060 && r <= 0x2064 || r == 0x200b || r == 0xfeff || r == 0xad || r == 0x180e {
		return -1
	}
	return r
}

// UTF16 returns the length of a text in UTF-16 code units.
func UTF16(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}
