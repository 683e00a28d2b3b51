package workflow

import (
	"context"
	"time"
)

// Span is a part of a turn: when it began after the assistant took the message
// up, and how long it took, in milliseconds.
type Span struct {
	Name  string  `json:"name"`
	Start float64 `json:"start_ms"`
	Took  float64 `json:"ms"`
}

// Stages measures the parts of a turn, which run one after another.
type Stages struct {
	began time.Time
	spans []Span
}

type stagesKey struct{}

// Measured begins to measure a turn, whose workflow finds the same Stages by [StagesOf].
func Measured(ctx context.Context) (context.Context, *Stages) {
	s := &Stages{began: time.Now()}
	return context.WithValue(ctx, stagesKey{}, s), s
}

// StagesOf returns what measures the turn of a context, or what begins to
// measure now.
func StagesOf(ctx context.Context) *Stages {
	if s, ok := ctx.Value(stagesKey{}).(*Stages); ok {
		return s
	}
	return &Stages{began: time.Now()}
}

// Run runs a part and notes when it ran and how long it took.
func (s *Stages) Run(name string, part func() error) error {
	start := s.At(time.Now())
	err := part()
	s.spans = append(s.spans, Span{Name: name, Start: start, Took: s.At(time.Now()) - start})
	return err
}

// At is a moment in milliseconds after the turn began.
func (s *Stages) At(moment time.Time) float64 { return Milliseconds(moment.Sub(s.began)) }

// Began is when the turn began.
func (s *Stages) Began() time.Time { return s.began }

// Spans are the parts that have ended, in the order of their ends.
func (s *Stages) Spans() []Span { return s.spans }

// Took returns how long the parts took, in milliseconds by name.
func (s *Stages) Took() map[string]float64 {
	took := make(map[string]float64, len(s.spans))
	for _, span := range s.spans {
		took[span.Name] += span.Took
	}
	return took
}
