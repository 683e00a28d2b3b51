package fit

import (
	"context"
	"slices"
	"sync"
)

// nearLine is from which cosine on a line of work is about a skill that the
// profile lists: chosen on the development cases, where lines about other work
// of the same trade stay below it.
const nearLine = 0.27

// alikeLine is from which cosine on a line tells of something near to what is
// asked, with none of its words; degreeAlike is what that counts.
const (
	alikeLine   = 0.38
	degreeAlike = 0.45
)

// vectors are those of a profile's lines, made when they are first needed.
type vectors struct {
	once sync.Once
	list [][]float32
}

// nearness is the cosine of the line of work that is nearest to a text, among
// those that tell of something done.
func (p *Person) nearness(text string) (nearest *line, cosine float64) {
	return p.nearestOf(text, partWork, partTitle)
}

// nearestOf is nearness among the lines of some parts.
func (p *Person) nearestOf(text string, parts ...part) (nearest *line, cosine float64) {
	vector, ok := p.reader.embed([]string{text})
	if !ok {
		return nil, 0
	}
	p.embedLines()
	for i, v := range p.vectors.list {
		l := &p.lines[i]
		if !slices.Contains(parts, l.part) || l.stance != done || len(v) != len(vector[0]) {
			continue
		}
		if c := dot(vector[0], v); c > cosine {
			nearest, cosine = l, c
		}
	}
	return nearest, cosine
}

// embedLines makes the vectors of the lines, once.
func (p *Person) embedLines() {
	p.vectors.once.Do(func() {
		texts := make([]string, len(p.lines))
		for i := range p.lines {
			texts[i] = unnamed(p.lines[i].plain)
		}
		p.vectors.list, _ = p.reader.embed(texts)
	})
}

// embed returns the vectors of texts, and false where there is no embedder or it failed.
func (r *Reader) embed(texts []string) ([][]float32, bool) {
	if r.embedder == nil || len(texts) == 0 {
		return nil, false
	}
	list, err := r.embedder.Embed(context.Background(), texts)
	return list, err == nil && len(list) == len(texts)
}

func dot(a, b []float32) float64 {
	sum := float32(0)
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}
