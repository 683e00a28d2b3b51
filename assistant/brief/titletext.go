package brief

import (
	"slices"
	"strings"
)

var (
	// personal are adjectives of a person that no title needs.
	personal = words(`young female male experienced reliable rockstar ninja good great cheap talented skilled friendly christian muslim trustworthy proven real dedicated passionate
		hardworking motivated nice pretty competent decent affordable`)
	// titleTails end a title badly.
	titleTails = words(`designed made built written created developed drawn done produced wanted needed required please to for and with of in on at by from a an the or as who that my our asap urgently also into per plus is are`)
	// acronyms are written in capitals.
	acronyms = words(`seo ui ux api apis pdf pcb cad hr crm ai ml uk eu usa gdpr erp kpi roi sql html css xml csv ppc b2b b2c saas nda ip it cv tv dvd gps iot vr ar aat gcse`)
	// lead begin a sentence before what a title could be made of.
	lead = words(`i i'm im we we're am are is was need needs want wanting needing looking for seek seeking search searching someone somebody to hire hiring would like have having find
		please a an the my our some one legal task job project wanted help with get me us who can could`)
	properNouns = words(`monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december i`)
)

// titled returns token i as a title writes it: names in their own case.
func (r *reader) titled(i int) string {
	text := r.text[r.tokens[i].start:r.tokens[i].end]
	low := r.low(i)
	switch m := r.skillOf(i); {
	case low == "va":
		return "virtual assistant"
	case m != nil && m.to == m.from+1 && strings.EqualFold(m.name, text):
		return m.name
	case !strings.EqualFold(text, low) && len(low) > 3 && r.wasRespelt(i):
		return low
	case text != low:
		return text // the person's own capitals
	case acronyms[low] && low != "it":
		return strings.ToUpper(text)
	case languages[low] || properNouns[low]:
		return capitalise(text)
	case low == "ios":
		return "iOS"
	}
	return text
}

func (r *reader) wasRespelt(i int) bool { return slices.Contains(r.respelt, i) }

// trimTitle cuts words that leave a title hanging: "to turn a".
func (r *reader) trimTitle(from, to int) int {
	for to > from+1 {
		switch {
		case r.taken[to-1] == SlotHours:
			to--
		case titleTails[r.low(to-1)] && !r.inSkill(to-1), r.tokens[to-1].kind == sign && !r.is(to-1, ")", "+", "#", "%", "\""):
			to--
		case r.is(to-2, "to") && to-from > 2 && (r.isVerb(to-1) || r.is(to-1, "turn", "look", "move", "get", "have", "take", "help", "join", "bring")):
			to -= 2
		default:
			return to
		}
	}
	return to
}

// extendTitle goes on behind a bare "app" or "tool" with what it does.
func (r *reader) extendTitle(from, to int) int {
	if to-from > 1 || !r.is(to, "where", "that", "which", "to", "so") || !products[r.low(from)] {
		return to
	}
	end := to
	for end < len(r.tokens) && r.same(end, from) && !r.parts(end) && !r.claimed(end) && r.tokens[end].end-r.tokens[from].start < longest && !r.is(end, ".", "!", "?", ";") {
		end++
	}
	if end-to < 3 || end < len(r.tokens) && r.same(end, from) && r.tokens[end].kind == word {
		return to
	}
	return r.trimTitle(from, end)
}

// titleOfList makes a title of the entries of a numbered list.
func (r *reader) titleOfList(p phraseOf) bool {
	var names []string
	cuts := append(r.listCuts(p), p.to)
	from := p.from
	for _, cut := range cuts {
		for from < cut && (entryStarts[r.low(from)] || r.taken[from] == listMark) {
			from++
		}
		to := cut
		for to > from && entryEnds[r.low(to-1)] {
			to--
		}
		if from < to {
			names = append(names, r.impersonal(from, to))
		}
		from = cut
	}
	if len(names) < 2 {
		return false
	}
	if len(names) > 3 {
		names = names[:3]
	}
	text := strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	if len(text) > 90 {
		text = names[0] + " and " + names[1]
	}
	r.brief.Title = Field[string]{Value: capitalise(text), Sources: []Source{r.source(p.from, p.to)}, Confidence: 0.7}
	r.change(SlotTitle, p.from)
	return true
}

// skipPerson skips the words of a title that only tell that somebody is sought:
// "someone to move …", "a reliable …".
func (r *reader) skipPerson(from, to int) int {
	at := from
	for at < to-1 && (titleSkips[r.low(at)] || personal[r.low(at)] || r.is(at, ",", "and") && at > from) {
		at++
	}
	if r.is(at, "someone", "somebody", "anyone", "person", "people", "freelancer") && r.is(at+1, "to", "who", "that") && at+3 < to {
		at += 2
		for r.is(at, "can", "could", "will", "to") && at < to-1 {
			at++
		}
	}
	return at
}

// plainTitle makes a title of the first words that name something, where no
// wish was recognised but the kind of work is known: "Backend dev for our API".
func (r *reader) plainTitle() {
	if r.brief.Title.Known() || r.inProgress() && r.in.Asked != SlotSummary || !r.brief.Category.Known() && len(r.brief.Must) == 0 {
		return
	}
	for k, s := range r.sentences {
		if r.stances[k] >= asks || s.header {
			continue
		}
		from := r.skipFillers(s.afterBullet(r.tokens), s.to)
		for from < s.to-1 && (lead[r.low(from)] || r.tokens[from].kind == sign || r.claimed(from)) && !r.linkedSkill(from) {
			from++
		}
		if first := r.skipFillers(s.afterBullet(r.tokens), s.to); r.is(first, "i", "we", "i'm", "we're", "my", "our", "they", "it", "there") && !r.wants(first, first+4) && !r.is(first+1, "am", "would", "are", "seek", "require") {
			continue
		}
		if r.is(from, "it's", "its", "this", "that's") {
			if !r.is(from+1, "a", "an") {
				continue
			}
			from += 2
		}
		_, end := r.thing(from, s.to)
		for i := from; i < end; i++ {
			if r.is(i, ",") {
				end = i
			}
		}
		if end-from > 14 || !r.hasProduct(from, end) && !r.workerAt(from, end) && !r.isVerb(from) || pronouns[r.low(from)] || conditionsOfWork[r.low(from)] || end-from < 2 && !r.hasProduct(from, end) {
			continue
		}
		if r.guessTitle(from, end) {
			return
		}
	}
	for k, s := range r.sentences {
		if r.stances[k] >= asks {
			continue
		}
		_, _, at, ok := wantVerbs.find(r.view, s.from, s.to)
		if !ok || !r.is(at, "to") && !r.is(at-1, "to") {
			continue
		}
		if r.is(at, "to") {
			at++
		}
		if _, end := r.thing(at, s.to); end-at >= 2 && end-at <= 12 && !r.is(at, "be", "have", "know", "ask", "see", "leave", "pay") && r.guessTitle(at, end) {
			return
		}
	}
}

func (r *reader) guessTitle(from, to int) bool {
	r.title(phraseOf{verb: -1, from: from, to: to, worker: true, bare: true})
	if r.brief.Title.Known() {
		r.brief.Title.Confidence = 0.5
	}
	return r.brief.Title.Known()
}
