package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/static"
)

// frame asks for the widget's page as a browser would.
func frame(t *testing.T, s *Server, query string, header http.Header) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://parley.example/embed?"+query, nil)
	r.Header = header
	w := httptest.NewRecorder()
	if err := s.embed(echo.New().NewContext(r, w)); err != nil {
		t.Fatal(err)
	}
	return w.Result()
}

// ancestors is the directive of a policy that says who may frame a page.
func ancestors(t *testing.T, response *http.Response) string {
	t.Helper()
	for directive := range strings.SplitSeq(response.Header.Get("Content-Security-Policy"), ";") {
		if list, found := strings.CutPrefix(strings.TrimSpace(directive), "frame-ancestors "); found {
			return list
		}
	}
	t.Errorf("anybody may frame the page: %v", response.Header)
	return ""
}

func TestWhoMayShowTheFrame(t *testing.T) {
	directory, err := sites.NewDirectory(
		sites.Site{ID: "shop", AllowedOrigins: []string{"https://shop.example", "http://localhost:3000"}},
		sites.Site{ID: "bare"},
	)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Config: Config{Sites: directory}}
	const all = "https://shop.example http://localhost:3000"
	for query, want := range map[string]struct {
		status    int
		ancestors string
	}{
		"site=shop&origin=https://shop.example":                {200, all},
		"site=shop&origin=http://localhost:3000":               {200, all},
		"site=shop&origin=https://SHOP.example":                {200, all},
		"site=shop&origin=https://parley.example":              {200, "'self'"},
		"site=shop&origin=https://shop.example:8443":           {403, "'none'"},
		"site=shop&origin=http://shop.example":                 {403, "'none'"},
		"site=shop&origin=https://shop.example.evil.test":      {403, "'none'"},
		"site=shop&origin=https://shop.example/":               {403, "'none'"},
		"site=shop&origin=null":                                {403, "'none'"},
		"site=shop&origin=ftp://parley.example":                {403, "'none'"},
		"site=shop&origin=https://x;script-src%20*":            {403, "'none'"},
		"site=shop&origin=":                                    {403, "'none'"},
		"site=shop":                                            {403, "'none'"},
		"site=bare&origin=https://shop.example":                {403, "'none'"},
		"origin=https://shop.example":                          {403, "'none'"},
		"site=none&origin=https://shop.example":                {404, "'none'"},
		"site=%3Cscript%3E&origin=https://shop.example":        {404, "'none'"},
		"site=shop&origin=https://shop.example&origin=https:x": {200, all},
	} {
		response := frame(t, s, query, nil)
		if got := ancestors(t, response); response.StatusCode != want.status || got != want.ancestors {
			t.Errorf("%s: %d for %s, want %d for %s", query, response.StatusCode, got, want.status, want.ancestors)
		}
		if h := response.Header; h.Get("X-Frame-Options") != "" || !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", query, h)
		}
		if strings.Contains(response.Header.Get("Content-Security-Policy"), "script-src *") {
			t.Errorf("%s: the query is part of the policy", query)
		}
	}
}

// The page may be kept by a browser, and is sent anew when the site's list has changed.
func TestFrameFollowsTheListOfOrigins(t *testing.T) {
	of := func(origins ...string) *Server {
		directory, err := sites.NewDirectory(sites.Site{ID: "shop", AllowedOrigins: origins})
		if err != nil {
			t.Fatal(err)
		}
		return &Server{Config: Config{Sites: directory}}
	}
	const query = "site=shop&origin=https://shop.example"
	before := of("https://shop.example")
	first := frame(t, before, query, nil)
	if cache := first.Header.Get("Cache-Control"); cache != "no-cache" || first.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || first.Header.Get("Cross-Origin-Embedder-Policy") != "require-corp" {
		t.Errorf("headers: %v", first.Header)
	}
	kept := http.Header{"If-None-Match": {first.Header.Get("ETag")}}
	if again := frame(t, before, query, kept); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same again: %d", again.StatusCode)
	}
	if again := frame(t, of("https://shop.example", "https://www.shop.example"), query, kept); again.StatusCode != http.StatusOK || !strings.Contains(ancestors(t, again), "www") {
		t.Errorf("after the list has changed: %d", again.StatusCode)
	}
}

func TestPolicyTakesNoOddSource(t *testing.T) {
	for _, odd := range []string{"https://x;sandbox", "https://x *", "https://x,https://y", "", "https://x\nfoo"} {
		if policy := static.FrameCSP(odd); policy != static.CSP {
			t.Errorf("%q: %s", odd, policy)
		}
	}
}
