package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

// maxBody is the largest JSON body that is read, in bytes.
const maxBody = 64 << 10

// who returns the person whose token the request carries.
func (s *Server) who(c echo.Context) (sessions.Principal, error) {
	r := c.Request()
	token := auth.Bearer(r)
	if token == "" {
		return sessions.Principal{}, auth.ErrInvalid
	}
	who, _, err := s.Auth.Verify(r.Context(), auth.Tenant(r), token)
	return who, err
}

// asker is a person, or an operator with a site's API key.
type asker struct {
	tenant   string
	operator bool
}

func (s *Server) asker(c echo.Context) (asker, error) {
	if tenant, err := s.Auth.Operator(auth.Bearer(c.Request())); err == nil {
		return asker{tenant, true}, nil
	}
	who, err := s.who(c)
	return asker{tenant: who.Tenant}, err
}

// operator returns the site whose API key the request carries. A person's good
// token is told apart from one that is none.
func (s *Server) operator(c echo.Context) (tenant string, err error) {
	a, err := s.asker(c)
	if err == nil && !a.operator {
		err = errForbidden
	}
	return a.tenant, err
}

// readJSON decodes a request's body. The content type is asked for, because a
// page of another origin cannot send it without permission.
func readJSON(c echo.Context, into any) error {
	r := c.Request()
	media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || media != echo.MIMEApplicationJSON {
		return errMedia
	}
	decoder := json.NewDecoder(http.MaxBytesReader(c.Response().Writer, r.Body, maxBody))
	if err := decoder.Decode(into); err != nil {
		return bodyError(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return invalid("The body holds more than one JSON value.")
	}
	return nil
}

func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case errors.As(err, &wrongType):
		return invalid("The field %q has the wrong type.", wrongType.Field)
	case errors.Is(err, io.EOF):
		return invalid("The body is empty.")
	}
	return invalid("The body is not valid JSON.")
}

// limit reads the query parameter of that name.
func limit(c echo.Context, usual, most int) (int, error) {
	value := c.QueryParam("limit")
	if value == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > most {
		return 0, invalid("limit is a number from 1 to %d.", most)
	}
	return n, nil
}

// before reads the query parameter of that name: a time from a list's next field.
func before(c echo.Context) (time.Time, error) {
	value := c.QueryParam("before")
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return time.Time{}, invalid("before is a time such as 2026-01-31T12:00:00Z.")
	}
	return t, nil
}
