package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
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
	if tenant, held, err := s.keyHolder(c); held {
		return asker{tenant, true}, err
	}
	who, err := s.who(c)
	return asker{tenant: who.Tenant}, err
}

// keyHolder tells whether the request carries a site's API key, and whose. The key
// names its site by itself; another one that the request names is a mistake.
func (s *Server) keyHolder(c echo.Context) (tenant string, held bool, err error) {
	r := c.Request()
	tenant, err = s.Auth.Operator(auth.Bearer(r))
	if err != nil {
		return "", false, nil
	}
	if named := r.URL.Query().Get("site"); named != "" && named != tenant {
		return tenant, true, errForbidden
	}
	return tenant, true, nil
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
	body, err := jsonBody(c)
	if err != nil {
		return err
	}
	return decode(json.NewDecoder(body), into)
}

// readStrict is readJSON for bodies in which an unknown field is a mistake: a
// condition with a slip in its name would be left out silently.
func readStrict(c echo.Context, into any) error {
	body, err := jsonBody(c)
	if err != nil {
		return err
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return bodyError(err)
	}
	if err := decode(json.NewDecoder(bytes.NewReader(content)), into); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil { // all else would have failed before
		return invalid("The body has an %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// jsonBody is a request's body, if it says that it is JSON.
func jsonBody(c echo.Context) (io.Reader, error) {
	r := c.Request()
	media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || media != echo.MIMEApplicationJSON {
		return nil, errMedia
	}
	return http.MaxBytesReader(c.Response().Writer, r.Body, maxBody), nil
}

func decode(decoder *json.Decoder, into any) error {
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

// reader is whoever reads what a marketplace shows to all: an operator, a
// person, or a visitor who has no token yet.
func (s *Server) reader(c echo.Context) (asker, error) {
	if auth.Bearer(c.Request()) != "" {
		return s.asker(c)
	}
	site, err := s.Sites.Get(auth.Tenant(c.Request()))
	return asker{tenant: site.ID}, err
}
