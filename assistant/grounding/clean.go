package grounding

import (
	"html"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean is a text as it is read: without markup and characters that nobody
// sees, in compatibility form, dates written out. It knows where each of its
// bytes stood.
type clean struct {
	text       string
	from, upto []int32 // of the original, for each byte; nil where nothing changed
	lead       int     // bytes left out at the beginning, where nothing else changed
}

// prepare cleans a text. At the start of a line also the marker of a list item,
// a quotation or a heading is left out.
func prepare(text string, lineStart bool) clean {
	lead := 0
	if lineStart {
		lead = bareStart(text)
	}
	if isPlainText(text[lead:]) {
		return clean{text: text[lead:], lead: lead}
	}
	c := clean{lead: lead}
	c.build(text)
	c.unmask()
	return c
}

// span turns bytes [i, j) of the clean text into those of the original.
func (c clean) span(i, j int) (int, int) {
	if i >= j {
		return c.lead, c.lead
	}
	if c.from == nil {
		return i + c.lead, j + c.lead
	}
	return int(c.from[i]), int(c.upto[j-1])
}

// isPlainText reports whether a text reads as it stands.
func isPlainText(text string) bool {
	for i, b := range text {
		switch {
		case b >= utf8.RuneSelf && !isUsual(b) || b < ' ' && b != '\n' && b != '\t':
			return false
		case b == '*' || b == '_' || b == '`' || b == '~' || b == '<' || b == '&':
			return false
		case b == '-' && i >= 4 && isoAt(text, i-4) > 0:
			return false
		}
	}
	return true
}

// isUsual reports whether a sign beyond ASCII stands for itself.
func isUsual(r rune) bool {
	switch r {
	case '€', '£', '–', '—', '“', '”', '‘', '’', '•':
		return true
	}
	return r >= 'À' && r <= 'ÿ'
}

func (c *clean) build(text string) {
	var out strings.Builder
	put := func(s string, from, upto int) {
		out.WriteString(s)
		for range len(s) {
			c.from, c.upto = append(c.from, int32(from)), append(c.upto, int32(upto))
		}
	}
	c.from, c.upto = make([]int32, 0, len(text)), make([]int32, 0, len(text))
	for i := c.lead; i < len(text); {
		if month := isoAt(text, i); month > 0 {
			put(strings.TrimPrefix(text[i+8:i+10], "0")+" "+monthNames[month-1]+" "+text[i:i+4], i, i+10)
			i += 10
			continue
		}
		if size := markupAt(text, i); size > 0 {
			i += size
			continue
		}
		if size := entityAt(text[i:]); size > 0 {
			put(norm.NFKC.String(html.UnescapeString(text[i:i+size])), i, i+size)
			i += size
			continue
		}
		size := 1
		if text[i] >= utf8.RuneSelf || i+1 < len(text) && text[i+1] >= utf8.RuneSelf {
			size = max(1, norm.NFKC.NextBoundaryInString(text[i:], true))
		}
		put(strings.Map(visible, norm.NFKC.String(text[i:i+size])), i, i+size)
		i += size
	}
	c.text = out.String()
}

// visible leaves out what is not seen (or only struck through what is), so that
// no word can be hidden from the check by it.
func visible(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return r
	case r < ' ', r == 0x7f, r == 0x034f, r == 0x115f, r == 0x1160, r == 0x3164, r >= 0xfe00 && r <= 0xfe0f, r >= 0x0334 && r <= 0x0338, r == 0x20e3:
		return -1
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// isoAt returns the month of a date such as 2026-12-24 that begins at i, or 0.
func isoAt(text string, i int) int {
	if i+10 > len(text) || i > 0 && text[i-1] >= '0' && text[i-1] <= '9' {
		return 0
	}
	part := text[i : i+10]
	if part[4] != '-' || part[7] != '-' || !isPlain(part[:4]) || !isPlain(part[5:7]) || !isPlain(part[8:]) {
		return 0
	}
	month := int(part[5]-'0')*10 + int(part[6]-'0')
	if month > 12 {
		return 0
	}
	return month
}

// markupAt returns the length of the markup at i: emphasis, code, a tag.
func markupAt(text string, i int) int {
	switch text[i] {
	case '*', '`', '~':
		return 1
	case '_':
		if i > 0 && i+1 < len(text) && isLetterOrDigit(text[i-1]) && isLetterOrDigit(text[i+1]) {
			return 0
		}
		return 1
	case '<':
		end := strings.IndexByte(text[i:min(len(text), i+60)], '>')
		if end > 1 && (text[i+1] == '/' || isLetterOrDigit(text[i+1]) && text[i+1] > '9') {
			return end + 1
		}
	}
	return 0
}

func isLetterOrDigit(b byte) bool {
	return b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf
}

func entityAt(text string) int {
	if text[0] != '&' {
		return 0
	}
	end := strings.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 || html.UnescapeString(text[:end+1]) == text[:end+1] {
		return 0
	}
	return end + 1
}

// unmask writes words that mix scripts with the Latin letters that they look
// like, so that a Cyrillic "а" in Kafka makes no other word of it.
func (c *clean) unmask() {
	if !strings.ContainsFunc(c.text, func(r rune) bool { return lookalikes[r] != 0 }) {
		return
	}
	var out strings.Builder
	var from, upto []int32
	for i := 0; i < len(c.text); {
		end := i + strings.IndexFunc(c.text[i:]+" ", func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if end == i {
			_, size := utf8.DecodeRuneInString(c.text[i:])
			end += size
		}
		word := c.text[i:end]
		latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) || r >= '0' && r <= '9' })
		for k, r := range word {
			s := string(r)
			if to := lookalikes[r]; to != 0 && latin {
				s = string(to)
			}
			out.WriteString(s)
			for range len(s) {
				from, upto = append(from, c.from[i+k]), append(upto, c.upto[i+k])
			}
		}
		i = end
	}
	c.text, c.from, c.upto = out.String(), from, upto
}

// units16 returns the UTF-16 position of a byte of a text; positions are asked
// for in any order, so that the text is counted once.
func units16(text string) func(at int) int {
	ascii := true
	for i := range len(text) {
		ascii = ascii && text[i] < utf8.RuneSelf
	}
	if ascii {
		return func(at int) int { return at }
	}
	starts := make([]int, 0, len(text))
	units := make([]int, 0, len(text))
	n := 0
	for i, r := range text {
		starts, units = append(starts, i), append(units, n)
		n++
		if r > 0xffff {
			n++
		}
	}
	return func(at int) int {
		k := sort.SearchInts(starts, at)
		if k == len(starts) {
			return n
		}
		return units[k]
	}
}

// lookalikes are letters of other scripts that pass for Latin ones.
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ј': 'j', 'ѕ': 's', 'ԁ': 'd', 'һ': 'h', 'к': 'k', 'м': 'm', 'т': 't', 'в': 'b', 'ӏ': 'l', 'ո': 'n',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X', 'У': 'Y', 'І': 'I', 'Ј': 'J', 'Ѕ': 'S',
	'α': 'a', 'ο': 'o', 'ρ': 'p', 'ν': 'v', 'ι': 'i', 'κ': 'k', 'υ': 'u', 'χ': 'x', 'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
}
