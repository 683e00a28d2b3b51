package sqlitereader_test

import (
	"testing"

	"github.com/parleyhq/parley/sessions/inspect/inspecttest"
	"github.com/parleyhq/parley/sessions/inspect/sqlitereader"
)

// fill writes 100,000 sessions with three turns each.
var fill = []string{
	`insert into sessions (tenant, id, owner, role, title, created, updated)
		with recursive n(i) as (select 0 union all select i + 1 from n where i < 99999)
		select 'shop', 's' || i, 'person-' || (i % 5000), case when i % 4 = 0 then 'freelancer' else 'client' end, 'Title number ' || i, 1767225600000000 + i * 1000000, 1767225600000000 + i * 1000000 from n`,
	`insert into messages (tenant, session, id, text, created)
		select tenant, id, id || '-' || k, 'I need a website ' || case when substr(id, -2) = '11' then 'in WordPress' else 'with a shop' end || ' needle' || substr(id, 2), created
		from sessions cross join (select 0 as k union select 1 union select 2)`,
	`insert into responses (tenant, session, id, message, status, created, body, route, problem)
		select tenant, session, session || '-r' || substr(id, -1), id,
			case when substr(session, -2) = '07' and id like '%-2' then 'failed' when session = 's99999' and id like '%-2' then 'running' else 'completed' end, created,
			json_object('id', session || '-r' || substr(id, -1), 'message_id', id, 'text', 'Here is what I have understood of that.', 'filler', printf('%.*c', 2000, 'x')),
			case when substr(session, -1) = '3' then 'advice' else 'job_post' end, case when substr(session, -2) = '07' and id like '%-2' then 'unavailable' else '' end
		from messages`,
	`insert into feedback (tenant, session, response, rating, created) select tenant, session, id, 'down', created from responses where session like '%05' and id like '%-r1' or session like '%06' and id like '%-r1'`,
	`insert into session_words (rowid, words) select 2 * seq, text from messages`,
	`insert into session_words (rowid, words) select 2 * seq + 1, json_extract(body, '$.text') from responses`,
	"analyze",
}

func BenchmarkReader(b *testing.B) {
	db, _ := open(b)
	for _, query := range fill {
		if _, err := db.Write.ExecContext(b.Context(), query); err != nil {
			b.Fatal(err)
		}
	}
	inspecttest.Bench(b, sqlitereader.New(db))
}
