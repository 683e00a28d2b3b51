package embed_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
)

// sent embeds texts and returns what the server got, request by request.
func sent(t *testing.T, texts []string, change func(*embed.OpenAIConfig)) [][]string {
	t.Helper()
	var mu sync.Mutex
	var requests [][]string
	o := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var request struct{ Input []string }
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		mu.Lock()
		requests = append(requests, request.Input)
		mu.Unlock()
		var data []map[string]any
		for i := range request.Input {
			data = append(data, map[string]any{"index": i, "embedding": []float32{1, 0, 0, 0}})
		}
		json.NewEncoder(w).Encode(map[string]any{"data": data})
	}, change)
	if vectors, err := o.Embed(t.Context(), texts); err != nil || len(vectors) != len(texts) {
		t.Fatalf("%d vectors for %d texts, %v", len(vectors), len(texts), err)
	}
	return requests
}

func TestOpenAIBatchesBySize(t *testing.T) {
	word := strings.Repeat("a", 40) // ten tokens, as estimated
	texts := []string{word, word, word, strings.Repeat(word, 9), word, word}
	requests := sent(t, texts, func(c *embed.OpenAIConfig) { c.BatchTokens = 25 })
	var sizes []int
	for _, request := range requests {
		sizes = append(sizes, len(request))
	}
	if want := []int{2, 1, 1, 2}; !slices.Equal(sizes, want) {
		t.Errorf("requests of %v texts, want %v", sizes, want)
	}
}

func TestOpenAICutsTexts(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int // characters
	}{
		{"short", "a few words", 11},
		{"English", strings.Repeat("a", 100), 40},
		{"German", strings.Repeat("ä", 100), 20},
		{"Russian", strings.Repeat("ж", 100), 20},
		{"Chinese", strings.Repeat("店", 100), 6},
		{"numbers", strings.Repeat("7", 100), 20},
		{"bad bytes", "\xff\xfea\xff", 1},
		{"nothing", " \n\xff", 1},
		{"spaces at the cut", strings.Repeat("a", 38) + strings.Repeat(" ", 100) + "b", 38},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := sent(t, []string{tt.text}, func(c *embed.OpenAIConfig) { c.MaxTokens = 10 })[0][0]
			if n := len([]rune(got)); n != tt.want {
				t.Errorf("%d characters arrived, want %d", n, tt.want)
			}
		})
	}
}
