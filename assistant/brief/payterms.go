package brief

var (
	// notPayType stand before "fixed" and "hourly" where these are not how the person pays.
	notPayType = words(`be get gets bugs is are not no non your best their additional what`)
)

var (
	payTypes       = newLexicon[string]()
	currencyChange = phrases("meant, i mean, not, in, should be, actually, sorry, it's, change to, change it to, make it, make that, rather, instead, currency is, use")
)

func init() {
	payTypes.add("hourly", "hourly", "by the hour", "per hour", "an hourly rate", "hourly rate", "paid hourly", "time and materials", "on an hourly basis")
	payTypes.add("fixed", "fixed price", "fixed", "flat fee", "flat rate", "fixed fee", "fixed budget", "lump sum", "fixed cost", "one off payment",
		"fixed rate", "a flat price", "flat price", "paid per project", "by the project", "total budget", "budget in total", "one time payment")
}

// payType finds how the work is to be paid where that is said on its own.
func (r *reader) payType() (from, to int, kind string) {
	for i := range r.tokens {
		if r.closed(i) {
			continue
		}
		means, end, ok := payTypes.match(r.view, i)
		if !ok {
			continue
		}
		if end == i+1 && r.low(i) == "fixed" && r.in.Asked != SlotPay && !r.is(end, "price", "fee", ",", ".", "") && end < len(r.tokens) {
			continue // "needs to be fixed soon"
		}
		if notPayType[r.low(i-1)] && r.in.Asked != SlotPay {
			continue
		}
		if r.is(i-1, "not", "no") {
			continue
		}
		return i, end, means
	}
	return 0, 0, ""
}

// payTerms reads messages that tell the type or the currency and no sum:
// "fixed price please", "sorry, I meant euros".
func (r *reader) payTerms() {
	known := r.brief.Pay
	pay := known.Value
	var sources []Source
	at := 0
	if from, to, kind := r.payType(); kind != "" && kind != pay.Type {
		if kind == "fixed" && to == from+1 && r.in.Asked != SlotPay && !known.Known() {
			return
		}
		pay.Type, pay.Per, at = kind, "", from
		sources = append(sources, r.source(from, to))
		r.claim(SlotPay, from, to)
	}
	if known.Value.Amount() || r.in.Asked == SlotPay {
		if from, to, code := r.currencyAlone(); code != "" && code != pay.Currency {
			pay.Min, pay.Max = rescale(pay.Min, pay.Currency, code), rescale(pay.Max, pay.Currency, code)
			pay.Currency, at = code, from
			sources = append(sources, r.source(from, to))
			r.claim(SlotPay, from, to)
		}
	}
	if len(sources) == 0 {
		return
	}
	r.brief.Pay = Field[Pay]{Value: pay, Sources: append(sources, known.Sources...), Confidence: max(known.Confidence, 0.8)}
	r.change(SlotPay, at)
}

func rescale(minor int64, from, to string) int64 {
	return minor * minorUnits(to) / minorUnits(from)
}

// currencyAlone finds a currency without a sum, where it corrects or answers.
func (r *reader) currencyAlone() (from, to int, code string) {
	for i := range r.tokens {
		if r.closed(i) {
			continue
		}
		found, end := r.currencyAt(i, false)
		if found == "" {
			continue
		}
		cued := len(r.tokens) <= 4 || r.apart(i-1) && r.apart(end) || r.is(i-1, "in") && r.apart(end)
		for k := max(0, i-4); k < i; k++ {
			if _, end, ok := currencyChange.match(r.view, k); ok && end == i && r.low(i-1) != "not" {
				cued = true
			}
		}
		if cued && r.low(i-1) != "not" {
			return i, end, settle(found, r.in.Locale)
		}
	}
	return 0, 0, ""
}

// apart reports whether token i is no word: a sign, or outside of the text.
func (r *reader) apart(i int) bool {
	return i < 0 || i >= len(r.tokens) || r.tokens[i].kind == sign && !r.is(i, "/", "-")
}

// period finds "monthly" and the like beside the word for paying, where the
// sum does not follow at once: "we pay monthly, 2000 euros".
func (r *reader) period(i int) (at int, unit string) {
	s := r.sentenceOf(i)
	for k := s.from; k < s.to; k++ {
		if k == i-1 || k == i-2 && r.is(k+1, ",", ":") || r.is(k-1, "pay", "paid", "payment", "paying") || r.is(k+1, "pay", "payment", "rate") {
			switch r.low(k) {
			case "monthly":
				return k, "month"
			case "weekly":
				return k, "week"
			case "daily":
				return k, "day"
			}
		}
	}
	return 0, ""
}
