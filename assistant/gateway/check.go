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

// Row tells how a model at an endpoint answered a short question.
type Row struct {
	Endpoint   string
	Model      string
	OK         bool
	FirstToken time.Duration
	Err        error // nil when OK; contains no key
}

// Check asks every configured model of every endpoint to say hello, all at
// once, and returns a row for each, sorted by endpoint and model.
func (g *Gateway) Check(ctx context.Context) []Row {
	var rows []Row
	for _, choices := range g.purposes {
		for _, c := range choices {
			if c.remote {
				rows = append(rows, Row{Endpoint: c.Endpoint, Model: c.Model})
			}
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Endpoint, b.Endpoint), cmp.Compare(a.Model, b.Model))
	})
	rows = slices.CompactFunc(rows, func(a, b Row) bool { return a.Endpoint == b.Endpoint && a.Model == b.Model })
	var all sync.WaitGroup
	for i := range rows {
		all.Go(func() { g.hello(ctx, &rows[i]) })
	}
	all.Wait()
	return rows
}

func (g *Gateway) hello(ctx context.Context, row *Row) {
	asked := &remote{g.endpoints[row.Endpoint], Choice{Endpoint: row.Endpoint, Model: row.Model}}
	result, err := asked.Generate(ctx, model.Request{
		Instructions: "You are being tested for whether you answer.",
		History:      []model.Message{{Role: "user", Text: "Say hello, in one word."}},
		MaxTokens:    16,
	}, func(string) error { return nil })
	if errors.Is(err, model.ErrLength) { // a model that thinks first may need more, but it answers
		err = nil
	}
	row.FirstToken, row.Err, row.OK = result.FirstToken, err, err == nil
}
