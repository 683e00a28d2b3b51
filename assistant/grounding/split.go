package grounding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many bytes without an end are taken for a sentence all the
// same, so that a stream without any holds back no more than this.
const longest = 1500

// Sentences splits a text into its sentences, each with the white space and
// list marker before it, so that they join to the text again.
func Sentences(text string) []string {
	var found []string
	for text != "" {
		unit, rest, ok := cut(text, true)
		if !ok {
			break
		}
		found = append(found, unit)
		text = rest
	}
	return found
}

// cut takes the first sentence off a text. Without final the text may go on,
// and ok is false until it is sure where the sentence ends.
func cut(text string, final bool) (unit, rest string, ok bool) {
	begun := false
	for i, r := range text {
		switch {
		case r == '\n' && begun:
			return text[:i], text[i:], true
		case isEnd(r) && begun:
			end, sure := closeSentence(text, i, r, final)
			if !sure {
				return "", text, false
			}
			if end > 0 {
				return text[:end], text[end:], true
			}
		}
		if !unicode.IsSpace(r) {
			begun = true
		}
		if i >= longest {
			return text[:lastSpace(text, i)], text[lastSpace(text, i):], true
		}
	}
	if final && text != "" {
		return text, "", true
	}
	return "", text, false
}

func isEnd(r rune) bool { return strings.ContainsRune(".!?…。！？", r) }

// closeSentence returns where the sentence ends whose full stop is at i, with
// the quotation marks, brackets and fact marks behind it, or 0 when the stop
// does not end one. It is not sure when what decides has not come yet.
func closeSentence(text string, i int, stop rune, final bool) (end int, sure bool) {
	j := i + utf8.RuneLen(stop)
	for j < len(text) {
		r, size := utf8.DecodeRuneInString(text[j:])
		if !isEnd(r) && !strings.ContainsRune("\"'”’»)*_`", r) {
			break
		}
		j += size
	}
	if j == len(text) {
		return j, final
	}
	r, _ := utf8.DecodeRuneInString(text[j:])
	wide := strings.ContainsRune("。！？", stop)
	if !unicode.IsSpace(r) && r != '[' && !wide {
		return 0, true
	}
	if stop == '.' && !endsSentence(text[:i]) {
		return 0, true
	}
	return takeMarks(text, j, final)
}

// takeMarks moves an end past the fact marks that follow it.
func takeMarks(text string, end int, final bool) (int, bool) {
	for {
		next := end
		for next < len(text) && (text[next] == ' ' || text[next] == '\t') {
			next++
		}
		if next == len(text) {
			return end, final
		}
		if text[next] != '[' {
			return end, true
		}
		size, complete := markAt(text[next:])
		if !complete {
			return end, final
		}
		if size == 0 {
			return end, true
		}
		end = next + size
	}
}

// endsSentence reports whether a full stop behind the text ends a sentence:
// not behind an abbreviation, an initial, or the number of a list item.
func endsSentence(before string) bool {
	start := strings.LastIndexFunc(before, unicode.IsSpace) + 1
	word := strings.Trim(before[start:], "(“\"'*_[")
	if abbreviations[strings.ToLower(word)] {
		return false
	}
	if len(word) == 1 && unicode.IsUpper(rune(word[0])) && word != "I" {
		return false
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return !isMarker(strings.TrimSpace(line) + ".")
}

// isMarker reports whether a word is the number of a list item: "2." or "2)".
func isMarker(word string) bool {
	digits := strings.TrimRight(word, ".)")
	return len(digits) > 0 && len(digits) <= 2 && len(word) == len(digits)+1 && strings.Trim(digits, "0123456789") == ""
}

// lastSpace returns the last white space before i, or i when there is none near.
func lastSpace(text string, i int) int {
	if at := strings.LastIndexFunc(text[:i], unicode.IsSpace); at > i-200 && at > 0 {
		return at
	}
	return i
}

var abbreviations = wordSet("e.g i.e etc vs mr mrs ms dr prof st no inc ltd co corp approx ca est dept fig max min incl excl resp p.s a.m p.m u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec hr hrs wk wks mo yr yrs")

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
