package brief

import "strings"

// spellable are the words that are worth reading through a slip of the finger:
// those the readers turn on, and the most common skills and units.
var spellable = strings.Fields(`looking developer developers designer designers programmer engineer translator translation translate writer editor editing photographer
	consultant accountant bookkeeper assistant lawyer attorney teacher tutor website webshop application mobile android dashboard rebuild redesign design
	database integration animation illustration brochure presentation newsletter marketing campaign wordpress shopify javascript typescript python react flutter angular
	photoshop illustrator budget dollars dollar euros pounds rupees month months weeks hours hourly project experience experienced intermediate beginner expert
	deadline urgent urgently quickbooks virtual office speaking speaker remote english german french spanish italian maximum minimum february january march april september october november december
	monday tuesday wednesday thursday friday saturday sunday tomorrow someone somebody freelancer freelance person business company customers finish finished publish`)

// nearWords are right as they are, although they are one slip from another.
var nearWords = words(`officer officers offices virtually virtue speeding speaks speakers sensor censor sensors tensor ponds clutter flatter tumor tumour protect project senor finnish layer layers marking markings transition transitions preservation constant constants assistance
	photograph photographs photoshoot photoshoots marsh parson prison mobiles merchant editing angel annular budged europe euro monday moths worth designate desiring
	reach mouth mouths designed developed experiences accountants assistants lawyers teachers tutors websites applications dashboards budgets heroes hours houses
	rebuilt projects seniors juniors experts deadlines personal persons businesses companies customer custom customs finishes weekly monthly months websites booking cooking locking
	designs marketer markets campaigns brochures presentations presents newsletters integrations animations illustrations translators translated translates translations writers editors
	rewriter writes written waiter whiter photographers photography consultants engineers programmers programmed remove removed remotely exports export expect expects experts weeks weeds
	marched matches match reacts pythons intended beginners beginner persona tutors tutored marching sundays mondays fridays searched researching research develop develops animators
	hearing hiding hired firing wiring tiring hourly pound pounding dollar friend teaches teached mobility publisher published publishes monitor redesigned rebuilding designing
	personnel researcher finisher furnish marches germany italia frenchs latin minimal maximal maximize minimums expertise editors edition editions director looks cookies booked weekday
	illustrators illustrated illustrate animated animate application integrate integrated translating marketed someones freelancers freelancing attorneys seniority beginning urgency`)

// shortSlips are slips in words too short to be told by counting.
var shortSlips = map[string]string{"huor": "hour", "huors": "hours", "huor's": "hours", "tme": "time", "wek": "week", "weks": "weeks", "mnth": "month", "wrok": "work", "nead": "need", "ned": "need", "teh": "the", "webiste": "website", "wesite": "website", "recat": "react", "yuo": "you", "pls": "please"}

// respell corrects slips in words that nothing else can mean: one edit (a
// letter more, less, other, or two exchanged) in a word of five letters, two
// from eight on. The first letter must be right.
func (v *view) respell() []int {
	var fixed []int
	for i := range v.tokens {
		t := &v.tokens[i]
		if right := shortSlips[t.low]; right != "" {
			t.low = right
			fixed = append(fixed, i)
			continue
		}
		if t.kind != word || len(t.low) < 4 || len(t.low) > 14 || nearWords[t.low] || known(t.low) || isTitled(v.text[t.start:t.end], i, v.tokens) {
			continue
		}
		best, least := "", 3
		for _, want := range byInitial[t.low[0]] {
			limit := 0
			switch {
			case len(want) >= 8:
				limit = 2
			case len(want) >= 5:
				limit = 1
			}
			if d := len(want) - len(t.low); d > limit || d < -limit {
				continue
			}
			if d := slips(t.low, want, limit); d <= limit && d < least {
				best, least = want, d
			}
		}
		if best != "" {
			t.low = best
			fixed = append(fixed, i)
		}
		if len(fixed) > 40 {
			return fixed
		}
	}
	return fixed
}

// isTitled reports whether a word is written as a name within a sentence.
func isTitled(text string, i int, tokens []token) bool {
	return text[0] >= 'A' && text[0] <= 'Z' && i > 0 && tokens[i-1].kind == word
}

var byInitial = func() map[byte][]string {
	index := make(map[byte][]string)
	for _, w := range spellable {
		index[w[0]] = append(index[w[0]], w)
	}
	return index
}()

// known reports whether a word is one that the readers know as it is.
func known(low string) bool {
	return products[low] || makers[low] || changers[low] || workers[low] || workWords[low] || hollow[low] || nounStops[low] || connectors[low] || ownMoney[low] || languages[low] || stemmed(low)
}

// stemmed reports whether a word is a plural or a past of one that is known.
func stemmed(low string) bool {
	for _, end := range []string{"s", "ed", "ing", "er", "ers", "ly"} {
		if base, ok := strings.CutSuffix(low, end); ok && (spellableSet[base] || products[base] || changers[base] || makers[base]) {
			return true
		}
	}
	return spellableSet[low]
}

var spellableSet = words(strings.Join(spellable, " "))

// slips counts the edits between two words of ASCII letters, an exchange of
// neighbours as one; more than limit when there are more.
func slips(a, b string, limit int) int {
	var rows [3][16]int
	before, row, next := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > limit {
			return limit + 1
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
