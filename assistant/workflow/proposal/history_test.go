package proposal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/retrieval"
)

// TestSamenessIsBroken: where somebody else sent nearly the same, the draft is
// made of other sentences.
func TestSamenessIsBroken(t *testing.T) {
	market := empty()
	load(t, market, post("post-kiln", kiln()), person("prof-streamer", streamer()))
	_, first := drafted(t, helper(market))
	if s := first.doc.Similarity; s == nil || s.N != 0 {
		t.Fatalf("similarity %+v with nothing to compare", s)
	}
	load(t, market, retrieval.Document{Kind: retrieval.KindProposal, ID: "prop-copy", Proposal: &retrieval.Proposal{JobPost: "post-kiln", Profile: "prof-copycat", Text: first.doc.Text, Bid: 7000, Currency: "EUR", BidType: "hourly", SentOn: "2026-02-27", Outcome: "no_reply"}})
	_, second := drafted(t, helper(market))
	s := second.doc.Similarity
	if s.N != 1 || s.SamePost != 1 || s.Max <= 0 || s.Max >= 0.9 {
		t.Errorf("similarity %+v", s)
	}
	if second.doc.Text == first.doc.Text {
		t.Errorf("the draft is the copy:\n%s", second.doc.Text)
	}
	own, _, _ := strings.Cut(first.doc.Text, ".")
	if strings.HasPrefix(second.doc.Text, own) {
		t.Errorf("both open with %q", own)
	}
	load(t, market, retrieval.Document{Kind: retrieval.KindProposal, ID: "prop-copy", Proposal: &retrieval.Proposal{JobPost: "post-kiln", Profile: "prof-streamer", Text: first.doc.Text, Bid: 7000, Currency: "EUR", BidType: "hourly", SentOn: "2026-02-27", Outcome: "no_reply"}})
	if _, a := drafted(t, helper(market)); a.doc.Similarity.N != 0 {
		t.Errorf("one's own earlier proposal counts as somebody else's: %+v", a.doc.Similarity)
	}
	if _, err := market.Delete(t.Context(), tenant, retrieval.KindProposal, []string{"prop-copy"}); err != nil {
		t.Fatal(err)
	}
}

// TestPatterns counts a history in which a question went with being hired.
func TestPatterns(t *testing.T) {
	r := open("patterns", nil)
	var docs []retrieval.Document
	for i := range 60 {
		text, outcome := fmt.Sprintf("I would do it as described, number %d of its kind, with care for every part.", i), "declined"
		if i < 30 {
			outcome = "hired"
		}
		if i%10 < 8 == (i < 30) {
			text += " Who reads the result?"
		} else {
			text += " Somebody reads the result."
		}
		docs = append(docs, retrieval.Document{Kind: retrieval.KindProposal, ID: fmt.Sprintf("prop-%d", i), Proposal: &retrieval.Proposal{JobPost: "post-old", Profile: fmt.Sprintf("prof-%d", i), Text: text, Bid: 6000, Currency: "EUR", BidType: "hourly", SentOn: "2026-02-27", Outcome: outcome}})
	}
	load(t, r, append(docs, post("post-old", kiln()), post("post-kiln", kiln()), person("prof-streamer", streamer()))...)
	_, a := drafted(t, helper(r))
	p := a.doc.Patterns
	if p == nil || !p.Enough || p.Scope != "category" || p.Hired != 30 || p.Others != 30 {
		t.Fatalf("patterns %+v", p)
	}
	for _, f := range p.Features {
		switch f.Name {
		case "question":
			if f.Hired != 0.8 || f.Others != 0.2 || f.Low <= 0 || f.High <= f.Low {
				t.Errorf("question %+v", f)
			}
		case "bid":
			if f.Difference != 0 || f.Hired < 90 || f.Hired > 95 {
				t.Errorf("bid %+v", f)
			}
		case "days":
			if f.Hired != 2 {
				t.Errorf("days %+v", f)
			}
		}
	}
	if !strings.Contains(a.text, "Of 60 proposals in this category") || !strings.Contains(a.text, "80%") {
		t.Errorf("said %q", a.text)
	}
}

func TestTooFewForPatterns(t *testing.T) {
	market := empty()
	load(t, market, post("post-kiln", kiln()), person("prof-streamer", streamer()))
	_, a := drafted(t, helper(market))
	if p := a.doc.Patterns; p == nil || p.Enough || len(p.Features) > 0 {
		t.Errorf("patterns %+v", p)
	}
	if strings.Contains(a.text, "Of ") && strings.Contains(a.text, "hired") {
		t.Errorf("said %q", a.text)
	}
}

func TestBids(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*retrieval.JobPost, *retrieval.Profile)
		say    string
		want   proposal.Bid
	}{
		"own rate within the range": {want: proposal.Bid{Amount: 7000, Currency: "EUR", Type: "hourly"}},
		"own rate above what they pay": {func(p *retrieval.JobPost, q *retrieval.Profile) { q.Rate = 9500 }, "",
			proposal.Bid{Amount: 8000, Currency: "EUR", Type: "hourly"}},
		"own rate below what they pay": {func(p *retrieval.JobPost, q *retrieval.Profile) { q.Rate = 3000 }, "",
			proposal.Bid{Amount: 3000, Currency: "EUR", Type: "hourly"}},
		"another currency": {func(p *retrieval.JobPost, q *retrieval.Profile) { q.Currency = "USD" }, "",
			proposal.Bid{Amount: 7000, Currency: "USD", Type: "hourly"}},
		"a fixed price": {func(p *retrieval.JobPost, q *retrieval.Profile) {
			p.PayType, p.PayMin, p.PayMax = "fixed", 400000, 400000
		}, "",
			proposal.Bid{Amount: 400000, Currency: "EUR", Type: "fixed"}},
		"as said": {nil, "I would take 65 euros an hour for this.", proposal.Bid{Amount: 6500, Currency: "EUR", Type: "hourly"}},
		"said in words of their own": {func(p *retrieval.JobPost, q *retrieval.Profile) { p.PayType, p.PayMin, p.PayMax = "fixed", 0, 0 }, "My price is 0.11 euros a word.",
			proposal.Bid{Amount: 11, Currency: "EUR", Unit: "word"}},
		"a year is no price": {nil, "In 2024 I moved a dairy to new brokers.", proposal.Bid{Amount: 7000, Currency: "EUR", Type: "hourly"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, q := kiln(), streamer()
			if c.change != nil {
				c.change(&p, &q)
			}
			load(t, empty(), post("post-bid-1", p), person("prof-bid", q))
			talk := newTalk(t, helper(empty()), "prof-bid")
			talk.say("apply for post-bid-1")
			if c.say != "" {
				talk.say(c.say)
			}
			bid := talk.say("just write it").doc.Bid
			if bid == nil || bid.Amount != c.want.Amount || bid.Currency != c.want.Currency || bid.Type != c.want.Type || bid.Unit != c.want.Unit || bid.Reason == "" {
				t.Errorf("bid %+v, want %+v", bid, c.want)
			}
		})
	}
}
