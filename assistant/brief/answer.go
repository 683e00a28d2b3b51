package brief

// answer reads what answers the question for a slot that holds free text: the
// title, the category or the summary.
func (r *reader) answer() {
	if r.stances[0] >= asks || declineWords.has(r.view, 0, min(6, len(r.tokens))) {
		return
	}
	from := r.skipFillers(0, len(r.tokens))
	to := r.sentences[0].to
	for to > from && r.is(to-1, ".", "!", "please") {
		to--
	}
	switch {
	case r.in.Asked == SlotTitle && to-from >= 2 && to-from <= 14 && len(r.sentences) == 1:
		r.brief.Title = Field[string]{Value: capitalise(r.quote(from, to)), Sources: []Source{r.source(from, to)}, Confidence: 0.9}
		r.change(SlotTitle, from)
	case r.in.Asked == SlotCategory:
		r.answerCategory()
	}
}

// answerCategory finds the name of a category in the answer.
func (r *reader) answerCategory() {
	for i := range r.tokens {
		for _, c := range Categories {
			if r.low(i) != c.ID && r.low(i) != lower(c.Name) && !(r.tokens[i].kind == word && len(r.low(i)) > 3 && lower(firstWord(c.Name)) == r.low(i)) {
				continue
			}
			r.brief.Category = Field[string]{Value: c.ID, Sources: []Source{r.source(i, i+1)}, Confidence: 0.9}
			r.change(SlotCategory, i)
			return
		}
	}
}

func firstWord(text string) string {
	for i := range text {
		if text[i] == ' ' {
			return text[:i]
		}
	}
	return text
}
