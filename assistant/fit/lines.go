package fit

import (
	"strings"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval/words"
)

// read adds the clauses of a text of a profile.
func (p *Person) read(text string, in part, field string, at int) {
	units, last := 0, 0 // UTF-16 position of byte last
	position := func(i int) int {
		units += utf16Len(text[last:i])
		last = i
		return units
	}
	plain := impersonal(text)
	if in == partHeadline {
		plain = impersonalHeadline(text)
	}
	bars := in == partHeadline && (strings.Count(plain, "|") >= 3 || strings.Count(plain, ",") >= 4)
	aimedBefore := false // what follows an order to the reader is no better than an offer
	each := func(from, to int) {
		for from < to && space(plain[from]) {
			from++
		}
		for to > from && space(plain[to-1]) {
			to--
		}
		if from >= to || len(p.lines) >= mostLines {
			return
		}
		l := line{part: in, field: field, quote: text[from:to], plain: plain[from:to], entry: at, keys: make(map[string]bool)}
		l.start = position(from)
		l.end = position(to)
		l.tokens = wordsOf(l.plain)
		l.stance = stanceOf(l.tokens, l.plain, in)
		l.skills = p.keysOf(l.plain, l.keys)
		if l.stance == done && (in == partOverview || in == partHeadline) && (bars || aimedBefore || l.listsNames()) {
			l.stance = pitched
		}
		aimedBefore = aimedBefore || l.stance == aimed
		p.lines = append(p.lines, l)
	}
	clauses(plain, each)
}

// stuffed is from how many names on a clause that is hardly more counts as a list.
const stuffed = 4

// listsNames reports whether a clause is a list of names, which proves nothing.
func (l *line) listsNames() bool {
	parts := 1 + strings.Count(l.quote, ",") + strings.Count(l.quote, "/")
	return len(l.skills) >= stuffed && len(l.tokens) < 4*len(l.skills) || parts >= stuffed && float64(len(l.tokens)) <= 2.6*float64(parts)
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func utf16Len(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// clauses calls each for the clauses of a text, as byte ranges: sentences,
// parted further where one half may deny what the other tells.
func clauses(text string, each func(from, to int)) {
	start := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		next := i + size
		switch {
		case r == '\n' || r == ';' || r == '!' || r == '?' || r == '…' || r == '|' || r == '•' || r == '·',
			r == '.' && (next == len(text) || space(text[next]) || text[next] == '"' || text[next] == ')') && !abbreviation(text[start:i]),
			(r == '—' || r == '–' || r == '-') && i > 0 && text[i-1] == ' ' && next < len(text) && text[next] == ' ':
			each(start, next)
			start = next
		case r == ',' && turns(text[next:]):
			each(start, i)
			start = next
		case r == ' ' && (breaks(text[next:])):
			each(start, i)
			start = next
		}
		i = next
		if i-start > longestClause {
			each(start, i)
			start = i
		}
	}
	each(start, len(text))
}

const longestClause = 600

// abbreviation reports whether a text ends with one, so that the dot behind
// ends no sentence.
func abbreviation(text string) bool {
	last := text[strings.LastIndexByte(text, ' ')+1:]
	switch strings.ToLower(last) {
	case "e.g", "i.e", "etc", "dr", "mr", "mrs", "ms", "prof", "st", "no", "ca", "approx", "inc", "vs":
		return true
	}
	return false
}

// turns reports whether what follows a comma is another thought: one that
// denies, or has a subject of its own.
func turns(after string) bool {
	return startsWith(after, " no ", " not ", " never ", " nor ", " without ", " just ", " only ", " but ", " so ", " though ", " although ", " however", " instead", " i ", " i'm ", " i've ", " i’m ", " i’ve ", " we ", " my ", " it ", " they ", " none ", " nothing ", " neither ", " the rest ", " which i ", " everything else", " which is ", " yet ", " people ", " rather ")
}

// breaks reports whether what follows a space is a word that another thought begins with.
func breaks(after string) bool {
	return startsWith(after, "but ", "however ", "although ", "though ", "whereas ", "and never ", "and not ", "and no ", "and i don't ", "and i don’t ", "and don't ", "and don’t ", "and do not ", "and i do not ", "and have no ", "and have never ", "and i have never ", "and i have not ", "and have not ", "and haven't ", "without ", "instead of ", "rather than ", "because ", "and cannot ", "and can't ", "not yet ")
}

func startsWith(text string, any ...string) bool {
	for _, prefix := range any {
		if len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix) {
			return true
		}
	}
	return false
}

// wordsOf are the lower-case words of a clause with plain apostrophes kept in them.
func wordsOf(text string) []string {
	low := strings.ReplaceAll(strings.ToLower(text), "’", "'")
	return strings.FieldsFunc(low, func(r rune) bool {
		return !(r == '\'' || r == '+' || r == '#' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > utf8.RuneSelf && r != '—' && r != '–' && r != '“' && r != '”' && r != '…')
	})
}

// keysOf adds what a text shows to keys, and returns the skills that it names.
func (p *Person) keysOf(text string, keys map[string]bool) (names []string) {
	t := concepts()
	list := words.Split(text)
	before := ""
	for _, w := range list {
		stem := words.Stem(w)
		keys[stem] = true
		if root := rootOf(stem); root != "" {
			keys[root] = true
		}
		t.show(stem, keys)
		if before != "" && t.pairs[before] {
			t.show(before+" "+stem, keys)
		}
		before = stem
	}
	for _, w := range list {
		if code := demonyms[w]; code != "" {
			keys["@"+code] = true
		}
		if first := firstPart(w); first != "" {
			keys[words.Stem(first)] = true
			t.show(words.Stem(first), keys)
		}
	}
	for _, w := range humps(text) {
		keys[words.Stem(w)] = true
		t.show(words.Stem(w), keys)
	}
	for _, m := range p.reader.vocabulary.Match(text) {
		if keys[words.SkillTerm(m.Skill.Name)] {
			continue
		}
		names = append(names, m.Skill.Name)
		keys[words.SkillTerm(m.Skill.Name)] = true
	}
	return names
}

// secondParts end words that are two: "filmmaker", "guidebooks", "campsite".
var secondParts = []string{"maker", "makers", "making", "book", "books", "site", "sites", "shop", "shops", "works", "yard", "yards", "field", "fields"}

// firstPart returns the first of the two words that a word is made of, "" where
// it is one.
func firstPart(word string) string {
	for _, second := range secondParts {
		if first, ok := strings.CutSuffix(word, second); ok && len(first) >= 4 {
			return first
		}
	}
	return ""
}

// show adds the concepts that a stem, or two with a space, show.
func (t *thesaurus) show(key string, keys map[string]bool) {
	ids, ok := t.shows[key]
	if !ok {
		return
	}
	if len(key) > 0 {
		keys[key] = true
	}
	for _, id := range ids {
		keys[conceptKey(id)] = true
	}
}

// humps are the parts of words such as CoreBluetooth, in lower case.
func humps(text string) []string {
	var parts []string
	for word := range strings.FieldsSeq(text) {
		start := 0
		for i := 1; i < len(word); i++ {
			if word[i] >= 'A' && word[i] <= 'Z' && word[i-1] >= 'a' && word[i-1] <= 'z' {
				if i-start >= 4 {
					parts = append(parts, strings.ToLower(word[start:i]))
				}
				start = i
			}
		}
		if rest := word[start:]; start > 0 && len(rest) >= 4 {
			parts = append(parts, strings.ToLower(strings.TrimRight(rest, ".,;:)")))
		}
	}
	return parts
}

// rootEndings make other words of the same root: "recogn" of "recogniser" and
// of "recognition".
var rootEndings = []string{"ition", "ation", "itor", "ator", "atur", "it", "at", "er", "or", "ment", "ist", "iv"}

// rootOf is what a stem shares with other words of its family, with a mark
// that no stem has; "" where too little is left.
func rootOf(stem string) string {
	if len(stem) < 6 || stem[0] > 'z' {
		return ""
	}
	for _, ending := range rootEndings {
		if rest, ok := strings.CutSuffix(stem, ending); ok && len(rest) >= 5 {
			return "^" + rest
		}
	}
	return "^" + stem
}
