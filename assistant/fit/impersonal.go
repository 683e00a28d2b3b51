package fit

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// Impersonal returns a profile whose texts do not say who somebody is: names
// by which they introduce themselves or sign, pronouns, age, sex, family,
// faith, descent, orientation and health. What is taken out is replaced by
// spaces, byte for byte, so that positions stay. It is what profiles are
// compared by; people are shown the profile itself.
//
// A name that merely occurs in a sentence is left, and so is a subject of work:
// "wrote for a Muslim women's magazine" says what somebody has done.
func Impersonal(p retrieval.Profile) retrieval.Profile {
	p.Headline = impersonalHeadline(clip(p.Headline, longestProfile))
	p.Overview = impersonal(clip(p.Overview, longestProfile))
	p.Experience = slices.Clone(p.Experience[:min(len(p.Experience), mostEntries)])
	for i := range p.Experience {
		e := &p.Experience[i]
		e.Title, e.Text = impersonal(clip(e.Title, longestProfile)), impersonal(clip(e.Text, longestProfile))
	}
	return p
}

// oneName is a name as it is written: up to four words with a capital, with the
// small ones that stand within names.
const oneName = `\p{Lu}[\p{L}'’\-]*(?:[ \t]+(?:(?:de|da|dos|di|du|la|le|van|von|v\.|der|den|al|el|bin|ibn|ter)[ \t]+){0,2}(?:\p{Lu}\.|\p{Lu}[\p{L}'’\-]*|al-\p{L}+)){0,3}`

var (
	// introduced are names that somebody says are theirs.
	introduced = regexp.MustCompile(`(?:(?:[Hh]i|[Hh]ello|[Hh]ey)(?: there)?[,!.]?\s+)?(?:\b[Mm]y (?:\p{L}+ )?name(?: there)?(?:['’]s| is|:)|\b[Nn]ame\s*:|\b(?:(?:[Pp]lease )?[Cc]all(?:s|ed)?|[Kk]nows?) me(?: as)?|\bI am called|\bI go by|\b[Ii]t['’]s me,|\b[Cc]ontact:|\b[Kk]nown as|\b[Ss]igned(?: as)?:?)\s+` + oneName + `[.!]?|(?:[Hh]i|[Hh]ello|[Hh]ey)[,!.]?\s+` + oneName + ` here\b`)
	// greeted are names that somebody may say are theirs, or "I'm AWS, Azure and GCP certified".
	greeted = regexp.MustCompile(`(?:(?:[Hh]i|[Hh]ello|[Hh]ey)(?: there)?[,!.]?\s+)?\bI(?:['’]m| am)\s+(` + oneName + `)(?:[.!,;:]|\s+[–—-]|\s+and\s+I\b|\s+from\b|$)`)
	// parting is a name below a text, behind words that say that it is one.
	parting = regexp.MustCompile(`(?:^|[\n.!]|\s[–—-])\s*((?:(?:[Bb]est|[Kk]ind|[Ww]arm)(?: (?:wishes|regards))?|[Cc]heers|[Rr]egards|[Tt]hanks|[Ss]incerely|[Yy]ours(?: truly)?)\s*[,–—-]?\s*` + oneName + `)\s*[.!]?\s*$`)
	// below is what may be a name below or behind a text.
	below = regexp.MustCompile(`(?:\n|\s[–—-])\s*(` + oneName + `)\s*[.!]?\s*$`)

	pronouns = regexp.MustCompile(`(?i)\(?(?:\b(?:my )?pronouns?(?: are)?\s*:?\s*|\bI use )?\b(?:she|he|they|ze|xe|sie)\s*/\s*(?:hers?|him|his|them|theirs?|they|she|he|zir|hir|xem)\b(?:\s*/\s*(?:hers?|his|theirs?|them|zirs?))?(?: pronouns)?\)?`)
	birth    = regexp.MustCompile(`(?:\bI was )?\b[Bb]orn (?:in|on) (?:[A-Za-z0-9,. ]{0,20}?)(?:19|20)\d\d\b|\b[Dd]ate of birth\s*:[^\n]{0,20}?(?:19|20)\d\d\b|\b(?:I(?:['’]m| am) aged|Aged|Age\s*:?|[Rr]etired at)\s+\d\d\b(?:\s+years)?|\b[Bb]orn and (?:raised|bred) in [^.!?\n]*|\b[Ii]n my (?:early |mid-?|late )?(?:twen|thir|for|fif|six|seven|eigh)ties\b`)
)

// impersonal blanks what a running text says of the person.
func impersonal(text string) string {
	b := blanking{text: text}
	if has(text, " name", "Name:", "name:", "all me", "alls me", "alled", "now me", "nows me", "nown as", "igned", "go by", "s me,", "ontact:", " here") {
		b.all(introduced, 0)
	}
	if has(text, "I'm", "I’m", "I am") {
		b.names(greeted)
	}
	b.signed()
	if has(text, "/h", "/t", "/H", "/T", "/z", "/x", "/s", "/ ") {
		b.all(pronouns, 0)
	}
	if has(text, "orn in", "orn on", "orn and", "of birth", "m aged", "Aged", "Age", "etired at", "n my ") {
		b.all(birth, 0)
	}
	b.described()
	b.stops()
	return b.result()
}

// has reports whether a text has one of some parts, without which a slower look is idle.
func has(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}

// impersonalHeadline blanks, besides, a name in front of a headline or behind it.
func impersonalHeadline(text string) string {
	b := blanking{text: impersonal(text)}
	if !b.edge(inFront) {
		b.edge(behind)
	}
	return b.result()
}

var (
	inFront = regexp.MustCompile(`^\s*(` + oneName + `)\s*(?:[|·:,]|\s[–—-])\s*`)
	behind  = regexp.MustCompile(`\s*(?:[|·,]|\s[–—-])\s*(` + oneName + `)\s*$`)
)

// isName reports whether words with capitals at the edge of a text are a name
// rather than a trade or tool: the first of them is in no text that work is
// described by, or is a first name although it is a word too.
func isName(text string) bool {
	if _, second, _ := cut2(text); !unicode.IsLower(second) || len(skills.Default().Match(text)) > 0 {
		return false
	}
	list := words.Split(text)
	for i, w := range list {
		switch _, language := languageCodes[w]; {
		case language:
			return false
		case i == 0 && firstNames[w]:
			return true
		}
	}
	return len(list) > 0 && !words.Default().Known(words.Stem(list[0])) && (len(list) > 1 || !tradeEnding.MatchString(list[0]))
}

// cut2 returns the first two characters of a text.
func cut2(text string) (first, second rune, size int) {
	first, size = utf8.DecodeRuneInString(text)
	second, _ = utf8.DecodeRuneInString(text[size:])
	return first, second, size
}

var tradeEnding = regexp.MustCompile(`(?:er|or|ist|ian|ant|eur|smith|wright|man|woman|ing)s?$`)

// firstNames are those that are words of other meanings as well.
var firstNames = set(`april may june august rose grace faith hope joy dawn summer autumn mason hunter carter cooper dean mark will bill frank jack rob pat penny jordan chelsea kenya
	georgia savannah carolina victoria sydney chase drew grant lance miles ray rich rusty sandy violet lily iris daisy ivy heather holly hazel olive poppy ginger melody carol eve guy
	earl pearl opal carrie maria carlos john david max nick harry peter tony sam alex charlie robin jesse jesus angel christian julia baker`)

// unnamed blanks, besides, every word with a capital that no text on work has
// and that is no skill, and first names: likeness must not rest on a name,
// whosever it is.
func unnamed(text string) string {
	b := blanking{text: text}
	eachWord(text, func(from, to int) {
		word := text[from:to]
		first := from > 0 && firstNames[strings.ToLower(word)] // "Will" and "May" begin sentences too
		if strings.IndexFunc(word, unicode.IsUpper) < 0 || !first && slices.ContainsFunc(words.Split(word), ofWork) {
			return
		}
		if _, known := skills.Default().Lookup(word); !known {
			b.blank(from, to)
		}
	})
	return b.result()
}

// ofWork reports whether a word stands in texts on work, "e" in "e-commerce" aside.
func ofWork(word string) bool { return len(word) > 2 && words.Default().Known(words.Stem(word)) }

// eachWord calls yield for the words of a text, hyphens and apostrophes within them.
func eachWord(text string, yield func(from, to int)) {
	from := -1
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || from >= 0 && (r == '-' || r == '\'' || r == '’') {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			yield(from, i)
			from = -1
		}
	}
	if from >= 0 {
		yield(from, len(text))
	}
}

// blanking puts spaces in the place of parts of a text.
type blanking struct {
	text string
	out  []byte // nil while nothing is blank
}

func (b *blanking) blank(from, to int) {
	if b.out == nil {
		b.out = []byte(b.text)
	}
	for i := from; i < to; i++ {
		if b.out[i] != '\n' {
			b.out[i] = ' '
		}
	}
}

// stops blanks the signs that ended what is blank now, where they would stand
// alone, or end what does not end there.
func (b *blanking) stops() {
	full := true // nothing but blanks since the last sentence
	for i := range b.out {
		c := b.out[i]
		switch {
		case c == ' ' || c == '\n':
		case strings.IndexByte(".!?,;:)", c) >= 0 && i > 0 && b.out[i-1] == ' ' && b.text[i-1] != ' ' && (full || strings.TrimSpace(b.text[i+1:]) == ""):
			b.out[i] = ' '
		default:
			full = strings.IndexByte(".!?", c) >= 0
		}
	}
}

// all blanks a group of every match.
func (b *blanking) all(pattern *regexp.Regexp, group int) {
	for _, m := range pattern.FindAllStringSubmatchIndex(b.text, -1) {
		b.blank(m[2*group], m[2*group+1])
	}
}

// signed blanks a name at the end of a text.
func (b *blanking) signed() {
	at := b.tail()
	end := strings.TrimRight(b.text[at:], " \n.!")
	last := end[strings.LastIndexAny(end, " \n\t")+1:]
	if r, _ := utf8.DecodeRuneInString(last); !unicode.IsUpper(r) && !strings.HasPrefix(last, "al-") {
		return
	}
	if m := parting.FindStringSubmatchIndex(b.text[at:]); m != nil {
		b.blank(at+m[2], at+m[3])
	}
	if m := below.FindStringSubmatchIndex(b.text[at:]); m != nil && isName(b.text[at+m[2]:at+m[3]]) {
		b.blank(at+m[0], at+m[1])
	}
}

// longestParting is how much of the end of a text may be a signature, in bytes.
const longestParting = 120

// tail is where the end of a text begins that a signature may stand in.
func (b *blanking) tail() int {
	at := max(0, len(b.text)-longestParting)
	for at > 0 && !utf8.RuneStart(b.text[at]) {
		at--
	}
	return at
}

// edge blanks a match whose first group is a name, and reports whether it did.
func (b *blanking) edge(pattern *regexp.Regexp) bool {
	m := pattern.FindStringSubmatchIndex(b.text)
	if m == nil || !isName(b.text[m[2]:m[3]]) {
		return false
	}
	b.blank(m[0], m[1])
	return true
}

// names blanks matches whose first group is not a skill or an abbreviation.
func (b *blanking) names(pattern *regexp.Regexp) {
	for _, m := range pattern.FindAllStringSubmatchIndex(b.text, -1) {
		name := b.text[m[2]:m[3]]
		if len(skills.Default().Match(name)) == 0 && strings.IndexFunc(name, unicode.IsLower) >= 0 {
			b.blank(m[0], m[1])
		}
	}
}

func (b *blanking) result() string {
	if b.out == nil {
		return b.text
	}
	return string(b.out)
}
