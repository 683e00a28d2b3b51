package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/web/sites"
)

// ModelsConfig says which model serves which purpose, what models cost, and
// how much of them may be used.
type ModelsConfig struct {
	Endpoints map[string]EndpointConfig  `yaml:"endpoints"`
	Purposes  map[string][]PurposeConfig `yaml:"purposes"` // tried in order; the built-in composer comes last where people read the answer
	Prices    []PriceConfig              `yaml:"prices"`
	Budgets   []BudgetConfig             `yaml:"budgets"`
	Limits    []LimitConfig              `yaml:"limits"`
}

// EndpointConfig is a server that speaks the OpenAI API.
type EndpointConfig struct {
	BaseURL     string         `yaml:"base_url"`
	APIKeyEnv   string         `yaml:"api_key_env"` // variable with its key; none
	Trusted     bool           `yaml:"trusted"`     // personal data may be sent to it as it is
	Concurrency int            `yaml:"concurrency"` // calls at once; the gateway's default
	Retries     *int           `yaml:"retries"`     // of a call that failed before its first token; the gateway's default
	Timeouts    TimeoutsConfig `yaml:"timeouts"`
}

// TimeoutsConfig is how long an endpoint is waited for; the gateway's defaults.
type TimeoutsConfig struct {
	Connect    time.Duration `yaml:"connect"`
	FirstToken time.Duration `yaml:"first_token"`
	NextToken  time.Duration `yaml:"next_token"`
	Whole      time.Duration `yaml:"whole"`
}

// PurposeConfig is a model on an endpoint.
type PurposeConfig struct {
	Endpoint    string   `yaml:"endpoint"`
	Model       string   `yaml:"model"`
	Temperature *float32 `yaml:"temperature"` // the server's default
	MaxTokens   int      `yaml:"max_tokens"`  // the workflow's default
}

// PriceConfig is what a model costs from a day on.
type PriceConfig struct {
	Endpoint string `yaml:"endpoint"` // every endpoint
	Model    string `yaml:"model"`
	From     string `yaml:"from"`  // 2026-01-01
	Input    string `yaml:"input"` // amounts such as "0.15"
	Output   string `yaml:"output"`
	Currency string `yaml:"currency"` // ISO 4217
	Per      string `yaml:"per"`      // tokens: 1M, or 1K
}

// BudgetConfig is the most that calls may cost.
type BudgetConfig struct {
	Tenant   string `yaml:"tenant"`  // all together
	Purpose  string `yaml:"purpose"` // all together
	Amount   string `yaml:"amount"`
	Currency string `yaml:"currency"`
	Per      string `yaml:"per"` // day or month
}

// LimitConfig is how much may be asked for in a minute.
type LimitConfig struct {
	Tenant   string `yaml:"tenant"`  // all together
	Purpose  string `yaml:"purpose"` // all together
	Requests int    `yaml:"requests_per_minute"`
	Tokens   int    `yaml:"tokens_per_minute"`
}

func (p PriceConfig) price() (gateway.Price, error) {
	times := map[string]int64{"": 1, "1M": 1, "1K": 1000}[p.Per]
	if times == 0 {
		return gateway.Price{}, fmt.Errorf("per: %q is neither 1M nor 1K", p.Per)
	}
	from, err := time.Parse(time.DateOnly, p.From)
	if err != nil {
		return gateway.Price{}, fmt.Errorf("from: %q is no day: write it like 2026-01-01", p.From)
	}
	input, err := gateway.Millionths(p.Input, times)
	if err != nil {
		return gateway.Price{}, fmt.Errorf("input: %w", err)
	}
	output, err := gateway.Millionths(p.Output, times)
	if err != nil {
		return gateway.Price{}, fmt.Errorf("output: %w", err)
	}
	return gateway.Price{Endpoint: p.Endpoint, Model: p.Model, From: from, Input: input, Output: output, Currency: p.Currency}, nil
}

func (b BudgetConfig) budget() (gateway.Budget, error) {
	amount, err := gateway.Millionths(b.Amount, 1)
	if err != nil {
		return gateway.Budget{}, fmt.Errorf("amount: %w", err)
	}
	return gateway.Budget{Tenant: b.Tenant, Purpose: model.Purpose(b.Purpose), Amount: amount, Currency: b.Currency, Per: gateway.Period(b.Per)}, nil
}

func (c Config) validateModels() error {
	for name, e := range c.Models.Endpoints {
		if err := checkURL("models.endpoints."+name+".base_url", e.BaseURL, false); err != nil {
			return err
		}
		if name == builtin.Name {
			return configError("models.endpoints.builtin: that name is taken by the built-in composer")
		}
	}
	for purpose, list := range c.Models.Purposes {
		if err := c.validatePurpose(purpose, list); err != nil {
			return err
		}
	}
	if err := c.validateMoney(); err != nil {
		return err
	}
	if err := c.gateway().Validate(); err != nil {
		return configError("models: %w", err)
	}
	return c.validateEmbeddings()
}

func (c Config) validatePurpose(purpose string, list []PurposeConfig) error {
	if !model.Purpose(purpose).Known() {
		return configError("models.purposes: %q is not one of %v", purpose, model.Purposes())
	}
	for _, p := range list {
		switch {
		case !c.hasEndpoint(p.Endpoint):
			return configError("models.purposes.%s: no endpoint is named %q", purpose, p.Endpoint)
		case p.Endpoint == builtin.Name && !composed(model.Purpose(purpose)):
			return configError("models.purposes.%s: the built-in composer does not serve it", purpose)
		case p.Model == "" && p.Endpoint != builtin.Name:
			return configError("models.purposes.%s: endpoint %s needs a model", purpose, p.Endpoint)
		}
	}
	return nil
}

func (c Config) validateMoney() error {
	for i, p := range c.Models.Prices {
		if _, err := p.price(); err != nil {
			return configError("models.prices[%d]: %w", i, err)
		}
	}
	for i, b := range c.Models.Budgets {
		if _, err := b.budget(); err != nil {
			return configError("models.budgets[%d]: %w", i, err)
		}
		if !c.hasTenant(b.Tenant) {
			return configError("models.budgets[%d]: there is no tenant %q", i, b.Tenant)
		}
	}
	for i, l := range c.Models.Limits {
		if !c.hasTenant(l.Tenant) {
			return configError("models.limits[%d]: there is no tenant %q", i, l.Tenant)
		}
	}
	return nil
}

// hasTenant knows "" for all, and the one that is always there.
func (c Config) hasTenant(id string) bool {
	return id == "" || id == sites.Default || slices.ContainsFunc(c.Tenants, func(t TenantConfig) bool { return t.ID == id })
}

// composed reports whether the built-in composer can serve a purpose.
func composed(purpose model.Purpose) bool { return slices.Contains(model.Writing(), purpose) }

// gateway turns a valid configuration into the gateway's. Where people read
// the answer the built-in composer comes last, so that a turn ends well.
func (c Config) gateway() gateway.Config {
	settings := gateway.Config{
		Endpoints: map[string]gateway.Endpoint{},
		Local:     map[string]model.Model{builtin.Name: builtin.Composer{}},
		Purposes:  map[model.Purpose][]gateway.Choice{},
	}
	if c.OpenAI.Set() {
		settings.Endpoints[openAIEndpoint] = gateway.Endpoint{BaseURL: c.OpenAI.BaseURL, Key: c.OpenAI.Key}
	}
	for name, e := range c.Models.Endpoints {
		endpoint := gateway.Endpoint{
			BaseURL: e.BaseURL, Trusted: e.Trusted, Concurrency: e.Concurrency, Retries: e.Retries, Timeouts: gateway.Timeouts(e.Timeouts),
		}
		if e.APIKeyEnv != "" {
			endpoint.Key = c.getenv(e.APIKeyEnv)
		}
		settings.Endpoints[name] = endpoint
	}
	for purpose, list := range c.purposes() {
		for _, p := range list {
			settings.Purposes[purpose] = append(settings.Purposes[purpose],
				gateway.Choice{Endpoint: p.Endpoint, Model: p.Model, Temperature: p.Temperature, MaxTokens: p.MaxTokens})
		}
	}
	for _, purpose := range model.Writing() {
		choices := settings.Purposes[purpose]
		if len(choices) == 0 || choices[len(choices)-1].Endpoint != builtin.Name {
			settings.Purposes[purpose] = append(choices, gateway.Choice{Endpoint: builtin.Name})
		}
	}
	for _, p := range c.Models.Prices {
		price, _ := p.price() // validated
		settings.Prices = append(settings.Prices, price)
	}
	for _, b := range c.Models.Budgets {
		budget, _ := b.budget() // validated
		settings.Budgets = append(settings.Budgets, budget)
	}
	for _, l := range c.Models.Limits {
		settings.Limits = append(settings.Limits, gateway.Limit{Tenant: l.Tenant, Purpose: model.Purpose(l.Purpose), Requests: l.Requests, Tokens: l.Tokens})
	}
	return settings
}

// purposes are those of the file. When it has none, the endpoint of the
// environment writes what people read.
func (c Config) purposes() map[model.Purpose][]PurposeConfig {
	purposes := make(map[model.Purpose][]PurposeConfig)
	for purpose, list := range c.Models.Purposes {
		if len(list) > 0 {
			purposes[model.Purpose(purpose)] = list
		}
	}
	if len(purposes) == 0 && c.OpenAI.Set() {
		for _, purpose := range model.Writing() {
			purposes[purpose] = []PurposeConfig{{Endpoint: openAIEndpoint, Model: c.OpenAI.Model}}
		}
	}
	return purposes
}

// modelLines describe the models for people, one a line.
func (c Config) modelLines() []string {
	settings := c.gateway()
	var order []string // who serves, in the order of purposes
	serves := make(map[string][]string)
	for _, purpose := range model.Purposes() {
		var remote []string
		for _, choice := range settings.Purposes[purpose] {
			if choice.Endpoint != builtin.Name {
				remote = append(remote, fmt.Sprintf("%s at %s", choice.Model, settings.Endpoints[choice.Endpoint].BaseURL))
			}
		}
		if who := strings.Join(remote, ", then "); who != "" {
			if len(serves[who]) == 0 {
				order = append(order, who)
			}
			serves[who] = append(serves[who], string(purpose))
		}
	}
	if len(order) == 0 {
		return []string{"built in: works offline, in English"}
	}
	var lines []string
	for _, who := range order {
		if len(serves[who]) == len(model.Writing()) && len(order) == 1 {
			lines = append(lines, who)
			continue
		}
		lines = append(lines, strings.Join(serves[who], ", ")+": "+who)
	}
	return append(lines, "built in, for the rest and when those do not answer")
}
