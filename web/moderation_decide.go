package web

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/web/operators"
)

// decideCase carries out what a reviewer decides.
func (s *Server) decideCase(c echo.Context) error {
	var body struct {
		Version  int               `json:"version"`
		Decision moderation.Action `json:"decision"`
		Labels   []policy.Label    `json:"labels"`
		Note     string            `json:"note"`
	}
	return s.changeCase(c, &body, func(ctx context.Context, who operators.Access, id string) (moderation.Case, error) {
		ruling := moderation.Ruling{Action: body.Decision, Labels: body.Labels, Note: body.Note}
		return s.Moderation.Moderator.Decide(ctx, who.Site, id, body.Version, who.Operator.ID, ruling)
	})
}

// assignCase gives a case to an operator, or back.
func (s *Server) assignCase(c echo.Context) error {
	var body struct {
		Version  int    `json:"version"`
		Assignee string `json:"assignee"`
	}
	return s.changeCase(c, &body, func(ctx context.Context, who operators.Access, id string) (moderation.Case, error) {
		if _, err := s.Moderation.Cases.Get(ctx, who.Site, id); err != nil {
			return moderation.Case{}, err // another site's, before anything is said of people
		}
		if err := s.canReview(ctx, who, body.Assignee); err != nil {
			return moderation.Case{}, err
		}
		return s.Moderation.Moderator.Assign(ctx, who.Site, id, body.Version, who.Operator.ID, body.Assignee)
	})
}

// canReview refuses to assign a case to somebody who could not decide it. "" is
// nobody, and whoever asks may take it in any case.
func (s *Server) canReview(ctx context.Context, who operators.Access, assignee string) error {
	if assignee == "" || assignee == who.Operator.ID {
		return nil
	}
	o, err := s.Operators.Find(ctx, assignee)
	if err != nil && !errors.Is(err, operators.ErrNotFound) {
		return err
	}
	if err != nil || o.ID != assignee || !o.Revoked.IsZero() || !o.Sees(who.Site) || !o.Role.Covers(operators.Reviewer) {
		return invalid("assignee: nobody of this id reviews for this site.")
	}
	return nil
}

// undoCase takes the last decision of a person back.
func (s *Server) undoCase(c echo.Context) error {
	var body struct {
		Version int `json:"version"`
	}
	return s.changeCase(c, &body, func(ctx context.Context, who operators.Access, id string) (moderation.Case, error) {
		return s.Moderation.Moderator.Undo(ctx, who.Site, id, body.Version, who.Operator.ID)
	})
}

// changeCase reads a body, changes the case of the path, and answers with what
// there is about it now.
func (s *Server) changeCase(c echo.Context, body any, change func(ctx context.Context, who operators.Access, id string) (moderation.Case, error)) error {
	if err := readStrict(c, body); err != nil {
		return err
	}
	changed, err := change(c.Request().Context(), staff(c), c.Param("id"))
	if err != nil {
		return queueError(err)
	}
	return s.detail(c, changed)
}
