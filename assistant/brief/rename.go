package brief

import (
	"slices"
	"strings"
)

var (
	// secondThoughts open a sentence that puts one name in the place of another.
	secondThoughts = words("no nope sorry wait actually rather oops correction hm hmm i mean meant make that it or , . - well ok")
	// ratherHave lead to another trade than the one that was looked for.
	ratherHave = phrases(`i'd rather have, i'd rather hire, i'd rather get, we'd rather have, we'd rather hire, we'd rather get, i would rather have, i would rather hire, we would rather have, we would rather hire,
		rather have, rather hire, i'd prefer, we'd prefer, i would prefer, we would prefer, make it, make that, i need, we need, i want, we want, i actually need, we actually need, it should be`)
)

// renamesAt returns where the second thought of a message begins that corrects a name
// in the same message: the "no" of "they must speak French. no, Spanish"; 0 for none.
// It is a position in bytes.
func renamesAt(text string) int {
	if !strings.ContainsAny(text, ".!;\u2026,") || len(text) > 2000 {
		return 0
	}
	v := newView("", text)
	for k, s := range v.sentences {
		if k > 0 && v.newName(s) >= 0 {
			return v.tokens[s.from].start
		}
	}
	return 0
}

// newName returns the language that a sentence of second thoughts names, and nothing
// else: "no, Spanish"; -1 for none.
func (v *view) newName(s sentence) int {
	to := s.to
	for to > s.from && v.is(to-1, ".", "!", "please", "instead", "sorry", ",") {
		to--
	}
	if to-s.from < 2 || to-s.from > 7 || !languages[v.low(to-1)] || !v.is(s.from, "no", "nope", "sorry", "wait", "actually", "rather", "oops", "correction", "i", "make") {
		return -1
	}
	for i := s.from; i < to-1; i++ {
		if !secondThoughts[v.low(i)] {
			return -1
		}
	}
	return to - 1
}

// readRenamed reads a message whose end corrects a name in it, one after the other.
func readRenamed(in Input, at int) Reading {
	first, second := in, in
	first.Text = in.Text[:at]
	before := read(first)
	second.Text, second.Known, second.Asked = strings.Repeat(" ", UTF16Len(in.Text[:at]))+in.Text[at:], before.Brief, ""
	after := read(second)
	for _, slot := range after.Changed {
		if !slices.Contains(before.Changed, slot) {
			before.Changed = append(before.Changed, slot)
		}
	}
	return Reading{Brief: after.Brief, Changed: before.Changed, Removed: append(before.Removed, after.Removed...), Intent: before.Intent}
}

// renamed puts a language in the place of the one that was named last: "no, Spanish".
func (r *reader) renamed(s sentence) bool {
	at := r.newName(s)
	if at < 0 {
		return false
	}
	last, old := Source{}, ""
	for _, list := range [][]Item{r.brief.Conditions, r.brief.Summary, r.brief.Deliverables} {
		for _, item := range list {
			name := lastLanguage(item.Text)
			if source := item.Sources[len(item.Sources)-1]; name != "" && name != r.low(at) && (old == "" || source.ID == r.id && last.ID != r.id) {
				last, old = source, name
			}
		}
	}
	if old == "" {
		return false
	}
	for slot, list := range map[Slot]*[]Item{SlotSummary: &r.brief.Summary, SlotDeliverables: &r.brief.Deliverables, SlotConditions: &r.brief.Conditions} {
		for k, item := range *list {
			start, end := foundWord(item.Text, old)
			if start < 0 || !overlaps(item.Sources, []Source{last}) {
				continue
			}
			text := item.Text[:start] + capitalise(r.low(at)) + item.Text[end:]
			(*list)[k] = Item{Text: text, Sources: append(item.Sources[:len(item.Sources):len(item.Sources)], r.source(at, at+1)), Confidence: item.Confidence}
			r.change(slot, at)
		}
	}
	r.claim(removal, s.from, s.to)
	return true
}

func lastLanguage(text string) string {
	last := ""
	for w := range strings.FieldsFuncSeq(lower(text), func(c rune) bool { return c < 'a' || c > 'z' }) {
		if languages[w] {
			last = w
		}
	}
	return last
}

// retraded reads "I'd rather have a bookkeeper": whom the post looks for is somebody else,
// in its title and wherever it was said.
func (r *reader) retraded(s sentence) bool {
	from := r.skipFillers(s.from, s.to)
	for r.is(from, "actually", ",", "no", "sorry", "hmm", "wait", "well", "-") && from < s.to-1 {
		from++
	}
	_, end, ok := ratherHave.match(r.view, from)
	if !ok || !r.is(end, "a", "an") || r.in.Known.Title.Value == "" {
		return false
	}
	to := s.to
	for to > end && r.is(to-1, ".", "!", "please", "instead", "then", "after", "all", ",", "actually") {
		to--
	}
	rather := r.hasWord("rather", s.from, end) || r.hasWord("prefer", s.from, end) || r.hasWord("actually", s.from, s.to) || r.hasWord("instead", to, s.to) || r.is(from, "make", "it")
	start := end + 1
	if !rather || to-start > 4 || to <= start || !workers[r.low(to-1)] || anyWorker[r.low(to-1)] {
		return false
	}
	old := r.knownTrade()
	fresh := r.quote(start, to)
	if old == "" || strings.EqualFold(old, fresh) || !r.substitute(old, fresh, start, to, nil) {
		return false
	}
	r.mendArticles(fresh, r.low(end))
	r.brief.Must = slices.DeleteFunc(r.brief.Must, func(item Item) bool { return item.Implied || strings.EqualFold(item.Text, old) })
	r.brief.Category = Field[string]{}
	r.claim(removal, s.from, start)
	r.claim(removal, to, s.to)
	r.retradedAt = r.tokens[s.from].sentence + 1
	return true
}

// knownTrade is whom the known title looks for: "virtual assistant" of "Virtual
// assistant for a shop".
func (r *reader) knownTrade() string {
	v := newView("", r.in.Known.Title.Value)
	from := 0
	for i := range v.tokens {
		switch {
		case v.is(i, "for", "to", "with", "in", "of", "from", "who", ","):
			return ""
		case v.is(i, "senior", "junior", "experienced", "expert", "a", "an"):
			from = i + 1
		case workers[v.low(i)] && !workers[v.low(i+1)] && !anyWorker[v.low(i)]:
			return v.quote(from, i+1)
		}
	}
	return ""
}

// mendArticles writes the article before a new name as the person did: "a bookkeeper"
// where it was "an accountant".
func (r *reader) mendArticles(name, article string) {
	for _, list := range []*[]Item{&r.brief.Summary, &r.brief.Deliverables, &r.brief.Conditions} {
		for k := range *list {
			text := (*list)[k].Text
			for _, other := range []string{"a", "an"} {
				text = strings.ReplaceAll(text, " "+other+" "+name, " "+article+" "+name)
			}
			(*list)[k].Text = text
		}
	}
}
