package sites

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// ErrInvalid means that what a site chose cannot be taken; the words after it
// say why, and are for whoever chose.
var ErrInvalid = errors.New("sites: invalid")

// Look is how the widget and the chat of a site look and begin. Every field may
// be empty, for the default.
type Look struct {
	Theme    Theme  `json:"theme"`
	Greeting string `json:"greeting,omitempty"` // plain text, at most 300 characters
	Locale   string `json:"locale,omitempty"`   // BCP 47; the browser's
}

// Theme is a site's own colours and shape.
type Theme struct {
	Accent   string `json:"accent,omitempty"`   // "#rrggbb"
	Radius   *int   `json:"radius,omitempty"`   // of corners in pixels, 0 to 28
	Position string `json:"position,omitempty"` // left or right
	Scheme   string `json:"scheme,omitempty"`   // auto, light or dark
}

const (
	mostRadius   = 28
	mostGreeting = 300
)

// accent takes six digits only: what it is becomes part of a style sheet.
var accent = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Check tells what is wrong with a look, if anything is: an error that wraps
// ErrInvalid and names the field.
func (l Look) Check() error {
	switch t := l.Theme; {
	case t.Accent != "" && !accent.MatchString(t.Accent):
		return fieldError("accent", "a colour is written as #rrggbb, such as #1d5c4b")
	case t.Radius != nil && (*t.Radius < 0 || *t.Radius > mostRadius):
		return fieldError("radius", "from 0 to %d pixels", mostRadius)
	case t.Position != "" && t.Position != "left" && t.Position != "right":
		return fieldError("position", "left or right")
	case t.Scheme != "" && t.Scheme != "auto" && t.Scheme != "light" && t.Scheme != "dark":
		return fieldError("scheme", "auto, light or dark")
	case utf8.RuneCountInString(l.Greeting) > mostGreeting:
		return fieldError("greeting", "%d characters at most", mostGreeting)
	case !utf8.ValidString(l.Greeting) || strings.ContainsFunc(l.Greeting, unicode.IsControl):
		return fieldError("greeting", "one line of plain text")
	case l.Locale != "" && !validLocale(l.Locale):
		return fieldError("locale", "a language is written as en or pt-BR")
	}
	return nil
}

func validLocale(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && len(tag) <= 35
}

// FieldError is what is wrong with one field. It is an ErrInvalid.
type FieldError struct {
	Field  string
	Reason string // for whoever filled it in
}

func (e *FieldError) Error() string { return ErrInvalid.Error() + ": " + e.Field + ": " + e.Reason }

// Unwrap makes it an ErrInvalid.
func (e *FieldError) Unwrap() error { return ErrInvalid }

func fieldError(field, format string, args ...any) error {
	return &FieldError{field, fmt.Sprintf(format, args...)}
}
