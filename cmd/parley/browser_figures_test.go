package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/operators"
)

// TestConsoleFigures looks at two months of a busy site in a real Chromium, and at
// one where nothing happened. See needBrowser. With PARLEY_SCREENSHOTS it takes
// their pictures too.
func TestConsoleFigures(t *testing.T) {
	needBrowser(t)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/console-figures.mjs"}, newFigures(t)...)
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	default:
		t.Log(out)
	}
}

// newFigures starts a server whose shop was busy for two months, and returns what
// the scenarios must know of it.
func newFigures(t *testing.T) (env []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	content := strings.Replace(fmt.Sprintf(paidModel, newEcho(t).url), "amount: '50', currency: USD, per: month", "amount: '6', currency: USD, per: month", 1) +
		"    - {tenant: shop, purpose: advice, amount: '3', currency: USD, per: month}\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg := twoSitesConfig(t, map[string]string{"PARLEY_CONFIG": file})
	tokens := hire(t, cfg,
		operators.Operator{Name: "Vic Tran", Email: "vic@shop.example", Role: operators.Viewer, Sites: []string{"shop"}},
		operators.Operator{Name: "Noa Levi", Email: "noa@parley.example", Role: operators.Admin})
	keepBusy(t, cfg)
	s := startServer(t, cfg)
	// Two months of rows are summed up in the background, which takes a while under the race detector.
	for deadline := time.Now().Add(4 * time.Minute); s.figuresOf(t, shopKey, "span=30d").Behind != nil; time.Sleep(time.Second) {
		if time.Now().After(deadline) {
			t.Fatal("two months are not summed up")
		}
	}
	return []string{"PARLEY_URL=" + s.base, "PARLEY_CONSOLE_TOKENS=" + strings.Join(tokens, ",")}
}

// keepBusy has people talk with the shop's Parley for two months until now.
func keepBusy(t *testing.T, cfg Config) {
	t.Helper()
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	b := &busy{t: t, storage: storage, random: rand.New(rand.NewPCG(6, 2))}
	for day := range 62 {
		at := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, day-61)
		talks := 9 + day/8
		if weekday := at.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
			talks /= 3
		}
		for range talks {
			hour := 8 + 11*b.random.Float64()
			b.talk(at.Add(time.Duration(hour*float64(time.Hour))), day)
		}
	}
	// What happened in the last hours, whatever the time of day is now.
	for n := range 14 {
		b.talk(time.Now().UTC().Add(-time.Duration(n)*100*time.Minute-5*time.Minute), 61)
	}
	if err := storage.ledger.Record(t.Context(), b.calls); err != nil {
		t.Fatal(err)
	}
}

type busy struct {
	t       *testing.T
	storage *storage
	random  *rand.Rand
	n       int
	calls   []gateway.Entry
}

func (b *busy) id() string { b.n++; return fmt.Sprintf("busy%06d", b.n) }

func (b *busy) chance(share float64) bool { return b.random.Float64() < share }

// around is a time that varies as times of answers do.
func (b *busy) around(middle time.Duration) time.Duration {
	return time.Duration(float64(middle) * math.Exp(b.random.NormFloat64()*0.55))
}

// talk is a conversation of some messages that begins at a time.
func (b *busy) talk(at time.Time, day int) {
	ctx := context.Background()
	key := sessions.Key{Tenant: "shop", Session: b.id()}
	if at.After(time.Now()) {
		return
	}
	b.must(b.storage.store.Create(ctx, sessions.Session{Tenant: "shop", ID: key.Session, Owner: "busy", Role: sessions.RoleClient, Title: "An online shop for pets", Created: at, Updated: at}))
	_, lease, err := b.storage.store.Begin(ctx, key, "test", time.Minute)
	b.must(err)
	batch := sessions.Batch{Release: true}
	route := []string{"job_post", "job_post", "job_post", "shortlist", "proposal", "advice"}[b.random.IntN(6)]
	parent, draft := "", b.id()
	for turn := range 2 + b.random.IntN(4) {
		when := at.Add(time.Duration(turn) * 3 * time.Minute)
		if when.After(time.Now().Add(-time.Minute)) {
			break
		}
		m := sessions.Message{ID: b.id(), Parent: parent, Text: "We need an online shop.", Created: when}
		if !b.chance(0.05) { // else the next message takes the place of this one
			parent = m.ID
		}
		batch.Messages = append(batch.Messages, m)
		r := b.answer(m, key.Session, route, day)
		batch.Responses = append(batch.Responses, r)
		if b.chance(0.14) {
			f := sessions.Feedback{Response: r.ID, Rating: "up", Reason: []string{"Clear", "Saved time", "Good questions"}[b.random.IntN(3)], Created: when.Add(time.Minute)}
			if b.chance(0.28 - float64(day)/500) {
				f.Rating, f.Reason = "down", []string{"Too long", "Not what I asked", "Wrong facts"}[b.random.IntN(3)]
			}
			batch.Feedback = append(batch.Feedback, f)
		}
		if route == "job_post" && turn > 0 {
			ready := turn >= 3
			d := sessions.Draft{ID: draft, Kind: "job_post", Version: turn, Message: m.ID, Author: sessions.AuthorAssistant, Created: when.Add(20 * time.Second), Document: json.RawMessage(`{"status":"drafting"}`)}
			if ready {
				d.Document = json.RawMessage(`{"status":"ready"}`)
			}
			if ready && b.chance(0.6) {
				d.Published = &d.Created
			}
			batch.Drafts = append(batch.Drafts, d)
		}
	}
	_, err = b.storage.store.Commit(ctx, lease, batch)
	b.must(err)
}

// answer is a response, with the model calls for it.
func (b *busy) answer(m sessions.Message, session, route string, day int) sessions.Response {
	slow := time.Duration(1)
	if day == 47 { // the server had a bad day
		slow = 4
	}
	first := b.around(650*time.Millisecond) * slow
	whole := first + b.around(2600*time.Millisecond)*slow
	r := sessions.Response{ID: b.id(), Message: m.ID, Status: sessions.StatusCompleted, Route: route, Model: "llama-3.1-70b", Created: m.Created,
		Timings: sessions.Timings{FirstText: float64(first.Milliseconds()), Total: float64(whole.Milliseconds())}}
	r.Annotations, _ = json.Marshal(map[string]any{"calls": []any{map[string]any{"kept": 9, "dropped": make([]struct{}, b.random.IntN(5)/3)}}})
	call := gateway.Entry{Tenant: "shop", ID: b.id(), Session: session, Response: r.ID, Purpose: model.Purpose(route), Endpoint: "gpu-1", Model: r.Model, Status: gateway.Settled,
		Used: model.Usage{InputTokens: 1800 + b.random.IntN(900), OutputTokens: 240 + b.random.IntN(200), Known: true}, Currency: "USD",
		Created: m.Created.Add(50 * time.Millisecond), FirstToken: first, Total: whole, Ended: m.Created.Add(whole)}
	call.Cost = int64(call.Used.InputTokens)*2 + int64(call.Used.OutputTokens)*8
	read := call
	read.ID, read.Purpose, read.Model, read.Endpoint = b.id(), model.Extract, "gpt-4o-mini", "openai"
	read.Cost, read.FirstToken, read.Total = call.Cost/9, b.around(180*time.Millisecond), b.around(520*time.Millisecond)
	switch {
	case slow > 1 && b.chance(0.3), b.chance(0.012):
		call.Status, call.Error, call.Cost, call.FirstToken, call.Used.OutputTokens = gateway.Failed, "unavailable", 0, 0, 0
		r.Model = "builtin"
		if b.chance(0.3) {
			r.Status, r.Problem = sessions.StatusFailed, &sessions.Problem{Code: "unavailable", Message: "Something Parley needs cannot be reached."}
		}
	case b.chance(0.008):
		call.Status, call.Error = gateway.Failed, "cut"
		r.Status, r.Problem = sessions.StatusIncomplete, &sessions.Problem{Code: "unavailable", Message: "The answer broke off."}
	case b.chance(0.02):
		r.Status, r.Problem = sessions.StatusHeld, &sessions.Problem{Code: "held", Message: "Somebody looks at it first."}
	case b.chance(0.02):
		r.Status = sessions.StatusCancelled
	case day > 52 && b.chance(0.02):
		call.Status, call.Error, call.Cost, call.FirstToken = gateway.Failed, "over_budget", 0, 0
	}
	b.calls = append(b.calls, call, read)
	return r
}

func (b *busy) must(err error) {
	if err != nil {
		b.t.Helper()
		b.t.Fatal(err)
	}
}
