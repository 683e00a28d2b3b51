package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
)

// createFeedback stores what a person thinks of a response.
func (s *Server) createFeedback(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	var body struct {
		Session  string `json:"session"`
		Response string `json:"response_id"`
		Rating   string `json:"rating"`
		Reason   string `json:"reason"`
		Comment  string `json:"comment"`
	}
	if err := readJSON(c, &body); err != nil {
		return err
	}
	if body.Session == "" || body.Response == "" {
		return invalid("session and response_id are needed.")
	}
	err = s.Manager.Feedback(c.Request().Context(), who, body.Session, sessions.Feedback{
		Response: body.Response, Rating: body.Rating, Reason: body.Reason, Comment: body.Comment,
	})
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
