package shortlist

import (
	"math"
	"strings"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

func TestNDCG(t *testing.T) {
	relevance := map[string]float64{"a": 3, "b": 2, "c": 1, "d": 0, "e": 0, "f": 3}
	// Gains 7, 7, 3, 1 over log2 of 2, 3, 4, 5.
	ideal := 7 + 7/math.Log2(3) + 3.0/2 + 1/math.Log2(5)
	for _, c := range []struct {
		list []string
		want float64
	}{
		{[]string{"a", "f", "b", "c", "d"}, 1},
		{[]string{"f", "a", "b", "c"}, 1},
		{[]string{"d", "a", "f", "b", "c"}, (7/math.Log2(3) + 7.0/2 + 3/math.Log2(5) + 1/math.Log2(6)) / ideal},
		{[]string{"a"}, 7 / ideal},                  // who is left out gains nothing
		{[]string{"a", "a", "a"}, 7 / ideal},        // and nobody counts twice
		{[]string{"d", "e", "x", "y", "z", "a"}, 0}, // the sixth is not looked at
		{nil, 0},
	} {
		if got := NDCG(c.list, relevance, 5); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.list, got, c.want)
		}
	}
	if got := NDCG(nil, map[string]float64{"a": 0}, 5); got != 1 {
		t.Errorf("where nobody fits: %v", got)
	}
}

func TestGrade(t *testing.T) {
	c := Case{ID: "x", Relevance: map[string]float64{"a": 3, "b": 2, "c": 0}, Refinements: []Refinement{{"only a", []string{"a"}}, {"nobody", nil}, {"all", []string{"a", "b"}}}}
	out := Grade(c, Played{First: []string{"a", "b", "c"}, Refined: [][]string{{"a"}, nil, {"b", "c"}}})
	if out.Tallies["ndcg5"].Part != 1 || out.Tallies["refinements"].Part != 2 || out.Tallies["refinements"].Whole != 3 || out.Tallies["refinements_f1"].Part != 2.5 {
		t.Errorf("graded %+v", out.Tallies)
	}
	if got := strings.Join(out.Reasons, "; "); got != `"all": lacks a, should not have c` {
		t.Errorf("reasons: %s", got)
	}
	out = Grade(c, Played{})
	if out.Tallies["ndcg5"].Part != 0 || out.Tallies["left_out"].Part != 2 {
		t.Errorf("of no list: %+v", out.Tallies)
	}
}

func TestListed(t *testing.T) {
	ids, err := Listed(sessions.Draft{Document: []byte(`{"candidates":[{"profile_id":"b","score":9},{"profile_id":"a"}],"more":1}`)})
	if err != nil || strings.Join(ids, " ") != "b a" {
		t.Errorf("listed %v, %v", ids, err)
	}
	if ids, err := Listed(sessions.Draft{}); err != nil || ids != nil {
		t.Errorf("no draft: %v, %v", ids, err)
	}
	if _, err := Listed(sessions.Draft{Document: []byte(`{"candidates":{}}`)}); err == nil {
		t.Error("something else was read as a list")
	}
}

func TestReadCases(t *testing.T) {
	good := `{"id":"s","job_post":{"title":"T"},"pool":[{"id":"c1","headline":"H","skills":["Go"],"extra":1}],"relevance":{"c1":2.5},"refinements":[{"text":"x","expect_ids":[]}],"later":{}}`
	cases, err := ReadCases(strings.NewReader(good))
	if err != nil || cases[0].Pool[0].ID != "c1" || cases[0].Pool[0].Headline != "H" || cases[0].Relevance["c1"] != 2.5 {
		t.Errorf("read %+v, %v", cases, err)
	}
	for _, bad := range []string{`{"pool":[]}`, `{"pool":[{"headline":"x"}]}`, `{"pool":[{"id":"a"},{"id":"a"}]}`, `{"pool":[{"id":"a"}],"relevance":{"b":1}}`} {
		if _, err := ReadCases(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
