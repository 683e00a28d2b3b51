package jobpost

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// languageName is the English name of an ISO 639-1 code, the code itself of
// what is none.
func languageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	base, _ := tag.Base()
	if name := display.English.Languages().Name(language.Make(base.String())); name != "" {
		return name
	}
	return code
}
