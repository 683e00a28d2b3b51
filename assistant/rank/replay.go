package rank

import (
	"fmt"
	"slices"
	"strings"
)

// Comparison is a decision as it was recorded beside what the same people,
// counted by the same weights, come to now.
type Comparison struct {
	Same    bool     `json:"same"`   // the order is the same
	Before  []string `json:"before"` // ids, best first
	After   []string `json:"after"`
	Causes  []Cause  `json:"causes"` // what is not as it was, beside profiles
	Changes []Change `json:"changes"`
}

// Cause is something that all candidates have in common and that is not as it was.
type Cause struct {
	What string `json:"what"` // post, requirements, rules, ranker, router, embedder, prompt
	Text string `json:"text"` // a sentence
}

// Change is what became of one candidate. Only candidates of whom something is
// not as it was have one.
type Change struct {
	ID          string  `json:"id"`
	Before      int     `json:"before"` // place, from 1; 0 for not on the list
	After       int     `json:"after"`
	ScoreBefore float64 `json:"score_before"`
	ScoreAfter  float64 `json:"score_after"`
	Profile     bool    `json:"profile_changed,omitempty"` // its hash is another one
	Gone        bool    `json:"gone,omitempty"`            // the profile is no longer there
	// Fails names the requirement by which somebody is left out now, or was then.
	Fails    string  `json:"fails,omitempty"`
	Features []Shift `json:"features,omitempty"`
	PastThen bool    `json:"past_then,omitempty"` // a limit of the post
	PastNow  bool    `json:"past_now,omitempty"`
}

// Shift is a feature whose value is not what it was.
type Shift struct {
	Feature Feature `json:"feature"`
	Before  float64 `json:"before"`
	After   float64 `json:"after"`
}

// Compare tells how a decision that is made again, with the weights of the
// first, differs from it. Ranker is the one in use now.
func Compare(then, now Record, ranker Identity) Comparison {
	c := Comparison{Before: then.Order, After: now.Order, Causes: []Cause{}, Changes: []Change{}}
	c.Same = slices.Equal(c.Before, c.After)
	c.causes(then, now, ranker)
	ids := slices.Clone(then.Order)
	for _, id := range now.Order {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, left := range then.Dropped {
		if !slices.Contains(ids, left.ID) {
			ids = append(ids, left.ID)
		}
	}
	for _, id := range ids {
		if change, changed := changeOf(id, then, now); changed {
			c.Changes = append(c.Changes, change)
		}
	}
	return c
}

func (c *Comparison) causes(then, now Record, ranker Identity) {
	add := func(what, text string) { c.Causes = append(c.Causes, Cause{what, text}) }
	if then.Post != now.Post {
		add("post", "The post has changed since.")
	}
	switch {
	case then.Requirements == now.Requirements:
	case then.Post == now.Post:
		add("requirements", "The same post is read otherwise by this version.")
	default:
		add("requirements", "With the post, what is asked for has changed.")
	}
	if then.Rules != now.Rules || !slices.Equal(then.Features, now.Features) {
		add("rules", fmt.Sprintf("Features are computed by other rules: %s then, %s now.", then.Rules, now.Rules))
	}
	if then.Ranker.Hash != ranker.Hash {
		add(ranker.Kind, fmt.Sprintf("New lists are ranked by other weights: %s then, %s now. This replay keeps those of then.", then.Ranker.Name, ranker.Name))
	}
	for _, was := range slices.Concat(then.Models, then.Prompts) {
		at := slices.IndexFunc(slices.Concat(now.Models, now.Prompts), func(is Identity) bool { return is.Kind == was.Kind && (is.Name == was.Name || was.Kind != "prompt") })
		if at < 0 {
			add(was.Kind, fmt.Sprintf("The %s %s is no longer in use.", was.Kind, was.Name))
			continue
		}
		if is := slices.Concat(now.Models, now.Prompts)[at]; is.Hash != was.Hash || is.Name != was.Name {
			add(was.Kind, fmt.Sprintf("Another %s is in use: %s then, %s now.", was.Kind, was.described(), is.described()))
		}
	}
}

// described is a name with the beginning of the hash, unless the name has it.
func (i Identity) described() string {
	short := i.Hash[:min(len(i.Hash), 8)]
	if short == "" || strings.Contains(i.Name, short) {
		return i.Name
	}
	return i.Name + " (" + short + ")"
}

// changeOf compares one candidate, and tells whether anything is not as it was.
func changeOf(id string, then, now Record) (Change, bool) {
	was, wasOn := then.Candidate(id)
	is, isOn := now.Candidate(id)
	c := Change{ID: id, Before: slices.Index(then.Order, id) + 1, After: slices.Index(now.Order, id) + 1, PastThen: was.Past, PastNow: is.Past}
	leftThen, leftNow := then.left(id), now.left(id)
	switch {
	case wasOn && isOn:
		c.Profile = was.Profile != is.Profile
		c.Features = shifts(then, now, was, is)
	case wasOn && leftNow != nil:
		c.Profile, c.Fails = was.Profile != leftNow.Profile, leftNow.Requirement
	case isOn && leftThen != nil:
		c.Profile, c.Fails = leftThen.Profile != is.Profile, leftThen.Requirement
	case leftThen != nil && leftNow != nil:
		c.Profile = leftThen.Profile != leftNow.Profile
		return c, false // left out then and now: nothing came of it
	default:
		c.Gone = true
	}
	if wasOn {
		c.ScoreBefore = then.Score(was)
	}
	if isOn {
		c.ScoreAfter = now.Score(is)
	}
	changed := c.Before != c.After || c.Profile || c.Gone || len(c.Features) > 0 || c.PastThen != c.PastNow
	return c, changed
}

// shifts are the features of a candidate whose values differ.
func shifts(then, now Record, was, is Valued) []Shift {
	var list []Shift
	for i, feature := range then.Features {
		at := slices.Index(now.Features, feature)
		if at >= 0 && was.Values[i] != is.Values[at] {
			list = append(list, Shift{feature, was.Values[i], is.Values[at]})
		}
	}
	return list
}

// left returns who was left out by id, nil for nobody.
func (r Record) left(id string) *Left {
	if at := slices.IndexFunc(r.Dropped, func(l Left) bool { return l.ID == id }); at >= 0 {
		return &r.Dropped[at]
	}
	return nil
}
