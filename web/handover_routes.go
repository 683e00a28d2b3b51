package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
)

// handover adds the routes by which a site takes over what was published.
func (s *Server) handover() {
	s.echo.GET("/v1/drafts", s.listHandovers)
	s.echo.PUT("/v1/drafts/:id/published", s.answerHandover)
}

// listHandovers lists what was published on a site, oldest first, for whoever
// wants to be sure that nothing was missed.
func (s *Server) listHandovers(c echo.Context) error {
	tenant, err := s.operator(c)
	if err != nil {
		return err
	}
	query, err := handoverQuery(c)
	if err != nil {
		return err
	}
	n, err := limit(c, 50, 200)
	if err != nil {
		return err
	}
	list, err := s.Manager.Handovers(c.Request().Context(), tenant, query, n)
	if err != nil {
		return err
	}
	answer := struct {
		Drafts []handover `json:"drafts"`
		Next   string     `json:"next"` // for what comes after these, now or later
	}{[]handover{}, strconv.FormatInt(query.After, 10)}
	for _, h := range list {
		made, err := newHandover(h)
		if err != nil {
			return err
		}
		answer.Drafts = append(answer.Drafts, made)
		answer.Next = strconv.FormatInt(h.Number, 10)
	}
	return c.JSON(http.StatusOK, answer)
}

func handoverQuery(c echo.Context) (q sessions.HandoverQuery, err error) {
	if after := c.QueryParam("published_after"); after != "" {
		if q.Since, err = time.Parse(time.RFC3339Nano, after); err != nil {
			return q, invalid("published_after is a time such as 2026-01-31T12:00:00Z.")
		}
	}
	if cursor := c.QueryParam("cursor"); cursor != "" {
		if q.After, err = strconv.ParseInt(cursor, 10, 64); err != nil || q.After < 0 {
			return q, invalid("cursor is what the last answer gave as next.")
		}
	}
	return q, nil
}

// answerHandover keeps where the site shows what it made of a published draft.
func (s *Server) answerHandover(c echo.Context) error {
	tenant, err := s.operator(c)
	if err != nil {
		return err
	}
	var body struct {
		URL     string `json:"url"`
		Version int    `json:"version"` // 0 for the newest published one
	}
	if err := readStrict(c, &body); err != nil {
		return err
	}
	ctx := c.Request().Context()
	made, err := s.Manager.Handover(ctx, tenant, c.Param("id"))
	if err != nil {
		return err
	}
	if body.Version == 0 {
		body.Version = made.Draft.Version
	}
	address := sessions.Address{Draft: made.Draft.ID, Version: body.Version, URL: body.URL}
	if err := s.Answer(ctx, tenant, address); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, address)
}

// Answer checks an address that a site gave for a published version, and keeps
// it: see [sessions.Manager.Answered]. What the API refuses, [Refusal] tells.
func (s *Server) Answer(ctx context.Context, tenant string, a sessions.Address) error {
	site, err := s.Sites.Get(tenant)
	if err != nil {
		return err
	}
	if err := checkAddress(site, a.URL); err != nil {
		return err
	}
	return s.Manager.Answered(ctx, tenant, a)
}
