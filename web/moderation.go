package web

import (
	"context"
	"errors"
	"fmt"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
)

// Moderation is what the routes below /v1/moderation work on.
type Moderation struct {
	Moderator *moderation.Moderator
	Cases     moderation.Queue
	Rules     func() *rules.Set // in force
	Faults    func() []error    // of the last reading of rules; nil when they are never read again
}

// moderation lists the routes of moderation. A site asks about messages with its
// API key, and operators review what was held.
func (s *Server) moderation() {
	e := s.echo
	look, review, manage := s.require(operators.Viewer), s.require(operators.Reviewer), s.require(operators.Admin)
	e.POST("/v1/moderation/check", s.checkMessages, review)
	e.POST("/v1/moderation/appeals", s.appeal, manage)

	e.GET("/v1/moderation/cases", s.listCases, look)
	e.DELETE("/v1/moderation/cases", s.forgetSubject, manage)
	e.GET("/v1/moderation/cases/:id", s.getCase, look)
	e.POST("/v1/moderation/cases/:id/decide", s.decideCase, review)
	e.POST("/v1/moderation/cases/:id/assign", s.assignCase, review)
	e.POST("/v1/moderation/cases/:id/undo", s.undoCase, review)

	e.GET("/v1/moderation/counts", s.countCases, look)
	e.GET("/v1/moderation/agreement", s.agreement, look)
	e.GET("/v1/moderation/reviews.jsonl", s.exportReviews, manage)

	e.GET("/v1/moderation/webhooks", s.listWebhooks, manage)
	e.POST("/v1/moderation/webhooks/:id/redeliver", s.redeliver, manage)

	e.GET("/v1/moderation/policies", s.listPolicies, look)
	e.GET("/v1/moderation/rules", s.listRules, look)
	e.GET("/v1/moderation/settings", s.getSettings, look)
	e.PUT("/v1/moderation/settings", s.putSettings, manage)
}

// queueError is an error of the queue: what it has no sentinel for is of the
// database, and passes.
func queueError(err error) error {
	for _, known := range []error{errInvalid, moderation.ErrNotFound, moderation.ErrConflict, moderation.ErrInvalid, moderation.ErrUnavailable, hooks.ErrNotFound, context.Canceled} {
		if errors.Is(err, known) {
			return err
		}
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
}
