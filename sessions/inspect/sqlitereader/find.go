package sqlitereader

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/parleyhq/parley/sessions/inspect"
)

// findID looks in the primary key of sessions, sessions_by_owner, messages_by_id and responses_by_id.
const findID = `select id, '', '' from sessions where tenant = ?1 and id = ?2
	union all select * from (select id, '', '' from sessions where tenant = ?1 and owner = ?2 order by updated desc limit ?3)
	union all select session, id, '' from messages where tenant = ?1 and id = ?2
	union all select session, message, id from responses where tenant = ?1 and id = ?2
	limit ?3`

const findWords = `select coalesce(m.session, r.session), coalesce(m.id, r.message), coalesce(r.id, '')
	from session_words(?2) w
	left join messages m on w.rowid % 2 = 0 and m.seq = w.rowid / 2 and m.tenant = ?1
	left join responses r on w.rowid % 2 = 1 and r.seq = w.rowid / 2 and r.tenant = ?1
	where m.seq is not null or r.seq is not null
	order by w.rowid desc limit ?3`

// findTitle looks through the titles of the sessions that were active last.
const findTitle = `select id, '', '' from (select id, title, updated from sessions where tenant = ?1 order by updated desc limit ?4)
	where title like '%' || ?2 || '%' escape '\' order by updated desc limit ?3`

// Find implements [inspect.Store].
func (r *Reader) Find(ctx context.Context, tenant, text string, words []string, limit int) ([]inspect.Hit, error) {
	hits, err := collect(ctx, r.db.Read, scanHit, findID, tenant, text, limit)
	if err != nil {
		return nil, wrap("find an id", err)
	}
	if len(words) > 0 {
		found, err := collect(ctx, r.db.Read, scanHit, findWords, tenant, `"`+strings.Join(words, `"* "`)+`"*`, limit)
		if err != nil {
			return nil, wrap("find words", err)
		}
		hits = append(hits, found...)
	}
	escaped := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
	found, err := collect(ctx, r.db.Read, scanHit, findTitle, tenant, escaped, limit, inspect.MostTitles)
	return append(hits, found...), wrap("find a title", err)
}

func scanHit(rows *sql.Rows) (h inspect.Hit, err error) {
	return h, rows.Scan(&h.Session, &h.Message, &h.Response)
}

// Texts implements [inspect.Store].
func (r *Reader) Texts(ctx context.Context, tenant string, hits []inspect.Hit) ([]string, error) {
	texts := make([]string, len(hits))
	for i, hit := range hits {
		var err error
		switch {
		case hit.Response != "":
			var body []byte
			err = r.db.Read.QueryRowContext(ctx, "select body from responses where tenant = ? and session = ? and id = ?", tenant, hit.Session, hit.Response).Scan(&body)
			if err == nil {
				var said struct{ Text string }
				err = json.Unmarshal(body, &said)
				texts[i] = said.Text
			}
		case hit.Message != "":
			err = r.db.Read.QueryRowContext(ctx, "select text from messages where tenant = ? and session = ? and id = ?", tenant, hit.Session, hit.Message).Scan(&texts[i])
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, wrap("read texts", err)
		}
	}
	return texts, nil
}
