package learn

import "math"

const (
	memory     = 6    // steps that curvature is estimated from
	sufficient = 1e-4 // share of the promised decrease that a step must bring
	flat       = 1e-5 // length of a gradient, by that of the first, at which to stop
	halvings   = 30
)

// minimise moves x downhill by L-BFGS (Nocedal and Wright, Numerical
// Optimization, algorithm 7.5) with a backtracking line search. loss is convex
// and smooth, and writes its gradient.
func minimise(loss func(x, gradient []float64) float64, x []float64, steps int) {
	gradient, next, at := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
	value := loss(x, gradient)
	enough := flat * length(gradient)
	var past []curvature
	for range steps {
		if length(gradient) <= enough {
			return
		}
		direction := downhill(gradient, past)
		slope := inner(direction, gradient)
		size := 1.0
		if len(past) == 0 {
			size = 1 / length(gradient)
		}
		reached, ok := 0.0, false
		for range halvings {
			for i := range x {
				at[i] = x[i] + size*direction[i]
			}
			if reached = loss(at, next); reached <= value+sufficient*size*slope {
				ok = true
				break
			}
			size /= 2
		}
		if !ok {
			return // as low as numbers of this precision go
		}
		past = remember(past, x, at, gradient, next)
		copy(x, at)
		copy(gradient, next)
		value = reached
	}
}

// curvature is how the gradient changed along one step.
type curvature struct {
	step, change []float64
	rho          float64 // 1 / their product
}

// remember appends a step that bends upwards, in place of the oldest when there are enough.
func remember(past []curvature, x, at, gradient, next []float64) []curvature {
	c := curvature{step: make([]float64, len(x)), change: make([]float64, len(x))}
	for i := range x {
		c.step[i] = at[i] - x[i]
		c.change[i] = next[i] - gradient[i]
	}
	product := inner(c.step, c.change)
	if product <= 1e-12*inner(c.change, c.change) {
		return past
	}
	c.rho = 1 / product
	if len(past) == memory {
		past = past[1:]
	}
	return append(past, c)
}

// downhill is the direction to go in: the gradient, bent by what is known of the curvature.
func downhill(gradient []float64, past []curvature) []float64 {
	direction := make([]float64, len(gradient))
	for i, g := range gradient {
		direction[i] = -g
	}
	alpha := make([]float64, len(past))
	for i := len(past) - 1; i >= 0; i-- {
		alpha[i] = past[i].rho * inner(past[i].step, direction)
		add(direction, past[i].change, -alpha[i])
	}
	if n := len(past); n > 0 {
		scale := 1 / (past[n-1].rho * inner(past[n-1].change, past[n-1].change))
		for i := range direction {
			direction[i] *= scale
		}
	}
	for i, c := range past {
		add(direction, c.step, alpha[i]-c.rho*inner(c.change, direction))
	}
	return direction
}

func inner(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func length(a []float64) float64 { return math.Sqrt(inner(a, a)) }

func add(to, what []float64, times float64) {
	for i, x := range what {
		to[i] += times * x
	}
}
