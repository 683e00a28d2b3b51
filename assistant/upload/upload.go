// Package upload turns a file that a person uploads into plain text: a PDF, a
// Word document (DOCX), or text.
//
// Files come from strangers. Each kind has its limits on size before and after
// unpacking, and a PDF is taken apart in a process of its own that is killed
// when it takes too long or too much memory, because no library for PDFs can be
// stopped from outside.
package upload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
)

// Errors of Read. Their texts are for people.
var (
	ErrTooLarge  = errors.New("upload: the file is too large")
	ErrType      = errors.New("upload: not a PDF, DOCX or text file")
	ErrBroken    = errors.New("upload: the file cannot be read")
	ErrEncrypted = errors.New("upload: the file is protected by a password")
	ErrEmpty     = errors.New("upload: there is no text in the file")
)

// Limits.
const (
	MaxBytes = 5 << 20   // of a file
	MaxText  = 200 << 10 // of its text, in bytes; the rest is cut
	maxPages = 40        // of a PDF
	maxXML   = 20 << 20  // of a DOCX's text after unpacking
)

// Document is what was read of a file.
type Document struct {
	Type string `json:"type"` // pdf, docx, text
	Text string `json:"text"` // lines; without control characters
	Cut  bool   `json:"cut"`  // there was more
}

// Reader reads files. It is safe for concurrent use.
type Reader struct {
	command []string
	slots   chan struct{}
}

// NewReader returns a Reader that has PDFs read by a command: the program and
// arguments that make it call PDF with its standard input and output.
func NewReader(command ...string) *Reader {
	return &Reader{command: command, slots: make(chan struct{}, 2)}
}

// Read returns the text of a file. What kind of file it is, its content tells
// and not its name.
func (r *Reader) Read(ctx context.Context, data []byte) (Document, error) {
	d, err := r.read(ctx, data)
	if err != nil {
		return Document{}, err
	}
	d.Text = tidy(d.Text)
	if len(d.Text) > MaxText {
		d.Text, d.Cut = strings.ToValidUTF8(d.Text[:MaxText], ""), true
	}
	if d.Text == "" {
		return Document{}, ErrEmpty
	}
	return d, nil
}

func (r *Reader) read(ctx context.Context, data []byte) (Document, error) {
	switch {
	case len(data) > MaxBytes:
		return Document{}, fmt.Errorf("%w: %d MB at most", ErrTooLarge, MaxBytes>>20)
	case bytes.Contains(data[:min(1024, len(data))], []byte("%PDF-")):
		text, cut, err := r.pdf(ctx, data)
		return Document{Type: "pdf", Text: text, Cut: cut}, err
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		text, err := docx(data)
		return Document{Type: "docx", Text: text}, err
	}
	text, err := plain(data)
	return Document{Type: "text", Text: text}, err
}

// plain reads text in UTF-8, UTF-16 with a mark, or Windows-1252.
func plain(data []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = utf.UTF16(utf.LittleEndian, utf.UseBOM)
	case bytes.IndexByte(data, 0) >= 0:
		return "", ErrType
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff"), nil
	default:
		from = charmap.Windows1252
	}
	text, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if binary(string(text)) {
		return "", ErrType
	}
	return string(text), nil
}

// binary reports whether a text is none: more than one in twenty of its
// characters is a control character or could not be decoded.
func binary(text string) bool {
	odd, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) {
			odd++
		}
	}
	return odd*20 > all
}

// tidy makes lines of text: no control characters, no marks that turn the
// direction of what follows, no more than one blank line at a time.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
			return '\n'
		case unicode.IsControl(r) || r == utf8.RuneError || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	var out strings.Builder
	blank := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" {
			blank++
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n")
			if blank > 0 {
				out.WriteString("\n")
			}
		}
		out.WriteString(line)
		blank = 0
	}
	return out.String()
}
