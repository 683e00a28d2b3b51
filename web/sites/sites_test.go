package sites_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/parleyhq/parley/web/sites"
)

var longKey = strings.Repeat("k", 32)

func TestOriginsOfASite(t *testing.T) {
	site := sites.Site{ID: "shop", AllowedOrigins: []string{"https://shop.example", "http://localhost:3000"}}
	if err := site.Validate(); err != nil {
		t.Fatal(err)
	}
	for origin, want := range map[string]bool{
		"https://shop.example":           true,
		"https://SHOP.example":           true,
		"http://localhost:3000":          true,
		"http://shop.example":            false,
		"https://www.shop.example":       false,
		"https://shop.example.evil.test": false,
		"https://shop.example:8443":      false,
		"http://localhost":               false,
		"null":                           false,
		"":                               false,
	} {
		if got := site.Allows(origin); got != want {
			t.Errorf("Allows(%q) = %v, want %v", origin, got, want)
		}
	}
}

func TestSitesAreChecked(t *testing.T) {
	jwt := &sites.JWT{Secret: []byte(longKey), Issuer: "shop", Audience: "parley"}
	for name, site := range map[string]sites.Site{
		"id":              {ID: "Shop Nr 1"},
		"no origin":       {ID: "shop", AllowedOrigins: []string{"shop.example"}},
		"origin's path":   {ID: "shop", AllowedOrigins: []string{"https://shop.example/"}},
		"origin's query":  {ID: "shop", AllowedOrigins: []string{"https://shop.example?a"}},
		"star in origin":  {ID: "shop", AllowedOrigins: []string{"https://*.example"}},
		"star alone":      {ID: "shop", AllowedOrigins: []string{"*"}},
		"short key":       {ID: "shop", APIKeys: []string{"secret"}},
		"short secret":    {ID: "shop", JWT: &sites.JWT{Secret: []byte("x"), Issuer: "a", Audience: "b"}},
		"without issuer":  {ID: "shop", JWT: &sites.JWT{Secret: jwt.Secret, Audience: "b"}},
		"without purpose": {ID: "shop", JWT: &sites.JWT{Secret: jwt.Secret, Issuer: "a"}},
	} {
		if _, err := sites.NewDirectory(site); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := sites.NewDirectory(sites.Site{ID: "a"}, sites.Site{ID: "a"}); err == nil {
		t.Error("the same site twice: accepted")
	}
	if _, err := sites.NewDirectory(sites.Site{ID: "a", APIKeys: []string{longKey}}, sites.Site{ID: "b", APIKeys: []string{longKey}}); err == nil {
		t.Error("a key of two sites: accepted")
	}
}

func TestDirectory(t *testing.T) {
	d, err := sites.NewDirectory(sites.Site{ID: "shop", APIKeys: []string{longKey}})
	if err != nil {
		t.Fatal(err)
	}
	if list := d.All(); len(list) != 2 || list[0].ID != sites.Default || list[1].ID != "shop" {
		t.Errorf("sites: %+v", list)
	}
	if site, err := d.ByKey(longKey); err != nil || site.ID != "shop" {
		t.Errorf("by key: %v, %v", site.ID, err)
	}
	for _, wrong := range []string{"", longKey[1:], longKey + "k"} {
		if _, err := d.ByKey(wrong); !errors.Is(err, sites.ErrUnknown) {
			t.Errorf("key %q: %v", wrong, err)
		}
	}
	if _, err := d.Get("other"); !errors.Is(err, sites.ErrUnknown) {
		t.Errorf("unknown site: %v", err)
	}
}
