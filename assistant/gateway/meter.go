package gateway

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/parleyhq/parley/assistant/model"
)

const (
	reserveWithin = 2 * time.Second // else a budget counts as one that cannot be checked
	expiresAfter  = time.Minute     // beyond the time that a call may take
)

// meter is what the calls of all endpoints share: it counts, limits and records
// them, and knows what to mask.
type meter struct {
	ledger   Ledger    // may be nil
	recorder *recorder // nil without a ledger
	prices   []Price
	budgets  []Budget
	gauges   []*gauge
	known    memo
}

func newMeter(cfg Config, log *slog.Logger) *meter {
	m := &meter{ledger: cfg.Ledger, prices: cfg.Prices, budgets: cfg.Budgets}
	if m.ledger != nil {
		m.recorder = newRecorder(m.ledger, log)
	}
	for _, l := range cfg.Limits {
		m.gauges = append(m.gauges, newGauge(l))
	}
	return m
}

func (m *meter) close() {
	if m.recorder != nil {
		m.recorder.close()
	}
}

// bill is what a call takes up, from before it is made until it has ended.
type bill struct {
	meter  *meter
	call   Entry
	price  Price
	gauges []*gauge
}

// begin takes what a call may come to out of its limits and budgets. Without a
// budget it waits for nothing. A call with a budget has a limit for its answer.
// Errors match model.ErrUnavailable, unless the context has ended.
func (m *meter) begin(ctx context.Context, request model.Request, choice Choice, body *openai.ChatCompletionRequest, whole time.Duration) (*bill, error) {
	now := time.Now().Truncate(time.Microsecond) // as ledgers keep it
	b := &bill{meter: m, call: Entry{
		Tenant: request.Tenant, ID: rand.Text(), Session: request.Session, Response: request.Response,
		Purpose: request.Purpose, Task: request.Task, Endpoint: choice.Endpoint, Model: choice.Model, Prompt: request.Prompt,
		Status: Reserved, Created: now, Expires: now.Add(whole + expiresAfter),
	}}
	budgets := m.covering(request)
	if len(budgets) > 0 && answerLimit(*body) == 0 {
		limitAnswer(body, unlimited)
	}
	b.call.Estimate = atMost(*body)
	if price, known := PriceOf(m.prices, choice.Endpoint, choice.Model, now); known {
		b.price, b.call.Currency, b.call.EstimatedCost = price, price.Currency, price.cost(b.call.Estimate)
	}
	if !b.take(now) {
		return nil, b.refused("rate_limited", ErrRateLimited)
	}
	if len(budgets) == 0 || b.call.EstimatedCost == 0 {
		m.record(b.call)
		return b, nil
	}
	return b, b.reserve(ctx, budgets)
}

func (m *meter) covering(request model.Request) (budgets []Budget) {
	for _, b := range m.budgets {
		if b.covers(request.Tenant, request.Purpose) {
			budgets = append(budgets, b)
		}
	}
	return budgets
}

func (m *meter) record(call Entry) {
	if m.recorder != nil {
		m.recorder.add(call)
	}
}

// take takes the call out of every limit that covers it, or out of none.
func (b *bill) take(now time.Time) bool {
	for _, g := range b.meter.gauges {
		if !g.covers(b.call.Tenant, b.call.Purpose) {
			continue
		}
		if !g.take(total(b.call.Estimate), now) {
			b.giveBack()
			return false
		}
		b.gauges = append(b.gauges, g)
	}
	return true
}

func (b *bill) giveBack() {
	for _, g := range b.gauges {
		g.give(1, total(b.call.Estimate))
	}
}

func (b *bill) reserve(ctx context.Context, budgets []Budget) error {
	within, cancel := context.WithTimeout(ctx, reserveWithin)
	defer cancel()
	err := b.meter.ledger.Reserve(within, b.call, budgets)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrOverBudget):
		b.giveBack()
		return b.refused("over_budget", ErrOverBudget)
	}
	// Whether it was written is not known: the end that is recorded now holds.
	b.giveBack()
	if ctx.Err() != nil {
		b.finish(Cancelled, "cancelled")
		return explain(ctx, ctx.Err())
	}
	return b.refused("ledger", fmt.Errorf("the budget cannot be checked: %w", err))
}

// refused records a call that was not made.
func (b *bill) refused(class string, why error) error {
	b.finish(Failed, class)
	return fmt.Errorf("%w: %w", model.ErrUnavailable, why)
}

func (b *bill) finish(status Status, class string) {
	b.call.Status, b.call.Error, b.call.Ended = status, class, time.Now()
	b.meter.record(b.call)
}

// end settles the call by what it has used, and tells the result.
func (b *bill) end(result *model.Result, err error) {
	b.call.Used = result.Usage
	if b.call.Currency != "" {
		b.call.Cost = b.price.cost(result.Usage)
		result.Cost, result.Currency = b.call.Cost, b.call.Currency
	}
	b.call.FirstToken, b.call.Total = result.FirstToken, result.Total
	if b.meter.ledger != nil {
		result.Call = b.call.ID
	}
	for _, g := range b.gauges {
		g.give(0, total(b.call.Estimate)-total(result.Usage))
	}
	b.finish(outcome(err))
}

func total(u model.Usage) int { return u.InputTokens + u.OutputTokens }

// outcome classifies the end of a call.
func outcome(err error) (Status, string) {
	var own *failure
	if err == nil {
		return Settled, ""
	}
	if !errors.As(err, &own) {
		return Cancelled, "cancelled" // by its context, or by the receiver of its text
	}
	for _, class := range []struct {
		err  error
		name string
	}{
		{model.ErrLength, "length"}, {model.ErrFiltered, "content_filter"}, {model.ErrCut, "cut"},
		{model.ErrRejected, "rejected"}, {model.ErrMalformed, "malformed"},
	} {
		if errors.Is(own, class.err) {
			return Failed, class.name
		}
	}
	return Failed, "unavailable"
}
