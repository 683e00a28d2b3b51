package figures

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// The percentiles of many values, in parts that were packed and merged, are those
// of all values within 2%.
func TestSketch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var all []time.Duration
	var merged Sketch
	for range 40 {
		var part Sketch
		for range 250 {
			d := time.Duration(math.Exp(random.NormFloat64()*1.5) * float64(900*time.Millisecond))
			all = append(all, d)
			part.Add(d)
		}
		merged.merge(part.pack())
	}
	slices.Sort(all)
	if merged.Count() != len(all) {
		t.Fatalf("%d of %d", merged.Count(), len(all))
	}
	for _, share := range []float64{0, 0.01, 0.5, 0.9, 0.99, 1} {
		want := all[max(0, int(math.Ceil(share*float64(len(all))))-1)]
		if got := merged.Percentile(share); math.Abs(float64(got-want)) > 0.02*float64(want) {
			t.Errorf("percentile %v: %v, want %v", share, got, want)
		}
	}
}

func TestSketchAtItsEnds(t *testing.T) {
	var s Sketch
	if s.Percentile(0.5) != 0 || len(s.pack()) != 0 {
		t.Error("nothing is something")
	}
	s.Add(-time.Second)
	s.Add(0)
	s.Add(time.Nanosecond)
	if got := s.Percentile(1); got != 100*time.Microsecond {
		t.Errorf("the shortest: %v", got)
	}
	s.Add(math.MaxInt64)
	if got := s.Percentile(1); got < 300*24*time.Hour {
		t.Errorf("the longest: %v", got)
	}
}

// What is kept may be broken: it is left out, and nothing panics or grows.
func FuzzSketchMerge(f *testing.F) {
	var s Sketch
	s.Add(time.Second)
	s.Add(time.Minute)
	f.Add([]byte(s.pack()))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Sketch
		s.merge(data)
		if len(s.bins) > mostBins+1 {
			t.Errorf("%d bins", len(s.bins))
		}
		s.Percentile(0.5)
	})
}
