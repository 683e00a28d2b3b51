// Package assistant answers people's messages and revises their drafts.
//
// [New] returns the [sessions.Responder] of the product. An answer runs one
// workflow; there is one so far, package jobpost. What a workflow needs is
// given in [Config]: where similar work is found, and a model that phrases.
// Without a model everything is written by package builtin, in English.
package assistant

import (
	"context"
	"fmt"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/sessions"
)

// Config is what an Assistant works with.
type Config struct {
	// Retriever finds similar posts and computes figures. Required; a
	// *retrieval.Retriever.
	Retriever workflow.Library
	// Model phrases answers and descriptions; it is asked for purpose
	// job_post. nil lets the built-in composer write everything.
	Model model.Model
	// ModelName is shown as who writes; "builtin" when Model is nil.
	ModelName string
}

// Assistant answers and revises. It is safe for concurrent use.
type Assistant struct {
	jobPost *jobpost.Workflow
	speaks  bool // a model is configured, so that other languages than English can be answered
}

var _ sessions.Responder = (*Assistant)(nil)

// New returns an Assistant.
func New(cfg Config) *Assistant {
	if cfg.Model == nil {
		cfg.ModelName = builtin.Name
	}
	return &Assistant{
		jobPost: jobpost.New(cfg.Retriever, workflow.Speaker{Model: cfg.Model, Name: cfg.ModelName}),
		speaks:  cfg.Model != nil,
	}
}

// Respond answers a turn. See sessions.Responder.
func (a *Assistant) Respond(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	out, err := a.jobPost.Respond(ctx, turn, emit)
	if err != nil {
		return out, fmt.Errorf("assistant: respond: %w", err)
	}
	return out, nil
}

// Revise applies a person's merge patch to a draft. See sessions.Responder.
func (a *Assistant) Revise(ctx context.Context, revision sessions.Revision) (sessions.Draft, error) {
	if revision.Draft.Kind != jobpost.Kind {
		return sessions.Draft{}, fmt.Errorf("assistant: revise: %w: a draft of kind %q", sessions.ErrInvalid, revision.Draft.Kind)
	}
	draft, err := a.jobPost.Revise(ctx, revision)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("assistant: revise: %w", err)
	}
	return draft, nil
}
