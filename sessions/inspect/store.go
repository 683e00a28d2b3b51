package inspect

import (
	"context"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// Store reads what a session store keeps, for one site at a time. Package
// inspecttest is the suite for it. Errors wrap sessions.ErrNotFound; others are
// of the database. Times are in UTC to the microsecond.
type Store interface {
	// Find returns what a text finds: messages and answers whose words begin with
	// the words, all of them; sessions whose title has the text in it, of the last
	// MostTitles, or whose id or person it is; and the message or response that has it as its id. The
	// newest first, at most limit of each.
	Find(ctx context.Context, tenant, text string, words []string, limit int) ([]Hit, error)
	// Texts returns the texts of hits in their order, "" for one that is gone.
	Texts(ctx context.Context, tenant string, hits []Hit) ([]string, error)
	// List returns a page of sessions, newest activity first.
	List(ctx context.Context, tenant string, f Filter) ([]Summary, error)
	// Page returns the last messages before a place (0: the end) with what was
	// answered to them, at most limit.
	Page(ctx context.Context, key sessions.Key, before int64, limit int) (Page, error)
	// Turn returns a response with its surroundings.
	Turn(ctx context.Context, tenant, response string) (Turn, error)
}

// Trail keeps who looked at which conversation. Entries are added and neither
// changed nor removed.
type Trail interface {
	// Note adds that an operator looked, unless the same one did in the ten
	// minutes before.
	Note(ctx context.Context, tenant string, v View) error
	// Views returns the newest views of a session ("": of all) before a number (0:
	// the newest), at most limit.
	Views(ctx context.Context, tenant, session string, before int64, limit int) ([]View, error)
}

// Again is how long an operator may look at a session again without that being noted anew.
const Again = 10 * time.Minute
