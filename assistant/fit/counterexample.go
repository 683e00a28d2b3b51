package fit

// counterexample are words for what does not count as work: "a course does not count".
var counterexample = set(`course courses seminar seminars list lists listed keyword keywords word words tutorial tutorials read reading book books theory school hobby toy mention mentions mentioning mentioned saying claim claims
	certificate training class classes workshop reader student sandbox buzzword buzzwords tag tags headline bootcamp watched youtube manual lapsed part-qualified`)

// counterexamples takes the clauses of a wish that say what is not enough, so
// that their words are not asked for: "a seminar is not the same", "not from a
// course", "licence or not". Those about learning ask for real work.
func (x *reading) counterexamples() {
	for _, u := range x.units() {
		if !x.wishing {
			if x.Is(u.from, "not") && x.Is(u.from+1, "only", "just", "merely") {
				x.take(u.from, u.to)
			}
			continue
		}
		from, to, learnt, ok := x.insufficient(u)
		if !ok {
			continue
		}
		x.take(from, to)
		x.shown = x.shown || learnt
	}
}

// insufficient finds which tokens of a clause say what is not enough.
func (x *reading) insufficient(u unit) (from, to int, learnt, ok bool) {
	denial := -1
	if end, ok := x.run(u.from, "or no", "with or without", "no matter"); ok && u.to-end <= 3 {
		return u.from, u.to, false, true
	}
	for i := u.from; i < u.to; i++ {
		if end, ok := x.run(i, "or whatever", "or something", "or anything", "or similar", "or the like", "or equivalent", "or so", "or what", "and so on", "and the like", "or other"); ok && end <= u.to {
			return i, u.to, false, true
		}
	}
	for i := u.from; i < u.to; i++ {
		learnt = learnt || counterexample[x.Low(i)]
		if denial < 0 && x.Is(i, "not", "doesn't", "don't", "isn't", "won't", "aren't", "wouldn't", "no", "never") && !(x.Is(i, "not") && x.Is(i+1, "only")) {
			denial = i
		}
		if x.Is(i, "or") && x.Is(i+1, "not") && (i+2 >= u.to || x.Is(i+2, "required", "needed")) {
			return max(u.from, i-1), i + 2, false, true
		}
		if x.Is(i, "or") && x.Is(i+1, "no", "without") && i > u.from && x.Low(i-1) == x.Low(i+2) {
			return max(u.from, i-1), i + 3, false, true // "apps or no apps"
		}
		if x.Is(i, "not") && x.Is(i+1, "only", "just") && i == u.from {
			return u.from, u.to, false, true // "not only native"
		}
	}
	if denial < 0 {
		return 0, 0, false, false
	}
	for i := denial + 1; i < min(u.to, denial+4); i++ {
		if x.Is(i, "good", "use") && x.Is(i-1, "no") {
			return u.from, u.to, learnt, true
		}
		if x.Is(i, "count", "enough", "same", "help", "suffice", "do", "qualify", "cut", "work", "interest", "impress", "convince") && !(x.Is(i, "do", "work", "help") && i+1 < u.to && !x.Is(i+1, "us", "me", "for", "here", "it")) {
			return u.from, u.to, learnt, true
		}
	}
	if !learnt || denial > u.from+2 && !x.Is(denial-1, "and", "or") {
		return 0, 0, false, false
	}
	for i := denial + 1; i < min(u.to, denial+6); i++ {
		if counterexample[x.Low(i)] {
			return denial, u.to, true, true
		}
	}
	return 0, 0, false, false
}
