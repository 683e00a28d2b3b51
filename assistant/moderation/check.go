package moderation

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/message"
)

// storing is at most how long a message waits for its case to be stored.
const storing = 5 * time.Second

// Check decides what happens to a message. A clean one is answered without any
// I/O, with a nil Case. For every other one a case is opened, or the one that it
// has is returned with what is decided by now: the same message may be asked about
// again and again. An error wraps ErrInvalid for a message that cannot be judged,
// ErrConflict for an id that had another text before, ErrNotFound for a session that is
// gone, or ErrUnavailable when the case could not be stored: then the message must
// wait, and be asked about again.
func (m *Moderator) Check(ctx context.Context, tenant string, msg message.Message, from Origin) (Verdict, *Case, error) {
	start := time.Now()
	msg, err := accept(msg)
	if err != nil {
		return Verdict{}, nil, err
	}
	p := m.sites.of(ctx, tenant)
	p.share.seen()
	v, r := m.look(p, &msg)
	if v.Action == Deliver {
		m.observe("checked", tenant, msg, v, time.Since(start))
		return v, nil, nil
	}
	v = m.consider(p, v, r)
	kept, fresh, err := m.open(ctx, p, tenant, msg, from, v)
	if err != nil {
		return Verdict{}, nil, err
	}
	if fresh && kept.Status == Judging {
		m.judge.ask(kept)
	}
	if fresh {
		m.observe("checked", tenant, msg, v, time.Since(start))
	}
	return kept.Verdict, &kept, nil
}

// consider adds the judge: whether it is asked, and what happens to the message until it
// has answered, or since it cannot be asked.
func (m *Moderator) consider(p *plan, v Verdict, r ruling) Verdict {
	if !r.ask || m.judge == nil || p.settings.Judge.Off {
		return v
	}
	v.Judging = p.share.take()
	if v.Judging {
		v.Action = harder(v.Action, p.settings.Judge.Meanwhile)
	} else {
		v.Action = harder(v.Action, p.settings.Judge.Down)
	}
	return v
}

// open stores the case of a message.
func (m *Moderator) open(ctx context.Context, p *plan, tenant string, msg message.Message, from Origin, v Verdict) (Case, bool, error) {
	if m.cfg.Queue == nil {
		return Case{}, false, fmt.Errorf("%w: there is no queue", ErrUnavailable)
	}
	now := m.cfg.Now()
	c := Case{
		Tenant: tenant, ID: rand.Text(), Message: msg, Hash: hash(msg),
		Subject: from.Subject, Session: from.Session, Resp: from.Response,
		Verdict: v, First: v, Status: statusOf(v), Version: 1, Created: now, Changed: now,
	}
	if v.Action == Hold {
		c.Deadline = p.deadline(now)
	}
	opened := Decision{
		ID: rand.Text(), Case: c.ID, Kind: Opened, Action: v.Action, Labels: v.Labels, Stage: v.Stage, Actor: string(v.Stage), At: now,
	}
	ctx, cancel := context.WithTimeout(ctx, storing)
	defer cancel()
	kept, fresh, err := m.cfg.Queue.Open(ctx, c, opened)
	switch {
	case errors.Is(err, ErrConflict), errors.Is(err, ErrInvalid), errors.Is(err, ErrNotFound):
		return Case{}, false, fmt.Errorf("moderation: check: %w", err)
	case err != nil:
		return Case{}, false, fmt.Errorf("moderation: check: %w: %w", ErrUnavailable, err)
	}
	return kept, fresh, nil
}

// statusOf is where a case stands after a verdict: what is blocked or delivered for
// good is decided.
func statusOf(v Verdict) Status {
	switch {
	case v.Judging:
		return Judging
	case v.Action == Block, v.Action == Deliver:
		return Decided
	}
	return Waiting
}

// accept returns a message as it is judged and kept: of its thread the last lines. Errors
// wrap ErrInvalid: clean or not, the same messages are refused.
func accept(msg message.Message) (message.Message, error) {
	switch {
	case msg.ID == "" || !Key(msg.ID):
		return msg, fmt.Errorf("%w: a message needs an id of at most %d bytes", ErrInvalid, MaxKey)
	case !Key(msg.Sender):
		return msg, fmt.Errorf("%w: a sender has at most %d bytes", ErrInvalid, MaxKey)
	case msg.Channel != "" && !msg.Channel.Known():
		return msg, fmt.Errorf("%w: there is no channel %q", ErrInvalid, msg.Channel)
	case len(msg.Text) > MaxText:
		return msg, fmt.Errorf("%w: the text is longer than %d bytes", ErrInvalid, MaxText)
	}
	msg.Thread = msg.Thread[max(0, len(msg.Thread)-MaxThread):]
	for _, line := range msg.Thread {
		if len(line.Text) > MaxText {
			return msg, fmt.Errorf("%w: a line of the thread is longer than %d bytes", ErrInvalid, MaxText)
		}
	}
	return msg, nil
}

// hash tells messages of the same id apart.
func hash(msg message.Message) string {
	msg.ID = ""
	raw, err := json.Marshal(msg)
	if err != nil { // strings only: it cannot fail
		panic(err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
