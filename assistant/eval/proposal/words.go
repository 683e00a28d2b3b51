package proposal

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
)

// Weights of the words of a claim, where most have 1: what makes a claim
// checkable counts for more, the verb that it may begin with ("reduced", "speaks") for less.
const (
	anchorWeight = 2
	verbWeight   = 0.5
)

// word is a word of a claim, as it is looked for.
type word struct {
	term   string
	weight float64
	anchor bool // a number, a credential, or a name written in capitals
	number bool
}

// wordsOf are the words of a claim that say something.
func wordsOf(claim string) []word {
	var list []word
	for i, token := range tokensOf(claim) {
		term := termOf(token)
		if term == "" {
			continue
		}
		_, err := strconv.ParseFloat(term, 64)
		w := word{term: term, weight: 1, number: err == nil}
		switch {
		case w.number, i > 0 && token != strings.ToLower(token), credential.MatchString(token):
			w.anchor, w.weight = true, anchorWeight
		case i == 0 && verb.MatchString(token):
			w.weight = verbWeight
		}
		list = append(list, w)
	}
	return list
}

// tokensOf are the words and numbers of a text, with currencies as words after
// their sums.
func tokensOf(text string) []string {
	for _, c := range currencies {
		text = c.before.ReplaceAllString(text, "$1 "+c.word)
	}
	return tokens.FindAllString(text, -1)
}

type currency struct {
	before *regexp.Regexp
	word   string
}

var currencies = []currency{
	{regexp.MustCompile(`(?:US|A|AU|C|CA|NZ|S)?\$ ?([0-9][0-9.,]*k?)`), "dollar"}, {regexp.MustCompile(`€ ?([0-9][0-9.,]*k?)`), "euro"}, {regexp.MustCompile(`£ ?([0-9][0-9.,]*k?)`), "pound"},
	{regexp.MustCompile(`([0-9][0-9.,]*k?) ?(?:USD|CAD|AUD|NZD|SGD)\b`), "dollar"}, {regexp.MustCompile(`([0-9][0-9.,]*k?) ?EUR\b`), "euro"}, {regexp.MustCompile(`([0-9][0-9.,]*k?) ?GBP\b`), "pound"},
}

var (
	credential = regexp.MustCompile(`(?i)^(?:certified|licen[cs]ed|registered|chartered|accredited|sworn|award-winning|awarded|qualified|published|patented)$`)
	verb       = regexp.MustCompile(`^(?:[A-Za-z]\w+(?:ed|[^s]s)|grew|led|ran|built|won|cut|made|wrote|sold)$`)
)

var tokens = regexp.MustCompile(`[\p{L}\p{N}]+(?:[.,'’+#-][\p{L}\p{N}]+)*[+#]*`)

// spelled are small numbers as people write them.
var spelled = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
	"fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
	"hundred": "100", "once": "1", "twice": "2", "half": "0.5",
}

// light are words of claims that say how something is claimed and not what:
// "has experience with", "is able to".
var light = eval.TermSet("has have had is are was been experience experienced worked works working work used uses using use knows know knowledge with able asks ask claims claim own real job jobs project projects own also long main does did take takes took")

// termOf is what a word is compared by, "" for one that says nothing.
func termOf(token string) string {
	low := strings.ToLower(token)
	if n, ok := spelled[low]; ok {
		return n
	}
	if plain := grouped.ReplaceAllString(low, "$1"); number.MatchString(plain) {
		digits := strings.TrimRight(plain, "kh%")
		if value, err := strconv.ParseFloat(digits, 64); err == nil {
			if strings.HasSuffix(plain, "k") {
				value *= 1000
			}
			return strconv.FormatFloat(value, 'f', -1, 64)
		}
	}
	terms := eval.Terms(token)
	if len(terms) == 0 || light[terms[0]] {
		return ""
	}
	return strings.Join(terms, "")
}

var (
	grouped = regexp.MustCompile(`([0-9])[,'’](?:\b|$)?`)
	number  = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?(?:k|h|%)?$`)
)

// bag are the terms of a piece of text.
func bag(text string) map[string]bool {
	set := make(map[string]bool)
	for _, token := range tokensOf(text) {
		if t := termOf(token); t != "" {
			set[t] = true
		}
		for part := range strings.SplitSeq(token, "-") { // "three-hour", "anti-aliasing"
			if t := termOf(part); t != "" {
				set[t] = true
			}
		}
	}
	return set
}

// covered is the weighted share of a claim's words among those of a text, and
// whether all of its numbers are there.
func covered(claim []word, text map[string]bool) (share float64, numbers bool) {
	found, whole := 0.0, 0.0
	numbers = true
	for _, w := range claim {
		whole += w.weight
		if text[w.term] || alike(w, text) {
			found += w.weight
		} else if w.number {
			numbers = false
		}
	}
	if whole == 0 {
		return 0, false
	}
	return found / whole, numbers
}

// alike finds a longer word that begins the same: "photos" in "photography".
func alike(w word, text map[string]bool) bool {
	if w.number || len(w.term) < 5 {
		return false
	}
	for t := range text {
		if len(t) >= 5 && (strings.HasPrefix(t, w.term) || strings.HasPrefix(w.term, t)) {
			return true
		}
	}
	return false
}
