package retrieval_test

import (
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
)

var payQueries = flag.Int("pay-queries", 120, "posts of each pay type that TestRealPay asks for, 0 for all")

// TestRealPay asks what each real post that names its pay should pay, with the
// post itself and its copies left out, and compares the figure with what it
// does pay: the median absolute error of the median on a logarithmic scale, how many
// posts lie between the quartiles (half should), and the mean quantile loss of the
// three quartiles on that scale, which no wider or narrower range betters.
func TestRealPay(t *testing.T) {
	if underRace {
		t.Skip("figures do not depend on the race detector, which makes this very slow")
	}
	docs, r := realMarket(t)
	copies := copiesOf(docs)
	facets := make([]retrieval.Facets, len(docs))
	for i, d := range docs {
		facets[i] = d.Facets()
	}
	for _, kind := range []string{retrieval.PayFixed, retrieval.PayHourly} {
		for _, text := range []string{"title and text", "title"} {
			t.Run(kind+" by "+text, func(t *testing.T) {
				var scores [3]payScore
				for _, at := range rand.New(rand.NewPCG(1, 2)).Perm(len(docs)) {
					d := docs[at]
					q, pay := askedOf(d)
					if q.PayType != kind || pay == 0 || !reported(d.ID) || *payQueries > 0 && len(scores[0].errors) >= *payQueries {
						continue
					}
					about := d.Post.Title
					if text != "title" {
						about += "\n" + d.Post.Description
					}
					without := copies[d.ID]
					hits, err := r.Search(t.Context(), retrieval.Query{
						Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Category: q.Category, Exclude: slices.Sorted(maps.Keys(without))},
						Text:   about, Limit: retrieval.SimilarPosts,
					})
					if err != nil {
						t.Fatal(err)
					}
					category, level := q, q
					category.Level, q.Hits = "", hits
					for i, asked := range []retrieval.MarketQuery{category, level, q} {
						// Where there is a figure at all, each of the three gives one.
						if figure, ok := retrieval.PayWithout(facets, asked, without); ok {
							scores[i].add(figure, pay)
						}
					}
				}
				for i, name := range []string{"category", "category and level", "market"} {
					t.Logf("%-18s %s", name, scores[i].String())
				}
				for i, name := range []string{"category", "category and level"} {
					gain, within := scores[2].against(scores[i])
					t.Logf("the market's figures lose %.4f ± %.4f less than those of %s", gain, within, name)
				}
				if market, level := scores[2].loss(), scores[1].loss(); market > 1.05*level || market > scores[0].loss() {
					t.Errorf("the market's figures lose %.4f, the category and level's %.4f, the category's %.4f", market, level, scores[0].loss())
				}
				if inside := scores[2].inside / float64(len(scores[2].errors)); inside < 0.4 || inside > 0.65 {
					t.Errorf("%.2f of the posts lie between the quartiles, want about half", inside)
				}
			})
		}
	}
}

// payScore compares figures with what posts pay.
type payScore struct {
	errors, losses         []float64
	inside, width, similar float64
}

func (s *payScore) add(f retrieval.PayFigure, pay int64) {
	at, loss := math.Log(float64(pay)), 0.0
	for p, value := range map[float64]int64{0.25: f.P25, 0.5: f.P50, 0.75: f.P75} {
		if over := at - math.Log(float64(value)); over >= 0 {
			loss += p * over / 3
		} else {
			loss -= (1 - p) * over / 3
		}
	}
	s.losses = append(s.losses, loss)
	s.errors = append(s.errors, math.Abs(math.Log(float64(f.P50))-at))
	s.width += math.Log(float64(f.P75) / float64(f.P25))
	if pay >= f.P25 && pay <= f.P75 {
		s.inside++
	}
	if f.Scope == retrieval.ScopeSimilar {
		s.similar++
	}
}

func (s *payScore) loss() float64 {
	mean, _ := meanAndError(s.losses)
	return mean
}

// against is how much less is lost than by another score, and 1.64 standard errors of that.
func (s *payScore) against(other payScore) (gain, within float64) {
	gains := make([]float64, len(s.losses))
	for i := range gains {
		gains[i] = other.losses[i] - s.losses[i]
	}
	gain, spread := meanAndError(gains)
	return gain, 1.64 * spread
}

func meanAndError(values []float64) (mean, standardError float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		standardError += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(standardError) / float64(len(values))
}

func (s *payScore) String() string {
	n := float64(len(s.errors))
	slices.Sort(s.errors)
	return fmt.Sprintf("%d posts, median error %.3f, inside %.3f, width %.2f, loss %.4f, of similar posts %.2f",
		len(s.errors), s.errors[len(s.errors)/2], s.inside/n, s.width/n, s.loss(), s.similar/n)
}

// askedOf is the question that a post answers, and the answer in minor units.
func askedOf(d retrieval.Document) (retrieval.MarketQuery, int64) {
	p := d.Post
	pay := p.PayMin + (p.PayMax-p.PayMin)/2
	if p.PayMax == 0 {
		pay = p.PayMin
	} else if p.PayMin == 0 {
		pay = p.PayMax
	}
	return retrieval.MarketQuery{Tenant: "t", Category: p.Category, Level: p.Level, PayType: p.PayType, Currency: p.Currency}, pay
}

// reported tells whether a query is one of the half that constants were not chosen on.
func reported(id string) bool {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()%2 == 1
}

// copiesOf finds for each post those of the same title, or that begin with the
// same text, itself included.
func copiesOf(docs []retrieval.Document) map[string]map[string]bool {
	groups := make(map[string][]string)
	keys := func(d retrieval.Document) []string {
		plain := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
		text := plain(d.Post.Description)
		return []string{"title " + plain(d.Post.Title), "text " + text[:min(len(text), 120)]}
	}
	for _, d := range docs {
		for _, key := range keys(d) {
			groups[key] = append(groups[key], d.ID)
		}
	}
	copies := make(map[string]map[string]bool)
	for _, d := range docs {
		copies[d.ID] = map[string]bool{d.ID: true}
		for _, key := range keys(d) {
			for _, id := range groups[key] {
				copies[d.ID][id] = true
			}
		}
	}
	return copies
}

// realMarket loads the posts under PARLEY_TESTDATA with all that they say.
func realMarket(t testing.TB) ([]retrieval.Document, *retrieval.Retriever) {
	t.Helper()
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		t.Skip("PARLEY_TESTDATA is not set: needs real job posts")
	}
	r, index := onSQLite(t, nil)
	_, err := ingest.Run(t.Context(), ingest.Options{
		Tenant: "t", Kind: retrieval.KindJobPost, Loader: r, Files: []string{filepath.Join(folder, "posts", "freelance_posts.jsonl.gz")},
	})
	if err != nil {
		t.Fatal(err)
	}
	facets, err := index.Facets(t.Context(), retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, nil, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(facets))
	for i, f := range facets {
		ids[i] = f.ID
	}
	docs, err := r.Documents(t.Context(), "t", retrieval.KindJobPost, ids)
	if err != nil {
		t.Fatal(err)
	}
	return docs, r
}

// BenchmarkMarket is what a turn's figures cost among 5,149 real posts, the
// search for the hits aside.
func BenchmarkMarket(b *testing.B) {
	_, r := realMarket(b)
	hits, err := r.Search(b.Context(), retrieval.Query{
		Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost, Category: "mobile"},
		Text:   "Mobile app for iOS and Android in Flutter with user login, payments and push messages", Limit: retrieval.SimilarPosts,
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, level := range []string{"", "expert"} {
		b.Run("level "+level, func(b *testing.B) {
			figures := 0
			for b.Loop() {
				m, err := r.Market(b.Context(), retrieval.MarketQuery{Tenant: "t", Category: "mobile", Level: level, Hits: hits})
				if err != nil {
					b.Fatal(err)
				}
				figures = len(m.Pay) + len(m.Levels)
			}
			b.ReportMetric(float64(figures), "figures")
		})
	}
}
