package gateway_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/modeltest"
)

const benchTokens = 2000

// BenchmarkToken compares the time of a token through the gateway with that
// through the client library alone, the server's share included in both.
func BenchmarkToken(b *testing.B) {
	pieces := modeltest.Pieces(strings.Repeat("word ", benchTokens))
	b.Run("client", func(b *testing.B) {
		server := modeltest.NewServer(b, modeltest.Stream(pieces, "stop", true))
		config := openai.DefaultConfig(key)
		config.BaseURL = server.URL()
		client := openai.NewClientWithConfig(config)
		perToken(b, func() error { return direct(b, client) })
	})
	b.Run("gateway", func(b *testing.B) {
		g, _ := start(b, gateway.Timeouts{}, modeltest.NewServer(b, modeltest.Stream(pieces, "stop", true)))
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
