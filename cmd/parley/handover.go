package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/sites"
)

// handovers is where the publisher takes published drafts from: a [sessions.Manager].
type handovers interface {
	Unannounced(ctx context.Context, tenants []string, limit int) ([]sessions.Handover, error)
	Announced(ctx context.Context, list []sessions.Handover) error
}

// publisher turns drafts that people publish into events of the outbox. As with
// the [announcer], one is crossed off when its event is kept, under an id that is
// the draft's and its version's: nothing is lost and nothing goes out under two ids.
type publisher struct {
	from    handovers
	tenants func() []string // the sites that this process serves: others' are left to those who do
	to      *hooks.Outbox
	log     *slog.Logger

	stop    context.CancelFunc
	running sync.WaitGroup
}

// newPublisher starts a publisher, which looks at once when woken. Close ends it.
func newPublisher(from handovers, tenants func() []string, to *hooks.Outbox, woken <-chan struct{}, log *slog.Logger) *publisher {
	ctx, stop := context.WithCancel(context.Background())
	p := &publisher{from: from, tenants: tenants, to: to, log: log, stop: stop}
	p.running.Go(func() { announceAll(ctx, log, woken, p.announce) })
	return p
}

// Close returns when the publisher has ended.
func (p *publisher) Close() {
	p.stop()
	p.running.Wait()
}

// announce hands on what is there, and returns how many drafts it has crossed off.
func (p *publisher) announce(ctx context.Context) (int, error) {
	list, err := p.from.Unannounced(ctx, p.tenants(), announceBatch)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	events, told := make([]hooks.Event, 0, len(list)), make([]sessions.Handover, 0, len(list))
	for _, one := range list {
		event, err := web.DraftPublished(one)
		if err == nil {
			err = event.Check()
		}
		if err != nil { // a fault of this program's: the others are not to wait until it is mended
			p.log.Error("announce a published draft", "draft", one.Draft.ID, "error", err)
			continue
		}
		events, told = append(events, event), append(told, one)
	}
	if err := p.to.Add(ctx, events...); err != nil {
		return 0, err
	}
	return len(told), p.from.Announced(ctx, told)
}

// known are the sites that this process serves.
func (a *app) known() []string {
	var ids []string
	for _, site := range a.sites.All() {
		ids = append(ids, site.ID)
	}
	return ids
}

// wakePublisher is called when a draft was published.
func (a *app) wakePublisher() {
	select {
	case a.published <- struct{}{}:
	default:
	}
}

// answered takes the address of a post from what a site answers to
// draft.published: {"url": "https://…"}. Any other answer means nothing. One that
// cannot be taken is said in the log and is no reason to send the event again.
func (a *app) answered(ctx context.Context, event hooks.Event, body []byte) error {
	var answer struct {
		URL string `json:"url"`
	}
	if event.Type != hooks.DraftPublished || json.Unmarshal(body, &answer) != nil || answer.URL == "" {
		return nil
	}
	var about sessions.Address
	if err := json.Unmarshal(event.Data, &about); err != nil {
		return nil // Data was made by this program, and sent
	}
	about.URL = answer.URL
	err := a.web.Answer(ctx, event.Tenant, about)
	if words, refused := web.Refusal(err); err != nil && refused {
		a.log.Warn("webhooks: the answer's address is not taken", "tenant", event.Tenant, "event", event.ID, "reason", words)
		return nil
	}
	if errors.Is(err, sessions.ErrNotFound) || errors.Is(err, sites.ErrUnknown) {
		return nil // deleted since
	}
	return err
}
