package shortlist

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// introduce tells of a new list: how many there are, the first three with what
// speaks for and against them, and who is past a limit.
func (t *turn) introduce() {
	doc := t.doc
	if doc.Considered == 0 {
		t.fact(factLead, "There are no profiles here that I could look through yet.")
		return
	}
	if t.nothing() {
		return
	}
	if doc.Passed == 0 {
		t.nobody()
		return
	}
	t.fact(factLead, leadText(doc), t.messageSource(""))
	if doc.Unsuited > 0 {
		t.fact(factOff, fmt.Sprintf("%d show nothing of what the work needs and are not on the list.", doc.Unsuited))
	}
	t.presentFirst()
	t.demo()
	t.fact(factNext, "Tell me what to narrow, ask why, or have me draft an invitation.")
}

// longestAnswer is how many words a first answer has; what stands behind it is
// on the list.
const longestAnswer = 120

// presentFirst tells of the first three and of who is past a limit, in
// fewer words where they would be too many.
func (t *turn) presentFirst() {
	const closing = 16 // words that stand behind
	tell := func(t *turn, quoted, named int) int {
		for place, c := range t.doc.Candidates[:min(3, len(t.doc.Candidates))] {
			t.present(c, place, quoted)
		}
		t.limits(named)
		words := 0
		for _, f := range t.facts.List {
			words += len(strings.Fields(f.Text))
		}
		return words
	}
	for _, length := range []struct{ quoted, named int }{{longestQuote, 2}, {longestQuote, 0}, {longestQuote / 2, 0}} {
		trial := *t
		trial.facts = workflow.Facts{}
		if tell(&trial, length.quoted, length.named) <= longestAnswer-closing-leadWords || length.quoted < longestQuote {
			tell(t, length.quoted, length.named)
			return
		}
	}
}

// leadWords are how many words stand before, at most.
const leadWords = 14

// nothing says plainly that no profile shows the least of what the work needs,
// where that is so: nobody is listed then as if they fitted.
func (t *turn) nothing() bool {
	doc := t.doc
	if doc.Passed > 0 || doc.Unsuited == 0 || slices.ContainsFunc(t.board.all, func(a assessed) bool { return !a.unsuited && !showsNothing(doc.Requirements, a.findings) }) {
		return false
	}
	var needs []string
	for _, r := range doc.Requirements {
		if r.Must && !r.Not && covers(r.Kind) && len(needs) < 3 {
			needs = append(needs, topic(r))
		}
	}
	what := "this work"
	switch {
	case len(needs) > 0:
		what += " needs: " + workflow.Join(needs)
	case doc.Source.Title != "":
		what = "“" + workflow.Clip(doc.Source.Title, 60) + "” asks for"
	default:
		what += " needs"
	}
	t.fact(factLead, fmt.Sprintf("None of the %s here shows any of what %s.", count(doc.Considered, "profile"), what), t.messageSource(""))
	t.fact(factNote, "So I list nobody, rather than people who do something else.")
	t.fact(factNext, "You can put the work in other words, or ask for a trade that comes near to it.")
	return true
}

func leadText(doc *Document) string {
	what := "this work"
	if doc.Source.Title != "" {
		what = "“" + workflow.Clip(doc.Source.Title, 60) + "”"
	}
	people := count(doc.Considered, "profile")
	if len(doc.Conditions) > 0 && doc.Passed < doc.Considered {
		return fmt.Sprintf("I looked at %s for %s; %s", people, what, meets(doc.Passed)+" “"+conditionsText(doc.Conditions)+"”.")
	}
	return fmt.Sprintf("I looked at %s for %s.", people, what)
}

func meets(n int) string {
	if n == 1 {
		return "1 meets"
	}
	return fmt.Sprintf("%d meet", n)
}

func conditionsText(list []Condition) string {
	var out []string
	for _, c := range list {
		if c.Requirement.Hard {
			out = append(out, inner(c.Text))
		}
	}
	return workflow.Join(out)
}

// present tells what speaks for and against one of the first, in other words
// for each place.
func (t *turn) present(c Candidate, place, quoted int) {
	who := called(c.Label, c.Headline)
	if reason := telling(t.doc, c); reason != nil {
		quote := "“" + excerptOf(telltale(t.doc, reason), quoted) + "”"
		text := []string{who + " comes first: " + quote, "Next is " + who + ", for " + quote, "Third, " + who + " with " + quote}[place]
		t.fact(factCandidate, text+".", profileSource(c.ProfileID, reason.Quote))
	} else if listed := listedSkills(t.doc, c); len(listed) > 0 {
		text := []string{who + " comes first and lists ", who + " follows and lists ", "Third is " + who + ", who lists "}[place]
		t.fact(factCandidate, text+workflow.Join(listed)+", without an example.", profileSource(c.ProfileID, strings.Join(listed, ", ")))
	} else {
		t.fact(factCandidate, []string{who + " comes first.", "Next is " + who + ".", "Third is " + who + "."}[place], profileSource(c.ProfileID, c.Headline))
	}
	gap := mainGap(t.doc, c, t.board.find(c.ProfileID).person)
	if gap == "" {
		return
	}
	if reason := telling(t.doc, c); reason != nil && (quoted < longestQuote || quotes(gap, excerpt(telltale(t.doc, reason)))) {
		gap = unquoted(gap) // a phrase is quoted once
	}
	t.fact(factGap, t.but(said([]string{c.Label}, gap), c.Label, place)+".", profileSource(c.ProfileID, ""))
}

// but leads over to what speaks against one of the first; what was said of
// another in the same words is not said again.
func (t *turn) but(gap, label string, place int) string {
	what := strings.TrimPrefix(gap, label+" ")
	for _, f := range t.facts.List {
		if f.Kind == factGap && strings.HasSuffix(f.Text, " "+what+".") {
			return "The same goes for " + label
		}
	}
	switch {
	case place == 0:
		return "Against that, " + gap
	case place == 1 && !strings.Contains(gap, " but "):
		return "But " + gap
	case place == 1:
		return "Mind that " + gap
	}
	return "Note that " + gap
}

// quotes reports whether a gap quotes a phrase.
func quotes(gap, quote string) bool {
	m := nearBy.FindStringSubmatch(gap)
	return m != nil && (strings.HasPrefix(quote, m[2]) || strings.HasPrefix(m[2], quote))
}

// unquoted is a gap without the phrase that comes near.
func unquoted(gap string) string {
	m := nearBy.FindStringSubmatch(gap)
	switch {
	case m == nil:
		return gap
	case m[1] != "":
		return "Comes close to" + m[1] + ", in other words."
	}
	return "Does not say" + strings.TrimPrefix(m[3], ", but does not say")
}

var nearBy = regexp.MustCompile(`^Comes close(?: to( .+?))? with “([^”]*)”(.*)$`)

func listedSkills(doc *Document, c Candidate) []string {
	var out []string
	for _, r := range c.Reasons {
		if requirement, _ := doc.requirement(r.Requirement); requirement.Kind == fit.Skill && len(out) < 3 {
			out = append(out, topic(requirement))
		}
	}
	return out
}

// limits tells who is past a limit of the post, of those who were not presented;
// so many of them with the reason.
func (t *turn) limits(named int) {
	var parts []string
	var sources []sessions.Source
	n := 0
	for i, c := range t.doc.Candidates {
		if len(c.Limits) == 0 {
			continue
		}
		n++
		if i >= 3 && len(parts) < named {
			parts = append(parts, said([]string{c.Label}, c.Limits[0]))
			sources = append(sources, profileSource(c.ProfileID, ""))
		}
	}
	switch rest := n - len(parts); {
	case n == 0 || len(parts) == 0 && named > 0:
		return
	case len(parts) == 0:
		t.fact(factLimit, fmt.Sprintf("%s past a limit of the post, as the list says.", are(n)))
		return
	case rest > 0:
		parts = append(parts, fmt.Sprintf("%d more are past a limit too", rest))
	}
	t.fact(factLimit, "At the end of the list: "+strings.Join(parts, "; ")+".", sources...)
}

func are(n int) string {
	if n == 1 {
		return "1 person is"
	}
	return fmt.Sprintf("%d people are", n)
}

// demo says when the people are made up.
func (t *turn) demo() {
	for _, c := range t.doc.Candidates {
		if !c.Demo {
			return
		}
	}
	if len(t.doc.Candidates) > 0 {
		t.fact(factNote, "These people are demo data.")
	}
}

// find returns who was looked at by id; somebody without findings for nobody.
func (b *board) find(id string) *assessed {
	for i := range b.all {
		if b.all[i].id == id {
			return &b.all[i]
		}
	}
	return &assessed{}
}
