package contacts

import (
	"regexp"
	"slices"
	"strings"
)

// number matches a run of digits as phone numbers are written. What it finds is
// looked at more closely.
var number = regexp.MustCompile(`^(?:\+|\b00)?\(?\d{1,5}\)?(?:[ .\-/\x{00a0}\x{2011}]{0,2}\(?\d{1,12}\)?){0,7}`)

var (
	// 415-555-2671, 415.555.2671, (415) 555-2671, 1-800-555-0199
	american = regexp.MustCompile(`^(?:1[-. ])?(?:\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4})$`)
	// 06 12 34 56 78
	french = regexp.MustCompile(`^0\d(?:[ .-]\d\d){4}$`)
	// 0171 2345678, 07700 900123, 030/12345678, (0)20 7946 0958
	trunk = regexp.MustCompile(`^\(?0\d{1,4}\)?[ /-]\d{3,4}[ -]?\d{3,5}$`)
	// 2024-05-30 and what follows; 30.05.2024, 12/05/2024
	dated = regexp.MustCompile(`^(?:(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}\b|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d\b)`)
	// 192.168.1.20
	dotted = regexp.MustCompile(`^\d{1,3}(?:\.\d{1,3}){3}$`)
	// 2019-2023, 2019 - 2023 2024
	years = regexp.MustCompile(`^(?:(?:19|20)\d\d[ \-/.]*)+$`)

	beforePhone = regexp.MustCompile(`(?i)\b(?:phone|tel|telephone|mobile|mob|cell|call(?: me| us)?|text me|sms|whats\s?app|viber|signal|imo|zalo|contact(?: me)?|reach(?: me)?|number|dial|ring|fax|ph)\b[^\d\n]{0,24}$`)
	counted     = regexp.MustCompile(`(?i)(?:[` + strings.Join(signs, "") + `]|\b(?:` + strings.Join(names, "|") + `))\W{0,3}(?:no\W{0,2}|number\W{0,2})?$`)
)

// What stands before numbers that nobody calls.
var (
	signs = []string{"$", "€", "£", "¥", "₹"}
	names = []string{
		"usd", "eur", "gbp", "inr", "rs", "cad", "aud", "budget", "price", "order", "invoice", "ticket", "id", "ref", "port", "version",
		"isbn", "asin", "sku", "imei", "code", "zip",
	}
)

// isCounted tells prices and numbers of things. It looks for their names first, which is quick.
func isCounted(before string) bool {
	lower := strings.ToLower(before)
	has := func(name string) bool { return strings.Contains(lower, name) }
	return (slices.ContainsFunc(signs, has) || slices.ContainsFunc(names, has)) && counted.MatchString(before)
}

const fewest = 7 // digits of a phone number

func phones(text string) []Contact {
	var found []Contact
	for at := 0; at < len(text); {
		start, digits, past := digitRun(text, at)
		m := []int(nil)
		if digits >= fewest {
			m = number.FindStringIndex(text[start:])
		}
		if m == nil {
			at = past
			continue
		}
		end := start + m[1]
		at = end
		piece := strings.TrimRight(text[start:end], " .-/(\u00a0\u2011")
		end = start + len(piece)
		if !isInWord(text, start, end) && isPhone(text, piece, start) {
			found = append(found, Contact{Phone, start, end})
		}
	}
	return found
}

// digitRun returns where the next number begins, how many digits follow with
// nothing between them but what stands in numbers, and where that ends.
func digitRun(text string, at int) (start, digits, past int) {
	for start = at; start < len(text) && !isDigit(text[start]); start++ {
	}
	for past = start; past < len(text); {
		size := inNumber(text[past:])
		if size == 0 {
			break
		}
		if isDigit(text[past]) {
			digits++
		}
		past += size
	}
	for _, sign := range []byte{'(', '+'} {
		if start > at && text[start-1] == sign {
			start--
		}
	}
	return start, digits, past
}

// inNumber returns the length of a character that stands in numbers, 0 for others.
func inNumber(text string) int {
	switch c := text[0]; {
	case isDigit(c), c == ' ', c == '.', c == '-', c == '/', c == '(', c == ')':
		return 1
	case c < 0x80:
		return 0
	case strings.HasPrefix(text, "\u00a0"):
		return len("\u00a0")
	case strings.HasPrefix(text, "\u2011"):
		return len("\u2011")
	}
	return 0
}

// isInWord: part of an identifier, an amount, a path or a formula.
func isInWord(text string, start, end int) bool {
	if start > 0 {
		switch c := text[start-1]; {
		case isLetter(c), isDigit(c), strings.IndexByte("_#@=/.&-+*$%~^", c) >= 0:
			return true
		}
	}
	if end < len(text) {
		c := text[end]
		switch {
		case isLetter(c), isDigit(c), strings.IndexByte("_@=%$+*", c) >= 0:
			return true
		case (c == '.' || c == ',' || c == ':') && end+1 < len(text) && isDigit(text[end+1]):
			return true // goes on: 1,000,000 or 12:30
		}
	}
	return false
}

func isPhone(text, piece string, start int) bool {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, piece)
	before := text[max(0, start-40):start]
	return called(piece, digits, before) && !isCounted(before)
}

// called reports whether a number looks like one that is called, by its form or
// by what stands before it.
func called(piece, digits, before string) bool {
	switch {
	case len(digits) < fewest || len(digits) > 15,
		dated.MatchString(piece), dotted.MatchString(piece), years.MatchString(piece), strings.TrimRight(digits[1:], "0") == "":
		return false
	case strings.HasPrefix(piece, "+"):
		return len(digits) >= 8 && digits[0] != '0'
	case strings.HasPrefix(piece, "00"):
		return len(digits) >= 10 && len(strings.TrimRight(digits, "0")) > 5
	case american.MatchString(piece), french.MatchString(piece), trunk.MatchString(piece) && len(digits) >= 9:
		return true
	}
	return beforePhone.MatchString(before)
}
