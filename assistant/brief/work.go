package brief

import "strings"

var (
	wantVerbs = phrases(`need, needs, want, require, looking for, looking to, would like, i'd like, we'd like, id like, would love, i'd love, we'd love, am after, are after, i'm after, we're after, seeking, searching for, in search of, hire, hiring, looking to hire, in need of, wish for, want to get, want to have,
 would like to have, would like to get, need to get, need to have, plan to, planning to, planning, hoping to get, hoping for, hope to get, trying to get, trying to find, find, find me, get me, make me, order, have to get, wanting, would need, i'll need, we'll need, gonna need, going to need, 'm looking for, lookin for, searching, want someone to, interested in, wanna, must have, should have, should include, must include, needs to have, should also have, include, should contain, deliver, deliverables are, deliverables :, deliverables, deliverable :, just, only`)
	// makers yield a thing that is named by their object alone.
	makers = words(`build create make design develop produce draw write craft code program construct paint sketch compose draft prepare do generate provide deliver model render animate illustrate film shoot record building creating making designing developing producing drawing writing creation compile invent`)
	// changers work on something: what is delivered is verb and object.
	changers = words(`translate edit fix redesign rebuild update migrate transcribe proofread research analyse analyze clean integrate install configure optimise optimize manage run handle organise organize review audit test teach tutor train convert collect scrape enter type digitize digitise retouch crop format rewrite localise localize
 subtitle caption voice narrate plan launch promote grow improve add automate deploy host maintain document calculate simulate file register refactor finish complete modernize modernise modify extend mix master subtitle moderate post schedule answer call photograph copyedit debug upgrade redo restyle rebrand rewrite restructure scan evaluate summarize summarise benchmark validate visualize visualise customise customize connect port replicate categorize label annotate tag dub interpret market advertise sell negotiate check verify repair speed coach mentor implement`)
	determiners = words("a an the some another my our this new one two three four five six seven eight nine ten several few many any more 1 2 3 4 5 6 7 8 9 10")
	// nounStops end a thing that is being named.
	nounStops = words(`who whom whose so because since if when where while but although though unless until till before after i we you they he she it's it there that's is are was were will would can could should must has have had need needs want please budget ideally preferably maybe within starting start asap urgently
 currently already here thanks thank hopefully deadline also then as due soon be ready finished done than let's`)
	products = words(`website websites site sites webshop page pages app apps application applications logo logos banner banners flyer flyers brochure brochures poster posters video videos article articles post posts blog blogs report reports dashboard dashboards model models plan plans script scripts course courses lesson lessons book books ebook ebooks
 cover covers illustration illustrations icon icons animation animations presentation presentations deck decks slides template templates newsletter newsletters campaign campaigns ad ads translation translations subtitles transcript transcripts transcription contract contracts agreement agreements policy policies bot bots chatbot chatbots plugin plugins theme
 themes integration integrations api apis database databases spreadsheet spreadsheets shop shops store stores catalogue catalog menu menus packaging label labels card cards guide guides guidelines mockup mockups wireframes prototype prototypes drawing drawings renders rendering renderings render blueprint blueprints analysis analyses research survey surveys study studies audit strategy
 content copy description descriptions photos photo jingle song songs track tracks podcast podcasts episode episodes voiceover recording recordings form forms checkout calculator tool tools system systems platform platforms portal portals software game games extension extensions module modules feature features return returns bookkeeping accounts forecast forecasts statement statements
 identity branding brand mascot mural letterhead resume cv letter letters email emails sequence sequences funnel funnels leads list lists plans interview interviews curriculum workbook worksheets quiz quizzes tutorial tutorials lecture lectures manual manuals documentation scraper crawler pipeline pipelines macro macros dataset datasets invoice invoices trailer teaser reel reels clip clips edit edits storyboard
 character characters sprite sprites map maps chart charts infographic infographics diagram diagrams schematic schematics pcb enclosure part parts floorplan floorplans visualisation visualization experiment protocol review grant proposal proposals paper papers thesis essay essays speech trademark patent will lease nda section sections login search filter checkout gallery map backend frontend admin marketplace
 header footer profile profiles listing listings account backlinks keywords seo version versions size sizes concept concepts design designs set sheet sheets package kit bio story stories tagline slogan name names sign signs signage sticker stickers tshirt shirt shirts merch wrap book`)
)

// phraseOf is a thing that the person wants done, as tokens [from, to).
type phraseOf struct {
	verb     int // token of the verb, -1 for none
	from, to int
	worker   bool // the words name who shall do it, not what
	bare     bool // a sentence without a verb
}

// work finds the deliverables and the title.
func (r *reader) work() {
	var title *phraseOf
	for k, s := range r.sentences {
		if r.stances[k] >= asks {
			continue
		}
		for _, p := range r.phrasesIn(k, s) {
			if r.namesWork(p) && (title == nil || title.worker && !p.worker && !p.bare) {
				title = &p
			}
			if !p.worker {
				r.addDeliverables(p)
			}
		}
	}
	if title != nil {
		r.title(*title)
	}
}

// namesWork reports whether a phrase is good for a title: "someone" is not.
func (r *reader) namesWork(p phraseOf) bool {
	for k := p.from; k < p.to; k++ {
		if !determiners[r.low(k)] && !r.is(k, "someone", "somebody", "anyone", "person", "people", "freelancer", "freelancers", "expert", "professional", "help", "experienced", "senior", "good", "guy", "who", "reliable", "skilled", "pro", "with", "from", "in") && r.taken[k] == "" {
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
	for i := from; i < s.to; i++ {
		if r.taken[i] == removal || r.taken[i] == SlotConditions || r.taken[i] == SlotQuestions {
			continue
		}
		if _, end, ok := wantVerbs.match(r.view, i); ok && end < s.to && r.ownWish(i, from) {
			if found := r.wished(end, s.to); len(found) > 0 {
				return found
			}
		}
		if r.verbStarts(i, from) {
			if found := r.objects(i, s.to); len(found) > 0 {
				return found
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
	if r.negated(i) || r.low(i-1) == "you" && !r.is(i-2, "can", "could", "would", "will") || r.is(i-1, "they", "users", "customers", "clients", "people", "who", "he", "she", "visitors", "students", "members", "to") && !r.is(i-2, "like", "want", "need", "looking", "love", "have") {
		return false
	}
	if r.is(i, "include", "deliver", "order", "find", "planning", "plan", "interested", "hire") && i > from && !r.is(i-1, "i", "we", "should", "must", "please", "to", "we're", "i'm", "also", "am", "are", "you", "me", "us") {
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
	return i == from || i > 0 && r.taken[i-1] == removal || r.is(i-1, "please", "someone", "somebody", "anyone", "help", "me", "us", "could", "can", "instead", ",", "and") && (i-1 == from || r.is(i-1, "please", "someone", "somebody", "help", "instead") || r.is(i-2, "you", "to", "me")) || r.is(i-1, "you", "you'd") && r.is(i-2, "can", "could", "would", "that") || r.is(i-1, "can", "will", "could") && r.is(i-2, "who", "that")
}

// wished reads what stands behind a wish at token i.
func (r *reader) wished(i, to int) []phraseOf {
	help := -1
	for i < to && r.is(i, "to", "have", "get", "hire", "find", "some", "help", "with", "assistance", "support", "me", "us", ":", "also", "still", "really", "just", "urgently", "a", "an", "someone's", "hand", "in", "for", "for", "getting", "having", "doing") {
		if r.is(i, "a", "an", "some") && !r.is(i+1, "help", "hand", "bit") {
			break
		}
		if r.is(i, "help") && r.is(i+1, "desk") {
			break
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
	for k := i + 1; k < min(to, end+14); k++ {
		if r.isVerb(k) && r.is(k-1, "to", "can", "could", "will", "would", "for", "who", "that", "help", "me", "us") && !r.is(k, "work", "do", "make") {
			if found := r.objects(k, to); len(found) > 0 {
				return found
			}
		}
		if r.is(k, "for") && r.is(k+1, "a", "an", "two", "some", "new") && !r.anyClaimed(k, k+3) {
			if _, stop := r.thing(k+1, to); stop > k+1 && r.hasProduct(k+1, stop) {
				return []phraseOf{{verb: -1, from: k + 1, to: stop}, {verb: -1, from: i, to: stop, worker: true, bare: true}}
			}
		}
	}
	return []phraseOf{{verb: -1, from: i, to: end, worker: true}}
}

func (r *reader) hasWord(low string, from, to int) bool {
	for k := from; k < to; k++ {
		if r.low(k) == low {
			return true
		}
	}
	return false
}

func (r *reader) isVerb(i int) bool {
	low := r.low(i)
	if low == "set" {
		return r.low(i+1) == "up"
	}
	return (makers[low] || changers[low]) && !r.is(i-1, "a", "an", "the", "my", "our", "some", "new")
}

// objects reads the object of the verb at token i, and those of the verbs that
// follow with "and".
func (r *reader) objects(i, to int) []phraseOf {
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
	if changers[r.low(i)] && !(r.is(i, "add") && !r.hasWord("to", at, end)) {
		p.from = i
	}
	return p, true
}

// thing returns where the noun phrase that begins at token i ends: before a
// new thought, or before what was read as money, time or place.
func (r *reader) thing(i, to int) (head, end int) {
	for end = i; end < to; end++ {
		low := r.low(end)
		if r.bounds(end) || nounStops[low] && end > i && !(low == "as" && r.is(end+1, "a")) || r.is(end, "that", "which") && (r.newThought(end+1) || end == i) || r.tokens[end].kind == sign && r.stopSign(end, i) {
			break
		}
		if low == "," && r.newThought(end+1) || low == "and" && r.newThought(end+1) && end > i {
			break
		}
	}
	for end > i && (r.is(end-1, ",", "and", "for", "in", "by", "with", "or", "at", "around", "about", "on", "plus", "a", "an", "the", "of", "to", "from", "&", "-", "(", ":", "over", "up", "would", "maybe", "like", "it", "just", "only", "some", "within", "into", "under", "paying", "pay", "me", "us", "ca", "not", "please", "working", "based", "available", "probably", "roughly", "per", "\u2013", "\u2014", "who", "located") || r.tokens[end-1].kind == sign && !r.is(end-1, ")", "+", "#", "\"", "%")) {
		end--
	}
	return i, end
}

// bounds reports whether token i was read as something that does not belong to
// the name of a thing.
func (r *reader) bounds(i int) bool {
	switch r.taken[i] {
	case "", SlotLevel:
		return false
	case SlotHours:
		return r.tokens[i].kind == number || r.low(i) == "a" || hourWords[r.low(i)]
	}
	return true
}

func (r *reader) stopSign(i, from int) bool {
	switch r.low(i) {
	case "(", ":", "\u2014", "\u2013", "?", "!", ";", "\u2026":
		return true
	case ".":
		return !r.tokens[i].tight || i+1 >= len(r.tokens) || !r.tokens[i+1].tight
	case "-":
		return !r.tokens[i].tight
	case ",", "&", "/", "+", "#", "%", "'", "\u2019", "\"", ")", "@", "*", "_", "|":
		return false
	}
	return true
}

// newThought reports whether a comma or "and" before token i begins something
// other than a further entry of a list.
func (r *reader) newThought(i int) bool {
	low := r.low(i)
	if r.is(i, "and", "or") {
		return r.newThought(i + 1)
	}
	return nounStops[low] || r.bounds(min(i, len(r.tokens)-1)) || r.isVerb(i) && !products[low] || strings.HasSuffix(low, "ing") && !products[low] && !r.linkedSkill(i) || r.is(i, "not", "no", "my", "to", "nothing", "thing", "everything", "all", "both", "each", "around", "about", "roughly", "up", "at", "in", "on", "by", "for", "from", "don't", "do", "we're", "i'm", "i'd", "we'd", "i've", "we've", "do", "does", "don't", "fixed", "hourly", "remote", "senior", "no", "how", "what", "ask", "must", "nice", "who", "like", "instead", "actually", "sorry", "yes", "ok")
}

// workerAt reports whether the noun phrase names who does the work.
func (r *reader) workerAt(i, end int) bool {
	for k := i; k < end; k++ {
		if workers[r.low(k)] && !(products[r.low(k+1)] && k+1 < end) && !r.is(k, "virtual", "voice", "lead") {
			return !(r.is(k, "agency", "team", "coach", "agent", "model") && k+1 < end && products[r.low(end-1)])
		}
		if r.is(k, "for", "to", "with", "of", "in", ",") {
			return false
		}
	}
	return false
}

func (r *reader) hasProductWord(from, to int) bool {
	for k := from; k < to; k++ {
		if products[r.low(k)] {
			return true
		}
	}
	return false
}

func (r *reader) hasProduct(from, to int) bool {
	if r.hasProductWord(from, to) {
		return true
	}
	for k := from; k < to; k++ {
		if m := r.skillOf(k); m != nil && m.from >= from && m.to <= to {
			return true
		}
	}
	return false
}

var (
	scopeHeads = phrases("deliverables, deliverable, scope, tasks, task, need, needs, looking for, want, include, includes, including, would like, requirements are, features, feature list, pages, what to do, to do, things to do, the work, responsibilities, you will, you'll, the job, i need, we need, should have, must have, should include, your tasks, what we need, what i need, goals, expected")
	otherHeads = phrases("skills, requirements, nice to have, nice to haves, about you, about us, qualifications, you have, we offer, background, who you are, experience, questions, conditions, please answer, apply, budget, must haves, must have skills, tech stack, stack, bonus, ideal candidate, profile, benefits, answer")
)

// bulletPhrase reads an entry of a list as a deliverable, if its heading says so.
func (r *reader) bulletPhrase(k int, s sentence, from int) []phraseOf {
	if !r.listsWork(k) {
		return nil
	}
	_, end := r.thing(from, s.to)
	if end <= from || end-from > 30 || r.anyClaimed(from, end) {
		return nil
	}
	return []phraseOf{{verb: from, from: from, to: end}}
}

func (r *reader) listsWork(k int) bool {
	for at := k - 1; at >= max(0, k-most); at-- {
		s := r.sentences[at]
		if s.bullet {
			continue
		}
		if otherHeads.has(r.view, s.from, s.to) && (s.header || s.to-s.from <= 4) && !scopeHeads.has(r.view, s.from, s.to) {
			return false
		}
		return s.header || scopeHeads.has(r.view, s.from, s.to) && s.to-s.from < 20
	}
	return r.in.Asked == SlotDeliverables || r.in.Asked == ""
}

// bareThing reads a sentence without a verb as what is wanted: "Logo for a
// coffee brand", and any list that answers the question for deliverables.
func (r *reader) bareThing(s sentence, from int) []phraseOf {
	if s.to-from > 30 {
		return nil
	}
	_, end := r.thing(from, s.to)
	if end <= from || end-from > 24 || r.anyClaimed(from, end) || nounStops[r.low(from)] || r.is(from, "it", "this", "that", "no", "not", "nothing", "none", "nope", "yes", "hi", "hello", "thanks", "sorry", "actually") {
		return nil
	}
	if r.in.Asked == SlotDeliverables {
		return []phraseOf{{verb: -1, from: from, to: end, bare: true}}
	}
	if r.workerAt(from, end) && r.in.Asked == "" {
		for k := from + 1; k < min(from+6, s.to); k++ {
			if r.is(k-1, "to", "who", "can") && r.isVerb(k) {
				return r.objects(k, s.to)
			}
		}
	}
	if r.in.Asked != "" || len(r.brief.Deliverables) > 0 || !r.hasProduct(from, end) || !r.verbless(from, s.to, end) || r.workerAt(from, end) {
		if r.in.Asked == "" && r.workerAt(from, end) && r.verbless(from, s.to, end) && !r.brief.Title.Known() {
			return []phraseOf{{verb: -1, from: from, to: end, worker: true, bare: true}}
		}
		return nil
	}
	return []phraseOf{{verb: -1, from: from, to: end, bare: true}}
}

// verbless reports whether the sentence goes on without a finite verb.
func (r *reader) verbless(from, to, end int) bool {
	for k := from; k < to; k++ {
		if r.is(k, "is", "are", "was", "were", "have", "has", "had", "runs", "sell", "sells", "love", "am", "think", "went", "like", "hate", "know", "feel", "see", "saw", "said", "paid") && !r.claimed(k) {
			return false
		}
	}
	return true
}
