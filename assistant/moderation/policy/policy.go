// Package policy says what may not be sent: the labels, and for each a text
// that people who review read and a judging model is prompted with.
//
// The texts are Markdown files of this package, one a label, each with the same
// sections: see [Text]. [Prompt] is the part for a model, [Notice] what a sender is told.
package policy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"strings"
)

//go:embed *.md
var files embed.FS

// toldHeading begins the last section of a policy: what its senders are told.
const toldHeading = "\n## What the sender is told\n"

// text is a policy, taken apart.
type text struct {
	whole, prompt string
	notices       map[string]string // by language
}

var (
	texts   = make(map[Label]text)
	version string
)

// The texts are part of the program: one that is not whole is found by any test.
func init() {
	sum := sha256.New()
	for _, l := range labels {
		raw, err := files.ReadFile(string(l) + ".md")
		if err != nil {
			panic(fmt.Errorf("policy: %w", err))
		}
		sum.Write(raw)
		texts[l] = parse(string(raw))
	}
	version = hex.EncodeToString(sum.Sum(nil)[:6])
}

// parse takes a policy apart. A notice is a line "- en: …".
func parse(whole string) text {
	prompt, told, _ := strings.Cut(whole, toldHeading)
	t := text{whole: whole, prompt: strings.TrimSpace(prompt), notices: make(map[string]string)}
	for line := range strings.Lines(told) {
		language, notice, found := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "- "), ": ")
		if found && len(language) == 2 {
			t.notices[language] = notice
		}
	}
	return t
}

// Text returns a policy in Markdown, as reviewers read it: a title, what it is in a sentence, what
// belongs and what does not, examples of both, how sure one must be, and what
// the sender is told. "" for a label that does not exist.
func Text(l Label) string { return texts[l].whole }

// Prompt returns the part of a policy that a judge needs: all but what the sender is told.
func Prompt(l Label) string { return texts[l].prompt }

// Notice returns what the sender of a message that is held or blocked is told,
// in the language of a BCP 47 locale or else in English: which policy, and how to appeal.
func Notice(l Label, locale string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(locale), "_", "-"), "-")
	if notice, ok := texts[l].notices[language]; ok {
		return notice
	}
	return texts[l].notices["en"]
}

// Version identifies the texts of all policies.
func Version() string { return version }
