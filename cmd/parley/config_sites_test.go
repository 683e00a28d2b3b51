package main

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestTrustedProxies(t *testing.T) {
	cfg, err := LoadConfig(writeConfig(t, "trusted_proxies: [10.0.0.0/8, 192.0.2.7, '2001:db8::/32']\n"), environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	if err := cfg.Show(&shown); err != nil || len(cfg.TrustedProxies.prefixes) != 3 || !strings.Contains(shown.String(), "192.0.2.7/32") {
		t.Errorf("%v, %v\n%s", cfg.TrustedProxies, err, shown.String())
	}
	for _, wrong := range []string{"[proxy]", "[10.0.0.0/99]", "all"} {
		if _, err := LoadConfig(writeConfig(t, "trusted_proxies: "+wrong+"\n"), environment(nil)); !errors.Is(err, errConfig) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

// Behind a proxy those who fail to sign in hold up nobody but themselves.
func TestFailedSignInsBehindAProxy(t *testing.T) {
	try := func(s *server, from string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/v1/console/session", strings.NewReader(`{"token":"guess"}`))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "X-Parley-Console": "1", "X-Forwarded-For": from} {
			r.Header.Set(name, value)
		}
		response, err := s.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	exhaust := func(s *server, from string) {
		t.Helper()
		for range 20 {
			if try(s, from) == http.StatusTooManyRequests {
				return
			}
		}
		t.Errorf("%s may go on for ever", from)
	}
	cfg := testConfig(t, nil)
	if err := cfg.TrustedProxies.add("127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	behind := startServer(t, cfg)
	exhaust(behind, "198.51.100.1")
	if got := try(behind, "198.51.100.2"); got != http.StatusUnauthorized {
		t.Errorf("somebody else is answered %d", got)
	}
	if got := try(behind, "198.51.100.2, 198.51.100.1"); got != http.StatusTooManyRequests {
		t.Errorf("with an address made up before the own one: %d", got)
	}
	direct := startServer(t, testConfig(t, nil))
	exhaust(direct, "198.51.100.1")
	if got := try(direct, "198.51.100.2"); got != http.StatusTooManyRequests {
		t.Errorf("a made-up header helps: %d", got)
	}
}
