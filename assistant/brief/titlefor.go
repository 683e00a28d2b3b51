package brief

import "strings"

var (
	// concerns are what people do work for: their business, what they run, an occasion.
	concerns = words(`business company firm agency startup shop store bakery cafe café restaurant bar pub hotel hostel guesthouse clinic practice pharmacy salon barbershop studio gym school
		kindergarten nursery academy university college library museum gallery theatre theater church parish charity ngo association foundation union club choir band orchestra team
		podcast channel blog magazine newspaper newsletter farm vineyard winery brewery distillery garden nursery market marketplace boutique brand label manufacturer factory workshop
		garage dealership truck trucks van wedding party event conference festival exhibition fair congress meetup retreat webinar campaign app website site webshop platform software saas
		tool plugin game product products house flat apartment kitchen cabin villa office building book novel memoir memoirs thriller cookbook album film movie documentary series course
		thesis paper study survey invention device machine prototype collection line bank hospital lab laboratory consultancy bureau broker landlord developer photographer dentist doctor
		therapist physiotherapist lawyer architect plumber electrician builder carpenter baker florist coach service rental rentals bookshop bookstore grocery supermarket kiosk bikes
		chain franchise cooperative coop community network tournament league federation municipality town village city region ministry museum dealer retailer thriller report wholesaler`)
	// runs lead from the person to what they have: "I run a yoga studio".
	runs = words("run own have manage started start opened open opening founded represent am are work operate lead host write writing make building build launched launching renovating publish")
)

// longestTitle is how many bytes a title has at most with what the work is for.
const longestTitle = 76

// titleContext adds to a bare title what the work is for, where the person said
// that in another place: "our bakery needs a website" is a website for a bakery.
func (r *reader) titleContext() {
	title := &r.brief.Title
	if !title.Known() || title.Sources[0].Kind != "message" || title.Sources[0].ID != r.id && !r.answersWhatFor() || len(strings.Fields(title.Value)) > 7 || strings.Contains(" "+lower(title.Value)+" ", " for ") {
		return
	}
	from, to, ok := r.purpose()
	if !ok {
		from, to, ok = r.concern()
	}
	if !ok || r.titleNames(from, to) {
		return
	}
	what := r.impersonal(from, to)
	if first := r.low(from); !r.is(from, "my", "our") && r.answersWhatFor() && !r.is(from, "a", "an", "the", "its") && !r.pluralAfter(from, to) && small[first] == 0 && r.tokens[from].kind != number {
		what = article(first) + " " + what
	}
	if text := title.Value + " for " + what; len(text) <= longestTitle {
		title.Value, title.Sources = text, append(title.Sources[:len(title.Sources):len(title.Sources)], r.source(from, to))
		r.change(SlotTitle, from)
	}
}

// purpose finds what the sentence of the title says behind it that the thing is for:
// "an explainer video, 60 seconds, for our water filter".
func (r *reader) purpose() (from, to int, ok bool) {
	last := r.brief.Title.Sources[len(r.brief.Title.Sources)-1]
	if from, to, ok := r.inNeed(last.Start); ok {
		return from, to, true
	}
	for i := range r.tokens {
		if r.units.at(r.tokens[i].start) < last.End || !r.is(i, "for") || r.closed(i) || r.claimed(i) {
			continue
		}
		if title := r.units.at(r.tokens[r.sentenceOf(i).from].start); title > last.Start {
			return 0, 0, false // another sentence
		}
		if r.is(i+1, "me", "us", "it", "them", "this", "that", "you", "which", "about", "at", "all", "both") || i+1 >= len(r.tokens) || r.tokens[i+1].kind != word || relatives[r.low(i+2)] || r.claimed(i+1) || r.isVerb(i+1) {
			continue
		}
		_, end := r.thing(i+1, r.sentenceOf(i).to)
		for k := i + 1; k < end; k++ {
			if r.tokens[k].kind == sign && !r.is(k, "-", "'", "&") || r.is(k, "and", "with", "that", "which") {
				end = k
			}
		}
		if end > i+1 && end-i <= 7 && !r.anyClaimed(i+1, end) && (r.is(i+1, "my", "our", "a", "an", "the", "two", "three") || r.contentWords(i+1, end) > 0) {
			return i + 1, end, true
		}
	}
	return 0, 0, false
}

// inNeed finds what needs the thing that a title names, as the subject of its sentence:
// "our charity's annual report needs a layout".
func (r *reader) inNeed(start int) (from, to int, ok bool) {
	for _, s := range r.sentences {
		from = r.skipFillers(s.afterBullet(r.tokens), s.to)
		if !r.is(from, "our", "my", "the") {
			continue
		}
		to = from + 1
		for to < s.to && !r.is(to, "(", ",", "needs", "need", "requires", "wants", "is", "are", "has", "have") {
			to++
		}
		at := to
		for at < s.to && !r.is(at, "needs", "need", "requires") && r.units.at(r.tokens[at].start) < start {
			at++
		}
		if r.is(at, "needs", "need", "requires") && at+4 > 0 && at < s.to && r.units.at(r.tokens[at].start) < start && start <= r.units.at(r.tokens[min(at+3, s.to-1)].start) && to-from > 1 && to-from <= 6 && !relatives[r.low(to-1)] && !r.anyClaimed(from, to) {
			return from, to, true
		}
	}
	return 0, 0, false
}

// titleNames reports whether the title has a word of tokens [from, to) already.
func (r *reader) titleNames(from, to int) bool {
	for part := range strings.FieldsSeq(lower(r.brief.Title.Value)) {
		for i := from; i < to; i++ {
			if !determiners[r.low(i)] && stem(part) == stem(r.low(i)) {
				return true
			}
		}
	}
	return false
}

// answersWhatFor reports whether a message only tells what the thing that was
// named before is for: "for a bike repair service", "it's for my practice".
func (r *reader) answersWhatFor() bool {
	from := r.skipFillers(0, len(r.tokens))
	if r.is(from, "it's", "its", "this") || r.is(from, "it") && r.is(from+1, "is") {
		from++
	}
	if r.is(from, "is") {
		from++
	}
	return r.is(from, "for") && r.is(from+1, "a", "an", "my", "our", "the")
}

// concern finds what the work is for: the first thing of the person's own that
// may be one, or that they say they run.
func (r *reader) concern() (from, to int, ok bool) {
	if r.answersWhatFor() {
		at := r.skipFillers(0, len(r.tokens))
		for !r.is(at, "for") {
			at++
		}
		if _, end := r.thing(at+1, r.sentences[0].to); end > at+2 && end-at <= 9 && !r.anyClaimed(at+1, end) {
			return at + 1, end, true
		}
	}
	for i := range r.tokens {
		if r.closed(i) || r.claimed(i) || r.taken[i] == SlotConditions {
			continue
		}
		switch {
		case r.is(i, "my", "our"):
		case r.is(i, "a", "an", "the", "two", "three", "four") && (runs[r.low(i-1)] && r.is(i-2, "i", "we", "also", "just") || r.is(i-1, "i'm", "we're")):
		case r.is(i, "a", "an") && r.is(i-1, "for") && r.workerBehind(i-1):
		default:
			continue
		}
		if end := r.concernEnd(i); end > 0 {
			return i, end, true
		}
	}
	return 0, 0, false
}

// workerBehind reports whether a noun for whoever does the work stands shortly
// before token i: "virtual assistant wanted for a …".
func (r *reader) workerBehind(i int) bool {
	return r.workerNear(max(r.sentenceOf(i).from, i-4), i)
}

// concernEnd returns where a concern ends that begins with the determiner at
// token i, 0 for none. A few words may stand before it, none of another thought.
func (r *reader) concernEnd(i int) int {
	for k := i + 1; k < min(i+6, r.sentenceOf(i).to); k++ {
		if r.tokens[k].kind == sign && !r.is(k, "-", "'", "’", "&") || nounStops[r.low(k)] || nounEnds[r.low(k)] || r.claimed(k) || relatives[r.low(k)] && r.low(k+1) != "-" || workers[r.low(k)] && !concerns[r.low(k)] {
			return 0
		}
		if !concerns[r.low(k)] || concerns[r.low(k+1)] && r.same(k, k+1) {
			continue
		}
		if r.low(k+1) == "'s" || strings.HasSuffix(r.low(k), "'s") || products[r.low(k+1)] && r.same(k, k+1) {
			return 0
		}
		return k + 1
	}
	return 0
}

// roleTitle makes a title of who is sought and what they are to do: "Data analyst
// to build a sales dashboard".
func (r *reader) roleTitle(p phraseOf) (string, bool) {
	serves := p.verb < 0 && !p.listed && r.is(p.from-1, "for")
	if p.who.to <= p.who.from || p.verb < 0 && !serves && !(p.listed && r.isVerb(p.from) && p.to-p.from > 3) {
		return "", false
	}
	for k := p.who.from; k < p.who.to; k++ {
		if r.taken[k] != "" && r.taken[k] != SlotLevel {
			return "", false
		}
	}
	from, to := r.skipPerson(p.who.from, p.who.to), p.who.to
	for k := from; k < to; k++ {
		if r.is(k, ",", "(", "with", "for", "in", "of", "at", "from", "who", "to", "help") && k > from {
			to = k
		}
	}
	named := false
	for k := from; k < to; k++ {
		named = named || !anyWorker[r.low(k)] && !determiners[r.low(k)] && !personal[r.low(k)]
	}
	if !named || to-from > 5 || from >= to {
		return "", false
	}
	deed := p.verb
	if deed < 0 {
		deed = p.from
	}
	end := r.trimTitle(deed, r.titleEnd(deed, p.to))
	who := r.impersonal(from, to) + " to "
	if serves {
		who = r.impersonal(from, to) + " for "
	}
	for len(who)+r.tokens[max(end-1, deed)].end-r.tokens[deed].start > longestTitle {
		cut := end - 1
		for cut > deed+1 && !r.is(cut, "and", ",", "for", "in", "of", "from", "with", "into", "on") {
			cut--
		}
		if cut <= deed+1 {
			return "", false
		}
		end = r.trimTitle(deed, cut)
	}
	what := r.impersonal(deed, end)
	if r.low(deed) == lower(firstWord(what+" ")) && !r.linkedSkill(deed) {
		what = r.low(deed) + what[len(r.low(deed)):]
	}
	return capitalise(who + what), end > deed+1
}

// titleColon goes on with what stands behind the colon after a short title that says
// little: "Data entry: 600 survey forms".
func (r *reader) titleColon() {
	title := &r.brief.Title
	if !title.Known() || !r.changedNow(SlotTitle) || title.Sources[0].ID != r.id || len(title.Sources) != 1 || len(strings.Fields(title.Value)) > 3 {
		return
	}
	for i := range r.tokens {
		if !r.is(i, ":") || i == 0 || r.units.at(r.tokens[i-1].end) != title.Sources[0].End || i+2 >= len(r.tokens) || !r.same(i, i+2) {
			continue
		}
		_, end := r.thing(i+1, r.sentenceOf(i).to)
		for k := i + 1; k < end; k++ {
			if r.is(k, ",", "(") {
				end = k
			}
		}
		end = r.trimTitle(i+1, end)
		if end-i < 3 || r.anyClaimed(i+1, end) || r.isVerb(i+1) || r.hasWord("and", i+1, end) {
			return
		}
		text := r.impersonal(i+1, end)
		for _, article := range []string{"a ", "an ", "the "} {
			text = strings.TrimPrefix(text, article)
		}
		if len(title.Value)+2+len(text) <= longestTitle {
			title.Value += ": " + text
			title.Sources = append(title.Sources, r.source(i+1, end))
		}
		return
	}
}
