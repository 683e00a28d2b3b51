package brief

import (
	"strings"

	frequent "github.com/parleyhq/parley/retrieval/words"
)

// spellable are the words that are worth reading through a slip of the finger:
// those the readers turn on, and the most common skills and units.
var spellable = strings.Fields(`looking developer developers designer designers programmer engineer translator translation translate writer editor editing photographer
	consultant accountant bookkeeper assistant lawyer attorney teacher tutor website webshop application mobile android dashboard rebuild redesign design
	database integration animation illustration brochure presentation newsletter marketing campaign wordpress shopify javascript typescript python react flutter angular
	photoshop illustrator bookkeeping budget dollars dollar euros pounds rupees month months weeks hours hourly project experience experienced intermediate beginner expert
	restaurant deadline urgent urgently quickbooks virtual office speaking speaker remote english german french spanish italian maximum minimum february january march april september october november december
	monday tuesday wednesday thursday friday saturday sunday tomorrow someone somebody freelancer freelance person business company customers finish finished publish`)

// properWords are right as they are and rare in texts about work, where the table of
// frequent stems was counted: each is one slip from a spellable word.
var properWords = words(`virtue censor clutter flatter tumor tumour tumors tumours senor photoshoot photoshoots marsh parson angel annular budged desiring waiter whiter weeds
	personnel furnish italia budge exert expedience sneaking spearing weeps finis maximal maximize expertise urgency mach monty rect exiting excited eros heros hiking hinting caner porters breach preach yearly wordless beet peach poach roach
	thirsty sundry sundries tempest sunder humid wedge wedged moaning freak franc francs desert designate resign resigned`)

// shortSlips are slips in words too short to be told by counting, or so common that the
// table of frequent stems has them.
var shortSlips = map[string]string{"bookeeper": "bookkeeper", "bookeepers": "bookkeepers", "bookeeping": "bookkeeping", "huor": "hour", "huors": "hours", "huor's": "hours", "tme": "time", "wek": "week", "weks": "weeks", "mnth": "month", "wrok": "work", "nead": "need", "ned": "need", "teh": "the", "webiste": "website", "wesite": "website", "recat": "react", "yuo": "you", "pls": "please"}

// respell corrects slips in words that nothing else can mean: one edit (a letter
// more, less, other, or two exchanged), and a letter doubled or not beside it, in a
// word of five letters or more that is itself no word. The first letter must be right.
func (v *view) respell() []int {
	var fixed []int
	for i := range v.tokens {
		t := &v.tokens[i]
		if right := shortSlips[t.low]; right != "" {
			t.low = right
			fixed = append(fixed, i)
			continue
		}
		if t.kind != word || len(t.low) < 4 || len(t.low) > 14 || isWord(t.low) || isTitled(v.text[t.start:t.end], i, v.tokens) {
			continue
		}
		if right := meant(t.low); right != "" {
			t.low = right
			fixed = append(fixed, i)
		}
		if len(fixed) > 40 {
			return fixed
		}
	}
	return fixed
}

// isWord reports whether something spelt so is a word, so that it is no slip.
func isWord(low string) bool {
	return properWords[low] || known(low) || frequent.Default().Known(frequent.Stem(low))
}

// meant returns the one spellable word that a misspelt one stands for, "" where there
// is none, or where two that have nothing in common are as near.
func meant(low string) string {
	best := ""
	for _, want := range byInitial[low[0]] {
		if len(want) < 5 || slips(low, want, 1) > 1 && slips(undoubled(low), undoubled(want), 1) > 0 {
			continue
		}
		switch {
		case best == "" || strings.HasPrefix(want, best):
			best = want
		case !strings.HasPrefix(best, want):
			return ""
		}
	}
	return best
}

// undoubled writes doubled letters once: they are what is misspelt most.
func undoubled(low string) string {
	var b strings.Builder
	for i := range len(low) {
		if i == 0 || low[i] != low[i-1] {
			b.WriteByte(low[i])
		}
	}
	return b.String()
}

// isTitled reports whether a word is written as a name within a sentence.
func isTitled(text string, i int, tokens []token) bool {
	return text[0] >= 'A' && text[0] <= 'Z' && i > 0 && tokens[i-1].kind == word
}

var byInitial = func() map[byte][]string {
	index := make(map[byte][]string)
	for _, w := range spellable {
		index[w[0]] = append(index[w[0]], w)
	}
	return index
}()

// known reports whether a word is one that the readers know as it is.
func known(low string) bool {
	return products[low] || makers[low] || changers[low] || workers[low] || workWords[low] || hollow[low] || nounStops[low] || connectors[low] || ownMoney[low] || languages[low] || stemmed(low)
}

// stemmed reports whether a word is a plural or a past of one that is known.
func stemmed(low string) bool {
	for _, end := range []string{"s", "ed", "ing", "er", "ers", "ly"} {
		if base, ok := strings.CutSuffix(low, end); ok && (spellableSet[base] || products[base] || changers[base] || makers[base]) {
			return true
		}
	}
	return spellableSet[low]
}

var spellableSet = words(strings.Join(spellable, " "))

// slips counts the edits between two words of ASCII letters, an exchange of
// neighbours as one; more than limit when there are more.
func slips(a, b string, limit int) int {
	var rows [3][16]int
	before, row, next := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > limit {
			return limit + 1
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
