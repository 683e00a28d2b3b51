package web

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

const (
	usualSessions = 50
	mostSessions  = 200
)

type sessionBody struct {
	Session sessions.Session `json:"session"`
	Token   string           `json:"token,omitempty"` // of a visitor who had none
}

// createSession makes an empty session. Whoever has no token becomes a visitor
// and is given one, as on the WebSocket.
func (s *Server) createSession(c echo.Context) error {
	var body struct {
		Locale   string `json:"locale"`
		TimeZone string `json:"time_zone"`
	}
	if err := readJSON(c, &body); err != nil {
		return err
	}
	r := c.Request()
	var created sessionBody
	var who sessions.Principal
	var err error
	if auth.Bearer(r) == "" {
		created.Token, who, err = s.Auth.Visitor(r.Context(), auth.Tenant(r))
	} else {
		who, err = s.who(c)
	}
	if err != nil {
		return err
	}
	if created.Session, err = s.Manager.Create(r.Context(), who, body.Locale, body.TimeZone); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, "/v1/sessions/"+created.Session.ID)
	return c.JSON(http.StatusCreated, created)
}

type sessionList struct {
	Sessions []sessions.Session `json:"sessions"`
	Next     *time.Time         `json:"next,omitempty"` // before, for the following page
}

func (s *Server) listSessions(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	n, err := limit(c, usualSessions, mostSessions)
	if err != nil {
		return err
	}
	until, err := before(c)
	if err != nil {
		return err
	}
	found, err := s.Manager.Sessions(c.Request().Context(), who, until, n)
	if err != nil {
		return err
	}
	list := sessionList{Sessions: append([]sessions.Session{}, found...)}
	if len(found) == n {
		list.Next = &found[n-1].Updated
	}
	return c.JSON(http.StatusOK, list)
}

func (s *Server) getSession(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	found, err := s.Manager.Session(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, sessionBody{Session: found})
}

func (s *Server) renameSession(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	var body struct {
		Title string `json:"title"`
	}
	if err := readJSON(c, &body); err != nil {
		return err
	}
	renamed, err := s.Manager.Rename(c.Request().Context(), who, c.Param("id"), body.Title)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, sessionBody{Session: renamed})
}

func (s *Server) deleteSession(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	ctx, id := c.Request().Context(), c.Param("id")
	if _, err := s.Manager.Session(ctx, who, id); err != nil { // nobody else's is forgotten
		return err
	}
	// Before and after: a publication may be on its way to the outbox, and a
	// deletion that fails is asked for again.
	for _, step := range []func() error{
		func() error { return s.forgetPublished(ctx, who.Tenant, id) },
		func() error { return s.Manager.Delete(ctx, who, id) },
		func() error { return s.forgetPublished(ctx, who.Tenant, id) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return c.NoContent(http.StatusNoContent)
}

// forgetPublished drops what webhooks still hold of a session's drafts.
func (s *Server) forgetPublished(ctx context.Context, tenant, session string) error {
	return s.Webhooks.Forget(ctx, tenant, draftKey(session+"-"))
}

// getMessages answers with the snapshot that the WebSocket gives.
func (s *Server) getMessages(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	_, snapshot, err := s.Manager.Snapshot(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, snapshot)
}

// export is everything that is kept of a session, every version of its drafts included.
type export struct {
	Session   sessions.Session    `json:"session"`
	Messages  []sessions.Message  `json:"messages"`
	Responses []sessions.Response `json:"responses"`
	Drafts    []sessions.Draft    `json:"drafts"`
	Feedback  []sessions.Feedback `json:"feedback"`
	Files     []sessions.File     `json:"files"` // their text
}

func (s *Server) exportSession(c echo.Context) error {
	who, err := s.who(c)
	if err != nil {
		return err
	}
	state, err := s.Manager.State(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	files, err := s.Manager.Files(c.Request().Context(), who, c.Param("id"))
	if err != nil {
		return err
	}
	format := c.QueryParam("format")
	if format == "md" {
		return sendConversation(c, state)
	}
	if format != "" && format != "json" {
		return invalid("format is json or md.")
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="conversation.json"`)
	return c.JSONPretty(http.StatusOK, export{
		Session:   state.Session,
		Messages:  append([]sessions.Message{}, state.Messages...),
		Responses: append([]sessions.Response{}, state.Responses...),
		Drafts:    append([]sessions.Draft{}, state.Drafts...),
		Feedback:  append([]sessions.Feedback{}, state.Feedback...),
		Files:     append([]sessions.File{}, files...),
	}, "  ")
}
