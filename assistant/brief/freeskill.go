package brief

import (
	"strings"
	"unicode"
)

// freeSkills takes names that no vocabulary knows from the answer to the question for
// skills: "DATEV", "Rayyan and Covidence".
func (r *reader) freeSkills() {
	r.masteredTools()
	if r.in.Asked != SlotSkills || len(r.tokens) > 24 || r.stances[0] >= asks {
		return
	}
	s := r.sentences[0]
	for from := r.skipFillers(s.from, s.to); from < s.to; {
		to := from
		for to < s.to && !r.is(to, ",", "and", "or", ".", ";", "!", "/", "plus", "(") {
			to++
		}
		r.freeSkill(from, to)
		from = to + 1
	}
}

// masteredTools takes tools that no vocabulary knows where mastery of them is asked
// for: "experience with Rayyan", "must know DATEV".
func (r *reader) masteredTools() {
	for i := 1; i < len(r.tokens); i++ {
		if r.closed(i) || r.tokens[i].kind != word || r.skillAt[i] >= 0 || r.claimed(i) && r.taken[i] != SlotConditions || r.negated(i) {
			continue
		}
		cued := r.is(i-1, "with", "in", "of") && r.is(i-2, "experience", "knowledge", "experienced", "proficient", "fluent", "expertise", "skills", "familiar", "skilled", "expert") || r.is(i-1, "know", "knows", "knowing", "using") && !r.is(i-2, "i", "we", "don't", "to", "not")
		text := r.text[r.tokens[i].start:r.tokens[i].end]
		if !cued || len(text) < 2 || !unicode.IsUpper(rune(text[0])) || languages[r.low(i)] || properNouns[r.low(i)] || levelName[r.low(i)] {
			continue
		}
		if _, _, ok := r.geoAt(i); ok {
			continue
		}
		end := i + 1
		for end < len(r.tokens) && end < i+3 && r.same(end, i) && r.tokens[end].kind == word && unicode.IsUpper(rune(r.text[r.tokens[end].start])) && r.skillAt[end] < 0 {
			end++
		}
		item := Item{Text: r.quote(i, end), Sources: []Source{r.source(i, end)}, Confidence: 0.6}
		var changed bool
		if s := r.sentenceOf(i); niceFirst.has(r.view, s.from, s.to) || niceAfter.has(r.view, end, min(end+4, s.to)) {
			r.brief.Nice, changed = addName(r.brief.Nice, item)
		} else {
			r.brief.Must, changed = addName(r.brief.Must, item)
		}
		if changed {
			r.change(SlotSkills, i)
		}
		i = end
	}
}

// freeSkill takes one entry, if it is a short name.
func (r *reader) freeSkill(from, to int) {
	for from < to && (r.is(from, "the", "a", "an", "also", "just", "only", "with", "in", "using", "basic", "good", "must", "know", "knows", "knowledge", "of", "experience", "probably", "maybe") || r.tokens[from].kind == sign) {
		from++
	}
	for to > from && (r.is(to-1, "please", "experience", "skills", "knowledge", "obviously", "required", "too", "mainly") || r.tokens[to-1].kind == sign) {
		to--
	}
	if from >= to || to-from > 3 || r.anyClaimed(from, to) || declineWords.has(r.view, from, to) || pronouns[r.low(from)] {
		return
	}
	proper := false
	for i := from; i < to; i++ {
		if r.skillAt[i] >= 0 || r.tokens[i].kind == word && (finite[r.low(i)] || nounStops[r.low(i)] || nounEnds[r.low(i)] || workers[r.low(i)] || languages[r.low(i)] || levelName[r.low(i)]) {
			return
		}
		first := r.text[r.tokens[i].start:r.tokens[i].end]
		proper = proper || strings.IndexFunc(first, unicode.IsUpper) >= 0 && i > r.sentences[0].from || strings.IndexFunc(first[1:], unicode.IsUpper) >= 0
	}
	if !proper && !(from == r.skipFillers(0, len(r.tokens)) && to-from == 1 && unicode.IsUpper(rune(r.text[r.tokens[from].start]))) {
		return
	}
	item := Item{Text: r.quote(from, to), Sources: []Source{r.source(from, to)}, Confidence: 0.7}
	var changed bool
	if r.brief.Must, changed = addName(r.brief.Must, item); changed {
		r.change(SlotSkills, from)
	}
}

var levelName = words("yes no any none anything nothing everything fluent native senior junior")

// channels are where marketing is done: asked of who does it, they are skills by
// their plain names.
var channels = map[string]string{"instagram": "Instagram", "tiktok": "TikTok", "linkedin": "LinkedIn", "facebook": "Facebook", "pinterest": "Pinterest", "youtube": "YouTube"}

// marketingChannels takes the channels that marketing work is done on.
func (r *reader) marketingChannels() {
	if r.brief.Category.Value != "marketing" || r.in.Asked == SlotExisting {
		return
	}
	for i := range r.tokens {
		name := channels[r.low(i)]
		if name == "" || r.closed(i) || r.skillAt[i] >= 0 || r.claimed(i) || r.negated(i) || r.possessed(i) || indexOf(r.brief.Must, name) >= 0 || indexOf(r.brief.Without, name) >= 0 {
			continue
		}
		if !r.is(i-1, "on", "with", "our", "my", "for", "and", ",", "manage", "run", "to", ".", "/", "&", "new", "the") && i > r.sentenceOf(i).from {
			continue
		}
		r.brief.Must = append(r.brief.Must, Item{Text: name, Sources: []Source{r.source(i, i+1)}, Confidence: 0.7})
		r.change(SlotSkills, i)
	}
}
