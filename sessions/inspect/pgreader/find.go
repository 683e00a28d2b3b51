package pgreader

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/sessions/inspect"
)

// findID looks in the primary key of sessions, sessions_by_owner, messages_by_id and responses_by_id.
const findID = `select id, '', '' from sessions where tenant = $1 and id = $2
	union all (select id, '', '' from sessions where tenant = $1 and owner = $2 order by updated desc limit $3)
	union all select session, id, '' from messages where tenant = $1 and id = $2
	union all select session, message, id from responses where tenant = $1 and id = $2
	limit $3`

// findWords reads the index session_words_in.
const findWords = `select session, message, response from session_words where tenant = $1 and words @@ $2::tsquery order by at desc limit $3`

// findTitle looks through the titles of the sessions that were active last.
const findTitle = `select id, '', '' from (select id, title, updated from sessions where tenant = $1 order by updated desc limit $4) s
	where title ilike '%' || $2 || '%' order by updated desc limit $3`

// Find implements [inspect.Store].
func (r *Reader) Find(ctx context.Context, tenant, text string, words []string, limit int) ([]inspect.Hit, error) {
	hits, err := r.hits(ctx, findID, tenant, text, limit)
	if err != nil {
		return nil, wrap("find an id", err)
	}
	if len(words) > 0 { // of letters and digits, so that they need no escaping
		found, err := r.hits(ctx, findWords, tenant, "'"+strings.Join(words, "':* & '")+"':*", limit)
		if err != nil {
			return nil, wrap("find words", err)
		}
		hits = append(hits, found...)
	}
	escaped := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
	found, err := r.hits(ctx, findTitle, tenant, escaped, limit, inspect.MostTitles)
	return append(hits, found...), wrap("find a title", err)
}

func (r *Reader) hits(ctx context.Context, query string, args ...any) ([]inspect.Hit, error) {
	rows, _ := r.pool.Query(ctx, query, append([]any{planned}, args...)...)
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h inspect.Hit, err error) {
		return h, row.Scan(&h.Session, &h.Message, &h.Response)
	})
}

// Texts implements [inspect.Store], in one round trip.
func (r *Reader) Texts(ctx context.Context, tenant string, hits []inspect.Hit) ([]string, error) {
	texts := make([]string, len(hits))
	batch := &pgx.Batch{}
	for i, hit := range hits {
		switch {
		case hit.Response != "":
			batch.Queue("select body from responses where tenant = $1 and session = $2 and id = $3", tenant, hit.Session, hit.Response).QueryRow(func(row pgx.Row) error {
				var body []byte
				if err := row.Scan(&body); err != nil {
					return unlessGone(err)
				}
				var said struct{ Text string }
				err := json.Unmarshal(body, &said)
				texts[i] = said.Text
				return err
			})
		case hit.Message != "":
			batch.Queue("select text from messages where tenant = $1 and session = $2 and id = $3", tenant, hit.Session, hit.Message).QueryRow(func(row pgx.Row) error {
				return unlessGone(row.Scan(&texts[i]))
			})
		}
	}
	return texts, wrap("read texts", r.pool.SendBatch(ctx, batch).Close())
}

func unlessGone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}
