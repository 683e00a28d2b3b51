package proposal

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
)

// How much of a claim must be found for it to count as made. A forbidden claim
// needs more than a supported one: what counts against a draft shall be there.
const (
	usedShare = 0.5  // of a supported claim's words, in two neighbouring sentences
	madeShare = 0.85 // of a forbidden claim's words, in one part of a sentence
	gapShare  = 0.4  // of a gap's words, in a sentence that limits
)

// reading is a text, taken apart once for all the claims that are looked for.
type reading struct {
	windows []map[string]bool // terms of each two neighbouring sentences
	parts   []part            // that claim something of the writer
	limits  []map[string]bool // terms of sentences that limit something
}

// part is a piece of a sentence.
type part struct {
	text  string
	terms map[string]bool
}

func readText(text string) reading {
	var r reading
	sentences := grounding.Sentences(text)
	terms := make([]map[string]bool, len(sentences))
	for i, sentence := range sentences {
		terms[i] = bag(sentence)
		if limiting.MatchString(sentence) || hedging.MatchString(sentence) {
			r.limits = append(r.limits, terms[i])
		}
		for _, text := range assertions(sentence) {
			r.parts = append(r.parts, part{text, bag(text)})
		}
	}
	for i := range terms {
		window := maps.Clone(terms[i])
		if i+1 < len(terms) {
			maps.Copy(window, terms[i+1])
		}
		r.windows = append(r.windows, window)
	}
	return r
}

// uses reports whether the text makes use of a supported claim: half of its words,
// numbers and names counted twice, stand in two neighbouring sentences, and at least one of its
// numbers where it has any.
func (r reading) uses(claim string) bool {
	want := wordsOf(claim)
	return slices.ContainsFunc(r.windows, func(window map[string]bool) bool {
		share, numbers := covered(want, window)
		return share >= usedShare && (numbers || anyNumber(want, window))
	})
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

// makes returns the part of the text that makes a forbidden claim, "" for none:
// a part of a sentence that speaks of the writer, denies nothing, and has all of the claim's
// numbers, counting the same, and most of its words.
func (r reading) makes(claim string) string {
	want := wordsOf(claim)
	for _, p := range r.parts {
		if share, numbers := covered(want, p.terms); share >= madeShare && numbers && counts(want, p.text) {
			return strings.TrimSpace(p.text)
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

// names reports whether the text is open about a gap: a sentence with a limiting
// word has part of the gap's words, one of its names or numbers among them if it has any.
func (r reading) names(gap string) bool {
	want := wordsOf(gap)
	return slices.ContainsFunc(r.limits, func(terms map[string]bool) bool {
		share, _ := covered(want, terms)
		return share >= gapShare && anyAnchor(want, terms)
	})
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

// hides returns the part of the text that claims to meet a gap. What stands
// after a colon in the gap tells how it is really, and is left aside.
func (r reading) hides(gap string) string {
	claim, _, _ := strings.Cut(gap, ":")
	claim = unmet.ReplaceAllString(claim, "")
	if len(wordsOf(claim)) < 2 {
		return ""
	}
	return r.makes(claim)
}

// unmet are words of gaps that say that they are gaps.
var unmet = regexp.MustCompile(`(?i)\b(?:no|not|never|has not|hasn't|lacks?|missing|does not|doesn't|without|none|yet|shown|on the profile|asked|required|nice to have)\b`)
