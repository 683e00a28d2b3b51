package brief

var (
	// assents agree, or not, and say nothing else.
	assents = words(`yes yeah yep ok okay sure y yup correct right fine no nope`)
)

var (
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
	switch {
	case r.ending == write && r.inProgress() && r.in.Asked == "" && goAhead.has(r.view, 0, n) && !facts:
		return IntentFinish
	case r.ending == write && !r.hasStance(asksPrice):
		return IntentWrite
	case r.ending == finish && (!facts || r.inProgress()):
		return IntentFinish
	case r.ending == noMore && (r.asksList() || facts && !r.inProgress()):
		return IntentNoMore
	case r.ending == noMore:
		return IntentFinish
	case r.hasStance(asksPrice):
		return IntentPrice
	case facts:
		return IntentNone
	case r.openLevel:
		return IntentUnsure
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
	if r.soundsLikeWork() && !r.hasStance(chats) {
		return IntentNone
	}
	return IntentOther
}

var goAhead = phrases("go ahead")

// inProgress reports whether something of the work was known before the message.
func (r *reader) inProgress() bool {
	known := &r.in.Known
	return r.in.Asked != "" || known.Title.Known() || known.Category.Known() || len(known.Summary)+len(known.Deliverables)+len(known.Must) > 0 || known.Pay.Known()
}

// asksList reports whether the question was for the entries of a list, so that
// "that's it" ends the list and not the conversation.
func (r *reader) asksList() bool {
	switch r.in.Asked {
	case SlotDeliverables, SlotSummary, SlotSkills, SlotConditions, SlotQuestions:
		return true
	}
	return false
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
