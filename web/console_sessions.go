package web

import (
	"encoding/base64"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
	"github.com/parleyhq/parley/web/operators"
)

// Inspection is what operators read conversations by. All fields are required.
type Inspection struct {
	Reader inspect.Reader
	Trail  inspect.Trail
	Feed   *inspect.Feed
	Calls  gateway.Ledger
}

// inspection lists the routes by which operators look at conversations.
func (s *Server) inspection() {
	e := s.echo
	look, manage := s.require(operators.Viewer), s.require(operators.Admin)
	e.GET("/v1/console/sessions", s.consoleSessions, look)
	e.GET("/v1/console/sessions/:id", s.consoleConversation, look)
	e.GET("/v1/console/turns/:id", s.consoleTurn, look)
	e.GET("/v1/console/live", s.live, look)
	e.GET("/v1/console/views", s.consoleViews, manage)
}

// consoleSessions lists a site's conversations, newest activity first.
func (s *Server) consoleSessions(c echo.Context) error {
	filter, err := sessionFilter(c)
	if err != nil {
		return err
	}
	list, next, err := s.Inspection.Reader.List(c.Request().Context(), staff(c).Site, filter)
	if err != nil {
		return inspectError(err)
	}
	body := struct {
		Sessions []inspect.Summary `json:"sessions"`
		Next     string            `json:"next,omitempty"` // to be given as after
	}{Sessions: make([]inspect.Summary, len(list))}
	for i, summary := range list {
		body.Sessions[i] = shown(staff(c), summary)
	}
	if next != nil {
		body.Next = base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(next.Updated.UnixMicro(), 10) + " " + next.ID))
	}
	return c.JSON(http.StatusOK, body)
}

var (
	statuses = []sessions.Status{"", sessions.StatusRunning, sessions.StatusCompleted, sessions.StatusIncomplete, sessions.StatusFailed, sessions.StatusCancelled, sessions.StatusReplaced, sessions.StatusHeld, sessions.StatusReleased}
	word     = regexp.MustCompile(`^[a-z_]{0,40}$`)
)

// sessionFilter reads the query of a list of conversations.
func sessionFilter(c echo.Context) (f inspect.Filter, err error) {
	f = inspect.Filter{
		Status: sessions.Status(c.QueryParam("status")), Workflow: c.QueryParam("workflow"), Role: sessions.Role(c.QueryParam("role")),
		Person: c.QueryParam("person"), Problem: c.QueryParam("problem"), Down: c.QueryParam("rating") == "down", Text: c.QueryParam("text"),
	}
	switch {
	case !slices.Contains(statuses, f.Status):
		return f, invalid("There is no status %.40q.", f.Status)
	case !word.MatchString(f.Workflow) || !word.MatchString(f.Problem):
		return f, invalid("workflow and problem are names in small letters.")
	case f.Role != "" && f.Role != sessions.RoleClient && f.Role != sessions.RoleFreelancer:
		return f, invalid("role is client or freelancer.")
	case len(f.Person) > maxSearched:
		return f, invalid("person is at most %d bytes.", maxSearched)
	}
	if f.From, err = instantParam(c, "from", time.Time{}); err != nil {
		return f, err
	}
	if f.To, err = instantParam(c, "to", time.Time{}); err != nil {
		return f, err
	}
	if after := c.QueryParam("after"); after != "" {
		if f.After, err = listCursor(after); err != nil {
			return f, err
		}
	}
	f.Limit, err = limitParam(c)
	return f, err
}

func listCursor(given string) (inspect.Cursor, error) {
	text, err := base64.RawURLEncoding.DecodeString(given)
	at, id, found := strings.Cut(string(text), " ")
	micros, bad := strconv.ParseInt(at, 10, 64)
	if err != nil || bad != nil || !found || id == "" {
		return inspect.Cursor{}, invalid("after is what the page before gave as next.")
	}
	return inspect.Cursor{Updated: time.UnixMicro(micros).UTC(), ID: id}, nil
}

func limitParam(c echo.Context) (int, error) {
	value := c.QueryParam("limit")
	if value == "" {
		return 0, nil
	}
	limit, err := strconv.Atoi(value)
	if err != nil || limit < 1 || limit > 200 {
		return 0, invalid("limit is a number from 1 to 200.")
	}
	return limit, nil
}

// answerBody is what a conversation's page shows of a response.
type answerBody struct {
	ID       string             `json:"response_id"`
	Status   sessions.Status    `json:"status"`
	Route    string             `json:"route,omitempty"`
	Model    string             `json:"model,omitempty"`
	Text     string             `json:"text"`
	Question string             `json:"question,omitempty"`
	Problem  *sessions.Problem  `json:"error,omitempty"`
	Evidence int                `json:"evidence"`
	Total    float64            `json:"total_ms"`
	Created  time.Time          `json:"created"`
	Ended    *time.Time         `json:"ended,omitempty"`
	Feedback *sessions.Feedback `json:"feedback,omitempty"`
}

type draftLine struct {
	ID      string `json:"draft_id"`
	Kind    string `json:"kind"`
	Version int    `json:"version"`
	Author  string `json:"author"`
}

type exchangeBody struct {
	Message   sessions.Message `json:"message"`
	Selected  bool             `json:"selected"` // on the branch that the person sees
	Responses []answerBody     `json:"responses"`
	Drafts    []draftLine      `json:"drafts"`
}

// consoleConversation gives a page of a conversation: the newest messages, or
// those before the place that the page after it named.
func (s *Server) consoleConversation(c echo.Context) error {
	var before int64
	if given := c.QueryParam("before"); given != "" {
		var err error
		if before, err = strconv.ParseInt(given, 10, 64); err != nil || before < 1 {
			return invalid("before is what the page after gave as before.")
		}
	}
	limit, err := limitParam(c)
	if err != nil {
		return err
	}
	ctx, access := c.Request().Context(), staff(c)
	key := sessions.Key{Tenant: access.Site, Session: c.Param("id")}
	page, err := s.Inspection.Reader.Page(ctx, key, before, limit)
	if err != nil {
		return inspectError(err)
	}
	// The summary is read the same way as in the list.
	list, err := s.Inspection.Reader.Store.List(ctx, key.Tenant, inspect.Filter{Among: []string{key.Session}, Limit: 1})
	if err != nil {
		return inspectError(err)
	}
	if len(list) == 0 {
		return errNotFound // deleted since
	}
	if err := s.noteView(c, key.Session); err != nil {
		return err
	}
	body := struct {
		Session   inspect.Summary `json:"session"`
		Exchanges []exchangeBody  `json:"exchanges"`
		Before    int64           `json:"before,omitempty"`
		Masked    bool            `json:"masked"` // contact data was taken out
	}{list[0], make([]exchangeBody, len(page.Exchanges)), page.Before, !seesContacts(access)}
	for i, x := range page.Exchanges {
		body.Exchanges[i] = exchangeOf(x)
	}
	return s.reveal(c, body)
}

func exchangeOf(x inspect.Exchange) exchangeBody {
	body := exchangeBody{Message: x.Message, Selected: x.Selected, Responses: make([]answerBody, len(x.Responses)), Drafts: make([]draftLine, len(x.Drafts))}
	for i, r := range x.Responses {
		a := answerBody{ID: r.ID, Status: r.Status, Route: r.Route, Model: r.Model, Text: r.Text, Problem: r.Problem, Evidence: len(r.Evidence), Total: r.Timings.Total, Created: r.Created, Ended: r.Ended}
		if r.Question != nil {
			a.Question = r.Question.Text
		}
		if at := slices.IndexFunc(x.Feedback, func(f sessions.Feedback) bool { return f.Response == r.ID }); at >= 0 {
			a.Feedback = &x.Feedback[at]
		}
		body.Responses[i] = a
	}
	for i, d := range x.Drafts {
		body.Drafts[i] = draftLine{d.ID, d.Kind, d.Version, d.Author}
	}
	return body
}

// noteView writes down that an operator looks at a conversation. Where that
// cannot be written, nothing is shown.
func (s *Server) noteView(c echo.Context, session string) error {
	access := staff(c)
	return inspectError(s.Inspection.Trail.Note(c.Request().Context(), access.Site, inspect.View{
		Session: session, Operator: access.Operator.ID, Name: access.Operator.Name, At: time.Now().UTC(),
	}))
}

// consoleViews tells admins who looked at which conversation.
func (s *Server) consoleViews(c echo.Context) error {
	var before int64
	if given := c.QueryParam("before"); given != "" {
		var err error
		if before, err = strconv.ParseInt(given, 10, 64); err != nil || before < 1 {
			return invalid("before is what the page before gave as next.")
		}
	}
	limit, err := limitParam(c)
	if err != nil {
		return err
	}
	if limit == 0 {
		limit = 50
	}
	views, err := s.Inspection.Trail.Views(c.Request().Context(), staff(c).Site, c.QueryParam("session"), before, limit)
	if err != nil {
		return inspectError(err)
	}
	body := struct {
		Views []inspect.View `json:"views"`
		Next  int64          `json:"next,omitempty"`
	}{Views: append([]inspect.View{}, views...)}
	if len(views) == limit {
		body.Next = views[limit-1].Number
	}
	return c.JSON(http.StatusOK, body)
}
