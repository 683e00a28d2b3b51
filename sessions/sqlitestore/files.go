package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/parleyhq/parley/sessions"
)

// PutFile implements [sessions.Store].
func (s *Store) PutFile(ctx context.Context, key sessions.Key, f sessions.File) error {
	if _, err := s.Get(ctx, key); err != nil {
		return err
	}
	result, err := s.write.ExecContext(ctx, `insert into files (tenant, session, id, name, type, text, cut, created)
		select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 where (select count(*) from files where tenant = ?1 and session = ?2) < ?9`,
		key.Tenant, key.Session, f.ID, f.Name, f.Type, f.Text, f.Cut, micros(f.Created), sessions.MaxFiles)
	if err != nil {
		return wrap("put file", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return wrap("put file", sessions.ErrTooLarge)
	}
	return nil
}

// Files implements [sessions.Store].
func (s *Store) Files(ctx context.Context, key sessions.Key, ids []string) ([]sessions.File, error) {
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, `select f.id, f.name, f.type, f.text, f.cut, f.created from files f
		left join json_each(case when ?3 = 'null' then '[]' else ?3 end) j on j.value = f.id
		where f.tenant = ?1 and f.session = ?2 and (?3 = 'null' or j.value is not null)
		order by j.key, f.created, f.id`, key.Tenant, key.Session, string(wanted))
	if err != nil {
		return nil, wrap("read files", err)
	}
	files, err := collect(rows, func(rows *sql.Rows) (f sessions.File, err error) {
		var created int64
		err = rows.Scan(&f.ID, &f.Name, &f.Type, &f.Text, &f.Cut, &created)
		f.Created = fromMicros(created)
		return f, err
	})
	return files, wrap("read files", err)
}
