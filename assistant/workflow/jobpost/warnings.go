package jobpost

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
			if !c.applies(text, span[2], span[3]) {
				continue
			}
			w := c.warning(path, text, span)
			if len(found) < mostWarnings && !overlaps(found, w) {
				found = append(found, w)
			}
		}
	}
	return found
}

// applies reports whether wording at a place is a cause for the warning.
func (c caution) applies(text string, from, to int) bool {
	switch {
	case c.unless != nil && c.unless.MatchString(text[to:]):
		return false
	case c.only != nil && !c.only.MatchString(text[to:]):
		return false
	case c.people:
		return !ofAudience(text, from, to)
	}
	return true
}

// warning describes what stands at a match of the pattern.
func (c caution) warning(path, text string, span []int) Warning {
	word := text[span[2]:span[3]]
	better := strings.Join(strings.Fields(string(c.pattern.ExpandString(nil, c.better, text, span))), " ")
	if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
		better = capital(better)
	}
	w := Warning{Path: path, Start: grounding.UTF16(text[:span[2]]), End: grounding.UTF16(text[:span[3]]), Word: word, Kind: c.kind, Reason: c.reason, Better: better}
	return tighten(w)
}

// The nearest word before an age or a sex that stands for people tells whose
// it is: of the one who is hired, or of those the work is for.
var (
	personBefore = regexp.MustCompile(`(?i)\b(?:(students?|pupils?|learners?|child(?:ren)?|kids?|sons?|daughters?|teens?|teenagers?|boys|girls|nephews?|nieces?|grandson|customers?|clients?|users?|patients?|players?|readers?|viewers?|listeners?|audiences?|target|members?|guests?|respondents?|participants?|class|classes|group|family|families|toys?|clothes|clothing|shoes|fashion|products?|characters?|voices?|voice-?overs?|narrators?|models?|buyers?|women|men|mothers?|fathers?|budget|price|cost|pay|rate|fee|spend|time|weight|size)|(` + workNouns + `|must|should|she|he|you|looking for|hire|hiring|need|want|applicant|candidate))\b`)
	personAfter  = regexp.MustCompile(`(?i)^[ -](?:\p{L}+ )?(?:students?|pupils?|learners?|child(?:ren)?|kids?|boys|girls|teens?|teenagers?|customers?|clients?|users?|patients?|players?|readers?|viewers?|audiences?|members?|guests?|respondents?|participants?|women|men|voices?|son|daughter)\b`)
	voiced       = regexp.MustCompile(`(?i)\b(?:voices?|voice-?overs?|vocals?|narrators?|models?|characters?|singers?)\b`)
)

func ofAudience(text string, from, to int) bool {
	if personAfter.MatchString(text[to:]) || voiced.MatchString(text[from:to]) {
		return true
	}
	sentence := text[:from]
	if at := strings.LastIndexAny(sentence, ".!?\n"); at >= 0 {
		sentence = sentence[at:]
	}
	all := personBefore.FindAllStringSubmatchIndex(sentence, -1)
	return len(all) > 0 && all[len(all)-1][2] >= 0
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
