package brief

import (
	"strconv"
	"strings"
)

var (
	// notInsteads part what shall be from what was: "five not four".
	notInsteads = phrases("instead of, rather than, in place of, not, and not, and no longer, replacing")
	swaps       = phrases("change, replace, swap, correct")
	swapJoins   = words("to with by for into")
	// beforeNew may stand before what shall be and are no part of it.
	beforeNew = words(`make it that this actually sorry wait no oops correction one small please change set should be is it's its i meant mean a an the into in to for with at of use
		let's say do have rather better ok so we need want : , . -`)
	// makeIts lead to a new number: "make it 22 pages".
	makeIts = phrases(`make it, make that, make them, make this, it's, its, it is, actually, should be, are now, is now, change it to, change that to, change to, let's do, let's say, sorry, i meant,
		i mean, correction, i forgot, set it to, turn it into, rather, no, wait`)
)

// mostCorrections is how many sentences of a message are looked at for what
// they change; a longer text is no correction.
const mostCorrections = 24

// correct applies what changes words that were said before: "316 not 304",
// "six videos instead of five", "make it 22k words", "change the title to …".
func (r *reader) correct() {
	if !r.inProgress() {
		return
	}
	for k, s := range r.sentences {
		if k == mostCorrections {
			return
		}
		if r.stances[k] >= asks {
			continue
		}
		if r.retitle(s) || r.renamed(s) || r.retraded(s) || r.swapped(s) || r.contrasted(s) || r.recounted(s) {
			continue
		}
		r.clearSlot(s)
	}
}

// retitle reads "change the title to X".
func (r *reader) retitle(s sentence) bool {
	at := r.skipFillers(s.from, s.to)
	for at < s.to && r.is(at, "change", "rename", "set", "make", "the", "job", "post", "title", "call", "it", "name", "headline", "should", "be", "please", "let's", "new", "is") {
		at++
	}
	title := false
	for i := s.from; i < at; i++ {
		title = title || r.is(i, "title", "headline", "rename") || r.is(i, "call") && r.is(i+1, "it")
	}
	if r.is(at, "to", ":", "=", "as", "\"") {
		at++
	} else if !r.is(at-1, "is", "be", "it", "title") {
		return false
	}
	for r.is(at, "\"", ":", "\u201c", "'") {
		at++
	}
	to := s.to
	for to > at && r.is(to-1, ".", "!", "\"", "\u201d", "please", "'") {
		to--
	}
	if !title || to <= at || to-at > 16 {
		return false
	}
	r.brief.Title = Field[string]{Value: capitalise(r.quote(at, to)), Sources: []Source{r.source(at, to)}, Confidence: 0.95}
	r.change(SlotTitle, at)
	r.claim(removal, s.from, s.to)
	return true
}

// swapped reads "change the Polish to Czech", "replace X with Y".
func (r *reader) swapped(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		_, end, ok := swaps.match(r.view, i)
		if !ok {
			continue
		}
		for j := end + 1; j < min(s.to-1, end+8); j++ {
			if swapJoins[r.low(j)] {
				to := r.phraseEnd(j+1, s.to)
				return r.exchange(r.phraseStart(end, j), j, r.phraseStart(j+1, to), to, i)
			}
		}
	}
	return false
}

// contrasted reads "X instead of Y" and "X, not Y".
func (r *reader) contrasted(s sentence) bool {
	for i := s.from + 1; i < s.to-1; i++ {
		_, end, ok := notInsteads.match(r.view, i)
		if !ok {
			continue
		}
		newTo := i
		for newTo > s.from && r.is(newTo-1, ",", "and") {
			newTo--
		}
		newFrom := newTo
		for newFrom > s.from && newTo-newFrom < 6 && !r.is(newFrom-1, ",", ":", ".", ";", "\u2026", "and", "but") {
			newFrom--
		}
		for k := newFrom; k < newTo-1; k++ {
			if finite[r.low(k)] || r.is(k, "called", "named") {
				newFrom = k + 1 // "the bakery is called Abendrot, not Morgenrot"
			}
		}
		newFrom = r.phraseStart(newFrom, newTo)
		oldTo := r.phraseEnd(end, s.to)
		if newFrom < newTo && r.exchange(r.phraseStart(end, oldTo), oldTo, newFrom, newTo, newFrom) {
			return true
		}
	}
	return false
}

func (r *reader) phraseStart(from, to int) int {
	for from < to-1 && (beforeNew[r.low(from)] || r.tokens[from].kind == sign) {
		from++
	}
	return from
}

func (r *reader) phraseEnd(from, to int) int {
	end := from
	for end < to && end < from+6 && !r.is(end, ",", ".", ";", "!", "(", "and", "but", "please", "so", "because", "as", "for") {
		end++
	}
	return end
}

// exchange puts the tokens [newFrom, newTo) into the place of what the tokens
// [oldFrom, oldTo) name, if that was said before.
func (r *reader) exchange(oldFrom, oldTo, newFrom, newTo, at int) bool {
	if oldFrom >= oldTo || newFrom >= newTo || r.namesSlot(oldFrom, oldTo) {
		return false
	}
	if _, _, ok := r.dayAt(oldFrom); ok {
		at := newFrom
		if datePrepositions[r.low(at)] {
			at++
		}
		if _, _, ok := r.dayAt(at); ok && (r.in.Known.Start.Known() || r.in.Known.Deadline.Known()) {
			r.claim(removal, newTo, oldTo)
			r.redate(newFrom)
			return true
		}
	}
	if f, ok := r.figureAt(oldFrom); ok {
		if g, ok := r.figureAt(newFrom); ok {
			return r.exchangeFigure(f, g, oldFrom, newFrom, newTo, at, oldTo)
		}
	}
	if !r.exchangeable(oldFrom, oldTo) || !r.exchangeable(newFrom, newTo) {
		return false
	}
	old, fresh := r.quote(oldFrom, oldTo), strings.TrimRight(r.quote(newFrom, newTo), "?!. ")
	if len(old) < 3 || !r.substitute(old, fresh, newFrom, newTo, nil) {
		return false
	}
	for _, list := range []*[]Item{&r.brief.Must, &r.brief.Nice} {
		r.removeFrom(list, oldFrom, oldTo)
	}
	r.claim(removal, oldFrom-1, oldTo)
	for i := at; i < oldTo; i++ {
		if r.taken[i] == "" && r.skillAt[i] < 0 {
			r.taken[i] = removal
		}
	}
	return true
}

// namesSlot reports whether words are the name of a slot: "change the level to expert"
// changes no word of the text.
func (r *reader) namesSlot(from, to int) bool {
	for from < to && r.is(from, "the", "our", "my", "a") {
		from++
	}
	_, end, ok := aboutSlot.match(r.view, from)
	return ok && end >= to
}

// exchangeable reports whether words may change places with others: a name of
// something, and no clause.
func (r *reader) exchangeable(from, to int) bool {
	content := false
	for i := from; i < to; i++ {
		if finite[r.low(i)] || r.is(i, "there", "here", "yet", "sure", "now", "i", "we", "you", "it", "they", "am", "do", "does", "want", "need") {
			return false
		}
		content = content || r.tokens[i].kind == number || !hollow[r.low(i)]
	}
	return content
}

// exchangeFigure replaces a number where it was said; a sum of money is left to
// the reader of money, told which one is to go.
func (r *reader) exchangeFigure(old, fresh figure, oldFrom, newFrom, newTo, at, oldTo int) bool {
	done := false
	for _, was := range r.spellings(old, oldFrom) {
		done = r.substitute(was, r.quote(newFrom, fresh.end), newFrom, newTo, nil) || done
	}
	if r.exchangePay(old, fresh, newFrom, newTo) {
		done = true
	}
	if hourWords[r.low(fresh.end)] && r.in.Known.Hours.Known() || r.timeUnit(fresh.end) > 0 && (r.in.Known.Duration.Known() || r.relativeDeadline()) {
		r.claim(removal, newTo, oldTo) // the new value is read as if it stood alone
		return true
	}
	if done {
		r.claim(removal, at, oldTo)
	}
	return done
}

// exchangePay replaces a bound of the known pay.
func (r *reader) exchangePay(old, fresh figure, from, to int) bool {
	pay := r.brief.Pay
	unit := float64(minorUnits(pay.Value.Currency))
	was, now := int64(old.value*unit), int64(fresh.value*unit)
	if !pay.Known() || was == 0 || pay.Value.Min != was && pay.Value.Max != was {
		return false
	}
	if pay.Value.Min == was {
		pay.Value.Min = now
	}
	if pay.Value.Max == was {
		pay.Value.Max = now
	}
	if pay.Value.Max != 0 && pay.Value.Min > pay.Value.Max {
		pay.Value.Max = pay.Value.Min
	}
	r.brief.Pay = Field[Pay]{Value: pay.Value, Sources: append([]Source{r.source(from, to)}, pay.Sources...), Confidence: pay.Confidence}
	r.change(SlotPay, from)
	return true
}

// spellings are the ways in which a number may have been written.
func (r *reader) spellings(f figure, from int) []string {
	all := []string{r.quote(from, f.end)}
	n := int(f.value)
	if float64(n) != f.value || n > 20 {
		return all
	}
	for w, value := range small {
		if int(value) == n && !strings.EqualFold(w, all[0]) {
			all = append(all, w)
		}
	}
	return append(all, strconv.Itoa(n))
}

// recounted reads "make it 22 pages": the number of what was counted before.
func (r *reader) recounted(s sentence) bool {
	_, start, end, ok := makeIts.find(r.view, s.from, s.to)
	if !ok {
		return false
	}
	at := end
	for r.is(at, ",", "it's", "it", "make", "that", "to", "is", "we", "have", "should", "be", "sorry", "now", "about", "no", "wait") {
		at++
	}
	if r.renumbered(at, s.to) {
		return true
	}
	f, ok := r.figureAt(at)
	if !ok || f.end >= s.to || r.tokens[f.end].kind != word {
		return false
	}
	unit := f.end
	if unitDays[r.low(unit)] > 0 || hourWords[r.low(unit)] || r.isCurrency(unit) || r.is(unit, "per") && !r.is(unit+1, "week", "day", "month") || r.is(unit, "a", "an", "or", "to", "max", "and", "then", "instead", "please") {
		return false
	}
	old := r.counted(r.low(unit))
	if old == "" || strings.EqualFold(old, r.quote(at, f.end)) {
		return false
	}
	fits := func(text string, end int) bool { return unitNear(text, end, r.low(unit)) }
	if !r.substitute(old, r.quote(at, f.end), at, unit+1, fits) {
		return false
	}
	r.claim(removal, start, min(unit+1, s.to))
	return true
}

// renumbered reads "it's grade 10": the number behind a word that had another one.
func (r *reader) renumbered(at, to int) bool {
	if at+1 >= to || r.tokens[at].kind != word || r.tokens[at+1].kind != number || len(r.low(at)) < 4 || datePrepositions[r.low(at)] || unitDays[r.low(at)] > 0 {
		return false
	}
	for _, list := range [][]Item{r.brief.Summary, r.brief.Deliverables} {
		for _, item := range list {
			v := newView("", item.Text)
			for i := 0; i+1 < len(v.tokens); i++ {
				if v.low(i) == r.low(at) && v.tokens[i+1].kind == number && v.low(i+1) != r.low(at+1) {
					if r.substitute(v.quote(i, i+2), r.quote(at, at+2), at, at+2, nil) {
						r.claim(removal, at, at+2)
						return true
					}
				}
			}
		}
	}
	return false
}

// counted returns the number that stands before a unit in what was known.
func (r *reader) counted(unit string) string {
	var texts []string
	for _, list := range [][]Item{r.brief.Summary, r.brief.Deliverables} {
		for _, item := range list {
			texts = append(texts, item.Text)
		}
	}
	texts = append(texts, r.brief.Title.Value)
	for _, text := range texts {
		v := newView("", text)
		for i := range v.tokens {
			f, ok := v.figureAt(i)
			if ok && f.end > i && f.end < len(v.tokens) && unitNear(text, v.tokens[f.end-1].end, unit) {
				return v.quote(i, f.end)
			}
		}
	}
	return ""
}

// unitNear reports whether one of the three words behind a position is a unit.
func unitNear(text string, end int, unit string) bool {
	for k, w := range strings.Fields(lower(text[end:])) {
		if k == 3 {
			return false
		}
		if stem(strings.Trim(w, ".,;:()")) == stem(unit) {
			return true
		}
		if strings.ContainsAny(w, ",.;") {
			return false
		}
	}
	return false
}

// clearSlot reads "remove the deadline".
func (r *reader) clearSlot(s sentence) {
	_, start, end, ok := takeBacks.find(r.view, s.from, s.to)
	if !ok {
		return
	}
	for r.is(end, "the", "a", "any", "my", "our", "that", "all") {
		end++
	}
	slot, at, ok := aboutSlot.match(r.view, end)
	if !ok || at < s.to && r.tokens[at].kind == word && !r.is(at, "please", "again", "for", "altogether", "entirely", "completely", "from", "and") {
		return
	}
	var quote []Source
	b := &r.brief
	switch slot {
	case SlotDeadline:
		quote, b.Deadline = b.Deadline.Sources, Field[Day]{Declined: true}
	case SlotStart:
		quote, b.Start = b.Start.Sources, Field[Day]{Declined: true}
	case SlotPay:
		quote, b.Pay = b.Pay.Sources, Field[Pay]{Declined: true}
	case SlotDuration:
		quote, b.Duration = b.Duration.Sources, Field[Period]{Declined: true}
	case SlotHours:
		quote, b.Hours = b.Hours.Sources, Field[Hours]{Declined: true}
	case SlotLevel:
		quote, b.Level = b.Level.Sources, Field[string]{Declined: true}
	case SlotLocation:
		quote, b.Location = b.Location.Sources, Field[Location]{Declined: true}
	default:
		return
	}
	r.claim(removal, start, at)
	if len(quote) > 0 {
		r.removed = append(r.removed, Item{Text: quote[0].Quote, Sources: quote, Confidence: 0.9})
		r.change(slot, end)
	}
}

// redate lets a date that corrects another fill the same slot, whatever stands
// beside it: "June, not May".
func (r *reader) redate(at int) {
	known := r.in.Known
	if datePrepositions[r.low(at)] || known.Start.Known() == known.Deadline.Known() {
		return
	}
	d, end, ok := r.dayAt(at)
	switch {
	case !ok:
	case known.Start.Known():
		r.setStart(d, "", at, end, 0.8)
	default:
		r.setDeadline(d, "", at, end, 0.8)
	}
}
