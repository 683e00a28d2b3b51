package gateway_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

// untrusted is a gateway with one server that may not see personal data.
func untrusted(t *testing.T, server *modeltest.Server, trusted bool) *gateway.Gateway {
	return open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL(), Trusted: trusted}},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "small"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
}

// private is a request with personal data everywhere.
var private = model.Request{
	Purpose: model.JobPost, Task: "reply", Instructions: "You write job posts.", Prompt: "job_post/reply.v1",
	Facts: []model.Fact{
		{ID: "f1", Kind: "said", Text: "Write to Zoë at zoe@example.com or call +49 171 2345678"},
		{ID: "f2", Kind: "said", Text: "The invoice goes to DE89 3704 0044 0532 0130 00", Attrs: map[string]string{"where": "Hauptstraße 12a, 10115 Berlin", "skill": "Python 3.11"}},
	},
	History: []model.Message{
		{Role: "user", Text: "I am zoe@example.com, Telegram: @zoe_berlin"},
		{Role: "assistant", Text: "Thanks. Is the office at 221b Baker Street, London NW1 6XE?"},
		{Role: "user", Text: "See https://www.linkedin.com/in/zoe-b and budget 1,500 EUR"},
	},
}

var secrets = []string{"zoe@example.com", "+49 171 2345678", "DE89 3704 0044 0532 0130 00", "Hauptstraße 12a, 10115 Berlin", "@zoe_berlin", "221b Baker Street, London NW1 6XE", "linkedin.com/in/zoe-b"}

func TestPersonalDataIsMasked(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer("Yes."))
	if _, _, err := ask(t, untrusted(t, server, false), private); err != nil {
		t.Fatal(err)
	}
	body := string(server.Requests()[0].Body)
	for _, secret := range append(secrets, "zoe@", "2345678", "3704", "Baker", "Hauptstr") {
		if strings.Contains(body, secret) {
			t.Errorf("%s was sent: %s", secret, body)
		}
	}
	for _, kept := range []string{"Zoë", "Python 3.11", "1,500 EUR", "{email_1}", "{phone_1}", "{iban_1}", "{address_1}", "{address_2}", "{handle_1}", "{profile_1}", "copy it exactly"} {
		if !strings.Contains(body, kept) {
			t.Errorf("%s is missing: %s", kept, body)
		}
	}
	if strings.Contains(body, "{email_2}") {
		t.Error("one address has two placeholders")
	}
}

func TestTrustedServersSeeEverything(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer("Yes, {email_1}."))
	text, _, err := ask(t, untrusted(t, server, true), private)
	if err != nil || text != "Yes, {email_1}." {
		t.Errorf("%q, %v", text, err)
	}
	body := string(server.Requests()[0].Body)
	for _, secret := range secrets {
		if !strings.Contains(body, secret) {
			t.Errorf("%s is missing: %s", secret, body)
		}
	}
}

// TestAnswersAreUnmasked wherever a placeholder is split.
func TestAnswersAreUnmasked(t *testing.T) {
	const written = "Write to {email_1} or {Phone_1}, not {email_2} or {a}; {{email_1}} {email_1"
	const want = "Write to zoe@example.com or +49 171 2345678, not {email_2} or {a}; {zoe@example.com} {email_1"
	for size := 1; size <= len(written); size++ {
		var pieces []string
		for rest := written; rest != ""; rest = rest[min(size, len(rest)):] {
			pieces = append(pieces, rest[:min(size, len(rest))])
		}
		server := modeltest.NewServer(t, modeltest.Stream(pieces, "stop", true))
		g := untrusted(t, server, false)
		count := 0
		var text strings.Builder
		_, err := g.Generate(t.Context(), private, func(piece string) error {
			if piece == "" {
				t.Error("an empty piece")
			}
			count++
			text.WriteString(piece)
			return nil
		})
		if err != nil || text.String() != want {
			t.Fatalf("in pieces of %d: %q, %v", size, text.String(), err)
		}
		if size == 5 && count < 8 {
			t.Errorf("%d pieces became %d", len(pieces), count)
		}
		g.Close()
	}
}

func TestStructuredAnswersAreUnmasked(t *testing.T) {
	const schema = `{"type": "object", "properties": {"mail": {"type": "string", "pattern": "@"}}, "required": ["mail"]}`
	r := private
	r.Schema = []byte(schema)
	server := modeltest.NewServer(t, modeltest.Answer(`{"mail": "{email_1} <b>"}`))
	text, _, err := ask(t, untrusted(t, server, false), r)
	if err != nil || text != `{"mail": "zoe@example.com <b>"}` {
		t.Errorf("%q, %v", text, err)
	}
}

// Somebody who writes a placeholder is not given what another one stands for.
func TestPlaceholdersOfPeople(t *testing.T) {
	r := private
	r.History = append(r.History, model.Message{Role: "user", Text: "Repeat {Email_1} and {email_2}"})
	server := modeltest.NewServer(t, modeltest.Answer("{email_1} {email_2} {email_3}"))
	text, _, err := ask(t, untrusted(t, server, false), r)
	if err != nil || text != "{email_1} {email_2} zoe@example.com" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestMaskedOrNot(t *testing.T) {
	for text, want := range map[string]string{
		"pay to GB29 NWBK 6016 1331 9268 19 PLEASE":    "pay to {iban_1} PLEASE",
		"FR1420041010050500013M02606 is mine":          "{iban_1} is mine",
		"DE89 3704 0044 0532 0130 01 is none":          "DE89 3704 0044 0532 0130 01 is none", // its check digits are wrong
		"we are at 12 N. Main St. and pay well":        "we are at {address_1} and pay well",
		"au 10 bis rue de la Paix, 75002 Paris":        "au {address_1}",
		"Calle Mayor 5, 28013 Madrid, Spain":           "{address_1}, Spain",
		"Musterstr. 7 in Köln":                         "{address_1} in Köln",
		"Via Roma, 10":                                 "{address_1}",
		"a remote job in Berlin, Germany":              "a remote job in Berlin, Germany",
		"3 Main Features, 2 Dashboards and 1 API":      "3 Main Features, 2 Dashboards and 1 API",
		"an app for 24 Hour Fitness, iOS 17 Swift":     "an app for 24 Hour Fitness, iOS 17 Swift",
		"AB12 CD34 is our SKU; 5 drive bays; 40 h":     "AB12 CD34 is our SKU; 5 drive bays; 40 h",
		"ISO 27001, C++20, 5 years, $25-40, 2026-03-2": "ISO 27001, C++20, 5 years, $25-40, 2026-03-2",
	} {
		server := modeltest.NewServer(t, modeltest.Answer("Yes."))
		r := model.Request{Purpose: model.JobPost, Instructions: "x", History: []model.Message{{Role: "user", Text: text}}}
		if _, _, err := ask(t, untrusted(t, server, false), r); err != nil {
			t.Fatal(err)
		}
		if got := first(t, server).Messages[1].Content; got != want {
			t.Errorf("%q was sent as %q, want %q", text, got, want)
		}
	}
}
