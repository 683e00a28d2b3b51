package embed

import (
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/parleyhq/parley/retrieval/skills"
)

// Each source gives this many pairs in an epoch: a small one is repeated, of a
// large one some are drawn.
const (
	leastPairs = 3_000
	mostPairs  = 40_000
)

// class is a student with the corpus in its features.
type class struct {
	student *student
	texts   [][]feature
	sources []lesson
}

// lesson is a source whose texts are numbers.
type lesson struct {
	left, right [][]int32
	flat        []place
}

// place is a text of a group.
type place struct{ group, text int32 }

// pair is two texts that belong together.
type pair struct {
	left, right int32
	group       int32
}

// alike reports whether two pairs must not be told apart: they share a text or a group.
func (p pair) alike(other pair) bool {
	return p.group == other.group || p.left == other.left || p.right == other.right
}

// newClass reads all texts; enrol makes the student from what was counted.
// Texts are read twice, so that not all readings are in memory at once.
func newClass(sources []source, vocabulary *skills.Vocabulary, o TrainOptions, enrol func(*census) *student) *class {
	c := &class{}
	r := reader{known: make(map[string]int32)}
	for _, s := range sources {
		c.sources = append(c.sources, r.lesson(s))
	}
	counts := make([]*census, o.Workers)
	share(o.Workers, len(r.texts), func(worker, from, to int) {
		counts[worker] = newCensus()
		for _, text := range r.texts[from:to] {
			counts[worker].add(read(vocabulary, text))
		}
	})
	for _, other := range counts[1:] {
		counts[0].merge(other)
	}
	c.student = enrol(counts[0])
	c.texts = make([][]feature, len(r.texts))
	share(o.Workers, len(r.texts), func(_, from, to int) {
		for i := from; i < to; i++ {
			rng := rand.New(rand.NewPCG(o.Seed, uint64(i)))
			c.texts[i] = few(c.student.features(read(vocabulary, r.texts[i])), rng)
		}
	})
	return c
}

// share gives n items to workers in equal parts. What is computed of an item
// must not depend on who computes it: so results are the same whatever their number.
func share(workers, n int, work func(worker, from, to int)) {
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { work(w, n*w/workers, n*(w+1)/workers) })
	}
	wait.Wait()
}

// few keeps at most keptFeatures of a text, chosen by chance.
func few(text []feature, rng *rand.Rand) []feature {
	if len(text) > keptFeatures {
		rng.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
		text = text[:keptFeatures]
	}
	return slices.Clone(text)
}

// reader numbers texts, each once.
type reader struct {
	known map[string]int32
	texts []string
}

func (r *reader) lesson(s source) lesson {
	l := lesson{left: r.number(s.left)}
	if s.right != nil {
		l.right = r.number(s.right)
	}
	for g, group := range l.left {
		if l.right != nil && len(l.right[g]) == 0 || l.right == nil && len(group) < 2 {
			continue
		}
		for _, text := range group {
			l.flat = append(l.flat, place{int32(g), text})
		}
	}
	return l
}

func (r *reader) number(groups [][]string) [][]int32 {
	list := make([][]int32, len(groups))
	for i, group := range groups {
		for _, text := range group {
			at, ok := r.known[text]
			if !ok {
				at = int32(len(r.texts))
				r.known[text], r.texts = at, append(r.texts, text)
			}
			list[i] = append(list[i], at)
		}
	}
	return list
}

// epoch draws pairs of each source, cut into batches of one source each: texts
// of the same sort are harder to tell apart, and teach more.
func (c *class) epoch(rng *rand.Rand) [][]pair {
	var batches [][]pair
	for _, l := range c.sources {
		pairs := l.draw(rng)
		for len(pairs) > 0 {
			n := min(batchSize, len(pairs))
			if n >= batchSize/8 {
				batches = append(batches, pairs[:n])
			}
			pairs = pairs[n:]
		}
	}
	rng.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
	return batches
}

func (l *lesson) draw(rng *rand.Rand) []pair {
	if len(l.flat) == 0 {
		return nil
	}
	pairs := make([]pair, min(max(len(l.flat), leastPairs), mostPairs))
	var order []int
	for i := range pairs {
		if i%len(l.flat) == 0 {
			order = rng.Perm(len(l.flat))
		}
		pairs[i] = l.pair(l.flat[order[i%len(l.flat)]], rng)
	}
	return pairs
}

// pair draws a partner for a text. Now and then it is the text itself, from
// which nothing is learned.
func (l *lesson) pair(at place, rng *rand.Rand) pair {
	others := l.left[at.group]
	if l.right != nil {
		others = l.right[at.group]
	}
	other := others[rng.IntN(len(others))]
	if other == at.text {
		other = others[rng.IntN(len(others))]
	}
	if rng.IntN(2) == 0 {
		return pair{other, at.text, at.group}
	}
	return pair{at.text, other, at.group}
}

// load puts a batch before the student, each text without what is left out of it.
func (c *class) load(learning *contrast, batch []pair, rng *rand.Rand) {
	for i, p := range batch {
		learning.left.texts[i] = thin(c.texts[p.left], rng)
		learning.right.texts[i] = thin(c.texts[p.right], rng)
	}
}

func thin(text []feature, rng *rand.Rand) []feature {
	if len(text) < 3 {
		return text
	}
	keep := min(1-forgetShare, mostFeatures/float64(len(text)))
	var kept []feature
	for _, f := range text {
		if rng.Float64() < keep {
			kept = append(kept, f)
		}
	}
	if len(kept) == 0 {
		return text[:1]
	}
	return kept
}
