package route_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/route"
)

func TestClarify(t *testing.T) {
	for _, role := range []string{"client", "freelancer", "visitor", ""} {
		for _, first := range route.Routes() {
			for _, second := range append(route.Routes(), "") {
				d := route.Decision{Route: first, RunnerUp: second, Unsure: true}
				text, replies := route.Clarify(d, role)
				if !strings.HasSuffix(text, "?") || len(text) > 160 || len(replies) != 2 || replies[0] == replies[1] {
					t.Fatalf("%s, %s or %s: %q %q", role, first, second, text, replies)
				}
				if first == second || second == "" {
					continue
				}
				// Each of the replies chooses its own.
				chosen := make(map[route.Route]bool)
				for _, reply := range replies {
					got := route.Default().Route(route.Input{Role: role, Text: reply, Context: route.Context{Question: text}})
					if got.Rule != "clarified" || got.Unsure {
						t.Errorf("%q to %q: %+v", reply, text, got)
					}
					chosen[got.Route] = true
				}
				if !chosen[first] || !chosen[second] {
					t.Errorf("%q %q: %v, not %s and %s", text, replies, chosen, first, second)
				}
			}
		}
	}
}

func TestAnswersToClarify(t *testing.T) {
	work, _ := route.Clarify(route.Decision{Route: route.JobPost, RunnerUp: route.Shortlist}, "client")
	apply, _ := route.Clarify(route.Decision{Route: route.Advice, RunnerUp: route.Proposal}, "freelancer")
	for _, tt := range []struct {
		question, role, text string
		want                 route.Route
	}{
		{work, "client", "the post", route.JobPost},
		{work, "client", "People please", route.Shortlist},
		{work, "client", "the second", route.Shortlist},
		{work, "client", "1", route.JobPost},
		{work, "client", "look for somebody", route.Shortlist},
		{apply, "freelancer", "the first one", route.Advice},
		{apply, "freelancer", "apply", route.Proposal},
		{apply, "freelancer", "it's a general question", route.Advice},
	} {
		got := route.Default().Route(route.Input{Role: tt.role, Text: tt.text, Context: route.Context{Question: tt.question}})
		if got.Route != tt.want || got.Rule != "clarified" {
			t.Errorf("%q to %q: %+v", tt.text, tt.question, got)
		}
	}
	// What does not choose is read like any other message.
	for _, text := range []string{"hm", "the post and then people", "not the post", "I need a designer for a logo that I want to put on twelve vans"} {
		if got := route.Default().Route(route.Input{Role: "client", Text: text, Context: route.Context{Question: work}}); got.Rule != "" {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
