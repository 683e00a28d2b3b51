package fit

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/skills"
)

// named is a skill that the text names, at tokens [from, to).
type named struct {
	skill    *skills.Skill
	from, to int
}

// match finds the skills of the text once.
func (x *reading) match() []named {
	var list []named
	at := 0
	for _, m := range x.reader.vocabulary.Match(x.text) {
		for at < x.Len() && x.endOf(at) <= m.Start {
			at++
		}
		to := at
		for to < x.Len() && x.startOf(to) < m.End {
			to++
		}
		if to > at && x.free(at, to) && !x.namesLanguage(at, to) {
			list = append(list, named{m.Skill, at, to})
		}
	}
	return list
}

// namesLanguage reports whether a match is no more than the name of a
// language: "Québec French" is no translation.
func (x *reading) namesLanguage(from, to int) bool {
	named := false
	for i := from; i < to; i++ {
		named = named || languageCodes[x.Low(i)] != ""
		if x.Word(i) && (strings.HasPrefix(x.Low(i), "transl") || strings.HasPrefix(x.Low(i), "interpret") || strings.HasPrefix(x.Low(i), "teach") || strings.HasPrefix(x.Low(i), "tutor") || strings.HasPrefix(x.Low(i), "lesson")) {
			return false
		}
	}
	return named
}

func (x *reading) startOf(i int) int { start, _ := x.Bytes(i); return start }
func (x *reading) endOf(i int) int   { _, end := x.Bytes(i); return end }

// workerWords are what people who do the work are called: a trade that is
// named so ("translators") says whom a list is of, and asks nothing of them.
var workerWords = set(`translator translators developer developers designer designers writer writers illustrator illustrators editor editors engineer engineers programmer programmers consultant consultants
	specialist specialists accountant accountants bookkeeper bookkeepers marketer marketers tutor tutors teacher teachers instructor instructors animator animators photographer photographers copywriter copywriters
	proofreader proofreaders analyst analysts scientist scientists architect architects artist artists manager managers assistant assistants admin admins expert experts agency agencies trainer trainers coach coaches
	attorney attorneys solicitor solicitors barrister barristers notary electrician electricians plumber plumbers carpenter carpenters nurse nurses doctor doctors therapist therapists physicist chemist chemists biologist biologists statistician statisticians musician musicians singer singers voice voices actor actors agent agents rep reps recruiter recruiters tradespeople dev devs coder coders seller lawyer lawyers interpreter interpreters narrator narrators producer producers composer composers drafter drafters researcher researchers tester testers administrator administrators`)

// skills reads, clause by clause, the skills that are asked for alone: what is
// said of them beside their names is left to experience.
func (x *reading) skills() {
	matches := x.match()
	for _, u := range x.units() {
		mine := within(matches, u)
		if len(mine) == 0 && x.wishing {
			mine = x.alone(u)
		}
		if len(mine) == 0 || !x.onlySkills(u, mine) {
			continue
		}
		x.addSkills(u, mine)
	}
}

// unit is a clause that readers of skills and experience look at, tokens [from, to).
type unit struct{ from, to int }

// units are the clauses of the text that are not fully understood yet.
func (x *reading) units() []unit {
	var list []unit
	for i := 0; i < x.Len(); {
		if x.parts(i) {
			i++
			continue
		}
		_, to := x.clause(i)
		for k := i + 1; k < to; k++ {
			if x.Is(k, "and", "plus") && x.Is(k+1, "have", "has", "know", "knows", "can", "are", "is", "worked", "speak", "speaks", "with", "who", "must", "should", "not", "no", "never", "at", "free", "able", "willing", "they", "you", "live", "lives", "charge", "charges", "cost", "costs", "ask", "asks", "based", "available", "located", "want", "wants", "could", "would", "whose") {
				to = k
			}
		}
		list = append(list, unit{i, to})
		i = max(to, i+1)
	}
	return list
}

func within(matches []named, u unit) []named {
	var mine []named
	for _, m := range matches {
		if m.from >= u.from && m.to <= u.to {
			mine = append(mine, m)
		}
	}
	return mine
}

// alone finds a skill whose name is an everyday word or a letter, where it is
// the one telling word of a clause: "R in real projects please".
func (x *reading) alone(u unit) []named {
	at := -1
	for i := u.from; i < u.to; i++ {
		if x.taken[i] || !x.Word(i) || plain(x.Low(i)) || doing[x.Low(i)] || years[x.Low(i)] {
			continue
		}
		if at >= 0 {
			return nil
		}
		at = i
	}
	if at < 0 {
		return nil
	}
	skill, ok := x.reader.vocabulary.Lookup(x.Quote(at, at+1))
	if !ok {
		return nil
	}
	return []named{{&skill, at, at + 1}}
}

// onlySkills reports whether a clause has no telling word beside skills.
func (x *reading) onlySkills(u unit, mine []named) bool {
	for i := u.from; i < u.to; i++ {
		if x.taken[i] || !x.Word(i) || plain(x.Low(i)) || doing[x.Low(i)] || years[x.Low(i)] {
			continue
		}
		if _, _, number := x.Number(i); number {
			continue
		}
		if !slices.ContainsFunc(mine, func(m named) bool { return i >= m.from && i < m.to }) {
			return false
		}
	}
	return true
}

// addSkills adds the skills of a clause: one requirement for those with "or"
// between them, one for each other.
func (x *reading) addSkills(u unit, mine []named) {
	count, counted := x.yearsIn(u)
	for i := 0; i < len(mine); i++ {
		if x.wishing && x.callsPeople(mine[i]) && (len(mine) > 1 || len(x.found) > 0) {
			x.take(mine[i].from, mine[i].to)
			continue
		}
		last := i
		for last+1 < len(mine) && x.alternative(mine[last], mine[last+1]) {
			last++
		}
		r := Requirement{Kind: Skill, Years: count, Proven: x.proven(u)}
		var names []string
		for _, m := range mine[i : last+1] {
			if !slices.Contains(r.Skills, m.skill.Name) {
				r.Skills = append(r.Skills, m.skill.Name)
				names = append(names, m.skill.Name)
			}
			if words := stemsOf(x.Quote(m.from, m.to)); x.wishing && len(words) > 1 {
				r.Terms = append(r.Terms, strings.Join(words, "+"))
			}
		}
		from, to := mine[i].from, mine[last].to
		r.Not = x.denied(from) || x.deniedBehind(to)
		r.Text = skillText(strings.Join(names, " or "), r)
		if counted.to > 0 {
			from, to = min(from, counted.from), max(to, counted.to)
		}
		x.add(r, from, to)
		i = last
	}
	x.takePlain(u)
}

func skillText(names string, r Requirement) string {
	switch {
	case r.Not:
		return "no " + names
	case r.Years > 0:
		return countText(r.Years) + " of " + names
	case r.Proven:
		return names + " in real work"
	}
	return names
}

// alternative reports whether "or" stands between two skills.
func (x *reading) alternative(a, b named) bool {
	for i := a.to; i < b.from; i++ {
		if x.Is(i, "or", "/") {
			return true
		}
	}
	return false
}

// callsPeople reports whether a skill is named by what its people are called.
func (x *reading) callsPeople(m named) bool { return workerWords[x.Low(m.to-1)] }

// takePlain marks the plain words of a clause as understood with it.
func (x *reading) takePlain(u unit) {
	for i := u.from; i < u.to; i++ {
		if plain(x.Low(i)) || doing[x.Low(i)] {
			x.taken[i] = true
		}
	}
}

// proven reports whether a clause, or what follows it in the text, asks for
// real work: "for real", "a course doesn't count".
func (x *reading) proven(u unit) bool {
	if x.shown {
		return true
	}
	limit := min(x.Len(), u.to+longestReach)
	if !x.wishing && u.from < x.Len() {
		limit = x.sentence(u.from).To
	}
	for i := u.from; i < limit; i++ {
		if end, ok := x.run(i, "for real", "in real projects", "in real life", "real projects", "real work", "in production", "hands on", "really used", "actually used", "really done", "really built",
			"actually built", "actually done", "really worked", "actually worked", "really shipped", "actually shipped", "really made", "actually made", "really delivered", "really run", "really written", "really drawn", "really taught", "really sold", "truly", "themselves", "really has", "really have", "real experience", "doesn't count", "does not count", "don't count", "do not count", "not just listed", "not only listed",
			"not just a keyword", "not just as a keyword", "in practice", "commercially", "in anger", "professionally", "proven", "paid work", "paid projects", "client work", "in a real project", "with real clients", "truly done", "proof", "have proof", "has shipped", "have shipped", "worked with", "has built", "have built", "really know", "not just mention", "in their work history", "in their experience"); ok {
			if i >= u.to {
				x.take(i, end)
			}
			return true
		}
	}
	return false
}
