package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/pgqueue"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/migrations/pgtest"
)

// host is a site that sends messages: it does with each what it was told last.
type host struct {
	mu    sync.Mutex
	state map[string]standing
	heard map[string]bool // ids of decisions
	twice []string
}

type standing struct {
	number int
	action moderation.Action
}

// told notes what is to happen to a message; what is older than what it knows
// already says nothing new.
func (h *host) told(id string, number int, action moderation.Action, unasked bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	was, known := h.state[id]
	if known && number <= was.number {
		return
	}
	if known && unasked && was.action.Delivers() && action.Delivers() {
		h.twice = append(h.twice, fmt.Sprintf("%s: %s as of %d, %s as of %d", id, was.action, was.number, action, number))
	}
	h.state[id] = standing{number, action}
}

func (h *host) announced(a moderation.Announcement) {
	h.mu.Lock()
	again := h.heard[a.Decision.ID]
	h.heard[a.Decision.ID] = true
	h.mu.Unlock()
	if !again {
		h.told(a.Case.Message.ID, a.Decision.Number, a.Decision.Action, true)
	}
}

// processes are Moderators on one queue, any of which may be killed.
type processes struct {
	start func() *moderation.Moderator

	mu   sync.RWMutex
	list []*moderation.Moderator
}

// use calls with one of them, which is not killed meanwhile.
func (p *processes) use(call func(*moderation.Moderator)) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	call(p.list[rand.IntN(len(p.list))])
}

func (p *processes) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := rand.IntN(len(p.list))
	p.list[i].Close()
	p.list[i] = p.start()
}

// capricious is a judge that answers, or does not, as chance has it.
func capricious(chance *rand.Rand) modeltest.Behaviour {
	var mu sync.Mutex
	return modeltest.Choose(func(body []byte) modeltest.Behaviour {
		mu.Lock()
		n := chance.IntN(100)
		mu.Unlock()
		opinions := []func(string) said{clean, violates, isNotSure, hardlySafe}
		switch {
		case n < 2:
			return modeltest.Stall("")
		case n < 6:
			return modeltest.Fail(500, "", "")
		case n < 8:
			return modeltest.Limited("0")
		case n < 12:
			return modeltest.Cut(`{"verdicts":[`)
		case n < 20:
			return modeltest.Answer(`{"verdicts": []}`)
		}
		return verdicts(body, opinions[n%len(opinions)])
	})
}

// TestNothingIsLost sends 500 messages through an installation of two processes
// whose database fails every tenth time, before or after it has done what it was asked for,
// whose judge fails in every way, and whose processes are killed, while
// reviewers and senders do what they can.
func TestNothingIsLost(t *testing.T) {
	messages, pause := 500, 3*time.Millisecond
	if underRace { // where SQLite is many times slower
		messages, pause = 100, 50*time.Millisecond
	}
	t.Run("sqlite", func(t *testing.T) {
		q, _ := openQueue(t)
		nothingIsLost(t, q, messages, pause)
	})
	t.Run("postgres", func(t *testing.T) {
		nothingIsLost(t, pgqueue.New(pgtest.Pool(t)), 100, 10*time.Millisecond)
	})
}

func nothingIsLost(t *testing.T, inner moderation.Queue, messages int, pause time.Duration) {
	const seed = 7
	q := &faulty{Queue: inner, chance: rand.New(rand.NewPCG(seed, 1)), share: 0.1}
	clock := newClock()
	judge := judgeAt(t, modeltest.NewServer(t, capricious(rand.New(rand.NewPCG(seed, 2)))))
	ps := &processes{start: func() *moderation.Moderator {
		return start(t, moderation.Config{
			Queue: q, Judge: judge, Now: clock.Now, Settings: with(`{"judge": {"share": 1}}`), SweepEvery: 2 * pause, JudgeTimeout: time.Second,
		})
	}}
	ps.list = []*moderation.Moderator{ps.start(), ps.start()}
	site := &host{state: make(map[string]standing), heard: make(map[string]bool)}

	ctx, stop := context.WithCancel(t.Context())
	others := meanwhile(ctx, pause,
		func() { hear(ctx, ps, site) },
		func() { reviewSome(ctx, ps, q) },
		func() { ps.kill(); clock.pass(2 * time.Second) },
	)
	var senders sync.WaitGroup
	for s := range 5 {
		senders.Go(func() { send(t, ps, site, s*messages/5, (s+1)*messages/5) })
	}
	senders.Wait()
	stop()
	others.Wait()
	settle(t, ps, inner, site, clock)

	if len(site.state) != messages {
		t.Errorf("%d of %d messages have an answer", len(site.state), messages)
	}
	if len(site.twice) > 0 {
		t.Errorf("delivered twice: %v", site.twice)
	}
	decided := compare(t, inner, site)
	t.Logf("%d messages, %d cases, %d announcements, decided by %v", messages, len(allCases(t, inner)), len(site.heard), decided)
}

// meanwhile does things again and again until ctx ends.
func meanwhile(ctx context.Context, pause time.Duration, acts ...func()) *sync.WaitGroup {
	all := &sync.WaitGroup{}
	for _, act := range acts {
		all.Go(func() {
			for ctx.Err() == nil {
				act()
				time.Sleep(pause)
			}
		})
	}
	return all
}

// send asks about messages until each has an answer, and about some of them again.
func send(t *testing.T, ps *processes, site *host, from, until int) {
	words := []string{"clean", certainScam, likelyScam, likelyPayment, likelyPayment, likelyScam}
	for i := from; i < until; i++ {
		msg := text(fmt.Sprint(i), fmt.Sprintf("Message %d has %s.", i%37, words[i%len(words)]))
		for again := i % 2; again >= 0; {
			ps.use(func(m *moderation.Moderator) {
				v, c, err := m.Check(t.Context(), tenant, msg, moderation.Origin{})
				switch {
				case errors.Is(err, moderation.ErrUnavailable):
					return
				case err != nil:
					t.Errorf("message %d: %v", i, err)
				case c == nil:
					site.told(msg.ID, 0, v.Action, false)
				default:
					site.told(msg.ID, c.Version, v.Action, false)
				}
				again--
			})
		}
	}
}

// hear takes announcements, and is sometimes gone before it has said so.
func hear(ctx context.Context, ps *processes, site *host) {
	ps.use(func(m *moderation.Moderator) {
		list, err := m.Announcements(ctx, 20)
		if err != nil {
			return
		}
		for _, a := range list {
			site.announced(a)
			if rand.IntN(5) > 0 {
				_ = m.Announced(ctx, a.Decision.ID) // what is not noted comes again
			}
		}
	})
}

// reviewSome has a person decide, undo and appeal here and there. What they do may
// fail, as everything here.
func reviewSome(ctx context.Context, ps *processes, q moderation.Queue) {
	cases, err := q.List(ctx, tenant, moderation.Filter{Limit: 30})
	if err != nil {
		return
	}
	for _, c := range cases {
		ps.use(func(m *moderation.Moderator) {
			switch rand.IntN(12) {
			case 0:
				_, _ = m.Decide(ctx, tenant, c.ID, c.Version, "ann", moderation.Ruling{Action: moderation.Deliver})
			case 1:
				_, _ = m.Decide(ctx, tenant, c.ID, c.Version, "bob", moderation.Ruling{Action: moderation.Block, Labels: []policy.Label{policy.Scam}})
			case 2:
				_, _ = m.Undo(ctx, tenant, c.ID, c.Version, "bob")
			case 3:
				_, _ = m.Appeal(ctx, tenant, c.Message.ID, "This is a mistake.")
			case 4:
				_, _ = m.Assign(ctx, tenant, c.ID, c.Version, "ann", "ann")
			}
		})
	}
}

// settle lets time pass until nothing is held or judged any more and the site has
// heard everything; the faults go on.
func settle(t *testing.T, ps *processes, q moderation.Queue, site *host, clock *clock) {
	t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		clock.pass(time.Hour)
		hear(t.Context(), ps, site)
		open := 0
		for _, c := range allCases(t, q) {
			if c.Status == moderation.Judging || c.Verdict.Action == moderation.Hold {
				open++
			}
		}
		untold, err := q.Unannounced(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if open == 0 && len(untold) == 0 {
			return
		}
	}
	t.Error("something is held for ever")
}

func allCases(t *testing.T, q moderation.Queue) (all []moderation.Case) {
	t.Helper()
	for after := ""; ; after = all[len(all)-1].ID {
		page, err := q.List(t.Context(), tenant, moderation.Filter{Limit: 200, After: after})
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, page...); len(page) < 200 {
			return all
		}
	}
}

// compare holds what the site does against the cases, and each case against its history.
func compare(t *testing.T, q moderation.Queue, site *host) map[moderation.Stage]int {
	t.Helper()
	decided := make(map[moderation.Stage]int)
	for _, c := range allCases(t, q) {
		is := site.state[c.Message.ID]
		if is.action.Delivers() != c.Verdict.Action.Delivers() {
			t.Errorf("message %s is %s at the site and %s in its case", c.Message.ID, is.action, c.Verdict.Action)
		}
		h, err := q.History(t.Context(), tenant, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		last := h[0].Action
		for i, d := range h {
			if d.Number != i+1 {
				t.Errorf("message %s: entry %d has number %d", c.Message.ID, i+1, d.Number)
			}
			if d.Action != "" {
				last = d.Action
			}
		}
		if last != c.Verdict.Action || len(h) != c.Version {
			t.Errorf("message %s is %s in version %d, its history says %s in %d", c.Message.ID, c.Verdict.Action, c.Version, last, len(h))
		}
		decided[c.Verdict.Stage]++
	}
	return decided
}
