package hookstest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/web/hooks"
)

func testFilter(t *testing.T, open func() hooks.Store) {
	s := open()
	first, second, published := delivery(shop, ""), delivery(crm, ""), delivery(shop, "")
	published.Event.Type, published.Type = hooks.DraftPublished, hooks.DraftPublished
	twin := first // the same event, at another endpoint
	twin.Endpoint = crm.Endpoint
	add(t, s, first, second, published, twin, delivery(other, ""))
	if diff := cmp.Diff(names([]hooks.Delivery{twin, published, second, first}), names(list(t, s, "shop", ""))); diff != "" {
		t.Fatalf("unfiltered (-want +got):\n%s", diff)
	}
	all, err := s.List(t.Context(), "shop", hooks.Filter{}, 10)
	check(t, "list", err, nil)
	seq := map[string]int64{}
	for _, d := range all {
		if seq[d.ID] == 0 {
			seq[d.ID] = d.Seq
		}
	}
	for name, test := range map[string]struct {
		filter hooks.Filter
		want   []hooks.Delivery
	}{
		"type":            {hooks.Filter{Type: hooks.DraftPublished}, []hooks.Delivery{published}},
		"endpoint":        {hooks.Filter{Endpoint: crm.Endpoint}, []hooks.Delivery{twin, second}},
		"event":           {hooks.Filter{Event: first.ID}, []hooks.Delivery{twin, first}},
		"before":          {hooks.Filter{Before: seq[published.ID]}, []hooks.Delivery{second, first}},
		"two at once":     {hooks.Filter{Type: hooks.ModerationDecided, Endpoint: shop.Endpoint, Status: hooks.Pending}, []hooks.Delivery{first}},
		"nothing is dead": {hooks.Filter{Status: hooks.Dead}, nil},
		"another site's":  {hooks.Filter{Endpoint: "https://nowhere.example"}, nil},
	} {
		got, err := s.List(t.Context(), "shop", test.filter, 10)
		check(t, name, err, nil)
		if !slices.Equal(names(test.want), names(got)) {
			t.Errorf("%s: %v, want %v", name, names(got), names(test.want))
		}
	}
}

func testCounts(t *testing.T, open func() hooks.Store) {
	s := open()
	d, gone := delivery(shop, ""), delivery(crm, "")
	add(t, s, d, gone, delivery(shop, ""), delivery(crm, ""), delivery(other, ""))
	foreign := list(t, s, "other", hooks.Pending)[0]
	claimed := claim(t, s, noon, 9, d, gone, foreign)
	for _, c := range claimed {
		switch c.ID {
		case d.ID:
			c.Answer = 204
			check(t, "done", s.Done(t.Context(), c, noon), nil)
		case gone.ID:
			c.Answer = 410
			check(t, "dead", s.Dead(t.Context(), c, noon, "status 410"), nil)
		}
	}
	counts, err := s.Counts(t.Context(), "shop")
	check(t, "count", err, nil)
	want := []hooks.Count{{Endpoint: crm.Endpoint, Status: hooks.Dead, N: 1}, {Endpoint: crm.Endpoint, Status: hooks.Pending, N: 1}, {Endpoint: shop.Endpoint, Status: hooks.Pending, N: 1}}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := list(t, s, "shop", hooks.Delivered); len(got) != 1 || got[0].Answer != 204 {
		t.Errorf("%+v", got)
	}
	if _, err := s.Redeliver(t.Context(), "shop", gone.ID, noon, noon.Add(hooks.Life)); err != nil {
		t.Fatal(err)
	}
	for _, d := range list(t, s, "shop", hooks.Pending) {
		if d.Answer != 0 {
			t.Errorf("what is sent again has an answer: %+v", d)
		}
	}
}
