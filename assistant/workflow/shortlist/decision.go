package shortlist

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Using tells which other models are in use, such as the router and the
// embedder, for the records of decisions. Call it before the first turn.
func (w *Workflow) Using(models ...rank.Identity) *Workflow {
	w.models = append(w.models, models...)
	return w
}

// record puts down how the list came about, as the next link of the session's
// chain, and names it in the list.
func (t *turn) record() error {
	if t.board == nil || t.board.ranker == nil {
		return nil
	}
	r, err := t.board.decision(t.doc, t.in.Session.ID, previous(t.in.History), t.today)
	if err != nil {
		return fmt.Errorf("shortlist: %w", err)
	}
	t.decided, t.doc.Decision = &r, r.ID
	return nil
}

// decision is the record of a list as it stands on the board.
func (b *board) decision(doc *Document, session, previous string, today time.Time) (rank.Record, error) {
	d := rank.Decision{
		Session: session, Previous: previous, Created: today, Post: doc.Memory.Post, Requirements: asked(doc),
		Ranker: b.ranker, Weights: doc.Weights, Models: b.models, Considered: len(b.all),
	}
	for _, name := range []string{"reply", "invitation"} {
		d.Prompts = append(d.Prompts, promptIdentity(prompts[name]))
	}
	for _, r := range b.ranked {
		a := b.find(r.ProfileID)
		d.Ranked = append(d.Ranked, rank.Standing{Ranked: r, Profile: a.profile, Pin: slices.Index(doc.Pinned, a.id) + 1, Past: past(a) > 0})
	}
	for _, a := range b.all {
		switch {
		case len(a.failed) > 0:
			d.Dropped = append(d.Dropped, rank.Dropped{ID: a.id, Profile: a.profile, Requirement: a.failed[0].condition.ID})
		case slices.Contains(doc.Removed, a.id):
			d.Dropped = append(d.Dropped, rank.Dropped{ID: a.id, Profile: a.profile})
		}
	}
	return rank.NewRecord(d)
}

func promptIdentity(p workflow.Prompt) rank.Identity {
	hash, err := rank.HashOf(p.Text)
	if err != nil { // a string
		panic(err)
	}
	return rank.Identity{Kind: "prompt", Name: p.Name, Hash: hash}
}

// previous is the hash of the newest record of a conversation, "" for none.
func previous(history []sessions.Exchange) string {
	for _, exchange := range slices.Backward(history) {
		if exchange.Response == nil {
			continue
		}
		if r, ok := RecordOf(exchange.Response.Annotations); ok {
			return r.Hash
		}
	}
	return ""
}

// RecordOf returns the decision that the annotations of a response hold, and
// false when there is none. It is not verified.
func RecordOf(annotations json.RawMessage) (rank.Record, bool) {
	var kept struct {
		Detail struct {
			Decision *rank.Record `json:"decision"`
		} `json:"detail"`
	}
	if len(annotations) == 0 || json.Unmarshal(annotations, &kept) != nil || kept.Detail.Decision == nil {
		return rank.Record{}, false
	}
	return *kept.Detail.Decision, true
}

// DecideAgain makes the decision of a record again: for the people whom it
// looked at, as their profiles are now, by the code of this program and the
// weights of the record. The document is that of the list which the decision
// made; post is the work as it is now. The day is that of the record, so that
// nothing differs only because time has passed.
func (w *Workflow) DecideAgain(ctx context.Context, tenant string, record rank.Record, doc Document, post retrieval.JobPost) (rank.Record, error) {
	ranker, err := record.Counting()
	if err != nil {
		return rank.Record{}, fmt.Errorf("shortlist: decide again: %w", err)
	}
	again := &Workflow{library: w.library, reader: w.reader, ranker: ranker, models: w.models}
	doc.Memory.Post, doc.Memory.Factors = post, nil
	doc.Requirements = w.reader.Post(post, record.Created)
	ids := slices.Clone(record.Order)
	for _, left := range record.Dropped {
		ids = append(ids, left.ID)
	}
	people, err := again.read(ctx, tenant, ids)
	if err != nil {
		return rank.Record{}, err
	}
	b := &board{all: assess(&doc, people, record.Created)}
	again.arrange(&doc, b, record.Created)
	return b.decision(&doc, record.Session, record.Previous, record.Created)
}
