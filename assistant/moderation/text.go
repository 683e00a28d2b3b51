package moderation

import (
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/model"
)

// find returns the part of a text that a quote means: the same words, whatever
// their case, the white space between them and the form of quotation marks. It
// returns "" when there is none, or nothing is quoted.
func find(text, quote string) string {
	if strings.TrimSpace(quote) == "" {
		return ""
	}
	if strings.Contains(text, quote) {
		return quote
	}
	plain, at := squeeze(text)
	wanted, _ := squeeze(quote)
	wanted = strings.TrimSpace(wanted)
	i := strings.Index(plain, wanted)
	if i < 0 || wanted == "" {
		return ""
	}
	return text[at[i]:at[i+len(wanted)]]
}

// squeeze folds a text for comparison, and tells where each byte of the result,
// and its end, came from.
func squeeze(text string) (string, []int) {
	var b strings.Builder
	var at []int
	space := false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
				at = append(at, i)
			}
			space = true
			continue
		case strings.ContainsRune("‘’‚′", r):
			r = '\''
		case strings.ContainsRune("“”„″«»", r):
			r = '"'
		}
		space = false
		n := b.Len()
		b.WriteRune(unicode.ToLower(r))
		for range b.Len() - n {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(text))
}

// shorten keeps a text on one line, without control characters, within so many bytes.
func shorten(text string, longest int) string {
	text = strings.Join(strings.Fields(strings.Map(printable, text)), " ")
	for len(text) > longest {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// printable drops what neither shows nor can be stored, but keeps white space.
func printable(r rune) rune {
	if r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

// utf16Len counts the UTF-16 code units of a text.
func utf16Len(text string) (n int) {
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// quoted marks what a judge quoted.
func quoted(text string, o opinion) []Mark {
	i := strings.Index(text, o.quote)
	if o.quote == "" || i < 0 {
		return nil
	}
	start := utf16Len(text[:i])
	return []Mark{{Label: o.label, Quote: o.quote, Start: start, End: start + utf16Len(o.quote)}}
}

// why names the kind of a model's failure, without what the server said.
func why(err error) string {
	switch {
	case errors.Is(err, errAbandoned):
		return "nobody got to it"
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, model.ErrMalformed):
		return "the answer was not usable"
	case errors.Is(err, model.ErrCut):
		return "the answer was cut off"
	case errors.Is(err, model.ErrRejected):
		return "the request was rejected"
	}
	return "unavailable, or over its budget"
}
