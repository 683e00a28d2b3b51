package shortlist

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
)

// board is everybody who was looked at, and where they stand. It lives for one turn.
type board struct {
	all     []assessed // who was looked at, in the order of the search
	order   []string   // profile ids of who is on the list, in order
	partial bool       // a part of the index did not answer

	ranked []rank.Ranked // who is on the list, in order
	ranker *rank.Ranker  // that ranked them
	models []rank.Identity
}

// build makes the list anew from what a document asks for: its post,
// requirements, conditions, weights, and what the person did by hand.
func (w *Workflow) build(ctx context.Context, tenant string, doc *Document, today time.Time) (*board, error) {
	ids, partial, err := w.find(ctx, tenant, doc)
	if err != nil {
		return nil, err
	}
	people, err := w.read(ctx, tenant, ids)
	if err != nil {
		return nil, err
	}
	b := &board{all: assess(doc, people, today), partial: partial}
	w.arrange(doc, b, today)
	return b, nil
}

// arrange ranks who passes, and writes the list into the document.
func (w *Workflow) arrange(doc *Document, b *board, today time.Time) {
	work := rank.Work{Post: doc.Memory.Post, Requirements: asked(doc), Today: today}
	var candidates []rank.Candidate
	on := make(map[string]*assessed)
	doc.Unsuited = 0
	strict := len(b.all) > crowd || !slices.ContainsFunc(b.all, func(a assessed) bool { return !showsNothing(work.Requirements, a.findings) })
	for i := range b.all {
		a := &b.all[i]
		if len(a.failed) > 0 || slices.Contains(doc.Removed, a.id) {
			continue
		}
		if a.unsuited = strict && !doc.chosen(a.id) && (showsNothing(work.Requirements, a.findings) || otherTrade(work, a.profile)); a.unsuited {
			doc.Unsuited++
			continue
		}
		on[a.id] = a
		candidates = append(candidates, rank.Candidate{ID: a.id, Profile: a.profile, Findings: a.findings})
	}
	doc.Weights = w.ranker.Weights().Times(doc.Memory.Factors)
	ranked := w.ranker.Rank(work, candidates, doc.Weights)
	if remote(doc, ranked) {
		for _, r := range ranked {
			on[r.ProfileID].unsuited = true
		}
		doc.Unsuited, ranked = doc.Unsuited+len(ranked), nil
	}
	slices.SortStableFunc(ranked, func(x, y rank.Ranked) int {
		return cmp.Or(pin(doc, x.ProfileID)-pin(doc, y.ProfileID), past(on[x.ProfileID])-past(on[y.ProfileID]))
	})
	doc.Considered, doc.Passed = len(b.all), len(ranked)
	doc.Candidates, doc.Dropped = []Candidate{}, []Dropped{}
	b.order, b.ranked, b.ranker, b.models = nil, ranked, w.ranker, w.models
	for _, r := range ranked {
		b.order = append(b.order, r.ProfileID)
	}
	name(doc, b)
	for _, r := range ranked[:min(len(ranked), mostCandidates)] {
		doc.Candidates = append(doc.Candidates, candidateOf(doc, *on[r.ProfileID], r))
	}
	drop(doc, b)
	doc.Shown = max(shownAtFirst, doc.Shown)
	doc.Status = Ready
	if len(ranked) == 0 {
		doc.Status = Empty
	}
}

// crowd is from how many profiles on those who show nothing of what the work
// needs are no candidates. Of fewer all are shown, so that nobody is missed,
// unless none of them shows anything.
const crowd = 40

// least is the degree from which on a must-have is shown at all.
const least = 0.25

// showsNothing reports whether somebody shows none of the skills, experience
// and credentials that are musts. Of work that names none everybody shows something.
func showsNothing(requirements []fit.Requirement, findings []fit.Finding) bool {
	musts := 0
	for _, r := range requirements {
		if r.Must && !r.Not && covers(r.Kind) {
			if musts++; finding(findings, r.ID).Degree >= least {
				return false
			}
		}
	}
	return musts > 0
}

// chosen reports whether the person wants somebody on the list whatever speaks against it.
func (d *Document) chosen(id string) bool {
	_, kept := d.Memory.Kept[id]
	return kept || slices.Contains(d.Pinned, id)
}

// faint is the value of fit up to which a profile has nothing to do with the work.
const faint = 0.15

// remote reports whether nobody has to do with work whose needs could not be
// read, such as a trade that the vocabulary does not know: all that is left to
// go by are its words.
func remote(doc *Document, ranked []rank.Ranked) bool {
	if doc.Source.Kind != "message" || slices.ContainsFunc(doc.Requirements, func(r fit.Requirement) bool { return covers(r.Kind) }) {
		return false
	}
	return !slices.ContainsFunc(ranked, func(r rank.Ranked) bool {
		return doc.chosen(r.ProfileID) || slices.ContainsFunc(r.Parts, func(p rank.Part) bool { return p.Feature == rank.Fit && p.Value > faint && p.Value != rank.Unsaid })
	})
}

// otherTrade reports whether somebody is of another category than work that
// names no must-have at all, so that nothing else tells who could do it.
func otherTrade(work rank.Work, p retrieval.Profile) bool {
	if work.Post.Category == "" || p.Category == "" || p.Category == work.Post.Category {
		return false
	}
	return !slices.ContainsFunc(work.Requirements, func(r fit.Requirement) bool { return r.Must && !r.Not && covers(r.Kind) })
}

// asked is all that counts for the rank: the post's requirements and what the
// person added.
func asked(doc *Document) []fit.Requirement {
	list := slices.Clone(doc.Requirements)
	for _, c := range doc.Conditions {
		list = append(list, c.Requirement)
	}
	return list
}

// pin orders those whom the person put first before all others, as they did.
func pin(doc *Document, id string) int {
	if i := slices.Index(doc.Pinned, id); i >= 0 {
		return i
	}
	return len(doc.Pinned)
}

func past(a *assessed) int {
	if len(a.limits) > 0 {
		return 1
	}
	return 0
}

var shortID = regexp.MustCompile(`^[A-Za-z]{1,2}-?\d{1,4}$`)

// name gives everybody who is met for the first time a label to talk about them
// by. Ids that are short enough are labels themselves.
func name(doc *Document, b *board) {
	if doc.Memory.Labels == nil {
		doc.Memory.Labels = make(map[string]string)
	}
	labels := doc.Memory.Labels
	short := !slices.ContainsFunc(b.all, func(a assessed) bool { return !shortID.MatchString(a.id) })
	give := func(id string) {
		switch {
		case labels[id] != "":
		case short:
			labels[id] = id
		default:
			labels[id] = "c" + strconv.Itoa(len(labels)+1)
		}
	}
	for _, id := range b.order {
		give(id)
	}
	for _, a := range b.all {
		give(a.id)
	}
}

func candidateOf(doc *Document, a assessed, r rank.Ranked) Candidate {
	p := a.profile
	c := Candidate{
		ProfileID: a.id, Label: doc.Memory.Labels[a.id], Headline: p.Headline, Category: p.Category, Level: p.Level, Rate: p.Rate, Currency: p.Currency,
		Country: p.Country, TimeZone: p.TimeZone, Languages: p.Languages, HoursPerWeek: p.HoursPerWeek, AvailableFrom: p.AvailableFrom,
		TrackRecord: p.TrackRecord, Demo: a.demo, Score: r.Score, Parts: r.Parts, Findings: a.findings,
		Reasons: []Reason{}, Gaps: []string{}, Limits: a.limits, Note: doc.Notes[a.id], Pinned: slices.Contains(doc.Pinned, a.id),
	}
	for _, f := range a.findings {
		requirement, ok := doc.requirement(f.Requirement)
		if !ok {
			continue
		}
		if f.Status == fit.Met || f.Status == fit.Partly {
			field, quote := proof(f)
			reason := Reason{Requirement: f.Requirement, Status: f.Status, Text: reasonText(requirement, f, p), Quote: quote, Field: field}
			if !slices.ContainsFunc(c.Reasons, func(r Reason) bool { return r.Text == reason.Text && r.Quote == reason.Quote }) { // a condition may say what the post says
				c.Reasons = append(c.Reasons, reason)
			}
		}
		if f.Status != fit.Met {
			if text := gapText(requirement, f, p); !slices.Contains(c.Gaps, text) {
				c.Gaps = append(c.Gaps, text)
			}
		}
	}
	return c
}

// drop lists who was looked at and is not on the list, those who miss least first.
func drop(doc *Document, b *board) {
	var out []assessed
	for _, a := range b.all {
		if len(a.failed) > 0 || slices.Contains(doc.Removed, a.id) {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(x, y assessed) int { return len(x.failed) - len(y.failed) })
	for _, a := range out[:min(len(out), mostDropped)] {
		d := Dropped{ProfileID: a.id, Label: doc.Memory.Labels[a.id], Headline: a.profile.Headline}
		if slices.Contains(doc.Removed, a.id) {
			d.Removed, d.Note = true, "You took this person off the list."
		} else {
			f := a.failed[0]
			d.Requirement, d.Note = f.condition.ID, f.text(a.profile)
		}
		doc.Dropped = append(doc.Dropped, d)
	}
}
