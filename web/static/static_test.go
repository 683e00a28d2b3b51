package static_test

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

// inputs is what the page is built from: the same list as in web/ui/vite.config.ts.
var inputs = []string{"src", "client", "console.html", "embed.html", "index.html", "search.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"}

func TestBuildIsNotStale(t *testing.T) {
	want := sourceHash(t, filepath.Join("..", "ui"))
	stamp, err := fs.ReadFile(static.FS(), "sources.sha256")
	if err != nil {
		t.Fatalf("the build carries no stamp: %v", err)
	}
	if got := strings.TrimSpace(string(stamp)); got != want {
		t.Errorf("web/static/dist was built from other sources (%s, now %s): run `npm ci && npm run build` in web/ui", got, want)
	}
}

func sourceHash(t *testing.T, root string) string {
	t.Helper()
	var paths []string
	for _, input := range inputs {
		if _, err := os.Stat(filepath.Join(root, input)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		err := filepath.WalkDir(filepath.Join(root, input), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			name, err := filepath.Rel(root, path)
			paths = append(paths, filepath.ToSlash(name))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	sort.Strings(paths)
	hash := sha256.New()
	for _, path := range paths {
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(hash, "%s\x00%d\x00%s", path, len(content), content)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func get(t *testing.T, method, target string, header http.Header) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, target, nil)
	for name, values := range header {
		request.Header[name] = values
	}
	recorder := httptest.NewRecorder()
	static.Handler().ServeHTTP(recorder, request)
	return recorder.Result()
}

func page(t *testing.T) string {
	t.Helper()
	body, err := fs.ReadFile(static.FS(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestPage(t *testing.T) {
	for _, path := range []string{"/", "/index.html"} {
		response := get(t, http.MethodGet, path, nil)
		body, _ := io.ReadAll(response.Body)
		if response.StatusCode != http.StatusOK || string(body) != page(t) {
			t.Errorf("GET %s: status %d, %d bytes", path, response.StatusCode, len(body))
		}
		for name, want := range map[string]string{
			"Content-Type":            "text/html; charset=utf-8",
			"Cache-Control":           "no-cache",
			"Content-Security-Policy": static.CSP,
			"X-Content-Type-Options":  "nosniff",
		} {
			if got := response.Header.Get(name); got != want {
				t.Errorf("GET %s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

// What the policy forbids, the page must not contain.
func TestPageKeepsItsPolicy(t *testing.T) {
	for _, forbidden := range []string{"unsafe-inline", "unsafe-eval", "*", "http:"} {
		if strings.Contains(static.CSP, forbidden) {
			t.Errorf("the policy allows %s", forbidden)
		}
	}
	inline := regexp.MustCompile(`(?i)<script(?:\s[^>]*)?>[^<]|<style|\son[a-z]+=|\sstyle=|https?://`)
	if found := inline.FindString(page(t)); found != "" {
		t.Errorf("the page contains %q", found)
	}
}

func TestAssets(t *testing.T) {
	references := regexp.MustCompile(`(?:src|href)="(/[^"]+)"`).FindAllStringSubmatch(page(t), -1)
	if len(references) < 3 {
		t.Fatalf("the page refers to %d files, want a script, a style sheet and an icon", len(references))
	}
	hashed := regexp.MustCompile(`-[\w-]{8}\.\w+$`)
	for _, reference := range references {
		response := get(t, http.MethodGet, reference[1], nil)
		if response.StatusCode != http.StatusOK {
			t.Errorf("GET %s: status %d", reference[1], response.StatusCode)
		}
		if got := response.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") || !hashed.MatchString(reference[1]) {
			t.Errorf("GET %s: Cache-Control %q; a hashed name may be kept for ever", reference[1], got)
		}
	}
}

func TestContentTypes(t *testing.T) {
	want := map[string]string{
		".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2",
		".json": "application/json",
	}
	err := fs.WalkDir(static.FS(), "assets", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		response := get(t, http.MethodHead, "/"+path, nil)
		if got := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || got == "" || got != want[filepath.Ext(path)] {
			t.Errorf("HEAD /%s: status %d, type %q", path, response.StatusCode, got)
		}
		if body, _ := io.ReadAll(response.Body); len(body) > 0 {
			t.Errorf("HEAD /%s has a body", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestGzip(t *testing.T) {
	for accept, zipped := range map[string]bool{
		"gzip, deflate, br": true, "*": true, "br;q=1, gzip;q=0.5": true, "gzip;q=0": false, "br": false, "": false,
	} {
		response := get(t, http.MethodGet, "/", http.Header{"Accept-Encoding": {accept}})
		if got := response.Header.Get("Content-Encoding") == "gzip"; got != zipped {
			t.Errorf("Accept-Encoding %q: gzip %v, want %v", accept, got, zipped)
			continue
		}
		var body io.Reader = response.Body
		if zipped {
			reader, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = reader
		}
		if text, err := io.ReadAll(body); err != nil || string(text) != page(t) {
			t.Errorf("Accept-Encoding %q: another page came back (%v)", accept, err)
		}
	}
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	first := get(t, http.MethodGet, "/", nil)
	again := get(t, http.MethodGet, "/", http.Header{"If-None-Match": {first.Header.Get("ETag")}})
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d, want 304", again.StatusCode)
	}
	other := get(t, http.MethodGet, "/", http.Header{"If-None-Match": {`"another"`}})
	if other.StatusCode != http.StatusOK {
		t.Errorf("status %d for another version, want 200", other.StatusCode)
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{http.MethodPost, "/", http.StatusMethodNotAllowed},
		{http.MethodGet, "/nothing", http.StatusNotFound},
		{http.MethodGet, "/assets/", http.StatusNotFound},
		{http.MethodGet, "/assets/../static.go", http.StatusNotFound},
		{http.MethodGet, "/sources.sha256", http.StatusNotFound},
	} {
		if got := get(t, test.method, test.path, nil).StatusCode; got != test.status {
			t.Errorf("%s %s: status %d, want %d", test.method, test.path, got, test.status)
		}
	}
}
