package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// Shares of the words of a fact that must be found for it to count as said.
const (
	inItem   = 0.6 // in one item of the same slot
	inPost   = 0.8 // spread over the title, the description and all items
	inName   = 0.5 // of a skill's name among the facts of other slots, which then tell it already
	relevant = 0.3 // of an item's own words that some fact must have, so that it is no stranger
)

// contains reports whether a text has a phrase, whole words, in any case.
func contains(text, phrase string) bool { return len(eval.Find(text, phrase)) > 0 }

// overlap reports whether the words of one text are among the other's.
func overlap(a, b string) bool {
	x, y := eval.Terms(a), eval.Terms(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) > 0 && eval.Covered(x, set(y)) >= inItem
}

func set(terms []string) map[string]bool {
	s := make(map[string]bool, len(terms))
	for _, t := range terms {
		s[t] = true
	}
	return s
}

// title compares words: each word of the facts is an item. What else the title
// says is not counted.
func (c *comparison) title() {
	title := eval.TermSet(c.post.Title)
	for _, word := range c.facts.TitleWords {
		c.listed("title_words", word, c.post.Title, eval.Covered(eval.Terms(word), title) >= inItem)
	}
}

func (c *comparison) listed(slot, want, got string, found bool) {
	item := Item{Slot: slot, Want: want, Got: got}
	if found {
		item.Right = 1
	} else {
		item.Missed = 1
	}
	c.items = append(c.items, item)
}

// deliverables compares by words. An item of the post that shares too few of its words with
// any fact is wrong.
func (c *comparison) deliverables() {
	whole := eval.TermSet(append(c.post.Deliverables, c.post.Title, c.post.Description)...)
	got := strings.Join(c.post.Deliverables, " | ")
	for _, want := range c.facts.Deliverables {
		c.listed("deliverables", want, got, inAny(want, c.post.Deliverables) || eval.Covered(eval.Terms(want), whole) >= inPost)
	}
	c.strangers("deliverables", c.post.Deliverables, c.facts.Deliverables)
}

// conditions compares by words, also with questions to applicants, skills and
// the description, where a condition may have gone.
func (c *comparison) conditions() {
	items := slices.Concat(c.post.Conditions, c.post.Questions)
	whole := eval.TermSet(append(items, c.post.text())...)
	for _, want := range c.facts.Conditions {
		c.listed("conditions", want, strings.Join(c.post.Conditions, " | "), inAny(want, items) || eval.Covered(eval.Terms(want), whole) >= inPost)
	}
	c.strangers("conditions", c.post.Conditions, c.facts.Conditions)
}

func inAny(want string, items []string) bool {
	terms := eval.Terms(want)
	return slices.ContainsFunc(items, func(item string) bool { return eval.Covered(terms, eval.TermSet(item)) >= inItem })
}

// strangers are items of the post that no fact is behind: neither one of the
// slot nor the words of all.
func (c *comparison) strangers(slot string, items, wanted []string) {
	facts := c.facts.terms()
	for _, item := range items {
		tells := slices.ContainsFunc(wanted, func(want string) bool { return inAny(want, []string{item}) })
		if !tells && eval.Covered(eval.Terms(item), facts) < relevant {
			c.items = append(c.items, Item{Slot: slot, Wrong: 1, Got: item})
		}
	}
}

// terms are the words of all facts.
func (f Facts) terms() map[string]bool {
	all := slices.Concat(f.TitleWords, f.Deliverables, f.MustSkills, f.NiceSkills, f.Conditions)
	if f.Location != nil {
		all = append(all, f.Location.Mode, f.Location.Place)
	}
	for _, code := range f.Languages {
		all = append(all, languageName(code))
	}
	return eval.TermSet(append(all, f.Level, f.TimeZone)...)
}

// skills compares by the vocabulary's names. A skill in the wrong of the two
// lists is missed in one and wrong in the other; one that the facts tell under
// another slot ("product photos": Product Photography) is not counted.
func (c *comparison) skills() {
	elsewhere := eval.TermSet(append(slices.Concat(c.facts.TitleWords, c.facts.Deliverables, c.facts.Conditions), c.facts.Category)...)
	spoken := eval.TermSet(c.languageNames()...)
	told := func(skill string) bool {
		terms := eval.Terms(skill)
		return eval.Covered(terms, elsewhere) >= inName || eval.Covered(terms, spoken) == 1
	}
	for _, list := range []struct {
		slot        string
		want, other texts
		got         []string
	}{{"must_skills", c.facts.MustSkills, c.facts.NiceSkills, c.post.Skills.Must}, {"nice_skills", c.facts.NiceSkills, c.facts.MustSkills, c.post.Skills.Nice}} {
		found := make([]bool, len(list.got))
		for _, want := range list.want {
			at := slices.IndexFunc(list.got, func(got string) bool { return sameSkill(want, got) || narrower(want, got) })
			if at >= 0 {
				found[at] = true
			}
			c.listed(list.slot, want, strings.Join(list.got, ", "), at >= 0)
		}
		for i, got := range list.got {
			mixed := slices.ContainsFunc(list.other, func(other string) bool { return sameSkill(other, got) })
			if !found[i] && (mixed || !told(got)) {
				c.items = append(c.items, Item{Slot: list.slot, Wrong: 1, Got: got})
			}
		}
	}
}

func sameSkill(a, b string) bool {
	if strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
		return true
	}
	x, y := skillNames(a), skillNames(b)
	if len(x) > 0 && len(y) > 0 {
		return slices.ContainsFunc(x, func(name string) bool { return slices.Contains(y, name) })
	}
	return overlap(a, b)
}

// narrower reports whether a skill is one of those below a wanted one: who asks
// for Shopify Migration asks for Shopify.
func narrower(want, got string) bool {
	wanted := skillNames(want)
	return slices.ContainsFunc(skills.Default().Ancestors(got), func(s skills.Skill) bool { return slices.Contains(wanted, s.Name) })
}

// skillNames are the vocabulary's names of what a text names.
func skillNames(text string) []string {
	vocabulary := skills.Default()
	if skill, ok := vocabulary.Lookup(text); ok {
		return []string{skill.Name}
	}
	var names []string
	for _, match := range vocabulary.Match(text) {
		names = append(names, match.Skill.Name)
	}
	return names
}

// languages are looked for in the whole post, which has no slot of its own for
// them.
func (c *comparison) languages() {
	text := c.post.text()
	for _, code := range c.facts.Languages {
		name := languageName(code)
		c.listed("languages", name, "", contains(text, name))
	}
}

func (c *comparison) languageNames() []string {
	var names []string
	for _, code := range c.facts.Languages {
		names = append(names, languageName(code))
	}
	return names
}
