package shortlist

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
)

// gapText says what is missing or only near, as a sentence whose subject is
// the person and stays unsaid, as on a card: "Does not name Vue.js."
func gapText(r fit.Requirement, f fit.Finding, p retrieval.Profile) string {
	value := valueText(r.Kind, p)
	switch {
	case r.Kind == fit.Place && value != "":
		return value
	case r.Not && !covers(r.Kind):
		return "Is ruled out by “" + topic(r) + "”."
	case f.Note != "" && covers(r.Kind):
		return lacking(r, f)
	case f.Note != "":
		return worded(r, f.Note)
	case r.Not:
		return "Is ruled out by “" + topic(r) + "”."
	case value != "" && f.Status != fit.Silent:
		return strings.TrimSuffix(value, ".") + ", and asked for is " + topic(r) + "."
	}
	if what := unsaid[r.Kind]; what != "" {
		return "Names no " + what + "."
	}
	return "Does not mention “" + topic(r) + "”."
}

// unsaid is what a profile does not name, by kind of requirement.
var unsaid = map[fit.Kind]string{
	fit.Level: "level", fit.Pay: "rate", fit.Language: "languages", fit.Place: "country", fit.Zone: "time zone", fit.Hours: "hours a week", fit.Start: "start",
}

// ways are how a finding's note tells what is lacking, and how people say it:
// X is what is asked for, Q the phrase of the profile that comes nearest.
var ways = []struct {
	note *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`no practice with`), "Has no practice with X, by the profile's own words."},
	{regexp.MustCompile(`this was not done`), "Has not done X, by the profile's own words."},
	{regexp.MustCompile(`there is none`), "Has no X, by the profile's own words."},
	{regexp.MustCompile(`of that kind without naming it`), "Lists X, though no job described names it."},
	{regexp.MustCompile(`this work is near to it`), "Comes close with Q, but does not say X."},
	{regexp.MustCompile(`near to it, in other words`), "Comes close to X with Q."},
	{regexp.MustCompile(`; (.+) is near\.`), "Shows $1, but does not name X."},
	{regexp.MustCompile(`is mentioned, but not as work`), "Mentions X, but not as work done."},
	{regexp.MustCompile(`is mentioned, but not as one that is held`), "Mentions X, but not as held."},
	{regexp.MustCompile(`is offered, but not named`), "Offers X, but does not say that it is held."},
	{regexp.MustCompile(`is offered, with no`), "Offers X, without an example."},
	{regexp.MustCompile(`is listed, with no|but no piece of work that shows it`), "Lists X, without an example."},
	{regexp.MustCompile(`under way`), "Is still working on X."},
	{regexp.MustCompile(`not quite this one`), "Names a credential that is not quite X."},
	{regexp.MustCompile(`[Pp]art of it`), "Shows only part of X."},
	{regexp.MustCompile(`[Oo]thers show more`), "Shows less of X than others do."},
	{regexp.MustCompile(`does not name|names no such|says nothing of it`), "Does not mention X."},
}

// lacking says what of a skill, an experience or a credential is lacking.
func lacking(r fit.Requirement, f fit.Finding) string {
	name := topic(r)
	if r.Kind != fit.Skill || len(r.Skills) == 0 {
		name = "“" + workflow.Clip(strings.TrimPrefix(name, "credential: "), 60) + "”"
	}
	_, quote := proof(f)
	for _, way := range ways {
		m := way.note.FindStringSubmatch(f.Note)
		if m == nil {
			continue
		}
		text := way.text
		if strings.Contains(text, "Q") && len(strings.Fields(quote)) < tellingWords {
			text = "Does not mention X."
		}
		if len(m) > 1 {
			text = strings.Replace(text, "$1", m[1], 1)
		}
		return strings.NewReplacer("Q", "“"+shortExcerpt(quote)+"”", "X", name).Replace(text)
	}
	return worded(r, f.Note)
}

// tellingWords are how many words a phrase has that says more than a job title.
const tellingWords = 4

var (
	levelOf    = regexp.MustCompile(`^The level is (\w+)\.$`)
	languageIs = regexp.MustCompile(`^(\p{L}+) is (basic|conversational|fluent|native)\.$`)
	clockApart = regexp.MustCompile(`^The clock there is (.+) apart\.$`)
)

// worded is a note of a finding as a sentence about the person.
func worded(r fit.Requirement, note string) string {
	switch {
	case levelOf.MatchString(note):
		return levelOf.ReplaceAllString(note, "Works at $1 level, and the work asks for ") + strings.TrimSuffix(topic(r), " level") + "."
	case languageIs.MatchString(note):
		return languageIs.ReplaceAllString(note, "Speaks $1 ($2), and the work asks for ") + strings.TrimPrefix(topic(r), "speaks ") + "."
	case clockApart.MatchString(note):
		return clockApart.ReplaceAllString(note, "Is $1 away by the clock.")
	case strings.HasPrefix(note, "Free from "):
		return "Is free only from " + strings.TrimPrefix(note, "Free from ")
	case strings.HasPrefix(note, "The profile itself says"):
		return "Says" + strings.TrimPrefix(note, "The profile itself says")
	case strings.HasPrefix(note, "The profile "):
		return capital(strings.TrimPrefix(note, "The profile "))
	case strings.HasPrefix(note, "No reviews"):
		return "Has no" + strings.TrimPrefix(note, "No")
	case r.Kind == fit.Record && note != "" && note[0] >= '0' && note[0] <= '9':
		return "Has " + note
	}
	return note
}

// verbs are the words that gaps and values begin with, and how they go with
// more than one person.
var verbs = map[string]string{
	"Asks": "ask", "Comes": "come", "Does": "do", "Has": "have", "Is": "are", "Lists": "list", "Lives": "live", "Mentions": "mention", "Names": "name",
	"Offers": "offer", "Says": "say", "Shows": "show", "Speaks": "speak", "Works": "work",
}

// said is a gap as a clause about who is called so: "c5 is free only from 4
// May"; of several people with the verb that goes with them.
func said(who []string, gap string) string {
	gap = strings.TrimRight(gap, ". ")
	first, rest, _ := strings.Cut(gap, " ")
	many, ok := verbs[first]
	switch {
	case !ok:
		return workflow.Join(who) + ": " + inner(gap)
	case len(who) > 1:
		return workflow.Join(who) + " " + many + " " + strings.ReplaceAll(rest, "the profile's own words", "their own words")
	}
	return who[0] + " " + strings.ToLower(first) + " " + rest
}
