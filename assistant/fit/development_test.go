package fit_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

// today is the day on which all development cases take place.
var today = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

type candidate struct {
	ID string `json:"id"`
	retrieval.Profile
}

type shortlistCase struct {
	later bool

	ID          string            `json:"id"`
	Post        retrieval.JobPost `json:"job_post"`
	Pool        []candidate       `json:"pool"`
	Relevance   map[string]int    `json:"relevance"`
	Refinements []struct {
		Text   string   `json:"text"`
		Expect []string `json:"expect_ids"`
	} `json:"refinements"`
}

// shortlistCases are the development cases: those that rules were made for,
// and then those that were written afterwards, to see whether the rules hold.
func shortlistCases(t testing.TB) []shortlistCase {
	var cases []shortlistCase
	for _, name := range []string{"shortlist.jsonl", "shortlist2.jsonl"} {
		file, err := os.Open("../eval/tuning/" + name)
		if err != nil {
			t.Skip("no development cases")
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			c := shortlistCase{later: name != "shortlist.jsonl"}
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatal(err)
			}
			cases = append(cases, c)
		}
	}
	return cases
}

func newReader() *fit.Reader { return fit.New(skills.Default(), embed.Default()) }

// TestDevelopmentRefinements plays the refinements of the development cases and
// says which share leaves exactly the candidates that a person left.
func TestDevelopmentRefinements(t *testing.T) {
	reader := newReader()
	var right, all [2]int
	for _, c := range shortlistCases(t) {
		set := 0
		if c.later {
			set = 1
		}
		people := make(map[string]*fit.Person)
		var shown []fit.Shown
		for _, p := range c.Pool {
			people[p.ID] = reader.Person(p.ID, p.Profile)
			shown = append(shown, fit.Shown{ID: p.ID, Headline: p.Headline, Rate: p.Rate, Currency: p.Currency, Country: p.Country})
		}
		context := fit.WishContext{Zone: c.Post.TimeZone, Country: c.Post.Country, Currency: c.Post.Currency, Hours: c.Post.HoursPerWeek, Work: c.Post.Title, People: shown}
		out := make(map[string]bool)
		for _, step := range c.Refinements {
			wish := reader.Wish(step.Text, today, context)
			if wish.Reset {
				clear(out)
				for k := range context.People {
					context.People[k].Off = false
				}
			}
			wish = wish.Among(listed(people, context.People), today)
			context.Earlier, _ = wish.Apply(context.Earlier)
			for _, id := range wish.Exclude {
				out[id] = true
			}
			for _, id := range wish.Include {
				delete(out, id)
			}
			var left []string
			for _, p := range c.Pool {
				keep := !out[p.ID]
				for _, r := range context.Earlier {
					keep = keep && (!r.Hard || r.Keeps(people[p.ID].Check(r, today)))
				}
				if keep {
					left = append(left, p.ID)
				}
			}
			for k := range context.People {
				context.People[k].Off = !slices.Contains(left, context.People[k].ID)
			}
			all[set]++
			want := slices.Sorted(slices.Values(step.Expect))
			if slices.Equal(slices.Sorted(slices.Values(left)), want) {
				right[set]++
				continue
			}
			if testing.Verbose() {
				t.Logf("%s %q: %v, want %v", c.ID, step.Text, left, step.Expect)
				for _, r := range context.Earlier {
					text, _ := json.Marshal(r)
					t.Logf("    %s", text)
				}
				if wish.Rest != "" {
					t.Logf("    rest: %q", wish.Rest)
				}
				for _, p := range c.Pool {
					if wanted := slices.Contains(want, p.ID); wanted != slices.Contains(left, p.ID) {
						for _, r := range context.Earlier {
							f := people[p.ID].Check(r, today)
							if r.Hard && (!wanted || !r.Keeps(f)) {
								text, _ := json.Marshal(f)
								t.Logf("    %s wanted=%v %s", p.ID, wanted, clipped(string(text), 300))
							}
						}
					}
				}
			}
		}
	}
	t.Logf("refinements: %d of %d, later ones %d of %d", right[0], all[0], right[1], all[1])
	if share := float64(right[0]+right[1]) / float64(all[0]+all[1]); share < 0.3 {
		t.Errorf("only %.2f of the refinements leave whom a person left", share)
	}
}

// listed are the people on the list now.
func listed(people map[string]*fit.Person, shown []fit.Shown) []*fit.Person {
	var list []*fit.Person
	for _, s := range shown {
		if !s.Off {
			list = append(list, people[s.ID])
		}
	}
	return list
}

func clipped(text string, n int) string {
	if len(text) > n {
		return strings.ToValidUTF8(text[:n], "") + "…"
	}
	return text
}

// TestDevelopmentOrder orders the pools by a plain sum of findings.
func TestDevelopmentOrder(t *testing.T) {
	reader := newReader()
	var sum [2]float64
	var n [2]int
	for _, c := range shortlistCases(t) {
		set := 0
		if c.later {
			set = 1
		}
		asked := reader.Post(c.Post, today)
		score := make(map[string]float64)
		for _, p := range c.Pool {
			person := reader.Person(p.ID, p.Profile)
			gate, whole := 1.0, 0.0
			for _, r := range asked {
				weight := 0.3
				if r.Must {
					weight = 1
				}
				degree := person.Check(r, today).Degree
				if r.Must && slices.Contains([]fit.Kind{fit.Pay, fit.Start, fit.Hours, fit.Language, fit.Place, fit.Zone}, r.Kind) {
					gate *= 0.2 + 0.8*degree
					continue
				}
				score[p.ID] += weight * degree
				whole += weight
			}
			score[p.ID] *= gate / whole
		}
		ids := slices.SortedFunc(maps.Keys(score), func(a, b string) int {
			if score[a] != score[b] {
				if score[a] > score[b] {
					return -1
				}
				return 1
			}
			return strings.Compare(a, b)
		})
		value := ndcg(ids, c.Relevance, 5)
		sum[set] += value
		n[set]++
		if value < 0.9 && testing.Verbose() {
			t.Logf("%s %s: %.3f %v", c.ID, c.Post.Title, value, c.Relevance)
			for _, id := range ids {
				t.Logf("    %s %.2f", id, score[id])
			}
			for _, r := range asked {
				t.Logf("    %v must=%v hard=%v %s (%s)", r.Kind, r.Must, r.Hard, r.Text, r.Quote)
			}
		}
	}
	t.Logf("nDCG@5: %.3f, later ones %.3f", sum[0]/float64(n[0]), sum[1]/float64(n[1]))
	if sum[0]/float64(n[0]) < 0.6 {
		t.Error("a plain sum of findings hardly orders the pools")
	}
}

func ndcg(ids []string, relevance map[string]int, k int) float64 {
	gain := func(list []int) float64 {
		sum := 0.0
		for i, r := range list[:min(k, len(list))] {
			sum += (math.Pow(2, float64(r)) - 1) / math.Log2(float64(i)+2)
		}
		return sum
	}
	var got, best []int
	for _, id := range ids {
		got = append(got, relevance[id])
	}
	best = slices.Clone(got)
	slices.SortFunc(best, func(a, b int) int { return b - a })
	return gain(got) / gain(best)
}
