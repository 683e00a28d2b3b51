// Package ledgertest is the promise that every [gateway.Ledger] keeps: a suite
// that each implementation runs.
package ledgertest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
)

// noon is when calls are made, unless a test says otherwise.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000, time.UTC)

// Run runs the suite. Open makes an empty database, and returns a function that
// opens a ledger on it, as another process would.
func Run(t *testing.T, open func(t *testing.T) func() gateway.Ledger) {
	for name, test := range map[string]func(*testing.T, func() gateway.Ledger){
		"a call is kept":                          testKept,
		"an end is written once":                  testOnce,
		"all or none":                             testAtomic,
		"a budget holds":                          testBudget,
		"a budget holds among many":               testMany,
		"a lost call counts by its estimate":      testLost,
		"every budget counts":                     testScopes,
		"a new budget knows what was spent":       testLate,
		"a window ends":                           testWindows,
		"accounts are opened among running calls": testOpening,
		"budgets of other calls are refused":      testForeign,
		"a cancelled context":                     testCancelled,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// Call returns a reserved call of tenant t1 for job posts, estimated to cost
// that many millionths of a dollar.
func call(cost int64) gateway.Entry {
	return gateway.Entry{
		Tenant: "t1", ID: rand.Text(), Session: "s1", Response: "r1", Purpose: model.JobPost, Task: "reply",
		Endpoint: "openai", Model: "small", Prompt: "job_post/reply.v1", Status: gateway.Reserved,
		Estimate: model.Usage{InputTokens: 1000, OutputTokens: 200}, EstimatedCost: cost, Currency: "USD",
		Created: noon, Expires: noon.Add(time.Minute),
	}
}

// ended is the call with an end.
func ended(c gateway.Entry, status gateway.Status, cost int64) gateway.Entry {
	c.Status, c.Cost, c.Ended = status, cost, c.Created.Add(3*time.Second)
	c.Used = model.Usage{InputTokens: 900, OutputTokens: 77, Known: true}
	c.FirstToken, c.Total = 250*time.Millisecond, 2999*time.Millisecond
	if status != gateway.Settled {
		c.Error = "cut"
	}
	return c
}

// budget is one of all tenants and purposes, for a day.
func budget(amount int64) gateway.Budget {
	return gateway.Budget{Amount: amount, Currency: "USD", Per: gateway.Day}
}

func record(t *testing.T, l gateway.Ledger, calls ...gateway.Entry) {
	t.Helper()
	if err := l.Record(t.Context(), calls); err != nil {
		t.Fatal(err)
	}
}

func reserve(t *testing.T, l gateway.Ledger, c gateway.Entry, budgets ...gateway.Budget) {
	t.Helper()
	if err := l.Reserve(t.Context(), c, budgets); err != nil {
		t.Fatal(err)
	}
}

func spent(t *testing.T, l gateway.Ledger, b gateway.Budget, want int64) {
	t.Helper()
	if got, err := l.Spent(t.Context(), b, noon); err != nil || got != want {
		t.Errorf("spent %d, %v; want %d", got, err, want)
	}
}

func testKept(t *testing.T, open func() gateway.Ledger) {
	l := open()
	first, second, direct := call(50), call(60), ended(call(70), gateway.Failed, 0)
	second.Created = noon.Add(time.Second)
	direct.Created = noon.Add(2 * time.Second)
	direct.Currency, direct.Used.Known = "", false // neither the price nor the usage is known
	reserve(t, l, first)
	record(t, l, second, direct)
	first = ended(first, gateway.Settled, 40)
	record(t, l, first)
	other := call(1)
	other.Tenant = "t2"
	record(t, l, other)

	calls, err := open().Calls(t.Context(), "t1", "r1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]gateway.Entry{first, second, direct}, calls); diff != "" {
		t.Errorf("kept other calls (-want +got):\n%s", diff)
	}
	if none, err := l.Calls(t.Context(), "t2", "r2"); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

func testOnce(t *testing.T, open func() gateway.Ledger) {
	l, b, c := open(), budget(1000), call(50)
	reserve(t, l, c, b)
	end := ended(c, gateway.Settled, 40)
	record(t, l, c, end, end)
	record(t, l, end)
	record(t, l, c, ended(c, gateway.Cancelled, 7))
	spent(t, l, b, 40)
	d := ended(call(50), gateway.Cancelled, 30)
	record(t, l, d)
	record(t, l, d)
	spent(t, l, b, 70)
	calls, err := l.Calls(t.Context(), "t1", "r1")
	if err != nil || len(calls) != 2 {
		t.Errorf("%d calls, %v", len(calls), err)
	}
}

func testAtomic(t *testing.T, open func() gateway.Ledger) {
	l, b, c := open(), budget(1000), call(50)
	reserve(t, l, c, b)
	if err := l.Reserve(t.Context(), c, []gateway.Budget{b}); err == nil {
		t.Error("an id was reserved twice")
	}
	spent(t, l, b, 50)
	over := budget(60)
	over.Tenant = "t1"
	d := call(50)
	if err := l.Reserve(t.Context(), d, []gateway.Budget{b, over}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("error %v", err)
	}
	spent(t, l, b, 50)
	if calls, err := l.Calls(t.Context(), "t1", "r1"); err != nil || len(calls) != 1 {
		t.Errorf("%d calls, %v", len(calls), err)
	}
}

func testBudget(t *testing.T, open func() gateway.Ledger) {
	l, b := open(), budget(100)
	first := call(60)
	reserve(t, l, first, b)
	if err := l.Reserve(t.Context(), call(60), []gateway.Budget{b}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Fatalf("error %v", err)
	}
	record(t, l, ended(first, gateway.Settled, 40))
	reserve(t, l, call(60), b) // 100 exactly
	spent(t, l, b, 100)
	if err := l.Reserve(t.Context(), call(1), []gateway.Budget{b}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("error %v", err)
	}
	reserve(t, l, call(0), b)
}

// testMany: two processes with 50 callers spend one budget.
func testMany(t *testing.T, open func() gateway.Ledger) {
	b := budget(1_000_000)
	ledgers := []gateway.Ledger{open(), open()}
	var all sync.WaitGroup
	var mu sync.Mutex
	made, reserved := 0, int64(0)
	for i := range 50 {
		all.Go(func() {
			l := ledgers[i%len(ledgers)]
			for range 4 {
				c := call(23_000)
				err := l.Reserve(t.Context(), c, []gateway.Budget{b})
				if errors.Is(err, gateway.ErrOverBudget) {
					return
				}
				if err == nil {
					err = l.Record(t.Context(), []gateway.Entry{ended(c, gateway.Settled, 20_000)})
				}
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				made, reserved = made+1, reserved+20_000
				mu.Unlock()
			}
		})
	}
	all.Wait()
	spent(t, ledgers[0], b, reserved)
	if reserved > b.Amount || made == 0 {
		t.Errorf("%d calls spent %d of %d", made, reserved, b.Amount)
	}
	// Nobody was refused for nothing: what is left fits no further call, or all are made.
	if left := b.Amount - reserved; made < 200 && left >= 50*23_000 {
		t.Errorf("%d calls were made and %d is left", made, left)
	}
}

func testLost(t *testing.T, open func() gateway.Ledger) {
	b := budget(100)
	reserve(t, open(), call(60), b)
	l := open() // after a kill
	spent(t, l, b, 60)
	if err := l.Reserve(t.Context(), call(60), []gateway.Budget{b}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("error %v", err)
	}
	month := gateway.Budget{Amount: 100, Currency: "USD", Per: gateway.Month}
	if err := l.Reserve(t.Context(), call(60), []gateway.Budget{month}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("a budget made later does not know of it: %v", err)
	}
}

func testScopes(t *testing.T, open func() gateway.Ledger) {
	l := open()
	make := func(tenant string, purpose model.Purpose) gateway.Budget {
		b := budget(1000)
		b.Tenant, b.Purpose = tenant, purpose
		return b
	}
	budgets := []gateway.Budget{make("", ""), make("t1", ""), make("", model.JobPost), make("t1", model.JobPost)}
	reserve(t, l, call(1), budgets...)
	for _, change := range []func(*gateway.Entry){
		func(e *gateway.Entry) { e.Tenant = "t2" },
		func(e *gateway.Entry) { e.Purpose = model.Advice },
		func(e *gateway.Entry) { e.Currency = "EUR" },
	} {
		c := call(10)
		change(&c)
		record(t, l, c)
	}
	for i, want := range []int64{21, 11, 11, 1} {
		spent(t, l, budgets[i], want)
	}
	euros := budget(5)
	euros.Currency = "EUR"
	spent(t, l, euros, 10)
}

func testLate(t *testing.T, open func() gateway.Ledger) {
	l := open()
	c := call(50)
	record(t, l, c, ended(c, gateway.Settled, 40), call(30))
	b := budget(100)
	spent(t, l, b, 70)
	if err := l.Reserve(t.Context(), call(31), []gateway.Budget{b}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("error %v", err)
	}
	reserve(t, l, call(30), b)
	spent(t, l, b, 100)
}

func testWindows(t *testing.T, open func() gateway.Ledger) {
	l, day := open(), budget(100)
	month := gateway.Budget{Amount: 150, Currency: "USD", Per: gateway.Month}
	late := call(80)
	late.Created = time.Date(2026, 3, 2, 23, 59, 59, 999_999_000, time.UTC)
	reserve(t, l, late, day, month)
	next := call(60)
	next.Created = time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC).In(time.FixedZone("", -5*3600))
	reserve(t, l, next, day)
	again := next
	again.ID = rand.Text()
	if err := l.Reserve(t.Context(), again, []gateway.Budget{month}); !errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("error %v", err)
	}
	// The end of a call counts where its beginning did.
	end := ended(late, gateway.Settled, 10)
	end.Ended = next.Created.Add(time.Second)
	record(t, l, end)
	spent(t, l, day, 10)
	spent(t, l, month, 70)
	april := next
	april.ID, april.Created = rand.Text(), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	reserve(t, l, april, day, month)
}

// testOpening: budgets begin while calls without them are written.
func testOpening(t *testing.T, open func() gateway.Ledger) {
	const writers, calls = 4, 8
	a, b := open(), open()
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for range calls {
				c := call(10)
				c.Tenant = fmt.Sprintf("t%d", i)
				if err := a.Record(t.Context(), []gateway.Entry{c}); err != nil {
					t.Error(err)
				}
				if err := a.Record(t.Context(), []gateway.Entry{ended(c, gateway.Settled, 7)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var budgets []gateway.Budget
	for i := range writers {
		limit := budget(1_000_000)
		limit.Tenant = fmt.Sprintf("t%d", i)
		budgets = append(budgets, limit)
		all.Go(func() {
			c := call(1)
			c.Tenant = limit.Tenant
			if err := b.Reserve(t.Context(), c, []gateway.Budget{limit, budget(1_000_000)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, limit := range budgets {
		spent(t, a, limit, calls*7+1)
	}
	spent(t, a, budget(1), writers*(calls*7+1))
}

func testForeign(t *testing.T, open func() gateway.Ledger) {
	l := open()
	other := budget(100)
	other.Tenant = "t2"
	euros := budget(100)
	euros.Currency = "EUR"
	for _, b := range []gateway.Budget{other, euros} {
		if err := l.Reserve(t.Context(), call(1), []gateway.Budget{b}); !errors.Is(err, gateway.ErrBudget) {
			t.Errorf("%+v: %v", b, err)
		}
	}
}

func testCancelled(t *testing.T, open func() gateway.Ledger) {
	l, b := open(), budget(100)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Reserve(ctx, call(60), []gateway.Budget{b}); !errors.Is(err, context.Canceled) {
		t.Errorf("reserve: %v", err)
	}
	if err := l.Record(ctx, []gateway.Entry{call(60)}); !errors.Is(err, context.Canceled) {
		t.Errorf("record: %v", err)
	}
	spent(t, l, b, 0)
}
