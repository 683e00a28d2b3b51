package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/retrieval/ingest/contacts"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
	"github.com/parleyhq/parley/web/operators"
)

// inspectError is an error of reading conversations: what it has no sentinel
// for is of the database, and passes.
func inspectError(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, inspect.ErrInvalid) {
		return invalid("The search is too long.")
	}
	for _, known := range []error{sessions.ErrNotFound, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", sessions.ErrUnavailable, err)
}

// seesContacts tells whether an operator reads e-mail addresses, phone numbers
// and the like in what people wrote. Viewers do not.
func seesContacts(a operators.Access) bool { return a.Operator.Role.Covers(operators.Reviewer) }

// shown is a summary as an operator may see it.
func shown(a operators.Access, s inspect.Summary) inspect.Summary {
	if seesContacts(a) {
		return s
	}
	s.Title, _ = contacts.Mask(s.Title)
	s.First, _ = contacts.Mask(s.First)
	if s.Excerpt != nil {
		e := *s.Excerpt
		var found int
		if e.Text, found = contacts.Mask(e.Text); found > 0 {
			e.Marks = []inspect.Span{} // they stood in another text
		}
		s.Excerpt = &e
	}
	return s
}

// reveal answers with what an operator may see of a body.
func (s *Server) reveal(c echo.Context, body any) error {
	if seesContacts(staff(c)) {
		return c.JSON(http.StatusOK, body)
	}
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, masked("", tree))
}

// masked takes contact data out of all texts of a JSON value but its ids.
func masked(name string, value any) any {
	switch v := value.(type) {
	case string:
		if named(name) {
			return v
		}
		text, _ := contacts.Mask(v)
		return text
	case []any:
		for i, item := range v {
			v[i] = masked(name, item)
		}
	case map[string]any:
		for field, item := range v {
			v[field] = masked(field, item)
		}
	}
	return value
}

// named tells the names of fields that hold ids, hashes, times and words of the program.
func named(name string) bool {
	switch name {
	case "id", "session", "person", "hash", "previous", "created", "updated", "ended", "began", "status", "route", "model", "kind", "path", "decision_id", "replay", "leaf", "order", "case":
		return true
	}
	return strings.HasSuffix(name, "_id") || strings.HasSuffix(name, "_version") || strings.HasSuffix(name, "_hash")
}
