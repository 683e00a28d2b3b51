package static_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

func TestConsolePage(t *testing.T) {
	for _, path := range []string{"/console", "/console/moderation", "/console/sessions/0a1b", "/console/settings"} {
		response := get(t, http.MethodGet, path, nil)
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(body), "/assets/console-") {
			t.Errorf("GET %s: %d, %v\n%s", path, response.StatusCode, err, body)
		}
		if got := response.Header.Get("Content-Security-Policy"); got != static.CSP {
			t.Errorf("GET %s: policy %q", path, got)
		}
	}
}
