package proposal_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

const tenant = "demo"

var (
	folder string
	opened []func() error // what closes the databases
)

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "proposal"); err != nil {
		panic(err)
	}
	code := m.Run()
	for _, shut := range opened {
		shut()
	}
	os.RemoveAll(folder)
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// market is the demo marketplace on the embedded index, loaded once for all tests.
var market = sync.OnceValue(func() *retrieval.Retriever {
	docs, err := demo.Documents()
	if err != nil {
		panic(err)
	}
	return open("demo", docs)
})

// empty is a marketplace without history.
var empty = sync.OnceValue(func() *retrieval.Retriever { return open("empty", nil) })

// small holds what the tests of this package load, and nothing else.
var small = sync.OnceValue(func() *retrieval.Retriever { return open("small", nil) })

func open(name string, docs []retrieval.Document) *retrieval.Retriever {
	path := folder + "/" + name
	if err := os.MkdirAll(path, 0o700); err != nil {
		panic(err)
	}
	db, err := migrations.OpenSQLite(path)
	if err != nil {
		panic(err)
	}
	opened = append(opened, db.Close)
	ctx := context.Background()
	if err := migrations.SQLite(ctx, db.Write); err != nil {
		panic(err)
	}
	index, err := sqliteindex.New(ctx, db)
	if err != nil {
		panic(err)
	}
	retriever := retrieval.New(index, embed.Default(), skills.Default())
	if _, err := retriever.Load(ctx, tenant, docs); err != nil {
		panic(err)
	}
	return retriever
}

func load(t testing.TB, r *retrieval.Retriever, docs ...retrieval.Document) {
	t.Helper()
	if _, err := r.Load(context.Background(), tenant, docs); err != nil {
		t.Fatal(err)
	}
}

var reader = sync.OnceValue(func() *fit.Reader { return fit.New(skills.Default(), embed.Default()) })
