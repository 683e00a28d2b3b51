package static_test

import (
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

var assetName = regexp.MustCompile(`[\w.-]+-[\w-]{8}\.(?:js|css|svg|woff2)`)

func TestConsolePage(t *testing.T) {
	for _, path := range []string{"/console", "/console/moderation"} {
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

// The console with all that it loads, also later and in any language, is at most
// 150 KB as it is sent, its fonts included.
func TestConsoleIsSmall(t *testing.T) {
	const most = 150_000
	page, err := fs.ReadFile(static.FS(), "console.html")
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int{}
	total := 0
	for pages := []string{string(page)}; len(pages) > 0; pages = pages[1:] {
		for _, name := range assetName.FindAllString(pages[0], -1) {
			content, err := fs.ReadFile(static.FS(), "assets/"+name)
			if _, known := sizes[name]; known || err != nil {
				continue // a name that only looks like one
			}
			response := get(t, http.MethodGet, "/assets/"+name, http.Header{"Accept-Encoding": {"gzip"}})
			sent, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			sizes[name] = len(sent)
			total += len(sent)
			pages = append(pages, string(content))
		}
	}
	if len(sizes) < 6 || total > most {
		t.Errorf("%d bytes in %d files, want at most %d: %v", total, len(sizes), most, sizes)
	}
	t.Logf("%d bytes in %d files", total, len(sizes))
}
