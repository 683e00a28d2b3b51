package grounding

import (
	"strings"
	"unicode"
)

// dates finds months, weekdays, feasts and relative days, each as one key.
// Years and days of the month are quantities.
func dates(tokens []token) []mention {
	var found []mention
	for i, t := range tokens {
		if key := months[strings.TrimSuffix(t.lower, ".")]; key != "" && (!ambiguousMonth[t.lower] || isMonth(tokens, i)) {
			found = append(found, mention{key, i, i + 1})
			continue
		}
		if key := days[t.lower]; key != "" {
			found = append(found, mention{key, i, i + 1})
		}
		if i+1 < len(tokens) && (t.lower == "each" || t.lower == "every") && timeUnits[tokens[i+1].lower] != "" {
			found = append(found, mention{"every " + timeUnits[tokens[i+1].lower], i, i + 2})
		} else if unit := rhythms[t.lower]; unit != "" && unit != "hour" {
			found = append(found, mention{"every " + unit, i, i + 1})
		}
		if (t.lower == "next" || t.lower == "last" || t.lower == "this") && i+1 < len(tokens) && relative[tokens[i+1].lower] {
			found = append(found, mention{t.lower + " " + tokens[i+1].lower, i, i + 2})
		}
	}
	return found
}

// isMonth tells the month from the verb in "may" and "march", and from the
// short forms that are also words.
func isMonth(tokens []token, i int) bool {
	if !unicode.IsUpper([]rune(tokens[i].text)[0]) {
		return false
	}
	if i+1 < len(tokens) && tokens[i+1].digits {
		return true
	}
	return i > 0 && (tokens[i-1].digits || beforeMonth[tokens[i-1].lower])
}

// names finds the words that stand like proper names: capitalised inside a
// sentence, or with capitals or digits within.
func names(tokens []token) []mention {
	var found []mention
	initial := true
	for i, t := range tokens {
		if !t.word {
			initial = initial || t.text == ":" || opens[t.text] && i > 0 && tokens[i-1].text == ":"
			continue
		}
		if isName(tokens, i, initial) {
			found = append(found, mention{t.lower, i, i + 1})
		}
		initial = false
	}
	return found
}

func isName(tokens []token, i int, initial bool) bool {
	t := tokens[i]
	upper, inner := shape(t.text)
	if neverNames[t.lower] || months[t.lower] != "" || days[t.lower] != "" || currencyWords[t.lower] != "" {
		return false
	}
	if inner || isAddress(t.lower) {
		return true
	}
	if !upper {
		return false
	}
	if !initial {
		return true
	}
	if wording(stem(t.lower)) || functionWords[t.lower] {
		return false
	}
	return true
}

// isAddress finds what looks like an address on the web.
func isAddress(word string) bool {
	at := strings.LastIndexByte(word, '.')
	return at > 0 && at < len(word)-1 && !abbreviations[word] || word == "http" || word == "https"
}

// shape tells whether a word begins with a capital, and whether capitals or
// digits stand inside it as in iPhone, PayPal, NDA or B2B.
func shape(word string) (upper, inner bool) {
	for i, r := range word {
		if i == 0 {
			upper = unicode.IsUpper(r)
			continue
		}
		inner = inner || unicode.IsUpper(r) || unicode.IsDigit(r)
	}
	return upper, inner
}

// quotations finds what stands between quotation marks, folded.
func quotations(text string) []string {
	var found []string
	for _, pair := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}} {
		rest := text
		for {
			_, after, ok := strings.Cut(rest, pair[0])
			if !ok {
				break
			}
			inside, behind, ok := strings.Cut(after, pair[1])
			if !ok {
				break
			}
			if q := fold(inside); q != "" {
				found = append(found, q)
			}
			rest = behind
		}
	}
	return found
}

// fold makes texts comparable: lower case, plain apostrophes, single spaces.
func fold(text string) string {
	text = quoteSigns.Replace(strings.ToLower(text))
	return strings.Trim(strings.Join(strings.Fields(text), " "), " .,;:!?")
}

var quoteSigns = strings.NewReplacer("’", "'", "‘", "'", "“", "\"", "”", "\"")

var (
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	months     = map[string]string{
		"january": "jan", "jan": "jan", "february": "feb", "feb": "feb", "march": "mar", "mar": "mar", "april": "apr", "apr": "apr", "may": "may",
		"june": "jun", "jun": "jun", "july": "jul", "jul": "jul", "august": "aug", "aug": "aug", "september": "sep", "sep": "sep", "sept": "sep",
		"october": "oct", "oct": "oct", "november": "nov", "nov": "nov", "december": "dec", "dec": "dec",
	}
	ambiguousMonth = wordSet("may march mar jan jun dec sep sept")
	beforeMonth    = wordSet("in by before until till since of end mid early late from to and or during next last this – - — after")
	days           = map[string]string{
		"monday": "monday", "tuesday": "tuesday", "wednesday": "wednesday", "thursday": "thursday", "friday": "friday", "saturday": "saturday", "sunday": "sunday",
		"mondays": "monday", "tuesdays": "tuesday", "wednesdays": "wednesday", "thursdays": "thursday", "fridays": "friday", "saturdays": "saturday", "sundays": "sunday",
		"christmas": "christmas", "xmas": "christmas", "easter": "easter", "thanksgiving": "thanksgiving", "halloween": "halloween", "ramadan": "ramadan", "diwali": "diwali",
		"today": "today", "tomorrow": "tomorrow", "tonight": "tonight", "yesterday": "yesterday",
		"spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter",
	}
	relative   = wordSet("week month year quarter weekend spring summer autumn fall winter")
	opens      = wordSet("“ \" ( *")
	neverNames = wordSet("i i'm i’m i'd i’d i'll i’ll i've i’ve ok okay parley english a")
)
