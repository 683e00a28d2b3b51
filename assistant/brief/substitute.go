package brief

import "strings"

// foundWord returns where a phrase stands in a text as whole words, whatever
// the case; -1 for nowhere. A plural s is tolerated.
func foundWord(text, phrase string) (start, end int) {
	low, want := lower(text), lower(phrase)
	if want == "" || len(low) != len(text) {
		return -1, -1
	}
	for at := 0; at+len(want) <= len(low); {
		k := strings.Index(low[at:], want)
		if k < 0 {
			return -1, -1
		}
		start, end = at+k, at+k+len(want)
		if end < len(low) && low[end] == 's' && !isDigit(low[end-1]) {
			end++
		}
		if (start == 0 || !isWordByte(low[start-1]) && !numeric(low, start-1)) && (end == len(low) || !isWordByte(low[end]) && !numeric(low, end)) {
			return start, end
		}
		at = start + 1
	}
	return -1, -1
}

// numeric reports whether a sign at a position stands between digits: the dot of 1.5.
func numeric(text string, at int) bool {
	return (text[at] == '.' || text[at] == ',') && at > 0 && at+1 < len(text) && isDigit(text[at-1]) && isDigit(text[at+1])
}

// substitute puts other words into the place of a phrase in every text that
// was known, and keeps the sources of both.
func (r *reader) substitute(old, new string, from, to int, fits func(text string, end int) bool) bool {
	done := false
	edit := func(text string) (string, bool) {
		start, end := foundWord(text, old)
		if start < 0 || fits != nil && !fits(text, end) {
			return text, false
		}
		put := new
		if start == 0 && capitalise(text) == text {
			put = capitalise(new)
		}
		return text[:start] + put + text[end:], true
	}
	for slot, list := range map[Slot]*[]Item{SlotSummary: &r.brief.Summary, SlotDeliverables: &r.brief.Deliverables, SlotConditions: &r.brief.Conditions} {
		for k, item := range *list {
			if text, ok := edit(item.Text); ok {
				(*list)[k] = Item{Text: text, Sources: append(item.Sources[:len(item.Sources):len(item.Sources)], r.source(from, to)), Confidence: item.Confidence}
				r.change(slot, from)
				done = true
			}
		}
	}
	if title := r.brief.Title; title.Known() {
		if text, ok := edit(title.Value); ok {
			r.brief.Title = Field[string]{Value: text, Sources: append(title.Sources[:len(title.Sources):len(title.Sources)], r.source(from, to)), Confidence: title.Confidence}
			r.change(SlotTitle, from)
			done = true
		}
	}
	return done
}

// joins are words before a phrase that go when it goes.
var joins = []string{" and ", " or ", " plus ", ", and ", " with ", " including ", " in ", " into ", " to ", " for ", ", ", " + ", " & "}

// excise cuts a phrase out of a text, with the word that joins it to the rest.
// What is left is "" when the text was about nothing else.
func excise(text, phrase string) (string, bool) {
	start, end := foundWord(text, phrase)
	if start < 0 {
		return text, false
	}
	low := lower(text)
	for _, article := range []string{"a ", "an ", "the ", "my ", "our ", "some "} {
		if strings.HasSuffix(low[:start], " "+article) || low[:start] == article {
			start -= len(article)
			break
		}
	}
	if mark := listMarkBefore(low[:start]); mark < start {
		var rest string
		if k := nextListMark(low[end:]); k >= 0 {
			rest = text[:mark] + " " + text[end+k:]
		} else {
			rest = strings.TrimSpace(text[:mark])
		}
		return rest, true
	}
	// "X and Y" leaves Y, also behind "with" and "into".
	for _, join := range []string{", and ", " and ", " or ", " & ", ", "} {
		if strings.HasPrefix(low[end:], join) && !(join == ", " && !strings.HasSuffix(low[:start], ", ") && start > 0 && !listGoesOn(low[:start], low[end+2:])) {
			if strings.HasSuffix(text[:start], ", ") && join != ", " {
				return text[:start-2] + strings.Replace(text[end:], ", and ", " and ", 1), true
			}
			return strings.TrimSpace(text[:start] + text[end+len(join):]), true
		}
	}
	for _, join := range joins {
		if strings.HasSuffix(low[:start], join) && start > len(join) {
			head := text[:start-len(join)]
			if k := strings.LastIndex(head, ", "); k > 0 && (join == " and " || join == ", and ") && !strings.Contains(head[k:], " and ") && articled(head[k+2:]) {
				head = head[:k] + " and " + head[k+2:]
			}
			rest := head + text[end:]
			if len(strings.Fields(rest)) < 2 && join != " and " && join != " or " {
				return "", true
			}
			return rest, true
		}
	}
	from, to := start, end
	if k := strings.LastIndex(text[:start], ","); k >= 0 {
		from = k
	} else {
		from = 0
	}
	if k := strings.Index(text[end:], ","); k >= 0 {
		to = end + k
	} else {
		to = len(text)
	}
	rest := strings.TrimLeft(text[:from]+text[to:], ", ")
	if len(strings.Fields(rest)) < 2 {
		return "", true
	}
	return rest, true
}

// listMarkBefore returns where the "2)" begins that a text ends with; its length for none.
func listMarkBefore(text string) int {
	trimmed := strings.TrimRight(text, " ")
	if !strings.HasSuffix(trimmed, ")") {
		return len(text)
	}
	digits := strings.TrimRight(trimmed[:len(trimmed)-1], "0123456789")
	if len(digits) == len(trimmed)-1 {
		return len(text)
	}
	return len(strings.TrimRight(digits, " "))
}

// nextListMark returns where the next "3)" begins in a text, -1 for nowhere.
func nextListMark(text string) int {
	for k := 1; k+1 < len(text); k++ {
		if text[k] == ')' && isDigit(text[k-1]) {
			at := k - 1
			for at > 0 && isDigit(text[at-1]) {
				at--
			}
			return at
		}
	}
	return -1
}

// articled reports whether an entry of a list begins as things do: "a flyer".
func articled(text string) bool {
	first := firstWord(text)
	return first != "" && (determiners[lower(first)] || isDigit(first[0]))
}

// listGoesOn reports whether a comma behind a phrase leads to a further entry
// of the list that a preposition before it opened: "into Polish, Czech and …".
func listGoesOn(before, after string) bool {
	next, _, _ := strings.Cut(after, " ")
	return !nounEnds[next] && (strings.HasSuffix(before, " into ") || strings.HasSuffix(before, " to ") || strings.HasSuffix(before, " in ") || strings.HasSuffix(before, " including "))
}

// cutFrom takes a phrase out of the texts that were known. The tokens
// [from, to) are the words that say so.
func (r *reader) cutFrom(phrase string, from, to int) bool {
	excise := func(text, phrase string) (string, bool) {
		rest, ok := excise(text, phrase)
		return strings.NewReplacer(",.", ".", " .", ".", ", ,", ",").Replace(rest), ok
	}
	done := false
	for slot, list := range map[Slot]*[]Item{SlotSummary: &r.brief.Summary, SlotDeliverables: &r.brief.Deliverables} {
		var kept []Item
		hit := false
		for _, item := range *list {
			text, ok := excise(item.Text, phrase)
			hit = hit || ok
			switch {
			case !ok:
				kept = append(kept, item)
			case text != "":
				kept = append(kept, Item{Text: text, Sources: append(item.Sources[:len(item.Sources):len(item.Sources)], r.source(from, to)), Confidence: item.Confidence})
			default:
				r.removed = append(r.removed, item)
			}
		}
		if hit {
			*list = kept
			r.change(slot, from)
			done = true
		}
	}
	if title := r.brief.Title; title.Known() {
		if text, ok := excise(title.Value, phrase); ok && len(strings.Fields(text)) > 0 && text != "" {
			r.brief.Title.Value = capitalise(text)
			r.brief.Title.Sources = append(title.Sources[:len(title.Sources):len(title.Sources)], r.source(from, to))
			r.change(SlotTitle, from)
			done = true
		}
	}
	return done
}
