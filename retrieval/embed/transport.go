package embed

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxAnswer bounds what is read of an answer: 64 texts of 4,096 dimensions take about 5 MB.
const maxAnswer = 32 << 20

var errTooLong = errors.New("embed: answer is too long")

// courteous notes how long the server asks to wait, which the client library
// does not pass on, and stops reading answers that have no end.
type courteous struct {
	next http.RoundTripper
}

type retryAfterKey struct{}

// withRetryAfter makes courteous write to wait what the server asks for.
func withRetryAfter(ctx context.Context, wait *time.Duration) context.Context {
	return context.WithValue(ctx, retryAfterKey{}, wait)
}

// RoundTrip implements http.RoundTripper.
func (t *courteous) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if wait, ok := request.Context().Value(retryAfterKey{}).(*time.Duration); ok && response.StatusCode >= 400 {
		*wait = retryAfter(response.Header.Get("Retry-After"), time.Now())
	}
	response.Body = &bounded{response.Body, maxAnswer}
	return response, nil
}

// retryAfter reads a Retry-After header: seconds or a date. 0 is not said.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil {
		return max(0, time.Duration(seconds)*time.Second)
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// bounded is a body that fails once more than left bytes were read.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLong
	}
	return n, err
}
