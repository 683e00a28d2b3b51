package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

const (
	maxBody  = 16 << 20 // of a response, in bytes after decompression
	maxLine  = 1 << 20  // of a line in a stream
	maxError = 64 << 10 // read of an error's body
)

// exchange is the HTTP side of one call. It hands only event streams to the
// client library, so that all else gets an error that says what it is.
type exchange struct {
	http *http.Client
	body *limitedBody
	sent atomic.Bool // the server has the request, and did not refuse it
}

// Do implements openai.HTTPDoer.
func (x *exchange) Do(request *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{WroteRequest: func(written httptrace.WroteRequestInfo) { x.sent.Store(written.Err == nil) }}
	response, err := x.http.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		if errors.Is(err, errRedirect) {
			x.sent.Store(false)
		}
		return nil, err
	}
	x.sent.Store(response.StatusCode == http.StatusOK)
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		return nil, refused(response)
	}
	x.body = &limitedBody{ReadCloser: response.Body}
	response.Body = x.body
	media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch {
	case media == "text/event-stream" || media == "" && err != nil && response.Header.Get("Content-Type") == "":
		return response, nil
	case media == "application/json":
		defer x.body.Close()
		stream, err := whole(x.body)
		if err != nil {
			return nil, err
		}
		response.Body = io.NopCloser(bytes.NewReader(stream))
		return response, nil
	}
	x.body.Close()
	return nil, &failure{kind: model.ErrMalformed, detail: fmt.Sprintf("content type %q instead of an event stream", line(media, 60))}
}

// drain reads what is left after the last event, so that the connection can be
// used again. It returns when the stream's context ends at the latest.
func (x *exchange) drain() {
	if x.body != nil {
		_, _ = io.CopyN(io.Discard, x.body, 4<<10)
	}
}

// refused makes a failure of a response that is none. Of its body only a code
// made of letters is repeated.
func refused(response *http.Response) *failure {
	var problem struct {
		Error struct {
			Code any `json:"code"`
		} `json:"error"`
	}
	raw, _ := io.ReadAll(io.LimitReader(response.Body, maxError))
	_ = json.Unmarshal(raw, &problem)
	code, _ := problem.Error.Code.(string)
	f := &failure{kind: model.ErrRejected, detail: fmt.Sprintf("status %d", response.StatusCode)}
	if code = word(code); code != "" {
		f.detail += " (" + code + ")"
	}
	switch status := response.StatusCode; {
	case status == http.StatusTooManyRequests && code == "insufficient_quota":
		f.kind, f.busy = model.ErrUnavailable, true
	case status == http.StatusTooManyRequests:
		f.kind, f.busy, f.retry, f.after = model.ErrUnavailable, true, true, retryAfter(response.Header)
	case status == http.StatusRequestTimeout, status >= 500:
		f.kind, f.retry, f.after = model.ErrUnavailable, true, retryAfter(response.Header)
	case status < 400:
		f.kind = model.ErrMalformed
	}
	return f
}

// retryAfter reads the header's two forms, RFC 9110 section 10.2.3.
func retryAfter(header http.Header) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 1e6) * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

// whole turns the answer of a server that does not stream into a stream of one chunk.
func whole(body io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, &url.Error{Op: "read", Err: err}
	}
	var answer struct {
		Model   string `json:"model"`
		Choices []struct {
			Message      openai.ChatCompletionStreamChoiceDelta `json:"message"`
			FinishReason string                                 `json:"finish_reason"`
		} `json:"choices"`
		Usage json.RawMessage `json:"usage,omitempty"`
		Error json.RawMessage `json:"error,omitempty"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, errJSON
	}
	if said(answer.Error) {
		return nil, errReported
	}
	if len(answer.Choices) == 0 {
		return nil, errEmpty
	}
	first := answer.Choices[0]
	if first.FinishReason == "" {
		first.FinishReason = "stop" // valid JSON is whole
	}
	event, err := json.Marshal(map[string]any{
		"model": answer.Model, "usage": answer.Usage,
		"choices": []any{map[string]any{"delta": first.Message, "finish_reason": first.FinishReason}},
	})
	if err != nil {
		return nil, errJSON
	}
	return fmt.Appendf(nil, "data: %s\n\ndata: [DONE]\n\n", event), nil
}

// limitedBody fails when a body, or a line in it, is longer than allowed.
type limitedBody struct {
	io.ReadCloser
	read, line int
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read += n
	if end := bytes.LastIndexByte(p[:n], '\n'); end >= 0 {
		b.line = n - end - 1
	} else {
		b.line += n
	}
	if b.read > maxBody || b.line > maxLine {
		return 0, errTooLarge
	}
	return n, err
}
