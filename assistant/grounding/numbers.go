package grounding

import (
	"strconv"
	"strings"
)

// quantity is a number in a text with what stands beside it.
type quantity struct {
	value    float64
	currency string // symbol or ISO code, "" for none
	unit     string // minute, hour, day, week, month, year; "%" for percent
	text     string
	from, to int // tokens [from, to)

	per    string   // what it is for each of: "hour" in "$40 an hour"
	limit  string   // ">" more than, ">=" at least, "<" less than, "<=" at most
	heads  []string // stems of what it counts: shop in "12 online shops"
	role   string   // median, budget and the like, where one is named
	ranged bool     // one end of a range
	upper  bool     // the upper one
	since  bool     // a year from which on something lasts
	month  int      // of that year, 0 where none is named
	turned bool     // the denial of its clause is part of the limit: "not more than"
	date   bool     // a year or the day of a month, and not a count
}

// quantities finds the numbers of a text, in digits or in words. "one" alone
// is taken for a pronoun.
func quantities(tokens []token) []quantity {
	var found []quantity
	for i := 0; i < len(tokens); {
		q, ok := quantityAt(tokens, i)
		if !ok {
			i++
			continue
		}
		q.from = i
		attach(tokens, &q)
		if q.unit == "" && len(found) > 0 && ofThem(tokens, q.to) {
			q.unit = found[len(found)-1].unit // "five years of Java, two of them with Kafka"
		}
		found = append(found, q)
		i = q.to
	}
	joinRanges(tokens, found)
	for k := range found {
		describe(tokens, found, k)
		markNumber(tokens, found, k)
	}
	return found
}

// markNumber marks the tokens of a number, and those between it and the one
// before it in a range.
func markNumber(tokens []token, found []quantity, k int) {
	for i := found[k].from; i < found[k].to; i++ {
		tokens[i].number = true
	}
	if k > 0 && found[k-1].ranged && found[k].upper {
		for i := found[k-1].to; i < found[k].from; i++ {
			tokens[i].ranged = true
		}
	}
}

// ofThem reports whether a number is one of those before it.
func ofThem(tokens []token, i int) bool {
	return i+1 < len(tokens) && tokens[i].lower == "of" && (tokens[i+1].lower == "them" || tokens[i+1].lower == "which" || tokens[i+1].lower == "these" || tokens[i+1].lower == "those")
}

func quantityAt(tokens []token, i int) (quantity, bool) {
	if tokens[i].digits {
		return digitsAt(tokens, i)
	}
	if value := romanAt(tokens, i); value > 0 {
		return quantity{value: value, text: tokens[i].text, to: i + 1}, true
	}
	if n := decades[tokens[i].lower]; n > 0 && (i == 0 || !isNumberWord(tokens[i-1].lower)) {
		return quantity{value: 10 * n, unit: "year", text: tokens[i].text, to: i + 1}, true
	}
	return wordsAt(tokens, i)
}

// digitsAt reads "4,000", "4 000", "4k", "4 thousand", "2.5 million", "3 dozen".
func digitsAt(tokens []token, i int) (quantity, bool) {
	text, end := tokens[i].text, i+1
	for end < len(tokens) && len(tokens[end].text) == 3 && tokens[end].digits && len(text) <= 3+4*(end-i-1) && isPlain(text) && tokens[end].spaced && isPlain(tokens[end].text) {
		text += tokens[end].text
		end++
	}
	value, ok := parseNumber(text)
	if !ok {
		value = -1 // digits of no known meaning: equal only to themselves
	}
	if end < len(tokens) {
		if scale, ok := scales[tokens[end].lower]; ok {
			value *= scale
			end++
		}
	}
	return quantity{value: value, text: joinTokens(tokens[i:end]), to: end}, true
}

func isPlain(digits string) bool { return strings.Trim(digits, "0123456789") == "" }

// parseNumber reads digits with separators: a comma or apostrophe before each
// three digits parts thousands, a full stop does so only then.
func parseNumber(text string) (float64, bool) {
	text = apostrophes.Replace(text)
	if grouped(text, ",") {
		text = strings.ReplaceAll(text, ",", "")
	} else if grouped(text, ".") {
		text = strings.ReplaceAll(text, ".", "")
	}
	text = strings.ReplaceAll(text, ",", ".")
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}

var apostrophes = strings.NewReplacer("'", ",", "’", ",")

func grouped(text, separator string) bool {
	whole, _, _ := strings.Cut(text, map[string]string{",": ".", ".": ","}[separator])
	parts := strings.Split(whole, separator)
	if len(parts) < 2 || len(parts[0]) > 3 || parts[0] == "0" {
		return false
	}
	for _, part := range parts[1:] {
		if len(part) != 3 {
			return false
		}
	}
	return true
}

// wordsAt reads "four thousand", "twenty-five", "a dozen", "two and a half", "half".
func wordsAt(tokens []token, i int) (quantity, bool) {
	total, current, seen, end := 0.0, 0.0, false, i
	for j := i; j < len(tokens); j++ {
		word := tokens[j].lower
		if n, ok := units[word]; ok {
			current += n
			seen, end = true, j+1
			continue
		}
		if scale, ok := scales[word]; ok && word != "k" && (seen || leadsScale(tokens, j)) {
			if !seen {
				current = 1
			}
			current *= scale
			if scale >= 1000 {
				total, current = total+current, 0
			}
			seen, end = true, j+1
			continue
		}
		if joins := word == "-" || word == "and" || word == "a" || word == "of"; !seen || !joins || j+1 >= len(tokens) || !isNumberWord(tokens[j+1].lower) && tokens[j+1].lower != "a" {
			break
		}
	}
	if !seen {
		return quantity{}, false
	}
	q := quantity{value: total + current, text: joinTokens(tokens[i:end]), to: end}
	if q.value == 1 && !strings.Contains(q.text, " ") && !followedByUnit(tokens, end) {
		return quantity{}, false
	}
	return q, true
}

func leadsScale(tokens []token, j int) bool {
	return j > 0 && (tokens[j-1].lower == "a" || tokens[j-1].lower == "per") && tokens[j].lower != "lakh"
}

func isNumberWord(word string) bool {
	_, unit := units[word]
	_, scale := scales[word]
	return unit || scale && word != "k"
}

func followedByUnit(tokens []token, i int) bool {
	return i < len(tokens) && (timeUnits[tokens[i].lower] != "" || scales[tokens[i].lower] > 0)
}

// attach finds the currency and the unit beside a number.
func attach(tokens []token, q *quantity) {
	if q.from > 0 {
		q.currency = currencyOf(tokens[q.from-1], false)
		if q.currency == "$" && q.from > 1 && !tokens[q.from-1].spaced && len(tokens[q.from-2].text) <= 2 {
			q.currency = prefixed[strings.ToUpper(tokens[q.from-2].text)]
		}
	}
	at := q.to
	if at < len(tokens) && tokens[at].text == "-" && at+1 < len(tokens) && timeUnits[tokens[at+1].lower] != "" {
		at++
	}
	if at+1 < len(tokens) && tokens[at].lower == "of" && timeUnits[tokens[at+1].lower] != "" {
		at++ // "a couple of weeks"
	}
	if at >= len(tokens) {
		return
	}
	if c := currencyOf(tokens[at], true); c != "" && q.currency == "" {
		q.currency = c
	} else if unit := percentAt(tokens, at); unit != "" {
		q.unit = unit
	} else if q.unit == "" {
		q.unit = timeUnits[tokens[at].lower]
	}
	if decades[tokens[at].lower] > 0 {
		q.value, q.unit = q.value*10, "year"
	}
}

// percentAt tells percent from percentage points.
func percentAt(tokens []token, at int) string {
	next := ""
	if at+1 < len(tokens) {
		next = tokens[at+1].lower
	}
	switch word := tokens[at].lower; {
	case word == "pp" || word == "pps", word == "percentage" && strings.HasPrefix(next, "point"), (word == "%" || word == "percent") && strings.HasPrefix(next, "point"):
		return "pp"
	case word == "basis" && strings.HasPrefix(next, "point"):
		return "bp"
	case word == "%" || word == "percent" || word == "pct" || word == "per" && next == "cent":
		return "%"
	case word == "‰":
		return "‰"
	}
	return ""
}

// romanAt reads a Roman number, only before a unit of time: "V years".
func romanAt(tokens []token, i int) float64 {
	text := tokens[i].text
	if text[0] < 'A' || text[0] > 'X' || text == "I" || strings.Trim(text, "IVXLC") != "" || i+1 >= len(tokens) || timeUnits[tokens[i+1].lower] == "" {
		return 0
	}
	value, before := 0.0, 0.0
	for k := len(text) - 1; k >= 0; k-- {
		n := map[byte]float64{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}[text[k]]
		if n < before {
			n = -n
		} else {
			before = n
		}
		value += n
	}
	return value
}

// joinRanges lets both ends of "$2,800–4,500" or "4 to 6 weeks" have the
// currency and the unit that one of them names.
func joinRanges(tokens []token, found []quantity) {
	for i := 1; i < len(found); i++ {
		a, b := &found[i-1], &found[i]
		if gap := b.from - a.to; gap < 1 || gap > 2 || !rangeWords[tokens[a.to].lower] {
			continue
		}
		if tokens[a.to].lower == "and" && !hasBetween(tokens, a.from) {
			continue // "15,000 and 4 months"
		}
		if a.currency != "" && b.unit != "" || a.unit != "" && b.currency != "" {
			continue // "$4,500 and eight weeks"
		}
		if a.currency == "" {
			a.currency = b.currency
		} else if b.currency == "" {
			b.currency = a.currency
		}
		if a.unit == "" {
			a.unit = b.unit
		}
		if isRange(tokens, a) && a.value <= b.value {
			a.ranged, b.ranged, b.upper = true, true, true
		}
	}
}

// isRange tells a range from "15,000 and 4 months" and "two or three".
func isRange(tokens []token, a *quantity) bool {
	word := tokens[a.to].lower
	return word != "and" && word != "or" || word == "and" && hasBetween(tokens, a.from)
}

// hasBetween reports whether "between" or "from" stands before a number.
func hasBetween(tokens []token, i int) bool {
	for j := max(0, i-2); j < i; j++ {
		if tokens[j].lower == "between" || tokens[j].lower == "from" {
			return true
		}
	}
	return false
}

func joinTokens(tokens []token) string {
	var out strings.Builder
	for i, t := range tokens {
		if i > 0 && t.spaced {
			out.WriteByte(' ')
		}
		out.WriteString(t.text)
	}
	return out.String()
}

func currencyOf(t token, after bool) string {
	if c, ok := currencySigns[t.text]; ok {
		return c
	}
	if after || len(t.text) == 3 {
		return currencyWords[t.lower]
	}
	return ""
}

var (
	decades    = map[string]float64{"decade": 1, "decades": 1}
	rangeWords = wordSet("- – — to or and until")
	scales     = map[string]float64{"k": 1e3, "hundred": 100, "thousand": 1e3, "million": 1e6, "lakh": 1e5, "lakhs": 1e5, "dozen": 12, "billion": 1e9}
	units      = map[string]float64{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		"couple": 2, "half": 0.5, "pair": 2,
		// of the languages next door, so that no number hides in a translation
		"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "zwanzig": 20, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "vingt": 20,
		"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "dieci": 10, "dois": 2, "oito": 8, "dez": 10, "vijf": 5, "tien": 10,
	}
	timeUnits = map[string]string{
		"minute": "minute", "minutes": "minute", "min": "minute", "hour": "hour", "hours": "hour", "h": "hour", "hr": "hour", "hrs": "hour",
		"day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week", "month": "month", "months": "month",
		"year": "year", "years": "year", "yr": "year", "yrs": "year", "jahre": "year", "jahren": "year", "ans": "year", "années": "year", "años": "year", "anni": "year", "anos": "year", "wochen": "week", "semaines": "week", "semanas": "week", "monate": "month", "mois": "month", "meses": "month",
	}
	currencySigns = map[string]string{"$": "$", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "¥", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₱": "PHP"}
	currencyWords = map[string]string{
		"usd": "USD", "eur": "EUR", "gbp": "GBP", "inr": "INR", "jpy": "JPY", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "brl": "BRL", "pln": "PLN",
		"mxn": "MXN", "zar": "ZAR", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "cny": "CNY", "sgd": "SGD", "hkd": "HKD", "czk": "CZK",
		"dollar": "$", "dollars": "$", "bucks": "$", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "quid": "GBP", "rupees": "INR", "yen": "JPY", "zł": "PLN", "zloty": "PLN", "rand": "ZAR", "reais": "BRL",
	}
	prefixed = map[string]string{"US": "USD", "CA": "CAD", "C": "CAD", "AU": "AUD", "A": "AUD", "NZ": "NZD", "R": "BRL", "S": "SGD", "HK": "HKD", "MX": "MXN", "": "$"}
	dollars  = wordSet("USD CAD AUD NZD SGD HKD MXN")
)

// sameCurrency reports whether two ways to name a currency can mean the same one.
func sameCurrency(a, b string) bool {
	if a == b {
		return true
	}
	if a == "$" || a == "¥" {
		a, b = b, a
	}
	return b == "$" && dollars[a] || b == "¥" && (a == "JPY" || a == "CNY")
}
