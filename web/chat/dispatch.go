package chat

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// handler answers a frame that acts on an open session, with the reply's result.
type handler func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error)

var handlers = map[string]handler{
	frameCreate: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return m.Submit(ctx, who, session, sessions.Submission{Message: f.MessageID, Parent: f.ParentID, Text: f.Text, Workflow: f.Workflow, Files: f.Attachments, JobPost: f.Context.JobPost})
	},
	frameEdit: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return m.Edit(ctx, who, session, f.SourceID, f.MessageID, f.Text)
	},
	frameCancel: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return struct{}{}, m.Cancel(ctx, who, session, f.ResponseID)
	},
	frameRegenerate: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return struct{}{}, m.Regenerate(ctx, who, session, f.MessageID)
	},
	frameSelect: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return struct{}{}, m.SelectBranch(ctx, who, session, f.MessageID)
	},
	frameUpdate: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return m.UpdateDraft(ctx, who, session, sessions.DraftUpdate{Draft: f.DraftID, Version: f.Version, Patch: f.Patch})
	},
	framePublish: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return m.Publish(ctx, who, session, f.DraftID, f.Version)
	},
	frameAccept: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		return m.AcceptSuggestion(ctx, who, session, f.DraftID, f.Version, f.SuggestionID)
	},
	frameFeedback: func(ctx context.Context, m *sessions.Manager, who sessions.Principal, session string, f *frame) (any, error) {
		feedback := sessions.Feedback{Response: f.ResponseID, Rating: f.Rating, Reason: f.Reason, Comment: f.Comment}
		return struct{}{}, m.Feedback(ctx, who, session, feedback)
	},
	frameTyping: func(context.Context, *sessions.Manager, sessions.Principal, string, *frame) (any, error) {
		return struct{}{}, nil // nobody is told yet
	},
}

func known(kind string) bool {
	return handlers[kind] != nil || kind == frameOpen || kind == frameRefresh
}

// dispatch answers a frame that acts on a session. A panic is an error of this
// frame only; the log tells where it happened and not what was said.
func (s *Server) dispatch(ctx context.Context, who sessions.Principal, session string, f *frame) (result any, err error) {
	handle := handlers[f.Type]
	if handle == nil {
		return nil, errUnknownType
	}
	defer func() {
		if v := recover(); v != nil {
			s.cfg.Log.Error("frame panicked", "type", f.Type, "panic", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
			err = errPanicked
		}
	}()
	return handle(ctx, s.manager, who, session, f)
}

// verify tells a bad token from an authenticator that cannot answer.
func (s *Server) verify(ctx context.Context, tenant, token string) (sessions.Principal, time.Time, error) {
	who, expires, err := s.auth.Verify(ctx, tenant, token)
	switch {
	case err == nil && !expires.IsZero() && !expires.After(time.Now()):
		return sessions.Principal{}, time.Time{}, fmt.Errorf("%w: token expired", ErrUnauthorized)
	case err == nil:
		return who, expires, nil
	case errors.Is(err, sessions.ErrUnavailable) || ctx.Err() != nil:
		return sessions.Principal{}, time.Time{}, fmt.Errorf("chat: verify: %w: %w", sessions.ErrUnavailable, err)
	}
	return sessions.Principal{}, time.Time{}, fmt.Errorf("%w: %w", ErrUnauthorized, err)
}

func (s *Server) count(kind string) {
	if !known(kind) {
		kind = "unknown"
	}
	s.cfg.Metrics.Frame(kind)
}

func (s *Server) log(kind string) func(error) {
	return func(err error) { s.cfg.Log.Error("frame failed", "type", kind, "error", err) }
}
