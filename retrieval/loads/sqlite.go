package loads

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/parleyhq/parley/migrations"
)

// SQLite returns the records in a migrated SQLite database.
func SQLite(db *migrations.SQLiteDB) Log { return sqliteLog{db} }

type sqliteLog struct{ db *migrations.SQLiteDB }

func (s sqliteLog) Save(ctx context.Context, tenant string, l Load) error {
	body, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("loads: save: %w", err)
	}
	_, err = s.db.Write.ExecContext(ctx, `insert into document_loads (tenant, id, started, touched, running, body) values (?1, ?2, ?3, ?4, ?5, ?6)
		on conflict (tenant, id) do update set touched = excluded.touched, running = excluded.running, body = excluded.body`,
		tenant, l.ID, l.Started.UnixMicro(), l.Touched.UnixMicro(), l.State == Running, string(body))
	if err == nil {
		_, err = s.db.Write.ExecContext(ctx, `delete from document_loads where tenant = ?1 and id in
			(select id from document_loads where tenant = ?1 order by started desc limit -1 offset ?2)`, tenant, Kept)
	}
	if err != nil {
		return fmt.Errorf("loads: save: %w", err)
	}
	return nil
}

func (s sqliteLog) List(ctx context.Context, tenant string, limit int) ([]Load, error) {
	rows, err := s.db.Read.QueryContext(ctx, "select body from document_loads where tenant = ? order by started desc limit ?", tenant, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("loads: list: %w", err)
	}
	defer rows.Close()
	var list []Load
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, fmt.Errorf("loads: list: %w", err)
		}
		l, err := parse(body)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("loads: list: %w", err)
	}
	return list, nil
}

func parse(body []byte) (l Load, err error) {
	if err := json.Unmarshal(body, &l); err != nil {
		return l, fmt.Errorf("loads: list: %w", err)
	}
	return seen(l, time.Now()), nil
}
