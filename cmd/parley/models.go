package main

import (
	"fmt"
	"log/slog"
	"net/http"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/web"
)

// models are the language and embedding models in use.
type models struct {
	gateway   *gateway.Gateway // nil without an endpoint
	model     model.Model      // nil without an endpoint: the built-in composer writes
	name      string           // of what writes job posts
	embedder  retrieval.Embedder
	transport *http.Transport // of the embedder; nil for the built-in one
}

// openModels makes them ready; no server is called.
func openModels(cfg Config, log *slog.Logger, metrics *web.Metrics) (*models, error) {
	m := &models{name: builtin.Name, embedder: embed.Builtin()}
	settings := cfg.gateway()
	if err := m.openEmbedder(cfg.Retrieval.Embedding, settings); err != nil {
		return nil, err
	}
	choices := settings.Purposes[model.JobPost]
	if len(choices) == 0 || choices[0].Endpoint == builtin.Name {
		return m, nil
	}
	settings.Log = log
	settings.Observe = func(call gateway.Call) { metrics.ModelCall(call.Purpose, call.Result, call.Err) }
	opened, err := gateway.New(settings)
	if err != nil {
		return nil, configError("models: %w", err)
	}
	m.gateway, m.model, m.name = opened, opened, choices[0].Model
	return m, nil
}

// openEmbedder takes the configured embedding model in place of the built-in one.
func (m *models) openEmbedder(cfg EmbeddingConfig, settings gateway.Config) error {
	if cfg.Model == "" {
		return nil
	}
	endpoint := settings.Endpoints[cfg.Endpoint]
	m.transport = http.DefaultTransport.(*http.Transport).Clone()
	embedder, err := embed.NewOpenAI(embed.OpenAIConfig{
		BaseURL: endpoint.BaseURL, APIKey: endpoint.Key, Model: cfg.Model, Dimensions: cfg.Dimensions, Shorten: cfg.Shorten, Transport: m.transport,
	})
	if err != nil {
		return configError("retrieval.embedding: %w", err)
	}
	m.embedder = embedder
	return nil
}

// Close closes connections to model servers.
func (m *models) Close() {
	if m.transport != nil {
		m.transport.CloseIdleConnections()
	}
	if m.gateway != nil {
		m.gateway.Close()
	}
}

// gateway turns the configuration into the gateway's. OPENAI_API_KEY or
// OPENAI_BASE_URL alone set an endpoint up and let it write job posts. The
// built-in composer always comes last, so that a turn ends well.
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
		endpoint := gateway.Endpoint{BaseURL: e.BaseURL, Trusted: e.Trusted, Concurrency: e.Concurrency}
		if e.APIKeyEnv != "" {
			endpoint.Key = c.getenv(e.APIKeyEnv)
		}
		settings.Endpoints[name] = endpoint
	}
	for purpose, choices := range c.Models.Purposes {
		for _, p := range choices {
			settings.Purposes[model.Purpose(purpose)] = append(settings.Purposes[model.Purpose(purpose)],
				gateway.Choice{Endpoint: p.Endpoint, Model: p.Model, Temperature: p.Temperature, MaxTokens: p.MaxTokens})
		}
	}
	if _, configured := settings.Purposes[model.JobPost]; !configured && c.OpenAI.Set() {
		settings.Purposes[model.JobPost] = []gateway.Choice{{Endpoint: openAIEndpoint, Model: c.OpenAI.Model}}
	}
	for purpose, choices := range settings.Purposes {
		if len(choices) > 0 && choices[len(choices)-1].Endpoint != builtin.Name {
			settings.Purposes[purpose] = append(choices, gateway.Choice{Endpoint: builtin.Name})
		}
	}
	return settings
}

// modelLines describe the models for people, one a line.
func (c Config) modelLines() []string {
	choices := c.gateway().Purposes[model.JobPost]
	if len(choices) == 0 || choices[0].Endpoint == builtin.Name {
		return []string{"built in: works offline, in English"}
	}
	var lines []string
	for _, choice := range choices {
		switch {
		case choice.Endpoint != builtin.Name:
			lines = append(lines, fmt.Sprintf("%s at %s", choice.Model, c.gateway().Endpoints[choice.Endpoint].BaseURL))
		case len(lines) > 0:
			lines = append(lines, "then built in, when that does not answer")
		}
	}
	return lines
}

// modelsCmd groups commands about language models.
type modelsCmd struct {
	Check modelsCheckCmd `cmd:"" help:"Ask each configured model to say hello."`
}

type modelsCheckCmd struct{}

// Run prints a line for each model: whether it answers, and how fast.
func (modelsCheckCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	settings := cfg.gateway()
	if len(settings.Purposes) == 0 {
		fmt.Fprintln(env.out, "No model server is configured: the built-in composer writes. Set OPENAI_API_KEY, or models in parley.yaml.")
		return nil
	}
	g, err := gateway.New(settings)
	if err != nil {
		return configError("models: %w", err)
	}
	defer g.Close()
	failed := 0
	for _, row := range g.Check(env.ctx) {
		if row.OK {
			fmt.Fprintf(env.out, "%-12s %-28s ok      first token after %d ms\n", row.Endpoint, row.Model, row.FirstToken.Milliseconds())
			continue
		}
		failed++
		fmt.Fprintf(env.out, "%-12s %-28s failed  %v\n", row.Endpoint, row.Model, row.Err)
	}
	if failed > 0 {
		return fmt.Errorf("%d of the models did not answer", failed)
	}
	return nil
}
