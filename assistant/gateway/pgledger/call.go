package pgledger

import (
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/assistant/gateway"
)

const columns = `tenant, id, session, response, purpose, task, endpoint, model, prompt, status,
	estimated_input, estimated_output, input, output, known, currency, estimated_cost, cost,
	created, expires, ended, first_token_ms, total_ms, error`

const insertCall = "insert into model_calls (" + columns + `) values
	($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`

const endCall = `update model_calls set status = $3, input = $4, output = $5, known = $6, cost = $7, ended = $8, first_token_ms = $9, total_ms = $10, error = $11
	where tenant = $1 and id = $2`

func values(e gateway.Entry) []any {
	var ended *time.Time
	if !e.Ended.IsZero() {
		ended = &e.Ended
	}
	return []any{
		e.Tenant, e.ID, e.Session, e.Response, e.Purpose, e.Task, e.Endpoint, e.Model, e.Prompt, e.Status,
		e.Estimate.InputTokens, e.Estimate.OutputTokens, e.Used.InputTokens, e.Used.OutputTokens, e.Used.Known, e.Currency, e.EstimatedCost, e.Cost,
		e.Created, e.Expires, ended, milliseconds(e.FirstToken), milliseconds(e.Total), e.Error,
	}
}

func scan(row pgx.CollectableRow) (e gateway.Entry, err error) {
	var ended *time.Time
	var first, total float64
	err = row.Scan(
		&e.Tenant, &e.ID, &e.Session, &e.Response, &e.Purpose, &e.Task, &e.Endpoint, &e.Model, &e.Prompt, &e.Status,
		&e.Estimate.InputTokens, &e.Estimate.OutputTokens, &e.Used.InputTokens, &e.Used.OutputTokens, &e.Used.Known, &e.Currency, &e.EstimatedCost, &e.Cost,
		&e.Created, &e.Expires, &ended, &first, &total, &e.Error)
	e.Created, e.Expires = e.Created.UTC(), e.Expires.UTC()
	if ended != nil {
		e.Ended = ended.UTC()
	}
	e.FirstToken, e.Total = duration(first), duration(total)
	return e, err
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func duration(ms float64) time.Duration { return time.Duration(ms*float64(time.Millisecond) + 0.5) }
