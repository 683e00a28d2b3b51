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
		found = append(found, q)
		i = q.to
	}
	joinRanges(tokens, found)
	return found
}

func quantityAt(tokens []token, i int) (quantity, bool) {
	if tokens[i].digits {
		return digitsAt(tokens, i)
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
	text = strings.NewReplacer("'", ",", "’", ",").Replace(text)
	if grouped(text, ",") {
		text = strings.ReplaceAll(text, ",", "")
	} else if grouped(text, ".") {
		text = strings.ReplaceAll(text, ".", "")
	}
	text = strings.ReplaceAll(text, ",", ".")
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}

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
			current = max(current, 1) * scale
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
	} else if tokens[at].text == "%" || tokens[at].lower == "percent" {
		q.unit = "%"
	} else {
		q.unit = timeUnits[tokens[at].lower]
	}
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
	}
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
	rangeWords = wordSet("- – — to or and until")
	scales     = map[string]float64{"k": 1e3, "hundred": 100, "thousand": 1e3, "million": 1e6, "lakh": 1e5, "lakhs": 1e5, "dozen": 12, "billion": 1e9}
	units      = map[string]float64{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
		"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
		"couple": 2, "half": 0.5,
	}
	timeUnits = map[string]string{
		"minute": "minute", "minutes": "minute", "min": "minute", "hour": "hour", "hours": "hour", "h": "hour", "hr": "hour", "hrs": "hour",
		"day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week", "month": "month", "months": "month",
		"year": "year", "years": "year", "yr": "year", "yrs": "year",
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
