package gateway_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/modeltest"
)

const benchTokens = 2000

// BenchmarkToken compares the time of a token through the gateway with that
// through the client library alone. The server writes all at once, so that
// little of what is measured is its share.
func BenchmarkToken(b *testing.B) {
	const token = `data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}` + "\n\n"
	const end = `data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\ndata: [DONE]\n\n"
	answer := []byte(strings.Repeat(token, benchTokens) + end)
	saturated := func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write(answer)
	}
	b.Run("client", func(b *testing.B) {
		server := modeltest.NewServer(b, saturated)
		config := openai.DefaultConfig(key)
		config.BaseURL = server.URL()
		client := openai.NewClientWithConfig(config)
		perToken(b, func() error { return direct(b, client) })
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

func direct(b *testing.B, client *openai.Client) error {
	stream, err := client.CreateChatCompletionStream(b.Context(), openai.ChatCompletionRequest{
		Model: "small", Messages: []openai.ChatCompletionMessage{{Role: "user", Content: prompt}},
		StreamOptions: &openai.StreamOptions{IncludeUsage: true},
	})
	if err != nil {
		return err
	}
	defer stream.Close()
	for {
		if _, err := stream.Recv(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
