package gateway_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

const (
	benchTokens = 2000
	streams     = 100
	perSecond   = 20 // tokens of a stream
	perAnswer   = 20 // tokens
	benchChunk  = `data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}` + "\n\n"
	benchEnd    = `data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n" +
		`data: {"id":"c1","choices":[],"usage":{"prompt_tokens":1500,"completion_tokens":20}}` + "\n\ndata: [DONE]\n\n"
)

// BenchmarkToken compares the time of a token through the gateway with that
// through the client library alone. The server writes all at once, so that
// little of what is measured is its share.
func BenchmarkToken(b *testing.B) {
	answer := []byte(strings.Repeat(benchChunk, benchTokens) + benchEnd)
	saturated := func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write(answer)
	}
	b.Run("client", func(b *testing.B) {
		client := directClient(modeltest.NewServer(b, saturated), http.DefaultTransport)
		perToken(b, func() error {
			return direct(b, client, []openai.ChatCompletionMessage{{Role: "user", Content: prompt}}, func() {})
		})
	})
	b.Run("gateway", func(b *testing.B) {
		g, _ := start(b, gateway.Timeouts{}, modeltest.NewServer(b, saturated))
		perToken(b, func() error {
			_, err := g.Generate(b.Context(), request, func(string) error { return nil })
			return err
		})
	})
}

func perToken(b *testing.B, call func() error) {
	b.ReportAllocs()
	for b.Loop() {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*benchTokens), "ns/token")
}

func directClient(server *modeltest.Server, transport http.RoundTripper) *openai.Client {
	config := openai.DefaultConfig(key)
	config.BaseURL, config.HTTPClient = server.URL(), &http.Client{Transport: transport}
	return openai.NewClientWithConfig(config)
}

// direct calls first when the first text has come.
func direct(t testing.TB, client *openai.Client, messages []openai.ChatCompletionMessage, first func()) error {
	stream, err := client.CreateChatCompletionStream(t.Context(), openai.ChatCompletionRequest{
		Model: "small", Messages: messages, StreamOptions: &openai.StreamOptions{IncludeUsage: true},
	})
	if err != nil {
		return err
	}
	defer stream.Close()
	for {
		piece, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if first != nil && len(piece.Choices) > 0 && piece.Choices[0].Delta.Content != "" {
			first()
			first = nil
		}
	}
}

// TestGatewayBench measures what the way through the gateway adds to the time
// to the first token, beside the client library alone and in the same run. 100
// streams of 20 tokens a second run all the time; each asks now the one way, now the other.
func TestGatewayBench(t *testing.T) {
	if os.Getenv("PARLEY_BENCH") != "on" {
		t.Skip("make bench-gateway runs it")
	}
	server := modeltest.NewServer(t, paced)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = streams
	t.Cleanup(transport.CloseIdleConnections)
	client, r := directClient(server, transport), typical()
	g, ledger := benchGateway(t, server, nil)
	limited, _ := benchGateway(t, server, []gateway.Budget{{Amount: 1e15, Currency: "USD", Per: gateway.Day}})
	if _, _, err := ask(t, g, r); err != nil {
		t.Fatal(err)
	}
	messages := asMessages(first(t, server))

	through := func(g *gateway.Gateway) func(func()) error {
		return func(first func()) error {
			r := r // each turn has a new message
			r.History = append(slices.Clip(r.History), model.Message{Role: "user", Text: "And what about " + rand.Text() + " until 30 March?"})
			_, err := g.Generate(t.Context(), r, func(string) error {
				if first != nil {
					first()
					first = nil
				}
				return nil
			})
			return err
		}
	}
	alone := func(first func()) error { return direct(t, client, messages, first) }
	times := measure(t, alone, through(g), 30*time.Second)
	report(t, "gateway", times)
	report(t, "gateway, with a budget in SQLite", measure(t, alone, through(limited), 15*time.Second))
	g.Close()
	calls, err := ledger.Calls(t.Context(), r.Tenant, r.Response)
	if err != nil || len(calls) != len(times[1])+1 {
		t.Errorf("%d calls recorded of %d, %v", len(calls), len(times[1])+1, err)
	}
}

// paced answers with the first token at once and the others at their pace.
func paced(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
	w.Header().Set("Content-Type", "text/event-stream")
	ticks := time.NewTicker(time.Second / perSecond)
	defer ticks.Stop()
	for i := range perAnswer {
		if i > 0 {
			select {
			case <-ticks.C:
			case <-r.Context().Done():
				return
			}
		}
		_, _ = io.WriteString(w, benchChunk)
		w.(http.Flusher).Flush()
	}
	_, _ = io.WriteString(w, benchEnd)
}

// typical is a request in mid-conversation: 30 facts, 8 messages, 9 KB in all,
// with personal data that is masked.
func typical() model.Request {
	r := turn
	r.Instructions = strings.Repeat("Say what the facts say, in short sentences, and name each fact that you use. ", 20)
	r.Facts, r.History = nil, nil
	for i := range 30 {
		r.Facts = append(r.Facts, model.Fact{
			ID: fmt.Sprintf("f%d", i+1), Kind: "said", Key: "skill", Attrs: map[string]string{"level": "expert"},
			Text: fmt.Sprintf("They know PostgreSQL 15 and Go 1.26 well, for %d years, 20 hours a week at $25-40.", i+1),
		})
	}
	for i := range 8 {
		r.History = append(r.History, model.Message{
			Role: []string{"user", "assistant"}[i%2],
			Text: "We need a developer for 3 months who moves our shop to a new server. Write to ann@example.com about the start on 2 March, or call +49 171 2345678. " +
				"The budget is about 4,000 EUR and the work can be done from anywhere in Europe.",
		})
	}
	return r
}

// asMessages is what the gateway sent, to be sent again.
func asMessages(body sent) (messages []openai.ChatCompletionMessage) {
	for _, m := range body.Messages {
		messages = append(messages, openai.ChatCompletionMessage{Role: m.Role, Content: m.Content})
	}
	return messages
}

func benchGateway(t *testing.T, server *modeltest.Server, budgets []gateway.Budget) (*gateway.Gateway, gateway.Ledger) {
	ledger := sqliteLedger(t)
	cfg := metered(server, ledger)
	cfg.Endpoints["a"] = gateway.Endpoint{BaseURL: server.URL(), Key: key, Concurrency: streams}
	cfg.Prices = []gateway.Price{{Model: "small", Input: 150_000, Output: 600_000, Currency: "USD"}}
	cfg.Budgets = budgets
	return open(t, cfg), ledger
}

// measure returns the times to the first token of two ways that are taken in turns.
func measure(t *testing.T, one, other func(first func()) error, span time.Duration) (times [2][]time.Duration) {
	var mu sync.Mutex
	end := time.Now().Add(span)
	var all sync.WaitGroup
	for i := range streams {
		all.Go(func() {
			time.Sleep(mathrand.N(perAnswer * time.Second / perSecond)) // they do not begin together
			for n := i; time.Now().Before(end); n++ {
				way, began := []func(func()) error{one, other}[n%2], time.Now()
				err := way(func() {
					took := time.Since(began)
					mu.Lock()
					times[n%2] = append(times[n%2], took)
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return times
}

func report(t *testing.T, name string, times [2][]time.Duration) {
	for i, way := range []string{"client alone", name} {
		t.Logf("%-32s %5d answers, first token p50 %s, p99 %s", way, len(times[i]), ms(quantile(times[i], 0.5)), ms(quantile(times[i], 0.99)))
	}
	t.Logf("%-32s p50 %s, p99 %s", "added", ms(quantile(times[1], 0.5)-quantile(times[0], 0.5)), ms(quantile(times[1], 0.99)-quantile(times[0], 0.99)))
}

func quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[min(len(times)-1, int(q*float64(len(times))))]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.3f ms", float64(d)/float64(time.Millisecond)) }
