package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/web/hooks"
)

var errKilled = errors.New("killed here")

// steps are the places at which a process that announces may die.
var steps = []string{"before reading", "before adding", "after adding", "before crossing off", "after crossing off"}

// dying is a process that dies at a step: it does nothing from then on.
type dying struct {
	announcements
	hooks.Store
	at string
}

func (d dying) dies(step string) error {
	if d.at == step {
		return errKilled
	}
	return nil
}

func (d dying) Announcements(ctx context.Context, limit int) ([]moderation.Announcement, error) {
	if err := d.dies("before reading"); err != nil {
		return nil, err
	}
	return d.announcements.Announcements(ctx, limit)
}

func (d dying) Add(ctx context.Context, deliveries []hooks.Delivery) error {
	if err := d.dies("before adding"); err != nil {
		return err
	}
	return errors.Join(d.Store.Add(ctx, deliveries), d.dies("after adding"))
}

func (d dying) Announced(ctx context.Context, decisions ...string) error {
	if err := d.dies("before crossing off"); err != nil {
		return err
	}
	return errors.Join(d.announcements.Announced(ctx, decisions...), d.dies("after crossing off"))
}

// queueOf starts a moderator on a database's queue that goes by the tests' rules.
func queueOf(t *testing.T, s *storage) *moderation.Moderator {
	t.Helper()
	set, faults := rules.Load(fstest.MapFS{"words.yaml": {Data: []byte(rulesFile())}})
	if len(faults) > 0 {
		t.Fatal(errors.Join(faults...))
	}
	m := moderation.New(moderation.Config{Rules: func() *rules.Set { return set }, Queue: s.cases, Settings: s.settings, Log: quietLog})
	t.Cleanup(m.Close)
	return m
}

// released has a blocked message released, and blocked again.
func released(t *testing.T, m *moderation.Moderator, site, id string) (c moderation.Case) {
	t.Helper()
	_, opened, err := m.Check(t.Context(), site, message.Message{ID: id, Sender: "freelancer", Text: "some " + blockedWord + " here"}, moderation.Origin{Subject: "bob"})
	if err != nil || opened == nil {
		t.Fatalf("%+v, %v", opened, err)
	}
	c = *opened
	for _, ruling := range []moderation.Ruling{{Action: moderation.Deliver}, {Action: moderation.Block, Labels: []policy.Label{policy.Scam}, Note: "seen before"}} {
		if c, err = m.Decide(t.Context(), site, c.ID, c.Version, "ana", ruling); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestNoDecisionIsLostOrToldTwice(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		s, err := openStorage(t.Context(), twoSitesConfig(t, env), quietLog)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.close() })
		m := queueOf(t, s)
		endpoints, err := hooks.NewEndpoints(
			hooks.Endpoint{Tenant: "shop", URL: "https://shop.example/hook", Secrets: []string{hookSecret}},
			hooks.Endpoint{Tenant: "shop", URL: "https://crm.example/hook", Secrets: []string{hookSecret}, Events: []string{hooks.ModerationDecided}},
			hooks.Endpoint{Tenant: "shop", URL: "https://drafts.example/hook", Secrets: []string{hookSecret}, Events: []string{hooks.DraftPublished}},
		)
		if err != nil {
			t.Fatal(err)
		}
		var cases []moderation.Case
		for _, step := range steps {
			cases = append(cases, released(t, m, "shop", "before dying "+step))
			released(t, m, "other", step) // which nobody is told of
			d := dying{announcements: m, Store: s.outbox, at: step}
			process := announcer{from: d, to: hooks.NewOutbox(d, endpoints, nil), log: quietLog}
			if _, err := process.announce(t.Context()); !errors.Is(err, errKilled) {
				t.Fatalf("%s: %v", step, err)
			}
		}
		outbox := hooks.NewOutbox(s.outbox, endpoints, nil)
		process := announcer{from: m, to: outbox, log: quietLog}
		if _, err := process.announce(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left, err := m.Announcements(t.Context(), 100); err != nil || len(left) != 0 {
			t.Errorf("not announced: %+v, %v", left, err)
		}
		for _, address := range []string{"https://shop.example/hook", "https://crm.example/hook"} {
			assertTold(t, outbox, m, s, address, cases)
		}
		if list, err := outbox.List(t.Context(), "other", hooks.Filter{}, 10); err != nil || len(list) != 0 {
			t.Errorf("another site: %+v, %v", list, err)
		}
	})
}

// assertTold compares what waits for an address with what was decided, in order.
func assertTold(t *testing.T, outbox *hooks.Outbox, m *moderation.Moderator, s *storage, address string, cases []moderation.Case) {
	t.Helper()
	list, err := outbox.List(t.Context(), "shop", hooks.Filter{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	var got, want []string
	for _, d := range list {
		if d.Endpoint == address {
			got = append(got, d.ID)
		}
		if strings.Contains(string(d.Event.Data), blockedWord) || strings.Contains(string(d.Event.Data), "seen before") {
			t.Errorf("it holds people's words: %s", d.Event.Data)
		}
	}
	for _, c := range cases {
		history, err := s.cases.History(t.Context(), "shop", c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range history {
			if d.Changes {
				want = append(want, d.ID)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s is told\n%v, want\n%v", address, got, want)
	}
}

func TestWhatASiteIsTold(t *testing.T) {
	s, err := openStorage(t.Context(), testConfig(t, nil), quietLog)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	m := queueOf(t, s)
	c := released(t, m, "shop", "m1")
	list, err := m.Announcements(t.Context(), 10)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d, %v", len(list), err)
	}
	for i, want := range []decision{
		{Case: c.ID, Message: "m1", Number: 2, Kind: moderation.Reviewed, Decision: moderation.Deliver, Labels: []policy.Label{}, Stage: moderation.StageReviewer},
		{
			Case: c.ID, Message: "m1", Number: 3, Kind: moderation.Reviewed, Decision: moderation.Block, Labels: []policy.Label{policy.Scam}, Stage: moderation.StageReviewer,
			Notice: policy.Notice(policy.Scam, "en"), Appealable: true,
		},
	} {
		e, err := decided(list[i])
		if err != nil || e.ID != list[i].Decision.ID || e.Tenant != "shop" || e.Type != "moderation.decided" || e.Key == "" || e.Check() != nil {
			t.Fatalf("%+v, %v", e, err)
		}
		var got decision
		if err := json.Unmarshal(e.Data, &got); err != nil {
			t.Fatal(err)
		}
		if got.At.IsZero() {
			t.Error("no time")
		}
		want.At = got.At
		gotJSON, _ := json.Marshal(got)
		wantJSON, _ := json.Marshal(want)
		if string(gotJSON) != string(wantJSON) {
			t.Errorf("got  %s\nwant %s", gotJSON, wantJSON)
		}
	}
}
