package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// TestAMessageIsReviewed goes through all that happens to a message, with the
// rules and the classifier of the binary.
func TestAMessageIsReviewed(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		site := newReceiver(t)
		m := &moderated{hook: site.url, env: env}
		s := startServer(t, testConfig(t, m.write(t)))
		s.settings(t, shopKey, ruledByWords())

		if a := s.check(t, "clean", "The export drops the last row. Could you look at it tomorrow?", http.StatusOK); a.Decision != "deliver" || a.Case != "" {
			t.Fatalf("a clean message: %+v", a)
		}
		held := s.check(t, "held", "Some "+heldWord+" for you", http.StatusOK)
		if held.Decision != "hold" || held.Case == "" || held.Rule != "test.held@3" || held.Notice == "" {
			t.Fatalf("held: %+v", held)
		}
		blocked := s.check(t, "blocked", "The "+blockedWord+" is yours", http.StatusOK)
		s.check(t, "reviewed", reviewedWord+" it is", http.StatusOK)

		var page struct {
			Cases []struct {
				ID      string
				Message struct{ ID, Text string }
				Verdict struct{ Marks []struct{ Start, End int } }
			}
			Next string
		}
		s.get(t, "/v1/moderation/cases?limit=2&oldest=true", shopKey, http.StatusOK, &page)
		if len(page.Cases) != 2 || page.Cases[0].ID != held.Case || page.Next == "" || page.Cases[0].Verdict.Marks[0].Start != len("Some ") {
			t.Errorf("the first page: %+v", page)
		}
		first := page.Next
		page.Next = ""
		s.get(t, "/v1/moderation/cases?limit=2&oldest=true&after="+first, shopKey, http.StatusOK, &page)
		if len(page.Cases) != 1 || page.Cases[0].Message.ID != "reviewed" || page.Next != "" {
			t.Errorf("the last page: %+v", page)
		}
		s.get(t, "/v1/moderation/cases?status=waiting&label=scam&channel=message&stage=rules&decision=hold&text=MALA", shopKey, http.StatusOK, &page)
		if len(page.Cases) != 1 || page.Cases[0].ID != held.Case {
			t.Errorf("filtered: %+v", page)
		}

		d := s.caseOf(t, held.Case)
		if d.Case.Status != "waiting" || d.Case.Deadline.IsZero() || len(d.Rules) != 1 || d.Rules[0].Strength != "likely" || len(d.Policies) != 1 ||
			!strings.Contains(d.Policies[0].Text, "#") || d.Notice != held.Notice || len(d.History) != 1 {
			t.Errorf("the case: %+v", d)
		}
		path := "/v1/moderation/cases/" + held.Case
		s.do(t, "POST", path+"/assign", shopKey, object{"version": d.Case.Version, "assignee": "ada"}, http.StatusBadRequest, nil)
		s.do(t, "POST", path+"/assign", shopKey, object{"version": d.Case.Version, "assignee": "api"}, http.StatusOK, &d)
		if d.Case.Assignee != "api" {
			t.Errorf("assigned: %+v", d.Case)
		}
		decision := object{"version": d.Case.Version, "decision": "deliver", "labels": []string{}, "note": "It is a colour."}
		s.do(t, "POST", path+"/decide", shopKey, decision, http.StatusOK, &d)
		s.do(t, "POST", path+"/decide", shopKey, decision, http.StatusOK, &d) // a repeated request
		if d.Case.Status != "decided" || d.Case.Verdict.Decision != "deliver" || len(d.History) != 3 || d.History[2].Actor != "api" || d.History[2].Note != "It is a colour." {
			t.Errorf("decided: %+v", d)
		}
		if again := s.check(t, "held", "Some "+heldWord+" for you", http.StatusOK); again.Decision != "deliver" || again.Stage != "reviewer" || again.Case != held.Case || again.Notice != "" {
			t.Errorf("asked about again: %+v", again)
		}
		decision["note"] = "another"
		s.do(t, "POST", path+"/decide", shopKey, decision, http.StatusConflict, nil)
		s.do(t, "POST", path+"/decide", shopKey, object{"version": d.Case.Version, "decision": "block"}, http.StatusBadRequest, nil)
		s.do(t, "POST", path+"/decide", shopKey, object{"version": d.Case.Version, "decision": "hold", "labels": []string{"scam"}}, http.StatusBadRequest, nil)
		s.do(t, "POST", path+"/decide", shopKey, object{"version": d.Case.Version, "decison": "deliver"}, http.StatusBadRequest, nil)
		eventually(t, "the site is told", func() bool { return len(site.of("held")) == 1 })

		s.do(t, "POST", path+"/undo", shopKey, object{"version": d.Case.Version}, http.StatusOK, &d)
		if d.Case.Status != "waiting" || d.Case.Verdict.Decision != "hold" {
			t.Errorf("undone: %+v", d.Case)
		}
		s.do(t, "POST", path+"/decide", shopKey, object{"version": d.Case.Version, "decision": "block", "labels": []string{"spam", "scam"}}, http.StatusOK, &d)
		eventually(t, "the site is told of the undoing and of the other decision", func() bool { return len(site.of("held")) == 3 })

		s.appealed(t, blocked)
		s.figures(t)
		var deliveries struct{ Deliveries []struct{ ID, Status string } }
		eventually(t, "all is delivered", func() bool {
			s.get(t, "/v1/moderation/webhooks?status=delivered", shopKey, http.StatusOK, &deliveries)
			return len(deliveries.Deliveries) == 4
		})
		before := site.tried()
		s.do(t, "POST", "/v1/moderation/webhooks/"+deliveries.Deliveries[0].ID+"/redeliver", shopKey, object{}, http.StatusOK, nil)
		eventually(t, "it is sent again", func() bool { return site.tried() == before+1 })
		s.get(t, "/v1/moderation/webhooks", shopKey, http.StatusOK, &deliveries)
		if len(deliveries.Deliveries) != 0 || site.forged != 0 {
			t.Errorf("given up: %+v; %d forged", deliveries, site.forged)
		}
		s.do(t, "POST", "/v1/moderation/webhooks/none/redeliver", shopKey, object{}, http.StatusNotFound, nil)
	})
}

// appealed has a decision appealed, and a person follow it.
func (s *server) appealed(t *testing.T, blocked answer) {
	t.Helper()
	appeal := func(message, text string, want int) {
		t.Helper()
		s.do(t, "POST", "/v1/moderation/appeals", shopKey, object{"message_id": message, "text": text}, want, nil)
	}
	appeal("blocked", "It is the name of our shop.", http.StatusOK)
	appeal("blocked", "It is the name of our shop.", http.StatusOK)
	appeal("blocked", "And of our street.", http.StatusConflict)
	appeal("blocked", "", http.StatusBadRequest)
	appeal("clean", "Why?", http.StatusNotFound)
	appeal("reviewed", "Why?", http.StatusBadRequest)
	var page struct{ Cases []struct{ ID string } }
	s.get(t, "/v1/moderation/cases?appealed=true", shopKey, http.StatusOK, &page)
	if len(page.Cases) != 1 || page.Cases[0].ID != blocked.Case {
		t.Errorf("appeals: %+v", page)
	}
	d := s.caseOf(t, blocked.Case)
	s.do(t, "POST", "/v1/moderation/cases/"+blocked.Case+"/decide", shopKey, object{"version": d.Case.Version, "decision": "deliver", "labels": []string{}}, http.StatusOK, nil)
}

// figures looks at what can be counted after two decisions.
func (s *server) figures(t *testing.T) {
	t.Helper()
	var counts struct {
		Status  map[string]int
		Appeals int
		Days    []struct{ Entries map[string]int }
	}
	s.get(t, "/v1/moderation/counts", shopKey, http.StatusOK, &counts)
	if counts.Status["decided"] != 2 || counts.Status["waiting"] != 1 || counts.Appeals != 0 || len(counts.Days) == 0 || counts.Days[len(counts.Days)-1].Entries["reviewed"] == 0 {
		t.Errorf("counts: %+v", counts)
	}
	var agreement struct {
		Reviews int
		Periods []struct {
			Cases int
			Any   struct{ Machine struct{ Kept, Removed int } }
		}
	}
	s.get(t, "/v1/moderation/agreement?bucket=month", shopKey, http.StatusOK, &agreement)
	if agreement.Reviews != 2 || len(agreement.Periods) == 0 || agreement.Periods[0].Any.Machine.Kept+agreement.Periods[0].Any.Machine.Removed == 0 {
		t.Errorf("agreement: %+v", agreement)
	}
	_, lines := s.get(t, "/v1/moderation/reviews.jsonl", shopKey, http.StatusOK, nil)
	labels := map[string][]string{}
	for line := range strings.Lines(string(lines)) {
		var l struct {
			ID     string
			Text   string
			Labels []string
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil || l.Text == "" {
			t.Fatalf("%v: %s", err, line)
		}
		labels[l.ID] = l.Labels
	}
	if len(labels) != 2 || len(labels["held"]) != 2 || labels["blocked"] == nil || len(labels["blocked"]) != 0 {
		t.Errorf("training lines: %s", lines)
	}
	var policies struct {
		Policies []struct{ Label, Title, Notice string }
	}
	s.get(t, "/v1/moderation/policies?locale=es", shopKey, http.StatusOK, &policies)
	if len(policies.Policies) != 10 || !strings.Contains(policies.Policies[0].Notice, "apelar") || strings.HasPrefix(policies.Policies[0].Title, "#") {
		t.Errorf("policies: %+v", policies)
	}
	s.get(t, "/v1/moderation/settings?effective=true", shopKey, http.StatusOK, nil)
}

// TestTheCascadeOfTheBinary asks about messages that nobody disputes.
func TestTheCascadeOfTheBinary(t *testing.T) {
	s := startServer(t, twoSitesConfig(t, nil))
	for text, clean := range map[string]bool{
		"Let us leave this site: write me on WhatsApp, +44 7700 900123, and we settle it there.": false,
		"The invoice export drops the last row. Could you look tomorrow?":                        true,
		"Please kill the stale process and restart the queue worker before the demo.":            true,
	} {
		if a := s.check(t, text[:9], text, http.StatusOK); (a.Decision == "deliver") != clean {
			t.Errorf("%s: %+v", text, a)
		}
	}
	_, metrics := s.get(t, "/metrics", "", http.StatusOK, nil)
	for _, want := range []string{`parley_moderation_seconds_count{channel="message",decision="deliver",event="checked"`, `parley_moderation_labels_total{decision=`} {
		if !strings.Contains(string(metrics), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestLogsHoldNoWordsOfMessages(t *testing.T) {
	m := &moderated{hook: newReceiver(t).url, env: map[string]string{"PARLEY_LOG": "debug"}}
	s := startServer(t, testConfig(t, m.write(t)))
	s.settings(t, shopKey, ruledByWords())
	a := s.check(t, "m1", "Zanzibar quokkas want "+heldWord, http.StatusOK)
	s.do(t, "POST", "/v1/moderation/check", shopKey, `{"id":"m2","text":"zanzibar quokkas"}`+"\n"+`{"quokka":`, http.StatusOK, nil)
	s.get(t, "/v1/moderation/cases?text=quokka", shopKey, http.StatusOK, nil)
	s.do(t, "POST", "/v1/moderation/cases/"+a.Case+"/decide", shopKey, object{"version": 1, "decision": "block", "labels": []string{"scam"}, "note": "quokkas again"}, http.StatusOK, nil)
	s.do(t, "POST", "/v1/moderation/appeals", shopKey, object{"message_id": "m1", "text": "Quokkas are harmless"}, http.StatusOK, nil)
	s.get(t, "/v1/moderation/reviews.jsonl", shopKey, http.StatusOK, nil)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"quokka", "Quokka", "anzibar", heldWord, shopKey, hookSecret} {
		if strings.Contains(s.logs.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}

func TestWrongConfigurationsOfModeration(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"a folder that is not there": {"moderation: {rules: /nowhere/at/all}", "/nowhere/at/all is no folder"},
		"a file":                     {"moderation: {rules: /dev/null}", "/dev/null is no folder"},
		"fewer than no calls":        {"moderation: {judge: {calls: -1}}", "moderation.judge.calls"},
		"less than no time":          {"moderation: {judge: {timeout: -1s}}", "moderation.judge.timeout"},
		"an unknown field":           {"moderation: {jugde: {}}", "jugde"},
	} {
		_, err := LoadConfig(writeConfig(t, c.file), environment(nil))
		if !errors.Is(err, errConfig) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
