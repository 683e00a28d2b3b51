package shortlist

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// detail is what this workflow keeps of a turn, for review and replay.
type detail struct {
	Act        act      `json:"act"`
	Considered int      `json:"considered"`
	Passed     int      `json:"passed"`
	Order      []string `json:"order,omitempty"` // profile ids of the candidates
	Conditions []string `json:"conditions,omitempty"`
	People     []string `json:"people,omitempty"` // whom the message named
	// Decision is how the list came about, for parley replay; nil when it stayed as it was.
	Decision *rank.Record `json:"decision,omitempty"`
}

func (t *turn) outcome() sessions.Outcome {
	a := workflow.Annotations{Route: Kind, Calls: t.calls, Stages: t.stages}
	d := detail{Act: t.act, People: t.people}
	title := ""
	if t.doc != nil {
		title = t.doc.Title
		d.Considered, d.Passed, d.Decision = t.doc.Considered, t.doc.Passed, t.decided
		for _, c := range t.doc.Candidates {
			d.Order = append(d.Order, c.ProfileID)
		}
		for _, c := range t.doc.Conditions {
			d.Conditions = append(d.Conditions, c.Text)
		}
	}
	for _, e := range t.evidence {
		a.Evidence = append(a.Evidence, e.ID)
	}
	if t.board != nil && t.board.partial {
		a.Problem = "search partial"
	}
	a.Detail = d
	return a.Conclude(title, t.spoken, t.facts.Citations("", t.spoken.Claims))
}

// lastPeople are those whom the last message named.
func lastPeople(history []sessions.Exchange) []string {
	if len(history) == 0 || history[len(history)-1].Response == nil {
		return nil
	}
	var kept struct {
		Route  string `json:"route"`
		Detail detail `json:"detail"`
	}
	err := json.Unmarshal(history[len(history)-1].Response.Annotations, &kept)
	if err != nil || kept.Route != Kind { // another workflow's
		return nil
	}
	return kept.Detail.People
}

// claimsOf lists what a list says of people, each with the profile that says so.
func claimsOf(doc *Document) []sessions.Claim {
	var claims workflow.Claims
	for i, c := range doc.Candidates {
		for k, r := range c.Reasons {
			source := sessions.Source{Kind: "document", ID: c.ProfileID, Quote: r.Quote}
			claims.Value(fmt.Sprintf("/candidates/%d/reasons/%d/text", i, k), r.Text, grounding.Quote, []sessions.Source{source})
		}
		for k, text := range c.Gaps {
			claims.Value(fmt.Sprintf("/candidates/%d/gaps/%d", i, k), text, grounding.Quote, []sessions.Source{{Kind: "document", ID: c.ProfileID}})
		}
	}
	for i, c := range doc.Conditions {
		claims.Value(fmt.Sprintf("/conditions/%d/text", i), c.Text, grounding.Quote, []sessions.Source{c.Source})
	}
	return claims
}

// changed lists the fields of a document that differ, as JSON pointers.
func changed(before, after *Document) []string {
	old, now := fields(before), fields(after)
	var out []string
	for name, value := range now {
		if !bytes.Equal(value, old[name]) {
			out = append(out, "/"+name)
		}
	}
	for name := range old {
		if _, ok := now[name]; !ok {
			out = append(out, "/"+name)
		}
	}
	slices.Sort(out)
	return out
}

func fields(doc *Document) map[string]json.RawMessage {
	if doc == nil {
		return nil
	}
	data, err := json.Marshal(doc)
	if err != nil { // strings and finite numbers only
		panic(err)
	}
	var out map[string]json.RawMessage
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}

// mostEvidence is how many people are shown beside an answer.
const mostEvidence = 5

// evidenceOf are the first of a list, as the page shows them beside an answer.
func evidenceOf(doc *Document) []sessions.Evidence {
	var out []sessions.Evidence
	for _, c := range doc.Candidates[:min(mostEvidence, len(doc.Candidates))] {
		data, err := json.Marshal(map[string]any{
			"label": c.Label, "level": c.Level, "rate": c.Rate, "currency": c.Currency, "country": c.Country, "time_zone": c.TimeZone, "score": c.Score,
		})
		if err != nil { // strings and finite numbers only
			panic(err)
		}
		e := sessions.Evidence{ID: c.ProfileID, Kind: string(retrieval.KindProfile), Title: workflow.Clip(c.Headline, 140), Demo: c.Demo, Data: data}
		if reason := telling(doc, c); reason != nil {
			e.Snippet, e.Reason = workflow.Clip(reason.Quote, 180), reason.Text
		}
		out = append(out, e)
	}
	return out
}
