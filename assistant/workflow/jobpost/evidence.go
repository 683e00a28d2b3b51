package jobpost

import (
	"encoding/json"

	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// evidence is a hit as the page shows it.
func evidence(hit retrieval.Hit, snippet string) sessions.Evidence {
	f := hit.Facets
	data, err := json.Marshal(map[string]any{
		"category": f.Category, "skills": f.Skills[:min(8, len(f.Skills))], "level": f.Level, "pay_type": f.PayType, "pay_min": f.PayMin, "pay_max": f.PayMax,
		"currency": f.Currency, "duration_days": f.DurationDays, "posted_on": f.PostedOn, "country": f.Country,
	})
	if err != nil { // strings and numbers only
		panic(err)
	}
	return sessions.Evidence{ID: hit.ID, Kind: string(retrieval.KindJobPost), Title: workflow.Clip(f.Title, 140), Reason: reason(hit), Snippet: snippet, Similarity: hit.Similarity, Demo: f.Demo, Data: data}
}

func reason(hit retrieval.Hit) string {
	switch {
	case len(hit.Skills) > 0:
		return "Asks for " + workflow.Join(hit.Skills[:min(3, len(hit.Skills))]) + " as well"
	case len(hit.Words) > 0:
		return "Also about " + workflow.Join(hit.Words[:min(3, len(hit.Words))])
	}
	return "Describes work like this"
}
