package gateway_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func TestConfigErrorsNameTheFault(t *testing.T) {
	nan := float32(math.NaN())
	good := gateway.Endpoint{BaseURL: "http://127.0.0.1:8000/v1"}
	use := func(choices ...gateway.Choice) map[model.Purpose][]gateway.Choice {
		return map[model.Purpose][]gateway.Choice{model.JobPost: choices}
	}
	for name, test := range map[string]struct {
		endpoint gateway.Endpoint
		purposes map[model.Purpose][]gateway.Choice
		want     string
	}{
		"no URL":            {gateway.Endpoint{}, nil, "endpoint a: base_url"},
		"no scheme":         {gateway.Endpoint{BaseURL: "localhost:8000"}, nil, "endpoint a: base_url"},
		"file":              {gateway.Endpoint{BaseURL: "file:///etc"}, nil, "endpoint a: base_url"},
		"password":          {gateway.Endpoint{BaseURL: "http://u:" + key + "@h/v1"}, nil, "user or password"},
		"query":             {gateway.Endpoint{BaseURL: "http://h/v1?key=" + key}, nil, "query"},
		"key with newline":  {gateway.Endpoint{BaseURL: good.BaseURL, Key: key + "\n"}, nil, "the key"},
		"negative time":     {gateway.Endpoint{BaseURL: good.BaseURL, Timeouts: gateway.Timeouts{Whole: -time.Second}}, nil, "timeouts"},
		"negative slots":    {gateway.Endpoint{BaseURL: good.BaseURL, Concurrency: -1}, nil, "concurrency"},
		"unknown endpoint":  {good, use(gateway.Choice{Endpoint: "b", Model: "m"}), `purpose job_post, model 1: there is no endpoint "b"`},
		"no model":          {good, use(gateway.Choice{Endpoint: "a"}), "model's name"},
		"nothing":           {good, use(), "job_post has no model"},
		"builtin not last":  {good, use(gateway.Choice{Endpoint: "builtin"}, gateway.Choice{Endpoint: "a", Model: "m"}), "must come last"},
		"builtin with name": {good, use(gateway.Choice{Endpoint: "builtin", Model: "m"}), "no model name"},
		"temperature":       {good, use(gateway.Choice{Endpoint: "a", Model: "m", Temperature: &nan}), "temperature"},
		"tokens":            {good, use(gateway.Choice{Endpoint: "a", Model: "m", MaxTokens: -1}), "max_tokens"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := gateway.New(gateway.Config{
				Endpoints: map[string]gateway.Endpoint{"a": test.endpoint},
				Local:     map[string]model.Model{"builtin": modeltest.ByTask(nil)},
				Purposes:  test.purposes,
			})
			if !errors.Is(err, gateway.ErrConfig) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), key) {
				t.Errorf("the error contains the key: %v", err)
			}
		})
	}
}

func TestServerAndLocalModelOfOneName(t *testing.T) {
	_, err := gateway.New(gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"builtin": {BaseURL: "http://127.0.0.1:8000/v1"}},
		Local:     map[string]model.Model{"builtin": modeltest.ByTask(nil)},
	})
	if !errors.Is(err, gateway.ErrConfig) {
		t.Errorf("error %v", err)
	}
}
