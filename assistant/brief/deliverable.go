package brief

import "strings"

var (
	// entryStarts join an entry of a list to the one before.
	entryStarts = words(`idk dunno like maybe well ok yes hm probably , and plus & + a an the some also then or both " just only`)
	// entryEnds stand behind an entry and are no part of it.
	entryEnds = words(`, and etc . please too " needed required wanted +`)
	// noThings alone name nothing that could be delivered.
	noThings = words(`help one it work something someone more details things stuff`)
)

// addDeliverables adds the things of a phrase, one an item.
func (r *reader) addDeliverables(p phraseOf) {
	from := p.from
	for k, cut := range append(r.listCuts(p), p.to) {
		if r.isThing(p, from, cut) && (k == 0 || p.listed || r.in.Asked == SlotDeliverables || r.isEntry(from, cut, p.bare)) {
			r.addDeliverable(from, cut)
		}
		from = cut
	}
}

// isEntry reports whether the words behind a comma are a further thing and not
// a remark: "a voiceover, female, for a charity".
func (r *reader) isEntry(from, to int, bare bool) bool {
	for from < to && r.is(from, ",", "and", "plus", "&", "+", "+") {
		from++
	}
	if from >= to || r.workerAt(from, to) || r.is(to-1, "each") {
		return false
	}
	return r.hasProductWord(from, to) || to-from > 1 && r.hasActivity(from, to) || !bare && (determiners[r.low(from)] || r.tokens[from].kind == number || changers[r.low(from)])
}

var (
	// notHanded end or make a phrase that names nothing handed over: who, how, where.
	notHanded = words(`provided expert beginner intermediate junior senior online offline remote onsite hybrid tonight today tomorrow urgent asap tbd free able male female young old
		rockstar ninja usd eur gbp inr cad aud dollars euros pounds rupees max min maximum minimum yes no ok okay fine good great idk dunno wait skip depends euro dollar pound rush
		budget hours days weeks months classes students people available bodied polite friendly reliable cheap quick fast simple modern minimal ready native make set change add
		remove launch it them all both everything anything nothing whatever later soon maybe need`)
	// conditionsOfWork begin a phrase that tells how or whether, and no thing.
	conditionsOfWork = words(`about around for in at on by with from to of if when because until since during like as only not without under over per via within before after than
		very too so just`)
)

// quantities behind a number tell how much there is of something else.
var quantities = words(`words word pages minutes min mins seconds secs hours rounds drafts revisions people members rooms contacts companies gb mb rows records patients users visitors
		participants students employees staff holes cm mm m km kg inches years days weeks chats calls k million`)

// isThing reports whether the words [from, to) name something that is handed
// over, and not a person, an amount, a remark or what the client has already.
func (r *reader) isThing(p phraseOf, from, to int) bool {
	for from < to && (entryStarts[r.low(from)] || r.taken[from] == listMark) {
		from++
	}
	if r.is(to-1, "things", "items", "stuff", "following", "pieces") && to-from <= 3 {
		return false
	}
	for to > from && (entryEnds[r.low(to-1)] || r.tokens[to-1].kind == sign && !r.is(to-1, ")", "%", "#")) {
		to--
	}
	if from >= to || r.taken[from] == talk || r.taken[from] == closing {
		return false
	}
	if conditionsOfWork[r.low(from)] && !products[r.low(from+1)] || pronouns[r.low(from)] || r.is(from, "lots", "plenty") {
		return false
	}
	if r.is(from, "set", "change", "remove", "put", "raise", "lower", "keep", "drop", "forget") && r.is(from+1, "the", "my", "it", "that") {
		return false
	}
	if p.verb >= 0 && from <= p.verb+3 {
		return true
	}
	product := r.hasProductWord(from, to)
	if notHanded[r.low(to-1)] && (to-from <= 3 || r.is(to-1, "provided")) && !(product && to-from > 2 && !r.is(to-1, "provided")) || !product && to-from == 1 && (notHanded[r.low(from)] || workers[r.low(from)] || r.isCurrency(from)) {
		return false
	}
	if !product && r.workerAt(from, to) || !product && r.tradesman(to-1) {
		return false
	}
	if r.in.Asked != SlotDeliverables && r.tokens[from].kind == number && (quantities[r.low(from+1)] || r.hasWord("each", from, to) || r.hasWord("week", from, to)) {
		return false // "22,000 words", "2 episodes a week"
	}
	if !product && r.onlyAmount(from, to) {
		return false
	}
	for i := from; i < to; i++ {
		if r.is(i, "is", "are", "will", "was", "were", "has", "am", "i'm", "we're", "duplicates") && !product {
			return false
		}
	}
	if r.is(from, "help", "assistance", "support") && to-from > 2 {
		return true
	}
	if p.listed || r.in.Asked == SlotDeliverables || p.verb >= 0 || product || r.hasProduct(from, to) {
		return true
	}
	return determiners[r.low(p.from)] || determiners[r.low(p.from-1)] || r.tokens[from].kind == number
}

// tradesman reports whether a word names somebody by what they do.
func (r *reader) tradesman(i int) bool {
	low := r.low(i)
	for _, end := range []string{"ologist", "ician", "macist", "tist", "nurse", "keeper", "worker", "lawyer", "attorney", "barrister"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

func (r *reader) isCurrency(i int) bool {
	code, end := r.currencyAt(i, false)
	return code != "" && end == i+1
}

// onlyAmount reports whether the words are a number with its unit: "2 hours",
// "classes 3", "200x80 cm".
func (r *reader) onlyAmount(from, to int) bool {
	words := 0
	digits := false
	for i := from; i < to; i++ {
		switch {
		case r.tokens[i].kind == number:
			digits = true
		case r.tokens[i].kind == word:
			words++
		}
	}
	return digits && words <= 1 && !r.hasProduct(from, to)
}

// listCuts returns the tokens at which a further entry of a list begins.
func (r *reader) listCuts(p phraseOf) []int {
	commas := 0
	for k := p.from; k < p.to; k++ {
		if r.low(k) == "," {
			commas++
		}
	}
	var cuts []int
	with := false // in a part that belongs to the thing before: "a site with …"
	for k := p.from + 1; k < p.to-1; k++ {
		switch {
		case r.taken[k] == listMark && r.tokens[k].kind == number:
			with = false
			cuts = append(cuts, k)
		case r.is(k, "with", "including", "incl"):
			with = true
		case r.low(k) == "," && r.is(k+1, "with", "including", "incl", "in", "as", "at", "around") && !r.is(k+2, "addition"):
			with = r.is(k+1, "with", "including", "incl")
		case r.low(k) == ",", r.low(k) == "+" && !r.tokens[k].tight, r.is(k, "and", "plus", "&") && (commas > 0 || r.opensThing(k+1)):
			if with && !determiners[r.low(k+1)] || r.is(k, "and", "plus", "&") && commas == 0 && !r.separate(p, k) {
				continue
			}
			if p.verb == p.from && changers[r.low(p.verb)] && !r.opensThing(k+1) {
				continue
			}
			cuts = append(cuts, k)
		}
	}
	return cuts
}

// opensThing reports whether an entry of its own begins at token i.
func (r *reader) opensThing(i int) bool {
	return r.is(i, "a", "an", "some", "another") || r.tokens[i].kind == number || small[r.low(i)] > 0 || products[r.low(i)] || products[r.low(i+1)] && !r.is(i+1, "and")
}

// separate reports whether "and" at token k parts two things, where there are
// no commas: "a logo and a flyer", but not "a shop for a baker and a butcher".
func (r *reader) separate(p phraseOf, k int) bool {
	return r.hasProduct(p.from, k) && r.hasProduct(k+1, min(k+5, p.to))
}

// isTool reports whether tokens [from, to) are just the name of a skill that is
// no product: "SolidWorks".
func (r *reader) isTool(from, to int) bool {
	if r.hasProductWord(from, to) || r.hasActivity(from, to) {
		return false
	}
	for k := from; k < to; k++ {
		m := r.skillOf(k)
		if r.tokens[k].kind == word && (m == nil || m.from == from && m.to == to && !strings.EqualFold(r.quote(from, to), m.name)) && !r.is(k, "and", "or") {
			return false
		}
	}
	return true
}

// addDeliverable adds the thing at tokens [from, to), without what merely joins it.
func (r *reader) addDeliverable(from, to int) {
	for from < to && (entryStarts[r.low(from)] || r.taken[from] == listMark) {
		from++
	}
	for to > from && entryEnds[r.low(to-1)] {
		to--
	}
	to = r.extendTitle(from, to)
	if from >= to || to-from == 1 && (r.tokens[from].kind != word || noThings[r.low(from)]) {
		return
	}
	text := r.quote(from, to)
	if len(text) > 160 || r.isTool(from, to) {
		return
	}
	r.listed[r.tokens[from].sentence] = true
	item := Item{Text: text, Sources: []Source{r.source(from, to)}, Confidence: 0.8}
	var changed bool
	if r.brief.Deliverables, changed = add(r.brief.Deliverables, item); changed {
		r.change(SlotDeliverables, from)
	}
}
