package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTheJudgeFails has the judge stall, talk nonsense and refuse: what it does
// not decide goes the way that the site chose, and to people.
func TestTheJudgeFails(t *testing.T) {
	leaks(t)
	judge := newJudgeServer(t)
	m := &moderated{judge: judge.url}
	s := startServer(t, testConfig(t, m.write(t)))
	settings := ruledByWords()
	for _, c := range []struct{ mood, down, decision, says string }{
		{"stalls", "deliver_and_review", "deliver_and_review", "no answer in time"},
		{"rambles", "deliver_and_review", "deliver_and_review", "not usable"},
		{"refuses", "deliver_and_review", "deliver_and_review", "unavailable"},
		{"stalls", "hold", "hold", "no answer in time"},
		{"rambles", "hold", "hold", "not usable"},
	} {
		judge.be(c.mood)
		settings["judge"] = object{"down": c.down, "share": 1}
		s.settings(t, shopKey, settings)
		a := s.check(t, c.mood+"-"+c.down, fmt.Sprintf("A %s judge, %s and %s", c.mood, c.down, reviewedWord), http.StatusOK)
		if !a.Judging || a.Decision != "deliver_and_review" {
			t.Errorf("%+v: asked about: %+v", c, a)
		}
		d := s.becomes(t, a.Case, c.mood+" is noticed", func(d detail) bool { return d.Case.Status == "waiting" })
		last := d.History[len(d.History)-1]
		if d.Case.Verdict.Decision != c.decision || last.Actor != "judge" || !strings.Contains(last.Note, c.says) || (c.decision == "hold") == d.Case.Deadline.IsZero() {
			t.Errorf("%+v: %+v", c, d)
		}
	}
	// And when it comes to its senses, it decides.
	judge.be("")
	cleared := s.check(t, "cleared", "An "+clearedWord+" "+reviewedWord, http.StatusOK)
	confirmed := s.check(t, "confirmed", "A "+confirmedWord+" "+heldWord, http.StatusOK)
	unsure := s.check(t, "unsure", "A "+unsureWord+" "+heldWord, http.StatusOK)
	if cleared.Decision != "deliver_and_review" || confirmed.Decision != "hold" || unsure.Decision != "hold" {
		t.Errorf("meanwhile: %+v, %+v, %+v", cleared, confirmed, unsure)
	}
	s.becomes(t, cleared.Case, "one is cleared", func(d detail) bool { return d.Case.Verdict.Decision == "deliver" && d.Case.Verdict.Stage == "judge" })
	d := s.becomes(t, confirmed.Case, "one is confirmed", func(d detail) bool { return d.Case.Verdict.Decision == "block" })
	if d.Case.Verdict.Reason != "It asks for money in advance." || d.Case.Verdict.Labels[0] != "scam" {
		t.Errorf("confirmed: %+v", d.Case)
	}
	s.becomes(t, unsure.Case, "one goes to people", func(d detail) bool { return d.Case.Status == "waiting" && d.Case.Verdict.Decision == "hold" })
}

// TestRulesBreakWhileServing breaks the folder of rules under a running server:
// the rules in force stay, and the fault is told.
func TestRulesBreakWhileServing(t *testing.T) {
	leaks(t)
	m := &moderated{}
	s := startServer(t, testConfig(t, m.write(t)))
	s.settings(t, shopKey, ruledByWords())
	file := filepath.Join(m.rules, "words.yaml")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type body struct {
		Version string
		Rules   []struct{ ID string }
		Errors  []string
	}
	look := func(what string, fits func(body) bool) (b body) {
		t.Helper()
		eventually(t, what, func() bool {
			b = body{}
			s.get(t, "/v1/moderation/rules", shopKey, http.StatusOK, &b)
			return fits(b)
		})
		return b
	}
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	blocks := func() bool {
		n++
		return s.check(t, fmt.Sprint("rule", n), "One more "+blockedWord, http.StatusOK).Decision == "block"
	}
	before := look("no faults", func(b body) bool { return len(b.Errors) == 0 && len(b.Rules) > 3 })
	write(string(good[:len(good)/2]))
	broken := look("the fault is told", func(b body) bool { return len(b.Errors) > 0 })
	if broken.Version != before.Version || !strings.Contains(broken.Errors[0], "words.yaml") || !blocks() {
		t.Errorf("with a broken file: %s, was %s: %v", broken.Version, before.Version, broken.Errors)
	}
	// A rule whose own tests fail is refused as well.
	write(strings.Replace(string(good), "["+blockedWord+"]", "[pyrite]", 1))
	look("the failing rule is told", func(b body) bool { return len(b.Errors) > 0 && strings.Contains(b.Errors[0], "test.blocked") })
	if !blocks() {
		t.Error("a rule that fails its tests is in force")
	}
	write(strings.ReplaceAll(string(good), "strength: certain", "strength: likely"))
	mended := look("the new rules are in force", func(b body) bool { return len(b.Errors) == 0 && b.Version != before.Version })
	if blocks() {
		t.Errorf("the new rules do not count: %+v", mended.Version)
	}
}

// TestTheQueueIsDown takes PostgreSQL away under a running server: clean
// messages go on, others wait, and afterwards each is there once.
func TestTheQueueIsDown(t *testing.T) {
	leaks(t)
	database := newProxy(t, testDatabase(t))
	m := &moderated{env: map[string]string{"DATABASE_URL": database.url}}
	s := startServer(t, testConfig(t, m.write(t)))
	s.settings(t, shopKey, ruledByWords())
	known := s.check(t, "known", "The "+heldWord, http.StatusOK)

	database.cut()
	for range 3 {
		response, body := s.do(t, "POST", "/v1/moderation/check", shopKey, object{"id": "new", "text": "A new " + heldWord}, http.StatusServiceUnavailable, nil)
		if response.Header.Get("Retry-After") == "" || !strings.Contains(string(body), `"temporary":true`) {
			t.Errorf("without a database: %s", body)
		}
	}
	s.do(t, "POST", "/v1/moderation/check", shopKey, object{"id": "known", "text": "The " + heldWord}, http.StatusServiceUnavailable, nil)
	if a := s.check(t, "clean", "Good morning, shall we begin?", http.StatusOK); a.Decision != "deliver" {
		t.Errorf("a clean message: %+v", a)
	}
	batch := `{"id":"b1","text":"Hello"}` + "\n" + `{"id":"b2","text":"The ` + heldWord + `"}` + "\n" + `{"id":"b3","text":"Bye"}`
	_, lines := s.do(t, "POST", "/v1/moderation/check", shopKey, batch, http.StatusOK, nil)
	if strings.Count(string(lines), `"decision":"deliver"`) != 2 || !strings.Contains(string(lines), `{"line":2,"id":"b2","error":{"code":"unavailable"`) {
		t.Errorf("a batch: %s", lines)
	}
	s.get(t, "/v1/moderation/cases", shopKey, http.StatusServiceUnavailable, nil)
	s.do(t, "POST", "/v1/moderation/cases/"+known.Case+"/decide", shopKey, object{"version": 1, "decision": "deliver"}, http.StatusServiceUnavailable, nil)

	database.mend()
	eventually(t, "the server is ready again", func() bool {
		response, err := s.http.Get(s.base + "/readyz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	first := s.check(t, "new", "A new "+heldWord, http.StatusOK)
	a := s.check(t, "new", "A new "+heldWord, http.StatusOK)
	if a.Decision != "hold" || a.Case == "" || a.Case != first.Case {
		t.Errorf("afterwards: %+v, %+v", first, a)
	}
	var page struct {
		Cases []struct{ Message struct{ ID string } }
	}
	s.get(t, "/v1/moderation/cases", shopKey, http.StatusOK, &page)
	var ids []string
	for _, c := range page.Cases {
		ids = append(ids, c.Message.ID)
	}
	slices.Sort(ids)
	if !slices.Equal(ids, []string{"known", "new"}) {
		t.Errorf("cases: %v", ids)
	}
}

// TestAKilledServerLosesNoCase kills the real program while a judge is being
// asked and a site is to be told, and goes on with another process: every message
// is decided, the site hears of each release once, and nothing is held for ever.
func TestAKilledServerLosesNoCase(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		judge, site := newJudgeServer(t), newReceiver(t)
		m := &moderated{judge: judge.url, hook: site.url, env: env}
		all := m.write(t)
		p := command(t, all, "serve")
		s := &server{base: p.serving(t), http: &http.Client{Timeout: 30 * time.Second}}
		settings := ruledByWords()
		settings["judge"] = object{"meanwhile": "hold", "down": "hold", "share": 1}
		settings["hold"] = object{"hours": 1, "then": "block"}
		s.settings(t, shopKey, settings)

		site.refuse(true)
		early := s.check(t, "early", "An "+clearedWord+" "+reviewedWord, http.StatusOK)
		s.becomes(t, early.Case, "the judge clears one", func(d detail) bool { return d.Case.Verdict.Decision == "deliver" })
		eventually(t, "the site refuses to be told", func() bool { return site.tried() > 0 })

		judge.be("stalls")
		cases := map[string]string{}
		for i := range 20 {
			word := []string{clearedWord, confirmedWord, unsureWord, clearedWord}[i%4]
			id := fmt.Sprint("m", i)
			a := s.check(t, id, fmt.Sprintf("Number %d is %s: %s", i, word, reviewedWord), http.StatusOK)
			if a.Decision != "hold" || !a.Judging {
				t.Fatalf("%s: %+v", id, a)
			}
			cases[id] = a.Case
		}
		<-judge.stalled
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait() // killed
		judge.be("")
		site.refuse(false)

		clock := &site.clock
		clock.forward(time.Minute) // those that the dead process asked about count as abandoned
		cfg, err := LoadConfig("", environment(all))
		if err != nil {
			t.Fatal(err)
		}
		cfg.now = clock.now
		s = startServer(t, cfg)
		for i := range 20 {
			want := []string{"deliver", "block", "hold", "deliver"}[i%4]
			id := fmt.Sprint("m", i)
			s.becomes(t, cases[id], id+" is "+want, func(d detail) bool {
				return d.Case.Status != "judging" && d.Case.Verdict.Decision == want
			})
		}
		eventually(t, "the site is told of all", func() bool {
			return len(site.of("early")) == 1 && len(site.of("m0")) == 1 && len(site.of("m19")) == 1 && len(site.of("m17")) == 1
		})
		clock.forward(2 * time.Hour)
		// A decision has what is due looked after at once, and not at the next sweep.
		waker := s.check(t, "waker", "A "+blockedWord, http.StatusOK)
		s.do(t, "POST", "/v1/moderation/cases/"+waker.Case+"/decide", shopKey, object{"version": 1, "decision": "deliver"}, http.StatusOK, nil)
		for i := 2; i < 20; i += 4 {
			id := fmt.Sprint("m", i)
			s.becomes(t, cases[id], "the deadline decides "+id, func(d detail) bool {
				return d.Case.Status == "decided" && d.Case.Verdict.Decision == "block" && d.Case.Verdict.Stage == "deadline"
			})
			eventually(t, "the site is told of "+id, func() bool { return len(site.of(id)) == 1 })
		}
		for i := range 20 {
			want := []string{"deliver", "block", "block", "deliver"}[i%4]
			id := fmt.Sprint("m", i)
			told := site.of(id)
			if len(told) != 1 || !slices.Contains(values(told), want) {
				t.Errorf("%s: the site was told %v, want %s once", id, told, want)
			}
			if a := s.check(t, id, fmt.Sprintf("Number %d is %s: %s", i, []string{clearedWord, confirmedWord, unsureWord, clearedWord}[i%4], reviewedWord), http.StatusOK); a.Decision != want || a.Case != cases[id] {
				t.Errorf("%s, asked about again: %+v", id, a)
			}
		}
		if site.forged != 0 {
			t.Errorf("%d requests were not signed", site.forged)
		}
	})
}

func values(m map[string]string) (list []string) {
	for _, v := range m {
		list = append(list, v)
	}
	return list
}
