package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

type replayCmd struct {
	ID     string `arg:"" help:"The decision: what the document of a shortlist has as its decision."`
	Tenant string `help:"Site of the conversation." default:"default"`
	JSON   bool   `help:"Print one JSON object."`
}

// errDiffers means that a decision does not come out as it was recorded.
var errDiffers = errors.New("the decision does not come out as it was recorded")

// replay is a decision made again.
type replay struct {
	Decision   rank.Record     `json:"decision"`
	Source     string          `json:"source"`             // what the list was made for
	Links      int             `json:"links"`              // decisions that led to this one, itself included
	Decisions  int             `json:"decisions"`          // of the conversation, on all its branches
	Chain      string          `json:"chain,omitempty"`    // the first link that does not hold, "" when all do
	Recorded   string          `json:"recorded,omitempty"` // why the record does not give its own order, "" when it does
	Comparison rank.Comparison `json:"comparison"`         // with what the same comes to now
	Same       bool            `json:"same"`               // chain, record and order all hold

	headlines map[string]string
}

// Run checks the record of a decision and makes the decision again.
func (c replayCmd) Run(env *environ) error {
	session, ok := sessionOfDecision(c.ID)
	if !ok {
		return fmt.Errorf("%w: %q is no decision: its id is that of a conversation, a hyphen and eight digits, as the shortlist has it", errUsage, c.ID)
	}
	a, err := openTool(env)
	if err != nil {
		return err
	}
	defer a.Close()
	if _, err := a.sites.Get(c.Tenant); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	state, err := a.storage.store.Read(env.ctx, sessions.Key{Tenant: c.Tenant, Session: session})
	if errors.Is(err, sessions.ErrNotFound) {
		return fmt.Errorf("%w: site %s has no conversation %s; a conversation that is deleted takes its decisions with it", errUsage, c.Tenant, session)
	}
	if err != nil {
		return fmt.Errorf("replay: %w", err)
	}
	result, err := a.replay(env.ctx, c.Tenant, c.ID, state)
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(env, result)
	} else {
		_, err = fmt.Fprint(env.out, result.draw(screenOf(env)))
	}
	if err == nil && !result.Same {
		err = errDiffers
	}
	return err
}

// sessionOfDecision is the conversation that a decision's id begins with.
func sessionOfDecision(id string) (string, bool) {
	at := strings.LastIndexByte(id, '-')
	if at < 1 || len(id)-at-1 != 8 {
		return "", false
	}
	return id[:at], true
}

// replay finds a decision in its conversation, checks it, and makes it again.
func (a *app) replay(ctx context.Context, tenant, id string, state *sessions.State) (*replay, error) {
	records := recordsOf(state)
	trail := rank.Trail(records, id)
	if len(trail) == 0 {
		return nil, fmt.Errorf("%w: the conversation has no record of a decision %s", errUsage, id)
	}
	then := trail[len(trail)-1]
	r := &replay{Decision: then, Links: len(trail), Decisions: len(records)}
	if err := checkChain(state, records); err != nil {
		r.Chain = err.Error()
	}
	if err := then.Verify(); err != nil {
		r.Recorded = err.Error()
	}
	doc, err := listOf(state, id)
	if err != nil {
		return nil, err
	}
	if hash, err := rank.HashOf(doc.Memory.Post); err == nil && hash != then.Post && r.Recorded == "" {
		r.Recorded = "The post that the stored list has is not the one that the record was made for."
	}
	r.Source = sourceText(doc.Source)
	post, err := a.postNow(ctx, tenant, state, doc)
	if err != nil {
		return nil, err
	}
	ranker, err := openRanker(a.cfg.Data)
	if err != nil {
		return nil, err
	}
	people, err := a.shortlists(ranker)
	if err != nil {
		return nil, err
	}
	now, err := people.DecideAgain(ctx, tenant, then, *doc, post)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	r.Comparison = rank.Compare(then, now, ranker.Identity())
	r.Same = r.Chain == "" && r.Recorded == "" && r.Comparison.Same
	return r, r.name(ctx, a, tenant)
}

// recordsOf are the decisions of a conversation, in the order in which they were made.
func recordsOf(state *sessions.State) []rank.Record {
	var records []rank.Record
	for _, response := range state.Responses {
		if record, ok := shortlist.RecordOf(response.Annotations); ok {
			records = append(records, record)
		}
	}
	return records
}

// checkChain verifies the decisions of a conversation, and that each one which a
// list names is there.
func checkChain(state *sessions.State, records []rank.Record) error {
	if err := rank.VerifyChain(records); err != nil {
		return err
	}
	for _, draft := range state.Drafts {
		id := decisionOf(draft)
		if id != "" && !slices.ContainsFunc(records, func(r rank.Record) bool { return r.ID == id }) {
			return fmt.Errorf("%w: version %d of list %s names the decision %s, which is not there", rank.ErrChain, draft.Version, draft.ID, id)
		}
	}
	return nil
}

// decisionOf is the decision that a list names, "" for none.
func decisionOf(draft sessions.Draft) string {
	var named struct {
		Decision string `json:"decision"`
	}
	if draft.Kind != shortlist.Kind || json.Unmarshal(draft.Document, &named) != nil {
		return ""
	}
	return named.Decision
}

// listOf is the list that a decision made: the first version that names it.
func listOf(state *sessions.State, id string) (*shortlist.Document, error) {
	for _, draft := range state.Drafts {
		if decisionOf(draft) != id {
			continue
		}
		var doc shortlist.Document
		if err := json.Unmarshal(draft.Document, &doc); err != nil {
			return nil, fmt.Errorf("replay: list %s: %w", draft.ID, err)
		}
		return &doc, nil
	}
	return nil, fmt.Errorf("%w: no list of the conversation names the decision %s", rank.ErrChain, id)
}

// postNow is the work that a list was made for, as it is today. What is no
// longer there counts as it was.
func (a *app) postNow(ctx context.Context, tenant string, state *sessions.State, doc *shortlist.Document) (retrieval.JobPost, error) {
	switch doc.Source.Kind {
	case "document":
		docs, err := a.retriever.Documents(ctx, tenant, retrieval.KindJobPost, []string{doc.Source.ID})
		if err != nil {
			return retrieval.JobPost{}, fmt.Errorf("replay: post: %w", err)
		}
		if len(docs) == 1 && docs[0].Post != nil {
			return *docs[0].Post, nil
		}
	case "draft":
		for _, draft := range slices.Backward(state.Drafts) {
			if draft.ID == doc.Source.ID && draft.Kind == jobpost.Kind {
				return jobpost.AsPost(draft)
			}
		}
	}
	return doc.Memory.Post, nil
}

// shortlists is the workflow that makes decisions, as the assistant has it.
func (a *app) shortlists(ranker *rank.Ranker) (*shortlist.Workflow, error) {
	router, err := openRouter(a.cfg.Data)
	if err != nil {
		return nil, err
	}
	return assistant.Shortlists(assistant.Config{Retriever: a.retriever, Router: router, Ranker: ranker}), nil
}

func sourceText(s shortlist.Source) string {
	switch s.Kind {
	case "document":
		return "job post " + s.ID
	case "draft":
		return "the conversation's own job post"
	}
	return "what a message of the conversation asks for"
}
