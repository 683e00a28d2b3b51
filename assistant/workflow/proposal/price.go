package proposal

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// price is an amount that a sentence names, as the person wrote it.
type price struct {
	amount   int64 // minor units; 0 for none
	currency string
	kind     string // hourly, or "" when it is of something else or of the whole
	unit     string // "word", "picture"
	said     string // "1,100 euros per picture"
}

// priced finds the amount of money that a sentence names. A sentence that names
// several, as a range or apart, states no price.
func priced(text string) price {
	var found price
	for _, span := range money.FindAllStringSubmatchIndex(text, 8) {
		m := make([]string, len(span)/2)
		for i := range m {
			if span[2*i] >= 0 {
				m[i] = text[span[2*i]:span[2*i+1]]
			}
		}
		code := currencyCode(m[1])
		if code == "" {
			code = currencyCode(m[3])
		}
		unit := strings.ToLower(m[4])
		if notUnits[unit] {
			unit = ""
		}
		wanted := wantedSum.MatchString(text[:span[0]]) && endsThere.MatchString(text[span[1]:])
		if code == "" && !workUnits[unit] && !bareSum.MatchString(text[:span[0]]) && !wanted {
			continue
		}
		amount, ok := amountOf(m[2], code)
		if !ok || code == "" && isYear.MatchString(m[2]) {
			continue
		}
		if found.amount > 0 {
			return price{}
		}
		found = price{amount: amount, currency: code, said: strings.TrimSpace(m[0]), unit: unit}
		if unit == "hour" || unit == "hr" || unit == "h" {
			found.kind, found.unit = "hourly", ""
		}
	}
	return found
}

var money = regexp.MustCompile(`(?i)((?:US|CA|AU|NZ|HK|[ACSR])?[$€£₹¥₦₴₪]|\b(?:usd|eur|gbp|cad|aud|nzd|chf)\b)?\s?(\d[\d,.']*\d|\d)(?:\s?(us dollars?|canadian dollars?|australian dollars?|new zealand dollars?|dollars?|bucks|euros?|pounds?|quid|rupees?|zł|zloty|francs|yen|` +
	`kroner|kronor|kr|rand|reais|pesos?|lei|shillings?|naira|usd|eur|gbp|cad|aud|nzd|inr|chf|sek|nok|dkk|pln|czk|brl|mxn|zar|jpy|sgd|hkd|ngn|kes|php|uah|ron|huf|try|aed|ils|[€£$]))?(?:(?:\s(?:per|an?|the|each)\s|\s?/\s?)([a-z]{1,14})\b)?`)

// bareSum finds sums that need no currency to be understood: "Price 3000".
var bareSum = regexp.MustCompile(`(?i)\b(?:price|rate|bid|quote|fee|charge)(?: (?:is|of|would be|will be|at))?:?\s+$`)

// wantedSum finds those that somebody says they want: "I want 5000".
var (
	wantedSum = regexp.MustCompile(`(?i)\bi(?:['’]d| would)? (?:want|take|need|ask|charge|like|say)(?: to have)?:?\s*$`)
	endsThere = regexp.MustCompile(`(?i)^\W*(?:$|for (?:it|this|that|all|everything|the (?:job|work|whole|project))\b|in (?:all|total)\b)`)
)

var isYear = regexp.MustCompile(`^(?:19|20)\d\d$`)

// workUnits are what work is counted in.
var workUnits = set("hour hr h word page picture image illustration piece item article video film minute day week month lesson session unit song logo drawing slide line post photo lot room plan letter text call chapter recipe review episode podcast lecture panel design video record invoice claim case")

// notUnits follow a sum without being what it is for.
var notUnits = set("lot bit few little good very fair whole week's total end first last market client clients budget price rate moment right most more")

// currencyCode names the currency of a sign or word, "" for none. A bare
// dollar is a US one.
func currencyCode(word string) string {
	word = strings.ToLower(strings.TrimSpace(word))
	if code, ok := currencyNames[strings.TrimSuffix(word, "s")]; ok {
		return code
	}
	if code := strings.ToUpper(word); len(code) == 3 {
		if _, ok := retrieval.CurrencyExponent(code); ok {
			return code
		}
	}
	return ""
}

var currencyNames = map[string]string{
	"$": "USD", "us$": "USD", "dollar": "USD", "us dollar": "USD", "buck": "USD", "€": "EUR", "euro": "EUR", "£": "GBP", "pound": "GBP", "quid": "GBP", "₹": "INR", "rupee": "INR", "¥": "JPY", "yen": "JPY",
	"ca$": "CAD", "c$": "CAD", "canadian dollar": "CAD", "au$": "AUD", "a$": "AUD", "australian dollar": "AUD", "nz$": "NZD", "new zealand dollar": "NZD", "s$": "SGD", "r$": "BRL", "hk$": "HKD",
	"kroner": "NOK", "kronor": "SEK", "kr": "SEK", "rand": "ZAR", "reai": "BRL", "naira": "NGN", "lei": "RON", "zł": "PLN", "zloty": "PLN", "franc": "CHF", "₦": "NGN", "₴": "UAH", "₪": "ILS",
}

// amountOf reads "3,100", "0.11", "1.100,50" in minor units of a currency. Sums
// below one minor unit, such as 0.004 a word, are rounded up to one.
func amountOf(figure, currency string) (int64, bool) {
	figure = strings.ReplaceAll(figure, "'", "")
	comma, stop := strings.LastIndexByte(figure, ','), strings.LastIndexByte(figure, '.')
	switch {
	case comma > stop && len(figure)-comma != 4: // a decimal comma
		figure = strings.ReplaceAll(strings.ReplaceAll(figure, ".", ""), ",", ".")
	case stop > comma && len(figure)-stop == 4 && figure[0] != '0' && comma < 0: // "1.100"
		figure = strings.ReplaceAll(figure, ".", "")
	default:
		figure = strings.ReplaceAll(figure, ",", "")
	}
	value, err := strconv.ParseFloat(figure, 64)
	if err != nil || value <= 0 || value > 1e10 {
		return 0, false
	}
	per := int64(100)
	if currency != "" {
		per = retrieval.MinorUnits(currency)
	}
	return max(1, int64(value*float64(per)+0.5)), true
}

var (
	// asksPrice tells the person's own price from other sums that they name.
	asksPrice = regexp.MustCompile(`(?i)\b(?:charge|price|rate|bid|ask(?:ing)?|quote|would (?:take|do it)|i['’]?d (?:take|do it|stay|charge|want|go|like)|happy with|stay at|is what i (?:want|charge|ask|need|take)|i (?:want|take|need|get)|cost(?:s)? you|my (?:fee|offer|usual)|(?:an?|per|the) hour (?:is|works)|is (?:good|fine|ok|okay|enough) for me|fine with|okay with|ok with)\b|^\W*(?:about |around )?[$€£]?\d[\d,.]*\s?(?:[a-z€£$]+)?(?:\s?(?:an?|per|/)\s?[a-z]+)?\W*$`)
	// earned tells of sums that work has brought, and not of what it costs.
	earned     = regexp.MustCompile(`(?i)\b(?:saved|cut|raised|earned|made|sold|budget|revenue|sales|turnover|less|more|worth|a month|a year)\b`)
	regexpHour = regexp.MustCompile(`(?i)\bhour|\bhr\b|/ ?h\b`)
)
