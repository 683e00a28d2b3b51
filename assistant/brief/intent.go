package brief

var (
	// assents agree, or not, and say nothing else.
	assents = words(`yes yeah yep ok okay sure y yup correct right fine no nope`)
)

var (
	finishes = phrases(`that's it, that's all, thats it, thats all, that is it, that is all, that's everything, that is everything, all done, we're done, i'm done, im done,
		looks good, looks great, looks perfect, publish it, post it, publish, good to go, ready to post, ready to publish, i'm happy with it, happy with that,
		that's fine, that works, perfect, finished, nothing else, nothing more, no more changes, it's fine, it's good, it's perfect, ready, ship it, all good,
		finalize it, finalise it, go live, that will be all, that'll be all, that's enough, i'm done here`)
	writes = phrases(`just write it, write it, write the post, write it up, write the job post, write up the post, stop asking, no more questions, enough questions,
		go ahead and write, go ahead, draft it, just draft it, draft the post, just do it, just post it, create the post, generate the post, generate it,
		write it now, show me the post, show me the draft, make the post, just make it, just create it, just write, write something`)
	greetings = words("hi hello hey hiya howdy greetings morning evening afternoon good hej there everyone team yo")
	thanked   = phrases("thanks, thank you, thx, cheers, much appreciated, ty, many thanks, thank u, tysm")
	helps     = phrases(`what can you do, what do you do, how does this work, how do you work, how does it work, who are you, what are you, can you help, help me,
		what is this, how can you help, what should i do, what should i write, are you a bot, are you human, are you a robot, are you real, what is parley,
		how do i use, how do i start, where do i start, what happens next, help`)
)

// intent says what the message does beside giving facts.
func (r *reader) intent() Intent {
	n := len(r.tokens)
	facts := len(r.changes) > 0 || len(r.removed) > 0
	if writes.has(r.view, 0, n) && !(facts && n > 14) && !r.hasStance(asksPrice) {
		return IntentWrite
	}
	if finishes.has(r.view, 0, min(n, 12)) && n <= 12 && r.in.Asked != SlotDeliverables && !r.negated(n-1) {
		if !facts && !declineOnly(r) {
			return IntentFinish
		}
	}
	if !facts && n <= 3 && r.is(0, "done") {
		return IntentFinish
	}
	switch {
	case r.hasStance(asksPrice):
		return IntentPrice
	case facts:
		return IntentNone
	case r.hasStance(commandsUs):
		return IntentOther
	case helps.has(r.view, 0, n) && n <= 20:
		return IntentHelp
	case declineWords.has(r.view, 0, n) && n <= 14 || r.in.Asked != "" && r.is(0, "no", "nope", "nah") && n <= 3:
		return IntentUnsure
	case r.onlyGreets():
		return IntentGreeting
	case thanked.has(r.view, 0, n) && n <= 10:
		return IntentThanks
	case n <= 3 && assents[r.low(0)]:
		return IntentNone
	}
	if r.soundsLikeWork() {
		return IntentNone
	}
	return IntentOther
}

// soundsLikeWork reports whether a message of which nothing could be taken has
// to do with hiring all the same.
func (r *reader) soundsLikeWork() bool {
	if r.hasStance(commandsUs) {
		return false
	}
	for i := range r.tokens {
		if r.taken[i] != "" || ownMoney[r.low(i)] || r.is(i, "hire", "hiring", "freelancer", "project", "deadline", "budget") || workers[r.low(i)] && !r.is(i, "people", "person", "someone", "man", "woman", "guy", "girl", "actor") {
			return true
		}
	}
	return chatter.has(r.view, 0, min(len(r.tokens), 4)) && len(r.tokens) <= 4
}

// declineOnly reports whether a message that sounds like an end leaves the asked slot open.
func declineOnly(r *reader) bool {
	return r.in.Asked != "" && r.in.Asked != SlotTitle && declineWords.has(r.view, 0, len(r.tokens)) && !finishes.has(r.view, 0, len(r.tokens))
}

func (r *reader) hasStance(s stance) bool {
	for _, has := range r.stances {
		if has == s {
			return true
		}
	}
	return false
}

func (r *reader) onlyGreets() bool {
	greets := false
	for i := range r.tokens {
		if !greetings[r.low(i)] && r.tokens[i].kind != sign {
			return false
		}
		greets = greets || greetings[r.low(i)]
	}
	return greets
}
