package brief

import "strings"

var (
	// anyWorker name nobody in particular.
	anyWorker = words(`someone somebody anyone person people freelancer freelancers expert professional help experienced senior good guy who reliable skilled pro with from
		in`)
	// otherWishers have wishes that are not the person's.
	otherWishers = words(`they users customers clients people who he she visitors students members to`)
	// beforeNounVerb stand before a verb that is a noun as well.
	beforeNounVerb = words(`i we should must please to we're i'm also am are you me us`)
	// beforeOrder stand before the verb of a demand.
	beforeOrder = words(`please someone somebody anyone help me us could can instead , and`)
	// wishJoins stand between a wish and what is wished for.
	wishJoins = words(`to have get hire find some help with assistance support me us : also still really just urgently a an someone's hand in for getting having doing`)
	// beforeTask stand before the verb that tells what somebody is wanted for.
	beforeTask = words(`to can could will would for who that help me us`)
	// pronouns alone name nothing.
	pronouns = words(`them him you'd you'll you've they'd he'd she'd i've we've i'd we'd i'll we'll he she you you're there's there it's its that's we're i'm we i they're it this that no not nothing none nope yes hi hello thanks sorry actually whatever anything everything`)
)

// phraseOf is a thing that the person wants done, as tokens [from, to).
type phraseOf struct {
	verb     int // token of the verb, -1 for none
	from, to int
	worker   bool // the words name who shall do it, not what
	bare     bool // a sentence without a verb
	listed   bool // an entry of a list under a heading: taken as it stands
	who      part // who shall do it, where the same sentence says so
}

// work finds the deliverables and the title.
func (r *reader) work() {
	if r.in.Asked == SlotExisting && !r.wants(0, len(r.tokens)) {
		return // what is there is nothing to be made
	}
	var title *phraseOf
	for k, s := range r.sentences {
		phrases := r.pricedPhrases(k)
		if r.stances[k] < asks {
			phrases = r.phrasesIn(k, s)
		}
		for _, p := range phrases {
			if r.asksValue() && !r.hasProduct(p.from, p.to) || r.is(p.to-1, "one", "ones") {
				continue
			}
			if title != nil && title.worker && r.combines(*title, p) {
				p.who = part{title.from, title.to}
				title = &p
			}
			if r.namesWork(p) && r.titles(p) && (title == nil || title.worker && !p.worker && !p.bare && !p.listed && r.contentWords(p.from, p.to) > 1) {
				title = &p
			}
			if !p.worker {
				r.addDeliverables(p)
			}
		}
	}
	switch {
	case r.headline():
	case title != nil:
		r.title(*title)
	}
}

// combines reports whether a deed tells what the one is sought for whom a bare title
// names: "React developer. You'd build features …".
func (r *reader) combines(who, p phraseOf) bool {
	return !p.worker && p.who.to == 0 && !p.bare && r.in.Asked == "" && (p.verb >= 0 || p.listed && r.isVerb(p.from) && p.to-p.from > 3) && r.contentWords(p.from, p.to) > 1 && r.tokens[p.from].sentence-r.tokens[who.from].sentence <= 3
}

// titles reports whether a phrase may be the title: an answer to another
// question may be so only when it surely names a thing.
func (r *reader) titles(p phraseOf) bool {
	if p.worker {
		return r.in.Asked == "" || r.in.Asked == SlotTitle || r.in.Asked == SlotSummary
	}
	if !r.isThing(p, p.from, p.to) || r.in.Asked == SlotDeliverables && r.is(p.from+1, ",") && p.verb < 0 {
		return false
	}
	return r.in.Asked == "" || r.in.Asked == SlotTitle || r.in.Asked == SlotSummary || p.verb >= 0 || p.to-p.from > 1 && r.hasProduct(p.from, p.to)
}

// asksValue reports whether the question was for a slot that names no thing, so
// that only something that surely is a thing is taken for one.
func (r *reader) asksValue() bool {
	switch r.in.Asked {
	case "", SlotDeliverables, SlotSummary, SlotTitle, SlotCategory, SlotSkills:
		return false
	}
	return true
}

// namesWork reports whether a phrase is good for a title: "someone" is not.
func (r *reader) namesWork(p phraseOf) bool {
	if r.is(p.from, "someone", "somebody", "anyone", "person", "people", "freelancer") && r.is(p.from+1, "in", "from", "with", "near", "around", "or", "for") {
		return false // "someone in or around Leeds"
	}
	for k := p.from; k < p.to; k++ {
		if !determiners[r.low(k)] && !anyWorker[r.low(k)] && r.taken[k] == "" {
			return true
		}
	}
	return false
}

// phrasesIn finds what one sentence asks to be done.
func (r *reader) phrasesIn(k int, s sentence) []phraseOf {
	from := r.skipFillers(s.afterBullet(r.tokens), s.to)
	if s.bullet {
		return r.bulletPhrase(k, s, from)
	}
	if s.header {
		return nil
	}
	if duties := r.duties(s); len(duties) > 0 {
		head := s
		for head.to = s.from; !r.is(head.to, ":") || head.to <= s.from+1; head.to++ {
		}
		return append(r.phrasesOf(head, from), duties...)
	}
	return r.phrasesOf(s, from)
}

// phrasesOf finds what a sentence without a list asks to be done.
func (r *reader) phrasesOf(s sentence, from int) []phraseOf {
	for i := from; i < s.to; i++ {
		if r.taken[i] == removal || r.taken[i] == SlotConditions || r.taken[i] == SlotQuestions {
			continue
		}
		if _, end, ok := wantVerbs.match(r.view, i); ok && end < s.to && r.ownWish(i, from) {
			if found := r.wished(end, s.to); len(found) > 0 {
				return append(found, r.afterColon(found, s)...)
			}
		}
		if r.verbStarts(i, from) {
			if found := r.objects(i, s.to); len(found) > 0 {
				return append(found, r.afterColon(found, s)...)
			}
		}
	}
	return r.bareThing(s, from)
}

// ownWish reports whether the wish at token i is the person's own and not
// denied: not "customers need", "we don't need".
func (r *reader) ownWish(i, from int) bool {
	if r.is(i, "just", "only") {
		return r.is(i-1, ",", "but") && determiners[r.low(i+1)]
	}
	if r.negated(i) || r.is(i-1, "that", "which") || r.low(i-1) == "you" && !r.is(i-2, "can", "could", "would", "will") || otherWishers[r.low(i-1)] && !r.is(i-2, "like", "want", "need", "looking", "love", "have") {
		return false
	}
	if r.is(i, "find", "deliver", "order", "include") && r.is(i-1, "we", "i") {
		return false // what the person does themselves
	}
	if r.is(i, "include", "deliver", "order", "find", "planning", "plan", "interested", "hire") && i > from && !beforeNounVerb[r.low(i-1)] {
		return false
	}
	return true
}

// verbStarts reports whether token i is a verb of making that opens a demand:
// at the beginning, after "to", "can", "please".
func (r *reader) verbStarts(i, from int) bool {
	low := r.low(i)
	if !makers[low] && !changers[low] && !(low == "set" && r.low(i+1) == "up") {
		return false
	}
	if r.is(i-1, "not", "don't", "to") && r.is(i-2, "need", "have", "want", "able", "not", "learn", "how") && r.is(i-3, "don't", "not", "no") {
		return false
	}
	if nounsToo[low] && !determiners[r.low(i+1)] && !r.is(i+1, "me", "us", "these", "their", "your", "up") && r.tokens[min(i+1, len(r.tokens)-1)].kind != number {
		return false
	}
	return i == from || r.is(i-1, ":") || i > 0 && r.taken[i-1] == removal || beforeOrder[r.low(i-1)] && (i-1 == from || r.is(i-1, "please", "someone", "somebody", "help", "instead") || r.is(i-2, "you", "to", "me")) || r.is(i-1, "you", "you'd") && r.is(i-2, "can", "could", "would", "that") || r.is(i-1, "can", "will", "could") && r.is(i-2, "who", "that") || r.obliges(i) || r.is(i-1, "to") && r.is(i-2, "is") && (r.is(i-3, "job", "task", "goal", "work", "aim", "plan", "idea", "project", "itself", "assignment"))
}

// obliges reports whether token i is what whoever does the work should do: "they should
// also set up …".
func (r *reader) obliges(i int) bool {
	at := i - 1
	for r.is(at, "also", "then", "please", "to") {
		at--
	}
	if r.is(at, "have", "has", "need", "needs") {
		at--
		return r.is(i-1, "to") && (r.is(at, "they", "he", "she") || workers[r.low(at)])
	}
	return r.is(at, "should", "must", "shall", "could") && (r.is(at-1, "they", "he", "she", "you") || workers[r.low(at-1)])
}

// wished reads what stands behind a wish at token i.
func (r *reader) wished(i, to int) []phraseOf {
	help := -1
	if r.is(i, "is", "are") && r.is(i-1, "need", "want") && r.is(i-3, "what", "all") {
		i++ // "what I need is a logo"
	}
	if at := r.behindPaying(i, to); at > 0 {
		return r.objects(at, to)
	}
	for i < to && wishJoins[r.low(i)] {
		if r.is(i, "a", "an", "some") && !r.is(i+1, "help", "hand", "bit") {
			break
		}
		if r.is(i, "help") && r.is(i+1, "desk") {
			break
		}
		if r.is(i, "help") && strings.HasSuffix(r.low(i+1), "ing") && len(r.low(i+1)) > 5 && !r.isVerb(i+1) {
			if _, end := r.thing(i+2, to); end > i+2 {
				return []phraseOf{{verb: -1, from: i, to: end}} // "help planning a trip"
			}
		}
		if r.is(i, "help", "assistance", "support") && r.is(i+1, "with", "in") {
			help = i
		}
		i++
	}
	if r.is(i-1, "to") && !r.isVerb(i) || r.is(i, "be", "it", "that", "this", "them") {
		return nil
	}
	if r.isVerb(i) {
		return r.objects(i, to)
	}
	head, end := r.thing(i, to)
	if end <= i {
		return nil
	}
	if !r.workerAt(head, end) {
		if help >= 0 {
			i = help
		}
		return []phraseOf{{verb: -1, from: i, to: end}}
	}
	for k := i + 1; k < min(to, end+24); k++ {
		if r.isVerb(k) && beforeTask[r.low(k-1)] && (k < end+14 || r.is(k-1, "to", "who")) && !(r.is(k, "do", "make") && r.is(k+1, "it", "this", "that", "the", "them", "sure", "some")) {
			if found := r.objects(k, to); len(found) > 0 {
				found[0].who = part{i, min(end, k-1)}
				return found
			}
		}
		if r.is(k, "for") && r.is(k+1, "a", "an", "two", "some", "new") && !r.anyClaimed(k, k+3) {
			if _, stop := r.thing(k+1, to); stop > k+1 && r.hasProduct(k+1, stop) {
				return []phraseOf{{verb: -1, from: k + 1, to: stop, who: part{i, k}}, {verb: -1, from: i, to: stop, worker: true, bare: true}}
			}
		}
	}
	return []phraseOf{{verb: -1, from: i, to: end, worker: true}}
}

func (r *reader) isVerb(i int) bool {
	low := r.verbWord(i)
	if low == "set" {
		return r.low(i+1) == "up"
	}
	return (makers[low] || changers[low]) && !(low == "enter" && r.entersMarket(i+1)) && !r.is(i-1, "a", "an", "the", "my", "our", "some", "new")
}

// verbWord is token i as a verb by itself: films in "someone who films" is film.
func (r *reader) verbWord(i int) string {
	if r.is(i-1, "who", "that") {
		return stem(r.low(i))
	}
	return r.low(i)
}

// entersMarket reports whether "enter" is about a country: that is a plan, and no
// work to hand over.
func (r *reader) entersMarket(i int) bool {
	for r.is(i, "the", "a", "new") {
		i++
	}
	_, _, ok := r.geoAt(i)
	return ok || r.is(i, "market", "markets") || r.is(i+1, "market", "markets")
}

// objects reads the object of the verb at token i, and those of the verbs that
// follow with "and".
func (r *reader) objects(i, to int) []phraseOf {
	if at := r.behindPost(i + 1); at > 0 && at < to {
		return r.wished(at, to) // "write a job post for a legal assistant"
	}
	var found []phraseOf
	for {
		p, ok := r.object(i, to)
		if !ok {
			return found
		}
		found = append(found, p)
		i = p.to
		for i < to && r.is(i, ",", "and", "then", "also") {
			i++
		}
		if i == p.to || i >= to || !r.isVerb(i) {
			return found
		}
	}
}

// behindPaying returns the verb of "to pay someone 2k to set up …", 0 for none.
func (r *reader) behindPaying(i, to int) int {
	if r.is(i, "to") {
		i++
	}
	if !r.is(i, "pay") || !r.is(i+1, "someone", "somebody", "anyone", "a") {
		return 0
	}
	for k := i + 2; k < min(i+9, to-1); k++ {
		if r.is(k, "to") && r.isVerb(k+1) {
			return k + 1
		}
	}
	return 0
}

// behindPost returns where the work begins behind "a job post for", 0 where there is none.
func (r *reader) behindPost(i int) int {
	for r.is(i, "me", "us", "a", "an", "the") {
		i++
	}
	if !r.is(i, "job") {
		return 0
	}
	i++
	if r.is(i, "post", "ad", "advert", "posting", "listing", "description") {
		i++
	}
	if r.is(i, "for", "to") && r.is(i-1, "post", "ad", "advert", "posting", "listing", "description") {
		return i + 1
	}
	return 0
}

// object reads the object of the verb at token i.
func (r *reader) object(i, to int) (phraseOf, bool) {
	at := i + 1
	if r.is(i, "set") {
		at++
	}
	for r.is(at, "me", "us", "up", "out", "for", "with", "and") && at < to {
		if r.is(at, "for", "and") && !r.is(at+1, "me", "us", "build", "develop", "design", "launch", "write", "edit", "host", "publish", "maintain", "deploy") {
			break
		}
		at++
	}
	for r.isVerb(at) && r.is(at-1, "and") {
		at++
	}
	if r.is(at, "it", "that", "this", "them", "sure", "sense", "you", "something") && !r.is(at+1, "new", "website", "kind") {
		return phraseOf{}, false
	}
	if r.low(i) == "make" && (r.is(at, "the", "my") && r.is(at+1, "budget", "deadline") || r.tokens[min(at, len(r.tokens)-1)].kind == number && r.claimed(at)) {
		return phraseOf{}, false
	}
	_, end := r.thing(at, to)
	if end <= at || end-at > 40 {
		return phraseOf{}, false
	}
	p := phraseOf{verb: -1, from: at, to: end}
	p.verb = i
	if (changers[r.verbWord(i)] || r.is(i, "set")) && !(r.is(i, "add") && !r.hasWord("to", at, end)) {
		p.from = i
	}
	return p, true
}

// bareThing reads a sentence without a verb as what is wanted: "Logo for a
// coffee brand", and any list that answers the question for deliverables.
func (r *reader) bareThing(s sentence, from int) []phraseOf {
	if s.to-from > 30 {
		return nil
	}
	_, end := r.thing(from, s.to)
	if end <= from || end-from > 24 || r.anyClaimed(from, end) || nounStops[r.low(from)] || pronouns[r.low(from)] || finite[r.low(end)] && !(r.workerAt(from, end) && r.is(end, "should", "must", "will", "can", "could")) {
		return nil
	}
	if r.in.Asked == SlotDeliverables {
		return []phraseOf{{verb: -1, from: from, to: end, bare: true}}
	}
	if r.workerAt(from, end) && r.in.Asked == "" {
		for k := from + 1; k < min(from+6, s.to); k++ {
			if r.is(k-1, "to", "who", "can", "should", "must", "shall", "will", "could") && r.isVerb(k) {
				found := r.objects(k, s.to)
				if len(found) > 0 {
					found[0].who = part{from, k - 1}
				}
				return found
			}
		}
	}
	adds := r.is(s.from, "and", "plus", "also") && r.in.Asked == "" && r.hasProductWord(from, end)
	if adds && !r.workerAt(from, end) {
		return []phraseOf{{verb: -1, from: from, to: end, listed: true}}
	}
	if r.in.Asked != "" || len(r.brief.Deliverables) > 0 || !r.hasProductWord(from, end) && !r.hasActivity(from, end) || !r.verbless(from, s.to, end) || r.workerAt(from, end) {
		if r.in.Asked == "" && r.workerAt(from, end) && r.verbless(from, end, end) && !r.brief.Title.Known() {
			return []phraseOf{{verb: -1, from: from, to: end, worker: true, bare: true}}
		}
		return nil
	}
	return []phraseOf{{verb: -1, from: from, to: end, bare: true, listed: r.enumerates(from, end)}}
}

// enumerates reports whether a bare sentence is a list of short names: "email, calendar
// and travel booking".
func (r *reader) enumerates(from, to int) bool {
	entries, length := 1, 0
	for i := from; i < to; i++ {
		switch {
		case r.is(i, ",", "and", "&", "plus"):
			if length > 0 {
				entries++
			}
			length = 0
		case r.tokens[i].kind != word || nounEnds[r.low(i)] || determiners[r.low(i)] || personal[r.low(i)]:
			return false
		default:
			length++
		}
		if length > 4 {
			return false
		}
	}
	return entries >= 3 && length > 0
}
