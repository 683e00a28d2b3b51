package fit

import (
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// longestPost and longestWish bound what is read of a text, in bytes.
const (
	longestPost = 20_000
	longestWish = 4_000
)

// reading is the state of reading one text. Small readers, one a kind, go over
// it in turn; each takes the words that it understood, so that what is left at
// the end was understood by none.
type reading struct {
	*brief.Scan
	reader   *Reader
	text     string
	today    time.Time
	context  WishContext
	wishing  bool   // a wish, not a post: plain demands are Hard
	lean     []unit // of a wish: what is to count more, and leaves nobody out
	allowing []unit // of a wish: what says that something unknown is fine
	title    int    // of a post: where its title ends, in bytes
	shown    bool   // the wish says that only real work counts
	taken    []bool
	found    []placed

	sentences  []brief.Sentence
	sentenceOf []int32 // for each token
}

// placed is a requirement with the tokens [from, to) that it was read from.
type placed struct {
	Requirement
	from, to int
	soft     bool // the words around it merely hope
}

func (r *Reader) newReading(text string, today time.Time, context WishContext) *reading {
	scan := brief.NewScan(text, today, context.Locale)
	x := &reading{
		Scan: scan, reader: r, text: text, today: today, context: context,
		taken: make([]bool, scan.Len()), sentences: scan.Sentences(), sentenceOf: make([]int32, scan.Len()),
	}
	for k, s := range x.sentences {
		for i := s.From; i < s.To; i++ {
			x.sentenceOf[i] = int32(k)
		}
	}
	return x
}

// clip cuts a text at a number of bytes, between characters.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}

// take marks tokens as understood.
func (x *reading) take(from, to int) {
	for i := max(from, 0); i < min(to, len(x.taken)); i++ {
		x.taken[i] = true
	}
}

func (x *reading) free(from, to int) bool {
	for i := max(from, 0); i < min(to, len(x.taken)); i++ {
		if x.taken[i] {
			return false
		}
	}
	return true
}

// add keeps a requirement that tokens [from, to) ask for. Whether it is a must
// follows from the words around it.
func (x *reading) add(r Requirement, from, to int) {
	x.take(from, to)
	r.Quote = x.Quote(from, to)
	soft := x.stress(&r, from, to)
	x.found = append(x.found, placed{r, from, to, soft})
}

// conditions runs all readers. Those of numbers and fixed words come first;
// skills and experience take what is left.
func (x *reading) conditions() {
	x.agencies()
	x.counterexamples()
	x.zones()
	x.records()
	x.hours()
	x.starts()
	x.pay()
	x.languages()
	x.credentials()
	x.places()
	x.levels()
	x.skills()
	x.experience()
	x.brackets()
}

// requirements are those that were found, skills and experience first, each once.
func (x *reading) requirements() []Requirement {
	slices.SortStableFunc(x.found, func(a, b placed) int {
		if d := order(a.Kind) - order(b.Kind); d != 0 {
			return d
		}
		return a.from - b.from
	})
	var list []Requirement
	for _, p := range x.found {
		if x.implied(p) {
			continue
		}
		if !slices.ContainsFunc(list, func(r Requirement) bool { return r.same(p.Requirement) }) {
			list = append(list, p.Requirement)
		}
	}
	return number(list)
}

// implied reports whether a stricter requirement says as much: "with reviews,
// 4.5 or better", "with a rate, at most 60".
func (x *reading) implied(p placed) bool {
	return slices.ContainsFunc(x.found, func(o placed) bool {
		if o.Kind != p.Kind || o.Not != p.Not || o.Hard != p.Hard {
			return false
		}
		return p.Kind == Record && p.Rating == 1 && o.Rating > 1 || p.Kind == Pay && len(p.Rates) == 0 && len(o.Rates) > 0
	})
}

func order(k Kind) int {
	if k == Skill || k == Experience {
		return 0
	}
	return 1
}

// sentence returns that of token i.
func (x *reading) sentence(i int) brief.Sentence { return x.sentences[x.sentenceOf[i]] }

// clause returns the tokens [from, to) around token i that no sign or word
// parts from it.
func (x *reading) clause(i int) (from, to int) {
	for from = i; from > max(0, i-longestReach) && !x.parts(from-1); from-- {
	}
	for to = i; to < min(x.Len(), i+longestReach) && !x.parts(to); to++ {
	}
	return from, to
}

// longestReach is how many tokens a clause is followed for, so that a text
// without any sign costs no more than others.
const longestReach = 80

// parts reports whether token i parts two thoughts.
func (x *reading) parts(i int) bool {
	if x.Is(i, ",", ";", "!", "?", ":", "(", ")", "—", "–", "but", "though", "although", "however", "while", "whereas", "because", "…") {
		return true
	}
	return x.Is(i, ".") && (!x.Tight(i+1) || i+1 == x.Len()) || x.Is(i, "-") && !x.Tight(i)
}

// denied reports whether the words shortly before token i deny it: "no
// agencies", "nobody from", "outside of". A comma ends their reach.
func (x *reading) denied(i int) bool {
	for k := i - 1; k >= max(0, i-5); k-- {
		switch {
		case x.parts(k) && !x.Is(k, "but"):
			return false
		case x.Is(k, "not", "just", "only") && x.Is(k, "not") && x.Is(k+1, "only", "just", "necessarily"):
			return false
		case x.Is(k, "no", "not", "nobody", "without", "except", "excluding", "exclude", "outside", "avoid", "non", "never", "minus", "don't", "doesn't", "isn't", "aren't", "cannot", "can't", "dont", "drop", "remove", "skip"):
			return true
		case x.Is(k, "other") && x.Is(k+1, "than"), x.Is(k, "anything", "anywhere", "everyone", "everybody", "anyone") && x.Is(k+1, "but"):
			return true
		case x.Is(k, "or", "and") && x.Word(k-1) && k < i-2:
			return false
		}
	}
	return false
}

// deniedBehind reports whether the words behind deny what was named: "India excluded".
func (x *reading) deniedBehind(end int) bool {
	return x.Is(end, "excluded", "out", "aside", "apart") || x.Is(end, "is", "are") && x.Is(end+1, "out", "excluded", "not", "off") ||
		x.Is(end, "doesn't", "don't", "does", "do", "won't") && x.Is(end+1, "work", "count", "not")
}

// before reports whether one of some words stands in [i-reach, i), within the clause.
func (x *reading) before(i, reach int, any ...string) bool {
	for k := i - 1; k >= max(0, i-reach) && !x.parts(k); k-- {
		if x.Is(k, any...) {
			return true
		}
	}
	return false
}

// behind reports whether one of some words stands in [i, i+reach), within the clause.
func (x *reading) behind(i, reach int, any ...string) bool {
	for k := i; k < min(x.Len(), i+reach) && !x.parts(k); k++ {
		if x.Is(k, any...) {
			return true
		}
	}
	return false
}

// run reports whether one of some phrases begins at token i, and where the longest ends.
func (x *reading) run(i int, phrases ...string) (end int, ok bool) {
	end = i
	low := x.Low(i)
	for _, phrase := range phrases {
		if low == "" || !strings.HasPrefix(phrase, low) {
			continue
		}
		if j := x.Run(i, strings.Fields(phrase)...); j > end {
			end, ok = j, true
		}
	}
	return end, ok
}
