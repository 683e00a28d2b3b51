package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// beats is an embedding server that tells of each request before it answers.
type beats struct {
	embeddings
	came chan struct{}
}

func (b *beats) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case b.came <- struct{}{}:
	default:
	}
	b.embeddings.ServeHTTP(w, r)
}

// lettersModel writes a configuration with the server's model.
func lettersModel(t *testing.T, url string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "parley.yaml")
	content := "demo: false\nmodels:\n  endpoints:\n    local: {base_url: '" + url + "/v1'}\n" +
		"retrieval:\n  embedding: {endpoint: local, model: letters, dimensions: 26}\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// ingested is the environment of a database of its own with so many posts, embedded by the built-in model.
func ingested(t *testing.T, env map[string]string, posts int) map[string]string {
	t.Helper()
	own := map[string]string{"PARLEY_DATA": t.TempDir()}
	if env["DATABASE_URL"] != "" {
		own["DATABASE_URL"] = testDatabase(t)
	}
	var lines strings.Builder
	for i := range posts {
		word := []string{"Zebra", "Quilt", "Jazz", "Vow", "Fjord", "Lynx", "Box"}[i%7]
		fmt.Fprintf(&lines, `{"id":"p%d","title":"%s number %d","description":"%s"}`+"\n", i, word, i, strings.Repeat(word+" ", i%11))
	}
	p := command(t, own, "ingest", "--quiet", "-")
	p.Stdin = strings.NewReader(lines.String())
	if err := p.Run(); err != nil {
		t.Fatalf("%v\n%s%s", err, p.out, p.log)
	}
	return own
}

// TestEmbedIsTheSameAfterKills kills the program ten times while it embeds for
// a changed model, and compares what is there in the end with one clean run.
func TestEmbedIsTheSameAfterKills(t *testing.T) {
	const posts, kills = 900, 10
	onDatabases(t, func(t *testing.T, env map[string]string) {
		server := &beats{came: make(chan struct{}, 1)}
		endpoint := httptest.NewServer(server)
		t.Cleanup(endpoint.Close)
		killed, clean := ingested(t, env, posts), ingested(t, env, posts)
		killed["PARLEY_CONFIG"] = lettersModel(t, endpoint.URL)
		clean["PARLEY_CONFIG"] = killed["PARLEY_CONFIG"]

		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		for range kills {
			p := command(t, killed, "embed")
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- p.Wait() }()
			killSoon(t, p, server.came, ended, random)
		}
		for name, env := range map[string]map[string]string{"killed": killed, "clean": clean} {
			p := command(t, env, "embed", "--tenant", "default")
			if err := p.Run(); err != nil || !strings.Contains(p.out.String(), "documents embedded by letters-26 in") {
				t.Fatalf("%s: %v\n%s%s", name, err, p.out, p.log)
			}
		}
		got, want := embedded(t, killed), embedded(t, clean)
		if want.coverage.Documents != posts || want.coverage.Vectors["letters-26"] != posts || len(want.coverage.Vectors) != 2 {
			t.Fatalf("a clean run leaves %+v", want.coverage)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("after kills %+v, after a clean run %+v, or other vectors", got.coverage, want.coverage)
		}
	})
}

// killSoon kills a process a random while after one of its first requests.
func killSoon(t *testing.T, p *process, came <-chan struct{}, ended <-chan error, random *rand.Rand) {
	t.Helper()
	for range 1 + random.IntN(5) {
		select {
		case <-came:
		case <-ended: // done already
			return
		case <-time.After(30 * time.Second):
			t.Fatalf("it does not embed\n%s", p.log)
		}
	}
	time.Sleep(time.Duration(random.IntN(30)) * time.Millisecond)
	if err := p.Process.Kill(); err == nil {
		<-ended
	}
}

// everything is what embedding leaves in a database.
type everything struct {
	coverage retrieval.Coverage
	nearest  map[string][]retrieval.Ranked // all documents by cosine, for a few words
}

func embedded(t *testing.T, env map[string]string) everything {
	t.Helper()
	cfg := testConfig(t, env)
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	coverage, err := storage.index.Coverage(t.Context(), "default")
	if err != nil {
		t.Fatal(err)
	}
	found := everything{coverage, map[string][]retrieval.Ranked{}}
	for _, word := range []string{"zebra", "jazz quilt", "number"} {
		vector := make([]float32, 26)
		for i, x := range letters(word) {
			vector[i] = float32(x)
		}
		filter := retrieval.Filter{Tenant: "default", Kind: retrieval.KindJobPost}
		if found.nearest[word], err = storage.index.Nearest(t.Context(), filter, "letters-26", vector, 10_000); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func TestEmbedPrunesOnlyWhatIsNotNeeded(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		server := &embeddings{}
		endpoint := httptest.NewServer(server)
		t.Cleanup(endpoint.Close)
		own := ingested(t, env, 40)
		own["PARLEY_CONFIG"] = lettersModel(t, endpoint.URL)

		server.refusing.Store(true)
		command(t, own, "embed", "--prune").fails(t, 1, "40 documents have no vector")
		if models := models40(embedded(t, own).coverage); len(models) != 1 {
			t.Errorf("a failed run leaves vectors of %v", models)
		}
		server.refusing.Store(false)
		p := command(t, own, "embed", "--prune")
		if err := p.Run(); err != nil || !strings.HasPrefix(p.out.String(), "40 documents embedded") || !strings.HasSuffix(p.out.String(), "40 vectors of other models dropped\n") {
			t.Errorf("%v\n%s%s", err, p.out, p.log)
		}
		if models := models40(embedded(t, own).coverage); !slices.Equal(models, []string{"letters-26"}) {
			t.Errorf("vectors of %v are left", models)
		}
		command(t, own, "embed", "--tenant", "nobody").fails(t, 2, "nobody")
	})
}

// models40 are the models that have embedded 40 documents.
func models40(coverage retrieval.Coverage) (models []string) {
	for name, vectors := range coverage.Vectors {
		if vectors == 40 {
			models = append(models, name)
		}
	}
	return models
}

func TestEmbeddedLine(t *testing.T) {
	for _, tt := range []struct {
		done, total int
		took        time.Duration
		want        string
	}{
		{0, 0, 0, "shop: 0 documents"},
		{0, 5149, time.Second, "shop: 0 of 5149 documents (0%)"},
		{1200, 5149, 4 * time.Second, "shop: 1200 of 5149 documents (23%)  300 a second  0:13 left"},
		{100, 100_100, time.Second, "shop: 100 of 100100 documents (0%)  100 a second  16:40 left"},
		{300, 0, 3 * time.Second, "shop: 300 documents  100 a second"},
	} {
		if got := embeddedLine("shop", tt.done, tt.total, tt.took); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
