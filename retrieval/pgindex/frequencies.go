package pgindex

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// sampled is how many documents of a scope are looked at for how frequent
	// words are: 5,000 take the server about 150 ms.
	sampled = 5_000
	// maxScopes bounds how many tables of frequencies are remembered.
	maxScopes = 200
	// frequenciesLast is how long documents of other processes go unnoticed.
	frequenciesLast = 15 * time.Minute
)

// frequencies are how many documents of a scope have a word. They weigh words
// and need not be exact.
type frequencies struct {
	documents int
	scale     float64          // documents for each one that was looked at
	words     map[string]int32 // that at least two of the sampled documents have
	taken     time.Time
	changes   int // documents that this process changed since
}

// of returns about how many documents have a word.
func (f *frequencies) of(word string) int {
	return int(f.scale * float64(max(f.words[word], 1)))
}

// stale: too old, or one document in ten has changed.
func (f *frequencies) stale() bool {
	return time.Since(f.taken) > frequenciesLast || 10*f.changes >= f.documents
}

// frequencies returns those of a scope. One search counts at a time, since the
// others that wait mostly want the same.
func (x *Index) frequencies(ctx context.Context, in scope) (*frequencies, error) {
	if f := x.knownFrequencies(in); f != nil {
		return f, nil
	}
	select {
	case x.counting <- struct{}{}:
		defer func() { <-x.counting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if f := x.knownFrequencies(in); f != nil {
		return f, nil
	}
	f, err := x.countWords(ctx, in)
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.lexicons) >= maxScopes {
		clear(x.lexicons)
	}
	x.lexicons[in] = f
	return f, nil
}

func (x *Index) knownFrequencies(in scope) *frequencies {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if f := x.lexicons[in]; f != nil && !f.stale() {
		return f
	}
	return nil
}

// noteChanges tells what this process has written to a scope.
func (x *Index) noteChanges(in scope, changes int) {
	x.counts.forget(in)
	x.mu.Lock()
	defer x.mu.Unlock()
	if f := x.lexicons[in]; f != nil {
		f.changes += changes
	}
}

func (x *Index) countWords(ctx context.Context, in scope) (*frequencies, error) {
	f := &frequencies{words: make(map[string]int32), taken: time.Now(), scale: 1}
	batch := &pgx.Batch{}
	batch.Queue("select count(*) from (select from documents where tenant = $1 and kind = $2 limit $3) counted", in.tenant, in.kind, maxDocuments).
		QueryRow(func(row pgx.Row) error { return row.Scan(&f.documents) })
	batch.Queue(`select word, ndoc from ts_stat(format('select words from documents where tenant = %L and kind = %L limit %s', $1::text, $2::text, $3::int))
		where ndoc > 1 and word not like '=%'`, in.tenant, in.kind, sampled).
		Query(func(rows pgx.Rows) error {
			var word string
			var documents int32
			_, err := pgx.ForEachRow(rows, []any{&word, &documents}, func() error {
				f.words[word] = documents
				return nil
			})
			return err
		})
	if err := x.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	if f.documents > sampled {
		f.scale = float64(f.documents) / sampled
	}
	return f, nil
}
