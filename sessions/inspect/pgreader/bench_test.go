package pgreader_test

import (
	"testing"

	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/sessions/inspect/inspecttest"
	"github.com/parleyhq/parley/sessions/inspect/pgreader"
)

// fill writes 100,000 sessions with three turns each.
var fill = []string{
	`insert into sessions (tenant, id, owner, role, title, created, updated)
		select 'shop', 's' || i, 'person-' || (i % 5000), case when i % 4 = 0 then 'freelancer' else 'client' end, 'Title number ' || i, '2026-01-01Z'::timestamptz + i * interval '1 s', '2026-01-01Z'::timestamptz + i * interval '1 s'
		from generate_series(0, 99999) i`,
	`insert into messages (tenant, session, id, text, created)
		select tenant, id, id || '-' || k, 'I need a website ' || case when right(id, 2) = '11' then 'in WordPress' else 'with a shop' end || ' needle' || substr(id, 2), created
		from sessions cross join generate_series(0, 2) k`,
	`insert into responses (tenant, session, id, message, status, created, body, route, problem)
		select tenant, session, session || '-r' || right(id, 1), id,
			case when right(session, 2) = '07' and id like '%-2' then 'failed' when session = 's99999' and id like '%-2' then 'running' else 'completed' end, created,
			json_build_object('id', session || '-r' || right(id, 1), 'message_id', id, 'text', 'Here is what I have understood of that.', 'filler', repeat('x', 2000))::text,
			case when right(session, 1) = '3' then 'advice' else 'job_post' end, case when right(session, 2) = '07' and id like '%-2' then 'unavailable' else '' end
		from messages`,
	`insert into feedback (tenant, session, response, rating, created) select tenant, session, id, 'down', created from responses where right(session, 2) in ('05', '06') and id like '%-r1'`,
	`insert into session_words (tenant, session, message, response, at, words) select tenant, session, id, '', created, to_tsvector('simple', text) from messages`,
	`insert into session_words (tenant, session, message, response, at, words) select tenant, session, message, id, created, to_tsvector('simple', body::json ->> 'text') from responses`,
	"analyze",
}

func BenchmarkReader(b *testing.B) {
	pool := pgtest.Pool(b)
	for _, query := range fill {
		if _, err := pool.Exec(b.Context(), query); err != nil {
			b.Fatal(err)
		}
	}
	inspecttest.Bench(b, pgreader.New(pool))
}
