package main

import (
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// embeddings is a server with an embedding model that counts letters. While
// refusing is set it refuses every request.
type embeddings struct {
	refusing atomic.Bool
	embedded atomic.Int64 // texts
}

func (e *embeddings) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct{ Input []string }
	if e.refusing.Load() || json.NewDecoder(r.Body).Decode(&request) != nil {
		http.Error(w, `{"error":{"message":"no such model"}}`, http.StatusBadRequest)
		return
	}
	type item struct {
		Index     int       `json:"index"`
		Embedding []float64 `json:"embedding"`
	}
	var answer struct {
		Data []item `json:"data"`
	}
	for i, text := range request.Input {
		answer.Data = append(answer.Data, item{i, letters(text)})
	}
	e.embedded.Add(int64(len(request.Input)))
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // the client may be gone
}

// letters is how often each letter stands in a text, as a vector of unit length.
func letters(text string) []float64 {
	vector := make([]float64, 26)
	sum := 1e-9
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' {
			vector[r-'a']++
		}
	}
	for _, x := range vector {
		sum += x * x
	}
	for i := range vector {
		vector[i] /= math.Sqrt(sum)
	}
	return vector
}

func TestDocumentsAreEmbeddedWhenTheModelIsBack(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		model := &embeddings{}
		endpoint := httptest.NewServer(model)
		t.Cleanup(endpoint.Close)
		file := filepath.Join(t.TempDir(), "parley.yaml")
		content := "demo: false\nmodels:\n  endpoints:\n    local: {base_url: '" + endpoint.URL + "/v1'}\n" +
			"retrieval:\n  embedding: {endpoint: local, model: letters, dimensions: 26}\n"
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		env["PARLEY_CONFIG"], env["PARLEY_API_KEY"] = file, shopKey
		s := startServer(t, testConfig(t, env))

		model.refusing.Store(true)
		var loaded struct {
			Changed  int
			Embedded bool
		}
		post := `{"id":"p1","title":"Zzz puzzle quiz","description":"A jazz quiz with fuzzy puzzles."}`
		s.do(t, "POST", "/v1/documents?kind=job_post", shopKey, post, http.StatusOK, &loaded)
		if loaded.Changed != 1 || loaded.Embedded {
			t.Errorf("%+v", loaded)
		}
		s.search(t, "/v1/search", shopKey, object{"text": "puzzle"}, http.StatusOK) // by its words

		model.refusing.Store(false)
		eventually(t, "the document is embedded", func() bool { return model.embedded.Load() > 0 })
		eventually(t, "it is found by nearness", func() bool {
			found := s.search(t, "/v1/search", shopKey, object{"text": "zzzz"}, http.StatusOK)
			return len(found) == 1 && found[0].Similarity > 0
		})
	})
}
