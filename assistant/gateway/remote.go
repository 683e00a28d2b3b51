package gateway

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

// remote is a model at an endpoint.
type remote struct {
	endpoint *endpoint
	choice   Choice
	meter    *meter
}

// Generate implements model.Model. It asks the server, and again where that
// promises to help and no text has come yet. What an endpoint that is not
// trusted is sent is masked, and its answer unmasked.
func (r *remote) Generate(ctx context.Context, request model.Request, yield func(string) error) (model.Result, error) {
	start := time.Now()
	timeouts := r.endpoint.timeouts
	ctx, cancel := context.WithTimeoutCause(ctx, timeouts.Whole, errWhole)
	defer cancel()

	shown := &unmasking{yield: yield}
	if !r.endpoint.trusted {
		request, shown.hidden = r.meter.known.mask(request)
	}
	c := &call{
		remote: r, yield: shown.take, start: start, by: start.Add(timeouts.FirstToken), body: r.body(request), earlier: model.Usage{Known: true},
		result: model.Result{Model: r.choice.Model, Endpoint: r.endpoint.name, Prompt: request.Prompt},
	}
	bill, err := r.meter.begin(ctx, request, r.choice, &c.body, timeouts.Whole)
	if err == nil {
		if err = c.run(ctx); err == nil {
			err = shown.rest()
		}
		c.result.Total, c.result.Usage = time.Since(start), sum(c.earlier, c.usage())
		bill.end(&c.result, err)
	}
	if err != nil {
		failed := &model.Error{Endpoint: r.endpoint.name, Started: c.started, Err: err}
		var own *failure
		if errors.As(err, &own) {
			failed.RetryAfter = own.after
		}
		return c.result, failed
	}
	return c.result, nil
}

// call is one request on its way.
type call struct {
	*remote
	body     openai.ChatCompletionRequest
	yield    func(string) error
	start    time.Time
	by       time.Time // when the first token must have come
	started  bool      // text was yielded
	sent     bool      // the server has the request of this attempt, and did not refuse it
	received strings.Builder
	earlier  model.Usage // of attempts before this one
	result   model.Result
}

func (c *call) run(ctx context.Context) error {
	waiting, cancel := context.WithDeadlineCause(ctx, c.by, errNoToken)
	defer cancel()
	leave, err := c.endpoint.enter(waiting)
	if err != nil {
		return err
	}
	defer leave()
	for try := 0; ; try++ {
		if err := c.endpoint.rest(waiting, c.by); err != nil {
			return err
		}
		err := c.attempt(ctx)
		var own *failure
		if err == nil || c.started || !errors.As(err, &own) {
			return err
		}
		if own.after > 0 {
			c.endpoint.pause(own.after)
		}
		wait := jitter(try)
		if try >= c.endpoint.retries || !own.retry || time.Now().Add(max(wait, own.after)).After(c.by) {
			return err
		}
		c.earlier = sum(c.earlier, c.usage())
		c.forget()
		if err := sleep(waiting, wait); err != nil {
			return err
		}
	}
}

// forget prepares for another attempt.
func (c *call) forget() {
	c.sent = false
	c.received.Reset()
	c.result.Model, c.result.Finish, c.result.Usage = c.choice.Model, model.FinishNone, model.Usage{}
}

// usage is what the attempt has used: what the server said, else what was sent
// and received. A request that did not reach the server, or that it refused, used nothing.
func (c *call) usage() model.Usage {
	switch {
	case !c.sent:
		return model.Usage{Known: true}
	case c.result.Usage.Known:
		return c.result.Usage
	}
	return counted(c.body, c.received.String())
}

// attempt asks the server once, unless its circuit is open.
func (c *call) attempt(ctx context.Context) (err error) {
	done, err := c.endpoint.breaker.Allow()
	if err != nil {
		return &failure{kind: model.ErrUnavailable, detail: "left alone after repeated failures"}
	}
	defer func() { done(err) }()
	return c.stream(ctx)
}
