package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// ErrConfig is wrapped by errors of New.
var ErrConfig = errors.New("gateway: invalid configuration")

// Config says which models serve which purposes.
type Config struct {
	Endpoints map[string]Endpoint        // by name
	Local     map[string]model.Model     // models of this process by name, for example builtin
	Purposes  map[model.Purpose][]Choice // tried in order
	Prices    []Price                    // what models cost
	Budgets   []Budget                   // what may be spent; each needs a Ledger, and a price for every model it covers
	Limits    []Limit                    // what may be asked for in a minute
	Ledger    Ledger                     // keeps a row for each call at an endpoint; may be nil
	Log       *slog.Logger               // slog.Default() by default; sees no key and no text
	Observe   func(Call)                 // told of every choice tried, from the calling goroutine; may be nil
}

// Endpoint is a server that speaks the OpenAI API.
type Endpoint struct {
	BaseURL     string // up to and with the version: https://api.openai.com/v1
	Key         string // sent as a bearer token; "" for none
	Trusted     bool   // personal data may go there as it is; otherwise it is masked
	Timeouts    Timeouts
	Retries     *int // of a call that failed before its first token and may succeed; 1
	Concurrency int  // calls at the same time, the others wait within Timeouts.FirstToken; 32
}

// String leaves the key out, so that printing a configuration is safe.
func (e Endpoint) String() string { return e.BaseURL }

// GoString leaves the key out too.
func (e Endpoint) GoString() string { return fmt.Sprintf("gateway.Endpoint{BaseURL: %q}", e.BaseURL) }

// LogValue leaves the key out of logs.
func (e Endpoint) LogValue() slog.Value { return slog.StringValue(e.BaseURL) }

// Timeouts of an endpoint. Zero values take the defaults.
type Timeouts struct {
	Connect    time.Duration // 5 s, TLS included
	FirstToken time.Duration // 20 s, waiting for a free slot, asked-for pauses and the retry included
	NextToken  time.Duration // 20 s between tokens
	Whole      time.Duration // 120 s for the whole call
}

// Choice is one way to serve a purpose: a model at an endpoint, or with Model
// empty a local one whose name Endpoint gives.
type Choice struct {
	Endpoint    string
	Model       string
	Temperature *float32 // 0–2; nil for the server's default
	MaxTokens   int      // of an answer, thoughts included; 0 for what the request says
}

// Call tells of one choice that was tried for a request.
type Call struct {
	Purpose model.Purpose
	Task    string
	Result  model.Result
	Err     error // nil when it answered
}

// Validate checks all of a configuration but the presence of a ledger. Errors wrap ErrConfig.
func (c Config) Validate() error {
	var problems []error
	for name, e := range c.Endpoints {
		if _, both := c.Local[name]; both {
			problems = append(problems, fmt.Errorf("endpoint %s has the name of a built-in model", name))
		}
		if err := e.validate(); err != nil {
			problems = append(problems, fmt.Errorf("endpoint %s: %w", name, err))
		}
	}
	for purpose, choices := range c.Purposes {
		if !purpose.Known() {
			problems = append(problems, fmt.Errorf("there is no purpose %q", purpose))
		}
		if len(choices) == 0 {
			problems = append(problems, fmt.Errorf("purpose %s has no model", purpose))
		}
		for i, choice := range choices {
			if err := c.validateChoice(choice, i == len(choices)-1); err != nil {
				problems = append(problems, fmt.Errorf("purpose %s, model %d: %w", purpose, i+1, err))
			}
		}
	}
	problems = append(problems, c.validateMoney()...)
	if len(problems) > 0 {
		return fmt.Errorf("%w: %w", ErrConfig, errors.Join(problems...))
	}
	return nil
}

func (c Config) validateMoney() (problems []error) {
	add := func(what string, i int, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s %d: %w", what, i+1, err))
		}
	}
	for i, p := range c.Prices {
		add("price", i, p.validate(c))
	}
	for i, b := range c.Budgets {
		add("budget", i, b.validate(c))
	}
	for i, l := range c.Limits {
		add("limit", i, l.validate())
	}
	return problems
}

func (c Config) validateChoice(choice Choice, last bool) error {
	_, local := c.Local[choice.Endpoint]
	_, remote := c.Endpoints[choice.Endpoint]
	switch {
	case !local && !remote:
		return fmt.Errorf("there is no endpoint %q", choice.Endpoint)
	case local && !last:
		return fmt.Errorf("%s always answers, so it must come last", choice.Endpoint)
	case local && choice.Model != "":
		return fmt.Errorf("%s takes no model name", choice.Endpoint)
	case remote && choice.Model == "":
		return errors.New("the model's name is missing")
	case choice.Temperature != nil && !(*choice.Temperature >= 0 && *choice.Temperature <= 2):
		return errors.New("temperature must be between 0 and 2")
	case choice.MaxTokens < 0:
		return errors.New("max_tokens must not be negative")
	}
	return nil
}

// validate repeats no part of a URL that may hold a password.
func (e Endpoint) validate() error {
	u, err := url.Parse(e.BaseURL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return errors.New("base_url must be an http or https URL, for example http://127.0.0.1:8000/v1")
	case u.User != nil:
		return errors.New("base_url must not contain a user or password")
	case u.RawQuery != "" || u.Fragment != "":
		return errors.New("base_url must not contain a query or fragment")
	case strings.ContainsFunc(e.Key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("the key contains white space or characters other than ASCII")
	case e.Concurrency < 0:
		return errors.New("concurrency must not be negative")
	case e.Retries != nil && (*e.Retries < 0 || *e.Retries > maxRetries):
		return fmt.Errorf("retries must be between 0 and %d", maxRetries)
	}
	for _, d := range []time.Duration{e.Timeouts.Connect, e.Timeouts.FirstToken, e.Timeouts.NextToken, e.Timeouts.Whole} {
		if d < 0 {
			return errors.New("timeouts must not be negative")
		}
	}
	return nil
}

func (t Timeouts) withDefaults() Timeouts {
	return Timeouts{
		Connect:    cmp.Or(t.Connect, 5*time.Second),
		FirstToken: cmp.Or(t.FirstToken, 20*time.Second),
		NextToken:  cmp.Or(t.NextToken, 20*time.Second),
		Whole:      cmp.Or(t.Whole, 120*time.Second),
	}
}
