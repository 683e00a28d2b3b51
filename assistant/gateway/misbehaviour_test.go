package gateway_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

// Whatever a server does before its first token, the person gets one whole
// answer, from the next model.
func TestFallbackBeforeFirstToken(t *testing.T) {
	elsewhere := modeltest.NewServer(t, modeltest.Answer("stolen"))
	for name, test := range map[string]struct {
		behaviour modeltest.Behaviour
		requests  int
		err       error
	}{
		"500":                    {modeltest.Fail(500, "", "oops"), 2, model.ErrUnavailable},
		"503":                    {modeltest.Fail(503, "", "loading"), 2, model.ErrUnavailable},
		"429 without time":       {modeltest.Fail(429, "rate_limit_exceeded", "slow"), 2, model.ErrUnavailable},
		"429 for long":           {modeltest.Limited("3600"), 1, model.ErrUnavailable},
		"429 for ever":           {modeltest.Limited("99999999999999999999"), 1, model.ErrUnavailable},
		"429 no quota":           {modeltest.Fail(429, "insufficient_quota", "pay"), 1, model.ErrUnavailable},
		"400":                    {modeltest.Fail(400, "context_length_exceeded", "long"), 1, model.ErrRejected},
		"404":                    {modeltest.Fail(404, "model_not_found", "what"), 1, model.ErrRejected},
		"204":                    {modeltest.Fail(204, "", ""), 1, model.ErrMalformed},
		"silence":                {modeltest.Stall(""), 1, model.ErrUnavailable},
		"empty chunks":           {modeltest.KeepAlive(20 * time.Millisecond), 1, model.ErrUnavailable},
		"connection broken":      {modeltest.Reset(""), 2, model.ErrUnavailable},
		"empty stream":           {modeltest.Cut(""), 1, model.ErrCut},
		"empty answer":           {modeltest.Stream(nil, "stop", true), 2, model.ErrMalformed},
		"blank answer":           {modeltest.Stream([]string{" ", "\n\n"}, "stop", true), 2, model.ErrMalformed},
		"invalid JSON":           {modeltest.Raw("", `{"choices":[{`), 2, model.ErrMalformed},
		"wrong types":            {modeltest.Raw("", `{"choices":7}`), 2, model.ErrMalformed},
		"error in the stream":    {modeltest.Raw("", `{"error":{"message":"CUDA out of memory"}}`), 2, model.ErrUnavailable},
		"spaced error":           {modeltest.Raw("", `{ "error": {"message":"CUDA out of memory"}}`), 2, model.ErrUnavailable},
		"web page":               {modeltest.HTML(), 1, model.ErrMalformed},
		"huge line":              {modeltest.HugeLine(2 << 20), 1, model.ErrMalformed},
		"redirect":               {modeltest.Redirect(elsewhere.URL()), 1, model.ErrRejected},
		"filtered":               {modeltest.Ends("", "content_filter"), 1, model.ErrFiltered},
		"refused":                {modeltest.Raw("", `{"choices":[{"delta":{"refusal":"I cannot"},"finish_reason":null}]}`), 1, model.ErrFiltered},
		"all tokens for thought": {modeltest.Ends("<think>hm, pets", "length"), 1, model.ErrLength},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := modeltest.NewServer(t, test.behaviour)
			var limits gateway.Timeouts
			if name == "silence" || name == "empty chunks" {
				limits.FirstToken = 300 * time.Millisecond
			}
			var calls []gateway.Call
			g := open(t, gateway.Config{
				Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL(), Key: key, Timeouts: limits}},
				Local:     map[string]model.Model{"builtin": modeltest.ByTask(map[string]string{"job_post": composed})},
				Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}, {Endpoint: "builtin"}}},
				Log:       slog.New(slog.DiscardHandler),
				Observe:   func(c gateway.Call) { calls = append(calls, c) },
			})
			text, result, err := ask(t, g, request)
			if err != nil || text != composed || result.Endpoint != "scripted" {
				t.Fatalf("%q from %s, %v", text, result.Endpoint, err)
			}
			if !errors.Is(calls[0].Err, test.err) {
				t.Errorf("the server's error is %v, want %v", calls[0].Err, test.err)
			}
			if n := len(server.Requests()); n != test.requests {
				t.Errorf("the server was asked %d times, want %d", n, test.requests)
			}
		})
	}
	t.Cleanup(func() { // after the subtests, which are parallel
		if n := len(elsewhere.Requests()); n != 0 {
			t.Errorf("a redirect took %d requests elsewhere", n)
		}
	})
}

// After the first token nobody else continues; what was said is kept.
func TestCutAfterFirstToken(t *testing.T) {
	const said = "You want a shop"
	for name, test := range map[string]struct {
		behaviour modeltest.Behaviour
		finish    model.Finish
		err       error
	}{
		"body cut":          {modeltest.Cut(said), "", model.ErrCut},
		"done, no reason":   {modeltest.Raw(said, "[DONE]"), "", model.ErrCut},
		"connection broken": {modeltest.Reset(said), "", model.ErrCut},
		"silence":           {modeltest.Stall(said), "", model.ErrUnavailable},
		"invalid JSON":      {modeltest.Raw(said, `{"choices":[{`), "", model.ErrMalformed},
		"error":             {modeltest.Raw(said, `{"error":{"message":"preempted"}}`), "", model.ErrUnavailable},
		"huge line":         {modeltest.Raw(said, strings.Repeat("x", 2<<20)), "", model.ErrMalformed},
		"token limit":       {modeltest.Ends(said, "length"), model.FinishLength, model.ErrLength},
		"content filter":    {modeltest.Ends(said, "content_filter"), model.FinishFiltered, model.ErrFiltered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := modeltest.NewServer(t, test.behaviour)
			var limits gateway.Timeouts
			if name == "silence" {
				limits.NextToken = time.Second
			}
			g, builtin := start(t, limits, server)
			text, result, err := ask(t, g, request)
			if text != said {
				t.Errorf("kept %q, want %q", text, said)
			}
			if !errors.Is(err, model.ErrCut) || !errors.Is(err, test.err) {
				t.Errorf("error %v, want ErrCut and %v", err, test.err)
			}
			var failure *model.Error
			if !errors.As(err, &failure) || !failure.Started || failure.Endpoint != "a" {
				t.Errorf("error %#v does not say that the answer had begun at a", err)
			}
			if result.Finish != test.finish || result.Usage.OutputTokens == 0 {
				t.Errorf("result %+v", result)
			}
			if len(builtin.Requests()) != 0 || len(server.Requests()) != 1 {
				t.Error("somebody was asked again")
			}
		})
	}
}

func TestSecondTryAnswers(t *testing.T) {
	for name, first := range map[string]modeltest.Behaviour{
		"500":               modeltest.Fail(500, "", "oops"),
		"connection broken": modeltest.Reset(""),
		"429 in seconds":    modeltest.Limited("0.2"),
		"429 until a date":  modeltest.Limited(time.Now().Add(time.Second).UTC().Format(http.TimeFormat)),
		"429 of nonsense":   modeltest.Limited("soon"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := modeltest.NewServer(t, first, modeltest.Answer(answer))
			g, _ := start(t, gateway.Timeouts{}, server)
			text, result, err := ask(t, g, request)
			if err != nil || text != answer || result.Endpoint != "a" || len(server.Requests()) != 2 {
				t.Errorf("%q from %s after %d requests, %v", text, result.Endpoint, len(server.Requests()), err)
			}
		})
	}
}

func TestPauseIsObeyedByOtherCalls(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Limited("3600"), modeltest.Answer(answer))
	g, _ := start(t, gateway.Timeouts{}, server)
	for range 3 {
		if text, _, err := ask(t, g, request); err != nil || text != composed {
			t.Fatalf("%q, %v", text, err)
		}
	}
	if n := len(server.Requests()); n != 1 {
		t.Errorf("a server that asked to be left alone got %d requests", n)
	}
}

func TestRetryAfterIsReported(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Limited("60"))
	g := open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL()}},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
	_, _, err := ask(t, g, request)
	var failure *model.Error
	if !errors.As(err, &failure) || failure.RetryAfter != time.Minute || failure.Started {
		t.Errorf("error %#v", err)
	}
	_, _, err = ask(t, g, request) // is not sent, and says how long the pause lasts
	if !errors.As(err, &failure) || failure.RetryAfter <= 0 || failure.RetryAfter > time.Minute || len(server.Requests()) != 1 {
		t.Errorf("during the pause: %#v after %d requests", err, len(server.Requests()))
	}
}

func TestCircuitOpens(t *testing.T) {
	t.Parallel()
	server := modeltest.NewServer(t, modeltest.Fail(500, "", "oops"))
	g, _ := start(t, gateway.Timeouts{}, server)
	for range 6 {
		if text, _, err := ask(t, g, request); err != nil || text != composed {
			t.Fatalf("%q, %v", text, err)
		}
	}
	if n := len(server.Requests()); n != 5 {
		t.Errorf("a server that only fails was asked %d times, want 5", n)
	}
}

func TestRejectedRequestsDoNotOpenTheCircuit(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Fail(400, "", "no"))
	g, _ := start(t, gateway.Timeouts{}, server)
	for range 8 {
		_, _, _ = ask(t, g, request)
	}
	if n := len(server.Requests()); n != 8 {
		t.Errorf("asked %d times, want 8", n)
	}
}

func TestServerGone(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	g := open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: "http://" + address + "/v1"}},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
	if _, _, err := ask(t, g, request); !errors.Is(err, model.ErrUnavailable) || !strings.Contains(err.Error(), "refused") {
		t.Errorf("error %v", err)
	}
}

func TestWholeTimeLimit(t *testing.T) {
	t.Parallel()
	limits := gateway.Timeouts{Whole: time.Second}
	g, _ := start(t, limits, modeltest.NewServer(t, modeltest.Drip(strings.Repeat("and ", 1000), 20*time.Millisecond)))
	text, _, err := ask(t, g, request)
	if !errors.Is(err, model.ErrCut) || !errors.Is(err, model.ErrUnavailable) || !strings.HasPrefix(text, "and") {
		t.Errorf("%q, %v", text, err)
	}
}

func TestSlowDripIsFine(t *testing.T) {
	g, _ := start(t, gateway.Timeouts{NextToken: 5 * time.Second}, modeltest.NewServer(t, modeltest.Drip(answer, 10*time.Millisecond)))
	if text, _, err := ask(t, g, request); err != nil || text != answer {
		t.Errorf("%q, %v", text, err)
	}
}

func TestAnswerIsNotHeldUpByItsEnd(t *testing.T) {
	t.Parallel()
	g, _ := start(t, gateway.Timeouts{NextToken: time.Second}, modeltest.NewServer(t, modeltest.StallAfterFinish(answer)))
	text, result, err := ask(t, g, request)
	if err != nil || text != answer || result.Usage.Known || result.Usage.OutputTokens == 0 {
		t.Errorf("%q, %+v, %v", text, result, err)
	}
}

func TestBusyEndpointIsPassedOver(t *testing.T) {
	t.Parallel()
	server := modeltest.NewServer(t, modeltest.Stall("First"))
	g := open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL(), Concurrency: 1, Timeouts: gateway.Timeouts{FirstToken: time.Second}}},
		Local:     map[string]model.Model{"builtin": modeltest.ByTask(map[string]string{"job_post": composed})},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}, {Endpoint: "builtin"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
	enough := errors.New("enough")
	_, err := g.Generate(t.Context(), request, func(string) error {
		if text, _, err := ask(t, g, request); err != nil || text != composed {
			t.Errorf("while the only slot was taken: %q, %v", text, err)
		}
		return enough
	})
	if !errors.Is(err, enough) || len(server.Requests()) != 1 {
		t.Errorf("%d requests, %v", len(server.Requests()), err)
	}
}

// A server may repeat what it was sent. Neither errors nor logs may.
func TestSecretsStayInside(t *testing.T) {
	echo := fmt.Sprintf("Incorrect key %s for prompt %q", key, prompt)
	for name, behaviour := range map[string]modeltest.Behaviour{
		"status": modeltest.Fail(401, key, echo),
		"stream": modeltest.Raw("", fmt.Sprintf(`{"error":{"message":%q,"code":%q}}`, echo, key)),
		"JSON":   modeltest.Raw("", key+prompt),
		"type":   modeltest.Raw("", fmt.Sprintf(`{"choices":%q}`, key+prompt)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			cfg := gateway.Config{
				Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: modeltest.NewServer(t, behaviour).URL(), Key: key}},
				Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}}},
				Log:       slog.New(slog.NewJSONHandler(&log, nil)),
			}
			_, _, err := ask(t, open(t, cfg), request)
			if err == nil {
				t.Fatal("no error")
			}
			for what, text := range map[string]string{
				"error": fmt.Sprintf("%v %+v", err, err), "log": log.String(), "configuration": fmt.Sprintf("%v %+v %#v", cfg, cfg, cfg.Endpoints),
			} {
				for _, secret := range []string{key, "rule 77", "pet"} {
					if strings.Contains(text, secret) {
						t.Errorf("%s contains %q: %s", what, secret, text)
					}
				}
			}
		})
	}
}
