package sites_test

import (
	"testing"

	"github.com/parleyhq/parley/web/sites"
)

func TestOriginsAreAsBrowsersSendThem(t *testing.T) {
	for text, want := range map[string]string{
		"https://shop.example":      "https://shop.example",
		"HTTPS://Shop.Example:443":  "https://shop.example",
		"http://shop.example:80":    "http://shop.example",
		"https://shop.example:80":   "https://shop.example:80",
		"http://localhost:3000":     "http://localhost:3000",
		"https://bücher.example":    "https://xn--bcher-kva.example",
		"http://[::1]:8080":         "http://[::1]:8080",
		"http://127.0.0.1:8080":     "http://127.0.0.1:8080",
		"https://a_b.shop.example":  "",
		"https://a.example:":        "",
		"https://a.example:0":       "",
		"https://a.example:99999":   "",
		"https://a.example;sandbox": "",
		"https://'none'":            "",
		"https://a.example\"x":      "",
		"https://a.example,b":       "",
		"https://*.example":         "",
		"https://user@a.example":    "",
		"https://a.example/":        "",
		"https://a.example#x":       "",
		"https://":                  "",
		"javascript:alert(1)":       "",
		"null":                      "",
		"":                          "",
	} {
		got, err := sites.Origin(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	directory, err := sites.NewDirectory(sites.Site{ID: "shop", AllowedOrigins: []string{"https://Bücher.example:443"}})
	if err != nil {
		t.Fatal(err)
	}
	if shop, _ := directory.Get("shop"); !shop.Allows("https://xn--bcher-kva.example") {
		t.Errorf("a configured origin does not match what browsers send: %v", shop.AllowedOrigins)
	}
}
