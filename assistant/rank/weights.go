package rank

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Feature is one thing that counts in the order of candidates. Each has a
// value from 0 to 1 for a candidate.
type Feature string

// The features, in the order in which they are shown.
const (
	Must         Feature = "must"         // must-haves covered, by degree
	Nice         Feature = "nice"         // nice-to-haves covered
	Fit          Feature = "fit"          // telling words that work and profile share
	Level        Feature = "level"        // the level asked for
	Pay          Feature = "pay"          // the rate against what is paid
	Zone         Feature = "zone"         // hours of a working day in common
	Availability Feature = "availability" // hours a week and start
	TrackRecord  Feature = "record"       // jobs and ratings here, smoothed
	Recency      Feature = "recency"      // how long ago the last position ended
)

// Features lists all features in the order in which they are shown.
func Features() []Feature {
	return []Feature{Must, Nice, Fit, Level, Pay, Zone, Availability, TrackRecord, Recency}
}

// Weights say how much each feature counts. Only their ratios matter.
type Weights map[Feature]float64

// DefaultWeights returns the weights that hold until a site trains its own.
// docs/shortlist.md shows them as a table and says how they were chosen.
func DefaultWeights() Weights {
	return Weights{
		Must: 38, Fit: 26, Level: 8, Pay: 7, Nice: 6, Availability: 5, Zone: 4, TrackRecord: 4, Recency: 2,
	}
}

// Validate reports weights that cannot be meant: of unknown features, negative
// or not finite, or all zero.
func (w Weights) Validate() error {
	var sum float64
	for feature, weight := range w {
		if !slices.Contains(Features(), feature) {
			return fmt.Errorf("rank: weights: unknown feature %q", feature)
		}
		if math.IsNaN(weight) || math.IsInf(weight, 0) || weight < 0 {
			return fmt.Errorf("rank: weights: %s must be 0 or more", feature)
		}
		sum += weight
	}
	if sum <= 0 {
		return fmt.Errorf("rank: weights: at least one must be more than 0")
	}
	return nil
}

// Times returns the weights with those of some features multiplied.
func (w Weights) Times(factors map[Feature]float64) Weights {
	out := maps.Clone(w)
	for feature, factor := range factors {
		out[feature] *= factor
	}
	return out
}
