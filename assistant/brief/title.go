package brief

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// titleSkips are left out at the beginning of a title.
	titleSkips = words(`a an the some my our her his their me " just only really`)
	// nounEnds end the noun before them.
	nounEnds = words(`in for of to into from and on at with by`)
)

// nouns name what a verb does to its object in a title.
var nouns = map[string]string{
	"translate": "Translation of", "edit": "Editing of", "proofread": "Proofreading of", "redesign": "Redesign of", "update": "Update of", "migrate": "Migration of", "transcribe": "Transcription of", "manage": "Management of", "review": "Review of",
	"rebuild": "Rebuild of", "maintain": "Maintenance of", "test": "Testing of", "analyse": "Analysis of", "analyze": "Analysis of", "audit": "Audit of", "research": "Research on", "localize": "Localization of", "localise": "Localisation of", "convert": "Conversion of", "digitize": "Digitization of", "digitise": "Digitisation of",
}

// relatives are people whom a title does not name: "a tutor for my daughter".
var relatives = words(`daughter son kid kids child children wife husband mother father mom dad mum boss team family girlfriend boyfriend friend sister brother parents niece
		nephew grandma grandson colleague clients client customers`)

// participles tell at the end of a phrase what is to be done: "my thesis edited".
var participles = map[string]string{
	"edited": "Editing of ", "translated": "Translation of ", "proofread": "Proofreading of ", "transcribed": "Transcription of ", "redesigned": "Redesign of ", "reviewed": "Review of ", "updated": "Update of ", "migrated": "Migration of ", "tested": "Testing of ", "localized": "Localization of ", "checked": "Check of ", "digitised": "Digitisation of ", "digitized": "Digitization of ", "illustrated": "Illustration of ", "typed": "Typing of ", "cleaned": "Cleaning of ", "transferred": "Transfer of ", "restored": "Restoration of ", "converted": "Conversion of ", "retouched": "Retouching of ", "rewritten": "Rewrite of ", "redrawn": "Redrawing of ", "subtitled": "Subtitling of ", "narrated": "Narration of ", "printed": "Printing of ", "rebuilt": "Rebuild of ", "moved": "Move of ", "fixed": "Repair of ",
}

// longest is how many bytes of the person's words a title takes.
const longest = 70

// title makes a title of a phrase, unless there is one that still holds.
func (r *reader) title(p phraseOf) {
	if r.brief.Title.Known() && !r.replaces(p) {
		return
	}
	from, to := p.from, p.to
	if (r.taken[from] == listMark || r.is(from-1, ":") && r.is(from-2, "deliverables", "deliverable", "things")) && r.titleOfList(p) {
		return
	}
	if text, ok := r.roleTitle(p); ok {
		r.brief.Title = Field[string]{Value: text, Sources: []Source{r.source(p.who.from, p.to)}, Confidence: 0.8}
		r.change(SlotTitle, p.who.from)
		return
	}
	prefix := ""
	if p.verb == from && changers[r.verbWord(from)] {
		if noun, ok := nouns[r.verbWord(from)]; ok {
			prefix = noun + " "
			from++
			if r.is(from, "from", "to", "into", "between") {
				prefix = strings.TrimSuffix(prefix, "of ")
			}
		}
	}
	for k := from + 1; k < to-1 && prefix == ""; k++ {
		if noun := participles[r.low(k)]; noun != "" && r.is(k+1, "into", "to", "from") {
			end := r.trimTitle(k+1, r.titleEnd(k+1, to))
			r.brief.Title = Field[string]{Value: capitalise(noun + r.impersonal(from, k) + " " + r.impersonal(k+1, end)), Sources: []Source{r.source(p.from, end)}, Confidence: 0.8}
			r.change(SlotTitle, p.from)
			return // "our website translated into Dutch"
		}
	}
	if noun := participles[r.low(to-1)]; noun != "" && to-from > 1 && prefix == "" {
		prefix, to = strings.TrimPrefix(noun, "-"), to-1
	}
	if prefix == "" {
		from = r.skipPerson(from, to)
		if noun, ok := nouns[r.low(from)]; ok && from > p.from && to-from > 1 {
			prefix = noun + " "
			from++
		}
	}
	to = r.extendTitle(from, r.trimTitle(from, r.titleEnd(from, to)))
	if r.is(from, "one", "1") && to-from > 1 && !r.pluralAfter(from+1, to) && r.low(from+1) != "-" {
		from++
	}
	if from >= to || anyWorker[r.low(from)] && to-from == 1 || prefix == "" && to-from == 1 && r.isVerb(from) && !products[r.low(from)] {
		return
	}
	text := capitalise(prefix + r.impersonal(from, to))
	if utf8.RuneCountInString(text) < 3 {
		return
	}
	sure := 0.8
	if p.worker {
		sure = 0.6
	}
	r.brief.Title = Field[string]{Value: text, Sources: []Source{r.source(p.from, to)}, Confidence: sure}
	r.change(SlotTitle, p.from)
}

// replaces reports whether a phrase gives a better title than the known one:
// what it named was taken back, or it named only whom the person looks for.
func (r *reader) replaces(p phraseOf) bool {
	old := r.brief.Title
	if old.Sources[0].Kind != "message" {
		return false
	}
	if old.Sources[0].ID != r.id && !r.titleGone && (len(r.in.Known.Deliverables) > 0 || r.is(r.skipFillers(0, len(r.tokens)), "add", "also", "plus", "include")) {
		return false
	}
	return r.titleGone || old.Confidence < 0.7 && !p.worker && (r.in.Asked == "" || p.verb >= 0) && r.changedNow(SlotTitle) == (old.Sources[0].ID == r.id)
}

// titleEnd cuts a phrase where a title should end.
func (r *reader) titleEnd(from, to int) int {
	first := from + 1
	if r.is(from, "help", "assistance", "support") {
		first += 2
	}
	for k := first; k < to; k++ {
		if r.is(k, ",", "including", "with") || r.is(k, "for") && r.is(k+1, "my", "our", "me", "us") && (r.is(k+1, "me", "us") || relatives[r.low(k+2)]) {
			return k
		}
		if r.is(k, "for") && r.is(k+1, "my", "our") && k+2 < to && r.tokens[k+2].kind == number && r.hasWord("year", k+2, to) {
			return k // "for my 8-year-old"
		}
		if r.tokens[k].kind == number && r.is(k-1, "\"", "\u201d") {
			return k
		}
		if r.tokens[k].end-r.tokens[from].start > longest {
			for k > first && (r.tokens[k].tight || r.low(k-1) == "-") {
				k--
			}
			return k
		}
	}
	return to
}

// impersonal returns the words as they stand, with "my" and "our" as "a".
func (r *reader) impersonal(from, to int) string {
	var b strings.Builder
	for k := from; k < to; k++ {
		if k > from {
			b.WriteString(r.text[r.tokens[k-1].end:r.tokens[k].start])
		}
		switch {
		case r.is(k, "my", "our") && r.pluralAfter(k+1, to):
			trimmed := strings.TrimRight(b.String(), " ")
			b.Reset()
			b.WriteString(trimmed)
		case r.is(k, "my", "our"):
			b.WriteString(article(r.low(k + 1)))
		default:
			b.WriteString(r.titled(k))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// pluralAfter reports whether the noun phrase that begins at token i is in the plural.
func (r *reader) pluralAfter(i, to int) bool {
	last := i
	for last+1 < to && r.tokens[last+1].kind == word && !nounEnds[r.low(last+1)] {
		last++
	}
	low := r.low(last)
	if last < len(r.tokens) && r.text[r.tokens[last].end-1] == 'S' {
		return false // SaaS, CMS
	}
	return strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss") && !strings.HasSuffix(low, "us") && !strings.HasSuffix(low, "is")
}

func article(next string) string {
	if next != "" && strings.ContainsRune("aeio", rune(next[0])) {
		return "an"
	}
	return "a"
}

func capitalise(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	rest := text[size:]
	if next, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(next) {
		return text // iPhone, eBay
	}
	return string(unicode.ToUpper(first)) + rest
}
