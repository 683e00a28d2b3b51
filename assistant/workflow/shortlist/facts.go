package shortlist

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval/words"
	"github.com/parleyhq/parley/sessions"
)

// The kinds of facts that this workflow gives a model. Each is a sentence, and
// a reply says them in the order in which they stand.
const (
	factLead      = "lead"      // what was looked at, and how many remain
	factCandidate = "candidate" // why somebody stands where they do
	factGap       = "gap"       // what speaks against them
	factLimit     = "limit"     // who is past a limit of the post
	factOff       = "off"       // who went off the list, and why
	factBack      = "back"      // who came back
	factInForce   = "in_force"  // what the person has set
	factOrder     = "order"     // who moved
	factPart      = "part"      // a part of a score
	factNote      = "note"      // anything else
	factNext      = "next"      // what the person can do next
	factQuestion  = "question"  // what to ask, word for word
)

func (t *turn) fact(kind, text string, sources ...sessions.Source) {
	if text != "" {
		t.facts.Add(kind, "", text, nil, sources...)
	}
}

// profileSource is a profile as the source of a sentence.
func profileSource(id, quote string) sessions.Source {
	return sessions.Source{Kind: "document", ID: id, Quote: quote}
}

// messageSource is the turn's message as one.
func (t *turn) messageSource(quote string) sessions.Source {
	return sessions.Source{Kind: "message", ID: t.in.Message.ID, Quote: quote}
}

// called is how somebody is named where they are met first: label and the
// beginning of their headline.
func called(label, headline string) string {
	short := workflow.Clip(strings.NewReplacer("“", "", "”", "", "\"", "").Replace(headPart(headline)), 36)
	if short == "" {
		return label
	}
	return label + " (" + trailing.ReplaceAllString(strings.TrimRight(short, "….,;& "), "") + ")"
}

// trailing are words that no phrase ends with.
var trailing = regexp.MustCompile(`(?i)(?: (?:and|for|of|in|with|the|an?|to|or|who|that|from|on|at|by))+$`)

// headPart is what stands before the first sign of a headline.
func headPart(headline string) string {
	if at := strings.IndexAny(headline, "|,;:–—."); at > 8 {
		headline = headline[:at]
	}
	return strings.TrimSpace(strings.NewReplacer("(", "", ")", "").Replace(headline))
}

// label is what somebody is called in the conversation.
func (d *Document) label(id string) string {
	if label := d.Memory.Labels[id]; label != "" {
		return label
	}
	return id
}

func (d *Document) labels(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = d.label(id)
	}
	return out
}

// telling is the reason that says most of somebody: a phrase of running text
// that proves most of the must-haves; a must before what is merely welcome.
// Nil when nothing proves anything.
func telling(doc *Document, c Candidate) *Reason {
	var best *Reason
	most := 0.0
	for i := range c.Reasons {
		r := &c.Reasons[i]
		requirement, _ := doc.requirement(r.Requirement)
		if !covers(requirement.Kind) || !prose(r.Field) || repeats(r.Quote) || fit.Addresses(r.Quote) {
			continue
		}
		if len(strings.Fields(telltale(doc, r))) < 2 { // a word of a list
			continue
		}
		if points := worth(doc, c, r.Quote); points > most {
			best, most = r, points
		}
	}
	return best
}

// repeats reports whether a phrase says two words twice, as only lists that are
// written to be found do: "AutoCAD AutoCAD shop drawings shop fitting". Such a
// phrase tells nothing of anybody.
func repeats(quote string) bool {
	seen, twice := make(map[string]int), 0
	for _, word := range words.Split(quote) {
		if words.Function(words.English, word) {
			continue
		}
		if seen[word]++; seen[word] == 2 {
			twice++
		}
	}
	return twice > 1
}

func covers(k fit.Kind) bool { return k == fit.Skill || k == fit.Experience || k == fit.Credential }

// worth counts what a phrase proves: each must 2, anything else 1, half when
// only partly, and a little for what somebody has done over what they say of themselves.
func worth(doc *Document, c Candidate, quote string) float64 {
	sum := 0.0
	for _, r := range c.Reasons {
		requirement, _ := doc.requirement(r.Requirement)
		if r.Quote != quote || !covers(requirement.Kind) {
			continue
		}
		points := 1.0
		if requirement.Must {
			points = 2
		}
		if r.Status == fit.Partly {
			points /= 2
		}
		if strings.HasPrefix(r.Field, "/experience") {
			points += 0.25
		}
		sum += points
	}
	return sum
}

// mainGap is what speaks most against somebody: a limit that they are past,
// else a must that is missing, else one that is only partly met, else what the
// profile does not say. "" for nothing.
func mainGap(doc *Document, c Candidate, p person) string {
	if len(c.Limits) > 0 {
		return c.Limits[0]
	}
	best, text := 0, ""
	for _, f := range c.Findings {
		requirement, ok := doc.requirement(f.Requirement)
		if !ok || f.Status == fit.Met {
			continue
		}
		weight := 0
		switch {
		case !requirement.Must:
			weight = 1
		case f.Status == fit.Missing, f.Status == fit.Silent && covers(requirement.Kind):
			weight = 4
		case f.Status == fit.Partly:
			weight = 3
		default:
			weight = 2
		}
		if weight > best {
			best, text = weight, gapText(requirement, f, p.profile)
		}
	}
	if best < 2 {
		return ""
	}
	return text
}

// inner writes a sentence as it stands inside another: without its full stop
// and with a small first letter where its first word is one of ours.
func inner(text string) string {
	text = strings.TrimRight(text, ". ")
	first, _, _ := strings.Cut(text, " ")
	if smallWords[first] {
		return strings.ToLower(first[:1]) + text[1:]
	}
	return text
}

var smallWords = set("The Asks Lives Speaks Has Is Works Nothing Lists Shows No Free You Says Only A An In At Rate Names Knows Never Not Known Partly There This Their Available Starts Listed Mentions Skill Does Comes Offers")
