package moderation

import (
	"context"
	"crypto/rand"
	"errors"
	"time"
)

const (
	mostDue    = 500              // cases of one sweep's page
	abandoned  = 10 * time.Minute // a case that no judge got to goes to people after that
	retaining  = time.Hour        // how often old cases are looked for
	mostPurged = 500
)

var errAbandoned = errors.New("nobody got to it")

// sweep does until ctx ends what is due: deadlines, questions to the judge
// that a process left behind, turns to be released, cases to be deleted. Several
// processes may do it at once: who changes a case that another one has changed leaves it.
func (m *Moderator) sweep(ctx context.Context) {
	tick := time.NewTicker(m.cfg.SweepEvery)
	defer tick.Stop()
	var retained time.Time
	for {
		m.release(ctx)
		if err := m.due(ctx); err != nil && ctx.Err() == nil {
			m.cfg.Log.Warn("moderation: due cases", "error", err)
		}
		if now := time.Now(); now.Sub(retained) >= retaining {
			retained = now
			m.retain(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-m.woken:
		case <-tick.C:
		}
	}
}

// due takes care of the undecided cases whose time has come.
func (m *Moderator) due(ctx context.Context) error {
	for {
		now := m.cfg.Now()
		cases, err := m.cfg.Queue.Due(ctx, now, now.Add(-m.patience()), mostDue)
		if err != nil {
			return err
		}
		settled := 0
		for _, c := range cases {
			switch done, err := m.attend(ctx, c, now); {
			case ctx.Err() != nil:
				return nil
			case err != nil:
				m.cfg.Log.Warn("moderation: a due case", "tenant", c.Tenant, "case", c.ID, "error", err)
			case done:
				settled++
			}
		}
		if len(cases) < mostDue || settled == 0 {
			return nil
		}
	}
}

// patience is how long a judge may take for both of its tries before another
// process asks again.
func (m *Moderator) patience() time.Duration { return 2*m.cfg.JudgeTimeout + 10*time.Second }

// attend decides a case whose deadline has passed, and puts one that was left
// before the judge again, or before people when that has lasted too long.
func (m *Moderator) attend(ctx context.Context, c Case, now time.Time) (done bool, err error) {
	p := m.sites.of(ctx, c.Tenant)
	switch {
	case !c.Deadline.IsZero() && !c.Deadline.After(now):
		return true, m.expire(ctx, p, c, now)
	case m.judge != nil && !p.settings.Judge.Off && now.Sub(c.Changed) < abandoned:
		m.judge.ask(c)
		return false, nil
	}
	_, err = m.conclude(ctx, p, c.Tenant, c.ID, opinion{err: errAbandoned}, false)
	return err == nil, err
}

// expire decides a held case by the site's choice, since nobody did.
func (m *Moderator) expire(ctx context.Context, p *plan, c Case, now time.Time) error {
	before := c.Verdict.Action
	c.Verdict.Action, c.Verdict.Stage, c.Verdict.Judging = p.settings.Hold.Then, StageDeadline, false
	m.stand(&c, p, Decided, now)
	_, err := m.change(ctx, Change{Case: c, Decision: Decision{
		ID: rand.Text(), Case: c.ID, Kind: Expired, Action: c.Verdict.Action, Labels: c.Verdict.Labels, Stage: StageDeadline,
		Actor: "deadline", At: now, Changes: changes(before, c.Verdict.Action),
	}})
	if errors.Is(err, ErrConflict) || errors.Is(err, ErrNotFound) {
		return nil // somebody was faster
	}
	if err == nil {
		m.observe("expired", c.Tenant, c.Message, c.Verdict, now.Sub(c.Created))
	}
	return err
}

// change writes a change, and has what follows from it done at once.
func (m *Moderator) change(ctx context.Context, c Change) (Case, error) {
	stored, err := m.cfg.Queue.Change(ctx, c)
	if err == nil && c.Decision.Changes {
		select {
		case m.woken <- struct{}{}:
		default:
		}
	}
	return stored, err
}

// retain deletes cases that were decided longer ago than their site keeps them.
func (m *Moderator) retain(ctx context.Context) {
	tenants, err := m.cfg.Queue.Tenants(ctx)
	for _, tenant := range tenants {
		before := m.cfg.Now().Add(-days(m.sites.of(ctx, tenant).settings.RetentionDays))
		for n := mostPurged; n == mostPurged && err == nil; {
			n, err = m.cfg.Queue.Purge(ctx, tenant, before, mostPurged)
		}
	}
	if err != nil && ctx.Err() == nil {
		m.cfg.Log.Warn("moderation: old cases", "error", err)
	}
}
