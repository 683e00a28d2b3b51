package static_test

import (
	"cmp"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

var (
	assetName = regexp.MustCompile(`[\w.-]+-[\w-]{8}\.(?:json|js|css|svg|woff2)`)
	// The words of a language: a person loads those of one.
	language = regexp.MustCompile(`^[a-z]{2}(?:-[A-Z]{2})?-[\w-]{8}\.js(?:on)?$`)
)

// What a page needs before it can be used, and all that it may ever load, as it is
// sent: scripts, style sheets, and the words of one language, which are data
// beside them but for the console's English. Fonts come after the text, and
// count where they are part of what is limited.
func TestPagesAreSmall(t *testing.T) {
	for _, test := range []struct {
		page       string
		first, all int
		fontsToo   bool
	}{
		{page: "index.html", first: 60_000, all: 70_000}, // all: shortlists, invitations and proposals too
		{page: "embed.html", first: 64_500, all: 74_000},
		{page: "search.html", first: 40_000, all: 40_000},
		{page: "console.html", first: 60_000, all: 150_000, fontsToo: true},
	} {
		t.Run(test.page, func(t *testing.T) {
			sizes := loads(t, test.page)
			at := atOnce(t, test.page)
			first, all, fonts, words := 0, 0, 0, map[string]int{}
			for name, size := range sizes {
				switch {
				case strings.HasSuffix(name, ".woff2"):
					fonts += size
				case language.MatchString(name):
					words[name[:2]] += size
				default:
					all += size
					if at[name] {
						first += size
					}
				}
			}
			first, all = first+words["en"], all+words["en"]
			t.Logf("%s: %d bytes first, %d in all, of them words %v; fonts %d", test.page, first, all, words, fonts)
			if test.fontsToo {
				all += fonts
			}
			if len(sizes) < 3 || first > test.first || all > test.all {
				t.Errorf("%d bytes first and %d in all, want at most %d and %d: %v", first, all, test.first, test.all, largestFirst(sizes))
			}
		})
	}
}

// What other sites load is small, and loads nothing else by itself.
func TestLoaderIsSmall(t *testing.T) {
	const most = 4_096
	if size := len(sent(t, "/widget.js")); size == 0 || size > most {
		t.Errorf("the loader has %d bytes, want at most %d", size, most)
	} else {
		t.Logf("widget.js: %d bytes", size)
	}
}

// What is painted first waits for one style sheet and for no script.
func TestFirstPaintWaitsForOneFile(t *testing.T) {
	tag := regexp.MustCompile(`<(?:script|link)\b[^>]*>`)
	for _, name := range []string{"index.html", "embed.html", "search.html", "console.html"} {
		html := text(t, name)
		sheets := 0
		for _, found := range tag.FindAllString(html, -1) {
			switch {
			case strings.HasPrefix(found, "<script") && !strings.Contains(found, `type="module"`):
				t.Errorf("%s: %s blocks the parser", name, found)
			case strings.Contains(found, `rel="stylesheet"`):
				sheets++
			}
		}
		if sheets != 1 {
			t.Errorf("%s waits for %d style sheets, want one", name, sheets)
		}
	}
}

// Text is there before its letters have come, in a font of the system.
func TestFontsDoNotBlock(t *testing.T) {
	face := regexp.MustCompile(`@font-face\s*\{[^}]*\}`)
	seen := 0
	for name := range loads(t, "index.html") {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		for _, found := range face.FindAllString(text(t, "assets/"+name), -1) {
			seen++
			if !strings.Contains(found, "font-display:swap") && !strings.Contains(found, "font-display:optional") {
				t.Errorf("text waits for %s", found)
			}
		}
	}
	if seen == 0 {
		t.Error("no font found")
	}
}

// loads is every file that a page refers to, or that one of these does, with
// its size as it is sent.
func loads(t *testing.T, page string) map[string]int {
	t.Helper()
	sizes := map[string]int{}
	for left := []string{text(t, page)}; len(left) > 0; left = left[1:] {
		for _, name := range assetName.FindAllString(left[0], -1) {
			content, err := fs.ReadFile(static.FS(), "assets/"+name)
			if _, known := sizes[name]; known || err != nil {
				continue // a name that only looks like one
			}
			sizes[name] = len(sent(t, "/assets/"+name))
			left = append(left, string(content))
		}
	}
	return sizes
}

var imported = regexp.MustCompile(`(?:from|import)\s*"\./([\w.-]+\.js)"`)

// atOnce are the files that a page names and those that their scripts import
// before they run: what a call of import() fetches is not among them.
func atOnce(t *testing.T, page string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for left := assetName.FindAllString(text(t, page), -1); len(left) > 0; left = left[1:] {
		name := left[0]
		if found[name] {
			continue
		}
		found[name] = true
		if strings.HasSuffix(name, ".js") {
			for _, match := range imported.FindAllStringSubmatch(text(t, "assets/"+name), -1) {
				left = append(left, match[1])
			}
		}
	}
	return found
}

// sent is the body of a file as a browser receives it.
func sent(t *testing.T, path string) []byte {
	t.Helper()
	response := get(t, http.MethodGet, path, http.Header{"Accept-Encoding": {"gzip"}})
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: status %d, %v", path, response.StatusCode, err)
	}
	return body
}

func text(t *testing.T, name string) string {
	t.Helper()
	content, err := fs.ReadFile(static.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func largestFirst(sizes map[string]int) []string {
	names := make([]string, 0, len(sizes))
	for name := range sizes {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	return names
}
