package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
)

// TestTwoHundredTurns holds a conversation of 200 turns: what was said at its
// beginning stands in the post at its end, and a turn reads no more than at first.
func TestTwoHundredTurns(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	c := dial(t, s, "default", nil)
	c.say("I need a Shopify store for my pet shop in Leeds, $4,000 fixed price, before Christmas. No WordPress.")
	c.say("card payments, delivery in town and pick-up in the store")
	var first, last time.Duration
	for i := range 198 {
		text := fmt.Sprintf("the shop should also show a page about %s", topics[i%len(topics)])
		if i%3 == 0 {
			text = fmt.Sprintf("make the budget $%d", 4000+10*i)
		}
		time.Sleep(50 * time.Millisecond) // frames are limited to 20 a second
		began := time.Now()
		c.say(text)
		switch took := time.Since(began); {
		case i >= 8 && i < 18:
			first += took
		case i >= 188:
			last += took
		}
	}
	t.Logf("ten turns took %v at the beginning and %v at the end", first, last)
	var doc jobpost.Document
	if err := json.Unmarshal(c.draft().Document, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Pay == nil || doc.Pay.Max != 100*(4000+10*195) || doc.Pay.Type != "fixed" || doc.Pay.Currency != "USD" {
		t.Errorf("pay %+v", doc.Pay)
	}
	if doc.Deadline == nil || !slices.Contains(doc.Skills.Must, "Shopify") {
		t.Errorf("deadline %+v, skills %+v", doc.Deadline, doc.Skills)
	}
}

var topics = []string{"goldfish", "dog collars", "opening hours", "our vet", "rabbits", "returns", "bird seed", "puppy training", "gift cards", "aquariums", "the team"}
