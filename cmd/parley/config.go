package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/parleyhq/parley/web/sites"
)

// Config is everything that can be set. The zero value of each field stands
// for the default that its comment names; [LoadConfig] fills them in.
type Config struct {
	Listen     string           `yaml:"listen"`      // address of the server; 127.0.0.1:8080
	PublicURL  string           `yaml:"public_url"`  // how browsers reach it; http:// and Listen
	Data       string           `yaml:"data"`        // folder of the embedded database; ./data
	Log        string           `yaml:"log"`         // debug, info, warn or error; info
	Demo       *bool            `yaml:"demo"`        // load the demo marketplace into an empty database; true
	DemoListen string           `yaml:"demo_listen"` // address of the demo's site, "off" for none; 127.0.0.1 and the port after Listen's
	Metrics    MetricsConfig    `yaml:"metrics"`
	Models     ModelsConfig     `yaml:"models"`
	Moderation ModerationConfig `yaml:"moderation"`
	Retrieval  RetrievalConfig  `yaml:"retrieval"`
	OIDC       *OIDCConfig      `yaml:"oidc"`    // how operators sign in to the console, beside one-time tokens
	Tenants    []TenantConfig   `yaml:"tenants"` // sites; one named "default" is always there
	// TrustedProxies are the addresses, such as 10.0.0.0/8, of proxies whose
	// X-Forwarded-For tells where a request comes from; none.
	TrustedProxies Proxies `yaml:"trusted_proxies"`

	// Secrets come from the environment only.
	DatabaseURL string   `yaml:"-"` // DATABASE_URL: PostgreSQL instead of the embedded database
	Secrets     []string `yaml:"-"` // PARLEY_SECRET: signs visitors' tokens; several, newest first, with commas between
	APIKeys     []string `yaml:"-"` // PARLEY_API_KEY: operators' keys of the site "default"; several with commas between
	OpenAI      OpenAI   `yaml:"-"`

	file   string              // where the configuration was read from, "" for nowhere
	getenv func(string) string // how other secrets are looked up
	now    func() time.Time    // when messages are written; nil for the clock
	demo   *demoSite           // nil while none is served
}

// OpenAI is the endpoint that the environment alone can set up.
type OpenAI struct {
	Key     string // OPENAI_API_KEY
	BaseURL string // OPENAI_BASE_URL
	Model   string // OPENAI_MODEL; gpt-4o-mini
}

// Set tells whether the environment names an endpoint: a server without a key
// is one too.
func (o OpenAI) Set() bool { return o.Key != "" || o.BaseURL != "" }

// MetricsConfig says who may read /metrics. Without any of it, only requests
// from this machine may.
type MetricsConfig struct {
	Listen   string `yaml:"listen"`    // an address of its own, where everybody who reaches it may read
	TokenEnv string `yaml:"token_env"` // variable with the bearer token that /metrics asks for
}

// RetrievalConfig is how documents are found.
type RetrievalConfig struct {
	Embedding EmbeddingConfig `yaml:"embedding"`
	// Older are embedding models that were in use before, beside the built-in one:
	// documents are searched by them until the present model has embedded all.
	Older []EmbeddingConfig `yaml:"older"`
	Rates string            `yaml:"rates"` // file of exchange rates, as retrieval.ReadRates reads it; none, and currencies are never converted
}

// EmbeddingConfig is the embedding model; the built-in one when Model is "".
type EmbeddingConfig struct {
	Endpoint   string `yaml:"endpoint"`
	Model      string `yaml:"model"`
	Dimensions int    `yaml:"dimensions"` // length of its vectors
	Shorten    bool   `yaml:"shorten"`    // ask the server for vectors of that length; only some models can
}

// TenantConfig is a site.
type TenantConfig struct {
	ID             string          `yaml:"id"`
	AllowedOrigins []string        `yaml:"allowed_origins"` // whose pages may talk to Parley as this site
	JWT            *JWTConfig      `yaml:"jwt"`             // how the site signs its users in; not at all
	APIKeyEnv      string          `yaml:"api_key_env"`     // variable with its operators' keys, with commas between
	Webhooks       []WebhookConfig `yaml:"webhooks"`        // where the site is told of events; nowhere
}

// JWTConfig is how a site signs its users in.
type JWTConfig struct {
	SecretEnv string `yaml:"secret_env"`
	Issuer    string `yaml:"issuer"`
	Audience  string `yaml:"audience"`
}

// errConfig marks errors of the configuration.
var errConfig = errors.New("configuration")

func configError(format string, args ...any) error {
	return fmt.Errorf("%w: %w", errConfig, fmt.Errorf(format, args...))
}

// withDefaults fills in what was not set.
func (c Config) withDefaults() Config {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8080"
	}
	if c.Data == "" {
		c.Data = "./data"
	}
	if c.Log == "" {
		c.Log = "info"
	}
	if c.Demo == nil {
		yes := true
		c.Demo = &yes
	}
	if c.OpenAI.Set() {
		c.OpenAI = c.OpenAI.withDefaults()
	}
	return c
}

func (o OpenAI) withDefaults() OpenAI {
	if o.BaseURL == "" {
		o.BaseURL = "https://api.openai.com/v1"
	}
	if o.Model == "" {
		o.Model = "gpt-4o-mini"
	}
	return o
}

func (c Config) validate() error {
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return configError("listen: %q is no address: write it as host:port", c.Listen)
	}
	if c.Metrics.Listen != "" {
		if _, _, err := net.SplitHostPort(c.Metrics.Listen); err != nil {
			return configError("metrics.listen: %q is no address: write it as host:port", c.Metrics.Listen)
		}
	}
	if _, err := c.logLevel(); err != nil {
		return err
	}
	if err := checkURL("public_url", c.PublicURL, true); err != nil {
		return err
	}
	for _, secret := range c.Secrets {
		if len(secret) < 32 {
			return configError("PARLEY_SECRET: each secret has at least 32 characters")
		}
	}
	if err := c.validateModels(); err != nil {
		return err
	}
	if err := c.Moderation.validate(); err != nil {
		return err
	}
	if err := c.validateHooks(); err != nil {
		return err
	}
	if err := c.validateDemo(); err != nil {
		return err
	}
	_, err := c.directory()
	return err
}

func (c Config) validateEmbeddings() error {
	if err := c.checkEmbedding("retrieval.embedding", c.Retrieval.Embedding); err != nil {
		return err
	}
	for i, older := range c.Retrieval.Older {
		field := fmt.Sprintf("retrieval.older[%d]", i)
		if older.Model == "" {
			return configError("%s: the model is missing", field)
		}
		if err := c.checkEmbedding(field, older); err != nil {
			return err
		}
	}
	return nil
}

func (c Config) checkEmbedding(field string, e EmbeddingConfig) error {
	switch {
	case e.Model == "" && e.Endpoint != "":
		return configError("%s: endpoint %s needs a model", field, e.Endpoint)
	case e.Model == "":
		return nil
	case !c.hasEndpoint(e.Endpoint) || e.Endpoint == "builtin":
		return configError("%s: no endpoint is named %q", field, e.Endpoint)
	case e.Dimensions <= 0:
		return configError("%s: dimensions must be given", field)
	}
	return nil
}

// hasEndpoint knows "openai" when the environment sets it up, and "builtin".
func (c Config) hasEndpoint(name string) bool {
	_, found := c.Models.Endpoints[name]
	return found || name == "builtin" || name == openAIEndpoint && c.OpenAI.Set()
}

// openAIEndpoint is the name of the endpoint that the environment sets up.
const openAIEndpoint = "openai"

func checkURL(field, value string, optional bool) error {
	if value == "" && optional {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return configError("%s: %q is no http or https address", field, value)
	}
	return nil
}

func (c Config) logLevel() (level slog.Level, err error) {
	switch c.Log {
	case "debug", "info", "warn", "error":
		return level, level.UnmarshalText([]byte(c.Log))
	}
	return level, configError("log: %q is not one of debug, info, warn, error", c.Log)
}

// directory returns the sites. A page of the public URL may talk to each of them.
func (c Config) directory() (*sites.Directory, error) {
	list := make([]sites.Site, 0, len(c.Tenants)+1)
	hasDefault := false
	for _, t := range c.Tenants {
		site, err := c.site(t)
		if err != nil {
			return nil, err
		}
		hasDefault = hasDefault || site.ID == sites.Default
		list = append(list, site)
	}
	if !hasDefault {
		list = append(list, sites.Site{ID: sites.Default})
	}
	if c.demo != nil {
		list = append(list, c.demo.site)
	}
	for i := range list {
		if list[i].ID == sites.Default {
			list[i].APIKeys = append(list[i].APIKeys, c.APIKeys...)
		}
		if origin := c.publicOrigin(); origin != "" {
			list[i].AllowedOrigins = append(list[i].AllowedOrigins, origin)
		}
	}
	directory, err := sites.NewDirectory(list...)
	if err != nil {
		return nil, configError("tenants: %w", err)
	}
	return directory, nil
}

func (c Config) site(t TenantConfig) (sites.Site, error) {
	site := sites.Site{ID: t.ID, AllowedOrigins: append([]string(nil), t.AllowedOrigins...)}
	if t.JWT != nil {
		secret, err := c.secretFrom(t.JWT.SecretEnv, "tenants: "+t.ID+": jwt.secret_env")
		if err != nil {
			return site, err
		}
		site.JWT = &sites.JWT{Secret: []byte(secret), Issuer: t.JWT.Issuer, Audience: t.JWT.Audience}
	}
	if t.APIKeyEnv != "" {
		keys, err := c.secretFrom(t.APIKeyEnv, "tenants: "+t.ID+": api_key_env")
		if err != nil {
			return site, err
		}
		site.APIKeys = list(keys)
	}
	return site, nil
}

// secretFrom reads the variable that a field of the configuration names.
func (c Config) secretFrom(variable, field string) (string, error) {
	if variable == "" {
		return "", configError("%s: name the variable that holds it", field)
	}
	value := c.getenv(variable)
	if value == "" {
		return "", configError("%s: the variable %s is not set", field, variable)
	}
	return value, nil
}

func (c Config) publicOrigin() string {
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.ToLower(u.Scheme + "://" + u.Host)
}
