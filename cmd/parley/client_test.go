package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

// clientFiles are what the server gives to those who install the client.
var clientFiles = []string{"parley-client.js", "parley-client.d.ts"}

// TestClient runs the scenarios of web/ui/e2e/client-scenarios.mjs in Node: the
// client as the server serves it, against the real program.
func TestClient(t *testing.T) {
	needNode(t)
	url := serveShop(t, newSlowEcho(t))
	module := filepath.Join(installClient(t, url), "node_modules", "parley-client", "parley-client.js")
	out, err := runNode(t, []string{"--test", "e2e/client-scenarios.mjs"},
		"PARLEY_URL="+url, "PARLEY_CLIENT="+module, "PARLEY_SITE=shop", "PARLEY_SITE_SECRET="+shopSecret, "PARLEY_SITE_KEY="+shopKey)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(out, "# fail 0") && !strings.Contains(out, "ℹ fail 0") {
		t.Errorf("no scenario ran:\n%s", out)
	}
}

// TestClientOnAnotherSite runs web/ui/e2e/client-browser.mjs: the client on a
// page of another origin, in Chromium. See needBrowser.
func TestClientOnAnotherSite(t *testing.T) {
	needBrowser(t)
	_, port, err := net.SplitHostPort(freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	host := "http://localhost:" + port
	config := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(config, fmt.Appendf(nil, "tenants: [{id: shop, allowed_origins: [%q]}]\n", host), 0o600); err != nil {
		t.Fatal(err)
	}
	url := command(t, map[string]string{"PARLEY_CONFIG": config, "PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir()}, "serve").serving(t)
	out, err := runNode(t, []string{"--test", "e2e/client-browser.mjs"}, "PARLEY_URL="+url, "PARLEY_HOST="+host)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// The client with all that it can do is at most 10 KB as it is sent.
func TestClientIsSmall(t *testing.T) {
	const most = 10_240
	request := httptest.NewRequest(http.MethodGet, "/client/parley-client.js", nil)
	request.Header.Set("Accept-Encoding", "gzip")
	recorder := httptest.NewRecorder()
	static.Handler().ServeHTTP(recorder, request)
	size := recorder.Body.Len()
	if encoding := recorder.Header().Get("Content-Encoding"); recorder.Code != http.StatusOK || encoding != "gzip" || size > most || size < most/4 {
		t.Errorf("status %d, %q, %d bytes; want at most %d", recorder.Code, encoding, size, most)
	}
	t.Logf("%d bytes", size)
}

// TestClientExample runs the example of docs/client.md as somebody would who has
// installed the package.
func TestClientExample(t *testing.T) {
	needNode(t)
	document, err := os.ReadFile("../../docs/client.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(document), "<!-- example.mjs -->\n```js\n")
	example, _, closed := strings.Cut(rest, "```\n")
	if lines := strings.Count(example, "\n"); !found || !closed || lines > 15 {
		t.Fatalf("docs/client.md has no example, or one of %d lines", lines)
	}
	url := serveBuiltin(t)
	folder := installClient(t, url)
	if err := os.WriteFile(filepath.Join(folder, "example.mjs"), []byte(example), 0o600); err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "example.mjs")
	node.Dir, node.Env = folder, append(os.Environ(), "PARLEY_URL="+url)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if text := string(out); !regexp.MustCompile(`(?i)pet`).MatchString(text) || !strings.Contains(text, "completed") {
		t.Errorf("the example printed:\n%s", text)
	}
}

// installClient makes a folder in which the package is installed from what the
// server serves, which pages of any origin may load.
func installClient(t *testing.T, url string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	target := filepath.Join(folder, "node_modules", "parley-client")
	if err := os.MkdirAll(target, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range clientFiles {
		if err := os.WriteFile(filepath.Join(target, name), served(t, url+"/client/"+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	manifest, err := os.ReadFile(filepath.Join(uiFolder, "client", "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(target, "package.json"), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// served is a file that pages of other origins may load and keep until it changes.
func served(t *testing.T, address string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://anywhere.example")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v", address, response.Status, err)
	}
	if response.Header.Get("Access-Control-Allow-Origin") != "*" || response.Header.Get("ETag") == "" {
		t.Errorf("GET %s: no page of another origin can load it, or keep it: %v", address, response.Header)
	}
	return body
}

// serveShop starts the program with this model and, beside the default one, a
// site that signs its users in.
func serveShop(t *testing.T, model string) (url string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, []byte(twoSites), 0o600); err != nil {
		t.Fatal(err)
	}
	return command(t, map[string]string{
		"PARLEY_CONFIG": file, "SHOP_SECRET": shopSecret, "OTHER_SECRET": otherSecret, "SHOP_KEY": shopKey, "OTHER_KEY": otherKey,
		"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(), "OPENAI_BASE_URL": model,
	}, "serve").serving(t)
}

// needNode skips a test where Node is missing, as needBrowser does for a browser.
func needNode(t *testing.T) {
	t.Helper()
	wanted := os.Getenv("PARLEY_TEST_BROWSER")
	if wanted == "off" || wanted != "on" && testing.Short() {
		t.Skip("not tested in Node: PARLEY_TEST_BROWSER=off, or -short")
	}
	_, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(uiFolder, "node_modules", "ws"))
	}
	switch why := fmt.Sprintf("Node or the packages of web/ui (npm ci) are missing: %v", err); {
	case err != nil && wanted == "on":
		t.Fatal(why)
	case err != nil:
		t.Skip(why)
	}
}
