package jobpost

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
)

// mostWarnings keeps a hostile post from filling the page.
const mostWarnings = 20

// review looks for wording to be warned of in everything that would be published.
func review(doc *Document) []Warning {
	found := reviewText(nil, "/title", doc.Title)
	found = reviewText(found, "/description", doc.Description)
	for _, l := range []struct {
		path  string
		texts []string
	}{{"/deliverables/", doc.Deliverables}, {"/conditions/", doc.Conditions}, {"/questions/", doc.Questions}} {
		for i, text := range l.texts {
			found = reviewText(found, l.path+strconv.Itoa(i), text)
		}
	}
	if found == nil {
		return []Warning{}
	}
	return found
}

// reviewText adds the warnings of one text to those found before.
func reviewText(found []Warning, path, text string) []Warning {
	low := strings.ToLower(text)
	for _, c := range cautions {
		if !slices.ContainsFunc(c.triggers, func(t string) bool { return strings.Contains(low, t) }) {
			continue
		}
		for _, span := range c.pattern.FindAllStringSubmatchIndex(text, -1) {
			from, to := span[2], span[3]
			if c.unless != nil && c.unless.MatchString(text[to:]) {
				continue
			}
			w := Warning{Path: path, Start: grounding.UTF16(text[:from]), End: grounding.UTF16(text[:to]), Word: text[from:to], Kind: c.kind, Reason: c.reason, Better: c.better}
			w = tighten(w)
			if len(found) < mostWarnings && !overlaps(found, w) {
				found = append(found, w)
			}
		}
	}
	return found
}

// tighten takes punctuation off the ends of a warning's span.
func tighten(w Warning) Warning {
	word := strings.TrimLeft(w.Word, " ,.;:")
	w.Start += grounding.UTF16(w.Word) - grounding.UTF16(word)
	word = strings.TrimRight(word, " ,.;:")
	w.End = w.Start + grounding.UTF16(word)
	w.Word = word
	return w
}

func overlaps(found []Warning, w Warning) bool {
	return slices.ContainsFunc(found, func(f Warning) bool { return f.Path == w.Path && w.Start < f.End && f.Start < w.End })
}
