package proposal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/grounding"
)

// How much of a claim must be found for it to count as made. A forbidden claim
// needs more than a supported one: what counts against a draft shall be there.
const (
	usedShare = 0.5  // of a supported claim's words, in two neighbouring sentences
	madeShare = 0.85 // of a forbidden claim's words, in one part of a sentence
	gapShare  = 0.4  // of a gap's words, in a sentence that limits
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

// used reports whether a text makes use of a supported claim: half of its words,
// numbers and names counted twice, stand in two neighbouring sentences, and at least one of its
// numbers where it has any.
func used(text, claim string) bool {
	want := wordsOf(claim)
	sentences := grounding.Sentences(text)
	for i := range sentences {
		window := bag(strings.Join(sentences[i:min(i+2, len(sentences))], " "))
		share, numbers := covered(want, window)
		if share >= usedShare && (numbers || anyNumber(want, window)) {
			return true
		}
	}
	return false
}

func anyNumber(claim []word, text map[string]bool) bool {
	any := false
	for _, w := range claim {
		if w.number {
			any = true
			if text[w.term] {
				return true
			}
		}
	}
	return !any
}

// made returns the part of a text that makes a forbidden claim, "" for none:
// a part of a sentence that speaks of the writer, denies nothing, and has all of the claim's
// numbers and most of its words.
func made(text, claim string) string {
	want := wordsOf(claim)
	for _, sentence := range grounding.Sentences(text) {
		for _, part := range assertions(sentence) {
			if share, numbers := covered(want, bag(part)); share >= madeShare && numbers && counts(want, part) {
				return strings.TrimSpace(part)
			}
		}
	}
	return ""
}

// near is how many words after a number may come before what it counts.
const near = 3

// counts reports whether each number of a claim counts the same in a text:
// whether one of the two words after it stands near it there as well.
func counts(claim []word, text string) bool {
	list := tokensOf(text)
	for i, w := range claim {
		if !w.number {
			continue
		}
		var units []string
		for _, next := range claim[i+1 : min(i+3, len(claim))] {
			units = append(units, next.term)
		}
		if len(units) > 0 && !countsOne(w.term, units, list) {
			return false
		}
	}
	return true
}

func countsOne(n string, units, tokens []string) bool {
	for i, token := range tokens {
		if termOf(token) != n {
			continue
		}
		for _, after := range tokens[max(0, i-1):min(i+1+near, len(tokens))] {
			if slices.Contains(units, termOf(after)) {
				return true
			}
		}
	}
	return false
}

// assertions are the parts of a sentence that claim something of the writer: the
// whole of it where nothing in it is denied or said of the client, else its clauses without such
// words. A denied claim of one that is forbidden is honesty.
func assertions(sentence string) []string {
	if !limiting.MatchString(sentence) && !others.MatchString(sentence) {
		return bound(sentence)
	}
	var parts []string
	for _, part := range clauses.Split(sentence, -1) {
		if !limiting.MatchString(part) && !others.MatchString(part) {
			parts = append(parts, bound(part)...)
		}
	}
	return parts
}

// bound parts a text with several numbers where another begins, so that each is
// read with what it counts: "two years of Kafka and five of Java".
func bound(text string) []string {
	counted := 0
	for _, w := range wordsOf(text) {
		if w.number {
			counted++
		}
	}
	if counted < 2 {
		return []string{text}
	}
	return listing.Split(text, -1)
}

var listing = regexp.MustCompile(`,\s|\sand\s|\splus\s`)

var (
	clauses = regexp.MustCompile(`[;:–—()]|,(?:\s|$)|\s(?:but|although|though|while|whereas|however|and I|yet I)\s`)
	// limiting words say that something is not so, or less so.
	limiting = regexp.MustCompile(`(?i)\b(?:no|not|never|none|nor|without|cannot|can['’]t|\w+n['’]t|yet|only|rather than|less than|fewer|short of|lack|lacks|missing|outside|neither|new to me|learn|learning|gap|except|apart from|beyond)\b`)
	// hedging words make less of something, besides the limiting ones.
	hedging = regexp.MustCompile(`(?i)\b(?:about|almost|nearly|close to|so far|part of)\b`)
	// others are what the client asks or has.
	others = regexp.MustCompile(`(?i)\byou(?:r|rs)?\b.*\b(?:ask|asks|asked|want|need|look|looking|require|prefer|mention|post|list|wish|expect)|\b(?:the|this|your) (?:job|post|posting|ad|advert|brief|listing|project|team|company)\b|\?\s*$|\bwould you\b`)
)

// named reports whether a text is open about a gap: a sentence with a limiting
// word that has part of the gap's words, one of its names or numbers among them if it has any.
func named(text, gap string) bool {
	want := wordsOf(gap)
	for _, sentence := range grounding.Sentences(text) {
		if !limiting.MatchString(sentence) && !hedging.MatchString(sentence) {
			continue
		}
		words := bag(sentence)
		share, _ := covered(want, words)
		if share >= gapShare && anyAnchor(want, words) {
			return true
		}
	}
	return false
}

func anyAnchor(claim []word, text map[string]bool) bool {
	any := false
	for _, w := range claim {
		if w.anchor {
			any = true
			if text[w.term] {
				return true
			}
		}
	}
	return !any
}

// hidden returns the part of a text that claims to meet a gap. What stands
// after a colon in the gap tells how it is really, and is left aside.
func hidden(text, gap string) string {
	claim, _, _ := strings.Cut(gap, ":")
	claim = unmet.ReplaceAllString(claim, "")
	if len(wordsOf(claim)) < 2 {
		return ""
	}
	return made(text, claim)
}

// unmet are words of gaps that say that they are gaps.
var unmet = regexp.MustCompile(`(?i)\b(?:no|not|never|has not|hasn't|lacks?|missing|does not|doesn't|without|none|yet|shown|on the profile|asked|required|nice to have)\b`)
