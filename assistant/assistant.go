// Package assistant answers people's messages and revises their drafts.
//
// [New] returns the [sessions.Responder] of the product. Each message is routed
// to one workflow: a job post, a shortlist, help with a proposal, or advice.
// What is none of these is turned down kindly, and what could be two things is
// asked about. What the workflows need is given in [Config]: where documents and
// figures come from, and which models phrase. Without a model everything is
// written by package builtin, in English.
package assistant

import (
	"context"
	"fmt"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/advice"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
)

// Config is what an Assistant works with.
type Config struct {
	// Retriever finds documents and computes figures. Required; a
	// *retrieval.Retriever.
	Retriever advice.Library
	// Models say who writes for a purpose; the built-in composer writes for
	// those that are missing. That of purpose route is asked where the router is unsure.
	Models map[model.Purpose]workflow.Speaker
	Router *route.Router // route.Default() if nil
	Ranker *rank.Ranker  // rank.Default() if nil
	// Moderation screens what people write, what models write, and the texts of
	// strangers that are read for an answer; nil for nothing of it. A *moderation.Moderator.
	Moderation Screener
}

// Assistant answers and revises. It is safe for concurrent use.
type Assistant struct {
	screener Screener // nil for none
	guard    *Guard   // likewise
	router   *route.Router
	models   map[model.Purpose]workflow.Speaker
	respond  map[route.Route]respond
	revise   map[string]revise // by the kind of the draft
}

type (
	respond func(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error)
	revise  func(ctx context.Context, revision sessions.Revision) (sessions.Draft, error)
)

var _ sessions.Responder = (*Assistant)(nil)

// New returns an Assistant.
func New(cfg Config) *Assistant {
	if cfg.Router == nil {
		cfg.Router = route.Default()
	}
	if cfg.Ranker == nil {
		cfg.Ranker = rank.Default()
	}
	var guard *Guard
	if cfg.Moderation != nil {
		guard = NewGuard(cfg.Moderation)
		cfg.Retriever = &library{Library: cfg.Retriever, guard: guard}
		cfg.Models = screened(cfg.Models, cfg.Moderation)
	}
	// Sentences of profiles and of the handbook are compared in every turn, so by the embedder of this process.
	var embedder retrieval.Embedder = embed.Default()
	reader := fit.New(skills.Default(), embedder)
	posts := jobpost.New(cfg.Retriever, cfg.Models[model.JobPost])
	people := newShortlists(cfg, reader)
	proposals := proposal.New(cfg.Retriever, reader, cfg.Models[model.Proposal])
	return &Assistant{
		screener: cfg.Moderation, guard: guard,
		router: cfg.Router,
		models: cfg.Models,
		respond: map[route.Route]respond{
			route.JobPost:   posts.Respond,
			route.Shortlist: people.Respond,
			route.Proposal:  proposals.Respond,
			route.Advice:    advice.New(cfg.Retriever, embedder, cfg.Models[model.Advice]).Respond,
		},
		revise: map[string]revise{
			jobpost.Kind:             posts.Revise,
			shortlist.Kind:           people.Revise,
			shortlist.InvitationKind: people.Revise,
			proposal.Kind:            proposals.Revise,
		},
	}
}

// Respond answers a turn. See sessions.Responder. A message that moderation
// holds is read by nothing else.
func (a *Assistant) Respond(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	ctx, stages := workflow.Measured(ctx)
	var verdict *ruled
	err := stages.Run("screen", func() (err error) {
		verdict, err = a.incoming(ctx, turn)
		return err
	})
	if err != nil {
		return sessions.Outcome{}, fmt.Errorf("assistant: respond: %w", err)
	}
	if verdict != nil && !verdict.Action.Delivers() {
		return traced(held(turn, verdict), stages), nil
	}
	aside := newAside(turn)
	ctx = aside.in(ctx)
	var chosen choice
	_ = stages.Run("route", func() error {
		turn, chosen = a.choose(ctx, a.readFiles(ctx, turn))
		turn = brought(turn, chosen.Route)
		return nil
	})
	out, err := a.answer(ctx, turn, chosen, aside.counting(emit))
	if err == nil {
		err = aside.tell(&out, emit)
	}
	if err != nil {
		return traced(annotated(out, chosen, verdict, aside.list), stages), fmt.Errorf("assistant: respond: %w", err)
	}
	return traced(annotated(out, chosen, verdict, aside.list), stages), nil
}

// answer runs what was chosen.
func (a *Assistant) answer(ctx context.Context, turn sessions.Turn, chosen choice, emit func(sessions.Output) error) (sessions.Outcome, error) {
	switch {
	case chosen.Asks:
		return clarify(turn, chosen, emit)
	case chosen.Route == route.OutOfScope:
		return refuse(turn, emit)
	}
	return a.respond[chosen.Route](ctx, turn, emit)
}

// Revise applies a person's merge patch to a draft. See sessions.Responder.
func (a *Assistant) Revise(ctx context.Context, revision sessions.Revision) (sessions.Draft, error) {
	revise := a.revise[revision.Draft.Kind]
	if revise == nil {
		return sessions.Draft{}, fmt.Errorf("assistant: revise: %w: a draft of kind %q", sessions.ErrInvalid, revision.Draft.Kind)
	}
	draft, err := revise(ctx, revision)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("assistant: revise: %w", err)
	}
	return draft, nil
}
