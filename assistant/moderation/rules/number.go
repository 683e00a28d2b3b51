package rules

import (
	"strings"
)

// number is digits in a text with what stands between and around them.
type number struct {
	span
	digits string
	groups []string
	seps   []string // between the groups
	plus   bool     // begins with a +
	paren  bool     // its first group stands in brackets
}

// numbers finds the numbers of at least two digits in a text, those with
// groups kept together.
func (s *scan) numbersIn() []number {
	if s.memo.phoneKnown {
		return s.memo.numbers
	}
	s.memo.phoneKnown = true
	text := s.text
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		n := numberAt(text, i)
		i = n.end
		if len(n.digits) > 1 {
			s.memo.numbers = append(s.memo.numbers, n)
		}
	}
	return s.memo.numbers
}

// numberAt reads the number whose first digit stands at i.
func numberAt(text string, i int) (n number) {
	n.start = i
	if i > 0 && text[i-1] == '(' {
		n.start--
		n.paren = true
	}
	if k := n.start; k > 0 && text[k-1] == '+' {
		n.start--
		n.plus = true
	} else if n.paren && i > 1 && text[i-1] == '+' {
		n.plus = true
	}
	if i > 1 && text[i-1] == '+' && text[i-2] == '(' {
		n.start, n.plus = i-2, true
	}
	at := i
	for {
		end := at
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		n.groups = append(n.groups, text[at:end])
		n.end = end
		next := end
		for next < len(text) && next-end < 4 && strings.IndexByte(" -./()\n\t*|~_,", text[next]) >= 0 {
			next++
		}
		if next == end || next >= len(text) || !isDigit(text[next]) || breaks(text[end:next]) || end-at > 2 && strings.Contains(text[end:next], ", ") {
			break
		}
		n.seps = append(n.seps, text[end:next])
		at = next
	}
	n.digits = strings.Join(n.groups, "")
	return n
}

// breaks tells whether what stands between digits parts two numbers.
func breaks(sep string) bool {
	return sep == "\n\n" || strings.HasSuffix(sep, ". ") && len(sep) == 2 || sep == " - " || sep == " / "
}

// shape is the lengths of a number's groups: "3-3-4".
func (n *number) shape() string {
	var b strings.Builder
	for i, g := range n.groups {
		if i > 0 {
			b.WriteByte('-')
		}
		if len(g) > 9 {
			b.WriteByte('x')
		} else {
			b.WriteByte('0' + byte(len(g)))
		}
	}
	return b.String()
}

// alike tells whether all separators are the same.
func (n *number) alike() bool {
	for _, s := range n.seps {
		if s != n.seps[0] {
			return false
		}
	}
	return true
}

// sepsOf tells whether separators are made of some signs only.
func (n *number) sepsOf(signs string) bool {
	for _, s := range n.seps {
		if strings.Trim(s, signs) != "" {
			return false
		}
	}
	return true
}

// freestanding tells whether a number is not part of a longer word, of an
// amount, of a path or of a name with digits.
func (n *number) freestanding(text string) bool {
	if n.start > 0 {
		c := text[n.start-1]
		switch {
		case isWordByte(c) && c < 0x80, strings.IndexByte("#$=_/\\&%^", c) >= 0:
			return false
		case c == '-' || c == '.':
			if n.start > 1 && isWordByte(text[n.start-2]) {
				return false
			}
		}
		if before := strings.TrimRight(text[:n.start], " "); strings.HasSuffix(before, "$") || strings.HasSuffix(before, "€") || strings.HasSuffix(before, "£") || strings.HasSuffix(before, "#") || strings.HasSuffix(before, "₹") {
			return false
		}
	}
	rest := text[n.end:]
	if rest == "" {
		return true
	}
	if isLetter(rest[0]) || strings.IndexByte("%_=&\\", rest[0]) >= 0 || strings.HasPrefix(rest, "€") || strings.HasPrefix(rest, "°") || strings.HasPrefix(rest, "£") {
		return false
	}
	if (rest[0] == '-' || rest[0] == '.' || rest[0] == '/' || rest[0] == ':') && len(rest) > 1 && (isLetter(rest[1]) || isDigit(rest[1])) {
		return false
	}
	unit, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	return !units[strings.TrimRight(unit, ".,;:!?)")] && !strings.HasPrefix(strings.TrimLeft(rest, " "), "€")
}

// units behind a number say that it is an amount.
var units = map[string]bool{"usd": true, "eur": true, "gbp": true, "euro": true, "euros": true, "dollars": true, "inr": true, "rupees": true, "php": true, "pesos": true, "reais": true, "px": true, "mm": true, "cm": true, "km": true, "kg": true, "ms": true, "mb": true, "gb": true, "kb": true, "bytes": true, "words": true, "rows": true, "records": true, "lines": true, "users": true, "items": true, "products": true, "pages": true, "views": true, "followers": true, "subscribers": true, "customers": true, "hours": true, "days": true, "units": true, "pieces": true, "entries": true, "people": true, "downloads": true}

// amount tells digits in threes from a phone number: "1 250 000", "1,234,567".
func (n *number) amount() bool {
	if len(n.groups) < 2 || !n.alike() || len(n.groups[0]) > 3 || n.plus || n.groups[0][0] == '0' {
		return false
	}
	for _, g := range n.groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return n.seps[0] == "," || strings.HasSuffix(n.digits, "000") || n.seps[0] == "." && len(n.groups) != 3
}

// date tells dates, times, ranges of years and what has both.
func (n *number) date() bool {
	if n.plus {
		return false
	}
	year := func(g string) bool {
		return len(g) == 4 && (strings.HasPrefix(g, "19") || strings.HasPrefix(g, "20"))
	}
	if k := len(n.groups) - 1; k >= 2 && year(n.groups[k]) && len(n.groups[k-1]) <= 2 && len(n.groups[k-2]) <= 2 {
		return true
	}
	switch s := n.shape(); {
	case strings.HasPrefix(s, "4-2-2") || strings.HasPrefix(s, "4-1-") || strings.HasPrefix(s, "4-2-1"):
		return year(n.groups[0])
	case strings.HasPrefix(s, "2-2-4") || strings.HasPrefix(s, "1-2-4") || strings.HasPrefix(s, "2-1-4") || strings.HasPrefix(s, "1-1-4"):
		return year(n.groups[2])
	case s == "4-4":
		return year(n.groups[0]) && year(n.groups[1])
	case s == "8" && year(n.digits[:4]):
		return n.digits[4:6] <= "12" && n.digits[6:] <= "31"
	case s == "8":
		return year(n.digits[4:]) && n.digits[:2] <= "31" && n.digits[2:4] <= "31"
	}
	return false
}

// technical tells addresses of machines, versions, coordinates, book and card numbers.
func (n *number) technical() bool {
	if n.plus || n.paren {
		return false
	}
	dots := len(n.seps) > 0 && n.sepsOf(".")
	short := true
	for _, g := range n.groups {
		short = short && len(g) <= 3
	}
	switch s := n.shape(); {
	case dots && short && (len(n.groups) == 4 || len(n.groups) == 3):
		return true
	case dots && len(n.groups) == 2, len(n.groups) == 2 && n.seps[0] == ",": // a decimal
		return true
	case s == "4-4-4-4" || s == "3-2-4" || s == "5-4":
		return true
	case len(n.digits) == 13 && (strings.HasPrefix(n.digits, "978") || strings.HasPrefix(n.digits, "979")):
		return true
	}
	for i, sep := range n.seps { // "52.5200, 13.4050"
		if strings.Contains(sep, ",") && (i > 0 && n.seps[i-1] == "." || i+1 < len(n.seps) && n.seps[i+1] == ".") {
			return true
		}
	}
	return false
}
