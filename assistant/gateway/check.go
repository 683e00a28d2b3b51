package gateway

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/model"
)

// Row tells how one choice of a purpose answered a short question.
type Row struct {
	Purpose    model.Purpose
	Endpoint   string
	Model      string // "" for a model of this process, which is not asked
	Structured bool   // it was asked for an answer by a JSON schema
	OK         bool
	FirstToken time.Duration
	Usage      model.Usage
	Cost       int64  // in millionths of Currency
	Currency   string // "" when the price is not known
	Err        error  // nil when OK; contains no key
}

// Check asks every choice of every purpose a short question, all at once, in the way
// that the purpose asks, and returns a row for each, by purpose and in their order.
func (g *Gateway) Check(ctx context.Context) []Row {
	var rows []Row
	var asked []candidate // those of the rows
	for purpose, choices := range g.purposes {
		for _, c := range choices {
			rows = append(rows, Row{Purpose: purpose, Endpoint: c.Endpoint, Model: c.Model, Structured: structures(purpose), OK: !c.remote})
			asked = append(asked, c)
		}
	}
	var all sync.WaitGroup
	for i := range rows {
		if asked[i].remote {
			all.Go(func() { g.ask(ctx, &rows[i], asked[i].Choice) })
		}
	}
	all.Wait()
	slices.SortStableFunc(rows, func(a, b Row) int { return cmp.Compare(a.Purpose, b.Purpose) })
	return rows
}

// structures reports whether a purpose's answers are JSON.
func structures(purpose model.Purpose) bool {
	return purpose == model.Route || purpose == model.Moderate || purpose == model.Judge || purpose == model.Extract
}

const greeting = `{"type": "object", "properties": {"greeting": {"type": "string", "enum": ["hello"]}}, "required": ["greeting"], "additionalProperties": false}`

// ask asks at a connection of its own, so that the circuit breaker of what was
// asked before does not hide why this one fails.
func (g *Gateway) ask(ctx context.Context, r *Row, choice Choice) {
	e := newEndpoint(choice.Endpoint, g.cfg.Endpoints[choice.Endpoint], g.cfg.Log)
	defer e.http.CloseIdleConnections()
	m := structured{&remote{e, choice, g.meter}, 1}
	request := model.Request{
		Purpose: r.Purpose, Task: "check", Instructions: "You are being tested for whether you answer.",
		History:   []model.Message{{Role: "user", Text: "Say hello, in one word."}},
		MaxTokens: 64,
	}
	if r.Structured {
		request.Schema = []byte(greeting)
	}
	result, err := m.Generate(ctx, request, func(string) error { return nil })
	if errors.Is(err, model.ErrLength) && !r.Structured { // a model that thinks first may need more, but it answers
		err = nil
	}
	r.OK, r.Err = err == nil, err
	r.FirstToken, r.Usage, r.Cost, r.Currency = result.FirstToken, result.Usage, result.Cost, result.Currency
}
