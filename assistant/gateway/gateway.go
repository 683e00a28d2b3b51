package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// ErrNoModel is wrapped, beside model.ErrUnavailable, by the error for a
// purpose that has no model.
var ErrNoModel = errors.New("gateway: no model for this purpose")

// Gateway sends requests to the models of their purposes. It may be used by
// many goroutines at once.
type Gateway struct {
	cfg       Config
	meter     *meter
	endpoints map[string]*endpoint
	purposes  map[model.Purpose][]candidate
}

// candidate is a choice that is ready to be asked.
type candidate struct {
	Choice
	model  model.Model
	remote bool
}

// New checks a configuration and makes the Gateway of it. No server is called.
func New(cfg Config) (*Gateway, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if len(cfg.Budgets) > 0 && cfg.Ledger == nil {
		return nil, fmt.Errorf("%w: budgets need a ledger", ErrConfig)
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Call) {}
	}
	g := &Gateway{cfg: cfg, meter: newMeter(cfg, cfg.Log), endpoints: make(map[string]*endpoint), purposes: make(map[model.Purpose][]candidate)}
	for name, e := range cfg.Endpoints {
		g.endpoints[name] = newEndpoint(name, e, cfg.Log)
	}
	for purpose, choices := range cfg.Purposes {
		for _, choice := range choices {
			g.purposes[purpose] = append(g.purposes[purpose], g.candidate(choice))
		}
	}
	return g, nil
}

func (g *Gateway) candidate(choice Choice) candidate {
	if local, ok := g.cfg.Local[choice.Endpoint]; ok {
		return candidate{choice, structured{local, 0}, false}
	}
	return candidate{choice, structured{&remote{g.endpoints[choice.Endpoint], choice, g.meter}, 1}, true}
}

// Remote reports whether a purpose is served by a model outside this process.
func (g *Gateway) Remote(purpose model.Purpose) bool {
	choices := g.purposes[purpose]
	return len(choices) > 0 && choices[0].remote
}

// Name returns the model that is asked first for a purpose: as configured, or
// the name of a model of this process; "" without any.
func (g *Gateway) Name(purpose model.Purpose) string {
	if choices := g.purposes[purpose]; len(choices) > 0 {
		return cmp.Or(choices[0].Model, choices[0].Endpoint)
	}
	return ""
}

// Close writes to the ledger what is not written yet, and closes idle
// connections. Calls that run are not disturbed, but no longer recorded: close
// after the last one has ended.
func (g *Gateway) Close() {
	g.meter.close()
	for _, e := range g.endpoints {
		e.http.CloseIdleConnections()
	}
}

// Generate implements model.Model. The Result is that of the choice that
// answered, or of the last one tried. An error of yield is returned as it is;
// any other error is a *model.Error.
func (g *Gateway) Generate(ctx context.Context, request model.Request, yield func(string) error) (model.Result, error) {
	result, failure := model.Result{}, &model.Error{
		Endpoint: "gateway",
		Err:      fmt.Errorf("%w: %w: %s", model.ErrUnavailable, ErrNoModel, request.Purpose),
	}
	var earlier error
	for _, choice := range g.purposes[request.Purpose] {
		text := &tap{yield: yield}
		var err error
		result, err = g.try(ctx, choice, request, text)
		if text.stopped != nil {
			return result, text.stopped
		}
		if err == nil {
			return result, nil
		}
		failure = failed(choice.Endpoint, text.started, err)
		if text.started || ctx.Err() != nil {
			break
		}
		if earlier != nil {
			failure.Err = fmt.Errorf("%w (before that: %w)", failure.Err, earlier)
		}
		earlier = failure
	}
	return result, failure
}

// try asks one choice, and tells of it.
func (g *Gateway) try(ctx context.Context, choice candidate, request model.Request, text *tap) (model.Result, error) {
	start := time.Now()
	result, err := choice.model.Generate(ctx, request, text.take)
	result.Total = time.Since(start)
	if result.Endpoint == "" {
		result.Endpoint = choice.Endpoint
	}
	outcome := err
	if text.stopped != nil {
		outcome = text.stopped
	}
	g.cfg.Observe(Call{request.Purpose, request.Task, result, outcome})
	if err != nil && text.stopped == nil && ctx.Err() == nil {
		level := slog.LevelWarn
		if errors.Is(err, ErrOverBudget) || errors.Is(err, ErrRateLimited) {
			level = slog.LevelInfo // as configured
		}
		g.cfg.Log.Log(ctx, level, "model call failed", "purpose", request.Purpose, "task", request.Task,
			"endpoint", choice.Endpoint, "model", choice.Model, "started", text.started, "error", err)
	}
	return result, err
}

// failed makes the error of a call. A call that failed after it had begun is
// cut, whatever the cause, unless the caller ended it.
func failed(endpoint string, started bool, err error) *model.Error {
	failure := &model.Error{Endpoint: endpoint, Started: started, Err: err}
	var own *model.Error
	if errors.As(err, &own) {
		failure.RetryAfter = own.RetryAfter
		if own.Endpoint == endpoint {
			failure.Err = own.Err
		}
	}
	over := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	if started && !over && !errors.Is(err, model.ErrCut) {
		failure.Err = fmt.Errorf("%w: %w", model.ErrCut, failure.Err)
	}
	return failure
}

// tap passes text on and remembers what its receiver said.
type tap struct {
	yield   func(string) error
	started bool
	stopped error // what yield returned
}

func (t *tap) take(text string) error {
	t.started = true
	if err := t.yield(text); err != nil {
		t.stopped = err
		return err
	}
	return nil
}
