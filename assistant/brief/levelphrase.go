package brief

var (
	// standings tell how qualified somebody is without naming a level.
	standings = words(`licensed qualified certified sworn chartered registered accredited ex former background degree phd bar admitted done did worked trained graduate credentials
		licence license practising practicing track`)
	// doneBefore tell of some experience.
	doneBefore = phrases(`done a few, done this before, did a few, done some, done it before, some projects, a few of these, done a couple, worked on a few, been around, done similar,
		did this before, has done`)
)

// levelPhrase reads an answer to the question for the level that names a
// standing and no level: "a licensed attorney". The phrase becomes a condition,
// word for word, and the question is settled; having
// done "a few of these" is intermediate.
func (r *reader) levelPhrase() {
	if r.in.Asked != SlotLevel || r.changedNow(SlotLevel) || len(r.tokens) > 24 || r.stances[0] >= asks {
		return
	}
	s := r.sentences[0]
	from := r.skipFillers(s.from, s.to)
	to := from
	for to < s.to && !r.is(to, ".", "!", ";") && !(r.is(to, ",") && (r.is(to+1, "as", "please", "that's", "thanks") || r.skillAt[min(to+1, len(r.tokens)-1)] < 0 && to-from > 6)) {
		to++
	}
	for to > from && r.is(to-1, ",", "please") {
		to--
	}
	if to <= from || declineWords.has(r.view, from, to) {
		return
	}
	if r.is(from, "doesn't", "don't", "not", "no", "needn't") || r.is(from, "does") && r.is(from+1, "not") {
		r.openLevel = true // "doesn't need to be a veteran"
		return
	}
	if r.is(from, "anyone", "anybody", "any", "all") && to-from <= 3 {
		r.openLevel = true
		return
	}
	standing := false
	for i := from; i < to; i++ {
		standing = standing || mustCues[r.low(i)] && to-from > 2 || r.is(i, "know", "knows") && to-from > 1 || standings[r.low(i)] || r.tradesman(i) || workers[r.low(i)] && !anyWorker[r.low(i)] && to-from > 1
	}
	if doneBefore.has(r.view, from, to) {
		r.setLevel(intermediate, from, to, 0.7)
		r.addCondition(from, to)
		return
	}
	if standing {
		r.addCondition(from, to)
		r.openLevel = true
	}
}

// askedYears reads years as the answer to the question for the level, and
// "2+ years of cold calling" anywhere.
func (r *reader) askedYears(i, end, counted int) (int, bool) {
	plus := r.low(counted) == "+" || r.is(i, "minimum", "min", "at")
	if r.in.Asked != SlotLevel && !(plus && (r.is(end, "of", "in", "as", "with") || r.linkedSkill(end))) {
		return i, false
	}
	to := end
	for to < r.sentenceOf(i).to && to < end+8 && !r.parts(to) && !r.is(to, ".", ";", "!", "and", "for", "at") {
		to++
	}
	return max(end, to), true
}
