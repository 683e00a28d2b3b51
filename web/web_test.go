package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
)

var discard = slog.New(slog.DiscardHandler)

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		err       error
		status    int
		code      string
		temporary bool
	}{
		{sessions.ErrNotFound, 404, "not_found", false},
		{fmt.Errorf("pgstore: begin: %w: %w", sessions.ErrUnavailable, errors.New("dial tcp 10.0.0.7: refused")), 503, "unavailable", true},
		{&sessions.StaleError{Current: sessions.Draft{ID: "d", Version: 7}}, 409, "stale_version", false},
		{sessions.ErrDraining, 503, "draining", true},
		{sessions.ErrBusy, 429, "busy", true},
		{fmt.Errorf("auth: verify: %w", auth.ErrExpired), 401, "unauthorized", false},
		{retrieval.ErrUnavailable, 503, "unavailable", true},
		{invalid("limit is a number."), 400, "invalid", false},
		{echo.ErrNotFound, 404, "not_found", false},
		{echo.ErrMethodNotAllowed, 405, "invalid", false},
		{echo.NewHTTPError(503, "x"), 503, "draining", true},
		{echo.NewHTTPError(500, "secret detail"), 500, "internal", true},
		{context.DeadlineExceeded, 503, "unavailable", true},
		{errors.New("pq: relation \"secret\" does not exist"), 500, "internal", true},
	} {
		p := problemOf(c.err)
		if p.Status != c.status || p.Code != c.code || p.Temporary != c.temporary {
			t.Errorf("%v: %+v", c.err, p)
		}
		if p.Title == "" || p.Detail == "" || p.Detail != p.Message {
			t.Errorf("%v: incomplete: %+v", c.err, p)
		}
		for _, leak := range []string{"10.0.0.7", "secret", "pgstore", "web:"} {
			if strings.Contains(p.Detail, leak) {
				t.Errorf("%v: the detail holds %q: %s", c.err, leak, p.Detail)
			}
		}
	}
	if p := problemOf(&sessions.StaleError{Current: sessions.Draft{Version: 7}}); p.Current == nil || p.Current.Version != 7 {
		t.Error("a stale version comes without the current one")
	}
	if p := problemOf(invalid("limit is a number.")); p.Detail != "limit is a number." {
		t.Errorf("detail %q", p.Detail)
	}
}

// TestPanics checks that a handler's panic is answered, and that the one with
// which a handler ends its connection is not.
func TestPanics(t *testing.T) {
	s := &Server{Config: Config{Metrics: NewMetrics(), Log: discard}}
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.Use(s.observe, s.recover)
	e.GET("/panic", func(echo.Context) error { panic("a secret") })
	e.GET("/abort", func(echo.Context) error { panic(http.ErrAbortHandler) })
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest("GET", "/panic", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"internal"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the connection would not be ended")
		}
	}()
	e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/abort", nil))
}

func TestRequestIDs(t *testing.T) {
	for given, kept := range map[string]bool{
		"abc-123_X": true, "": false, strings.Repeat("x", 65): false, "a b": false, "a\nb": false, `"}`: false,
	} {
		id := requestID(given)
		if (id == given) != kept || id == "" {
			t.Errorf("%q became %q", given, id)
		}
	}
}

func TestOnlyThisMachineIsLocal(t *testing.T) {
	for _, c := range []struct {
		address, header string
		want            bool
	}{
		{"127.0.0.1:5", "", true},
		{"[::1]:5", "", true},
		{"192.168.1.4:5", "", false},
		{"127.0.0.1:5", "203.0.113.9", false},
		{"", "", false},
	} {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = c.address
		if c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		if got := local(r); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestBodies(t *testing.T) {
	for name, c := range map[string]struct {
		media, body string
		want        error
	}{
		"good":        {"application/json; charset=utf-8", `{"title":"x","unknown":1}`, nil},
		"empty":       {"application/json", "", errInvalid},
		"broken":      {"application/json", `{"title":`, errInvalid},
		"two values":  {"application/json", `{}{}`, errInvalid},
		"wrong type":  {"application/json", `{"title":1}`, errInvalid},
		"large":       {"application/json", `{"title":"` + strings.Repeat("x", maxBody) + `"}`, errTooLarge},
		"form":        {"application/x-www-form-urlencoded", "title=x", errMedia},
		"plain":       {"text/plain", `{"title":"x"}`, errMedia},
		"none":        {"", `{"title":"x"}`, errMedia},
		"null is one": {"application/json", "null", nil},
	} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.media)
		var into struct {
			Title string `json:"title"`
		}
		if err := readJSON(echo.New().NewContext(r, httptest.NewRecorder()), &into); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for title, want := range map[string]string{
		"Online shop for a pet store":    "online-shop-for-a-pet-store",
		"Ein Büro – für 3 Leute!":        "ein-b-ro-f-r-3-leute",
		"متجر":                           "job-post",
		`"; rm -rf "/`:                   "rm-rf",
		"":                               "job-post",
		strings.Repeat("long title ", 9): "long-title-long-title-long-title-long-title-long-title-long",
	} {
		if got := fileName(title); got != want {
			t.Errorf("fileName(%q) = %q, want %q", title, got, want)
		}
	}
}

func TestAPostAsMarkdown(t *testing.T) {
	post := jobpost.Document{
		Title: "A *very* small job", Category: "web", Level: "expert",
		Description:  "First line.\n# not a heading\n- not a list\n\nSecond <b>paragraph</b> [link](x).",
		Deliverables: []string{"One thing", "Another\nthing"},
		Skills:       jobpost.Skills{Must: []string{"C++", "Go"}},
		Pay:          &jobpost.Pay{Type: "fixed", Min: 300000, Max: 450000, Currency: "USD"},
		Duration:     &brief.Period{MinDays: 28, MaxDays: 42, Text: "4 to 6 weeks"},
		Questions:    []string{"How many have you built?"},
	}
	text := postMarkdown(post)
	for _, want := range []string{
		"# A \\*very\\* small job\n", "- **Budget:** $3,000–4,500", "- **Experience:** Expert", "\\# not a heading", "\\- not a list",
		"Second \\<b\\>paragraph\\</b\\> \\[link\\](x).", "## Deliverables\n\n- One thing\n- Another thing\n", "- **Must have:** C++, Go", "## Questions for applicants",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing:\n%s", want, text)
		}
	}
	if empty := postMarkdown(jobpost.Document{}); empty != "# Untitled job post\n" {
		t.Errorf("an empty post: %q", empty)
	}
}

func TestAnUploadThatBreaksOff(t *testing.T) {
	sum, err := ingest.Run(t.Context(), ingest.Options{
		Tenant: "acme", Kind: retrieval.KindJobPost, Files: []string{"-"}, Lines: true, Loader: &retrieval.Retriever{},
		Stdin: iotest.ErrReader(io.ErrUnexpectedEOF),
	})
	if err := loadError(err, sum); !errors.Is(err, errInvalid) {
		t.Errorf("%v", err)
	}
}
