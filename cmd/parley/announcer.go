package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/web/hooks"
)

const (
	announceEvery = time.Second
	announceBatch = 100
)

// announcements is where the announcer takes decisions from: a
// [moderation.Moderator], which itself has the turns run that a decision releases.
type announcements interface {
	Announcements(ctx context.Context, limit int) ([]moderation.Announcement, error)
	Announced(ctx context.Context, decisions ...string) error
}

// announcer turns decisions that sites must be told of into events of the
// outbox. A decision is crossed off when its event is kept, and the event's id
// is the decision's: whatever dies in between, nothing is lost and nothing goes
// out under two ids.
type announcer struct {
	from announcements
	to   *hooks.Outbox
	log  *slog.Logger

	stop    context.CancelFunc
	running sync.WaitGroup
}

// newAnnouncer starts an announcer. Close ends it.
func newAnnouncer(from announcements, to *hooks.Outbox, log *slog.Logger) *announcer {
	ctx, stop := context.WithCancel(context.Background())
	a := &announcer{from: from, to: to, log: log, stop: stop}
	a.running.Go(func() { announceAll(ctx, log, nil, a.announce) })
	return a
}

// Close returns when the announcer has ended.
func (a *announcer) Close() {
	a.stop()
	a.running.Wait()
}

// announceAll announces what is there, and then again when it is woken and every
// now and then, until ctx ends.
func announceAll(ctx context.Context, log *slog.Logger, woken <-chan struct{}, announce func(context.Context) (int, error)) {
	ticker := time.NewTicker(announceEvery)
	defer ticker.Stop()
	for {
		n, err := announce(ctx)
		if err != nil && ctx.Err() == nil {
			log.Warn("announce to sites", "error", err)
		}
		if err == nil && n == announceBatch && ctx.Err() == nil {
			continue // there may be more
		}
		select {
		case <-ctx.Done():
			return
		case <-woken:
		case <-ticker.C:
		}
	}
}

// announce hands on what is there, and returns how many decisions it has crossed off.
func (a *announcer) announce(ctx context.Context) (int, error) {
	list, err := a.from.Announcements(ctx, announceBatch)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	events, ids := make([]hooks.Event, 0, len(list)), make([]string, 0, len(list))
	for _, one := range list {
		event, err := decided(one)
		if err == nil {
			err = event.Check()
		}
		if err != nil { // a fault of this program's: the others are not to wait until it is mended
			a.log.Error("announce a decision", "decision", one.Decision.ID, "error", err)
			continue
		}
		events, ids = append(events, event), append(ids, one.Decision.ID)
	}
	if err := a.to.Add(ctx, events...); err != nil {
		return 0, err
	}
	return len(ids), a.from.Announced(ctx, ids...)
}

// decision is the data of an event moderation.decided. It holds no text of the
// message and none of a reviewer.
type decision struct {
	Case       string                  `json:"case_id"`
	Message    string                  `json:"message_id"`
	Number     int                     `json:"number"` // of the entry in the case's history: the highest counts
	Kind       moderation.DecisionKind `json:"kind"`
	Decision   moderation.Action       `json:"decision"`
	Labels     []policy.Label          `json:"labels"`
	Notice     string                  `json:"notice,omitempty"` // what the sender may be told, when the message does not go out
	Stage      moderation.Stage        `json:"stage"`
	At         time.Time               `json:"at"`
	Appealable bool                    `json:"appealable"`
}

func decided(a moderation.Announcement) (hooks.Event, error) {
	d := a.Decision
	told := decision{
		Case: a.Case.ID, Message: a.Case.Message.ID, Number: d.Number, Kind: d.Kind, Decision: d.Action,
		Labels: append([]policy.Label{}, d.Labels...), Stage: d.Stage, At: d.At.UTC(), Appealable: !d.Action.Delivers(),
	}
	if told.Appealable && len(d.Labels) > 0 {
		told.Notice = policy.Notice(d.Labels[0], "en")
	}
	data, err := json.Marshal(told)
	if err != nil {
		return hooks.Event{}, fmt.Errorf("encode decision %s: %w", d.ID, err)
	}
	return hooks.Event{ID: d.ID, Tenant: a.Case.Tenant, Type: hooks.ModerationDecided, Key: "case:" + a.Case.ID, Data: data, Created: d.At}, nil
}

// webhooks is what tells sites of events while a server runs.
type webhooks struct {
	announcer *announcer
	publisher *publisher
	sender    *hooks.Sender
}

func (a *app) startWebhooks() webhooks {
	return webhooks{
		announcer: newAnnouncer(a.screening, a.outbox, a.log),
		publisher: newPublisher(a.manager, a.known, a.outbox, a.published, a.log),
		sender:    hooks.NewSender(a.outbox, hooks.SenderConfig{Log: a.log, Observe: a.metrics.Webhook, Answered: a.answered}),
	}
}

// Close ends all. What is not sent stays in the outbox.
func (w webhooks) Close() {
	w.announcer.Close()
	w.publisher.Close()
	w.sender.Close()
}
