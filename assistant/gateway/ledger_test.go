package gateway_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/gateway/pgledger"
	"github.com/parleyhq/parley/assistant/gateway/sqliteledger"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
)

// turn is the request of a turn.
var turn = func() model.Request {
	r := request
	r.Tenant, r.Session, r.Response = "shop", "s1", "r1"
	return r
}()

// dollars are the prices of the tests: a token of an answer costs a cent.
var dollars = []gateway.Price{{Model: "small", Input: 0, Output: 10_000_000_000, Currency: "USD", From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}

func sqliteLedger(t testing.TB) gateway.Ledger {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return sqliteledger.New(db)
}

// metered is a configuration with one server and the built-in model behind it.
func metered(server *modeltest.Server, ledger gateway.Ledger) gateway.Config {
	return gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL(), Trusted: true}},
		Local:     map[string]model.Model{"builtin": modeltest.ByTask(map[string]string{"job_post": composed})},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small", MaxTokens: 20}, {Endpoint: "builtin"}}},
		Log:       slog.New(slog.DiscardHandler), Ledger: ledger, Prices: dollars,
	}
}

// kept closes the gateway and returns the calls that its ledger has.
func kept(t *testing.T, g *gateway.Gateway, ledger gateway.Ledger) []gateway.Entry {
	t.Helper()
	g.Close()
	calls, err := ledger.Calls(t.Context(), turn.Tenant, turn.Response)
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

func TestEveryCallIsRecorded(t *testing.T) {
	ledger := sqliteLedger(t)
	g := open(t, metered(modeltest.NewServer(t, modeltest.Answer(answer)), ledger))
	before := time.Now().Truncate(time.Microsecond)
	_, result, err := ask(t, g, turn)
	if err != nil {
		t.Fatal(err)
	}
	calls := kept(t, g, ledger)
	if len(calls) != 1 {
		t.Fatalf("%d calls", len(calls))
	}
	c := calls[0]
	if c.Created.Before(before) || !c.Expires.After(c.Created.Add(2*time.Minute)) || c.Ended.Before(c.Created) || c.FirstToken <= 0 || c.Total < c.FirstToken {
		t.Errorf("times make no sense: %+v", c)
	}
	if c.Estimate.InputTokens < 60 || c.Estimate.InputTokens > 500 || c.Estimate.OutputTokens != 20 || c.EstimatedCost != 200_000 {
		t.Errorf("estimate %+v, %d", c.Estimate, c.EstimatedCost)
	}
	want := gateway.Entry{
		Tenant: "shop", ID: result.Call, Session: "s1", Response: "r1", Purpose: model.JobPost, Task: "reply", Endpoint: "a", Model: "small",
		Prompt: "job_post/reply.v1", Status: gateway.Settled, Estimate: c.Estimate, EstimatedCost: 200_000,
		Used: model.Usage{InputTokens: 11, OutputTokens: 8, Known: true}, Cost: 80_000, Currency: "USD",
		Created: c.Created, Expires: c.Expires, Ended: c.Ended, FirstToken: c.FirstToken, Total: c.Total,
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if result.Call == "" || result.Cost != 80_000 || result.Currency != "USD" {
		t.Errorf("result %+v", result)
	}
}

// What a call has used is recorded however it ends, and never as nothing when
// the server has worked.
func TestCallsAreSettledAsTheyEnd(t *testing.T) {
	const said = "You want a shop"
	counted := []int{1, 500} // tokens of the prompt, when Parley counts them
	for name, test := range map[string]struct {
		behaviour modeltest.Behaviour
		calls     int
		status    gateway.Status
		class     string
		input     []int // at least, at most
		output    []int
		known     bool
	}{
		"answered":           {modeltest.Answer(said), 1, gateway.Settled, "", []int{11, 11}, []int{4, 4}, true},
		"usage missing":      {modeltest.Unmetered(said), 1, gateway.Settled, "", counted, []int{4, 4}, false},
		"cut":                {modeltest.Cut(said), 1, gateway.Failed, "cut", counted, []int{4, 4}, false},
		"token limit":        {modeltest.Ends(said, "length"), 1, gateway.Failed, "length", []int{11, 11}, []int{4, 4}, true},
		"filtered":           {modeltest.Ends(said, "content_filter"), 1, gateway.Failed, "content_filter", []int{11, 11}, []int{4, 4}, true},
		"cancelled":          {modeltest.Stall(said), 1, gateway.Cancelled, "cancelled", counted, []int{4, 4}, false},
		"cancelled at first": {modeltest.Stall(""), 1, gateway.Cancelled, "cancelled", counted, []int{0, 0}, false},
		"refused":            {modeltest.Fail(400, "", "no"), 1, gateway.Failed, "rejected", []int{0, 0}, []int{0, 0}, true},
		"overloaded, twice":  {modeltest.Fail(503, "", "no"), 1, gateway.Failed, "unavailable", []int{0, 0}, []int{0, 0}, true},
		"a web page":         {modeltest.HTML(), 1, gateway.Failed, "malformed", counted, []int{0, 0}, false},
		"thoughts, no text":  {modeltest.Raw("", `{"choices":[{"delta":{"reasoning_content":"hm, a shop"},"finish_reason":"length"}]}`, "[DONE]"), 1, gateway.Failed, "length", counted, []int{3, 9}, false},
	} {
		t.Run(name, func(t *testing.T) {
			ledger, server := sqliteLedger(t), modeltest.NewServer(t, test.behaviour)
			g := open(t, metered(server, ledger))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.status == gateway.Cancelled {
				go func() {
					<-server.Came()
					if name == "cancelled at first" {
						cancel()
					}
				}()
			}
			text := ""
			_, _ = g.Generate(ctx, turn, func(piece string) error {
				if text += piece; text == said && test.status == gateway.Cancelled {
					cancel()
				}
				return nil
			})
			calls := kept(t, g, ledger)
			if len(calls) != test.calls {
				t.Fatalf("%d calls", len(calls))
			}
			c := calls[0]
			if c.Status != test.status || c.Error != test.class || c.Used.Known != test.known || c.Cost != int64(c.Used.OutputTokens)*10_000 {
				t.Errorf("%+v", c)
			}
			if n := c.Used.InputTokens; n < test.input[0] || n > test.input[1] {
				t.Errorf("%d tokens of input, want %v", n, test.input)
			}
			if n := c.Used.OutputTokens; n < test.output[0] || n > test.output[1] {
				t.Errorf("%d tokens of output, want %v", n, test.output)
			}
		})
	}
}

func TestBothTriesOfAStructuredAnswerAreRecorded(t *testing.T) {
	ledger := sqliteLedger(t)
	g := open(t, metered(modeltest.NewServer(t, modeltest.Answer("expert"), modeltest.Answer(`{"level": "expert"}`)), ledger))
	r := turn
	r.Schema = []byte(levelSchema)
	_, result, err := ask(t, g, r)
	if err != nil {
		t.Fatal(err)
	}
	calls := kept(t, g, ledger)
	if len(calls) != 2 || calls[1].ID != result.Call || calls[0].Cost+calls[1].Cost != result.Cost || result.Cost == 0 {
		t.Errorf("%+v of %+v", result, calls)
	}
}

func TestUnknownPriceIsNotNothing(t *testing.T) {
	ledger := sqliteLedger(t)
	cfg := metered(modeltest.NewServer(t, modeltest.Answer(answer)), ledger)
	cfg.Prices = []gateway.Price{{Model: "small", Currency: "USD", From: time.Now().Add(time.Hour)}, {Model: "large", Currency: "USD"}}
	g := open(t, cfg)
	_, result, err := ask(t, g, turn)
	if err != nil || result.Currency != "" {
		t.Errorf("%+v, %v", result, err)
	}
	if calls := kept(t, g, ledger); len(calls) != 1 || calls[0].Currency != "" || calls[0].Used.OutputTokens != 8 {
		t.Errorf("%+v", calls)
	}
}

// TestBudgetHolds is the promise: a budget of 1.00 is not exceeded by more than
// one call, whatever happens at the same time. It is not exceeded at all while
// estimates are on the high side.
func TestBudgetHolds(t *testing.T) {
	for name, open := range map[string]func(t testing.TB) gateway.Ledger{
		"SQLite":     sqliteLedger,
		"PostgreSQL": func(t testing.TB) gateway.Ledger { return pgledger.New(pgtest.Pool(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testBudgetHolds(t, open(t))
		})
	}
}

func testBudgetHolds(t *testing.T, ledger gateway.Ledger) {
	server := modeltest.NewServer(t, modeltest.Answer(answer)) // 8 cents
	cfg := metered(server, ledger)
	cfg.Budgets = []gateway.Budget{
		{Tenant: "shop", Amount: 1_000_000, Currency: "USD", Per: gateway.Day},
		{Purpose: model.JobPost, Amount: 50_000_000, Currency: "USD", Per: gateway.Month},
	}
	var all sync.WaitGroup
	for range 2 { // processes
		g := open(t, cfg)
		for range 25 {
			all.Go(func() {
				for range 2 {
					if text, _, err := ask(t, g, turn); err != nil || text != answer && text != composed {
						t.Errorf("%q, %v", text, err)
					}
				}
			})
		}
		t.Cleanup(g.Close)
	}
	all.Wait()
	calls := server.Requests()
	if spent := len(calls) * 80_000; spent > 1_000_000 || len(calls) < 5 {
		t.Errorf("%d calls spent %d millionths of 1.00", len(calls), spent)
	}
}

func TestOverBudgetTheNextAnswers(t *testing.T) {
	ledger, server := sqliteLedger(t), modeltest.NewServer(t, modeltest.Answer(answer))
	cfg := metered(server, ledger)
	cfg.Budgets = []gateway.Budget{{Amount: 290_000, Currency: "USD", Per: gateway.Month}}
	var seen []error
	cfg.Observe = func(c gateway.Call) { seen = append(seen, c.Err) }
	g := open(t, cfg)
	for i, want := range []string{answer, answer, composed} { // 0.20 is taken, 0.08 spent; then 0.16; then 0.20 more is too much
		if text, _, err := ask(t, g, turn); err != nil || text != want {
			t.Errorf("call %d: %q, %v", i, text, err)
		}
		if i == 0 {
			waitFor(t, func() bool {
				spent, err := ledger.Spent(t.Context(), cfg.Budgets[0], time.Now())
				return err == nil && spent == 80_000
			})
		}
		if i == 1 {
			waitFor(t, func() bool {
				spent, err := ledger.Spent(t.Context(), cfg.Budgets[0], time.Now())
				return err == nil && spent == 160_000
			})
		}
	}
	if len(seen) != 4 || !errors.Is(seen[2], gateway.ErrOverBudget) || !errors.Is(seen[2], model.ErrUnavailable) {
		t.Errorf("observed %v", seen)
	}
	other := turn
	other.Purpose = model.Extract
	if _, _, err := ask(t, g, other); errors.Is(err, gateway.ErrOverBudget) {
		t.Errorf("a purpose without a model: %v", err)
	}
	calls := kept(t, g, ledger)
	if len(calls) != 3 || calls[2].Status != gateway.Failed || calls[2].Error != "over_budget" || calls[2].Cost != 0 {
		t.Errorf("recorded %+v", calls)
	}
}

// waitFor waits for what a goroutine of the gateway will do.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not happen")
		}
	}
}

// A budget limits the answers of a purpose that limits nothing itself, and a
// model that costs nothing is not held up by it.
func TestBudgetsLimitAnswers(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer(answer))
	cfg := metered(server, sqliteLedger(t))
	cfg.Purposes[model.JobPost][0].MaxTokens = 0
	cfg.Prices = []gateway.Price{{Model: "small", Input: 1, Output: 1, Currency: "USD"}}
	cfg.Budgets = []gateway.Budget{{Amount: 100, Currency: "USD", Per: gateway.Day}}
	if _, _, err := ask(t, open(t, cfg), turn); err != nil {
		t.Fatal(err)
	}
	if body := first(t, server); body.MaxTokens != 4096 {
		t.Errorf("max_tokens %d", body.MaxTokens)
	}
	cfg.Prices = []gateway.Price{{Model: "small", Currency: "USD"}}
	cfg.Budgets[0].Amount = 1
	if text, result, err := ask(t, open(t, cfg), turn); err != nil || text != answer || result.Currency != "USD" || result.Cost != 0 {
		t.Errorf("%q, %+v, %v", text, result, err)
	}
}

// brokenLedger cannot be written until it is mended.
type brokenLedger struct {
	gateway.Ledger
	mended chan struct{}
	hang   bool // instead of failing
}

func newBroken(t *testing.T, hang bool) *brokenLedger {
	return &brokenLedger{Ledger: sqliteLedger(t), mended: make(chan struct{}), hang: hang}
}

var errDown = errors.New("the database is down")

func (l *brokenLedger) down(ctx context.Context) error {
	select {
	case <-l.mended:
		return nil
	default:
	}
	if l.hang {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.mended:
		}
	}
	return errDown
}

func (l *brokenLedger) Reserve(ctx context.Context, call gateway.Entry, budgets []gateway.Budget) error {
	if err := l.down(ctx); err != nil {
		return err
	}
	return l.Ledger.Reserve(ctx, call, budgets)
}

func (l *brokenLedger) Record(ctx context.Context, calls []gateway.Entry) error {
	if err := l.down(ctx); err != nil {
		return err
	}
	return l.Ledger.Record(ctx, calls)
}

func TestLedgerDown(t *testing.T) {
	for name, hang := range map[string]bool{"fails": false, "hangs": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ledger := newBroken(t, hang)
			server := modeltest.NewServer(t, modeltest.Answer(answer))
			cfg := metered(server, ledger)
			free := open(t, cfg)
			if text, _, err := ask(t, free, turn); err != nil || text != answer {
				t.Errorf("without a budget: %q, %v", text, err)
			}
			cfg.Budgets = []gateway.Budget{{Amount: 1_000_000, Currency: "USD", Per: gateway.Day}}
			if text, _, err := ask(t, open(t, cfg), turn); err != nil || text != composed {
				t.Errorf("with a budget that cannot be checked: %q, %v", text, err)
			}
			if n := len(server.Requests()); n != 1 {
				t.Errorf("%d requests", n)
			}
			close(ledger.mended)
			if calls := kept(t, free, ledger); len(calls) == 0 || calls[0].Status != gateway.Settled {
				t.Errorf("what was not written in time is lost: %+v", calls)
			}
		})
	}
}

func TestCancelWhileTheBudgetIsChecked(t *testing.T) {
	ledger := newBroken(t, true)
	server := modeltest.NewServer(t, modeltest.Answer(answer))
	cfg := metered(server, ledger)
	cfg.Budgets = []gateway.Budget{{Amount: 1_000_000, Currency: "USD", Per: gateway.Day}}
	g := open(t, cfg)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := g.Generate(ctx, turn, func(string) error { return nil }); !errors.Is(err, context.Canceled) || len(server.Requests()) != 0 {
		t.Errorf("%v", err)
	}
	close(ledger.mended)
	if calls := kept(t, g, ledger); len(calls) != 1 || calls[0].Status != gateway.Cancelled || calls[0].Cost != 0 {
		t.Errorf("%+v", calls)
	}
}

func TestLimits(t *testing.T) {
	for name, test := range map[string]struct {
		limit gateway.Limit
		want  []string
	}{
		"requests":        {gateway.Limit{Requests: 2}, []string{answer, answer, composed}},
		"of the tenant":   {gateway.Limit{Tenant: "shop", Requests: 1}, []string{answer, composed, composed}},
		"of others":       {gateway.Limit{Tenant: "other", Requests: 1}, []string{answer, answer, answer}},
		"of the purpose":  {gateway.Limit{Purpose: model.JobPost, Requests: 1}, []string{answer, composed, composed}},
		"another purpose": {gateway.Limit{Purpose: model.Advice, Requests: 1}, []string{answer, answer, answer}},
		// A call is estimated at some 230 tokens and takes 19.
		"tokens":             {gateway.Limit{Tokens: 400}, []string{answer, answer, answer}},
		"tokens, fewer":      {gateway.Limit{Tokens: 20}, []string{answer, composed, composed}},
		"both, tokens short": {gateway.Limit{Requests: 2, Tokens: 20}, []string{answer, composed, composed}},
	} {
		t.Run(name, func(t *testing.T) {
			ledger := sqliteLedger(t)
			cfg := metered(modeltest.NewServer(t, modeltest.Answer(answer)), ledger)
			cfg.Limits = []gateway.Limit{{Requests: 100, Tokens: 1_000_000}, test.limit}
			g := open(t, cfg)
			refused := 0
			for i, want := range test.want {
				if text, _, err := ask(t, g, turn); err != nil || text != want {
					t.Errorf("call %d: %q, %v", i, text, err)
				}
				if want == composed {
					refused++
				}
			}
			for _, c := range kept(t, g, ledger) {
				if c.Error == "rate_limited" && c.Status == gateway.Failed {
					refused--
				}
			}
			if refused != 0 {
				t.Errorf("%d refusals are not recorded", refused)
			}
		})
	}
}
