package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
)

// readyTimeout is how long a store may take to answer before it counts as gone.
const readyTimeout = 3 * time.Second

// healthy tells that the process lives, and nothing of what it depends on.
func healthy(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

// ready tells whether the process should be sent requests.
func (s *Server) ready(c echo.Context) error {
	if s.Manager.Draining() {
		return sessions.ErrDraining
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTimeout)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		s.Log.Warn("not ready", "error", err)
		return sessions.ErrUnavailable
	}
	return c.JSON(http.StatusOK, map[string]string{"status": "ready"})
}
