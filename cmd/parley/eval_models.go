package main

import (
	"fmt"
	"strings"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/model"
)

// writing are the purposes that a model serves in a conversation.
var writing = []model.Purpose{model.Route, model.Extract, model.JobPost, model.Shortlist, model.Proposal, model.Advice, model.Moderate, model.Judge}

// builtinOnly is the configuration with the built-in composer for everything.
// Endpoints stay, since the embedding model may be at one.
func (c Config) builtinOnly() Config {
	c.Models.Purposes = make(map[string][]PurposeConfig)
	for _, purpose := range writing {
		c.Models.Purposes[string(purpose)] = []PurposeConfig{{Endpoint: builtin.Name}}
	}
	return c
}

// writtenBy is the configuration with one model for everything: NAME is an
// endpoint, with the first model that is configured for it, or endpoint/model. The
// built-in composer stays behind it, as always.
func (c Config) writtenBy(name string) (Config, string, error) {
	endpoint, named, _ := strings.Cut(name, "/")
	if !c.hasEndpoint(endpoint) || endpoint == builtin.Name {
		return c, "", fmt.Errorf("%w: --against %s: no endpoint is named %q in the configuration", errUsage, name, endpoint)
	}
	choice := c.modelAt(endpoint, named)
	if choice.Model == "" {
		return c, "", fmt.Errorf("%w: --against %s: no purpose has a model at that endpoint: name one as %s/MODEL", errUsage, name, endpoint)
	}
	c.Models.Purposes = make(map[string][]PurposeConfig)
	for _, purpose := range writing {
		c.Models.Purposes[string(purpose)] = []PurposeConfig{choice}
	}
	return c, endpoint + "/" + choice.Model, nil
}

// modelAt is a model at an endpoint with its configured parameters: the named
// one, or the first that any purpose has there.
func (c Config) modelAt(endpoint, named string) PurposeConfig {
	for _, purpose := range writing {
		for _, choice := range c.Models.Purposes[string(purpose)] {
			if choice.Endpoint == endpoint && (named == "" || choice.Model == named) {
				return choice
			}
		}
	}
	if named == "" && endpoint == openAIEndpoint {
		named = c.OpenAI.Model
	}
	return PurposeConfig{Endpoint: endpoint, Model: named}
}
