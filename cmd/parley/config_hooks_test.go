package main

import (
	"errors"
	"strings"
	"testing"
)

const hookedSite = "tenants:\n  - id: shop\n    webhooks:\n      - {url: 'URL', secret_env: HOOK_SECRET, events: [EVENT]}\n"

func TestWebhooksAndOIDCAreChecked(t *testing.T) {
	hook := func(url, event string) string {
		return strings.NewReplacer("URL", url, "EVENT", event).Replace(hookedSite)
	}
	const provider = "public_url: https://parley.example\noidc: {issuer: https://id.example, client_id: parley"
	const long = "hunter2-hunter2-hunter2-hunter2"
	for name, c := range map[string]struct {
		file, secret, want string // want "": it is good
	}{
		"good webhook":      {hook("https://shop.example/hook", "moderation.decided"), long + "," + long + "2", ""},
		"on this machine":   {hook("http://localhost:9/hook", "draft.published"), long, ""},
		"plain http":        {hook("http://shop.example/hook", "moderation.decided"), long, "https is needed"},
		"unknown event":     {hook("https://shop.example/hook", "draft.eaten"), long, "draft.eaten"},
		"no secret":         {hook("https://shop.example/hook", "moderation.decided"), "", "HOOK_SECRET is not set"},
		"short secret":      {hook("https://shop.example/hook", "moderation.decided"), "hunter2", "24 bytes"},
		"one of two short":  {hook("https://shop.example/hook", "moderation.decided"), long + ",hunter2", "24 bytes"},
		"misspelt field":    {"tenants:\n  - id: shop\n    webhooks: [{uri: x}]\n", long, "uri"},
		"good provider":     {provider + ", client_secret_env: HOOK_SECRET, roles_claim: groups, roles: {a: admin}, allowed_domains: [site.example]}\n", long, ""},
		"no public address": {"oidc: {issuer: https://id.example, client_id: parley}\n", long, "public_url"},
		"unknown role":      {provider + ", roles_claim: groups, roles: {a: root}}\n", long, "root"},
		"provider's secret": {provider + ", client_secret_env: HOOK_SECRET}\n", "", "HOOK_SECRET is not set"},
		"plain provider":    {"public_url: https://parley.example\noidc: {issuer: http://id.example, client_id: parley}\n", long, "issuer"},
	} {
		_, err := LoadConfig(writeConfig(t, c.file), environment(map[string]string{"HOOK_SECRET": c.secret}))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (!errors.Is(err, errConfig) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2")):
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
}
