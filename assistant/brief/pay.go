package brief

import "math"

var (
	ownMoney = words("budget budgeted budgeting budgets pay paying pays spend spending offer offering afford rate rates compensation price priced allocated aside payment fee salary invest paid budged bugdet wage remuneration earmarked")
	// othersMoney are words after which money is not what the person would pay.
	othersMoney = words(`cost paid charged charges charge charging quoted quote quotes sell sells selling sold costs revenue turnover sales profit profits raised raising funding earn earns earning make makes made worth owe owes bought buy buys purchased
 donate donations donation won win prize lost losing saved saves competitor competitors competition fine grossing invoice invoiced refund refunded discount subscription customers users tickets ticket asked wanted cheapest shipping orders order valued deposit grant loan salaries`)
	// goods are nouns that a sum before them belongs to: "$20 items".
	goods = words(`item items product products gift gifts coupon coupons discount voucher vouchers order orders ticket tickets subscription subscriptions plan revenue turnover sales off monitor monitors phone phones laptop bill bills note prize grant donation donations
 raise investment loan house houses car cars bottle bottles membership course courses ebook book shirt shirts watch watches market business company industry startup fundraiser campaign ad ads adspend followers subscribers`)
	// afterMoney are words that may follow a bare sum; another word would be what is counted.
	afterMoney = words(`for before by in on total fixed max maximum tops per an a hour or is are was would if budget and but to ish flat depending with within as all until at not excluding including incl plus minus gross net from so since because i we it that this my our
 he she they ideally hourly monthly weekly when once upfront should might could can will maybe then though please thanks overall altogether now instead either ok okay fine works also seems ballpark range roughly approximately minimum min paid rather starting about around over excl vat tax `)
	moneyDeal = words("actually make sorry meant instead rather change correction scratch now let's say change raise lower increase reduce bump update set")
)

// money finds what the person would pay.
func (r *reader) money() {
	best, score := sum{}, 0.0
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) {
			continue
		}
		s, ok := r.sumAt(i)
		if !ok || s.to <= i {
			continue
		}
		if got := r.weigh(s); got >= 2 && (got > score || r.corrects(s.at)) {
			best, score = s, got
		}
		i = s.to - 1
	}
	if score > 0 {
		r.setPay(best, score)
		return
	}
	r.payTerms()
}

// weigh says how likely a sum is what the person would pay: 2 or more is taken.
func (r *reader) weigh(s sum) float64 {
	own, others := r.moneyCues(s)
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

// ends reports whether nothing that could be counted follows a sum.
func (r *reader) ends(i int) bool {
	return i >= len(r.tokens) || r.tokens[i].kind == sign && r.low(i) != "%" && !r.is(i, "/", "x", "#") || afterMoney[r.low(i)] || !r.same(i, i-1)
}

// moneyCues looks for the nearest word around a sum that tells whose money it is.
func (r *reader) moneyCues(s sum) (own, others bool) {
	from, _ := r.clauseOf(s.at)
	for i := s.at - 1; i >= max(from, s.at-12); i-- {
		switch low := r.low(i); {
		case low == "paid" && r.is(i-1, "be", "get", "gets", "is"):
			return true, false
		case ownMoney[low] && low != "paid" && !r.is(i-1, "they", "customers", "users", "people", "clients", "who", "competitors", "he", "she", "stock", "members", "visitors", "subscription", "ad", "ads", "students"):
			return true, false
		case low == "cost" && !r.is(i-2, "products", "items", "services", "plans", "they", "courses") && !r.is(i-1, "products", "items", "they", "plans", "services", "courses", "tickets"):
			return false, false
		case othersMoney[low] && !(r.is(i, "make", "makes") && r.is(i+1, "it", "that", "this", "the")) && !(low == "order" && r.is(i-1, "in")) && !(low == "sales" && i < from+1):
			return false, true
		case r.is(i, "ad", "ads", "advertising", "adwords", "media") && r.is(i+1, "spend", "budget"):
			return false, true
		}
	}
	for i := s.to; i < min(s.to+5, len(r.tokens)) && r.same(i, s.at); i++ {
		switch low := r.low(i); {
		case low == "budget" || low == "budgeted" || low == "to" && r.is(i+1, "spend", "pay", "offer"):
			return true, false
		case r.is(i, "revenue", "turnover", "discount", "followers", "funding", "profit", "last") || r.is(i, "off") && i == s.to:
			return false, true
		}
	}
	return r.low(s.at-1) == "for" && s.scaled && r.ends(s.to), false
}

// clauseOf is like clause, but a comma or bracket does not end it.
func (r *reader) clauseOf(i int) (from, to int) {
	s := r.sentenceOf(i)
	from, to = s.from, s.to
	for k := i - 1; k >= s.from; k-- {
		if r.is(k, "but", "however", ";", "although", "though", "so") {
			from = k + 1
			break
		}
	}
	return from, to
}

// misfit reports whether a figure is surely no pay: a resolution, a year, a
// percentage, a name with a number, a time.
func (r *reader) misfit(s sum) bool {
	bare := s.currency == "" && !s.cents
	next := r.low(s.to)
	switch {
	case s.low == 0 && s.high == 0:
		return true
	case next == "%" || next == "percent" || r.is(s.to, "/") && r.tokens[s.to].tight && s.to+1 < len(r.tokens) && r.tokens[s.to+1].kind == number:
		return true
	case bare && s.per == "" && s.pay == "" && (r.is(s.at-1, "the", "#", "no", "number", "version", "v", "/") || s.at > 0 && s.at == s.from && r.tokens[s.at].tight && !r.is(s.at-1, "(", ",", ":", "-", "=")):
		return true
	case bare && s.scaled && r.low(s.at) == "4" && (r.is(s.at-1, "in", "a", "the") && !r.ownNear(s.at) || r.is(s.to, "video", "videos", "resolution", "footage", "quality", "uhd", "camera", "export", "tv", "60fps", "hdr")):
		return true
	case bare && r.is(s.at-1, "a", "ran") && s.at == s.from:
		return true
	case bare && r.low(s.from) == "a" && s.scaled && !r.is(s.to, "budget"):
		return r.ownNear(s.at) == false
	case bare && s.pay == "" && (r.timeUnit(s.to) != 0 || r.is(s.to, "hours", "hrs", "h", "hour", "am", "pm", ":")):
		return true
	case bare && s.per != "" && s.high >= 1 && r.in.Asked != SlotPay && !r.ownNear(s.at):
		return true
	}
	return false
}

func (r *reader) ownNear(i int) bool {
	for k := i - 1; k >= max(0, i-6) && r.same(k, i); k-- {
		if ownMoney[r.low(k)] {
			return true
		}
	}
	return false
}

// corrects reports whether the words before token i change what was said.
func (r *reader) corrects(i int) bool {
	for k := i - 1; k >= max(0, i-6); k-- {
		if moneyDeal[r.low(k)] && !(r.low(k) == "say" && !r.is(k-1, "let's", "we")) {
			return true
		}
	}
	return false
}

// setPay stores a sum, completed by what was known: "make it 5k" keeps the
// currency and the type of what it corrects.
func (r *reader) setPay(s sum, score float64) {
	known := r.brief.Pay
	pay := Pay{Type: s.pay, Per: s.per, Around: s.around, Currency: settle(s.currency, r.in.Locale)}
	if s.cents && pay.Currency == "" && known.Value.Currency != "" {
		pay.Currency = known.Value.Currency
	}
	sources := []Source{r.source(s.from, s.to)}
	keeps := false
	if known.Known() {
		if pay.Currency == "" && s.currency == "" && known.Value.Currency != "" {
			pay.Currency, keeps = known.Value.Currency, true
		}
		if pay.Type == "" && pay.Per == "" && (known.Value.Type != "" || known.Value.Per != "") {
			pay.Type, pay.Per, keeps = known.Value.Type, known.Value.Per, true
		}
	}
	if pay.Type == "" && pay.Per == "" {
		if from, to, kind := r.payType(); kind != "" {
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
	r.brief.Pay = Field[Pay]{Value: pay, Sources: sources, Confidence: confidence(score / 6)}
	r.change(SlotPay, s.from)
	r.claim(SlotPay, s.from, s.to)
}

// fine reports whether a price has parts below the minor unit: $0.015 a word.
func (s sum) fine(currency string) bool {
	scaled := s.low * float64(minorUnits(currency))
	if s.cents {
		scaled = s.low
	}
	return math.Abs(scaled-math.Round(scaled)) > 1e-9
}

var (
	payTypes       = newLexicon[string]()
	currencyChange = phrases("meant, i mean, not, in, should be, actually, sorry, it's, change to, change it to, make it, make that, rather, instead, currency is, use")
)

func init() {
	payTypes.add("hourly", "hourly", "by the hour", "per hour", "an hourly rate", "hourly rate", "paid hourly", "time and materials", "on an hourly basis")
	payTypes.add("fixed", "fixed price", "fixed", "flat fee", "flat rate", "fixed fee", "fixed budget", "lump sum", "fixed cost", "one off payment", "fixed rate", "a flat price", "flat price", "paid per project", "by the project", "total budget", "budget in total", "one time payment")
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
		if r.is(i-1, "be", "get", "gets", "bugs", "is", "are", "not", "no", "non") && r.in.Asked != SlotPay {
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
	return minor / minorUnits(from) * minorUnits(to)
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
		cued := len(r.tokens) <= 4
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
