package brief

import "strings"

// exponents are the decimal digits of the minor unit of those currencies of
// ISO 4217 that have other than two.
var exponents = map[string]int{
	"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "PYG": 0, "UGX": 0, "XAF": 0, "XOF": 0, "RWF": 0,
	"KWD": 3, "BHD": 3, "JOD": 3, "OMR": 3, "TND": 3, "IQD": 3, "LYD": 3,
}

// minorUnits returns how many minor units a unit of a currency has, 100 for an unknown one.
func minorUnits(currency string) int64 {
	digits, odd := exponents[currency]
	if !odd {
		return 100
	}
	units := int64(1)
	for range digits {
		units *= 10
	}
	return units
}

var codes = words(`usd eur gbp inr jpy cny aud cad chf brl pln sek nok dkk czk huf ron bgn try ils aed sar qar zar ngn kes egp mxn ars clp cop pen sgd hkd nzd php thb
		vnd idr myr krw pkr bdt lkr npr uah rub gel twd kwd bhd jod omr tnd mad ghs isk uyu rsd kzt tzs ugx rs rmb us$`)

// shouted are codes that are words as well: only in capitals are they currencies.
var shouted = words("try php cop pen mad gel all ron rs sek sar")

// currencyCode returns the ISO 4217 code that a word is, "" for none.
func currencyCode(text string) string {
	if len(text) < 2 || len(text) > 3 {
		return ""
	}
	low := strings.ToLower(text)
	switch {
	case !codes[low] || low == "us$":
		return ""
	case low == "rs":
		return "INR"
	case low == "rmb":
		return "CNY"
	case shouted[low] && text != strings.ToUpper(text):
		return ""
	}
	return strings.ToUpper(low)
}

// currencySigns are longest first where one begins with another.
var currencySigns = []struct{ sign, code string }{
	{"R$", "BRL"}, {"A$", "AUD"}, {"AU$", "AUD"}, {"C$", "CAD"}, {"CA$", "CAD"}, {"US$", "USD"}, {"NZ$", "NZD"}, {"S$", "SGD"}, {"HK$", "HKD"},
	{"MX$", "MXN"}, {"NT$", "TWD"}, {"$", "$"}, {"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"}, {"¥", "¥"}, {"zł", "PLN"}, {"₽", "RUB"}, {"₴", "UAH"},
	{"₺", "TRY"}, {"₪", "ILS"}, {"₩", "KRW"}, {"₦", "NGN"}, {"₱", "PHP"}, {"฿", "THB"}, {"₫", "VND"}, {"₸", "KZT"}, {"₾", "GEL"},
}

var currencyWords = map[string]string{
	"dollar": "$", "dollars": "$", "bucks": "$", "buck": "$", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "pound": "GBP", "quid": "GBP", "sterling": "GBP",
	"rupees": "INR", "rupee": "INR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "francs": "CHF", "zloty": "PLN", "zlotys": "PLN", "zlotych": "PLN", "złoty": "PLN", "złotych": "PLN",
	"zł": "PLN", "zl": "PLN", "kronor": "SEK", "crowns": "CZK", "shillings": "KES", "lei": "RON", "kroner": "kr", "krone": "kr", "koruna": "CZK", "reais": "BRL", "rand": "ZAR", "lira": "TRY", "shekels": "ILS", "dirhams": "AED", "naira": "NGN", "pesos": "peso", "kr": "kr", "won": "KRW",
	"ringgit": "MYR", "baht": "THB", "riyals": "SAR", "hryvnia": "UAH", "forint": "HUF",
}

// shared says which currency a sign or word means that several countries use.
// The first entry holds where the locale says nothing.
var shared = map[string]map[string]string{
	"$":    {"": "USD", "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "CL": "CLP", "AR": "ARS", "CO": "COP"},
	"¥":    {"": "JPY", "CN": "CNY"},
	"kr":   {"": "", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
	"peso": {"": "", "MX": "MXN", "AR": "ARS", "CO": "COP", "CL": "CLP", "PH": "PHP", "UY": "UYU"},
	"INR":  {"": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR"},
}

// settle turns what currencyAt found into a code, by the region of the locale.
func settle(found, locale string) string {
	regions, several := shared[found]
	if !several {
		return found
	}
	if code, ok := regions[region(locale)]; ok {
		return code
	}
	return regions[""]
}

// region returns the region of a BCP 47 locale: AU of en-AU.
func region(locale string) string {
	parts := strings.FieldsFunc(locale, func(r rune) bool { return r == '-' || r == '_' })
	for _, part := range parts[min(1, len(parts)):] {
		if len(part) == 2 {
			return strings.ToUpper(part)
		}
	}
	return ""
}

// currencyAt reads the currency sign, code or word that begins at token i.
// before says whether it may stand before a number, as words may not.
func (v *view) currencyAt(i int, before bool) (found string, end int) {
	if i < 0 || i >= len(v.tokens) || v.tokens[i].kind == number {
		return "", i
	}
	if v.tokens[i].kind == word && len(v.low(i)) > 3 {
		return v.currencyWord(i, before)
	}
	rest := v.text[v.tokens[i].start:]
	signs := currencySigns
	if v.tokens[i].kind == word && v.low(i+1) != "$" && v.low(i) != "zł" {
		signs = nil
	}
	for _, c := range signs {
		if strings.HasPrefix(rest, c.sign) {
			if end := v.tokenEndingAt(i, v.tokens[i].start+len(c.sign)); end > 0 {
				return c.code, end
			}
		}
	}
	t := v.tokens[i]
	if t.low == "php" && v.versionFollows(i+1) {
		return "", i
	}
	if code := currencyCode(v.text[t.start:t.end]); code != "" && t.kind == word {
		end = i + 1
		if code == "INR" && v.low(end) == "." && v.tokens[end].tight {
			end++
		}
		if v.low(end) == "$" && before {
			end++
		}
		return code, end
	}
	return v.currencyWord(i, before)
}

// currencyWord reads "euros", "US dollars" behind a number.
func (v *view) currencyWord(i int, before bool) (found string, end int) {
	if !before {
		if code, ok := nationalCurrency[strings.Replace(v.low(i), "pesos", "peso", 1)+" "+strings.TrimSuffix(v.low(i+1), "s")]; ok {
			return code, i + 2
		}
		if v.is(i, "new", "hong", "south") {
			if code, ok := nationalCurrency[v.low(i)+" "+v.low(i+1)+" "+strings.TrimSuffix(v.low(i+2), "s")]; ok {
				return code, i + 3
			}
		}
		if found, ok := currencyWords[v.low(i)]; ok {
			return found, i + 1
		}
	}
	return "", i
}

// versionFollows reports whether a number like that of a version stands at
// token i: "PHP 8.2".
func (v *view) versionFollows(i int) bool {
	return i < len(v.tokens) && v.tokens[i].kind == number && (len(v.low(i)) == 1 || len(v.low(i)) == 3 && v.low(i)[1] == '.')
}

var nationalCurrency = map[string]string{
	"swiss franc": "CHF", "mexican peso": "MXN", "peso mexicano": "MXN", "argentine peso": "ARS", "argentinian peso": "ARS", "peso argentino": "ARS", "colombian peso": "COP", "peso colombiano": "COP", "chilean peso": "CLP",
	"peso chileno": "CLP", "philippine peso": "PHP", "new zealand dollar": "NZD", "nz dollar": "NZD", "kiwi dollar": "NZD", "singapore dollar": "SGD", "hong kong dollar": "HKD", "aussie dollar": "AUD", "czech crown": "CZK",
	"czech koruna": "CZK", "swedish krona": "SEK", "swedish kronor": "SEK", "swedish crown": "SEK", "norwegian krone": "NOK", "norwegian kroner": "NOK", "norwegian crown": "NOK", "danish krone": "DKK", "danish kroner": "DKK",
	"danish crown": "DKK", "kenyan shilling": "KES", "south african rand": "ZAR", "brazilian reai": "BRL", "brazilian real": "BRL", "turkish lira": "TRY", "pakistani rupee": "PKR", "polish zloty": "PLN", "polish złoty": "PLN",
	"israeli shekel": "ILS", "japanese yen": "JPY", "chinese yuan": "CNY", "english pound": "GBP", "hungarian forint": "HUF", "romanian leu": "RON", "romanian lei": "RON", "uae dirham": "AED", "saudi riyal": "SAR",
	"us dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD", "australian dollar": "AUD", "british pound": "GBP", "indian rupee": "INR",
}

// tokenEndingAt returns the token after the one that ends at a byte, -1 if none does.
func (v *view) tokenEndingAt(i, end int) int {
	for ; i < len(v.tokens) && v.tokens[i].end <= end; i++ {
		if v.tokens[i].end == end {
			return i + 1
		}
	}
	return -1
}
