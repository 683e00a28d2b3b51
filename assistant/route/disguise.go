package route

import (
	"regexp"
	"strings"
	"unicode"
)

// lookalikes are signs that stand for a letter to the eye and not to a program.
// They are read as that letter when an attack is looked for.
var lookalikes = map[rune]rune{
	'0': 'o', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g', '@': 'a', '$': 's', '€': 'e', '+': 't', '|': 'l',
	'а': 'a', 'в': 'b', 'е': 'e', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'т': 't', 'у': 'y', 'х': 'x', 'ѕ': 's', 'і': 'i', 'ј': 'j', 'ь': 'b', 'и': 'n', 'п': 'n', 'г': 'r',
	'α': 'a', 'β': 'b', 'ε': 'e', 'ϵ': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ϲ': 'c', 'γ': 'y', 'ω': 'w', 'ɑ': 'a', 'ɡ': 'g', 'ı': 'i',
}

// plainly reads a text without its lookalikes. A 1 and a ! may stand for two letters: one is given.
func plainly(text string, one rune) string {
	return strings.Map(func(r rune) rune {
		if r == '1' || r == '!' {
			return one
		}
		if letter, ok := lookalikes[r]; ok {
			return letter
		}
		return r
	}, text)
}

// mixed counts the words that have a Latin letter beside a lookalike.
func mixed(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		latin, other := false, false
		for _, r := range word {
			latin = latin || r >= 'a' && r <= 'z'
			_, known := lookalikes[r]
			other = other || known || r == '1' || r == '!'
		}
		if latin && other {
			n++
		}
	}
	return n
}

// scripts counts the words whose letters are of two scripts that look alike.
func scripts(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		latin, other := false, false
		for _, r := range word {
			latin = latin || unicode.Is(unicode.Latin, r)
			other = other || unicode.Is(unicode.Greek, r) || unicode.Is(unicode.Cyrillic, r)
		}
		if latin && other {
			n++
		}
	}
	return n
}

// spaced tells whether backslashes stand between most letters.
func spaced(text string) bool {
	return len(text) > 20 && 4*strings.Count(text, `\`) > len([]rune(text))
}

// commands are what a person never says to the assistant about work: code that is to be run here.
var commands = regexp.MustCompile(`\b(eval|exec|popen|execsync|os\.system|\.system|\.fork)\(|\bwhoami\b|\brm -rf\b|\bcat [~/.]|/etc/passwd|\bchild_process\b|\bos\.environ\b|\bimport os\b|fromcharcode|<script|\bbash -c\b|\bsh -c\b|\bnode -e\b|\bpython -c\b|\bxxd\b|\bdrop table\b|\bunion select\b`)

// encoded is a word that only a program reads.
var encoded = regexp.MustCompile(`(^|\s)([0-9a-f]{32,}|[a-z0-9+/]{24,}={0,2})($|\s)`)

// disguised tells that a message is written so that a program reads something else than a
// person sees, or that it is there to be run.
func disguised(s seen) bool {
	if len(s.words) > attacker {
		return false
	}
	if scripts(s.text) >= 2 || spaced(s.text) || commands.MatchString(s.text) {
		return true
	}
	if blob := encoded.FindStringSubmatch(s.text); blob != nil && len(s.words) <= 12 && strings.ContainsAny(blob[2], "0123456789") {
		return true
	}
	if mixed(s.text) < 2 {
		return false
	}
	return attacks.MatchString(plainly(s.text, 'i')) || attacks.MatchString(plainly(s.text, 'l')) || commands.MatchString(plainly(s.text, 'i'))
}
