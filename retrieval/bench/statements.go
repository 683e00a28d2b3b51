package bench

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/retrieval"
)

// list names one of the two ranked lists of a search.
type list string

const (
	lexical list = "lexical"
	nearest list = "nearest"
)

type listKey struct{}

// marked is an index that says in the context which list is being ranked.
type marked struct{ retrieval.Index }

func (m marked) Lexical(ctx context.Context, f retrieval.Filter, terms []string, limit int) ([]retrieval.Ranked, error) {
	return m.Index.Lexical(context.WithValue(ctx, listKey{}, lexical), f, terms, limit)
}

func (m marked) Nearest(ctx context.Context, f retrieval.Filter, embedding string, vector []float32, limit int) ([]retrieval.Ranked, error) {
	return m.Index.Nearest(context.WithValue(ctx, listKey{}, nearest), f, embedding, vector, limit)
}

// recorder is a tracer of pgx that keeps, for each list, what was sent last:
// the statement that ranks it, with the settings that go with it.
type recorder struct {
	mu   sync.Mutex
	last map[list][]*pgx.QueuedQuery
}

func (r *recorder) keep(ctx context.Context, sent []*pgx.QueuedQuery) {
	if of, ok := ctx.Value(listKey{}).(list); ok {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.last[of] = sent
	}
}

func (r *recorder) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if data.SQL != "begin" && data.SQL != "commit" {
		r.keep(ctx, []*pgx.QueuedQuery{{SQL: data.SQL, Arguments: data.Args}})
	}
	return ctx
}

func (r *recorder) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (r *recorder) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	r.keep(ctx, data.Batch.QueuedQueries)
	return ctx
}

func (r *recorder) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (r *recorder) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

// take returns what was kept since the last call.
func (r *recorder) take() map[list][]*pgx.QueuedQuery {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.last
	r.last = make(map[list][]*pgx.QueuedQuery)
	return taken
}

// replay sends both lists' statements at once, and reads all rows.
func replay(ctx context.Context, pool *pgxpool.Pool, statements map[list][]*pgx.QueuedQuery) error {
	group, ctx := errgroup.WithContext(ctx)
	for of, sent := range statements {
		group.Go(func() error {
			batch := &pgx.Batch{}
			for _, q := range sent {
				batch.Queue(q.SQL, q.Arguments...).Query(func(rows pgx.Rows) error {
					for rows.Next() {
						if _, err := rows.Values(); err != nil {
							return err
						}
					}
					return rows.Err()
				})
			}
			if err := pool.SendBatch(ctx, batch).Close(); err != nil {
				return fmt.Errorf("%s: %w", of, err)
			}
			return nil
		})
	}
	return group.Wait()
}
