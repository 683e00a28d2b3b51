package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval/learn"
)

// outcomes are posts for which the cheapest of three people was hired each time.
func outcomes(posts int) string {
	var rows strings.Builder
	write := func(row object) {
		text, err := json.Marshal(row)
		if err != nil {
			panic(err) // strings and numbers
		}
		rows.Write(append(text, '\n'))
	}
	for i := range posts {
		id := fmt.Sprintf("post-%d", i)
		write(object{"kind": "job_post", "id": id, "title": "Shopify shop", "description": "You have built Shopify shops.", "category": "web", "skills": []string{"Shopify"}, "level": "intermediate",
			"pay_type": "hourly", "pay_min": 3000, "pay_max": 6000, "currency": "EUR", "posted_on": "2026-01-15"})
		for k, outcome := range []string{"hired", "declined", "no_reply"} {
			profile := fmt.Sprintf("%s-%d", id, k)
			write(object{"kind": "profile", "id": profile, "headline": "Shop developer", "overview": "I built shops in Shopify.", "category": "web", "skills": []string{"Shopify"},
				"level": []string{"entry", "intermediate", "expert"}[(i+k)%3], "rate": 2500 + 1100*k + 7*i, "currency": "EUR", "track_record": object{"jobs": 3 + 11*k, "rating": 4.4 + 0.2*float64(k), "reviews": 2 + 3*k}})
			write(object{"kind": "proposal", "id": "prop-" + profile, "job_post": id, "profile": profile, "text": "I can do it.", "bid": 3000, "currency": "EUR", "bid_type": "hourly", "sent_on": "2026-01-16", "outcome": outcome})
		}
	}
	return rows.String()
}

func TestTrainRanker(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		env["PARLEY_DATA"], env["PARLEY_DEMO"] = t.TempDir(), "false"
		c := tool{t, env}
		c.load("few.jsonl", outcomes(rank.LeastPosts-1))
		if _, log, code := c.run("train", "ranker"); code != 1 || !strings.Contains(log, "too few outcomes: 49 posts have both somebody chosen and somebody not, and 50 are needed") {
			t.Errorf("code %d: %s", code, log)
		}
		if ranker, err := openRanker(env["PARLEY_DATA"]); err != nil || ranker.Identity().Name != "table" {
			t.Errorf("what was refused is in use: %v, %v", ranker, err)
		}

		c.load("enough.jsonl", outcomes(60))
		out, log, code := c.run("train", "ranker")
		if code != 0 || !strings.Contains(out, "Trained on 60 posts with somebody chosen and somebody not, 120 pairs of people.") || !strings.Contains(out, "used from the next start on") {
			t.Fatalf("code %d: %s%s", code, out, log)
		}
		ranker, err := openRanker(env["PARLEY_DATA"])
		if err != nil {
			t.Fatal(err)
		}
		table := rank.DefaultWeights()
		if weights := ranker.Weights(); weights[rank.Pay] <= table[rank.Pay] || weights[rank.TrackRecord] >= table[rank.TrackRecord] {
			t.Errorf("weights %v", weights)
		}

		// Trained again on other outcomes, the former weights are kept.
		c.load("more.jsonl", outcomes(70))
		if out, log, code := c.run("train", "ranker"); code != 0 {
			t.Fatalf("code %d: %s%s", code, out, log)
		}
		former, err := learn.ReadFile(formerRankerFile(env["PARLEY_DATA"]))
		if err != nil || former.Hash() != ranker.Artefact().Hash() {
			t.Errorf("the former ranker: %v", err)
		}

		// A ranker that cannot be used is told, and is not in the way of another.
		if err := os.WriteFile(rankerFile(env["PARLEY_DATA"]), []byte("weights"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openRanker(env["PARLEY_DATA"]); exitCode(err) != exitUsage || !strings.Contains(err.Error(), "train again, or remove the file") {
			t.Errorf("a broken file: %v", err)
		}
		if out, log, code := c.run("train", "ranker"); code != 0 {
			t.Errorf("code %d: %s%s", code, out, log)
		}
	})
}

func TestTrainSaysWhatItTrains(t *testing.T) {
	c := tool{t, map[string]string{"PARLEY_DATA": t.TempDir(), "PARLEY_DEMO": "false"}}
	if _, log, code := c.run("train"); code != 2 || !strings.Contains(log, "parley train --all") {
		t.Errorf("code %d: %s", code, log)
	}
	if _, log, code := c.run("train", "ranker", "--tenant", "nowhere"); code != 2 || !strings.Contains(log, "unknown site") {
		t.Errorf("code %d: %s", code, log)
	}
	text := trainedTable([]trainedOne{
		{kind: "embedder", file: "nowhere/e", score: "title finds its text", before: 0.9, after: 0.875},
		{kind: "ranker", file: "nowhere/r", score: "pairs in order", err: rank.ErrTooFew},
	}).draw(screen{})
	for _, words := range []string{"0.900  0.875", "lower than before", "not trained", "too few outcomes"} {
		if !strings.Contains(text, words) {
			t.Errorf("no word of %q:\n%s", words, text)
		}
	}
}
