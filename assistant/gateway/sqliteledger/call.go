package sqliteledger

import (
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
)

const columns = `tenant, id, session, response, purpose, task, endpoint, model, prompt, status,
	estimated_input, estimated_output, input, output, known, currency, estimated_cost, cost,
	created, expires, ended, first_token_ms, total_ms, error`

const insertCall = "insert into model_calls (" + columns + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

func values(e gateway.Entry) []any {
	return []any{
		e.Tenant, e.ID, e.Session, e.Response, e.Purpose, e.Task, e.Endpoint, e.Model, e.Prompt, e.Status,
		e.Estimate.InputTokens, e.Estimate.OutputTokens, e.Used.InputTokens, e.Used.OutputTokens, e.Used.Known, e.Currency, e.EstimatedCost, e.Cost,
		micros(e.Created), micros(e.Expires), micros(e.Ended), milliseconds(e.FirstToken), milliseconds(e.Total), e.Error,
	}
}

func scan(row interface{ Scan(...any) error }) (e gateway.Entry, err error) {
	var created, expires, ended int64
	var first, total float64
	err = row.Scan(
		&e.Tenant, &e.ID, &e.Session, &e.Response, &e.Purpose, &e.Task, &e.Endpoint, &e.Model, &e.Prompt, &e.Status,
		&e.Estimate.InputTokens, &e.Estimate.OutputTokens, &e.Used.InputTokens, &e.Used.OutputTokens, &e.Used.Known, &e.Currency, &e.EstimatedCost, &e.Cost,
		&created, &expires, &ended, &first, &total, &e.Error)
	e.Created, e.Expires, e.Ended = fromMicros(created), fromMicros(expires), fromMicros(ended)
	e.FirstToken, e.Total = duration(first), duration(total)
	return e, err
}

// micros is 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicros(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(n).UTC()
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func duration(ms float64) time.Duration { return time.Duration(ms*float64(time.Millisecond) + 0.5) }
