package brief

var (
	// otherPayers pay for something else than the work.
	otherPayers = words(`they customers users people clients who competitors he she stock members visitors subscription ad ads students`)
	// mayCost make a cost that is to come of the word cost.
	mayCost = words(`should would will could can must may to max total maximum project at shouldn't wouldn't won't can't couldn't mustn't not cannot`)
	// resolutionOf follow 4k where it is a resolution.
	resolutionOf = words(`video videos resolution footage quality uhd camera export tv 60fps hdr`)
)

var (
	ownMoney = words(`budget budgeted budgeting budgets pay paying pays spend spending offer offering afford rate rates compensation price priced allocated aside payment
		fee salary invest paid budged bugdet wage remuneration earmarked`)
	// othersMoney are words after which money is not what the person would pay.
	othersMoney = words(`cost paid charged charges charge charging quoted quote quotes sell sells selling sold costs revenue turnover sales profit profits raised raising
		funding earn earns earning make makes made worth owe owes bought buy buys purchased donate donations donation won win prize lost losing saved saves
		competitor competitors competition fine grossing invoice invoiced refund refunded discount subscription customers users tickets ticket asked wanted
		cheapest shipping orders order valued deposit grant loan salaries`)
	// goods are nouns that a sum before them belongs to: "$20 items".
	goods = words(`item items product products gift gifts coupon coupons discount voucher vouchers order orders ticket tickets subscription subscriptions plan revenue
		turnover sales off monitor monitors phone phones laptop bill bills note prize grant donation donations raise investment loan house houses car cars
		bottle bottles membership course courses ebook book shirt shirts watch watches market business company industry startup fundraiser campaign ad ads
		adspend followers subscribers night seat head`)
	// afterMoney are words that may follow a bare sum; another word would be what is counted.
	afterMoney = words(`after for before by in on total fixed max maximum tops per an a hour or is are was would if budget and but to ish flat depending with within as all until at
		not excluding including incl plus minus gross net from so since because i we it that this my our he she they ideally hourly monthly weekly when once
		upfront should might could can will maybe then though please thanks overall altogether now instead either ok okay fine works also seems ballpark range
		roughly approximately minimum min paid rather starting about around over excl vat tax`)
	moneyDeal = words(`actually make sorry meant instead rather change correction scratch now let's say wait mind mistake oops typo mean change raise lower increase reduce
		bump update set`)
)

// ends reports whether nothing that could be counted follows a sum.
func (r *reader) ends(i int) bool {
	return i >= len(r.tokens) || r.tokens[i].kind == sign && r.low(i) != "%" && !r.is(i, "/", "x", "#") || afterMoney[r.low(i)] || !r.same(i, i-1)
}

// moneyCues looks for the nearest word around a sum that tells whose money it is.
func (r *reader) moneyCues(s sum) (own, others bool) {
	from, _ := r.clauseOf(s.at)
	if r.forTheWork(s.to) {
		return true, false
	}
	if r.is(s.to, "for") && upkeep[r.low(s.to+1)] {
		return false, true
	}
	for i := s.at - 1; i >= max(from, s.at-12); i-- {
		switch low := r.low(i); {
		case r.is(i, "fee", "fees") && upkeep[r.low(i-1)], low == "price" && r.low(i+1) == "of" && !r.is(i+2, "about", "around", "up"):
			return false, true
		case low == "say" && r.is(i-1, "i'd") && max(s.low, s.high) >= 50, low == "money":
			return true, false
		case low == "do" && r.is(i-1, "can", "could") && !r.is(i+1, "it", "that", "this"):
			return true, false
		case low == "go" && r.is(i+1, "up", "to", "as", "higher", "down"):
			return true, false
		case low == "paid" && r.is(i-1, "be", "get", "gets", "is"):
			return true, false
		case ownMoney[low] && low != "paid" && !otherPayers[r.low(i-1)]:
			return true, false
		case low == "cost" && mayCost[r.low(i-1)]:
			return s.bounded, false
		case low == "saved" && r.is(i-1, "have", "i've", "we've", "had"), low == "saved" && r.is(i+1, "up"):
			return true, false
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

// upkeep is paid for, but not to whom does the work.
var upkeep = words(`yearly annual hosting subscription licence license membership domain server servers admission entry registration filing court visa shipping delivery office
		transaction listing booking`)

// forTheWork reports whether the words behind a sum give it to the work: "of
// which £9,500 is for development".
func (r *reader) forTheWork(i int) bool {
	if r.is(i, "is", "are", "goes", "set") {
		i++
	}
	if r.is(i, "aside", "to") {
		i++
	}
	if !r.is(i, "for") {
		return false
	}
	i++
	if r.is(i, "the", "this") {
		i++
	}
	return r.is(i, "development", "work", "job", "project", "gig", "developer", "designer", "translator", "editor", "freelancer")
}

// clauseOf is like clause, but a comma or bracket does not end it.
func (r *reader) clauseOf(i int) (from, to int) {
	s := r.sentenceOf(i)
	from, to = s.from, s.to
	for k := i - 1; k >= max(s.from, i-14); k-- {
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
	case bare && !s.digits && !s.scaled && s.per == "" && s.pay == "" && s.high <= 3:
		return true // "the middle one"
	case s.low == 0 && s.high == 0, r.is(s.to, "a", "per", "/", "each", "every") && goods[r.low(s.to+1)]:
		return true
	case next == "%" || next == "percent" || r.is(s.to, "/") && r.tokens[s.to].tight && s.to+1 < len(r.tokens) && r.tokens[s.to+1].kind == number:
		return true
	case bare && s.per == "" && s.pay == "" && (r.is(s.at-1, "the", "#", "no", "number", "version", "v", "/") || s.at > 0 && s.at == s.from && r.tokens[s.at].tight && !r.is(s.at-1, "(", ",", ":", "-", "=")):
		return true
	case bare && s.scaled && r.low(s.at) == "4" && (r.is(s.at-1, "in", "a", "the") && !r.ownNear(s.at) || resolutionOf[r.low(s.to)]):
		return true
	case bare && s.scaled && s.low <= 12000 && s.low == s.high && s.at > 0 && r.same(s.at-1, s.at) && r.footage(s.at) && !r.ownNear(s.at):
		return true
	case !r.ownNear(s.at) && (s.per == "night" || s.per == "head" || s.per == "seat" || s.per == "guest" || s.per == "room" || s.per == "ticket"):
		return true
	case bare && r.is(s.at-1, "a", "ran") && s.at == s.from:
		return true
	case bare && r.low(s.from) == "a" && s.scaled && !r.is(s.to, "budget"):
		return !r.ownNear(s.at)
	case bare && s.pay == "" && (r.timeUnit(s.to) != 0 || r.is(s.to, "hours", "hrs", "h", "hour", "am", "pm", ":")):
		return true
	case bare && s.per != "" && s.high >= 1 && r.in.Asked != SlotPay && !r.ownNear(s.at) && !(r.in.Known.Pay.Known() && r.corrects(s.at)):
		return true
	}
	return false
}

// footage reports whether the sentence of token i speaks of pictures, in which
// 4k and 6k are resolutions.
func (r *reader) footage(i int) bool {
	s := r.sentenceOf(i)
	for k := s.from; k < s.to; k++ {
		if resolutionOf[r.low(k)] || r.is(k, "film", "shot", "filmed", "drone", "edit", "iphone", "render", "screen", "grading", "clips") {
			return true
		}
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
		if r.is(k, "no", "wait") && (k == i-1 || r.is(k+1, ",", "it's", "wait", "make")) && (k > 0 || len(r.tokens) <= 6) {
			return true
		}
		if moneyDeal[r.low(k)] && !(r.low(k) == "say" && !r.is(k-1, "let's", "we")) {
			return true
		}
	}
	return false
}
