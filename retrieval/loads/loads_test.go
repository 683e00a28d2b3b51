package loads_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/ingest"
	"github.com/parleyhq/parley/retrieval/loads"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLog(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		testLog(t, loads.SQLite(db))
	})
	t.Run("postgres", func(t *testing.T) { testLog(t, loads.Postgres(pgtest.Pool(t))) })
}

func testLog(t *testing.T, log loads.Log) {
	for name, test := range map[string]func(*testing.T, loads.Log, string){
		"what became of the rows": testDone, "a loader that fails": testFailed, "a process that died": testSilent,
		"told to end": testInterrupted, "only the newest are kept": testKept, "sites apart": testSites,
	} {
		t.Run(name, func(t *testing.T) { test(t, log, strings.ReplaceAll(name, " ", "-")) })
	}
}

// loader stores documents, or fails.
type loader struct{ err error }

func (l loader) Load(_ context.Context, _ string, docs []retrieval.Document) (int, error) {
	return len(docs), l.err
}

func (loader) Delete(context.Context, string, retrieval.Kind, []string) (int, error) { return 0, nil }

const rows = `{"id":"a","title":"Bakery shop","description":"Write to ann@shop.example about it."}
{"id":"b","title":""}
{"id":"c","title":"Logo","description":"A logo for a cafe."}
`

func options(site string, with loader, text string) ingest.Options {
	return ingest.Options{Tenant: site, Kind: retrieval.KindJobPost, Files: []string{"-"}, Stdin: strings.NewReader(text), Loader: with, Lines: true, Strict: true, MaskContacts: true}
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func newest(t *testing.T, log loads.Log, site string) loads.Load {
	t.Helper()
	list, err := log.List(t.Context(), site, 10)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d records, %v", len(list), err)
	}
	return list[0]
}

func testDone(t *testing.T, log loads.Log, site string) {
	var remarks int
	o := options(site, loader{}, rows)
	o.Remark = func(ingest.Remark) { remarks++ }
	sum, err := loads.Keep(t.Context(), log, loads.Load{Source: "upload", By: "api", Kind: "job_post"}, o, quiet())
	if !errors.Is(err, ingest.ErrRejected) || sum.Rejected != 1 || remarks != 1 {
		t.Fatalf("%+v, %v, %d remarks", sum, err, remarks)
	}
	l := newest(t, log, site)
	if l.State != loads.Done || l.Rows != 3 || l.Loaded != 2 || l.Changed != 2 || l.Masked != 1 || l.Refused != 1 || l.Source != "upload" || l.By != "api" || l.Ended == nil {
		t.Errorf("%+v", l)
	}
	if len(l.Refusals) != 1 || l.Refusals[0].Line != 2 || l.Refusals[0].Reason == "" {
		t.Errorf("refusals %+v", l.Refusals)
	}
}

func testFailed(t *testing.T, log loads.Log, site string) {
	gone := fmt.Errorf("%w: database", retrieval.ErrUnavailable)
	if _, err := loads.Keep(t.Context(), log, loads.Load{}, options(site, loader{gone}, rows), quiet()); !errors.Is(err, retrieval.ErrUnavailable) {
		t.Fatal(err)
	}
	if l := newest(t, log, site); l.State != loads.Failed || l.Error == "" {
		t.Errorf("%+v", l)
	}
	// What waits for its embedding is stored: the loading is done.
	late := fmt.Errorf("%w: no server", retrieval.ErrNotEmbedded)
	if _, err := loads.Keep(t.Context(), log, loads.Load{}, options(site, loader{late}, rows), quiet()); !errors.Is(err, retrieval.ErrNotEmbedded) {
		t.Fatal(err)
	}
	if l := newest(t, log, site); l.State != loads.Done || !l.Waiting {
		t.Errorf("%+v", l)
	}
}

func testSilent(t *testing.T, log loads.Log, site string) {
	now := time.Now().UTC()
	save := func(id string, touched time.Time) {
		t.Helper()
		if err := log.Save(t.Context(), site, loads.Load{ID: id, State: loads.Running, Started: touched, Touched: touched}); err != nil {
			t.Fatal(err)
		}
	}
	save("dead", now.Add(-time.Hour))
	save("alive", now)
	list, err := log.List(t.Context(), site, 10)
	if err != nil || len(list) != 2 || list[0].ID != "alive" || list[0].State != loads.Running || list[1].State != loads.Interrupted {
		t.Errorf("%+v, %v", list, err)
	}
}

func testInterrupted(t *testing.T, log loads.Log, site string) {
	ctx, cancel := context.WithCancel(t.Context())
	o := options(site, loader{}, "")
	o.Stdin = io.MultiReader(strings.NewReader(rows), reader(func() error { cancel(); return context.Canceled }))
	if _, err := loads.Keep(ctx, log, loads.Load{}, o, quiet()); err == nil {
		t.Fatal("a loading that was told to end has not failed")
	}
	if l := newest(t, log, site); l.State != loads.Interrupted || l.Ended == nil {
		t.Errorf("%+v", l)
	}
}

type reader func() error

func (r reader) Read([]byte) (int, error) { return 0, r() }

func testKept(t *testing.T, log loads.Log, site string) {
	begin := time.Now().Add(-time.Hour).UTC()
	for i := range loads.Kept + 3 {
		at := begin.Add(time.Duration(i) * time.Second)
		if err := log.Save(t.Context(), site, loads.Load{ID: fmt.Sprint(i), State: loads.Done, Started: at, Touched: at}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := log.List(t.Context(), site, loads.Kept+10)
	if err != nil || len(list) != loads.Kept || list[0].ID != fmt.Sprint(loads.Kept+2) {
		t.Errorf("%d records, %v", len(list), err)
	}
}

func testSites(t *testing.T, log loads.Log, site string) {
	if err := log.Save(t.Context(), site, loads.Load{ID: "mine", Started: time.Now(), Touched: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if list, err := log.List(t.Context(), site+"-other", 10); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// brokenLog cannot be written.
type brokenLog struct{}

func (brokenLog) Save(context.Context, string, loads.Load) error          { return errors.New("disk full") }
func (brokenLog) List(context.Context, string, int) ([]loads.Load, error) { return nil, nil }

func TestALoadingIsNotFailedByItsRecord(t *testing.T) {
	sum, err := loads.Keep(t.Context(), brokenLog{}, loads.Load{}, options("t", loader{}, rows), quiet())
	if !errors.Is(err, ingest.ErrRejected) || sum.Loaded != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
}
