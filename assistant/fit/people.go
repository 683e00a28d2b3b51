package fit

import (
	"slices"
	"strings"
)

// people reads which candidates are taken off the list or put back: "drop c7",
// "without the second one", "bring c3 back".
func (x *reading) people(i int, w *Wish) (end int, ok bool) {
	if end, ok := x.subject(i, w); ok {
		return end, true
	}
	out := true
	at, ok := x.run(i, "drop", "remove", "exclude", "without", "not", "except", "skip", "take out", "leave out", "kick out", "forget", "forget about", "rule out", "hide", "take", "no", "minus", "get rid of", "cross off", "strike", "everyone but", "everybody but", "all but", "lose", "put aside", "set aside")
	if !ok {
		if at, ok = x.run(i, "bring back", "bring", "put back", "put", "add back", "add", "include", "restore", "keep"); !ok {
			return i, false
		}
		out = false
	}
	for x.Is(at, "out", "away", "the", "candidate", "number", "back", "also") && len(x.peopleAt(at)) == 0 {
		at++
	}
	var ids []string
	end = at
	for {
		found := x.peopleAt(end)
		if len(found) == 0 {
			break
		}
		one := found[0]
		ids = append(ids, one.id)
		end = one.to
		for x.Is(end, ",", "and", "or", "&", "the", "nor") && len(x.peopleAt(end+1)) > 0 || x.Is(end, "and", ",") && x.Is(end+1, "the", "also") && len(x.peopleAt(end+2)) > 0 {
			end++
		}
	}
	if len(ids) == 0 || x.Is(i, "keep") && !x.Is(end, "in", "too", "also", "on") || x.Is(i, "take", "put", "bring") && !x.behind(end, 4, "out", "off", "away", "back", "aside") {
		return i, false
	}
	if x.Is(i, "take", "put", "bring") {
		out = x.behind(end, 4, "out", "off", "away", "aside")
	}
	for x.Is(end, "out", "off", "away", "back", "again", "please", "in", "too", "from", "the", "list", "aside", "for", "now", "as", "well", "on") {
		end++
	}
	if out {
		w.Exclude = append(w.Exclude, ids...)
	} else {
		w.Include = append(w.Include, ids...)
	}
	x.take(i, end)
	return end, true
}

// listedPeople are those on the list now, in its order.
func (x *reading) listedPeople() []Shown {
	return slices.DeleteFunc(slices.Clone(x.context.People), func(p Shown) bool { return p.Off })
}

// subject reads "c7 is out", "the first one can go", "c3 is back in".
func (x *reading) subject(i int, w *Wish) (end int, ok bool) {
	found := x.peopleAt(i)
	if len(found) == 0 {
		return i, false
	}
	to := found[0].to
	if end, ok = x.run(to, "is out", "can go", "should go", "may go", "must go", "has to go", "goes", "out", "is off", "off", "is gone", "is too expensive", "is not for us", "isn't for us", "is not for me", "doesn't convince me", "won't do", "is no good"); ok {
		w.Exclude = append(w.Exclude, found[0].id)
	} else if end, ok = x.run(to, "is back in", "is back", "back in", "can stay", "may stay", "should stay", "can come back", "back please", "is in again"); ok {
		w.Include = append(w.Include, found[0].id)
	} else {
		return i, false
	}
	x.take(i, end)
	return end, true
}

type mentioned struct {
	id string
	to int
}

// peopleAt reads a candidate at token i: a label, an id, an ordinal, or "the
// Lisbon one" by a word of the headline.
func (x *reading) peopleAt(i int) []mentioned {
	for _, p := range x.context.People {
		for _, label := range []string{p.Label, p.ID} {
			if label == "" {
				continue
			}
			low := strings.ToLower(label)
			to := i
			for text := ""; to < x.Len() && to < i+8; {
				text += x.Low(to)
				to++
				if text == low {
					return []mentioned{{p.ID, to}}
				}
				if !strings.HasPrefix(low, text) {
					break
				}
			}
		}
	}
	if listed := x.listedPeople(); len(listed) > 0 {
		if n, to := x.ordinalAt(i, len(listed)); n > 0 && n <= len(listed) {
			return []mentioned{{listed[n-1].ID, to}}
		}
	}
	return x.byHeadline(i)
}

// ordinalAt reads "first one", "the second", "number three", "last one"; 0 for none.
func (x *reading) ordinalAt(i, last int) (n, to int) {
	if x.Is(i, "the") {
		i++
	}
	if x.Is(i, "number", "no", "#") {
		if v, end, ok := x.Number(i + 1); ok && v >= 1 && v < 1000 {
			return int(v), end
		}
		return 0, i
	}
	n = slices.Index([]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}, x.Low(i)) + 1
	if x.Is(i, "last") {
		n = last
	}
	if n == 0 {
		return 0, i
	}
	to = i + 1
	if x.Is(to, "one", "candidate", "person") {
		return n, to + 1
	}
	if to < x.Len() && !x.parts(to) && !x.Is(to, "and", "again", "back", "out", "off", "please", "too") {
		return 0, i
	}
	return n, to
}

// byHeadline reads "the bakery one": the one candidate whose headline or
// country has the word.
func (x *reading) byHeadline(i int) []mentioned {
	if x.Is(i, "the") {
		i++
	}
	if !x.Is(i+1, "one", "guy", "woman", "person", "candidate") || !x.Word(i) {
		return nil
	}
	stems := stemsOf(x.Low(i))
	spot, placed := x.placeAt(i)
	var found []mentioned
	for _, p := range x.context.People {
		if len(stems) > 0 && slices.Contains(stemsOf(p.Headline), stems[0]) || placed && slices.Contains(spot.countries, p.Country) {
			found = append(found, mentioned{p.ID, i + 2})
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}
