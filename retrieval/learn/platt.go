package learn

import "math"

// Platt turns a score into a probability: the sigmoid of Slope times the score
// plus Shift (Platt 1999).
type Platt struct {
	Slope float64 `json:"slope"`
	Shift float64 `json:"shift"`
}

// Probability is how probable it is that what has this score is right.
func (p Platt) Probability(score float64) float64 { return Sigmoid(p.Slope*score + p.Shift) }

// FitPlatt finds the probabilities under which what was right is likeliest, by
// Newton's method. scores are of cases that the model was not fitted on. As in
// Platt's article, right and wrong ones count as a little less than certain, so
// that few cases, or cases that a score separates, give no infinite slope.
func FitPlatt(scores []float64, right []bool) Platt {
	const steps, step, enough = 50, 1.0, 1e-9
	yes := 0.0
	for _, r := range right {
		if r {
			yes++
		}
	}
	no := float64(len(right)) - yes
	p := Platt{Slope: 1, Shift: math.Log((yes + 1) / (no + 1))}
	loss := p.loss(scores, right, yes, no)
	for range steps {
		var g0, g1, h00, h01, h11 float64
		for i, s := range scores {
			q := p.Probability(s)
			slope, curve := q-target(right[i], yes, no), q*(1-q)
			g0, g1 = g0+slope*s, g1+slope
			h00, h01, h11 = h00+curve*s*s, h01+curve*s, h11+curve
		}
		h00, h11 = h00+1e-9, h11+1e-9
		det := h00*h11 - h01*h01
		d0, d1 := (h11*g0-h01*g1)/det, (h00*g1-h01*g0)/det
		size := step
		next := p
		for range halvings {
			next = Platt{p.Slope - size*d0, p.Shift - size*d1}
			if next.loss(scores, right, yes, no) < loss {
				break
			}
			size /= 2
		}
		reached := next.loss(scores, right, yes, no)
		if !(loss-reached > enough) {
			break
		}
		p, loss = next, reached
	}
	return p
}

// target is what the probability of a case should be.
func target(right bool, yes, no float64) float64 {
	if right {
		return (yes + 1) / (yes + 2)
	}
	return 1 / (no + 2)
}

func (p Platt) loss(scores []float64, right []bool, yes, no float64) float64 {
	total := 0.0
	for i, s := range scores {
		odds := p.Slope*s + p.Shift
		total += softplus(odds) - target(right[i], yes, no)*odds
	}
	return total
}
