package brief

var (
	// halfQuestions begin a question only before its subject.
	halfQuestions = words(`have has do don't will am may might was were`)
	// questionWords ask for something.
	questionWords = words(`what what's whats how how's why who who's when where which whose`)
	// afterQuestionWord follow a question word in a question.
	afterQuestionWord = words(`is are do does did can could should would will much many long about budget kind`)
	// subjects follow the verb in a question.
	subjects = words(`i we you it this that there they he she people the a my your`)
)

// stance is what a sentence does: only statements and requests tell facts.
type stance uint8

const (
	states     stance = iota
	requests          // "can you find me …?": a question in form, a wish in fact
	asks              // a question about the work or anything else
	asksPrice         // a question about money or time: "should I pay 4k?"
	commandsUs        // addressed to the assistant and not about the work
	chats             // a remark by the way, or to the assistant
	leavesOpen        // "no idea": the question is left open
)

var (
	requestOpeners = phrases(`can you, could you, would you, can someone, could someone, can somebody, could somebody, would someone, would somebody, will someone, can anyone, could anyone, can anybody, does anyone, do you know anyone,
		do you know someone, do you know somebody, do you know a, do you have anyone, do you have someone, is there anyone, is there someone, anyone, anybody,
		who can, who could, can i get, could i get, can i hire, can i find, can we get, can we hire, can we find, where can i find, how do i find,
		how can i find, any chance you, will you, would it be possible to get, is it possible to get, is it possible to find, is it possible to hire,
		may i have, want to, wanna, can u, could u, can we push, can we move, can we extend, can we raise, can we lower, can we set, can we add, can we drop, can we say, can we keep, can we postpone, can we shift, can we cut, can we skip,
		can we remove, can we start, can we pay, can we increase, can we reduce, can we also, can we have, can we do, could we push, could we move, could we extend, could we raise, could we lower, could we set, could we add, could we drop,
		could we say, could we start, could we increase, could we reduce, could we also, could we have, could we do, can i raise, can i lower, can i set, can i add, could i add, can i also, could i also, can we make, could we make, can we change, could we change, can we say, could we say, can i change,
		could i change, shall we say, let's say, how about we say, what if we say, would anyone, can you please`)

	questionOpeners = words(`what what's whats how how's why who who's when where which whose is isn't are aren't was were do does did don't doesn't didn't can can't could
		couldn't should shouldn't would wouldn't will won't shall may might am have has`)

	// realism are phrases of a question whether a sum or a time will do.
	realism = phrases(`enough, realistic, unrealistic, reasonable, fair, too much, too little, too low, too high, too short, too tight, too cheap, too expensive, doable,
		feasible, possible, okay, sufficient, the going rate, going rate, normal, typical, usual, a good price, a good rate, a fair price, a fair rate,
		competitive, market rate, in the ballpark, right price, about right, make sense, sound right, sound ok, sound reasonable, sound fair, cost, costs,
		usually pay, normally pay, typically pay`)

	priceAsks = phrases(`how much, what does it cost, what would it cost, what will it cost, what does this cost, what would this cost, what does this usually cost,
		what do people pay, what do others pay, what should i pay, what would i pay, what should we pay, what is the going rate, what's the going rate,
		what's the usual, what is the usual, what's a fair, what is a fair, what's a reasonable, what is a reasonable, what's a good price,
		what's a good rate, what's a normal, what is a normal, what's normal, what's the market, what is the market, how long does, how long would,
		how long will, how long should, how long do, what budget, what rate, what price, average price, average rate, average cost, should i pay,
		should we pay, should i offer, should we offer, should i budget, should we budget, do i have to pay, do people charge, do freelancers charge,
		do they charge, usually charge, usually cost, typically cost, normally cost, price range, cost range, what it costs, what this costs,
		what it should cost, what this should cost, what it would cost, what's it cost, whats it cost, going rate`)

	ofUs = phrases(`ignore all, ignore your, ignore the above, ignore previous, ignore any, ignore everything, disregard all, disregard your, disregard previous,
		disregard the above, forget your instructions, forget all previous, your instructions, system prompt, previous instructions, your prompt, you are now,
		act as, pretend to be, pretend you, developer mode, jailbreak, reveal your, repeat the words, print your`)
)

// stanceOf judges one sentence.
func (v *view) stanceOf(s sentence) stance {
	from := v.skipFillers(s.afterBullet(v.tokens), s.to)
	if ofUs.has(v, s.from, s.to) {
		return commandsUs
	}
	opener := v.low(from)
	inQuestion := s.question || questionOpeners[opener] && !v.reportsOwn(from, s.to)
	if priceAsks.has(v, s.from, s.to) && (inQuestion || !v.hasOwnBudget(s)) {
		return asksPrice
	}
	if !inQuestion {
		return states
	}
	if requestOpeners.has(v, from, min(from+4, s.to)) && !(realism.has(v, s.from, s.to) && v.is(from, "is", "would", "will")) {
		return requests
	}
	if !s.question && !v.inverted(from) {
		return states
	}
	if s.question && !questionOpeners[opener] && !v.endsAsQuestion(s) {
		return requests // "a logo for my shop, maybe?" wishes more than it asks
	}
	if realism.has(v, s.from, s.to) {
		return asksPrice
	}
	return asks
}

var fillers = words("hiya so well ok okay hmm um uh oh hey hi hello and but also then now , - yes yeah please btw")

// skipFillers returns the first token that is not a mere opening: "ok, so".
func (v *view) skipFillers(i, to int) int {
	if v.sequence(i, []string{"long", "story", "short"}) > 0 && i+4 < to {
		i += 3
	}
	for i < to-1 && (fillers[v.low(i)] || v.low(i) == "no" && v.low(i+1) == ",") {
		i++
	}
	return i
}

// reportsOwn reports whether a sentence that begins like a question tells
// something: "what I need is a logo", "when done, send invoices".
func (v *view) reportsOwn(i, to int) bool {
	if halfQuestions[v.low(i)] && !v.is(i+1, "you", "i", "we", "they", "it", "there", "people") {
		return true
	}
	return v.is(i, "what", "when", "where", "how", "which", "who") && v.is(i+1, "i", "we", "it", "they", "my", "our", "done", "the") && v.low(to-1) != "?"
}

// inverted reports whether the verb stands before its subject, as in a
// question that lacks its mark: "should i pay 4k".
func (v *view) inverted(i int) bool {
	if questionWords[v.low(i)] {
		return afterQuestionWord[v.low(i+1)] || len(v.low(i)) > 4 && v.low(i)[len(v.low(i))-1] == 's'
	}
	return subjects[v.low(i+1)] || v.tokensAreNumber(i+1)
}

func (v *view) tokensAreNumber(i int) bool {
	_, end := v.currencyAt(i, true)
	_, ok := v.figureAt(end)
	return ok
}

// endsAsQuestion reports whether a sentence with a question mark asks about
// what it says: "4k is enough?", "3 weeks, realistic?".
func (v *view) endsAsQuestion(s sentence) bool {
	return realism.has(v, max(s.from, s.to-6), s.to) || v.is(max(s.from, s.to-2), "right", "ok", "no", "yes", "huh", "or")
}

var ownBudget = phrases(`my budget, our budget, budget is, i can pay, we can pay, i have, we have, i want to pay, i will pay, we pay, i pay, i'll pay, can spend, can afford,
		budget of, budget around`)

func (v *view) hasOwnBudget(s sentence) bool { return ownBudget.has(v, s.from, s.to) }
