package brief

import (
	"strconv"
	"strings"
)

// figure is a number as it was said.
type figure struct {
	value float64
	scale float64 // 1000 for "4k", 1 for a plain number
	words bool    // said in words
	vague bool    // "a few": value to value+spread
	end   int     // the token after it
}

// biggest is the largest number that is read; beyond it nothing of use was meant.
const biggest = 1e10

// figureAt reads the number that begins at token i: "4,000", "3.5k", "four
// thousand", "a dozen", "two and a half".
func (v *view) figureAt(i int) (figure, bool) {
	f, ok := v.plainNumber(i)
	if !ok {
		return figure{}, false
	}
	f = v.half(f)
	for {
		factor, end := v.scaleAt(f)
		if factor == 0 {
			break
		}
		f.value, f.scale, f.end = f.value*factor, f.scale*factor, end
		f = v.half(f)
	}
	return f, f.value <= biggest
}

// plainNumber reads digits or words, without what multiplies them.
func (v *view) plainNumber(i int) (figure, bool) {
	if i < 0 || i >= len(v.tokens) {
		return figure{}, false
	}
	if v.tokens[i].kind == number {
		value := v.tokens[i].value
		return figure{value: value, scale: 1, end: i + 1}, value >= 0
	}
	if v.tokens[i].kind != word {
		return figure{}, false
	}
	return v.spelled(i)
}

// parseDigits reads digits with separators of thousands and decimals of any
// custom, -1 for what is no number. A dot or comma before exactly three digits
// parts thousands.
func parseDigits(text string) float64 {
	if len(text) == 1 {
		return float64(text[0] - '0')
	}
	if len(text) > 24 {
		return -1
	}
	for _, separator := range []string{"'", "\u2019", "\u00a0", "\u202f"} {
		text = strings.ReplaceAll(text, separator, "")
	}
	dots, commas := strings.Count(text, "."), strings.Count(text, ",")
	dot, comma := strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ',')
	switch {
	case len(text) > 15:
		return -1
	case dots > 0 && commas > 0 && dot > comma && dots == 1:
		text = strings.ReplaceAll(text, ",", "")
	case dots > 0 && commas > 0 && commas == 1:
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", ".")
	case dots > 0 && commas > 0:
		return -1
	case dots+commas > 1 || dots+commas == 1 && len(text)-max(dot, comma) == 4 && text[0] != '0':
		if !grouped(text, max(dots, commas)) {
			return -1
		}
		text = strings.ReplaceAll(strings.ReplaceAll(text, ".", ""), ",", "")
	case commas == 1:
		text = strings.Replace(text, ",", ".", 1)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return -1
	}
	return value
}

// grouped reports whether a number's separators part groups of three digits:
// not so in a version such as 1.2.3 or a date such as 5.3.2027. "1,00,000" is
// how lakhs are written.
func grouped(text string, separators int) bool {
	groups := strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ',' })
	for k, group := range groups {
		last := k == len(groups)-1
		switch {
		case k == 0 && len(group) <= 3, k > 0 && len(group) == 3, k > 0 && !last && len(group) == 2 && separators > 1:
		default:
			return false
		}
	}
	return true
}

var small = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]float64{
	"k": 1e3, "grand": 1e3, "thousand": 1e3, "thousands": 1e3, "hundred": 100, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "crore": 1e7, "crores": 1e7,
	"million": 1e6, "mil": 1e6, "mio": 1e6, "m": 1e6, "dozen": 12, "dozens": 12,
}

// spelled reads a number in words up to 999 and the vague "a couple", "a few";
// scaleAt goes on from there.
func (v *view) spelled(i int) (figure, bool) {
	if v.is(i, "a", "an") {
		return v.articleNumber(i)
	}
	if v.is(i, "half", "couple", "few", "several", "dozen", "hundred", "thousand") {
		return v.looseNumber(i)
	}
	value, end, ok := v.belowHundred(i)
	if !ok {
		return figure{}, false
	}
	if v.low(end) == "hundred" {
		value, end = value*100, end+1
		next := end
		if v.low(next) == "and" {
			next++
		}
		if more, after, ok := v.belowHundred(next); ok {
			value, end = value+more, after
		}
	}
	return figure{value: value, scale: 1, words: true, end: end}, true
}

func (v *view) belowHundred(i int) (value float64, end int, ok bool) {
	if value, ok = small[v.low(i)]; ok {
		return value, i + 1, true
	}
	if value, ok = tens[v.low(i)]; !ok {
		return 0, i, false
	}
	next := i + 1
	if v.low(next) == "-" {
		next++
	}
	if one, ok := small[v.low(next)]; ok && one >= 1 && one <= 9 {
		return value + one, next + 1, true
	}
	return value, i + 1, true
}

// articleNumber reads "a dozen", "a couple of", "a few", "a thousand".
func (v *view) articleNumber(i int) (figure, bool) {
	switch v.low(i + 1) {
	case "couple":
		return figure{value: 2, scale: 1, words: true, end: v.of(i + 2)}, true
	case "few":
		return figure{value: 3, scale: 1, words: true, vague: true, end: v.of(i + 2)}, true
	case "dozen", "hundred", "thousand", "grand", "lakh", "million", "half":
		if v.low(i+1) == "half" {
			return figure{}, false
		}
		return figure{value: 1, scale: 1, words: true, end: i + 1}, true
	}
	return figure{}, false
}

// looseNumber reads "half a", "couple of", "several" and a scale without "a".
func (v *view) looseNumber(i int) (figure, bool) {
	switch v.low(i) {
	case "half":
		if v.is(i+1, "a", "an") && v.is(i+2, "dozen", "million", "grand", "thousand", "lakh", "crore") {
			return figure{value: 0.5, scale: 1, words: true, end: i + 2}, true
		}
		return figure{}, false
	case "couple":
		return figure{value: 2, scale: 1, words: true, end: v.of(i + 1)}, true
	case "hundred", "thousand", "dozen":
		return figure{value: 1, scale: 1, words: true, end: i}, v.is(i-1, "a", "one")
	case "few", "several":
		return figure{value: 3, scale: 1, words: true, vague: true, end: v.of(i + 1)}, true
	}
	return figure{}, false
}

func (v *view) of(i int) int {
	if v.low(i) == "of" {
		return i + 1
	}
	return i
}

// half adds "and a half" to a number.
func (v *view) half(f figure) figure {
	if end := v.sequence(f.end, []string{"and", "a", "half"}); end > 0 {
		f.value, f.end = f.value+f.scale/2, end
	}
	return f
}

// scaleAt returns what the word after a number multiplies it with: "k" only
// directly behind digits or after words, and "m" never, unless tight.
func (v *view) scaleAt(f figure) (factor float64, end int) {
	low := v.low(f.end)
	factor = scales[low]
	switch {
	case factor == 0 || f.scale*factor > 1e8:
		return 0, f.end
	case low == "m" || low == "mil" || low == "mio":
		if f.words || !v.tokens[f.end].tight {
			return 0, f.end
		}
	}
	return factor, f.end + 1
}
