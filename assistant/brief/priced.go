package brief

var (
	// costVerbs end the thing whose price is asked: "how much does a logo cost".
	costVerbs = words("cost costs take run be charge")
	// beforePriced stand before that thing.
	beforePriced = words("does do did would will should is are could might can may")
	// noWork is what a price may be asked of that names no work.
	noWork = words(`it this that these those they them he she people others you i we someone somebody one everything something anything freelancers me us all here such usually
		normally typically something`)
)

// mostPriced is how many questions for a price are read in one message.
const mostPriced = 8

// pricedWork finds the work that questions for a price name: "how much does a logo
// for my cafe cost?" asks for a figure, and wants a logo.
func (r *reader) pricedWork() {
	for k, s := range r.sentences {
		if r.stances[k] != asksPrice || len(r.priced) == mostPriced {
			continue
		}
		if p, ok := r.pricedIn(s); ok {
			r.priced = append(r.priced, p)
		}
	}
}

func (r *reader) pricedIn(s sentence) (part, bool) {
	_, _, at, ok := priceAsks.find(r.view, s.from, s.to)
	if !ok {
		at = s.from
	}
	if r.is(at-2, "how") && r.is(at-1, "long", "does") && !r.own(s.from, s.to) || r.is(at-3, "how") && r.is(at-2, "long") && !r.own(s.from, s.to) {
		return part{}, false // "how long does a website take?" is idle
	}
	end := s.to
	for end > at && r.is(end-1, "?", ".", "!") {
		end--
	}
	for i := at; i < end; i++ {
		if r.is(i, "for", "to") && i+1 < end || i == at && r.isVerb(i) {
			from := i + 1
			if i == at && !r.is(i, "for", "to") {
				from = i
			}
			deed := r.is(i, "to")
			if deed && r.is(from, "have", "get") {
				from, deed = from+1, false
			}
			if p := (part{from, end}); r.isPriced(p, deed) {
				return p, true
			}
			continue
		}
		if !costVerbs[r.low(i)] || i == at {
			continue
		}
		from := i - 1
		for from > s.from && !beforePriced[r.low(from)] {
			from--
		}
		if p := (part{from + 1, i}); from+1 < i && r.isPriced(p, false) {
			return p, true
		}
	}
	return part{}, false
}

// own reports whether the person speaks of something of theirs.
func (r *reader) own(from, to int) bool {
	return r.hasWord("my", from, to) || r.hasWord("our", from, to)
}

// isPriced reports whether words name work: a thing or a deed of which the
// vocabulary knows a word.
func (r *reader) isPriced(p part, deed bool) bool {
	if noWork[r.low(p.from)] || r.low(p.from) == "" || r.tokens[p.from].kind != word && r.tokens[p.from].kind != number || p.to-p.from > 40 {
		return false
	}
	if deed {
		return r.isVerb(p.from) && !noWork[r.low(p.from+1)] && p.to-p.from > 1
	}
	return r.hasProduct(p.from, p.to) && !r.workerAt(p.from, p.to) || r.isVerb(p.from) && p.to-p.from > 1
}

// isOfPriced reports whether token i names work within a question for its price.
func (r *reader) isOfPriced(i int) bool {
	for _, p := range r.priced {
		if i >= p.from && i < p.to {
			return true
		}
	}
	return false
}

// silent reports whether token i stands in a sentence that names no work.
func (r *reader) silent(i int) bool { return r.closed(i) && !r.isOfPriced(i) }

// pricedPhrases reads the work that a question for its price names.
func (r *reader) pricedPhrases(k int) []phraseOf {
	for _, p := range r.priced {
		if r.tokens[p.from].sentence != k {
			continue
		}
		if r.isVerb(p.from) {
			return r.objects(p.from, p.to)
		}
		if head, end := r.thing(p.from, p.to); end > head {
			return []phraseOf{{verb: -1, from: head, to: end}}
		}
	}
	return nil
}

// tellPriced keeps what a question for a price says of the work.
func (r *reader) tellPriced(k int) (Item, bool) {
	for _, p := range r.priced {
		if r.tokens[p.from].sentence == k && p.to-p.from >= 3 {
			return Item{Text: r.quote(p.from, p.to), Sources: []Source{r.source(p.from, p.to)}, Confidence: 0.7}, true
		}
	}
	return Item{}, false
}
