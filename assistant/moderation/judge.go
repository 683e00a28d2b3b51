package moderation

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

const (
	atOnce      = 8    // messages in one call
	mostPending = 2000 // questions that wait in this process; more are taken up from the queue when there is room
)

// judge asks a model about cases: up to atOnce of one site and channel in a
// call, by a few workers. What it does not get to do, because the process ends or
// too much waits, the queue still knows: see sweep.go.
type judge struct {
	m     *Moderator
	cache *answers

	mu      sync.Mutex
	pending []question
	busy    map[string]bool // ids of cases that wait or are being asked about
	wake    chan struct{}
}

// question is a case that the judge is to be asked about.
type question struct {
	c     Case
	alone bool // its text speaks to the judge: it must not share a call with others
	keep  bool // a person must look before it is cleared
	since time.Time
}

func newJudge(m *Moderator) *judge {
	return &judge{m: m, cache: newAnswers(), busy: make(map[string]bool), wake: make(chan struct{}, 1)}
}

// ask puts a case before the judge, unless it is there already. It does not wait.
func (j *judge) ask(c Case) {
	if !j.reserve(c.ID) {
		return
	}
	q := question{c: c, alone: j.m.instructs(c.Message), since: time.Now()}
	q.keep = q.alone || cut(c.Message)
	j.mu.Lock()
	j.pending = append(j.pending, q)
	j.mu.Unlock()
	j.signal()
}

// reserve makes a case one that is asked about, if there is room for it.
func (j *judge) reserve(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.busy[id] || len(j.busy) >= mostPending {
		return false
	}
	j.busy[id] = true
	return true
}

func (j *judge) signal() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// work asks until ctx ends.
func (j *judge) work(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for ctx.Err() == nil {
		batch, wait := j.take()
		if len(batch) == 0 {
			timer.Reset(wait)
			select {
			case <-ctx.Done():
			case <-j.wake:
			case <-timer.C:
			}
			continue
		}
		j.signal() // there may be more for the next worker
		j.decide(ctx, batch)
		j.release(batch)
	}
}

// release makes room for other questions.
func (j *judge) release(batch []question) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, q := range batch {
		delete(j.busy, q.c.ID)
	}
}

// take takes the questions that go with the oldest one, if they are as many as
// may go or have waited long enough; otherwise it tells how long to wait.
func (j *judge) take() ([]question, time.Duration) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.pending) == 0 {
		return nil, time.Hour
	}
	first := j.pending[0]
	with := func(q question) bool {
		return q.c.ID == first.c.ID || !q.alone && !first.alone && q.c.Tenant == first.c.Tenant && q.c.Message.Channel == first.c.Message.Channel
	}
	var batch []question
	for _, q := range j.pending {
		if len(batch) < atOnce && with(q) {
			batch = append(batch, q)
		}
	}
	if wait := j.m.cfg.JudgeWait - time.Since(first.since); wait > 0 && len(batch) < atOnce && !first.alone {
		return nil, wait
	}
	taken := 0
	j.pending = slices.DeleteFunc(j.pending, func(q question) bool {
		if taken < len(batch) && q.c.ID == batch[taken].c.ID {
			taken++
			return true
		}
		return false
	})
	return batch, 0
}

// decide asks about cases and writes what comes of it. When ctx ends meanwhile,
// nothing is written: whoever sweeps next takes the cases up.
func (j *judge) decide(ctx context.Context, batch []question) {
	p := j.m.sites.of(ctx, batch[0].c.Tenant)
	messages := make([]message.Message, len(batch))
	for i, q := range batch {
		messages[i] = q.c.Message
	}
	start := time.Now()
	said := j.opinions(ctx, p, batch[0].c.Tenant, messages)
	if ctx.Err() != nil {
		return
	}
	for i, q := range batch {
		j.settle(ctx, p, q, said[i], time.Since(start))
	}
}

// settle writes what a judge's opinion does to a case, and tries again for a while when
// the database is gone. The opinion is remembered, so that it is not asked for twice.
func (j *judge) settle(ctx context.Context, p *plan, q question, said opinion, took time.Duration) {
	for pause := 50 * time.Millisecond; ; pause *= 2 {
		c, err := j.m.conclude(ctx, p, q.c.Tenant, q.c.ID, said, q.keep)
		if err == nil {
			if c != nil {
				j.m.cfg.Observe(Observation{
					Event: "judged", Tenant: c.Tenant, Channel: c.Message.Channel, Action: c.Verdict.Action, Stage: c.Verdict.Stage,
					Label: said.label, Took: took, Outcome: string(p.outcome(said, q.keep)), Cached: said.cached,
				})
			}
			return
		}
		if pause > 2*time.Second || errors.Is(err, ErrNotFound) {
			j.m.cfg.Log.Warn("a judge's verdict could not be stored", "tenant", q.c.Tenant, "case", q.c.ID, "error", err)
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
