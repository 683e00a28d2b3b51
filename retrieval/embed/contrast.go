package embed

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// temperature divides cosines before they compete. Lower ones push harder
// between what is already near.
const temperature = 0.1

// contrast brings the two texts of each pair of a batch nearer to each other than to the
// other texts of the batch: the InfoNCE loss (van den Oord et al. 2018), in both directions.
type contrast struct {
	student *student
	workers int
	size    int // pairs in the batch at hand

	left, right side
	odds        []float32 // pairs × pairs: likeness, then its gradient
	oddsT       []float32
	loss        []float64 // by pair
}

// side is one text of each pair.
type side struct {
	texts     [][]feature
	vectors   []float32 // by pair, of unit length
	columns   []float32 // the same, by dimension
	lengths   []float32 // before
	gradients []float32 // by pair
}

func newContrast(s *student, batch, workers int) *contrast {
	room := func() side {
		return side{make([][]feature, batch), make([]float32, batch*learnedDimensions), make([]float32, batch*learnedDimensions), make([]float32, batch), make([]float32, batch*learnedDimensions)}
	}
	return &contrast{student: s, workers: workers, left: room(), right: room(),
		odds: make([]float32, batch*batch), oddsT: make([]float32, batch*batch), loss: make([]float64, batch)}
}

func (c *contrast) parallel(n int, work func(from, to int)) {
	share(c.workers, n, func(_, from, to int) { work(from, to) })
}

// step learns from a batch whose texts are in left.texts and right.texts. alike tells which pairs
// are not to be told apart. It returns the mean loss.
func (c *contrast) step(size int, rate float32, alike func(i, j int) bool) float64 {
	c.size = size
	c.encode(&c.left)
	c.encode(&c.right)
	c.compare(alike)
	c.differentiate()
	c.parallel(size, func(from, to int) {
		for i := from; i < to; i++ {
			c.descend(&c.left, &c.right, c.odds, i)
			c.descend(&c.right, &c.left, c.oddsT, i)
		}
	})
	c.update(rate)
	total := 0.0
	for _, loss := range c.loss[:size] {
		total += loss
	}
	return total / float64(size)
}

func (c *contrast) encode(s *side) {
	c.parallel(c.size, func(from, to int) {
		scratch := make([]float32, learnedDimensions)
		for i := from; i < to; i++ {
			vector := s.vector(i)
			c.student.encode(vector, scratch, s.texts[i])
			s.lengths[i] = normalise(vector)
		}
	})
	for i := range c.size {
		for d, x := range s.vector(i) {
			s.columns[d*c.size+i] = x
		}
	}
}

func (s *side) vector(i int) []float32 {
	return s.vectors[i*learnedDimensions : (i+1)*learnedDimensions]
}

// compare fills odds with exp((cosine-1)/temperature), 0 for pairs that are alike.
func (c *contrast) compare(alike func(i, j int) bool) {
	c.parallel(c.size, func(from, to int) {
		for i := from; i < to; i++ {
			row := c.odds[i*c.size : (i+1)*c.size]
			for j := range row {
				if i != j && alike(i, j) {
					row[j] = 0
					continue
				}
				cosine := vek32.Dot(c.left.vector(i), c.right.vector(j))
				row[j] = float32(math.Exp(float64(cosine-1) / temperature))
			}
		}
	})
}

// differentiate turns odds into the gradient of the loss by each cosine.
func (c *contrast) differentiate() {
	rows, columns := make([]float32, c.size), make([]float32, c.size)
	for i := range c.size {
		for j, odds := range c.odds[i*c.size : (i+1)*c.size] {
			rows[i] += odds
			columns[j] += odds
		}
	}
	for i := range c.size {
		row := c.odds[i*c.size : (i+1)*c.size]
		c.loss[i] = -math.Log(float64(row[i] / rows[i]))
		for j, odds := range row {
			gradient := odds * (0.5/rows[i] + 0.5/columns[j])
			if i == j {
				gradient--
			}
			row[j] = gradient / temperature
			c.oddsT[j*c.size+i] = row[j]
		}
	}
}

// descend computes the gradient of the loss by a text's vector before it was scaled to length 1.
func (c *contrast) descend(s, other *side, odds []float32, i int) {
	gradient := s.gradients[i*learnedDimensions : (i+1)*learnedDimensions]
	if s.lengths[i] == 0 {
		clear(gradient)
		return
	}
	row := odds[i*c.size : (i+1)*c.size]
	for d := range gradient {
		gradient[d] = vek32.Dot(row, other.columns[d*c.size:(d+1)*c.size])
	}
	vector := s.vector(i)
	along := vek32.Dot(gradient, vector)
	for d := range gradient {
		gradient[d] = (gradient[d] - along*vector[d]) / s.lengths[i]
	}
}

// update moves the rows of the texts against their gradients. Workers share
// the dimensions, so that each number is changed in one order only.
func (c *contrast) update(rate float32) {
	s := c.student
	moves := c.moves(rate)
	c.parallel(learnedDimensions, func(from, to int) {
		scratch := make([]float32, to-from)
		next := 0
		for i := range c.size {
			for _, side := range []*side{&c.left, &c.right} {
				gradient := side.gradients[i*learnedDimensions+from : i*learnedDimensions+to]
				for _, f := range side.texts[i] {
					vek32.Sub_Inplace(s.row(f.row)[from:to], vek32.MulNumber_Into(scratch, gradient, moves[next]))
					next++
				}
			}
		}
	})
}

// moves returns for each feature of the batch how far its row goes along its
// text's gradient, and keeps the sums of squares that slow down rows that have moved far.
func (c *contrast) moves(rate float32) []float32 {
	var moves []float32
	for i := range c.size {
		for _, side := range []*side{&c.left, &c.right} {
			gradient := side.gradients[i*learnedDimensions : (i+1)*learnedDimensions]
			square := vek32.Dot(gradient, gradient) / learnedDimensions
			for _, f := range side.texts[i] {
				c.student.steps[f.row] += f.weight * f.weight * square
				moves = append(moves, rate*f.weight/float32(math.Sqrt(float64(c.student.steps[f.row])+1e-12)))
			}
		}
	}
	return moves
}
