package pgindex

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// zoneNames are the time zones that documents of a scope have.
type zoneNames struct {
	names []string
	read  time.Time
}

// zonesLast is how long a zone that another process brought goes unnoticed.
const zonesLast = time.Minute

// zonesIn returns the time zones of a scope whose clock is in a window now.
func (x *Index) zonesIn(ctx context.Context, in scope, window retrieval.ZoneWindow) ([]string, error) {
	names, err := x.zonesOf(ctx, in)
	now, matching := time.Now(), []string{}
	for _, name := range names {
		if record.ZoneMatches(window, name, now) {
			matching = append(matching, name)
		}
	}
	return matching, err
}

// zonesOf walks from name to name through the index documents_by_zone: a few
// dozen steps, however many documents there are.
func (x *Index) zonesOf(ctx context.Context, in scope) ([]string, error) {
	x.mu.RLock()
	known, ok := x.zones[in]
	writes := x.writes
	x.mu.RUnlock()
	if ok && time.Since(known.read) < zonesLast {
		return known.names, ctx.Err()
	}
	read := time.Now()
	rows, _ := x.pool.Query(ctx, `
		with recursive zones (name) as (
			(select time_zone from documents where tenant = $1 and kind = $2 and time_zone <> '' order by time_zone limit 1)
			union all
			select (select time_zone from documents where tenant = $1 and kind = $2 and time_zone <> '' and time_zone > name
				order by time_zone limit 1)
			from zones where name is not null
		)
		select name from zones where name is not null`, in.tenant, in.kind)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.zones) >= maxScopes {
		clear(x.zones)
	}
	if writes == x.writes { // else the names may be those from before a write
		x.zones[in] = zoneNames{names, read}
	}
	return names, nil
}
