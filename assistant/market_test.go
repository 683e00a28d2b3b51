package assistant_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
)

const tenant = "demo"

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "assistant"); err != nil {
		panic(err)
	}
	code := m.Run()
	if opened != nil {
		opened()
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

var (
	opened     func() // closes what load opened
	background = context.Background()
)

// market is the demo marketplace on the embedded index, loaded once for all tests.
var market = sync.OnceValue(func() *retrieval.Retriever {
	docs, err := demo.Documents()
	if err != nil {
		panic(err)
	}
	return load(folder+"/demo", docs)
})

func load(path string, docs []retrieval.Document) *retrieval.Retriever {
	if err := os.MkdirAll(path, 0o700); err != nil {
		panic(err)
	}
	db, err := migrations.OpenSQLite(path)
	if err != nil {
		panic(err)
	}
	before := opened
	opened = func() {
		db.Close()
		if before != nil {
			before()
		}
	}
	ctx := background
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
