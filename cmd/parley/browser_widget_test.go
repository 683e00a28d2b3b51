package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/static"
)

const (
	widgetHook = "the-shop-knows-by-this-that-it-is-parley"
	// widgetSites are two sites, which both hosts may show.
	widgetSites = `
tenants:
  - id: shop
    allowed_origins: ["%[1]s", "%[2]s"]
    jwt: {secret_env: SHOP_SECRET, issuer: shop.example, audience: parley}
    api_key_env: SHOP_KEY
    webhooks:
      - {url: "%[1]s/hook", secret_env: SHOP_HOOK, events: [draft.published]}
  - id: other
    allowed_origins: ["%[1]s", "%[2]s"]
    api_key_env: OTHER_KEY
`
)

// TestWidget runs the scenarios of the widget in a real Chromium: pages of hosts
// on other origins, and the real program. See needBrowser.
func TestWidget(t *testing.T) {
	needBrowser(t)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/widget-scenarios.mjs"}, newWidget(t)...)
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	default:
		t.Log(out)
	}
}

// TestWidgetScreenshots takes the widget's pictures, as TestScreenshots does the others.
func TestWidgetScreenshots(t *testing.T) {
	if os.Getenv("PARLEY_SCREENSHOTS") == "" {
		t.Skip("no pictures taken: PARLEY_SCREENSHOTS names no folder")
	}
	needBrowser(t)
	if out, err := runNode(t, []string{"e2e/widget-screenshots.mjs"}, newWidget(t)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// newWidget starts the program for two sites, and returns what the scenarios must
// know of it. Parley is reached by its address, and so is the second host; the
// others are reached as localhost, so that a browser takes them for other sites.
func newWidget(t *testing.T) (env []string) {
	t.Helper()
	near := func() string { return "http://" + freeAddress(t) }
	far := func() string { return strings.Replace(near(), "127.0.0.1", "localhost", 1) }
	shop, studio, stranger := far(), near(), far()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, widgetSites, shop, studio), 0o600); err != nil {
		t.Fatal(err)
	}
	server := command(t, map[string]string{
		"PARLEY_CONFIG": file, "PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DEMO_LISTEN": "off", "PARLEY_DATA": t.TempDir(),
		"SHOP_SECRET": shopSecret, "SHOP_KEY": shopKey, "OTHER_KEY": otherKey, "SHOP_HOOK": widgetHook,
	}, "serve")
	return []string{
		"PARLEY_URL=" + server.serving(t), "PARLEY_WIDGET_HOSTS=" + strings.Join([]string{shop, studio, stranger}, ","),
		"PARLEY_WIDGET_SECRET=" + shopSecret, "PARLEY_WIDGET_KEY=" + shopKey, "PARLEY_WIDGET_HOOK=" + widgetHook,
	}
}

// A page that shows the widget pays for its loader with every visit.
func TestLoaderIsSmall(t *testing.T) {
	const most = 4096
	loader, err := fs.ReadFile(static.FS(), "widget.js")
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	writer, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(loader); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if zipped.Len() > most {
		t.Errorf("the loader is %d bytes, want at most %d", zipped.Len(), most)
	}
	t.Logf("%d bytes", zipped.Len())
}
