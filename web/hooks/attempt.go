package hooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	maxAnswer    = 64 << 10 // bytes of an answer's body, and of its headers
	maxRedirects = 3
	maxFailure   = 200 // bytes of what is kept of a failure
)

// result is how an attempt went.
type result struct {
	failure string        // "" when it arrived
	gone    bool          // it is not to be tried again
	own     bool          // the fault is the event's: others may go through
	wait    time.Duration // asked for by the server, 0 for nothing
	status  int           // HTTP, 0 for no answer
	body    []byte        // of an answer that says that it arrived
}

// newClient returns a client that follows redirects within a host only, and
// only those that keep method and body: a secret's signature goes nowhere else.
func newClient() *http.Client {
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext, ForceAttemptHTTP2: true,
		MaxIdleConns: 32, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second, TLSHandshakeTimeout: 10 * time.Second,
		MaxResponseHeaderBytes: maxAnswer,
	}
	return &http.Client{Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		from := via[0].URL
		if len(via) > maxRedirects || r.Method != http.MethodPost || r.URL.Scheme != from.Scheme || r.URL.Host != from.Host {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

// attempt sends an event to an endpoint, once.
func attempt(ctx context.Context, client *http.Client, to Endpoint, event Event, now time.Time) result {
	body, err := event.Body()
	if err != nil {
		return result{failure: "cannot be encoded", gone: true, own: true}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.URL, bytes.NewReader(body))
	if err != nil {
		return result{failure: "the address cannot be used", own: true}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Parley-Webhooks/1")
	if err := Sign(r.Header, event.ID, body, now, to.Secrets...); err != nil {
		return result{failure: "cannot be signed", own: true}
	}
	answer, err := client.Do(r)
	if err != nil {
		return result{failure: reason(err)}
	}
	defer answer.Body.Close()
	// Read so that the connection can be used again. A body that breaks off says nothing.
	said, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	made := judge(answer, now)
	made.status = answer.StatusCode
	if made.failure == "" && err == nil {
		made.body = said
	}
	return made
}

func judge(answer *http.Response, now time.Time) result {
	status := answer.StatusCode
	if status >= 200 && status < 300 {
		return result{}
	}
	failed := result{failure: fmt.Sprintf("status %d", status), gone: status == http.StatusGone, wait: retryAfter(answer.Header, now)}
	switch status {
	case http.StatusGone, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		failed.own = true
	}
	return failed
}

// reason is why nothing was answered, without the address, which may hold a
// secret.
func reason(err error) string {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return "timeout"
	}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	text := err.Error()
	return text[:min(len(text), maxFailure)]
}
