package brief

var (
	// questionJoins stand between "ask" and what is to be asked.
	questionJoins = words(`: , to please that - also and them ask him her applicants candidates the freelancers every each applicant candidate`)
)

var (
	askThem = phrases(`ask them, ask him, ask her, ask candidates, ask applicants, ask the candidates, ask the applicants, ask every applicant, ask each applicant,
		ask freelancers, ask the freelancers, ask people, ask everyone, ask the freelancer, ask each candidate, ask the developer, ask the designer, also ask,
		please ask, applicants should answer, candidates should answer, they should tell us, they should tell me, they should answer, should tell us,
		should tell me, i want to know from them, i'd like to know from them, have them tell, have them answer, tell us, tell me in your application,
		screening question :, screening questions :, please answer :, please answer these, ask about, question for applicants :, questions for applicants :,
		want to ask them, like to ask them, want them to answer, want them to tell, i'd ask them`)
	questionHeads = phrases(`screening questions, screening question, questions for applicants, questions for candidates, please answer, please answer the following,
		answer these questions, questions, questions to applicants, ask them, ask applicants, tell us, ask candidates, application questions`)
)

// questions finds what applicants shall be asked.
func (r *reader) questions() {
	for k, s := range r.sentences {
		switch {
		case r.in.Asked == SlotQuestions && (s.question || s.to-s.from > 2 && r.stances[k] == states && !declineWords.has(r.view, s.from, s.to)):
			r.stances[k] = states
			r.addQuestion(s.afterBullet(r.tokens), s.to, s)
		case r.underQuestions(k) && (s.bullet || s.question):
			r.stances[k] = states
			r.addQuestion(s.afterBullet(r.tokens), s.to, s)
		default:
			_, start, end, ok := askThem.find(r.view, s.from, s.to)
			if ok && end < s.to && !r.is(start-1, "don't", "you", "can", "not", "i", "should", "to") && r.stances[k] != commandsUs {
				r.stances[k] = states
				r.addQuestionFrom(start, end, s)
			}
		}
	}
}

// underQuestions reports whether sentence k is part of a list of questions.
func (r *reader) underQuestions(k int) bool {
	for at := k - 1; at >= max(0, k-most); at-- {
		s := r.sentences[at]
		if s.header {
			return questionHeads.has(r.view, s.from, s.to)
		}
		if !s.bullet && !s.question {
			return false
		}
	}
	return false
}

// addQuestionFrom takes what stands behind "ask them", and leaves what stands
// before it, behind a comma, to the other readers.
func (r *reader) addQuestionFrom(start, end int, s sentence) {
	head := s
	if from, _ := r.clause(start); from > s.from && start-from <= 3 {
		head.from = from
	}
	r.addQuestion(end, s.to, head)
}

func (r *reader) addQuestion(from, to int, s sentence) {
	for from < to && questionJoins[r.low(from)] && !(r.is(from, "the", "each", "every") && !r.is(from+1, "applicants", "candidates", "freelancers", "applicant", "candidate")) {
		from++
	}
	end := to
	for end > from && r.is(end-1, ".", "!", ";", ",") {
		end--
	}
	if end-from < 2 {
		return
	}
	item := Item{Text: r.quote(from, end), Sources: []Source{r.source(from, end)}, Confidence: 0.85}
	var changed bool
	if r.brief.Questions, changed = add(r.brief.Questions, item); changed {
		r.change(SlotQuestions, from)
	}
	r.claim(SlotQuestions, s.from, s.to)
}
