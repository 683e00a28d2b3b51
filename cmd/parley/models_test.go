package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func TestWrongModels(t *testing.T) {
	const head = "models:\n  endpoints:\n    a: {base_url: 'http://a'}\n    b: {base_url: 'http://b'}\n  purposes:\n    job_post: [{endpoint: a, model: m}]\n"
	const price = "  prices: [{model: m, from: 2026-01-01, input: '0.15', output: '0.60', currency: USD}]\n"
	for name, c := range map[string]struct{ file, want string }{
		"purpose":            {"models:\n  purposes:\n    poetry: [{endpoint: builtin}]\n", `"poetry" is not one of [job_post proposal shortlist advice route extract moderate judge]`},
		"composed judge":     {"models:\n  purposes:\n    judge: [{endpoint: builtin}]\n", "models.purposes.judge: the built-in composer does not serve it"},
		"timeout":            {"models:\n  endpoints:\n    a: {base_url: 'http://a', timeouts: {connect: soon}}\n", `invalid duration "soon"`},
		"negative timeout":   {"models:\n  endpoints:\n    a: {base_url: 'http://a', timeouts: {whole: -1s}}\n", "timeouts must not be negative"},
		"retries":            {"models:\n  endpoints:\n    a: {base_url: 'http://a', retries: 9}\n", "retries must be between 0 and 5"},
		"price of nothing":   {head + "  prices: [{from: 2026-01-01, input: '1', output: '1', currency: USD}]\n", "price 1: the model's name is missing"},
		"price without day":  {head + "  prices: [{model: m, input: '1', output: '1', currency: USD}]\n", `models.prices[0]: from: "" is no day`},
		"price in words":     {head + "  prices: [{model: m, from: 2026-01-01, input: cheap, output: '1', currency: USD}]\n", `input: gateway: invalid configuration: "cheap" is no amount`},
		"negative price":     {head + "  prices: [{model: m, from: 2026-01-01, input: -1, output: '1', currency: USD}]\n", `"-1" is no amount`},
		"too exact":          {head + "  prices: [{model: m, from: 2026-01-01, input: '0.0000001', output: '1', currency: USD}]\n", "more decimal places"},
		"currency":           {head + "  prices: [{model: m, from: 2026-01-01, input: '1', output: '1', currency: dollars}]\n", `currency "dollars"`},
		"per":                {head + "  prices: [{model: m, from: 2026-01-01, input: '1', output: '1', currency: USD, per: token}]\n", `"token" is neither 1M nor 1K`},
		"price elsewhere":    {head + "  prices: [{model: m, endpoint: c, from: 2026-01-01, input: '1', output: '1', currency: USD}]\n", `there is no endpoint "c"`},
		"unpriced":           {head + "  budgets: [{amount: 1, currency: USD, per: day}]\n", "budget 1: purpose job_post: model m at a has a budget and needs a price in force"},
		"priced elsewhere":   {head + "  prices: [{model: m, endpoint: b, from: 2026-01-01, input: '1', output: '1', currency: USD}]\n  budgets: [{amount: 1, currency: USD, per: day}]\n", "needs a price in force"},
		"priced later":       {head + "  prices: [{model: m, from: 2100-01-01, input: '1', output: '1', currency: USD}]\n  budgets: [{amount: 1, currency: USD, per: day}]\n", "needs a price in force"},
		"other currency":     {head + price + "  budgets: [{amount: 1, currency: EUR, per: day}]\n", "is priced in USD, its budget is in EUR"},
		"currency to be":     {head + "  prices: [{model: m, from: 2026-01-01, input: '1', output: '1', currency: USD}, {model: m, from: 2100-01-01, input: '1', output: '1', currency: EUR}]\n  budgets: [{amount: 1, currency: USD, per: day}]\n", "will be priced in EUR"},
		"budget of nothing":  {head + price + "  budgets: [{amount: 0, currency: USD, per: day}]\n", "the amount must be more than 0"},
		"budget in words":    {head + price + "  budgets: [{amount: lots, currency: USD, per: day}]\n", `models.budgets[0]: amount: gateway: invalid configuration: "lots" is no amount`},
		"budget of a week":   {head + price + "  budgets: [{amount: 1, currency: USD, per: week}]\n", `per must be day or month, not "week"`},
		"budget purpose":     {head + price + "  budgets: [{purpose: poetry, amount: 1, currency: USD, per: day}]\n", `there is no purpose "poetry"`},
		"budget of a tenant": {head + price + "  budgets: [{tenant: shop, amount: 1, currency: USD, per: day}]\n", `models.budgets[0]: there is no tenant "shop"`},
		"limit of a tenant":  {head + "  limits: [{tenant: shop, requests_per_minute: 1}]\n", `models.limits[0]: there is no tenant "shop"`},
		"limit of nothing":   {head + "  limits: [{tenant: default}]\n", "limit 1: a limit needs requests_per_minute or tokens_per_minute"},
		"negative limit":     {head + "  limits: [{tokens_per_minute: -1}]\n", "limits must not be negative"},
	} {
		_, err := LoadConfig(writeConfig(t, c.file), environment(nil))
		if !errors.Is(err, errConfig) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
	if _, err := LoadConfig(writeConfig(t, head+price+"  budgets: [{amount: 1, currency: USD, per: day}, {tenant: default, purpose: advice, amount: '0.5', currency: EUR, per: month}]\n"), environment(nil)); err != nil {
		t.Errorf("a budget in another currency for a purpose without a server: %v", err)
	}
}

func TestTheEnvironmentServesWhatPeopleRead(t *testing.T) {
	t.Chdir(t.TempDir())
	env := environment(map[string]string{"OPENAI_API_KEY": "sk-1"})
	c, err := LoadConfig("", env)
	if err != nil {
		t.Fatal(err)
	}
	served := func(c Config) (remote []model.Purpose) {
		for purpose, choices := range c.gateway().Purposes {
			if choices[0].Endpoint == openAIEndpoint {
				remote = append(remote, purpose)
			}
		}
		slices.Sort(remote)
		return remote
	}
	if got := served(c); !slices.Equal(got, []model.Purpose{model.Advice, model.JobPost, model.Proposal, model.Shortlist}) {
		t.Errorf("served: %v", got)
	}
	if lines := c.modelLines(); !slices.Equal(lines, []string{"gpt-4o-mini at https://api.openai.com/v1", "built in, for the rest and when those do not answer"}) {
		t.Errorf("%q", lines)
	}
	c, err = LoadConfig(writeConfig(t, "models:\n  purposes:\n    advice: [{endpoint: openai, model: m}]\n"), env)
	if err != nil {
		t.Fatal(err)
	}
	if got := served(c); !slices.Equal(got, []model.Purpose{model.Advice}) {
		t.Errorf("a file that names purposes: %v", got)
	}
	if lines := c.modelLines(); lines[0] != "advice: m at https://api.openai.com/v1" {
		t.Errorf("%q", lines)
	}
}

// A whole server with a model behind it: calls are kept with their turn, and a
// budget that is used up lets the built-in composer write.
func TestCallsAndBudgetsOfAServer(t *testing.T) {
	models := modeltest.NewServer(t, modeltest.Unmetered("Thanks, that helps. [f1]"))
	path := writeConfig(t, fmt.Sprintf(`
data: %s
demo: false
models:
  endpoints:
    a: {base_url: %q}
  purposes:
    job_post: [{endpoint: a, model: m, max_tokens: 500}]
  prices: [{model: m, from: 2026-01-01, input: "100", output: "100", currency: USD}]
  budgets: [{tenant: default, purpose: job_post, amount: "0.15", currency: USD, per: month}]
`, filepath.Join(t.TempDir(), "data"), models.URL()))
	cfg, err := LoadConfig(path, environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	logger, err := newLogger(cfg, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), cfg, logger)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	m, name := a.models.writer(model.JobPost)
	if m == nil || name != "m" {
		t.Fatalf("who writes: %v %q", m, name)
	}
	if none, builtin := a.models.writer(model.Judge); none != nil || builtin != "builtin" {
		t.Errorf("who judges: %v %q", none, builtin)
	}
	request := model.Request{Tenant: "default", Response: "r1", Purpose: model.JobPost, Task: "reply", Facts: []model.Fact{{ID: "f1", Kind: "said", Text: "a shop"}}}
	for range 30 {
		if _, err := m.Generate(t.Context(), request, func(string) error { return nil }); err != nil && !errors.Is(err, model.ErrRejected) {
			t.Fatal(err)
		}
	}
	a.models.gateway.Close()
	calls, err := a.storage.ledger.Calls(t.Context(), "default", "r1")
	if err != nil || len(calls) != 30 {
		t.Fatalf("%d calls, %v", len(calls), err)
	}
	spent, err := a.storage.ledger.Spent(t.Context(), cfg.gateway().Budgets[0], time.Now())
	if err != nil || spent == 0 || spent > 150_000 {
		t.Errorf("spent %d, %v", spent, err)
	}
	if last := calls[len(calls)-1]; last.Error != "over_budget" || last.Status != gateway.Failed {
		t.Errorf("last call: %+v", last)
	}
}

func TestModelsCheck(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Choose(func(body []byte) modeltest.Behaviour {
		if bytes.Contains(body, []byte("json_schema")) {
			return modeltest.Answer(`{"greeting": "hello"}`)
		}
		return modeltest.Answer("Hello")
	}))
	path := writeConfig(t, fmt.Sprintf(`
models:
  endpoints:
    good: {base_url: %q}
    gone: {base_url: "http://127.0.0.1:1/v1", retries: 0}
  purposes:
    job_post: [{endpoint: gone, model: m}, {endpoint: good, model: small}]
    route: [{endpoint: good, model: small}]
  prices: [{model: small, endpoint: good, from: 2026-01-01, input: "100000", output: "200000", currency: EUR}]
`, server.URL()))
	var out bytes.Buffer
	err := modelsCheckCmd{}.Run(&environ{ctx: t.Context(), getenv: environment(nil), out: &out, log: io.Discard, file: path})
	if err == nil || !strings.Contains(err.Error(), "1 of the models") {
		t.Errorf("error %v", err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		fields := strings.Fields(line)
		if i := slices.Index(fields, "ms"); i > 0 { // times differ
			fields[i-1] = "N"
		}
		lines = append(lines, strings.Join(fields, " "))
	}
	for _, want := range []string{
		"job_post gone m failed model: gone: model: unavailable: connection: dial tcp 127.0.0.1:1: connect: connection refused",
		"job_post good small ok N ms 11 + 1 1.30 EUR",
		"job_post builtin ok in this process, costs nothing",
		"route good small ok N ms 11 + 2 1.50 EUR answered by a JSON schema",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is missing:\n%s", want, out.String())
		}
	}
}

func TestDecimals(t *testing.T) {
	for millionths, want := range map[int64]string{0: "0.00", 1: "0.000001", 150_000: "0.15", 600_000: "0.60", 1_000_000: "1.00", 1_234_500: "1.2345", 12_000_010: "12.00001"} {
		if got := decimal(millionths); got != want {
			t.Errorf("%d: %s, want %s", millionths, got, want)
		}
	}
}
