package hooks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/hooks"
)

func TestEventsArrive(t *testing.T) {
	onStores(t, func(t *testing.T, store hooks.Store) {
		shop, crm, other := newReceiver(t, nil), newReceiver(t, nil), newReceiver(t, nil)
		picky := endpoint("shop", crm.URL+"/hook?a=b")
		picky.Events = []string{hooks.DraftPublished}
		outbox := newOutbox(t, store, endpoint("shop", shop.URL), picky, endpoint("other", other.URL))
		start(t, outbox, nil)
		one, two, unwanted := event("shop", "k"), event("shop", "k"), event("nobody", "")
		two.Type = hooks.DraftPublished
		add(t, outbox, one, two, unwanted)
		shop.wait(2)
		crm.wait(1)
		settled(t, outbox, "shop", hooks.Delivered, 3)
		if got := shop.ids(); !slices.Equal(got, []string{one.ID, two.ID}) {
			t.Errorf("the shop was told %v", got)
		}
		if got := crm.ids(); !slices.Equal(got, []string{two.ID}) {
			t.Errorf("the crm was told %v", got)
		}
		if got := other.ids(); len(got) != 0 {
			t.Errorf("another site was told %v", got)
		}
		var body struct {
			Type, Site string
			Timestamp  time.Time
			Data       json.RawMessage
		}
		err := json.Unmarshal([]byte(shop.requests()[0].body), &body)
		if err != nil || body.Type != one.Type || body.Site != "shop" || !body.Timestamp.Equal(one.Created) || string(body.Data) != string(one.Data) {
			t.Errorf("body %s, %v", shop.requests()[0].body, err)
		}
		add(t, outbox, one, two) // again, as after a kill
		add(t, outbox, event("shop", ""))
		shop.wait(1)
		if got := shop.ids(); len(got) != 3 {
			t.Errorf("the shop was told %v", got)
		}
	})
}

func TestFailuresAreTriedAgain(t *testing.T) {
	onStores(t, func(t *testing.T, store hooks.Store) {
		shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
			switch n {
			case 1:
				w.WriteHeader(http.StatusInternalServerError)
			case 2:
				http.Redirect(w, new(http.Request), "https://elsewhere.example/", http.StatusFound)
			case 3: // closes the connection
				panic(http.ErrAbortHandler)
			case 4:
				w.WriteHeader(http.StatusBadRequest)
			case 5: // accepts with a body that does not end well
				w.Header().Set("Content-Length", "1000000")
				w.WriteHeader(http.StatusOK)
				_, _ = w.Write([]byte("thanks"))
				_ = http.NewResponseController(w).Flush()
				panic(http.ErrAbortHandler)
			}
		})
		outbox := newOutbox(t, store, endpoint("shop", shop.URL))
		start(t, outbox, nil)
		one := event("shop", "")
		add(t, outbox, one)
		shop.wait(5)
		done := settled(t, outbox, "shop", hooks.Delivered, 1)
		if done[0].Attempts != 5 || done[0].Error != "" {
			t.Errorf("%+v", done[0])
		}
		first := shop.requests()[0]
		for _, again := range shop.requests() {
			if again.id != one.ID || again.body != first.body {
				t.Errorf("sent as %s: %s", again.id, again.body)
			}
		}
	})
}

func TestAStalledEndpointHoldsUpNobody(t *testing.T) {
	release := make(chan struct{})
	stalled := newReceiver(t, func(_ http.ResponseWriter, _ *http.Request, _ int) { <-release })
	shop := newReceiver(t, nil)
	t.Cleanup(func() { close(release) }) // before the servers close
	store := sqliteStore(t)
	outbox := newOutbox(t, store, endpoint("slow", stalled.URL), endpoint("shop", shop.URL))
	start(t, outbox, func(c *hooks.SenderConfig) { c.Workers, c.Grace = 2, time.Millisecond })
	for range 5 {
		add(t, outbox, event("slow", ""))
	}
	for range 10 {
		add(t, outbox, event("shop", ""))
	}
	shop.wait(10)
	if got := stalled.ids(); len(got) > 1 {
		t.Errorf("%d at once to one endpoint", len(got))
	}
}

func TestATimeoutIsAFailure(t *testing.T) {
	release := make(chan struct{})
	shop := newReceiver(t, func(_ http.ResponseWriter, r *http.Request, n int) {
		if n == 1 {
			<-release
		}
	})
	t.Cleanup(func() { close(release) })
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
	start(t, outbox, func(c *hooks.SenderConfig) { c.Timeout = 100 * time.Millisecond })
	add(t, outbox, event("shop", ""))
	if done := settled(t, outbox, "shop", hooks.Delivered, 1); done[0].Attempts != 2 {
		t.Errorf("%+v", done)
	}
}

func TestAHugeAnswerIsNotRead(t *testing.T) {
	shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		chunk := bytes.Repeat([]byte("x"), 1<<16)
		for range 1 << 16 { // 4 GiB
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
		t.Error("all of it was read")
	})
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
	start(t, outbox, nil)
	add(t, outbox, event("shop", ""))
	settled(t, outbox, "shop", hooks.Delivered, 1)
	shop.wait(1)
}

// A redirect is followed on the same host when it keeps the request as it is,
// and nowhere else.
// What arrives is handed on before the delivery is over: when it cannot be taken,
// the event is sent again and is answered again.
func TestAnswersAreHandedOn(t *testing.T) {
	onStores(t, func(t *testing.T, store hooks.Store) {
		shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
			if n == 1 {
				w.WriteHeader(http.StatusInternalServerError) // whose body is no answer
			}
			fmt.Fprintf(w, `{"n":%d}`, n)
		})
		outbox := newOutbox(t, store, endpoint("shop", shop.URL))
		one := event("shop", "")
		heard := make(chan string, 10)
		start(t, outbox, func(c *hooks.SenderConfig) {
			c.Answered = func(_ context.Context, e hooks.Event, body []byte) error {
				heard <- e.ID + string(body)
				if string(body) == `{"n":2}` {
					return errors.New("the database is down")
				}
				return nil
			}
		})
		add(t, outbox, one)
		shop.wait(3)
		settled(t, outbox, "shop", hooks.Delivered, 1)
		close(heard)
		var got []string
		for answer := range heard {
			got = append(got, answer)
		}
		if want := []string{one.ID + `{"n":2}`, one.ID + `{"n":3}`}; !slices.Equal(got, want) {
			t.Errorf("heard %v, want %v", got, want)
		}
	})
}

func TestRedirects(t *testing.T) {
	elsewhere := newReceiver(t, nil)
	for name, c := range map[string]struct {
		status  int
		to      string
		arrives bool
	}{
		"the same host":             {http.StatusPermanentRedirect, "/moved", true},
		"the same host, as a GET":   {http.StatusMovedPermanently, "/moved", false},
		"another host":              {http.StatusTemporaryRedirect, elsewhere.URL, false},
		"the same host by its name": {http.StatusTemporaryRedirect, "http://localhost:1/", false},
		"for ever":                  {http.StatusTemporaryRedirect, "/hook", false},
	} {
		t.Run(name, func(t *testing.T) {
			shop := newReceiver(t, func(w http.ResponseWriter, r *http.Request, _ int) {
				if r.URL.Path == "/moved" {
					return
				}
				http.Redirect(w, r, c.to, c.status)
			})
			outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL+"/hook"))
			start(t, outbox, func(c *hooks.SenderConfig) { c.Pause = func(int) time.Duration { return 25 * time.Hour } })
			add(t, outbox, event("shop", ""))
			want := hooks.Dead
			if c.arrives {
				want = hooks.Delivered
			}
			settled(t, outbox, "shop", want, 1)
		})
	}
	if got := elsewhere.ids(); len(got) != 0 {
		t.Errorf("a signed event went to another host: %v", got)
	}
}

func TestGoneIsGivenUpAndSentAgainByHand(t *testing.T) {
	onStores(t, func(t *testing.T, store hooks.Store) {
		shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
			if n == 1 {
				w.WriteHeader(http.StatusGone)
			}
		})
		outbox := newOutbox(t, store, endpoint("shop", shop.URL))
		start(t, outbox, nil)
		one := event("shop", "")
		add(t, outbox, one)
		dead := settled(t, outbox, "shop", hooks.Dead, 1)
		if dead[0].ID != one.ID || dead[0].Error != "status 410" || dead[0].Attempts != 1 {
			t.Errorf("%+v", dead[0])
		}
		if _, err := outbox.Redeliver(t.Context(), "other", one.ID); err == nil {
			t.Error("another site could send it again")
		}
		if n, err := outbox.Redeliver(t.Context(), "shop", one.ID); err != nil || n != 1 {
			t.Fatalf("redeliver: %d, %v", n, err)
		}
		settled(t, outbox, "shop", hooks.Delivered, 1)
		if got := shop.ids(); !slices.Equal(got, []string{one.ID, one.ID}) {
			t.Errorf("told %v", got)
		}
	})
}

func TestAfterADayItIsADeadLetter(t *testing.T) {
	shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(http.StatusServiceUnavailable) })
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
	start(t, outbox, func(c *hooks.SenderConfig) {
		c.Pause = func(failed int) time.Duration { return []time.Duration{soon(1), soon(1), 24 * time.Hour}[failed-1] }
	})
	add(t, outbox, event("shop", ""))
	if dead := settled(t, outbox, "shop", hooks.Dead, 1); dead[0].Attempts != 3 || dead[0].Error != "status 503" {
		t.Errorf("%+v", dead)
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n == 1 {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
	begun := time.Now()
	start(t, outbox, nil)
	first, second := event("shop", ""), event("shop", "")
	add(t, outbox, first, second)
	shop.wait(1)
	waiting := settled(t, outbox, "shop", hooks.Pending, 2)
	for waiting[1].Attempts == 0 || waiting[1].Error == "" {
		time.Sleep(5 * time.Millisecond)
		waiting = settled(t, outbox, "shop", hooks.Pending, 2)
	}
	if wait := waiting[1].Next.Sub(begun); wait < time.Hour {
		t.Errorf("tried again after %s", wait)
	}
	if waiting[0].Attempts != 0 {
		t.Errorf("the endpoint was not left alone: %+v", waiting[0])
	}
}

// A fault of one event does not keep others from an endpoint; a fault of the
// endpoint keeps all back, without costing them attempts.
func TestWhoseFaultItIs(t *testing.T) {
	for status, through := range map[int]bool{http.StatusUnprocessableEntity: true, http.StatusBadGateway: false} {
		shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
			if n == 1 {
				w.WriteHeader(status)
			}
		})
		outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
		add(t, outbox, event("shop", ""), event("shop", ""), event("shop", ""))
		var seen sync.WaitGroup
		seen.Add(1)
		var once sync.Once
		s := start(t, outbox, func(c *hooks.SenderConfig) {
			c.Pause = func(int) time.Duration { return time.Hour }
			c.Observe = func(hooks.Attempt) { once.Do(seen.Done) }
		})
		seen.Wait()
		if through {
			settled(t, outbox, "shop", hooks.Delivered, 2)
		}
		s.Close()
		left := 3
		if through {
			left = 1
		}
		if waiting := settled(t, outbox, "shop", hooks.Pending, left); len(waiting) != left {
			t.Errorf("%d: %d wait, want %d", status, len(waiting), left)
		}
	}
}

// Whatever fails, the order of a key holds.
func TestAKeyArrivesInOrder(t *testing.T) {
	onStores(t, func(t *testing.T, store hooks.Store) {
		shop := newReceiver(t, func(w http.ResponseWriter, _ *http.Request, n int) {
			if n%3 == 1 {
				w.WriteHeader(http.StatusBadRequest)
			}
		})
		outbox := newOutbox(t, store, endpoint("shop", shop.URL))
		start(t, outbox, nil)
		start(t, outbox, nil) // another process
		var want []string
		for range 6 {
			e := event("shop", "case 1")
			want = append(want, e.ID)
			add(t, outbox, e)
		}
		settled(t, outbox, "shop", hooks.Delivered, 6)
		if got := slices.Compact(shop.ids()); !slices.Equal(got, want) {
			t.Errorf("came as %v, want %v", got, want)
		}
	})
}

// A process that is shut down while an endpoint stalls hands the delivery on at once.
func TestShutDownHandsOn(t *testing.T) {
	release := make(chan struct{})
	shop := newReceiver(t, func(_ http.ResponseWriter, _ *http.Request, n int) {
		if n == 1 {
			<-release
		}
	})
	t.Cleanup(func() { close(release) })
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", shop.URL))
	first := start(t, outbox, func(c *hooks.SenderConfig) { c.Grace = 10 * time.Millisecond })
	one := event("shop", "")
	add(t, outbox, one)
	for len(shop.ids()) == 0 {
		time.Sleep(time.Millisecond)
	}
	first.Close()
	start(t, outbox, nil)
	settled(t, outbox, "shop", hooks.Delivered, 1)
	if got := shop.ids(); !slices.Equal(got, []string{one.ID, one.ID}) {
		t.Errorf("told %v", got)
	}
}

func TestNothingSecretIsLogged(t *testing.T) {
	broken := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(broken.Close)
	gone := httptest.NewServer(nil)
	gone.Close()
	var log syncBuffer
	outbox := newOutbox(t, sqliteStore(t), endpoint("shop", broken.URL+"/?key=hunter2"), endpoint("shop", gone.URL+"/?key=hunter2"))
	s := start(t, outbox, func(c *hooks.SenderConfig) {
		c.Log = slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		c.Pause = func(int) time.Duration { return 25 * time.Hour }
	})
	e := event("shop", "")
	e.Data = json.RawMessage(`{"text":"hunter2"}`)
	add(t, outbox, e)
	dead := settled(t, outbox, "shop", hooks.Dead, 2)
	s.Close()
	for _, d := range dead {
		if d.Error == "" || strings.Contains(d.Error, "hunter2") {
			t.Errorf("error %q", d.Error)
		}
	}
	if text := log.String(); strings.Contains(text, "hunter2") || strings.Contains(text, secret) || !strings.Contains(text, e.ID) {
		t.Errorf("logged: %s", text)
	}
}

type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
