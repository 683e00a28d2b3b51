package gateway

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	thinkOpen  = "<think>"
	thinkClose = "</think>"
)

// prose makes presentable text of deltas: valid UTF-8 without control
// characters and without white space at its beginning. A train of thought that
// some models write before their answer, between <think> and </think>, is left out.
type prose struct {
	begun    bool
	thinking bool
	held     string // what cannot be judged yet
}

// add takes a delta and returns what may be said now.
func (p *prose) add(delta string) string {
	delta = clean(delta)
	if p.begun || delta == "" {
		return delta
	}
	p.held += delta
	if !p.thinking {
		p.held = strings.TrimLeftFunc(p.held, unicode.IsSpace)
		switch {
		case strings.HasPrefix(p.held, thinkOpen):
			p.thinking, p.held = true, p.held[len(thinkOpen):]
		case strings.HasPrefix(thinkOpen, p.held):
			return ""
		default:
			return p.begin()
		}
	}
	_, answer, over := strings.Cut(p.held, thinkClose)
	if !over {
		p.held = p.held[max(0, len(p.held)-len(thinkClose)):]
		return ""
	}
	if p.held = strings.TrimLeftFunc(answer, unicode.IsSpace); p.held == "" {
		// Text must follow, and what follows may again begin with space.
		p.thinking = false
		return ""
	}
	return p.begin()
}

func (p *prose) begin() string {
	text := p.held
	p.begun, p.held = true, ""
	return text
}

// rest returns what was held when the answer ended.
func (p *prose) rest() string {
	if p.begun || p.thinking {
		return ""
	}
	return p.begin()
}

// clean removes control characters other than tab and line feed, and what is
// not UTF-8. A NUL, for one, cannot be stored in Postgres.
func clean(text string) string {
	if !strings.ContainsFunc(text, unwanted) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, text)
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError
}

// line makes one short printable line of what a server says.
func line(text string, limit int) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
	for len(text) > limit {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// word returns an error code that consists of letters and underscores, which
// no key and no sentence does, or "".
func word(code string) string {
	if len(code) > 40 || strings.ContainsFunc(code, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return ""
	}
	return code
}
