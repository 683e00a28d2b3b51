package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

// remote is a model at an endpoint.
type remote struct {
	endpoint *endpoint
	choice   Choice
}

// Generate implements model.Model. It asks the server, and once more where that
// promises to help and no text has come yet.
func (r *remote) Generate(ctx context.Context, request model.Request, yield func(string) error) (model.Result, error) {
	start := time.Now()
	timeouts := r.endpoint.timeouts
	ctx, cancel := context.WithTimeoutCause(ctx, timeouts.Whole, errWhole)
	defer cancel()

	c := &call{
		remote: r, yield: yield, start: start, by: start.Add(timeouts.FirstToken), body: r.body(request),
		result: model.Result{Model: r.choice.Model, Endpoint: r.endpoint.name, Prompt: request.Prompt},
	}
	err := c.run(ctx)
	c.result.Total = time.Since(start)
	if !c.result.Usage.Known {
		c.result.Usage = estimate(c.body, c.written)
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
	body    openai.ChatCompletionRequest
	yield   func(string) error
	start   time.Time
	by      time.Time // when the first token must have come
	started bool      // text was yielded
	written int       // bytes yielded
	result  model.Result
}

func (c *call) run(ctx context.Context) error {
	waiting, cancel := context.WithDeadlineCause(ctx, c.by, errNoToken)
	defer cancel()
	leave, err := c.endpoint.enter(waiting)
	if err != nil {
		return err
	}
	defer leave()
	for first := true; ; first = false {
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
		wait := jitter()
		if !first || !own.retry || time.Now().Add(max(wait, own.after)).After(c.by) {
			return err
		}
		if err := sleep(waiting, wait); err != nil {
			return err
		}
	}
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
