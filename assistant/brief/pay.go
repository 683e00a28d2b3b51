package brief

import (
	"cmp"
	"math"
	"strings"
)

// money finds what the person would pay.
func (r *reader) money() {
	best, score := sum{}, 0.0
	var weighed []sum
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) {
			continue
		}
		s, ok := r.sumAt(i)
		if !ok || s.to <= i || r.taken[s.at] == listMark || r.taken[s.to-1] == listMark || r.taken[s.at] == removal {
			continue
		}
		r.flipDenied(&s)
		if r.tooMuch(s.to) && len(r.revised) < 12 {
			r.revised = append(r.revised, r.quote(s.at, s.to))
		}
		if len(weighed) < 12 && max(s.low, s.high) >= 20 && (s.currency != "" || s.scaled || s.per != "" || s.digits && r.is(s.to, "for", "a", "per")) {
			weighed = append(weighed, s)
		}
		if score > 0 && s.currency == "" && max(s.low, s.high) >= 20 && r.corrects(s.at) && r.ends(s.to) && !r.misfit(s) {
			s.prior = r.currencyOf(best)
			s.currency, s.pay, s.per = best.currency, cmp.Or(s.pay, best.pay), cmp.Or(s.per, best.per) // "300 euros. No, 350"
		}
		if got := r.weigh(s); got >= 2 {
			if got > score || r.corrects(s.at) {
				best, score = s, got
			}
		}
		i = s.to - 1
	}
	if score > 0 {
		r.setPay(best, score)
		r.noteRevised(weighed, best)
		return
	}
	r.payTerms()
}

// flipDenied reads "not more than 300", where the denial stands apart: "it
// shouldn't cost more than 300" is a bound from above.
func (r *reader) flipDenied(s *sum) {
	if !s.bounded || s.low == 0 || s.high != 0 || !r.hasWord("more", s.from, s.at) && !r.hasWord("over", s.from, s.at) && !r.hasWord("above", s.from, s.at) {
		return
	}
	for k := s.from - 1; k >= max(r.sentenceOf(s.at).from, s.from-5); k-- {
		if denials[r.low(k)] || strings.HasSuffix(r.low(k), "n't") || r.is(k, "cannot", "nothing") {
			s.low, s.high = 0, s.low
			return
		}
	}
}

// turning are words of a person who thinks better of what they just wrote.
var turning = phrases("actually, no wait, forget, scratch, make that, make it, let's say, sorry, rather, hmm, hm, on second thought, correction, i mean, no no, instead")

// noteRevised notes the sums that the same message corrects later on, whatever they
// were: in a message that takes something back, only the last one stands.
func (r *reader) noteRevised(weighed []sum, best sum) {
	for _, s := range weighed {
		until := best.from + 1
		if s.at > best.at {
			until = len(r.tokens)
		}
		if (s.low != best.low || s.high != best.high) && s.at != best.at && s.to < until && turning.has(r.view, s.to, min(until, s.to+40)) {
			r.revised = append(r.revised, r.quote(s.at, min(s.to, s.at+2)))
		}
	}
}

// currencyOf returns the tokens that name the currency of a sum.
func (r *reader) currencyOf(s sum) part {
	if s.prior.to > 0 {
		return s.prior
	}
	for i := s.from; i < s.to; i++ {
		for _, before := range []bool{true, false} {
			if code, end := r.currencyAt(i, before); code != "" && code == s.currency {
				return part{i, end}
			}
		}
	}
	return part{}
}

// weigh says how likely a sum is what the person would pay: 2 or more is taken.
func (r *reader) weigh(s sum) float64 {
	own, others := r.moneyCues(s)
	if r.tooMuch(s.to) {
		return 0
	}
	if !own && s.currency == "" && s.pay != "hourly" && r.asksTime() {
		return 0 // "5 to 6 in total" answers the question for hours
	}
	if others && !own || r.misfit(s) {
		return 0
	}
	score := 0.0
	if s.currency != "" || s.cents {
		score += 3
	}
	if s.pay != "" {
		score += 2
	}
	if s.per != "" && (own || r.in.Asked == SlotPay) {
		score++
	}
	if s.per != "" && s.high > 0 && s.high < 1 {
		score += 2 // "0.08 per word"
	}
	if s.per != "" && s.high > 0 && s.high < 1 {
		score += 2 // "0.08 per word"
	}
	if s.scaled {
		score++
	}
	if s.around || s.bounded {
		score += 0.5
	}
	if own {
		score += 3
	}
	if r.in.Asked == SlotPay {
		score += 2
	}
	if r.brief.Pay.Value.Amount() && r.is(s.to, "is", "would", "works") && (r.is(s.to+1, "ok", "okay", "fine", "possible", "enough", "better") || r.is(s.to+1, "be")) && s.from <= r.sentenceOf(s.at).from+1 {
		score += 3 // "350 is ok too"
	}
	if r.brief.Pay.Known() && r.brief.Pay.Value.Amount() && r.corrects(s.at) && (s.scaled || s.low >= 100 || s.high >= 100) {
		score += 2
	}
	switch {
	case r.ends(s.to):
		if s.scaled || s.digits && r.in.Asked == SlotPay {
			score++
		}
	case s.currency == "" && s.pay == "" && s.per == "":
		score -= 4
	case goods[r.low(s.to)] || goods[r.low(s.to+1)] && r.low(s.to) != "for":
		return 0
	}
	return score
}

// setPay stores a sum, completed by what was known: "make it 5k" keeps the
// currency and the type of what it corrects.
func (r *reader) setPay(s sum, score float64) {
	known := r.brief.Pay
	pay := Pay{Type: s.pay, Per: s.per, Around: s.around, Currency: settle(s.currency, r.in.Locale)}
	sources := []Source{r.source(s.from, s.to)}
	if s.prior.to > 0 {
		sources = append(sources, r.source(s.prior.from, s.prior.to))
	}
	if s.currency == "" {
		if from, to, code := r.currencyAlone(); code != "" {
			pay.Currency, sources = code, append(sources, r.source(from, to))
			r.claim(SlotPay, from, to)
		}
	}
	if s.cents && pay.Currency == "" && known.Value.Currency != "" {
		pay.Currency = known.Value.Currency
	}
	keeps := false
	if known.Known() {
		if pay.Currency == "" && s.currency == "" && known.Value.Currency != "" {
			pay.Currency, keeps = known.Value.Currency, true
		}
		if from, to, kind := r.payType(); kind != "" && pay.Type == "" && pay.Per == "" && kind != known.Value.Type {
			pay.Type, sources = kind, append(sources, r.source(from, to))
			r.claim(SlotPay, from, to)
		}
		if pay.Type == "" && pay.Per == "" && (known.Value.Type != "" || known.Value.Per != "") {
			pay.Type, pay.Per, keeps = known.Value.Type, known.Value.Per, true
		}
	}
	if pay.Type == "" && pay.Per == "" {
		if at, unit := r.period(s.at); unit != "" {
			pay.Per, sources = unit, append(sources, r.source(at, at+1))
		} else if from, to, kind := r.payType(); kind != "" {
			pay.Type, sources = kind, append(sources, r.source(from, to))
			r.claim(SlotPay, from, to)
		}
	}
	pay.Min, pay.Max = s.minor(s.low, pay.Currency), s.minor(s.high, pay.Currency)
	if pay.Per == "word" && s.fine(pay.Currency) {
		pay.Per = "1000 words"
		pay.Min, pay.Max = s.minor(s.low*1000, pay.Currency), s.minor(s.high*1000, pay.Currency)
	}
	if keeps {
		sources = append(sources, known.Sources...)
	}
	r.ratedPay = r.rated(s)
	r.brief.Pay = Field[Pay]{Value: pay, Sources: sources, Confidence: confidence(score / 6)}
	r.change(SlotPay, s.from)
	r.claim(SlotPay, s.from, s.to)
}

// lowest is the least sum, in units of a currency, that is taken for the price of
// the whole where hours a week or no end of the work were said: below it, it may
// be a rate.
const lowest = 150

// wholeSum takes a sum that was named without any rate for a fixed price: nobody
// says "my budget is 2,000" of an hour. A small one of work that goes on by the
// hour stays as it was said.
func (r *reader) wholeSum() {
	pay := &r.brief.Pay.Value
	if !r.changedNow(SlotPay) || !pay.Amount() || pay.Type != "" || pay.Per != "" {
		return
	}
	goesOn := r.brief.Hours.Known() || r.brief.Duration.Value.Ongoing
	if r.ratedPay || goesOn && max(pay.Min, pay.Max) < lowest*minorUnits(pay.Currency) {
		return
	}
	pay.Type = "fixed"
}

// rated reports whether a word near a sum calls it a rate: of what was not said.
func (r *reader) rated(s sum) bool {
	from, _ := r.clause(s.at)
	for i := from; i < s.to; i++ {
		if r.is(i, "rate", "rates", "salary", "wage") && !r.is(i-1, "flat", "fixed") {
			return true
		}
	}
	return false
}

// asksTime reports whether the question was for hours or dates.
func (r *reader) asksTime() bool {
	switch r.in.Asked {
	case SlotHours, SlotDuration, SlotDeadline, SlotStart:
		return true
	}
	return false
}

// tooMuch reports whether the words behind a sum turn it down.
func (r *reader) tooMuch(i int) bool {
	for k := i; k < min(i+6, len(r.tokens)) && r.same(k, i-1) && !r.is(k, ",", ";"); k++ {
		if r.is(k, "too") && r.is(k+1, "much", "expensive", "high") || r.is(k, "is", "was") && r.is(k+1, "out", "over", "beyond") {
			return true
		}
	}
	return false
}

// fine reports whether a price has parts below the minor unit: $0.015 a word.
func (s sum) fine(currency string) bool {
	scaled := s.low * float64(minorUnits(currency))
	if s.cents {
		scaled = s.low
	}
	return math.Abs(scaled-math.Round(scaled)) > 1e-9
}
