package gateway

import (
	"context"
	"errors"
	"io"
	"net/url"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

// failure is why a call to a server failed. Its detail is written here and
// never taken from what the server said, which may repeat a key or a prompt.
type failure struct {
	kind   error // one of model's sentinels
	detail string
	retry  bool          // the same server may well answer when asked again
	after  time.Duration // how long it asked to be left alone
	busy   bool          // it lives, and has too much to do
}

func (f *failure) Error() string { return f.kind.Error() + ": " + f.detail }
func (f *failure) Unwrap() error { return f.kind }

var (
	errTooLarge  = &failure{kind: model.ErrMalformed, detail: "the answer is larger than allowed"}
	errRedirect  = &failure{kind: model.ErrRejected, detail: "redirected to another server, which was not followed"}
	errWhole     = &failure{kind: model.ErrUnavailable, detail: "the answer took too long"}
	errNextToken = &failure{kind: model.ErrUnavailable, detail: "the server fell silent in its answer"}
	errNoToken   = &failure{kind: model.ErrUnavailable, detail: "no first token in time"}
	errCut       = &failure{kind: model.ErrCut, detail: "no finish reason"}
	errJSON      = &failure{kind: model.ErrMalformed, detail: "invalid JSON in the stream", retry: true}
	errEmpty     = &failure{kind: model.ErrMalformed, detail: "empty answer", retry: true}
	errReported  = &failure{kind: model.ErrUnavailable, detail: "the server reported an error in its stream", retry: true}
)

// explain turns an error of a call into a failure. When ctx ended because the
// caller ended it, that is what is returned.
func explain(ctx context.Context, err error) error {
	var own *failure
	if errors.As(err, &own) {
		return own
	}
	if ctx.Err() != nil {
		if errors.As(context.Cause(ctx), &own) {
			return own
		}
		return ctx.Err()
	}
	var reported *openai.APIError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return errCut
	case errors.As(err, &reported):
		return errReported
	case errors.Is(err, openai.ErrTooManyEmptyStreamMessages):
		return &failure{kind: model.ErrMalformed, detail: "a stream without data"}
	}
	return unreachable(err)
}

// explainStart is explain for a stream that did not begin: there is no answer
// that could be cut, so what ended early is the connection. What is neither
// ours nor the network's is the client library's refusal to send the request.
func explainStart(ctx context.Context, err error) error {
	var own *failure
	var request *url.Error
	switch {
	case errors.As(err, &own) || ctx.Err() != nil:
		return explain(ctx, err)
	case errors.As(err, &request):
		return unreachable(err)
	}
	return &failure{kind: model.ErrRejected, detail: "this model does not take such a request"}
}

func unreachable(err error) *failure {
	return &failure{kind: model.ErrUnavailable, detail: "connection: " + network(err), retry: true}
}

// network is the part of a connection's error that names no URL.
func network(err error) string {
	var request *url.Error
	if errors.As(err, &request) {
		err = request.Err
	}
	return line(err.Error(), 200)
}

// excluded tells the circuit breaker what says nothing about a server's health.
func excluded(err error) bool {
	var own *failure
	return errors.As(err, &own) && own.busy || err != nil && own == nil
}

// healthy tells the circuit breaker which outcomes a working server has.
func healthy(err error) bool {
	return err == nil || errors.Is(err, model.ErrRejected) || errors.Is(err, model.ErrLength) || errors.Is(err, model.ErrFiltered)
}
