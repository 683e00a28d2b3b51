package rank

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

const (
	mostTelling  = 60   // words of the work that are looked for
	enoughShared = 0.35 // share of their weight that counts in full
)

// affinity compares the telling words of a piece of work with those of
// profiles. Proper names are not among them, so that no name of a person can
// make a profile nearer.
type affinity struct {
	weights map[string]float64 // by stem
	sum     float64
}

func newAffinity(post retrieval.JobPost) *affinity {
	weights := make(map[string]float64)
	text := post.Title + ".\n" + post.Description + "\n" + strings.Join(post.Skills, ", ")
	proper := properNames(text)
	for _, word := range words.Split(text) {
		if stem := words.Stem(word); !words.Stop(word) && !proper[word] {
			weights[stem] = words.Weight(stem)
		}
	}
	stems := slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	a := &affinity{weights: make(map[string]float64)}
	for _, stem := range stems[:min(mostTelling, len(stems))] {
		a.weights[stem] = weights[stem]
		a.sum += weights[stem]
	}
	return a
}

// value is the share of the weight of the work's telling words that stand in a profile.
func (a *affinity) value(p retrieval.Profile) value {
	if a.sum == 0 {
		return value{Unsaid, "The work is not described."}
	}
	p = fit.Impersonal(p)
	seen := make(map[string]bool)
	var shared float64
	count := 0
	look := func(text string) {
		for _, word := range words.Split(text) {
			stem := words.Stem(word)
			if w, ok := a.weights[stem]; ok && !seen[stem] {
				seen[stem] = true
				shared += w
				count++
			}
		}
	}
	look(told(p.Headline, shortHeadline))
	look(told(p.Overview, shortSentence))
	for _, e := range p.Experience {
		look(e.Title)
		look(told(e.Text, shortSentence))
	}
	return value{clamp(shared / a.sum / enoughShared), fmt.Sprintf("%d of %d telling words of the work stand in the profile.", count, len(a.weights))}
}

// told are the sentences of a text that tell something. A mere list of words is
// none, so that nobody comes nearer by repeating the words of posts, and no more
// is what speaks to the reader. A sentence of fewer than so many words is never
// taken for a list.
func told(text string, short int) string {
	var out strings.Builder
	for _, sentence := range sentences(text) {
		if fit.Addresses(sentence) {
			break // what follows an order to the reader is no better
		}
		list := words.Split(sentence)
		plain := 0
		for _, word := range list {
			if words.Function(words.English, word) {
				plain++
			}
		}
		if len(list) > 0 && (len(list) < short || mostTold*plain >= len(list)) {
			out.WriteString(sentence + "\n")
		}
	}
	return out.String()
}

// sentences parts a text at signs that a space or nothing follows.
func sentences(text string) []string {
	var out []string
	from := 0
	for i := range len(text) {
		if strings.IndexByte(".!?\n", text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n' || text[i] == '\n') {
			out = append(out, text[from:i+1])
			from = i + 1
		}
	}
	return append(out, text[from:])
}

// How many words a headline and a sentence have at least that can be mere lists.
const (
	shortHeadline = 9
	shortSentence = 4
)

// mostTold is how many words a sentence has at most for each word that
// sentences are built with.
const mostTold = 12

// properNames are the words of a text that stand with a capital inside a
// sentence, never without one, name no skill, and are not met in many posts as
// those for languages and peoples are.
func properNames(text string) map[string]bool {
	proper, plain := make(map[string]bool), make(map[string]bool)
	initial := true
	for _, field := range strings.Fields(text) {
		bare := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if bare != "" {
			for _, word := range words.Split(bare) {
				if !unicode.IsUpper([]rune(bare)[0]) {
					plain[word] = true
				} else if !initial {
					proper[word] = true
				}
			}
		}
		initial = strings.ContainsAny(field[len(field)-1:], ".!?:")
	}
	for _, match := range skills.Default().Match(text) {
		for _, word := range words.Split(match.Text) {
			plain[word] = true
		}
	}
	maps.DeleteFunc(proper, func(word string, _ bool) bool { return plain[word] || words.Default().Known(words.Stem(word)) })
	return proper
}
