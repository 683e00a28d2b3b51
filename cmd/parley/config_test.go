package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func environment(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func writeConfig(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestConfigDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := LoadConfig("", environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Data != "./data" || c.Log != "info" || !*c.Demo || c.DatabaseURL != "" || c.OpenAI.Set() {
		t.Errorf("%+v", c)
	}
	if got := c.publicURL(c.Listen); got != "http://127.0.0.1:8080" {
		t.Errorf("public URL %s", got)
	}
}

func TestTheEnvironmentWinsOverTheFile(t *testing.T) {
	path := writeConfig(t, "listen: 127.0.0.1:1\nlog: warn\ndemo: false\n")
	c, err := LoadConfig(path, environment(map[string]string{
		"PARLEY_LISTEN": ":9", "PARLEY_SECRET": strings.Repeat("a", 32) + ", " + strings.Repeat("b", 32), "OPENAI_API_KEY": "sk-1",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != ":9" || c.Log != "warn" || *c.Demo || len(c.Secrets) != 2 || c.OpenAI.Model != "gpt-4o-mini" || c.OpenAI.BaseURL == "" {
		t.Errorf("%+v", c)
	}
	if got := c.publicURL(c.Listen); got != "http://localhost:9" {
		t.Errorf("public URL %s", got)
	}
}

func TestWrongConfigurations(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		env  map[string]string
		want string // in the error, beside "configuration: "
	}{
		"unknown field":        {file: "listen: :1\nlisten_on: :2\n", want: `parley.yaml:2: unknown field "listen_on"`},
		"unknown nested field": {file: "models:\n  endpoints:\n    local:\n      base_url: http://x\n      apikey: y\n", want: `parley.yaml:5: unknown field "apikey"`},
		"unknown tenant field": {file: "tenants:\n  - id: shop\n    origins: []\n", want: `parley.yaml:3: unknown field "origins"`},
		"twice":                {file: "log: info\nlog: warn\n", want: `parley.yaml:2:`},
		"wrong type":           {file: "log: info\ndemo: perhaps\n", want: `parley.yaml:2: expected true or false, found "perhaps"`},
		"no YAML":              {file: "listen: [\n", want: "parley.yaml:1:"},
		"log":                  {file: "log: loud\n", want: `log: "loud" is not one of debug, info, warn, error`},
		"listen":               {file: "listen: nowhere\n", want: "write it as host:port"},
		"public url":           {file: "public_url: chat.example\n", want: "public_url"},
		"purpose":              {file: "models:\n  purposes:\n    poetry: []\n", want: `"poetry"`},
		"unknown endpoint":     {file: "models:\n  purposes:\n    job_post:\n      - endpoint: gone\n        model: m\n", want: `no endpoint is named "gone"`},
		"no model":             {file: "models:\n  endpoints:\n    a: {base_url: 'http://a'}\n  purposes:\n    job_post:\n      - endpoint: a\n", want: "needs a model"},
		"embedding":            {file: "models:\n  endpoints:\n    a: {base_url: 'http://a'}\nretrieval:\n  embedding: {endpoint: a, model: m}\n", want: "dimensions"},
		"missing secret":       {file: "tenants:\n  - id: shop\n    jwt: {secret_env: SHOP_SECRET, issuer: a, audience: b}\n", want: "SHOP_SECRET is not set"},
		"short secret":         {file: "tenants:\n  - id: shop\n    jwt: {secret_env: S, issuer: a, audience: b}\n", env: map[string]string{"S": "x"}, want: "32 bytes"},
		"origin":               {file: "tenants:\n  - id: shop\n    allowed_origins: [shop.example]\n", want: "is no origin"},
		"short PARLEY_SECRET":  {env: map[string]string{"PARLEY_SECRET": "hunter2"}, want: "PARLEY_SECRET"},
		"short PARLEY_API_KEY": {env: map[string]string{"PARLEY_API_KEY": "hunter2"}, want: "API key"},
	} {
		path := writeConfig(t, c.file)
		_, err := LoadConfig(path, environment(c.env))
		if !errors.Is(err, errConfig) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
	if _, err := LoadConfig(filepath.Join(t.TempDir(), "gone.yaml"), environment(nil)); !errors.Is(err, errConfig) {
		t.Errorf("a named file that is not there: %v", err)
	}
}

func TestConfigIsShownWithoutSecrets(t *testing.T) {
	secret := strings.Repeat("hunter2-", 5)
	path := writeConfig(t, "tenants:\n  - id: shop\n    jwt: {secret_env: SHOP, issuer: a, audience: b}\n")
	c, err := LoadConfig(path, environment(map[string]string{
		"SHOP": secret, "PARLEY_SECRET": secret, "PARLEY_API_KEY": secret, "OPENAI_API_KEY": secret,
		"DATABASE_URL": "postgres://parley:hunter2@db:5432/parley?sslmode=require&password=hunter2",
	}))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.Show(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") {
		t.Errorf("a secret is shown:\n%s", out.String())
	}
	for _, want := range []string{"postgres://parley:********@db:5432/parley", "secret_env: SHOP", "listen: 127.0.0.1:8080", `PARLEY_SECRET: "********"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing:\n%s", want, out.String())
		}
	}
}

func TestMaskURL(t *testing.T) {
	for address, want := range map[string]string{
		"":                                  "",
		"postgres:///parley?host=/tmp/x":    "postgres:///parley?host=/tmp/x",
		"postgres://u:secret@h/db":          "postgres://u:********@h/db",
		"host=h user=u password=secret":     "********",
		"postgres://h/db?sslpassword=abc":   "postgres://h/db?sslpassword=********",
		"postgres://u:se%40cret@h/db?a=b":   "postgres://u:********@h/db?a=b",
		"postgres://u:secret@h:port/broken": "********",
	} {
		if got := maskURL(address); got != want {
			t.Errorf("maskURL(%q) = %q, want %q", address, got, want)
		}
	}
}
