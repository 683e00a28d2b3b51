package pgindex

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// How many documents have a word, or a lexeme that filters ask for, is counted
// by who writes, in a sample, and kept in the table scope_words, from which
// every process reads the few that a search needs. Counts weigh words and steer
// how a search is done; they need not be exact.

const (
	// sampled is how many documents of a scope are looked at for how frequent
	// words are: 5,000 take the server about 150 ms.
	sampled = 5_000
	// frequenciesLast is how long counts by other processes go unnoticed.
	frequenciesLast = time.Minute
	// maxRemembered bounds how many words of a scope are remembered.
	maxRemembered = 10_000
	// countLock is the class of the advisory locks under which scopes are counted.
	countLock = 7071994
)

// frequencies are how many documents of a scope have a word.
type frequencies struct {
	documents int
	words     map[string]int // 0 where at most one of the sample has it
	read      time.Time
}

// of returns about how many documents have a word, at least as many as one of
// the sample stands for.
func (f frequencies) of(word string) int {
	return max(f.words[word], f.documents/sampled, 1)
}

// frequencies returns those of some words of a scope.
func (x *Index) frequencies(ctx context.Context, in int32, words []string) (frequencies, error) {
	if f, ok := x.knownFrequencies(in, words); ok {
		return f, ctx.Err()
	}
	f, err := x.readFrequencies(ctx, in, words)
	if err == nil && f.documents == 0 { // stored by who did not count
		if err = x.countWords(ctx, in); err == nil {
			f, err = x.readFrequencies(ctx, in, words)
		}
	}
	return f, err
}

func (x *Index) knownFrequencies(in int32, words []string) (frequencies, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	known := x.lexicons[in]
	if time.Since(known.read) > frequenciesLast {
		return frequencies{}, false
	}
	asked := frequencies{known.documents, make(map[string]int, len(words)), known.read}
	for _, word := range words {
		n, ok := known.words[word]
		if !ok {
			return frequencies{}, false
		}
		asked.words[word] = n
	}
	return asked, true
}

func (x *Index) readFrequencies(ctx context.Context, in int32, words []string) (frequencies, error) {
	f := frequencies{words: make(map[string]int, len(words)), read: time.Now()}
	for _, word := range words {
		f.words[word] = 0
	}
	rows, _ := x.pool.Query(ctx, `select s.documents, coalesce(w.word, ''), coalesce(w.documents, 0)
		from scopes s left join scope_words w on w.scope = s.n and w.word = any($2) where s.n = $1`, in, words)
	var word string
	var n int
	_, err := pgx.ForEachRow(rows, []any{&f.documents, &word, &n}, func() error {
		if word != "" {
			f.words[word] = n
		}
		return nil
	})
	if err == nil && f.documents > 0 {
		x.rememberFrequencies(in, f)
	}
	return f, err
}

func (x *Index) rememberFrequencies(in int32, f frequencies) {
	x.mu.Lock()
	defer x.mu.Unlock()
	known := x.lexicons[in]
	if time.Since(known.read) > frequenciesLast || known.documents != f.documents || len(known.words) > maxRemembered {
		if len(x.lexicons) >= maxScopes {
			clear(x.lexicons)
		}
		known = frequencies{f.documents, make(map[string]int), f.read}
	}
	for word, n := range f.words {
		known.words[word] = n
	}
	x.lexicons[in] = known
}

// noteChanges tells what this process has written to a scope.
func (x *Index) noteChanges(in scope, changes int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.writes++
	delete(x.zones, in)
	x.changed[in] += changes
}

// keepCounted counts the words of a scope when it has grown or changed by half
// since they were counted: often while it is small, and then ever more seldom.
func (x *Index) keepCounted(ctx context.Context, in scope, n int32) error {
	x.mu.RLock()
	changed := x.changed[in]
	x.mu.RUnlock()
	if changed == 0 {
		return nil
	}
	var documents int
	err := x.pool.QueryRow(ctx, "select documents from scopes where n = $1", n).Scan(&documents)
	if err != nil || 2*changed < documents {
		return err
	}
	if err := x.countWords(ctx, n); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.changed[in] -= changed
	delete(x.lexicons, n)
	return nil
}

// countWords counts the words of a scope in its newest documents, unless
// another process is at it.
func (x *Index) countWords(ctx context.Context, in int32) error {
	return pgx.BeginFunc(ctx, x.pool, func(tx pgx.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, "select pg_try_advisory_xact_lock($1, $2)", countLock, in).Scan(&mine); err != nil || !mine {
			return err
		}
		batch := &pgx.Batch{}
		batch.Queue(`update scopes set documents = (
			select count(*) from documents where documents.tenant = scopes.tenant and documents.kind = scopes.kind) where n = $1`, in)
		batch.Queue("delete from scope_words where scope = $1", in)
		batch.Queue(`insert into scope_words (scope, word, documents)
			select s.n, word, ceil(ndoc * greatest(1.0, s.documents::float8 / $2::int)) from scopes s, ts_stat(format(
				'select words from documents where tenant = %L and kind = %L order by posted_on desc, id limit %s', s.tenant, s.kind, $2::int))
			where s.n = $1 and ndoc > 1 and not starts_with(word, '`+partSign+`')`, in, sampled)
		return tx.SendBatch(ctx, batch).Close()
	})
}
