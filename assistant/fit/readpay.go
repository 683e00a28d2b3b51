package fit

import (
	"fmt"
	"math"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

const (
	hoursOfDay  = 8
	hoursOfWeek = 40
	// leastRate and mostRate bound what a bare number may be a rate of: "under 60".
	leastRate, mostRate = 5, 1000
)

// pay reads bounds of an hourly rate, and whether one must be named at all.
func (x *reading) pay() {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.rateNamed(i); ok {
			x.add(Requirement{Kind: Pay, Text: "names a rate"}, i, end)
			continue
		}
		if end, ok := x.cheaperThan(i); ok {
			i = end - 1
			continue
		}
		sum, ok := x.Sum(i)
		if !ok || !x.isRate(sum) || !x.free(sum.From, sum.To) {
			continue
		}
		x.rate(sum)
		i = max(i, sum.To-1)
	}
}

// rateNamed reads "only those with a rate".
func (x *reading) rateNamed(i int) (end int, ok bool) {
	if x.Is(i, "with", "have", "has", "show", "shows", "state", "states", "name", "names", "give", "gives", "quote", "publish", "list") {
		at := i + 1
		for x.Is(at, "a", "an", "their", "stated", "known", "visible", "named", "given", "published", "hourly", "clear", "fixed", "listed", "public") && at < i+5 {
			at++
		}
		if at > i+1 && x.Is(at, "rate", "rates", "price", "prices") {
			end, ok = at+1, true
		}
	}
	if after, found := x.run(i, "with a rate", "who name a rate", "who state a rate", "with a stated rate", "with a price", "rate stated", "rate is stated", "that name a rate", "that state a rate",
		"with rates", "with a known rate", "rate must be known", "a rate on the profile", "who say what they charge", "who say their rate", "who show a rate", "who give a rate", "whose rate is known", "whose rate we know"); found && after > end {
		end, ok = after, true
	}
	return end, ok && x.wishing && !x.Is(end, "under", "below", "of", "up", "between", "from", "at", "over", "above", "less", "more", "no", "not", "max", "maximum", "lower", "higher", "around", "within", "that")
}

// cheaperThan reads "any cheaper than c2?".
func (x *reading) cheaperThan(i int) (end int, ok bool) {
	at, ok := x.run(i, "cheaper than", "less expensive than", "lower than", "below", "under", "less than", "more affordable than")
	if !ok {
		return i, false
	}
	people := x.peopleAt(at)
	if len(people) == 0 {
		return i, false
	}
	for _, p := range x.context.People {
		if p.ID == people[0].id && p.Rate > 0 {
			text := "cheaper than " + brief.Money(p.Rate, p.Currency) + " an hour"
			x.add(Requirement{Kind: Pay, Text: text, Rates: []retrieval.PayRange{{Currency: p.Currency, Max: p.Rate - 1}}}, i, people[0].to)
			return people[0].to, true
		}
	}
	return i, false
}

// isRate reports whether an amount is pay by the hour, and not a number of
// jobs, people or years, or a price of the whole.
func (x *reading) isRate(s brief.Sum) bool {
	if s.Per == "week" && s.Currency == "" && s.Shared == "" && x.before(s.From, 5, "hours", "hrs") {
		return false // "hours at least 20 per week"
	}
	if s.Fixed || s.Low < 0 || s.Per != "" && s.Per != "day" && s.Per != "week" {
		return false
	}
	if s.Hourly || s.Per != "" {
		return true
	}
	if !x.wishing {
		return false
	}
	top := max(s.Low, s.High)
	if s.Currency != "" || s.Shared != "" {
		return true
	}
	if top < leastRate || top > mostRate || x.Word(s.To) && !x.Is(s.To, rateFollows...) {
		return false
	}
	if x.Is(s.To, "is", "was", "would", "as") && (x.Is(s.To+1, "ceiling", "limit", "max", "maximum", "cap") || x.Is(s.To+1, "the", "our", "my", "be") && x.Is(s.To+2, "ceiling", "limit", "max", "maximum", "cap", "most", "upper")) {
		return true // "45 is the ceiling"
	}
	if x.permissive(s.From, s.To) && x.hasEarlier(func(r Requirement) bool { return r.Kind == Pay }) {
		return true // "80 is ok too"
	}
	if s.Low > 0 && s.High == 0 && !x.tooMuch(s.To) && !x.before(s.From, 6, "rate", "rates", "charge", "charges", "pay", "budget", "price", "ask", "asks", "cost", "costs") && !x.before(s.From+1, 5, deniers...) {
		return false // "teams of five or more"
	}
	bounded := s.Low != s.High
	return bounded || x.before(s.From, 6, "rate", "rates", "charge", "charges", "pay", "budget", "price", "cost", "costs", "ceiling", "cap", "limit", "asks", "asking", "maximum", "max")
}

// deniers turn a floor into a ceiling: "nobody over 60".
var deniers = []string{"nobody", "no", "not", "none", "nothing", "never", "don't", "without", "exclude", "drop", "remove", "cannot", "can't", "won't", "mustn't", "shouldn't", "dont", "doesn't", "isn't", "nor", "neither", "can not"}

// tooMuch reports whether what is behind an amount rules it out: "above 60 is too much".
func (x *reading) tooMuch(to int) bool {
	return x.Is(to, "is", "are", "would", "gets") && x.behind(to, 4, "too", "out") && x.behind(to, 5, "much", "expensive", "high", "dear", "out")
}

var rateFollows = []string{"and", "or", "but", "please", "for", "with", "in", "is", "an", "per", "hourly", "if", "who", "only", "then", "now", "too", "also", "tops", "max", "at", "rate", "rates", "from", "free", "available", "no"}

// rate adds the bound that an amount sets.
func (x *reading) rate(s brief.Sum) {
	low, high := s.Low, s.High
	if low == high { // no bound was said at the figure itself
		low, high = x.boundOf(s)
	}
	inverted := false
	if low > 0 && high == 0 && (x.before(s.From+1, 5, deniers...) || x.tooMuch(s.To)) {
		low, high, inverted = 0, low, true // "nobody over 60"
	}
	switch s.Per {
	case "day":
		low, high = low/hoursOfDay, high/hoursOfDay
	case "week":
		low, high = low/hoursOfWeek, high/hoursOfWeek
	}
	currency := x.currencyOf(s)
	units := float64(retrieval.MinorUnits(currency))
	pay := retrieval.PayRange{Currency: currency, Min: int64(math.Round(low * units)), Max: int64(math.Round(high * units))}
	strict := x.strictly(s) && !inverted
	if pay.Max > 0 && strict {
		pay.Max--
	}
	if pay.Min > 0 && pay.Max == 0 && strict {
		pay.Min++
	}
	r := Requirement{Kind: Pay, Text: payText(low, high, currency, strict), Rates: []retrieval.PayRange{pay}}
	x.add(r, s.From, s.To)
}

// currencyOf is the currency of an amount: the one of the post where none was
// said, or one that the post's is a kind of, as "$" of an Australian.
func (x *reading) currencyOf(s brief.Sum) string {
	own := x.context.Currency
	if s.Shared == "kr" && !crowns[own] {
		for i := range x.Len() { // "in Norway, under 900 kroner"
			if spot, ok := x.placeAt(i); ok && len(spot.countries) == 1 && crownsOf[spot.countries[0]] != "" {
				return crownsOf[spot.countries[0]]
			}
		}
	}
	switch {
	case s.Currency == "" && s.Shared == "", s.Shared == "$" && dollars[own], s.Shared == "kr" && crowns[own], s.Shared == "peso" && pesos[own], s.Shared == "¥" && own == "CNY":
		return own
	}
	return s.Currency
}

var crownsOf = map[string]string{"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}

var dollars, crowns, pesos = set("USD AUD CAD NZD SGD HKD TWD"), set("SEK NOK DKK ISK"), set("MXN ARS COP CLP PHP UYU")

// boundOf tells whether an amount without a bound is a ceiling, as rates that
// clients name usually are, or a floor.
func (x *reading) boundOf(s brief.Sum) (low, high float64) {
	if x.before(s.From, 4, "least", "from", "minimum", "above", "over") && !x.before(s.From, 4, "not") {
		return s.Low, 0
	}
	return 0, s.High
}

// strictly reports whether the amount itself is beyond the bound: "under 60".
func (x *reading) strictly(s brief.Sum) bool {
	for i := max(0, s.From-3); i < s.To; i++ {
		if x.Is(i, "under", "below", "<", "cheaper") && !x.Is(i-1, "or") && !(x.Is(i-1, "and") && numberAt(x, i-2) > 0) || x.Is(i, "less", "more", "lower", "higher") && x.Is(i+1, "than") && !x.before(i, 4, deniers...) ||
			x.Is(i, "above", ">") && !x.Is(i-1, "not", "nobody", "no") && !x.Is(i+1, "all") {
			return true
		}
	}
	return false
}

func payText(low, high float64, currency string, strictly bool) string {
	money := func(v float64) string {
		return brief.Money(int64(math.Round(v*float64(retrieval.MinorUnits(currency)))), currency)
	}
	switch {
	case low > 0 && high > 0:
		return fmt.Sprintf("%s to %s an hour", money(low), money(high))
	case low > 0:
		return fmt.Sprintf("at least %s an hour", money(low))
	case strictly:
		return fmt.Sprintf("under %s an hour", money(high))
	}
	return fmt.Sprintf("at most %s an hour", money(high))
}

// major turns minor units into units of a currency.
func major(minor int64, currency string) float64 {
	return float64(minor) / float64(retrieval.MinorUnits(currency))
}
