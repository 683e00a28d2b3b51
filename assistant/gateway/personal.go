package gateway

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/ingest/contacts"
)

// span is a piece of personal data in a text; offsets are in bytes.
type span struct {
	kind       string // email, phone, handle, profile, iban, address
	start, end int
}

// personal finds what tells who somebody is or how to reach them, as far as it
// is certain, in the order of the text; no span overlaps another. Names are not
// looked for: they cannot be told from other words with any certainty.
func personal(text string) []span {
	var found []span
	if strings.ContainsAny(text, "0123456789") {
		found = accounts(text)
		found = apart(found, addresses(text))
	}
	var ways []span
	for _, c := range contacts.Find(text) {
		ways = append(ways, span{string(c.Kind), c.Start, c.End})
	}
	return apart(found, ways)
}

// apart adds those spans that overlap none that is there. Both are in order.
func apart(found, more []span) []span {
	known := found
	for _, s := range more {
		after, _ := slices.BinarySearchFunc(known, s.end, func(k span, end int) int { return cmp.Compare(k.start, end) })
		if after == 0 || known[after-1].end <= s.start {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	return found
}

// iban is tried only where two capitals and two digits begin a word.
var iban = regexp.MustCompile(`^[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?)\b`)

func accounts(text string) (found []span) {
	for at := 0; at+4 <= len(text); at++ {
		if !isUpper(text[at]) || !isUpper(text[at+1]) || !isDigit(text[at+2]) || !isDigit(text[at+3]) || at > 0 && isWord(text[at-1]) {
			continue
		}
		end := at + len(iban.FindString(text[at:min(len(text), at+48)]))
		// A word of capitals behind the number looks like a part of it.
		for ; end > at; end = at + strings.LastIndexByte(text[at:end], ' ') {
			if validIBAN(text[at:end]) {
				found = append(found, span{"iban", at, end})
				at = end
				break
			}
		}
	}
	return found
}

// validIBAN checks the digits that ISO 13616 calls check digits, modulo 97.
func validIBAN(number string) bool {
	number = strings.ReplaceAll(number, " ", "")
	if len(number) < 15 || len(number) > 34 {
		return false
	}
	rest := 0
	for _, c := range []byte(number[4:] + number[:4]) {
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

var (
	// "12 Baker Street", "221b N. Main St", "10 bis rue de la Paix"
	numberFirst = regexp.MustCompile(`^\d{1,5}(?:[a-zA-Z]|[/-]\d{1,4}| bis| ter)?,? (?:(?:[A-Z][\p{L}'.-]{0,20} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Terrace|Crescent|Parkway|Pkwy)\b\.?|` +
		`(?:rue|avenue|boulevard|quai|impasse|chemin) (?:de |du |des |de la |de l'|d')?[A-Z\x{c0}-\x{de}][\p{L}'-]{1,25}(?: [A-Z\x{c0}-\x{de}][\p{L}'-]{1,25}){0,2})`)
	// "Hauptstraße 12a", "Calle Mayor 5", "Via Roma, 10"
	numberLast = regexp.MustCompile(`(?:\p{Lu}\p{L}{2,25}(?:stra(?:ß|ss)e|str\.|weg|allee|gasse|gatan|straat)|\p{Lu}\p{L}{1,20} (?:Straße|Strasse|Allee)|` +
		`(?:Calle|Avenida|Via|Viale|Corso|Rua|Ulica|ul\.) (?:de |la |del |da |do |dos )?\p{Lu}[\p{L}'-]{1,25}(?: \p{Lu}[\p{L}'-]{1,25}){0,2}),? $`)
	// ", 10115 Berlin" or ", London NW1 6XE" behind either
	town = regexp.MustCompile(`^,? (?:\d{4,5} \p{Lu}[\p{L}-]{2,25}|(?:\p{Lu}[\p{L}-]{2,25},? )?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b)`)
)

// addresses finds streets with house numbers, beginning at the numbers.
func addresses(text string) (found []span) {
	for at := 0; at < len(text); at++ {
		if !isDigit(text[at]) {
			continue
		}
		end := at + 1
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if end-at <= 5 && (at == 0 || !isWord(text[at-1])) {
			if s, ok := address(text, at, end); ok && (len(found) == 0 || found[len(found)-1].end <= s.start) {
				found, end = append(found, s), s.end
			}
		}
		at = end
	}
	return found
}

// address looks for a street behind and before the number from at to end.
func address(text string, at, end int) (s span, found bool) {
	before, after := text[max(0, at-80):at], text[at:min(len(text), at+120)]
	if opens(after) {
		if length := len(numberFirst.FindString(after)); length > 0 {
			s, found = span{"address", at, at + length}, true
		}
	}
	if !found && closes(before) {
		if m := numberLast.FindStringIndex(before); m != nil {
			s, found = span{"address", at - len(before) + m[0], end + stairs(text[end:])}, true
		}
	}
	if found {
		s.end += len(town.FindString(text[s.end:min(len(text), s.end+60)]))
	}
	return s, found
}

// stairs is 1 when a house number goes on with a letter: 12a.
func stairs(text string) int {
	if text == "" || text[0]|0x20 < 'a' || text[0]|0x20 > 'h' || len(text) > 1 && isWord(text[1]) {
		return 0
	}
	return 1
}

// What the patterns need, and what is quick to look for.
var (
	english = []string{" St", " Road", " Rd", " Ave", " Lane", " Ln", " Drive", " Boulevard", " Blvd", " Terrace", " Crescent", " Parkway", " Pkwy"}
	french  = []string{"rue ", "avenue ", "boulevard ", "quai ", "impasse ", "chemin ", "bis ", "ter "}
	others  = []string{"stra", "str. ", "str., ", "weg", "allee", "gasse", "gatan", "Stra", "Allee", "Calle ", "Avenida ", "Via", "Corso ", "Rua ", "Ulica ", "ul. "}
)

// opens reports whether what follows a number may be a street.
func opens(text string) bool {
	_, street, spaced := strings.Cut(text[:min(len(text), 40)], " ")
	switch {
	case !spaced || street == "":
		return false
	case isUpper(street[0]):
		return slices.ContainsFunc(english, func(word string) bool { return strings.Contains(text, word) })
	}
	return strings.IndexByte("rabqict", street[0]) >= 0 && slices.ContainsFunc(french, func(word string) bool { return strings.HasPrefix(street, word) })
}

// closes reports whether what stands before a number may be a street.
func closes(text string) bool {
	word, spaced := strings.CutSuffix(text, " ")
	word = word[strings.LastIndexByte(word, ' ')+1:]
	if !spaced || word == "" || !isUpper(word[0]) && word[0] < 0x80 {
		return false // each of them ends in a name
	}
	return slices.ContainsFunc(others, func(word string) bool { return strings.Contains(text, word) })
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isWord(c byte) bool {
	return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c == '_'
}
