package jobpost

import (
	"encoding/json"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// annotations are stored with a response, for review and replay. They hold
// decisions and ids, and of texts only the sentences that were dropped.
type annotations struct {
	Route    string          `json:"route"`
	Intent   brief.Intent    `json:"intent,omitempty"`
	Changed  []brief.Slot    `json:"changed,omitempty"`
	Declined brief.Slot      `json:"declined,omitempty"`
	Decision Decision        `json:"decision"`
	Evidence []string        `json:"evidence,omitempty"`
	Searched bool            `json:"searched"`
	Problem  string          `json:"retrieval_problem,omitempty"`
	Prompts  []string        `json:"prompts,omitempty"`
	Calls    []workflow.Call `json:"calls"`
}

// outcome is what a turn leaves beside what it emitted.
func (t *turn) outcome() sessions.Outcome {
	a := annotations{Route: Kind, Intent: t.reading.Intent, Changed: t.reading.Changed, Declined: t.declined, Decision: t.decision, Searched: t.searched, Calls: t.calls}
	if t.findErr != nil {
		a.Problem = "search failed"
	}
	for _, e := range t.doc.Similar {
		a.Evidence = append(a.Evidence, e.ID)
	}
	out := sessions.Outcome{Stages: t.stages.Took(), Title: t.doc.Title}
	for _, c := range t.calls {
		out.Usage.InputTokens += c.Usage.InputTokens
		out.Usage.OutputTokens += c.Usage.OutputTokens
		if c.Prompt != "" {
			a.Prompts = append(a.Prompts, c.Prompt)
		}
	}
	if t.facts != nil {
		out.Citations = t.facts.Citations("", t.spoken.Claims)
	}
	if t.spoken.Cut {
		out.Incomplete = &sessions.Problem{Code: "unavailable", Message: "The answer broke off. Your draft is complete up to here.", Temporary: true}
	}
	data, err := json.Marshal(a)
	if err != nil { // strings and numbers only
		panic(err)
	}
	out.Annotations = data
	return out
}

func kindOf(c sessions.Claim) grounding.Kind { return grounding.Kind(c.Kind) }
