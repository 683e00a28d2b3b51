package brief

const (
	// closing marks words that end the conversation: "looks good, publish it".
	closing Slot = "closing"
	// talk marks words that are said to the assistant and tell nothing: "hm, wait".
	talk Slot = "talk"
)

var (
	// aroundClosing may stand beside the word that ends the conversation.
	aroundClosing = words(`ok okay k good great fine perfect nice cool lovely excellent super thanks thank thx you please pls kindly it this that the post job ad draft text listing
		advert description now then so well yes yep yeah yup sure all i we think guess believe that's thats is i'm im am we're are everything for me us my our part side end just
		can could may let's go ahead and up with looks look sounds seems to be been has have here the matter consider done finish finished finalise finalize finalised finalized
		complete completed publish published submit settled concluded closed close wrap ship live ready set happy nothing else more no further changes of as it's will would was
		like way very from want like alright right write writing create make it'll what need needed not any bye`)
	finishes = phrases(`ok post, okay post, yes post, now post, please post, good post, and post, all done, we're done, i'm done, im done, done, we are done, i am done, looks good, looks great, looks perfect, looks fine, look good, publish, publish it,
		post it, post this, post that, post now, post the, post please, good to go, ready to post, ready to publish, i'm happy with, happy with that, happy with it, happy with this,
		that works, perfect, finished, finish, finish it, no more changes, no further changes, nothing to change, nothing to add, it's perfect, ready, ship it, all good, all set,
		finalize, finalise, finalized, finalised, go live, complete, completed, settled, concluded, submit, wrap it up, wrap up, close it, it's good, it's fine, that's fine`)
	noMores = phrases(`that's it, that's all, thats it, thats all, that is it, that is all, that's everything, that is everything, nothing else, nothing more, no more, that will be all,
		that'll be all, that's enough, that was all, it's all, just that, only that, that's the lot, and that's it, only those, just those, just these, only these, no others`)
	writes = phrases(`just write it, write it, write the post, write it up, write the job post, write up the post, stop asking, no more questions, enough questions,
		go ahead and write, go ahead, draft it, just draft it, draft the post, just do it, just post it, create the post, generate the post, generate it,
		write it now, show me the post, show me the draft, make the post, just make it, just create it, just write, write something`)
	// agrees are short words that accept what is there; two of them end it.
	agrees = words("ok okay good great fine perfect nice cool go yes yep sure excellent lovely alright thanks super right")
	// nonAnswers tell neither a fact nor a preference.
	nonAnswers = words(`idk dunno hm hmm hmmm mm wait skip fine um uh uhm well ok okay yes yep yeah no nope nah sorry oops lol haha pls hold on er erm whatever pass next
		good great cool nice right sure hi hello hey moment sec second please just a one the question same again what huh ah oh i see got it k`)
	// talks mark a sentence as said to the assistant.
	talks = phrases(`you already, already told, already told you, i told you, told you, as i said, like i said, as stated, what was the question, i don't understand, i dont understand, i do not understand,
		i not understand, not understand, don't get it, dont get it, what do you mean, back to the, hold on, wait a, give me a minute, give me a second, one moment, one second, let me think,
		let me check, be right back, brb, hurry up, your question, the question is, you asked, you're slow, you are slow, you're wrong, you are wrong, you're funny, my bad,
		no further preference, no preference in this, did i say, i said that, are you there, you're asking, you keep, can we continue, shall we continue, let's continue,
		another thing later, help me later, also help me with, middle of that, my mistake, my apologies, apologies, wrong window, wrong chat, ignore that, ignore my last, testing`)
	// sorryFor are words behind an apology that correct a fact all the same.
	sorryFor = phrases("i mean, i meant, it's, its, make, should be, make it, not, actually, forgot, also, we need, i need, change")
)

// ending is how a message closes.
type ending uint8

const (
	goesOn ending = iota
	noMore
	finish
	write
)

// asides claims what is said to the assistant and is not about the work, so
// that no reader takes it for content: ends, non-answers, talk.
func (r *reader) asides() {
	for k, s := range r.sentences {
		if r.stances[k] == commandsUs {
			continue
		}
		closed := 0
		for from := s.from; from < s.to; {
			to := r.asideEnd(from, s.to)
			closed += r.aside(k, from, to)
			from = to + 1
		}
		if closed == 0 && r.chats(s) {
			r.stances[k] = chats
		}
	}
}

// asideEnd returns where the clause that begins at token i ends.
func (r *reader) asideEnd(i, to int) int {
	for i < to && !r.is(i, ",", ":", "(", ")", "\u2014", "\u2013", ";", ".", "!", "?", "\u2026") && !(r.low(i) == "-" && !r.tokens[i].tight) {
		i++
	}
	return i
}

// aside claims the clause [from, to) if it closes the conversation or tells nothing.
func (r *reader) aside(k, from, to int) int {
	for from < to && r.is(from, "and", "so", "but", "then") {
		from++
	}
	if from >= to || to-from > 10 {
		return 0
	}
	if _, _, ok := talks.match(r.view, from); ok && to-from <= 4 && !r.is(from, "back", "in", "we", "i") {
		r.claim(talk, from, to)
		return 0
	}
	if _, start, end, ok := writes.find(r.view, from, to); ok && r.onlyAround(from, start) && r.onlyAround(end, to) {
		r.close(write, from, to)
		return 1
	}
	if !r.onlyAround(from, to) {
		if r.onlyOf(nonAnswers, from, to) && !r.namesAsked(from, to) {
			r.claim(talk, from, to)
		}
		return 0
	}
	_, _, _, done := finishes.find(r.view, from, to)
	_, _, _, last := noMores.find(r.view, from, to)
	switch {
	case r.hasWord("not", from, to) || r.is(to, ",") && r.is(to+1, "but", "except", "only") || r.is(to, "but"):
		return 0
	case last && !r.hasWord("publish", from, to) && !r.hasWord("finish", from, to):
		r.close(noMore, from, to)
	case done && !r.hedged(from, to):
		r.close(finish, from, to)
	case r.in.Asked == "" && len(r.in.Known.Summary)+len(r.in.Known.Deliverables) > 0 && r.agreed(from, to) && to-from > 1 && len(r.tokens) <= 8:
		r.close(finish, from, to)
	case r.onlyOf(nonAnswers, from, to) && !r.namesAsked(from, to):
		r.claim(talk, from, to)
		return 0
	default:
		return 0
	}
	return 1
}

// hedged reports whether a word of contentment is a mere answer to a question,
// as in "fine" or "that works, 3 weeks".
func (r *reader) hedged(from, to int) bool {
	if r.in.Asked == "" || to-from > 2 {
		return r.hasWord("need", from, to) || r.hasWord("want", from, to) && !r.hasWord("finish", from, to)
	}
	return r.is(to-1, "fine", "works", "good", "perfect", "ready", "complete") && r.is(from, "that's", "that", "it's", "perfect", "ready", "sounds", "complete") && r.is(to, ",")
}

// namesAsked reports whether a clause may answer the question all the same.
func (r *reader) namesAsked(from, to int) bool {
	return r.hasWord("one", from, to) && to-from == 1 || r.hasWord("second", from, to) && to-from > 1 || declineWords.has(r.view, from, to)
}

func (r *reader) agreed(from, to int) bool {
	for i := from; i < to; i++ {
		if !agrees[r.low(i)] && r.tokens[i].kind == word {
			return false
		}
	}
	return true
}

func (r *reader) onlyAround(from, to int) bool { return r.onlyOf(aroundClosing, from, to) }

func (r *reader) onlyOf(set map[string]bool, from, to int) bool {
	for i := from; i < to; i++ {
		if !set[r.low(i)] {
			return false
		}
	}
	return true
}

func (r *reader) close(how ending, from, to int) {
	r.ending = max(r.ending, how)
	r.claim(closing, from, to)
}

// chats reports whether a sentence is said to the assistant, or is a remark by
// the way: it names nothing of the work.
func (r *reader) chats(s sentence) bool {
	if s.to-s.from > 18 {
		return false
	}
	from := r.skipFillers(s.from, s.to)
	for i := s.from; i < s.to; i++ {
		if r.is(i, "sorry", "oops") && !sorryFor.has(r.view, i+1, s.to) && !r.hasProductWord(s.from, s.to) && s.to-s.from > 4 && !r.hasFigure(s.from, s.to) && !r.hasDay(s.from, s.to) {
			return true
		}
	}
	if r.is(from, "back") && r.is(from+1, "to") && s.to-from <= 6 {
		return true
	}
	if _, start, _, ok := talks.find(r.view, s.from, s.to); ok {
		if r.is(start-1, ",", "-", "(") && start > from+1 {
			r.claim(talk, start, r.asideEnd(start, s.to))
			return false
		}
		return start <= from+6 && !r.hasFigure(s.from, s.to) && !(r.wants(s.from, s.to) && r.hasProductWord(s.from, s.to))
	}
	return false
}

func (r *reader) hasDay(from, to int) bool {
	for i := from; i < to; i++ {
		if _, _, ok := r.dayAt(i); ok {
			return true
		}
	}
	return false
}

func (r *reader) hasFigure(from, to int) bool {
	for i := from; i < to; i++ {
		if _, ok := r.figureAt(i); ok {
			return true
		}
	}
	return false
}
