package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/upload"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/chat"
	"github.com/parleyhq/parley/web/figures"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// Problem is the body of every error: RFC 9457, with the fields of the
// Problem of docs/wire.md beside it.
type Problem struct {
	Type      string          `json:"type"` // about:blank: Code says more than a link would
	Title     string          `json:"title"`
	Status    int             `json:"status"`
	Detail    string          `json:"detail"`
	Code      string          `json:"code"`
	Message   string          `json:"message"` // Detail, under the name it has on the WebSocket
	Temporary bool            `json:"temporary"`
	Request   string          `json:"request_id,omitempty"`
	Current   *sessions.Draft `json:"current,omitempty"`  // of code stale_version
	Field     string          `json:"field,omitempty"`    // of a form, that is at fault
	Settings  *sites.Kept     `json:"settings,omitempty"` // those that count, of code stale_version
}

// Errors of this package's own.
var (
	errInvalid   = errors.New("web: invalid")
	errNotFound  = errors.New("web: not found")
	errForbidden = errors.New("web: forbidden")
	errOrigin    = errors.New("web: foreign origin")
	errTooLarge  = errors.New("web: too large")
	errMedia     = errors.New("web: wrong content type")
	errPanic     = errors.New("web: panic")

	errMediaLines = errors.New("web: neither a message nor lines of them")
	errLargeBatch = errors.New("web: too large a batch")
	errBusy       = errors.New("web: busy")
	errWatched    = errors.New("web: too many look on")
	errTooMany    = errors.New("web: too many")
	errOtherText  = errors.New("web: the id had another text")
	errNoTag      = errors.New("web: no tag of what is replaced")
	errOtherTag   = errors.New("web: what is replaced has another tag")
)

// invalid is an error whose text is meant for whoever sent the request.
func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errInvalid, fmt.Sprintf(format, args...))
}

// problems maps sentinels to what the outside is told; the first that fits
// counts. Where explained is set, the error's own words after the sentinel were
// written for the sender and take the place of the detail.
var problems = []struct {
	err       error
	status    int
	code      string
	temporary bool
	explained bool
	detail    string
}{
	{errInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{errNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{errForbidden, 403, "forbidden", false, false, "This is not allowed with this token."},
	{errOrigin, 403, "forbidden", false, false, "Pages of this origin may not use this site's Parley."},
	{errTooLarge, 413, "too_large", false, false, "The request is too large."},
	{upload.ErrTooLarge, 413, "too_large", false, false, "The file is too large: 5 MB at most."},
	{upload.ErrType, 415, "file_type", false, false, "Only PDF, DOCX and text files can be read. An older Word file can be saved as DOCX."},
	{upload.ErrEncrypted, 422, "file_encrypted", false, false, "The file is protected by a password."},
	{upload.ErrEmpty, 422, "file_empty", false, false, "There is no text in the file. A scan has to be turned into text first."},
	{upload.ErrBroken, 422, "file_broken", false, false, "The file cannot be read."},
	{errMedia, 415, "invalid", false, false, "Send the body as application/json."},
	{errMediaLines, 415, "invalid", false, false, "Send a message as application/json, or several as application/x-ndjson, one a line."},
	{errLargeBatch, 413, "too_large", false, false, "A batch has at most 10,000 messages and 16 MiB."},
	{errWatched, 429, "busy", true, false, "Too many operators look on at the moment. Please try again later."},
	{errBusy, 429, "busy", true, false, "Several batches are being judged already. Please try again in a moment."},
	{errTooMany, 429, "rate_limited", true, false, "Too many requests at once. Please try again in a minute."},
	{errOtherText, 409, "conflict", false, false, "A message with this id had another text before."},
	{errNoTag, 428, "invalid", false, false, "Send the ETag of the settings that are to be replaced as If-Match."},
	{errOtherTag, 412, "conflict", false, false, "The settings have changed in the meantime."},
	{figures.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{figures.ErrUnavailable, 503, "unavailable", true, false, "The database cannot be reached right now. Please try again in a moment."},
	{moderation.ErrNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{moderation.ErrConflict, 409, "conflict", false, false, "Somebody else has changed this in the meantime."},
	{moderation.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{moderation.ErrUnavailable, 503, "unavailable", true, false, "The database cannot be reached right now. Please try again in a moment."},
	{sites.ErrStale, 409, "stale_version", false, false, "The settings have changed in the meantime."},
	{sites.ErrNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{sites.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{hooks.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{operators.ErrLast, 409, "conflict", false, false, "Somebody has to stay an admin of all sites. Make somebody else one first."},
	{operators.ErrNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{operators.ErrConflict, 409, "conflict", false, false, "Somebody else has this address."},
	{operators.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{hooks.ErrNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{operators.ErrSignedOut, 401, "unauthorized", false, false, "Please sign in, or send an API key of the site."},
	{operators.ErrForbidden, 403, "forbidden", false, false, "This is not allowed with your role."},
	{operators.ErrForged, 403, "forbidden", false, false, "This can only be done from the console's own page."},
	{operators.ErrToken, 401, "unauthorized", false, false, "The token is not valid, or not any more. Each counts once, for 24 hours."},
	{operators.ErrStranger, 403, "stranger", false, false, "You have signed in, but nobody has made you an operator here."},
	{operators.ErrUntrusted, 403, "untrusted", false, false, "The sign-in could not be confirmed. Please begin again."},
	{operators.ErrTooOften, 429, "busy", true, false, "Too many attempts. Please wait a minute."},
	{operators.ErrProvider, 503, "unavailable", true, false, "The identity provider cannot be reached right now. Please try again in a moment."},
	{operators.ErrNoOIDC, 404, "not_found", false, false, "No identity provider is set up here."},
	{auth.ErrExpired, 401, "unauthorized", false, false, "The token has expired. Please sign in again."},
	{auth.ErrInvalid, 401, "unauthorized", false, false, "The token is not valid."},
	{sites.ErrUnknown, 404, "not_found", false, false, "This site is not served here."},
	{chat.ErrUnauthorized, 401, "unauthorized", false, false, "The token is not valid."},
	{chat.ErrForbidden, 403, "forbidden", false, false, "This is not allowed."},
	{sessions.ErrNotFound, 404, "not_found", false, false, "This does not exist, or not any more."},
	{sessions.ErrStale, 409, "stale_version", false, false, "The draft has changed in the meantime."},
	{sessions.ErrConflict, 409, "conflict", false, false, "This id is used for something else already."},
	{sessions.ErrTooLarge, 413, "too_large", false, false, "The text is too long."},
	{sessions.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{sessions.ErrBusy, 429, "busy", true, false, "Several messages are waiting already. Please wait for an answer."},
	{sessions.ErrLeased, 503, "busy", true, false, "Another server is working on this conversation. Please try again in a moment."},
	{sessions.ErrLeaseLost, 503, "busy", true, false, "Another server is working on this conversation. Please try again in a moment."},
	{sessions.ErrDraining, 503, "draining", true, false, "The server is restarting. Please try again in a moment."},
	{sessions.ErrUnavailable, 503, "unavailable", true, false, "The database cannot be reached right now. Please try again in a moment."},
	{retrieval.ErrNotFound, 404, "not_found", false, false, "This document does not exist."},
	{retrieval.ErrInvalid, 400, "invalid", false, true, "The request cannot be taken as it is."},
	{retrieval.ErrUnavailable, 503, "unavailable", true, false, "The documents cannot be searched right now. Please try again in a moment."},
	{context.DeadlineExceeded, 503, "unavailable", true, false, "This took too long. Please try again in a moment."},
	{errPanic, 500, "internal", true, false, "Something went wrong on our side. Please try again."},
}

// problemOf says what the outside is told of an error.
func problemOf(err error) Problem {
	for _, row := range problems {
		if !errors.Is(err, row.err) {
			continue
		}
		p := newProblem(row.status, row.code, row.detail, row.temporary)
		if row.explained {
			if _, own, found := strings.Cut(err.Error(), row.err.Error()+": "); found && own != "" {
				p.Detail, p.Message = own, own
			}
		}
		var stale *sessions.StaleError
		if errors.As(err, &stale) {
			p.Current = &stale.Current
		}
		var field *sites.FieldError
		if errors.As(err, &field) {
			p.Field = field.Field
		}
		var settings *staleSettings
		if errors.As(err, &settings) {
			p.Settings = &settings.current
		}
		return p
	}
	var framework *echo.HTTPError
	if errors.As(err, &framework) {
		return frameworkProblem(framework.Code)
	}
	return newProblem(http.StatusInternalServerError, "internal", "Something went wrong on our side. Please try again.", true)
}

// Refusal returns what the API says about a request that is not valid, and
// whether err is about that.
func Refusal(err error) (words string, refused bool) {
	p := problemOf(err)
	return p.Detail, p.Code == "invalid"
}

func newProblem(status int, code, detail string, temporary bool) Problem {
	return Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail, Message: detail, Temporary: temporary}
}

// frameworkProblem is for what the router and the WebSocket's handshake refuse.
func frameworkProblem(status int) Problem {
	switch {
	case status == http.StatusNotFound:
		return newProblem(status, "not_found", "There is nothing at this address.", false)
	case status == http.StatusMethodNotAllowed:
		return newProblem(status, "invalid", "This address does not take that method.", false)
	case status == http.StatusForbidden:
		return newProblem(status, "forbidden", "This is not allowed.", false)
	case status == http.StatusServiceUnavailable:
		return newProblem(status, "draining", "The server is restarting. Please try again in a moment.", true)
	case status >= 400 && status < 500:
		return newProblem(status, "invalid", "The request cannot be taken as it is.", false)
	}
	return newProblem(http.StatusInternalServerError, "internal", "Something went wrong on our side. Please try again.", true)
}

// handleError writes the problem of an error, unless a response has begun.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(c.Request().Context().Err(), context.Canceled) {
		return
	}
	p := problemOf(err)
	h := c.Response().Header()
	p.Request = h.Get(headerRequestID)
	if p.Temporary {
		h.Set("Retry-After", "2")
	}
	if p.Status == http.StatusUnauthorized {
		h.Set(echo.HeaderWWWAuthenticate, "Bearer")
	}
	body, err := json.Marshal(p)
	if err != nil { // only a draft's own JSON could be at fault
		s.Log.Error("encode problem", "error", err)
		body = []byte(`{}`)
	}
	h.Set(echo.HeaderContentType, "application/problem+json")
	c.Response().WriteHeader(p.Status)
	if c.Request().Method != http.MethodHead {
		_, _ = c.Response().Write(body) // whoever asked may be gone
	}
}
