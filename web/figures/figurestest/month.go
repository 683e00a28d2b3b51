package figurestest

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/figures"
)

// Turns is how many turns a busy month of [Month] has.
const Turns = 1_000_000

// Month measures a busy month: a million turns in 250,000 conversations, and 1.5
// million model calls. Exec runs a statement, and instant writes the time of so
// many microseconds since 1970 in the database's SQL. It reports how long rows
// take to be summed up, and a report of 30 days beside the 30 before, both by the
// clock and by what this process worked.
func Month(b *testing.B, store figures.Store, exec func(query string) error, instant func(micros string) string) {
	now := time.Date(2026, 5, 20, 12, 5, 0, 0, time.UTC)
	first := now.AddDate(0, 0, -30)
	step := now.Sub(first).Microseconds() / Turns
	at := instant(fmt.Sprintf("(%d + i * %d)", first.UnixMicro(), step))
	for _, query := range []string{
		numbers(Turns/4) + `insert into sessions (tenant, id, owner, role, created, updated) select 'shop', 's' || i, 'o', 'client', ` + strings.ReplaceAll(at, "i * ", "i * 4 * ") + `, ` + at + ` from n`,
		numbers(Turns) + `insert into messages (tenant, session, id, parent, text, created) select 'shop', 's' || (i / 4), 'm' || i, case when i % 4 = 0 then '' else 'm' || (i - 1) end, 'words', ` + at + ` from n`,
		numbers(Turns) + `insert into responses (tenant, session, id, message, status, created, body, annotations) select 'shop', 's' || (i / 4), 'r' || i, 'm' || i,
			case when i % 97 = 0 then 'failed' else 'completed' end, ` + at + `,
			'{"id":"r' || i || '","status":"' || case when i % 97 = 0 then 'failed' else 'completed' end || '","route":"' || case i % 4 when 0 then 'job_post' when 1 then 'advice' when 2 then 'shortlist' else 'proposal' end
			|| '","model":"m","text":"` + strings.Repeat("A sentence of an answer. ", 60) + `","timings":{"first_text_ms":' || (200 + i % 1700) || ',"total_ms":' || (900 + i % 7300) || '}' || case when i % 97 = 0 then ',"error":{"code":"unavailable"}' else '' end || '}',
			'{"route":"job_post","calls":[{"task":"reply","kept":' || (i % 9) || ',"dropped":[{}]}]}' from n`,
		numbers(Turns*3/2) + `insert into model_calls (tenant, id, session, response, purpose, task, endpoint, model, prompt, status, estimated_input, estimated_output, input, output, known, currency,
			estimated_cost, cost, created, expires, ended, first_token_ms, total_ms, error) select 'shop', 'c' || i, 's' || (i * 2 / 12), 'r' || (i * 2 / 3), case i % 3 when 0 then 'extract' else 'job_post' end, 'reply', 'e' || (i % 2), 'm' || (i % 3), 'p',
			'settled', 1, 1, 1500, 300, 1 = 1, 'USD', 1, 500 + i % 900, ` + strings.ReplaceAll(at, "i * ", "i * 2 / 3 * ") + `, ` + at + `, ` + at + `, 200 + i % 900, 900 + i % 5000, '' from n`,
		`insert into feedback (tenant, session, response, rating, reason, created) select tenant, session, id, 'up', 'Clear', created from responses where seq % 20 = 0`,
		`analyze`,
	} {
		if err := exec(query); err != nil {
			b.Fatal(err)
		}
	}
	f := figures.New(store, func() time.Time { return now })
	began, start := time.Now(), cpuTime()
	if err := f.Roll(b.Context(), "shop"); err != nil {
		b.Fatal(err)
	}
	rolled, rolledCPU := time.Since(began), cpuTime()-start
	span, err := figures.Last(30, figures.ByDay, now, time.UTC)
	if err != nil {
		b.Fatal(err)
	}
	cpu, reports := cpuTime(), 0
	for b.Loop() {
		reports++
		r, err := f.Report(b.Context(), figures.Query{Tenant: "shop", Span: span})
		if err != nil || r.Now.Turns < Turns*9/10 || r.Now.Calls < Turns*13/10 || r.Behind != nil {
			b.Fatalf("%d turns, %d calls, %v", r.Now.Turns, r.Now.Calls, err)
		}
	}
	b.ReportMetric(float64((cpuTime()-cpu).Milliseconds())/float64(reports), "cpu-ms/op")
	began = time.Now()
	if d, err := f.Details(b.Context(), "shop", span, 50); err != nil || len(d.Failures) != 50 {
		b.Fatalf("%d failures, %v", len(d.Failures), err)
	}
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/details")
	b.ReportMetric(rolled.Seconds(), "s/roll")
	b.ReportMetric(rolledCPU.Seconds(), "cpu-s/roll")
}

// cpuTime is how long processors have worked for this process, which other work on
// the machine does not change much.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// numbers are 0 to count − 1, as i of n.
func numbers(count int) string {
	return fmt.Sprintf("with recursive n (i) as (select cast(0 as bigint) union all select i + 1 from n where i < %d) ", count-1)
}
