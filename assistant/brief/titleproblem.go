package brief

import "strings"

var (
	// breaks tell that something does not work.
	breaks = words(`throws crashes crash breaks break fails fail hangs freezes freeze stopped stops keeps broken slow down leaks leaking shows lost loses disappears doesn't don't won't can't isn't`)
	// repairs ask for it to be mended.
	repairs = phrases(`fix it, fix that, fix this, fix them, find it and fix it, find and fix, repair it, solve it, solve this, solve that, needs fixing, need it fixed, get it fixed, needs to be fixed, have to be fixed, sort it out, look into it, make it work, get it working, find out why`)
)

// problemTitle names work by what is wrong, where somebody is to mend "it": "Fix:
// the checkout throws an error".
func (r *reader) problemTitle() {
	if r.brief.Title.Known() || r.inProgress() && r.in.Asked != SlotSummary || !repairs.has(r.view, 0, len(r.tokens)) {
		return
	}
	for k, s := range r.sentences {
		if r.stances[k] >= asks {
			continue
		}
		for i := s.from; i < s.to; i++ {
			if !r.is(i, "the", "our", "my", "a", "an") {
				continue
			}
			at := i + 1
			for at < min(i+6, s.to) && !breaks[r.low(at)] && !nounEnds[r.low(at)] && r.tokens[at].kind == word {
				at++
			}
			for k := at - 1; k > i; k-- {
				if r.is(k, "the", "our", "my") {
					i = k
					break
				}
			}
			if at >= s.to || at == i+1 || !breaks[r.low(at)] {
				continue
			}
			end := at
			for end < s.to && !r.parts(end) && !r.is(end, ".", "!", ";", "?", "and", "since") && r.tokens[end].end-r.tokens[i].start < longest {
				end++
			}
			r.brief.Title = Field[string]{Value: "Fix: " + strings.TrimSpace(r.impersonal(i+1, r.trimTitle(i+1, end))), Sources: []Source{r.source(i+1, end)}, Confidence: 0.6}
			r.change(SlotTitle, i)
			return
		}
	}
}

// antecedent puts the thing of the sentence before in the place of "them" in a
// title: "we have 2,000 reviews; tag them by topic".
func (r *reader) antecedent() {
	title := &r.brief.Title
	if !title.Known() || !r.changedNow(SlotTitle) || title.Sources[0].ID != r.id {
		return
	}
	fields := strings.Fields(title.Value)
	if len(fields) < 2 || fields[1] != "them" && fields[1] != "these" && fields[1] != "those" {
		return
	}
	for i := range r.tokens {
		if !r.is(i, "have", "got", "collected", "are", "own", "has", "wrote", "recorded", "made") || r.closed(i) || r.isVerb(i+1) {
			continue
		}
		_, end := r.thing(i+1, r.sentenceOf(i).to)
		for k := i + 1; k < end; k++ {
			if nounEnds[r.low(k)] {
				end = k
			}
		}
		if end > i+1 && end-i <= 6 && r.pluralAfter(i+1, end) {
			title.Value = fields[0] + " " + r.impersonal(i+1, end) + strings.TrimPrefix(title.Value, fields[0]+" "+fields[1])
			title.Sources = append(title.Sources[:len(title.Sources):len(title.Sources)], r.source(i+1, end))
			return
		}
	}
}
