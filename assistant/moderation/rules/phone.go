package rules

import "strings"

// phones finds numbers in a form that only phone numbers have.
func phones(s *scan) (found []span) {
	for i := range s.numbersIn() {
		if n := &s.memo.numbers[i]; s.maybePhone(n) && (n.isPhone() || s.dressed(n)) {
			found = append(found, n.span)
		}
	}
	return found
}

// bareDigits finds numbers that may be phone numbers if somebody says so.
func bareDigits(s *scan) (found []span) {
	for i := range s.numbersIn() {
		if n := &s.memo.numbers[i]; s.maybePhone(n) && !n.isPhone() {
			found = append(found, n.span)
		}
	}
	return found
}

// maybePhone leaves out what is something else.
func (s *scan) maybePhone(n *number) bool {
	if len(n.digits) < 7 || len(n.digits) > 15 || !n.freestanding(s.text) || n.amount() || n.date() || n.technical() || sameDigits(n.digits) {
		return false
	}
	if strings.Contains(strings.Join(n.seps, ""), ",") && !n.singles() {
		return false
	}
	for _, l := range s.links() {
		if n.start >= l.full.start && n.start < l.full.end {
			return false
		}
	}
	return true
}

// sameDigits tells placeholders: "0000000", "1234567".
func sameDigits(digits string) bool {
	same, ascending := true, true
	for i := 1; i < len(digits); i++ {
		same = same && digits[i] == digits[i-1]
		ascending = ascending && digits[i] == digits[i-1]+1
	}
	return same || ascending
}

// singles tells whether every digit stands alone, or nearly so.
func (n *number) singles() bool {
	for _, g := range n.groups {
		if len(g) > 2 {
			return false
		}
	}
	return len(n.groups) >= 5 && 3*len(n.groups) >= 2*len(n.digits)
}

// dressed tells whether digits are written in characters that are no digits of a keyboard.
func (s *scan) dressed(n *number) bool {
	if s.original == "" || len(n.digits) < 8 {
		return false
	}
	from, to := s.reading.Span(n.start, n.end)
	plain := 0
	for _, r := range sliceUnits(s.original, from, to) {
		if r >= '0' && r <= '9' {
			plain++
		}
	}
	keycaps := strings.Contains(s.original, "\u20E3")
	return plain < len(n.digits) || keycaps
}

// phoneShapes are groups of digits as phone numbers have them and little else.
var phoneShapes = map[string]bool{
	"3-3-4": true, "1-3-3-4": true, // North America
	"5-5":   true,                // India, and Britain with its zero
	"2-5-4": true,                // Brazil
	"3-4-4": true, "4-3-4": true, // Nigeria, the Philippines, China
	"2-2-2-2-2": true, // France
}

// isPhone tells whether a number has a form that only phone numbers have.
func (n *number) isPhone() bool {
	digits := len(n.digits)
	switch {
	case n.plus:
		return digits >= 10 || digits >= 8 && len(n.groups) > 1
	case strings.HasPrefix(n.digits, "00") && n.digits[2] != '0':
		return digits >= 11 && len(n.groups) > 1 || digits >= 12
	case n.singles():
		return digits >= 8 && digits <= 13
	case len(n.seps) > 0 && !n.sepsOf(" -./()\n") || digits < 9 || digits > 12:
		return false
	case n.paren:
		return len(n.groups) > 1
	case n.digits[0] == '0':
		return len(n.groups) > 1 && digits >= 9 && len(n.groups[0]) >= 2 && len(n.groups[0]) <= 5
	}
	shape := n.shape()
	if shape == "3-3-4" || shape == "1-3-3-4" {
		return n.digits[digits-10] >= '2'
	}
	if shape == "5-5" {
		return n.digits[0] >= '6'
	}
	return phoneShapes[shape] && n.alike() == (shape != "2-5-4")
}

// spelledPhones finds numbers that were spelled out.
func spelledPhones(s *scan) (found []span) {
	for _, p := range s.reading.spelled {
		digits := count(s.text[p.start:p.end], isDigit)
		if digits >= 7 && digits <= 15 && !sameDigits(s.text[p.start:p.end]) {
			found = append(found, p)
		}
	}
	return found
}

// dividedPhones finds two or three short numbers with words between them that
// make a phone number together.
func dividedPhones(s *scan) (found []span) {
	numbers := s.numbersIn()
	for i := 0; i+1 < len(numbers); i++ {
		a := &numbers[i]
		total := len(a.digits)
		for k := i + 1; k < len(numbers) && k <= i+2; k++ {
			b := &numbers[k]
			total += len(b.digits)
			if !half(a, s.text) || !half(b, s.text) || s.wordAt(b.start)-s.wordAt(a.end-1) > 14 {
				break
			}
			if total >= 9 && total <= 13 {
				found = append(found, span{a.start, b.end})
				i = k
				break
			}
		}
	}
	return found
}

// half tells whether a number may be a part of a phone number.
func half(n *number, text string) bool {
	return len(n.digits) >= 2 && len(n.digits) <= 8 && n.freestanding(text) && !n.date() && !n.amount()
}
