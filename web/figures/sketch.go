package figures

import (
	"encoding/binary"
	"math"
	"slices"
	"time"
)

// Sketch counts durations by their size: bin n ≥ 1 holds those above 0.1 ms × 1.04ⁿ⁻¹
// and up to 0.1 ms × 1.04ⁿ, bin 0 those below. A percentile is told as the middle
// of its bin, which is wrong by 2% at most (as DDSketch, Masson et al. 2019).
// Adding sketches up loses nothing. The zero value is empty.
type Sketch struct {
	bins  []uint32
	count int
}

const (
	growth   = 1.04
	smallest = float64(100 * time.Microsecond)
	mostBins = 700 // up to more than a year
)

var logGrowth = math.Log(growth)

// Add counts a duration.
func (s *Sketch) Add(d time.Duration) {
	bin := 0
	if f := float64(d); f > smallest {
		bin = min(int(math.Ceil(math.Log(f/smallest)/logGrowth-1e-9)), mostBins)
	}
	s.add(bin, 1)
}

func (s *Sketch) add(bin int, n uint32) {
	if bin >= len(s.bins) {
		s.bins = slices.Grow(s.bins, bin+1-len(s.bins))[:bin+1]
	}
	s.bins[bin] += n
	s.count += int(n)
}

// Count is how many durations there are.
func (s *Sketch) Count() int { return s.count }

// Percentile is the duration that a share of all, 0 to 1, do not exceed: the
// nearest-rank percentile. It is 0 of an empty sketch.
func (s *Sketch) Percentile(share float64) time.Duration {
	rank := max(1, int(math.Ceil(share*float64(s.count))))
	seen := 0
	for bin, n := range s.bins {
		if seen += int(n); n > 0 && seen >= rank {
			return middle(bin)
		}
	}
	return 0
}

func middle(bin int) time.Duration {
	if bin == 0 {
		return time.Duration(smallest)
	}
	return time.Duration(smallest * math.Pow(growth, float64(bin)) * 2 / (growth + 1))
}

// packed is a sketch as it is kept: for each bin that is not empty its distance
// from the one before and its count, as varints.
type packed []byte

func (s *Sketch) pack() (out packed) {
	before := 0
	for bin, n := range s.bins {
		if n > 0 {
			out = binary.AppendUvarint(out, uint64(bin-before))
			out = binary.AppendUvarint(out, uint64(n))
			before = bin
		}
	}
	return out
}

// merge adds what was packed. What follows a broken part is left out.
func (s *Sketch) merge(p packed) {
	for bin := 0; len(p) > 0; {
		step, size := binary.Uvarint(p)
		if size <= 0 || step > mostBins {
			return
		}
		n, size2 := binary.Uvarint(p[size:])
		if size2 <= 0 || n > math.MaxUint32 {
			return
		}
		if bin += int(step); bin > mostBins {
			return
		}
		s.add(bin, uint32(n))
		p = p[size+size2:]
	}
}
