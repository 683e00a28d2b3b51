package gateway_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
)

func TestStates(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }))
	defer server.Close()
	none := 0
	g, err := gateway.New(gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"broken": {BaseURL: server.URL + "/v1", Retries: &none, Concurrency: 3}, "another": {BaseURL: server.URL + "/v1"}},
		Purposes:  map[model.Purpose][]gateway.Choice{model.Advice: {{Endpoint: "broken", Model: "m"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if got := g.States(); len(got) != 2 || got[0].Name != "another" || got[1].Circuit != "closed" || got[1].Most != 3 || got[1].Calls != 0 {
		t.Errorf("before any call: %+v", got)
	}
	for range 6 {
		if _, err := g.Generate(t.Context(), model.Request{Purpose: model.Advice}, func(string) error { return nil }); err == nil {
			t.Fatal("a broken server answered")
		}
	}
	if got := g.States(); got[0].Circuit != "closed" || got[1].Circuit != "open" {
		t.Errorf("after it failed often: %+v", got)
	}
}
