package eval

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
)

func outcomes(figure string, tallies ...Tally) []Outcome {
	list := make([]Outcome, len(tallies))
	for i, t := range tallies {
		list[i].Add(figure, t)
	}
	return list
}

func TestFigures(t *testing.T) {
	cases := outcomes("x", HarmonicTally(3, 1, 0), HarmonicTally(1, 0, 2))
	for _, c := range []struct {
		how  How
		want float64
	}{
		{Ratio, 8.0 / 11}, // 2·4 / (2·4 + 1 + 2)
		{Total, 8},
		{Most, 6},
	} {
		if got := (Figure{Name: "x", How: c.how}).Value(cases); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("how %d: %v, want %v", c.how, got, c.want)
		}
	}
	if got := (Figure{Name: "other"}).Value(cases); got != 0 {
		t.Errorf("a figure that no case has: %v", got)
	}
}

func TestIntervalsHoldTheValueAndRepeat(t *testing.T) {
	var tallies []Tally
	for i := range 60 {
		tallies = append(tallies, One(float64(i%3)))
	}
	f := Figure{Name: "x"}
	cases := outcomes("x", tallies...)
	a, b := f.Interval95(cases, 500, 7), f.Interval95(cases, 500, 7)
	if a != b {
		t.Errorf("the same seed gives %v and %v", a, b)
	}
	if a.Low >= 1 || a.High <= 1 || a.Low < 0.6 || a.High > 1.4 {
		t.Errorf("interval %v around 1", a)
	}
}

func TestDifferencesArePaired(t *testing.T) {
	f := Figure{Name: "x"}
	var ours, theirs []Tally
	for i := range 40 {
		ours, theirs = append(ours, One(float64(i%5)+1)), append(theirs, One(float64(i%5)))
	}
	got, err := f.Difference95(outcomes("x", ours...), outcomes("x", theirs...), 200, 1)
	if err != nil || math.Abs(got.Low-1) > 1e-9 || math.Abs(got.High-1) > 1e-9 {
		t.Errorf("one more in every case: %v, %v", got, err)
	}
	if _, err := f.Difference95(outcomes("x", ours...), outcomes("x", theirs[1:]...), 200, 1); err == nil {
		t.Error("different cases were compared")
	}
}

func TestTargets(t *testing.T) {
	for _, c := range []struct {
		target *Target
		value  float64
		met    bool
	}{{AtLeast(0.9), 0.9, true}, {AtLeast(0.9), 0.89, false}, {AtMost(0), 0, true}, {AtMost(0), 1, false}} {
		if got := c.target.Met(c.value); got != c.met {
			t.Errorf("%+v with %v: %v", *c.target, c.value, got)
		}
	}
}

func TestBoardsAreToldAsJSON(t *testing.T) {
	b := Board{Task: "toy", Title: "Toys", Resamples: 10, Figures: []Figure{{Name: "right", Share: true, Target: AtLeast(0.9), Main: true}}}
	b.Outcomes = outcomes("right", One(1), One(0))
	b.Outcomes[1].ID, b.Outcomes[1].Hard = "t2", true
	b.Outcomes[1].Fail("wrong %d", 7)
	raw, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Task     string
		N, Hard  int
		Right    float64
		Figures  map[string]Measured
		Failures []struct {
			ID      string
			Reasons []string
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if got.Task != "toy" || got.N != 2 || got.Hard != 1 || got.Right != 0.5 || len(got.Failures) != 1 || got.Failures[0].ID != "t2" || got.Failures[0].Reasons[0] != "wrong 7" {
		t.Errorf("told as %s", raw)
	}
	if m := got.Figures["right"]; m.Easy != 1 || m.Hard != 0 || m.Met == nil || *m.Met {
		t.Errorf("measured as %+v", m)
	}
	var text strings.Builder
	if err := b.Write(&text); err != nil || !strings.Contains(text.String(), "wrong 7") || !strings.Contains(text.String(), "missed") {
		t.Errorf("written as %s, %v", text.String(), err)
	}
}

func TestVersus(t *testing.T) {
	f := []Figure{{Name: "x", Title: "X", Main: true}}
	v := Versus{
		Ours:   Board{Title: "Toys", Figures: f, Outcomes: outcomes("x", One(1), One(2)), Resamples: 50, Seed: 1},
		Theirs: Board{Title: "Toys", Figures: f, Outcomes: outcomes("x", One(3), One(4)), Resamples: 50, Seed: 1, Model: "big/one", Notes: []string{"a note"}},
	}
	var text strings.Builder
	if err := v.Write(&text); err != nil || !strings.Contains(text.String(), "+2.000") || !strings.Contains(text.String(), "big/one") || !strings.Contains(text.String(), "a note") {
		t.Errorf("%s, %v", text.String(), err)
	}
	raw, err := json.Marshal(v)
	if err != nil || !strings.Contains(string(raw), `"difference":2`) {
		t.Errorf("%s, %v", raw, err)
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		n            int
	}{{"React and react", "React", 2}, {"Reactive", "React", 0}, {"C++ here", "c++", 1}, {"", "x", 0}, {"x", "", 0}, {"pre-React", "react", 1}} {
		if got := len(Find(c.text, c.phrase)); got != c.n {
			t.Errorf("%q in %q: %d", c.phrase, c.text, got)
		}
	}
}

func TestAllBroken(t *testing.T) {
	b := Board{Outcomes: outcomes(Broken.Name, One(1), One(1))}
	for i := range b.Outcomes {
		b.Outcomes[i].Fail("gone")
	}
	if err := b.AllBroken(); !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "gone") {
		t.Errorf("all are broken: %v", err)
	}
	b.Outcomes[1] = outcomes(Broken.Name, One(0))[0]
	if err := b.AllBroken(); err != nil {
		t.Errorf("one is not: %v", err)
	}
}

func TestWriteMarkdown(t *testing.T) {
	b := Board{Title: "Toys", Resamples: 10, Figures: []Figure{{Name: "right", Title: "Right", Share: true, Target: AtLeast(0.9)}, {Name: "n", Title: "Number", How: Total}, {Name: "other", Title: "Other"}}}
	b.Outcomes = outcomes("right", One(1), One(1))
	for i := range b.Outcomes {
		b.Outcomes[i].Add("n", One(2))
	}
	var text strings.Builder
	if err := WriteMarkdown(&text, []Board{b}); err != nil {
		t.Fatal(err)
	}
	const want = "| **Toys**, 2 cases | Right | 100.0% | 100.0% to 100.0% | 100.0% | – | ≥ 90.0% met |\n| ″ | Number | 4 | 4 to 4 | 4 | – | none |\n"
	if _, rows, _ := strings.Cut(text.String(), "|---|---|---|---|---|---|---|\n"); rows != want {
		t.Errorf("written as\n%s", rows)
	}
}
