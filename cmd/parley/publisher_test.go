package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/hooks"
)

// dyingPublisher is [dying] for published drafts.
type dyingPublisher struct {
	dying
	store sessions.Store
}

func (d dyingPublisher) Unannounced(ctx context.Context, tenants []string, limit int) ([]sessions.Handover, error) {
	if err := d.dies("before reading"); err != nil {
		return nil, err
	}
	return d.store.Unannounced(ctx, tenants, limit)
}

func (d dyingPublisher) Announced(ctx context.Context, list []sessions.Handover) error {
	if err := d.dies("before crossing off"); err != nil {
		return err
	}
	return errors.Join(d.store.Announced(ctx, list), d.dies("after crossing off"))
}

// publish stores a session whose draft was published, and returns the id of its event.
func publish(t *testing.T, store sessions.Store, site string, n int, document string) string {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	session := sessions.Session{Tenant: site, ID: fmt.Sprintf("%s%d", site, n), Owner: "alice", Role: sessions.RoleClient, Created: now, Updated: now}
	if err := store.Create(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	_, lease, err := store.Begin(t.Context(), sessions.Key{Tenant: site, Session: session.ID}, "test", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	draft := sessions.Draft{ID: session.ID + "-d", Kind: "job_post", Version: 3, Document: json.RawMessage(document), Published: &now, Created: now}
	if _, err := store.Commit(t.Context(), lease, sessions.Batch{Drafts: []sessions.Draft{draft}, Release: true}); err != nil {
		t.Fatal(err)
	}
	return draft.ID + "-v3"
}

func TestNoPublishedDraftIsLostOrToldTwice(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s, err := openStorage(t.Context(), twoSitesConfig(t, env), quietLog)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.close() })
		endpoints, err := hooks.NewEndpoints(
			hooks.Endpoint{Tenant: "shop", URL: "https://shop.example/hook", Secrets: []string{hookSecret}},
			hooks.Endpoint{Tenant: "shop", URL: "https://crm.example/hook", Secrets: []string{hookSecret}, Events: []string{hooks.ModerationDecided}},
		)
		if err != nil {
			t.Fatal(err)
		}
		known := func() []string { return []string{"other", "shop"} }
		// One that cannot be read is a fault of this program's, and holds up nobody.
		publish(t, s.store, "shop", 99, `{"title": 7}`)
		foreign := publish(t, s.store, "unknown", 1, `{}`)
		var want []string
		for n, step := range steps {
			want = append(want, publish(t, s.store, "shop", n, `{"title":"Pipes"}`))
			publish(t, s.store, "other", n, `{}`) // which nobody is told of
			d := dyingPublisher{dying{Store: s.outbox, at: step}, s.store}
			process := publisher{from: d, tenants: known, to: hooks.NewOutbox(d, endpoints, nil), log: quietLog}
			if _, err := process.announce(t.Context()); !errors.Is(err, errKilled) {
				t.Fatalf("%s: %v", step, err)
			}
		}
		outbox := hooks.NewOutbox(s.outbox, endpoints, nil)
		process := publisher{from: s.store, tenants: known, to: outbox, log: quietLog}
		if _, err := process.announce(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, err := outbox.List(t.Context(), "shop", hooks.Filter{}, 1000)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range slices.Backward(list) {
			got = append(got, d.ID)
			if d.Endpoint != "https://shop.example/hook" {
				t.Errorf("%s is told of it", d.Endpoint)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		left, err := s.store.Unannounced(t.Context(), []string{"shop", "other", "unknown"}, 10)
		if err != nil || len(left) != 2 || left[1].Draft.ID+"-v3" != foreign {
			t.Errorf("left are %+v, %v; want the one that cannot be read and that of a site served elsewhere", left, err)
		}
	})
}
