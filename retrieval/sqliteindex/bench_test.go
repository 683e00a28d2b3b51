package sqliteindex_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

// The benchmarks search as many documents as an installation of one process is
// meant for: posts of 600 words, cut from real texts.
const size, dimensions = 100_000, 384

// loaded is the collection that all benchmarks of a run share. It is kept in
// the folder that PARLEY_BENCH_FOLDER names, where it is set, and read from there by the next run.
var loaded struct {
	sync.Mutex
	index *sqliteindex.Index
	db    *migrations.SQLiteDB
}

func collection(b *testing.B) (*sqliteindex.Index, *migrations.SQLiteDB) {
	b.Helper()
	loaded.Lock()
	defer loaded.Unlock()
	if loaded.index != nil {
		return loaded.index, loaded.db
	}
	folder := os.Getenv("PARLEY_BENCH_FOLDER")
	if folder == "" {
		var err error
		if folder, err = os.MkdirTemp("", "parley-bench-"); err != nil {
			b.Fatal(err)
		}
		atExit = append(atExit, func() { os.RemoveAll(folder) })
	}
	index, db := openAt(b, folder)
	atExit = append(atExit, func() { db.Close() })
	if n, err := index.Count(b.Context(), all); err != nil || n != size {
		fill(b, index)
	}
	loaded.index, loaded.db = index, db
	return index, db
}

// atExit is called after all benchmarks, last first.
var atExit []func()

func fill(b *testing.B, index *sqliteindex.Index) {
	b.Helper()
	texts := resumes(b)
	begun := time.Now()
	random := rand.New(rand.NewPCG(3, 3))
	centres := make([][]float32, 300)
	for i := range centres {
		centres[i] = unit(random, dimensions)
	}
	for part := range slices.Chunk(make([]retrieval.Stored, size), 1000) {
		for i := range part {
			part[i] = benchPost(random, texts, centres)
		}
		if _, err := index.Upsert(context.Background(), "acme", "one/1", part); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d documents stored in %.1f s", size, time.Since(begun).Seconds())
}

// resumes are the words of real resumes.
func resumes(b *testing.B) [][]string {
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		b.Skip("PARLEY_TESTDATA is not set")
	}
	file, err := os.Open(filepath.Join(folder, "profiles", "resumes_it.jsonl.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	var texts [][]string
	lines := bufio.NewScanner(plain)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row map[string]any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatal(err)
		}
		longest := ""
		for _, value := range row {
			if text, ok := value.(string); ok && len(text) > len(longest) {
				longest = text
			}
		}
		if words := strings.Fields(longest); len(words) > 300 {
			texts = append(texts, words)
		}
	}
	return texts
}

var benchSkills = []string{"Go", "SQL", "Java", "Python", "React", "AWS", "Docker", "Kubernetes", "Oracle", "Linux", "Git", "Jenkins", "Terraform", "Kafka", "Spark", "Excel"}

// benchPost makes a post of three pieces of 200 words. Its number is in the title.
func benchPost(random *rand.Rand, texts [][]string, centres [][]float32) retrieval.Stored {
	var words []string
	for range 3 {
		text := texts[random.IntN(len(texts))]
		from := random.IntN(len(text) - 200)
		words = append(words, text[from:from+200]...)
	}
	serial++
	post := &retrieval.JobPost{
		Title: strings.ToValidUTF8(strings.Join(words[:6], " "), "") + fmt.Sprintf(" %d", serial), Description: strings.ToValidUTF8(strings.Join(words, " "), ""),
		Category: fmt.Sprint("category ", random.IntN(16)), Level: []string{"entry", "intermediate", "expert"}[random.IntN(3)],
		PayType: retrieval.PayHourly, PayMin: int64(1000 + random.IntN(4000)), PayMax: int64(5000 + random.IntN(5000)), Currency: "USD",
		HoursPerWeek: 40, Country: []string{"US", "DE", "IN", "GB"}[random.IntN(4)], TimeZone: "Europe/Berlin", Language: "en",
		PostedOn: time.Date(2025, 1, 1+random.IntN(360), 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Skills: []string{},
	}
	if len(post.Title) > 400 {
		post.Title = post.Title[:100] + fmt.Sprintf(" %d", serial)
	}
	for range 8 {
		post.Skills = append(post.Skills, benchSkills[random.IntN(len(benchSkills))])
	}
	skills := slices.Compact(slices.Sorted(slices.Values(post.Skills)))
	post.Skills = skills
	var terms []string
	for _, skill := range skills {
		terms = append(terms, "~"+strings.ToLower(skill))
	}
	if random.IntN(1000) == 0 {
		skills = append(slices.Clone(skills), "Rare")
	}
	vector := slices.Clone(centres[random.IntN(len(centres))])
	for i := range vector {
		vector[i] += float32(random.NormFloat64())
	}
	return retrieval.Stored{Document: retrieval.Document{Kind: retrieval.KindJobPost, ID: fmt.Sprintf("p%06d", serial), Post: post}, Vector: vector, Skills: skills, Terms: terms, Analysis: "bench"}
}

var serial int

var benchFilters = []struct {
	name   string
	filter retrieval.Filter
}{
	{"all", retrieval.Filter{}},
	{"third", retrieval.Filter{Level: "expert"}},
	{"few%", retrieval.Filter{Level: "expert", Category: "category 3", Countries: []string{"DE", "GB"}}},
	{"0.1%", retrieval.Filter{AllSkills: []string{"Rare"}}},
	{"pay+dates", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "USD", Max: 2000}}, From: "2025-06-01"}},
}

// busy reports the processor's time of an operation, which a machine that is
// busy with other things too falsifies less than the time that passes.
func busy(b *testing.B) (report func()) {
	used := func() time.Duration {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			b.Fatal(err)
		}
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	begun := used()
	return func() { b.ReportMetric((used()-begun).Seconds()*1000/float64(b.N), "cpu-ms/op") }
}

func eachFilter(b *testing.B, do func(b *testing.B, filter retrieval.Filter)) {
	for _, tt := range benchFilters {
		b.Run(tt.name, func(b *testing.B) {
			filter := tt.filter
			filter.Tenant, filter.Kind = all.Tenant, all.Kind
			report := busy(b)
			do(b, filter)
			report()
		})
	}
}

func BenchmarkNearest(b *testing.B) {
	index, _ := collection(b)
	random := rand.New(rand.NewPCG(1, 1))
	eachFilter(b, func(b *testing.B, filter retrieval.Filter) {
		for b.Loop() {
			if list, err := index.Nearest(b.Context(), filter, "one/1", unit(random, dimensions), 90); err != nil || len(list) < 50 {
				b.Fatal(len(list), err)
			}
		}
	})
}

// Twelve terms as a search for a real post has them: three skills, words from common to rare.
var benchTerms = []string{"~go", "~sql", "~kubernetes", "experience", "developer", "data", "warehouse", "migration", "reporting", "tableau", "healthcare", "dashboards"}

func BenchmarkLexical(b *testing.B) {
	index, _ := collection(b)
	eachFilter(b, func(b *testing.B, filter retrieval.Filter) {
		for b.Loop() {
			if list, err := index.Lexical(b.Context(), filter, benchTerms, 90); err != nil || len(list) < 50 {
				b.Fatal(len(list), err)
			}
		}
	})
}

func BenchmarkCount(b *testing.B) {
	index, _ := collection(b)
	eachFilter(b, func(b *testing.B, filter retrieval.Filter) {
		for b.Loop() {
			if _, err := index.Count(b.Context(), filter); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFacets(b *testing.B) {
	index, _ := collection(b)
	ids := make([]string, 90)
	for i := range ids {
		ids[i] = fmt.Sprintf("p%06d", 1+i*1000)
	}
	b.Run("90 ids", func(b *testing.B) {
		for b.Loop() {
			if list, err := index.Facets(b.Context(), all, ids, 0); err != nil || len(list) != len(ids) {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("20000 newest", func(b *testing.B) {
		for b.Loop() {
			if list, err := index.Facets(b.Context(), all, nil, 20_000); err != nil || len(list) != 20_000 {
				b.Fatal(len(list), err)
			}
		}
	})
}

// BenchmarkSearch is what one search asks of an index, by two at once.
func BenchmarkSearch(b *testing.B) {
	index, _ := collection(b)
	eachFilter(b, func(b *testing.B, filter retrieval.Filter) {
		var mu sync.Mutex
		var took []time.Duration
		b.SetParallelism(1)
		b.RunParallel(func(pb *testing.PB) {
			random := rand.New(rand.NewPCG(rand.Uint64(), 1))
			for pb.Next() {
				begun := time.Now()
				search(b, index, filter, unit(random, dimensions))
				mu.Lock()
				took = append(took, time.Since(begun))
				mu.Unlock()
			}
		})
		slices.Sort(took)
		b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
		b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
	})
}

func search(b *testing.B, index *sqliteindex.Index, filter retrieval.Filter, vector []float32) {
	lexical, err := index.Lexical(b.Context(), filter, benchTerms, 90)
	if err != nil {
		b.Error(err)
		return
	}
	nearest, err := index.Nearest(b.Context(), filter, "one/1", vector, 90)
	if err != nil {
		b.Error(err)
		return
	}
	var ids []string
	for _, r := range append(lexical, nearest...) {
		ids = append(ids, r.ID)
	}
	if _, err := index.Facets(b.Context(), filter, ids[:min(90, len(ids))], 0); err != nil {
		b.Error(err)
	}
}

// BenchmarkOpen is a warm start, and tells what an open index needs of memory.
func BenchmarkOpen(b *testing.B) {
	_, db := collection(b)
	before := heap()
	report := busy(b)
	var index *sqliteindex.Index
	for b.Loop() {
		var err error
		if index, err = sqliteindex.New(b.Context(), db); err != nil {
			b.Fatal(err)
		}
	}
	report()
	b.ReportMetric(float64(heap()-before)/size, "bytes/document")
	runtime.KeepAlive(index)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkReadBesideWrites is the slowest of the searches that run while
// batches are stored, documents replaced again and again, which compacts.
func BenchmarkReadBesideWrites(b *testing.B) {
	index, _ := collection(b)
	texts := resumes(b)
	stop := make(chan struct{})
	var writing sync.WaitGroup
	stored := 0
	writing.Go(func() {
		random := rand.New(rand.NewPCG(5, 5))
		centres := [][]float32{unit(random, dimensions)}
		for {
			select {
			case <-stop:
				return
			default:
			}
			docs := make([]retrieval.Stored, 100)
			for i := range docs {
				docs[i] = benchPost(random, texts, centres)
				docs[i].Document.ID = fmt.Sprintf("p%06d", 1+random.IntN(size))
			}
			if _, err := index.Upsert(context.Background(), "acme", "one/1", docs); err != nil {
				b.Error(err)
				return
			}
			stored += len(docs)
		}
	})
	random := rand.New(rand.NewPCG(1, 1))
	var took []time.Duration
	for b.Loop() {
		begun := time.Now()
		search(b, index, all, unit(random, dimensions))
		took = append(took, time.Since(begun))
	}
	close(stop)
	writing.Wait()
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
	b.ReportMetric(took[len(took)-1].Seconds()*1000, "max-ms")
	b.ReportMetric(float64(stored), "stored")
}
