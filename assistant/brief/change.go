package brief

import "strings"

var (
	// takeBackEnds end the name of what is taken back.
	takeBackEnds = words(`, . ; do make use i we but please it just after anymore add let's and`)
)

// removal marks tokens that take something back.
const removal Slot = "removal"

var (
	takeBacks = phrases(`scratch, drop, forget, forget about, forget the, remove, leave out, skip the, no longer need, don't need, do not need, dont need, don't want,
		do not want, dont want, take out, cancel, cut, lose, strike, ditch, never mind the, nevermind the, without the, won't need, we can skip, no need for,
		delete, not the, no more, without, minus, kill, leave off, take off, get rid of, omit`)
	insteads = phrases("instead of, rather than, in place of")
	afterAll = phrases("after all, anymore, any more, any longer, actually, then, for now, not needed, isn't needed, is not needed, is not necessary, isn't necessary")
)

// takeBack removes entries that the message takes back: "scratch the blog",
// "instead of the logo do a flyer", "no blog after all".
func (r *reader) takeBack() {
	if len(r.brief.Deliverables)+len(r.brief.Must)+len(r.brief.Nice)+len(r.brief.Conditions)+len(r.brief.Questions)+len(r.brief.Summary) == 0 {
		return
	}
	for k, s := range r.sentences {
		if r.stances[k] == commandsUs || r.stances[k] == asksPrice {
			continue
		}
		for i := s.from; i < s.to; i++ {
			if r.taken[i] == removal {
				continue
			}
			_, end, ok := takeBacks.match(r.view, i)
			if !ok {
				if _, end, ok = insteads.match(r.view, i); !ok {
					if r.is(i, "no", "not") && (afterAll.has(r.view, i, s.to) || r.is(i, "no") && r.deniesKnown(i+1, s.to)) {
						end, ok = i+1, true
					}
				}
			}
			if !ok {
				if start, stop := r.unneeded(i, s); stop > start && r.takeBackAt(start, start, stop) > start {
					r.claim(removal, start, s.to)
					break
				}
				continue
			}
			i = max(i, r.takeBackAt(i, end, s.to)-1)
		}
	}
}

// deniesKnown reports whether "no" before token i is about a deliverable that is known: "no
// blog please".
func (r *reader) deniesKnown(i, to int) bool {
	if r.in.Asked != "" || r.is(i, "rush", "hurry", "problem", "need", "more", "idea", "longer", "one") {
		return false
	}
	end := i
	for end < to && end < i+4 && !takeBackEnds[r.low(end)] && r.tokens[end].kind == word {
		end++
	}
	for _, item := range r.in.Known.Deliverables {
		if end > i && r.names(item.Text, i, end) {
			return true
		}
	}
	for _, item := range r.in.Known.Summary {
		if end > i+1 && strings.Contains(lower(item.Text), lower(r.quote(i, end))) {
			return true
		}
	}
	return false
}

// unneeded reads "French isn't needed any more" at its negation: what stands before it.
func (r *reader) unneeded(i int, s sentence) (from, to int) {
	if !r.is(i, "isn't", "aren't", "not", "no") || !r.is(i+1, "needed", "necessary", "required", "important", "longer", "a") || r.is(i+1, "longer", "a") && !r.is(i+2, "needed", "necessary", "required", "must") || r.in.Asked != "" {
		return 0, 0
	}
	to = i
	if r.is(to-1, "is", "are") {
		to--
	}
	from = r.skipFillers(s.from, s.to)
	for r.is(from, "the", "a", "an", "any", "that", "our") {
		from++
	}
	return from, to
}

// takeBackAt removes the entries that the words behind token end name.
func (r *reader) takeBackAt(i, end, to int) int {
	for r.is(end, "the", "a", "an", "any", "about", "that", "my", "our", "of") {
		end++
	}
	stop := end
	for stop < to && stop < end+8 && !takeBackEnds[r.low(stop)] {
		stop++
	}
	if stop == end {
		return i
	}
	removed := false
	for _, list := range []*[]Item{&r.brief.Deliverables, &r.brief.Must, &r.brief.Nice, &r.brief.Conditions, &r.brief.Questions} {
		removed = r.removeFrom(list, end, stop) || removed
	}
	cut := len(r.in.Known.Summary)+len(r.in.Known.Deliverables) > 0 && r.removeMentions(end, stop)
	if !removed && !cut {
		return i
	}
	r.claim(removal, i, stop)
	return stop
}

// removeFrom takes out the entries of a list that the tokens [from, to) name.
func (r *reader) removeFrom(list *[]Item, from, to int) bool {
	var kept []Item
	for _, item := range *list {
		if r.names(item.Text, from, to) {
			r.removed = append(r.removed, item)
			continue
		}
		kept = append(kept, item)
	}
	removed := len(kept) < len(*list)
	if removed {
		slot := SlotSkills
		switch list {
		case &r.brief.Deliverables:
			slot = SlotDeliverables
			r.titleGone = r.titleGone || r.brief.Title.Known() && r.names(r.brief.Title.Value, from, to)
		case &r.brief.Conditions:
			slot = SlotConditions
		case &r.brief.Questions:
			slot = SlotQuestions
		}
		*list = kept
		r.change(slot, from)
		if slot == SlotDeliverables {
			for _, item := range r.removed[max(0, len(r.removed)-most):] {
				r.cutFrom(item.Text, from, to)
			}
		}
	}
	return removed
}

// names reports whether the tokens [from, to) mean an entry: its head word,
// before what it is for or has, is among them.
func (r *reader) names(text string, from, to int) bool {
	said := make(map[string]bool, to-from)
	for k := from; k < to; k++ {
		if len(r.low(k)) > 2 {
			said[stem(strings.TrimSuffix(r.low(k), "ing"))] = true
		}
	}
	head := ""
	matched := false
	for _, w := range strings.Fields(lower(text)) {
		if w = strings.Trim(w, ".,()\""); w == "for" || w == "with" || w == "in" || w == "of" || w == "to" || w == "that" || w == "into" || w == "from" {
			break
		}
		head = stem(strings.TrimSuffix(w, "ing"))
		matched = matched || said[head]
	}
	return said[head] || matched && len(said) == 1 && !changers[head]
}

// stem makes a noun's plural and singular the same.
func stem(word string) string {
	if len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		return word[:len(word)-1]
	}
	return word
}

// removeMentions takes what was taken back out of the sentences that name it.
func (r *reader) removeMentions(from, to int) bool {
	for to > from && r.is(to-1, "part", "thing", "stuff", "bit", "idea", "section", "version", "please", "option") && to-from > 1 {
		to--
	}
	if r.is(from, "part", "bit", "thing", "sentence") && r.is(from+1, "about", "with", "on") {
		from += 2
	}
	for from < to-1 && (r.is(from, "the", "a", "an", "any", "my", "our", "about") || r.tokens[from].kind == sign) {
		from++
	}
	if from >= to || len(r.quote(from, to)) < 3 {
		return false
	}
	return r.cutFrom(r.quote(from, to), from, to)
}
