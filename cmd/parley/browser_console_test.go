package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/operators"
)

// TestConsole runs the scenarios of the console in a real Chromium against the
// real server, with some weeks of decisions behind it. See needBrowser.
func TestConsole(t *testing.T) {
	needBrowser(t)
	out, err := runNode(t, []string{"--test", "--test-concurrency=1", "e2e/console-scenarios.mjs"}, newConsole(t)...)
	switch {
	case err != nil:
		t.Errorf("%v\n%s", err, out)
	case !strings.Contains(out, "# pass ") && !strings.Contains(out, "ℹ pass "):
		t.Errorf("no scenario ran:\n%s", out)
	default:
		t.Log(out)
	}
}

// TestConsoleScreenshots takes the console's pictures, as TestScreenshots does the others.
func TestConsoleScreenshots(t *testing.T) {
	if os.Getenv("PARLEY_SCREENSHOTS") == "" {
		t.Skip("no pictures taken: PARLEY_SCREENSHOTS names no folder")
	}
	needBrowser(t)
	if out, err := runNode(t, []string{"e2e/console-screenshots.mjs"}, newConsole(t)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// newConsole starts a server of two sites whose shop has been moderated for some
// weeks, and returns what the scenarios must know of it.
func newConsole(t *testing.T) (env []string) {
	t.Helper()
	cfg := twoSitesConfig(t, nil)
	clock := &movedClock{}
	cfg.now = clock.now
	tokens := hire(t, cfg,
		operators.Operator{Name: "Ada Obi", Email: "ada@shop.example", Role: operators.Reviewer, Sites: []string{"shop"}},
		operators.Operator{Name: "Ben Ruiz", Email: "ben@shop.example", Role: operators.Reviewer, Sites: []string{"shop"}},
		operators.Operator{Name: "Vic Tran", Email: "vic@shop.example", Role: operators.Viewer, Sites: []string{"shop"}},
		operators.Operator{Name: "Noa Levi", Email: "noa@parley.example", Role: operators.Admin},
		operators.Operator{Name: "Eve Holm", Email: "eve@shop.example", Role: operators.Reviewer, Sites: []string{"shop"}},
	)
	again := tokenOf(t, cfg, "ada@shop.example")
	s := startServer(t, cfg)
	cases := s.moderateWeeks(t, clock)
	s.lookAgain(t, s.signIn(t, tokens[4]), cases)
	return []string{
		"PARLEY_URL=" + s.base, "PARLEY_CONSOLE_KEY=" + shopKey,
		"PARLEY_CONSOLE_TOKENS=" + strings.Join(append(tokens[:4], again), ","),
	}
}

// tokenOf is another one-time token of an operator.
func tokenOf(t *testing.T, cfg Config, who string) string {
	t.Helper()
	storage, err := openStorage(t.Context(), cfg, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	defer storage.close()
	desk, err := operators.NewDesk(operators.Config{Store: storage.staff})
	if err != nil {
		t.Fatal(err)
	}
	found, err := desk.Find(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	token, err := desk.Token(t.Context(), found.ID)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// brazen messages break a policy, innocent ones look as if they did.
var (
	brazen = []string{
		"Write to studio%d@example.com, then the site keeps nothing of it.",
		"My number is +44 7700 9001%02d, call me there and we settle the price.",
		"Pay half of it by PayPal to me directly, invoice %d comes by mail, no fee for both of us.",
		"Please buy gift cards for %d euros first and send me the codes, you get it back.",
		"We need %d five-star reviews from different accounts until Friday.",
	}
	innocent = []string{
		"The footer needs the number 555 01%02d, the one on the business card.",
		"The PayPal button of order %d fails in the sandbox, the log is in the repository.",
		"Kill worker %d before the demo, it hangs again.",
	}
)

// moderateWeeks has the shop's messages moderated over ten weeks that end now, and
// each case decided by the site. It returns some of them.
func (s *server) moderateWeeks(t *testing.T, clock *movedClock) (some []string) {
	t.Helper()
	const weeks, messages = 10, 14
	clock.forward(-weeks * 7 * 24 * time.Hour)
	for n := range weeks * messages {
		waits := time.Duration(4+n%9*6) * time.Minute
		clock.forward(7*24*time.Hour/messages - waits)
		text := fmt.Sprintf(brazen[n%len(brazen)], n)
		harmless := n%4 == 3
		if harmless {
			text = fmt.Sprintf(innocent[n/4%len(innocent)], n%100)
		}
		a := s.check(t, fmt.Sprint("past-", n), text, http.StatusOK)
		clock.forward(waits)
		if a.Case == "" {
			continue // delivered at once
		}
		// Early on the machine is wrong more often than later.
		wrong := harmless || n%(5+n/8) == 0
		decision := object{"version": 1, "decision": "block", "labels": a.Labels, "note": ""}
		if wrong {
			decision = object{"version": 1, "decision": "deliver", "labels": []string{}, "note": "It belongs to the work."}
		}
		s.do(t, "POST", "/v1/moderation/cases/"+a.Case+"/decide", shopKey, decision, http.StatusOK, nil)
		if len(a.Labels) > 0 && n%7 == 0 {
			some = append(some, a.Case)
		}
	}
	return some
}

// lookAgain has somebody decide cases a second time, not always as before.
func (s *server) lookAgain(t *testing.T, who signedIn, cases []string) {
	t.Helper()
	for n, id := range cases {
		d := s.caseOf(t, id)
		decision := object{"version": d.Case.Version, "decision": d.Case.Verdict.Decision, "labels": d.Case.Verdict.Labels, "note": "A second look."}
		if n%6 == 0 {
			decision["decision"], decision["labels"] = "block", []string{"contact_exchange"}
		}
		s.console(t, who, "POST", "/v1/moderation/cases/"+id+"/decide?site=shop", decision, http.StatusOK)
	}
}
