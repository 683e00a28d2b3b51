package rules

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A phrase is words in order, as a rule file writes it:
//
//	text|message me ..3 on|via $messenger
//
// "a|b" is one of two words, "a_b" two words that stand for one, "pay*" any
// word that begins so, "me?" may be missing, "$name" any entry of a list, "<num>" a number, "<money>"
// an amount of money, "<any>" any word, "..3" up to three words between (".." alone: two), and "^" the
// beginning of the message. All of it stands in one sentence.
type phrase struct {
	source   string
	elements []element
	start    bool // only at the beginning
	key      int  // the class that is rarest: looked for first
	needs    []int
}

// element is a place in a phrase.
type element struct {
	class    int // of terms, or one of those below
	optional bool
	gap      int // words that may stand before it
}

// Classes that are no lists of terms.
const (
	anyWord = iota
	numberWord
	moneyWord
	firstClass // of terms
)

var errPhrase = errors.New("not a phrase")

// lexicon collects the terms of a set of rules by class.
type lexicon struct {
	lists   map[string][]string // entries, folded
	terms   []string            // as the automaton reads them
	index   map[string]int      // of a term
	stem    []bool              // of a term: the word may go on
	length  []int               // of a term, in words
	classes [][]int             // of a term
	ids     map[string]int      // of a class, by its entries
	count   int                 // classes, the fixed ones included
	weight  []int               // of a class: how common it is
}

func newLexicon() *lexicon {
	return &lexicon{lists: map[string][]string{}, index: map[string]int{}, ids: map[string]int{}, count: firstClass, weight: []int{1 << 20, 40, 20}}
}

// parse compiles a phrase.
func (x *lexicon) parse(source string) (*phrase, error) {
	p := &phrase{source: source}
	gap := 0
	for _, token := range strings.Fields(source) {
		if token == "^" {
			p.start = true
			continue
		}
		if after, is := strings.CutPrefix(token, ".."); is {
			gap = 2
			if after != "" {
				n, err := strconv.Atoi(after)
				if err != nil || n < 1 || n > 20 {
					return nil, fmt.Errorf("%w: %q: %q is no distance", errPhrase, source, token)
				}
				gap = n
			}
			continue
		}
		e, err := x.element(token)
		if err != nil {
			return nil, fmt.Errorf("%w: %q: %w", errPhrase, source, err)
		}
		e.gap, gap = gap, 0
		p.elements = append(p.elements, e)
	}
	if len(p.elements) == 0 || gap > 0 || !slices.ContainsFunc(p.elements, func(e element) bool { return !e.optional && e.class >= firstClass }) {
		return nil, fmt.Errorf("%w: %q: nothing to look for", errPhrase, source)
	}
	if p.elements[0].optional || p.elements[0].gap > 0 {
		return nil, fmt.Errorf("%w: %q: the first word may not be optional", errPhrase, source)
	}
	p.key = -1
	for _, e := range p.elements {
		if e.optional || e.class < firstClass {
			continue
		}
		p.needs = append(p.needs, e.class)
		if p.key < 0 || x.weight[e.class] < x.weight[p.key] {
			p.key = e.class
		}
	}
	return p, nil
}

func (x *lexicon) element(token string) (e element, err error) {
	if token, e.optional = strings.CutSuffix(token, "?"); token == "" {
		return e, errors.New("an empty word")
	}
	switch token {
	case "<any>":
		e.class = anyWord
		return e, nil
	case "<num>":
		e.class = numberWord
		return e, nil
	case "<money>":
		e.class = moneyWord
		return e, nil
	}
	entries, err := x.expand(token)
	if err != nil {
		return e, err
	}
	e.class = x.class(entries)
	return e, nil
}

// shortForms are how people write some words in messages.
var shortForms = map[string][]string{
	"you": {"u", "ya", "yu"}, "your": {"ur", "yr", "yo"}, "are": {"r"}, "for": {"4"}, "to": {"2"}, "please": {"pls", "plz"}, "me": {"mi"}, "message": {"msg"}, "text": {"txt"},
	"account": {"acc", "acct"}, "accounts": {"accs", "accts"}, "number": {"num", "nr"}, "phone": {"fone"}, "want": {"wanna"}, "give": {"gimme"}, "going to": {"gonna"},
	"different": {"diff"}, "tomorrow": {"2moro", "tmrw"}, "someone": {"sum1", "some1"}, "what": {"wat"}, "the": {"da"}, "and": {"n"}, "because": {"bcoz"}, "work": {"wrk"},
}

// expand returns the terms that a token stands for.
func (x *lexicon) expand(token string) (entries []string, err error) {
	for alternative := range strings.SplitSeq(token, "|") {
		if name, list := strings.CutPrefix(alternative, "$"); list {
			more, known := x.lists[name]
			if !known {
				return nil, fmt.Errorf("no list %q", name)
			}
			entries = append(entries, more...)
			continue
		}
		entry := termOf(strings.ReplaceAll(alternative, "_", " "))
		if entry == "" || entry == "*" {
			return nil, fmt.Errorf("an empty word in %q", token)
		}
		entries = append(entries, entry)
	}
	for _, e := range entries {
		entries = append(entries, shortForms[e]...)
	}
	slices.Sort(entries)
	return slices.Compact(entries), nil
}

// class returns the class of a sorted list of entries.
func (x *lexicon) class(entries []string) int {
	name := strings.Join(entries, "|")
	if id, known := x.ids[name]; known {
		return id
	}
	id := x.count
	x.ids[name] = id
	x.count++
	weight := 0
	for _, e := range entries {
		t := x.term(e)
		x.classes[t] = append(x.classes[t], id)
		weight += commonness(e)
	}
	x.weight = append(x.weight, weight)
	return id
}

func (x *lexicon) term(entry string) int {
	if t, known := x.index[entry]; known {
		return t
	}
	t := len(x.terms)
	x.index[entry] = t
	text, stem := strings.CutSuffix(entry, "*")
	x.terms = append(x.terms, " "+text)
	x.stem = append(x.stem, stem)
	x.length = append(x.length, strings.Count(text, " ")+1)
	x.classes = append(x.classes, nil)
	return t
}

var noTerms = newAutomaton(nil)

// termOf folds an entry the way texts are folded, keeping a star at its end.
func termOf(entry string) string {
	stem := strings.HasSuffix(entry, "*")
	text := folded(entry).Text
	var p splitter
	p.split(text, noTerms, func(int32, int, bool) {})
	var words []string
	for _, w := range p.words {
		words = append(words, strings.ReplaceAll(strings.ReplaceAll(text[w.start:w.end], "'", ""), "`", ""))
	}
	out := strings.Join(words, " ")
	if stem && out != "" {
		out += "*"
	}
	return out
}

// function words, of which nearly every message has some.
var functionWords = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`i you we he she they it me us him them my your our the a an this that to for of in on at with by from and or but not no is are be
		was do does can could will would should have has get got if so as just now then here there what when how please me la el de que y en un una los se por con para
		le les des et je vous un une du pour ich sie und der die das den ein eine mit auf fur o os as um uma do da com para`) {
		set[w] = true
	}
	return set
}()

// commonness is how often a term is to be expected, roughly.
func commonness(entry string) int {
	if functionWords[entry] {
		return 1000
	}
	if strings.Contains(entry, " ") {
		return 1
	}
	return 10
}
