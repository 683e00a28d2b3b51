package fit

import (
	"fmt"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

// roughUnits are units of a currency for a dollar, rounded, as of early 2026.
// They serve only to compare a rate with a bound where an installation has no
// table of rates of its own, and whoever is judged by them is told so.
var roughUnits = map[string]float64{
	"USD": 1, "EUR": 0.86, "GBP": 0.745, "CHF": 0.80, "CAD": 1.38, "AUD": 1.50, "NZD": 1.70, "JPY": 155, "CNY": 7.1, "INR": 89, "BRL": 5.4, "MXN": 18.2, "ARS": 1430, "CLP": 925, "COP": 3800, "PEN": 3.4,
	"PLN": 3.65, "CZK": 20.9, "HUF": 331, "RON": 4.37, "BGN": 1.68, "SEK": 9.4, "NOK": 10.1, "DKK": 6.4, "ISK": 127, "TRY": 42.5, "UAH": 42, "RSD": 101, "GEL": 2.7, "ILS": 3.25, "AED": 3.67, "SAR": 3.75, "QAR": 3.64,
	"KWD": 0.307, "BHD": 0.376, "OMR": 0.385, "JOD": 0.709, "EGP": 47.5, "MAD": 9.2, "TND": 2.93, "ZAR": 17.1, "NGN": 1450, "KES": 129, "GHS": 11.2, "UGX": 3600, "TZS": 2450, "PKR": 281, "BDT": 122, "LKR": 307, "NPR": 142,
	"SGD": 1.29, "HKD": 7.78, "TWD": 31.3, "KRW": 1465, "THB": 32.2, "VND": 26300, "IDR": 16650, "MYR": 4.12, "PHP": 58.8, "KZT": 515, "RUB": 79, "UYU": 39.5,
}

// checkPay compares a rate with a bound: in its own currency where one is
// given, else converted.
func (p *Person) checkPay(r Requirement) Finding {
	rate, currency := p.profile.Rate, p.profile.Currency
	if rate <= 0 {
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no rate."}
	}
	written := brief.Money(rate, currency)
	if len(r.Rates) == 0 {
		return Finding{Status: Met, Degree: 1, Proofs: value("/rate", written)}
	}
	for _, bound := range r.Rates {
		if bound.Currency == currency || bound.Currency == "" {
			return compared(rate, bound, written, fmt.Sprintf("Asks %s an hour.", written))
		}
	}
	bound := r.Rates[0]
	amount, how := p.reader.convert(rate, currency, bound.Currency)
	if amount <= 0 {
		return Finding{Status: Silent, Degree: 0.5, Proofs: value("/rate", written), Note: fmt.Sprintf("Asks %s an hour, which cannot be compared with a rate in %s.", written, bound.Currency)}
	}
	note := fmt.Sprintf("Asks %s an hour, about %s %s.", written, brief.Money(amount, bound.Currency), how)
	f := compared(amount, bound, written, note)
	f.Via = fmt.Sprintf("%s is about %s %s", written, brief.Money(amount, bound.Currency), how)
	return f
}

// compared judges an amount with a bound in the same currency.
func compared(amount int64, bound retrieval.PayRange, written, note string) Finding {
	f := Finding{Status: Met, Degree: 1, Proofs: value("/rate", written)}
	switch {
	case bound.Max > 0 && amount > bound.Max:
		over := float64(amount)/float64(bound.Max) - 1
		f.Status, f.Degree, f.Note = Partly, max(0, 0.75-1.5*over), note
	case amount < bound.Min:
		f.Status, f.Degree, f.Note = Partly, 0.5, note
	}
	return f.orMissing()
}

// convert turns minor units of one currency into those of another; 0 where
// neither a table nor the rough rates know both.
func (r *Reader) convert(amount int64, from, to string) (converted int64, how string) {
	if r.rates != nil {
		if n, ok := r.rates.Convert(amount, from, to); ok {
			return n, "by the exchange rates of " + r.rates.On
		}
	}
	a, b := roughUnits[from], roughUnits[to]
	if a == 0 || b == 0 {
		return 0, ""
	}
	units := float64(amount) / float64(retrieval.MinorUnits(from)) / a * b
	return int64(units*float64(retrieval.MinorUnits(to)) + 0.5), "at rough exchange rates"
}
