package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
)

// getSettings returns what a site chose, or with effective all that is in force.
// The tag is that of what it chose.
func (s *Server) getSettings(c echo.Context) error {
	effective, err := flag(c, "effective")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	chosen, tag, err := s.Moderation.Moderator.Settings(ctx, staff(c).Site)
	// Settings that are broken have no force: what counts are the defaults, and
	// the tag lets them be replaced.
	if err != nil && !errors.Is(err, moderation.ErrInvalid) {
		return queueError(err)
	}
	if effective {
		chosen = s.Moderation.Moderator.Effective(ctx, staff(c).Site)
	}
	c.Response().Header().Set("ETag", `"`+tag+`"`)
	return c.JSON(http.StatusOK, chosen)
}

// putSettings replaces what a site chose, if it still is what the tag names.
func (s *Server) putSettings(c echo.Context) error {
	tag := strings.Trim(strings.TrimPrefix(c.Request().Header.Get("If-Match"), "W/"), `"`)
	if tag == "" {
		return errNoTag
	}
	body, err := jsonBody(c)
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return bodyError(err)
	}
	if string(bytes.TrimSpace(raw)) == "null" {
		return invalid("The body is null. Send {} for the defaults.")
	}
	chosen, err := moderation.ParseSettings(raw)
	if err != nil {
		return err
	}
	tag, err = s.Moderation.Moderator.SetSettings(c.Request().Context(), staff(c).Site, tag, chosen)
	switch {
	case errors.Is(err, moderation.ErrConflict):
		return fmt.Errorf("%w: %w", errOtherTag, err)
	case err != nil:
		return queueError(err)
	}
	s.Log.Info("moderation settings changed", "tenant", staff(c).Site, "operator", staff(c).Operator.ID)
	c.Response().Header().Set("ETag", `"`+tag+`"`)
	return c.JSON(http.StatusOK, chosen)
}
