package proposal

import (
	"regexp"
	"slices"
)

// What a passage gains by. Chosen on the development cases.
const (
	worthNeed    = 3.0  // a demand that it proves in full
	worthAgain   = 0.4  // of that, for each further proof of the same demand
	worthTopic   = 0.16 // a telling word that the post has too, by its weight
	mostTopic    = 1.4
	worthNumber  = 0.5 // figures tell
	mostNumber   = 1.0
	worthWork    = 0.3  // done in real work, and not said of oneself
	worthAsked   = 5.0  // named by the person's wish
	leastWorth   = 0.55 // below it a sentence says nothing for this post
	leastAtAll   = 0.3  // and below this also where there is room
	leastTouch   = 0.1  // what a sentence of the running text has at least in common with the post
	ampleRoom    = 60   // words
	sameFact     = 0.5  // of the telling words of the shorter of two
	wordsOffWord = 60.0 // a sentence of so many words counts half
)

// choose picks the passages that a draft of so many words is made of, in no
// order: first what the person wished to have named, then whatever adds most
// for this post.
func (t *turn) choose(room int) {
	for _, what := range t.style().Mention {
		if p := t.best(func(p *passage) float64 { return share(stemsOf(what), p.stems) }, 0.5); p != nil && !t.has(p) {
			t.take(p)
			room -= p.count
		}
	}
	least := leastWorth
	for room > 0 {
		p := t.best(func(p *passage) float64 {
			if p.count > room || p.denies {
				return 0
			}
			return t.worth(p) / (1 + float64(p.count)/wordsOffWord)
		}, least)
		switch {
		case p != nil:
			t.take(p)
			room -= p.count
		case room > ampleRoom && least == leastWorth:
			least = leastAtAll
		default:
			t.chooseAny(room)
			return
		}
	}
}

// chooseAny takes what stands first in the profile where nothing of it has to do
// with the post: a proposal says who writes it.
func (t *turn) chooseAny(room int) {
	const few = 3
	for taken := 0; taken < few; taken++ {
		p := t.best(func(p *passage) float64 {
			if p.denies || p.count > room || p.count < 4 {
				return 0
			}
			return 1
		}, 1)
		if p == nil || taken == 0 && slices.ContainsFunc(t.chosen, func(c *passage) bool { return !c.said && !c.denies }) {
			return
		}
		t.take(p)
		room -= p.count
	}
}

// best is the open passage of the highest value that is at least so much, and
// that can stand where it would: behind what it leans on.
func (t *turn) best(value func(*passage) float64, least float64) *passage {
	return pick(t.passages, func(p *passage) float64 {
		if t.has(p) || p.said || t.barred(p) || p.leans && !t.follows(p) {
			return 0
		}
		return value(p)
	}, least)
}

// pick is the first passage of the highest value that is at least so much.
func pick(list []*passage, value func(*passage) float64, least float64) *passage {
	var found *passage
	most := 0.0
	for _, p := range list {
		if v := value(p); v >= least && v > most+1e-9 {
			found, most = p, v
		}
	}
	return found
}

func (t *turn) has(p *passage) bool { return slices.Contains(t.chosen, p) }

func (t *turn) take(p *passage) { t.chosen = append(t.chosen, p) }

// follows reports whether the passage that this one leans on was chosen.
func (t *turn) follows(p *passage) bool {
	return slices.ContainsFunc(t.chosen, func(c *passage) bool { return c.group == p.group && c.order == p.order-1 })
}

// barred reports whether the person does not want a passage.
func (t *turn) barred(p *passage) bool {
	for _, what := range t.style().Without {
		stems := stemsOf(what)
		if share(stems, p.stems) > 0.6 || len(stems) > 0 && hasAny(p.skills, skillsOf(what)) {
			return true
		}
	}
	return slices.Contains(t.avoid, p.quote)
}

// worth is what a passage adds to those that were chosen already.
func (t *turn) worth(p *passage) float64 {
	value := 0.0
	for _, n := range t.needs {
		proof := p.proves(n)
		if proof < 0.3 || n.weight == 0 {
			continue
		}
		gain := worthNeed * n.weight * proof
		for _, c := range t.chosen {
			if c.proves(n) >= 0.3 {
				gain *= worthAgain
			}
		}
		value += gain
	}
	value += min(mostTopic, worthTopic*shared(p.stems, t.topic))
	if value < leastAtAll && (p.field != "/overview" || value < leastTouch) {
		return value // another trade: figures do not make it tell anything here
	}
	value += min(mostNumber, worthNumber*float64(len(figures.FindAllString(p.quote, -1))))
	if p.age == 0 || p.group != "overview" && p.group != "credentials" {
		value += worthWork
	}
	for _, c := range t.chosen {
		if alike(c, p) >= sameFact {
			value *= 0.25
		}
	}
	return value
}

// alike is how much of the shorter of two passages the other says too.
func alike(a, b *passage) float64 {
	return max(share(a.stems, b.stems), share(b.stems, a.stems))
}

var figures = regexp.MustCompile(`(?i)\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand|dozens?)\b`)
