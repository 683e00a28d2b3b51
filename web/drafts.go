package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/sessions"
)

// getDraft answers with a draft's current version: with all that belongs to it,
// or as a file, ".md" for people and ".json" for programs.
func (s *Server) getDraft(c echo.Context) error {
	id, format, _ := strings.Cut(c.Param("id"), ".")
	if tenant, held, err := s.keyHolder(c); err != nil {
		return err
	} else if held {
		return s.getHandover(c, tenant, id, format)
	}
	who, err := s.who(c)
	if err != nil {
		return err
	}
	draft, err := s.Manager.Draft(c.Request().Context(), who, id)
	if err != nil {
		return err
	}
	return sendDraft(c, draft, draft, format)
}

// getHandover is getDraft for the site itself, which sees what was published.
func (s *Server) getHandover(c echo.Context, tenant, id, format string) error {
	found, err := s.Manager.Handover(c.Request().Context(), tenant, id)
	if err != nil {
		return err
	}
	made, err := newHandover(found)
	if err != nil {
		return err
	}
	return sendDraft(c, found.Draft, made, format)
}

// sendDraft answers with a draft in a format; with whole when there is none.
func sendDraft(c echo.Context, draft sessions.Draft, whole any, format string) error {
	switch format {
	case "":
		return c.JSON(http.StatusOK, whole)
	case "json", "md":
		return sendFile(c, draft, format)
	}
	return errNotFound
}

func sendFile(c echo.Context, draft sessions.Draft, format string) error {
	if draft.Kind != jobpost.Kind {
		return sendLetter(c, draft, format)
	}
	var post jobpost.Document
	if err := json.Unmarshal(draft.Document, &post); err != nil {
		return fmt.Errorf("web: read draft: %w", err)
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s.%s"`, fileName(post.Title), format))
	if format == "json" {
		return c.JSONPretty(http.StatusOK, publishedPost(post), "  ")
	}
	return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(postMarkdown(post)))
}

// fileName is a title as the name of a file: ASCII, since headers take nothing else.
func fileName(title string) string {
	var name strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			name.WriteRune(r)
		case name.Len() > 0 && !strings.HasSuffix(name.String(), "-"):
			name.WriteByte('-')
		}
		if name.Len() >= 60 {
			break
		}
	}
	if trimmed := strings.Trim(name.String(), "-"); trimmed != "" {
		return trimmed
	}
	return "job-post"
}

// post is what of a job post's document is published: docs/wire.md, without
// what helps to write it.
type post struct {
	Title        string         `json:"title"`
	Category     string         `json:"category"`
	Description  string         `json:"description"`
	Deliverables []string       `json:"deliverables"`
	Skills       jobpost.Skills `json:"skills"`
	Level        string         `json:"level"`
	Pay          any            `json:"pay"`
	Duration     any            `json:"duration"`
	Hours        any            `json:"hours_per_week"`
	Start        any            `json:"start"`
	Deadline     any            `json:"deadline"`
	Location     any            `json:"location"`
	TimeZone     string         `json:"time_zone"`
	Conditions   []string       `json:"conditions"`
	Questions    []string       `json:"questions"`
}

func publishedPost(d jobpost.Document) post {
	return post{
		Title: d.Title, Category: d.Category, Description: d.Description, Deliverables: d.Deliverables, Skills: d.Skills,
		Level: d.Level, Pay: d.Pay, Duration: d.Duration, Hours: d.Hours, Start: d.Start, Deadline: d.Deadline,
		Location: d.Location, TimeZone: d.TimeZone, Conditions: d.Conditions, Questions: d.Questions,
	}
}
