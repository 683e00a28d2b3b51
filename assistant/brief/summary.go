package brief

var (
	workWords = words(`it should must need needs want we our my already project work site users customers clients visitors audience style brand business company product
		products page pages design like include including please use using have currently existing looking build create the`)
	chatter = phrases(`thank you, thanks, thank, hi, hello, hey, that's it, that's all, looks good, just write it, write it, go ahead, good morning, good evening, cheers,
		bye, sounds good, great, perfect, let me know, hope you can help`)
	edits = phrases(`set the, make that, make it, actually, sorry, i meant, scratch that, change the, change it, change that, instead of, correction, let's say, remove, drop the,
		forget the, rather than`)
	// hollow words say nothing of the work by themselves.
	hollow = words(`i i'm i'd we we're we'd it it's is are be was to a an the of for in at on by and or but with my our me us you your this that would could should can
		will must have has want need needs like looking someone somebody please budget pay paying price rate cost costs deadline done ready finished finish
		start starting begin begins take takes timeline duration about around maybe so as ideally preferably please thanks know knows experience experienced
		plus bonus nice no not use using required knowledge skills fine ok okay only based located remote remotely person freelancer hours hour week time
		available availability due needed launch live launched go delivered deliver just really also hire hiring seeking anyone some work working yes overlap
		thought think thinking idea both switched switch moves moved move again talked goes up down knew good nice great happy better
		changed mind give spend afford offer monthly weekly prefer rather after all make change set raise lower`)
)

// anecdotes are what happened before and to others: no reader of a post needs them.
var anecdotes = phrases(`told me about, recommended this site, recommended you, recommended this, found this site, found you, heard of you, heard about you, heard about this, it went great, went great, went well,
	decided against, charged me, charged us, for nothing, ripped off, didn't work out, did not work out, disappeared, never delivered, i tried, we tried, not sure if this is the right place, is this the right place, first time here, new here, bad experience, bad experiences`)

// summary keeps what the person says of the work in their own words, without
// what other slots hold.
func (r *reader) summary() {
	if !r.aboutWork() {
		return
	}
	for k, s := range r.sentences {
		item, ok := r.tellPriced(k)
		if r.stances[k] < asks && !s.header && !r.onlyAnswers(k, s) {
			item, ok = r.tell(k, s)
		}
		if !ok {
			continue
		}
		var changed bool
		if r.brief.Summary, changed = add(r.brief.Summary, item); changed {
			r.change(SlotSummary, s.from)
		}
	}
}

// aboutWork reports whether the message has to do with work at all.
func (r *reader) aboutWork() bool {
	return r.in.Asked != "" || len(r.changes) > 0 || r.unreadWork() || r.brief.Title.Known() || len(r.brief.Deliverables) > 0 || len(r.brief.Summary) > 0 || r.brief.Category.Known()
}

// unreadWork reports whether a first message of which nothing could be read is
// kept all the same, because it is an account of something and no small talk.
func (r *reader) unreadWork() bool {
	n := 0
	for k, s := range r.sentences {
		if r.stances[k] < asks && !offSubject.has(r.view, s.from, s.to) {
			n = max(n, r.contentWords(s.from, s.to))
		}
	}
	return n >= 4
}

// offSubject are phrases of talk that has nothing to do with work.
var offSubject = phrases(`tell me a joke, tell me about yourself, the weather, sing me, i love you, i hate you, how are you, capital of, my homework, do my homework, who won, recipe for,
		meaning of life, play a game, tell me a story, be my friend, lottery numbers, horoscope, you are stupid, good bot, bad bot`)

// onlyAnswers reports whether a sentence tells nothing beyond what another slot
// took: a list of deliverables, a correction, "I don't know".
func (r *reader) onlyAnswers(k int, s sentence) bool {
	if r.in.Asked == SlotSummary || r.in.Asked == SlotExisting && !(r.is(s.from, "no", "nope", "nah", "nothing", "none") && s.to-s.from < 6 && !r.hasProduct(s.from, s.to)) {
		return false
	}
	if k == 0 && r.isHeadline(s) || r.isHeading(k) {
		return true
	}
	if r.in.Asked == SlotTitle && len(r.sentences) == 1 || r.in.Asked == SlotCategory {
		return true
	}
	from := r.skipFillers(s.afterBullet(r.tokens), s.to)
	switch {
	case k+1 == r.retradedAt:
		return true
	case !r.listed[k] && anecdotes.has(r.view, s.from, s.to) && !r.wants(s.from, s.to) && !r.hasWord("so", from+1, s.to) && !r.hasWord("must", s.from, s.to):
		return true
	case r.in.Asked == SlotExisting && r.is(s.from, "no", "nope", "nah", "nothing", "none") && s.to-s.from < 6 && !r.hasProduct(s.from, s.to):
		return true
	case r.onlyChanges(s, from):
		return true
	case edits.has(r.view, from, min(from+4, s.to)) && (r.anyClaimed(from, s.to) || r.contentWords(from, s.to) < 2):
		return true
	case chatter.has(r.view, from, min(from+2, s.to)) && s.to-from < 6:
		return true
	case declineWords.has(r.view, from, min(from+5, s.to)) && s.to-from < 12:
		return true
	case r.listed[k] && r.is(from, "add", "include", "also") && r.in.Known.Title.Known():
		return true
	case r.answersOnly(s, from):
		return true
	case s.to-from < 12 && r.is(from, "no", "not") && r.skillOf(from+1) != nil && r.skillOf(from+1).standing == without:
		return true
	case r.listed[k] && s.bullet, s.bullet && !r.beyondSkills(from, s.to), s.to-from < 10 && r.takesBack(s):
		return true
	}
	return r.listed[k] && r.in.Asked == SlotDeliverables && !r.wants(from, s.to)
}

// onlyChanges reports whether a later sentence sets what a slot holds and tells nothing
// else of the work: "we talked about it again: 3,200 euros".
func (r *reader) onlyChanges(s sentence, from int) bool {
	if r.in.Asked != "" || !r.inProgress() || r.listed[r.tokens[s.from].sentence] || s.to-s.from > 20 || payConditions.has(r.view, s.from, s.to) {
		return false
	}
	set := false
	for i := s.from; i < s.to; i++ {
		switch r.taken[i] {
		case SlotPay, SlotDuration, SlotHours, SlotStart, SlotDeadline, SlotLevel, SlotLocation, SlotTimeZone, SlotConditions, removal:
			set = true
		}
		if languages[r.low(i)] && r.taken[i] == "" {
			return false
		}
		if r.inSkill(i) {
			set = true
		}
	}
	return set && r.contentWords(from, s.to) <= 3 && !r.ownsProduct(from, s.to)
}

// ownsProduct reports whether tokens [from, to) name a thing that no slot took.
func (r *reader) ownsProduct(from, to int) bool {
	for i := from; i < to; i++ {
		if products[r.low(i)] && r.taken[i] == "" && !r.inSkill(i) {
			return true
		}
	}
	return false
}

// answersOnly reports whether a sentence is a short answer to what was asked,
// in words that name nothing of the work.
func (r *reader) answersOnly(s sentence, from int) bool {
	if r.openLevel {
		return true
	}
	switch r.in.Asked {
	case "", SlotSummary, SlotExisting, SlotDeliverables, SlotTitle, SlotCategory:
		return false
	}
	if s.from == 0 && s.to-from < 12 && r.changedNow(r.in.Asked) && r.contentWords(from, s.to) <= 1 && !payConditions.has(r.view, s.from, s.to) && !r.looseNumber(from, s.to) {
		return true
	}
	return s.from == 0 && s.to-from < 16 && !payConditions.has(r.view, from, s.to) && !r.hasProduct(from, s.to) && !r.wants(from, s.to) && !existing.has(r.view, from, s.to) && r.contentWords(from, s.to) < 3 && !(r.looseNumber(from, s.to) && r.anyClaimed(from, s.to))
}

// isHeading reports whether a short line stands above others like a heading:
// "What we want".
func (r *reader) isHeading(k int) bool {
	s := r.sentences[k]
	if len(r.tokens) < 50 || s.bullet || s.to >= len(r.tokens) || !r.tokens[s.from].line || !r.tokens[s.to].line || s.to-s.from > 7 || r.anyClaimed(s.from, s.to) {
		return false
	}
	heads := scopeHeads.has(r.view, s.from, s.to) || otherHeads.has(r.view, s.from, s.to) || questionWords[r.low(s.from)] || r.hasWord("brief", s.from, s.to)
	return heads && r.contentWords(s.from, s.to) <= 3
}

// looseNumber reports whether a number is left that no reader took.
func (r *reader) looseNumber(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tokens[i].kind == number && r.taken[i] == "" {
			return true
		}
	}
	return false
}

// isHeadline reports whether the first line was taken as the title as a whole.
func (r *reader) isHeadline(s sentence) bool {
	title := r.brief.Title
	return len(r.sentences) > 2 && title.Known() && r.changedNow(SlotTitle) && title.Sources[0] == r.source(s.from, s.to)
}

// takesBack reports whether a sentence took something back and wants nothing else.
func (r *reader) takesBack(s sentence) bool {
	for k := s.from; k < s.to; k++ {
		if r.taken[k] == removal {
			return !r.listed[r.tokens[k].sentence]
		}
	}
	return false
}

// beyondSkills reports whether tokens [from, to) hold more than names of skills.
func (r *reader) beyondSkills(from, to int) bool {
	for k := from; k < to; k++ {
		if r.tokens[k].kind == word && !hollow[r.low(k)] && !r.inSkill(k) {
			return true
		}
	}
	return false
}

func (r *reader) inSkill(i int) bool {
	m := r.skillOf(i)
	return m != nil && m.standing != aside
}
