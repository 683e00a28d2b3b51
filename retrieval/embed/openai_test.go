package embed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval/embed"
)

// embeddings answers an embedding request with a vector of n dimensions for each
// text, of which the first number tells the text's length, in reverse order.
func embeddings(w http.ResponseWriter, r *http.Request, n int) {
	var request struct{ Input []string }
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	type item struct {
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	}
	var data []item
	for i, text := range request.Input {
		vector := make([]float32, n)
		vector[0], vector[1] = float32(len(text)), 1
		data = append([]item{{i, vector}}, data...)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": data, "model": "m"})
}

// serve starts a server and returns an embedder of 4 dimensions on it.
func serve(t *testing.T, handler http.HandlerFunc, change func(*embed.OpenAIConfig)) *embed.OpenAI {
	t.Helper()
	server := httptest.NewServer(handler)
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	config := embed.OpenAIConfig{BaseURL: server.URL + "/v1", APIKey: "key", Model: "m", Dimensions: 4, MaxElapsed: 10 * time.Second, Transport: transport}
	if change != nil {
		change(&config)
	}
	o, err := embed.NewOpenAI(config)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOpenAIBatchesInOrder(t *testing.T) {
	var requests atomic.Int64
	o := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.URL.Path != "/v1/embeddings" || r.Header.Get("Authorization") != "Bearer key" {
			http.Error(w, "wrong request", http.StatusBadRequest)
			return
		}
		embeddings(w, r, 4)
	}, func(c *embed.OpenAIConfig) { c.Batch, c.MaxTokens = 3, 25 })
	texts := []string{"a", "bb", "ccc", "dddd", "", "ffffff", strings.Repeat("é", 200)}
	vectors, err := o.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if requests.Load() != 3 {
		t.Errorf("%d requests for 7 texts in batches of 3", requests.Load())
	}
	for i, want := range []float64{1, 2, 3, 4, 1, 6, 100} {
		if got := float64(vectors[i][0] / vectors[i][1]); math.Abs(got-want) > 1e-3 {
			t.Errorf("text %d arrived with %.0f bytes, want %.0f", i, got, want)
		}
		if length := cosine(vectors[i], vectors[i]); math.Abs(length-1) > 1e-5 {
			t.Errorf("vector %d has length %v", i, length)
		}
	}
	if got, err := o.Embed(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("no texts: %v, %v", got, err)
	}
}

func TestOpenAIAsksForShorterVectors(t *testing.T) {
	for _, shorten := range []bool{true, false} {
		o := serve(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if has := strings.Contains(string(body), `"dimensions":4`); has != shorten {
				http.Error(w, string(body), http.StatusBadRequest)
				return
			}
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			embeddings(w, r, 4)
		}, func(c *embed.OpenAIConfig) { c.Shorten = shorten })
		if _, err := o.Embed(t.Context(), []string{"a"}); err != nil {
			t.Errorf("shorten %v: %v", shorten, err)
		}
	}
}

func TestOpenAITriesAgain(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail func(w http.ResponseWriter)
		wait time.Duration
	}{
		{"overloaded, seconds", func(w http.ResponseWriter) { w.Header().Set("Retry-After", "1"); w.WriteHeader(429) }, time.Second},
		{"failing", func(w http.ResponseWriter) { w.WriteHeader(500) }, 0},
		{"no gateway", func(w http.ResponseWriter) { w.WriteHeader(502); fmt.Fprint(w, "<html>bad gateway</html>") }, 0},
		{"cut off", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"object":"list","data":[{"index":0,"embedd`)
		}, 0},
		{"hung up", func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int64
			o := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if requests.Add(1) == 1 {
					tt.fail(w)
					return
				}
				embeddings(w, r, 4)
			}, nil)
			begun := time.Now()
			if _, err := o.Embed(t.Context(), []string{"a"}); err != nil || requests.Load() != 2 {
				t.Errorf("%d requests, %v", requests.Load(), err)
			}
			if waited := time.Since(begun); waited < tt.wait {
				t.Errorf("waited %v, asked for %v", waited, tt.wait)
			}
		})
	}
}

func TestOpenAIRefusesWhatItCannotTrust(t *testing.T) {
	answer := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			fmt.Fprint(w, `{"error":{"message":"no such model"}}`)
		}
	}
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		want    error
		says    string
	}{
		{"other length", func(w http.ResponseWriter, r *http.Request) { embeddings(w, r, 5) }, embed.ErrBadAnswer, "5 dimensions, 4 are configured"},
		{"too few", answer(`{"data":[]}`), embed.ErrBadAnswer, "0 vectors for 1 texts"},
		{"too many", answer(`{"data":[{"index":0,"embedding":[1,0,0,0]},{"index":1,"embedding":[1,0,0,0]}]}`), embed.ErrBadAnswer, "2 vectors for 1 texts"},
		{"wrong index", answer(`{"data":[{"index":7,"embedding":[1,0,0,0]}]}`), embed.ErrBadAnswer, "index 7"},
		{"zero", answer(`{"data":[{"index":0,"embedding":[0,0,0,0]}]}`), embed.ErrBadAnswer, "zero or not finite"},
		{"not finite", answer(`{"data":[{"index":0,"embedding":[NaN,0,0,0]}]}`), embed.ErrBadAnswer, ""},
		{"out of range", answer(`{"data":[{"index":0,"embedding":[1e99,0,0,0]}]}`), embed.ErrBadAnswer, ""},
		{"text for numbers", answer(`{"data":[{"index":0,"embedding":[null,"a"]}]}`), embed.ErrBadAnswer, ""},
		{"no JSON", answer(`<html>hello</html>`), embed.ErrBadAnswer, ""},
		{"no key", status(401), embed.ErrRejected, "no such model"},
		{"no model", status(404), embed.ErrRejected, ""},
		{"bad request", status(400), embed.ErrRejected, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int64
			o := serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				tt.handler(w, r)
			}, nil)
			got, err := o.Embed(t.Context(), []string{"a"})
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || got != nil {
				t.Errorf("%v, %v; want %v that says %q", got, err, tt.want, tt.says)
			}
			if requests.Load() != 1 {
				t.Errorf("tried %d times what is of no use to try again", requests.Load())
			}
		})
	}
}

func TestOpenAIGivesUp(t *testing.T) {
	t.Run("wait too long", func(t *testing.T) {
		o := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
			w.WriteHeader(503)
		}, nil)
		if _, err := o.Embed(t.Context(), []string{"a"}); !errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("gone", func(t *testing.T) {
		o := serve(t, nil, func(c *embed.OpenAIConfig) { c.BaseURL, c.MaxElapsed = "http://127.0.0.1:1/v1", time.Millisecond })
		if _, err := o.Embed(t.Context(), []string{"a"}); !errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("stalled", func(t *testing.T) {
		o := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		}, func(c *embed.OpenAIConfig) { c.Timeout, c.MaxElapsed = 50*time.Millisecond, time.Millisecond })
		if _, err := o.Embed(t.Context(), []string{"a"}); !errors.Is(err, embed.ErrUnavailable) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		o := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			cancel()
			<-r.Context().Done()
		}, nil)
		if _, err := o.Embed(ctx, []string{"a"}); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("endless answer", func(t *testing.T) {
		o := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"data":[`)
			spaces := strings.Repeat(" ", 1<<20)
			for range 40 {
				if _, err := io.WriteString(w, spaces); err != nil {
					return
				}
			}
		}, nil)
		if _, err := o.Embed(t.Context(), []string{"a"}); !errors.Is(err, embed.ErrBadAnswer) {
			t.Errorf("error %v", err)
		}
	})
}

func TestNewOpenAIWantsAWholeConfiguration(t *testing.T) {
	for _, config := range []embed.OpenAIConfig{{Model: "m", Dimensions: 3}, {BaseURL: "http://x", Dimensions: 3}, {BaseURL: "http://x", Model: "m"}} {
		if _, err := embed.NewOpenAI(config); !errors.Is(err, embed.ErrConfig) {
			t.Errorf("%+v: %v", config, err)
		}
	}
	o, err := embed.NewOpenAI(embed.OpenAIConfig{BaseURL: "http://x", Model: "m", Dimensions: 3})
	if err != nil || o.Name() != "m-3" || o.Dimensions() != 3 {
		t.Errorf("%v, %v", o, err)
	}
}
