package main

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/web/chat"
)

// Scripts that other sites load may be read by them, and are asked for again soon.
func TestScriptsForOtherSites(t *testing.T) {
	s := startServer(t, testConfig(t, map[string]string{"PARLEY_DEMO_LISTEN": "off"}))
	for path, media := range map[string]string{"/widget.js": "text/javascript", "/client/parley-client.js": "text/javascript", "/client/parley-client.d.ts": "text/plain"} {
		r, err := http.NewRequest("GET", s.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", "https://anybody.example")
		response, _ := s.send(t, r, http.StatusOK, nil)
		for name, want := range map[string]string{
			"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=300", "Content-Type": media,
			"X-Content-Type-Options": "nosniff",
		} {
			if got := response.Header.Get(name); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		r.Header.Set("If-None-Match", response.Header.Get("ETag"))
		if again, err := s.http.Do(r); err != nil || again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %v, %v", path, again.StatusCode, err)
		}
	}
}

// TestFrameBehindAProxy has the frame's page talk to Parley through a proxy that
// sends requests on under another host: its origin is that of public_url.
func TestFrameBehindAProxy(t *testing.T) {
	const public = "https://parley.example"
	cfg := twoSitesConfig(t, map[string]string{"PARLEY_PUBLIC_URL": public})
	s := startServer(t, cfg)
	target, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	for origin, want := range map[string]int{public: 200, "https://shop.example": 200, "https://evil.test": 403, "http://parley.example": 403} {
		r, err := http.NewRequest("GET", s.base+"/v1/market?site=shop", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", origin)
		r.Host = "parley.internal"
		response, err := s.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if (response.StatusCode == http.StatusForbidden) != (want == http.StatusForbidden) {
			t.Errorf("REST from %s: %d", origin, response.StatusCode)
		}
		ws, answer, err := websocket.DefaultDialer.Dial(strings.Replace(s.base, "http", "ws", 1)+"/v1/chat?site=shop",
			http.Header{"Origin": {origin}, "Host": {"parley.internal"}, "Sec-WebSocket-Protocol": {chat.Subprotocol}})
		if (err == nil) != (want == 200) {
			t.Errorf("WebSocket from %s: %v", origin, err)
		}
		if err == nil {
			ws.Close()
		} else if answer != nil {
			answer.Body.Close()
		}
	}
	// The page itself comes through too, with the policy as it was.
	r, err := http.NewRequest("GET", "/embed?site=shop&origin=https://shop.example", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	proxy.ServeHTTP(answer, r)
	if policy := answer.Header().Get("Content-Security-Policy"); answer.Code != http.StatusOK || !strings.Contains(policy, "frame-ancestors https://shop.example "+public+";") {
		t.Errorf("%d: %s", answer.Code, policy)
	}
}
