package modeltest

import (
	"context"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Reply is what a scripted model does with a request: it yields the pieces, and
// then fails with Err unless that is nil.
type Reply struct {
	Pieces []string
	Err    error
}

// Says is a reply that is streamed word by word.
func Says(text string) Reply { return Reply{Pieces: Pieces(text)} }

// Scripted is a model that says what it is told to. It may be used by many
// goroutines at once.
type Scripted struct {
	reply func(model.Request) Reply

	mu       sync.Mutex
	requests []model.Request
}

// NewScripted makes a model of a function, which may be called by several
// goroutines at once.
func NewScripted(reply func(model.Request) Reply) *Scripted { return &Scripted{reply: reply} }

// ByTask makes a model of texts by "purpose/task" or "purpose". What is asked
// for and not there is unavailable.
func ByTask(texts map[string]string) *Scripted {
	return NewScripted(func(r model.Request) Reply {
		for _, key := range []string{string(r.Purpose) + "/" + r.Task, string(r.Purpose)} {
			if text, ok := texts[key]; ok {
				return Says(text)
			}
		}
		return Reply{Err: &model.Error{Endpoint: "scripted", Err: model.ErrUnavailable}}
	})
}

// Requests returns what was asked so far.
func (s *Scripted) Requests() []model.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]model.Request(nil), s.requests...)
}

// Generate implements model.Model.
func (s *Scripted) Generate(ctx context.Context, request model.Request, yield func(string) error) (model.Result, error) {
	s.mu.Lock()
	s.requests = append(s.requests, request)
	s.mu.Unlock()

	start := time.Now()
	result := model.Result{Model: "scripted", Endpoint: "scripted", Prompt: request.Prompt, Usage: model.Usage{Known: true}}
	reply := s.reply(request)
	for _, piece := range reply.Pieces {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if result.Usage.OutputTokens == 0 {
			result.FirstToken = time.Since(start)
		}
		result.Usage.OutputTokens++
		if err := yield(piece); err != nil {
			return result, err
		}
	}
	result.Total = time.Since(start)
	if err := ctx.Err(); err != nil {
		return result, err
	}
	if reply.Err == nil {
		result.Finish = model.FinishStop
	}
	return result, reply.Err
}
