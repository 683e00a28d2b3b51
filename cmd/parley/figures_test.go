package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/figures"
	"github.com/parleyhq/parley/web/operators"
)

// paidModel is a configuration of two sites whose job posts a model writes that
// costs something, within a budget of the shop's and one of all sites.
const paidModel = twoSites + `
models:
  endpoints: {echo: {base_url: '%s'}, gone: {base_url: 'http://127.0.0.1:9/v1', retries: 0}}
  purposes:
    job_post: [{endpoint: gone, model: lost}, {endpoint: echo, model: repeats}]
  prices:
    - {model: repeats, from: 2020-01-01, input: '2', output: '8', currency: USD}
    - {model: lost, from: 2020-01-01, input: '1', output: '1', currency: USD}
  budgets:
    - {tenant: shop, purpose: job_post, amount: '50', currency: USD, per: month}
    - {amount: '100', currency: USD, per: day}
`

func paidConfig(t *testing.T, env map[string]string) Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, fmt.Appendf(nil, paidModel, newEcho(t).url), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"PARLEY_CONFIG": file}
	for k, v := range env {
		all[k] = v
	}
	return twoSitesConfig(t, all)
}

func (s *server) figuresOf(t *testing.T, key, query string) figures.Report {
	t.Helper()
	var r figures.Report
	s.get(t, "/v1/console/figures?"+query, key, http.StatusOK, &r)
	return r
}

// Real turns are told alike by figures, /metrics and the ledger.
func TestFiguresAgreeWithMetrics(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := paidConfig(t, env)
		s := startServer(t, cfg)
		ann := newPerson(t, s, "shop", userToken(t, cfg, "shop", "ann", sessions.RoleClient))
		ben := newPerson(t, s, "shop", userToken(t, cfg, "shop", "ben", sessions.RoleClient))
		newPerson(t, s, "other", userToken(t, cfg, "other", "cat", sessions.RoleClient))
		c := dial(t, s, "shop", object{"token": ben.token, "session": ben.session})
		c.say("React and Figma, at most 30 hours a week")
		c.ws.Close()
		s.do(t, "POST", "/v1/feedback?site=shop", ann.token, object{"session": ann.session, "response_id": ann.response, "rating": "down", "reason": "Too long"}, http.StatusNoContent, nil)

		var shop, other figures.Report
		eventually(t, "all calls are counted", func() bool { // calls are written in the background
			shop, other = s.figuresOf(t, shopKey, "span=24h"), s.figuresOf(t, otherKey, "span=24h")
			// Calls alone may agree while a turn's are still being written on either side.
			return shop.Now.Calls+other.Now.Calls == s.count(t, "parley_model_call_seconds_count", "") &&
				shop.Now.Failed+other.Now.Failed == s.count(t, "parley_model_call_seconds_count", `outcome="unavailable"`) &&
				int(shop.Now.Input+other.Now.Input) == s.count(t, "parley_model_tokens_total", `direction="in"`) &&
				shop.Now.Fallbacks == shop.Now.Failed && shop.Now.Turns == 3 && other.Now.Turns == 1
		})
		for what, c := range map[string]struct{ got, want int }{
			"turns":          {shop.Now.Turns + other.Now.Turns, s.count(t, "parley_turn_seconds_count", "")},
			"of the shop":    {shop.Now.Turns, 3},
			"completed":      {shop.Now.Outcomes["completed"] + other.Now.Outcomes["completed"], s.count(t, "parley_turn_seconds_count", `status="completed"`)},
			"job posts":      {shop.Now.Workflows["job_post"] + other.Now.Workflows["job_post"], s.count(t, "parley_turn_seconds_count", `route="job_post"`)},
			"failed calls":   {shop.Now.Failed + other.Now.Failed, s.count(t, "parley_model_call_seconds_count", `outcome="unavailable"`)},
			"tokens in":      {int(shop.Now.Input + other.Now.Input), s.count(t, "parley_model_tokens_total", `direction="in"`)},
			"tokens out":     {int(shop.Now.Output + other.Now.Output), s.count(t, "parley_model_tokens_total", `direction="out"`)},
			"conversations":  {shop.Now.Sessions, 2},
			"disliked":       {shop.Now.Down, 1},
			"fallbacks":      {shop.Now.Fallbacks, shop.Now.Failed},
			"another's cost": {min(1, int(other.Now.Cost["USD"])), 1},
		} {
			if c.got != c.want {
				t.Errorf("%s: %d, want %d", what, c.got, c.want)
			}
		}
		if shop.Now.Failed == 0 || shop.Now.Cost["USD"] == 0 || shop.Now.FirstText.P50 == nil {
			t.Errorf("nothing was compared: %+v", shop.Now)
		}
		s.tellsBudgets(t, cfg, shop.Now.Cost["USD"])
		s.tellsDetails(t, shop.Now.Failed)
	})
}

// tellsBudgets compares what is spent with what calls cost.
func (s *server) tellsBudgets(t *testing.T, cfg Config, cost int64) {
	t.Helper()
	var told struct {
		Budgets   []figures.BudgetState
		Endpoints []struct{ Name, Circuit string }
	}
	s.get(t, "/v1/console/figures/budgets", shopKey, http.StatusOK, &told)
	if len(told.Budgets) != 1 || told.Budgets[0].Purpose != string(model.JobPost) || told.Budgets[0].Spent != cost || told.Budgets[0].Left != 50_000_000-cost {
		t.Errorf("budgets of the shop, where %d was spent: %+v", cost, told.Budgets)
	}
	if len(told.Endpoints) != 2 || told.Endpoints[0].Name != "echo" || told.Endpoints[0].Circuit != "closed" {
		t.Errorf("endpoints: %+v", told.Endpoints)
	}
}

func (s *server) tellsDetails(t *testing.T, failed int) {
	t.Helper()
	var told figures.Details
	s.get(t, "/v1/console/figures/details", shopKey, http.StatusOK, &told)
	if len(told.Failures) != failed || told.Failures[0].Code != "unavailable" || told.Failures[0].Endpoint != "gone" || told.Failures[0].Session == "" {
		t.Errorf("failures, of which there were %d: %+v", failed, told.Failures)
	}
	if len(told.Reasons) != 1 || told.Reasons[0].Reason != "Too long" {
		t.Errorf("reasons: %+v", told.Reasons)
	}
}

// count adds a metric's series up whose labels contain some text.
func (s *server) count(t *testing.T, name, labels string) (sum int) {
	t.Helper()
	response, err := s.http.Get(s.base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		series, value, _ := strings.Cut(lines.Text(), "} ")
		if !strings.HasPrefix(series, name+"{") || !strings.Contains(series, labels) {
			continue
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		sum += int(n)
	}
	return sum
}

func TestFiguresBelongToTheirSite(t *testing.T) {
	leaks(t)
	onDatabases(t, func(t *testing.T, env map[string]string) {
		cfg := paidConfig(t, env)
		tokens := hire(t, cfg,
			operators.Operator{Name: "Vera", Role: operators.Viewer, Sites: []string{"shop"}},
			operators.Operator{Name: "Otto", Role: operators.Admin, Sites: []string{"other"}},
			operators.Operator{Name: "Ada", Role: operators.Viewer})
		s := startServer(t, cfg)
		newPerson(t, s, "shop", userToken(t, cfg, "shop", "ann", sessions.RoleClient))
		vera, otto, ada := s.signIn(t, tokens[0]), s.signIn(t, tokens[1]), s.signIn(t, tokens[2])
		for _, route := range []string{"", "/details", "/budgets"} {
			path := "/v1/console/figures" + route
			s.console(t, vera, "GET", path+"?site=shop", nil, http.StatusOK)
			s.console(t, vera, "GET", path+"?site=other", nil, http.StatusForbidden)
			s.console(t, otto, "GET", path+"?site=shop", nil, http.StatusForbidden)
			s.get(t, path, "", http.StatusUnauthorized, nil)
			s.get(t, path, userToken(t, cfg, "shop", "ann", sessions.RoleClient), http.StatusUnauthorized, nil)
		}
		if r := s.figuresOf(t, otherKey, ""); r.Now.Turns != 0 || len(r.ByModel) != 0 {
			t.Errorf("another site sees %+v", r.Now)
		}
		for who, want := range map[*signedIn]int{&vera: 1, &ada: 2} { // only who sees all sites is told what all spend
			_, body := s.console(t, *who, "GET", "/v1/console/figures/budgets?site=shop", nil, http.StatusOK)
			var told struct{ Budgets []figures.BudgetState }
			if err := json.Unmarshal(body, &told); err != nil || len(told.Budgets) != want {
				t.Errorf("budgets, want %d: %v, %s", want, err, body)
			}
		}
	})
}

func TestFiguresOfSpans(t *testing.T) {
	s := startServer(t, twoSitesConfig(t, nil))
	for query, want := range map[string]int{
		"":                              28,
		"span=24h":                      24,
		"span=30d&time_zone=Asia/Tokyo": 30,
		"from=2026-03-29&to=2026-03-29&time_zone=Europe/Madrid":            23, // clocks go forward
		"from=2026-10-25&to=2026-10-25&time_zone=Europe/Madrid":            25, // and back
		"from=2026-01-01&to=2026-03-31":                                    90,
		"from=2026-01-01&to=2026-01-03&bucket=day&time_zone=Asia/Kolkata":  3,
		"from=2026-01-01&to=2026-01-05&time_zone=Asia/Kathmandu&model=any": 20,
	} {
		if r := s.figuresOf(t, shopKey, query); len(r.Periods) != want {
			t.Errorf("%q: %d periods, want %d", query, len(r.Periods), want)
		}
	}
	for query, says := range map[string]string{
		"span=1y":                                   "span is 24h, 7d or 30d",
		"span=7d&from=2026-01-01":                   "or give from and to",
		"from=2026-01-01":                           "from and to are days",
		"from=yesterday&to=2026-01-01":              "from and to are days",
		"from=2026-01-02&to=2025-12-01":             "from must be before to",
		"from=2026-01-01&to=2026-06-01":             "at most 92 days",
		"from=2026-01-01&to=2026-03-01&bucket=hour": "choose longer ones",
		"bucket=minute":                             "bucket is hour",
		"time_zone=Moon/Crater":                     "time_zone is a name",
		"time_zone=Local":                           "time_zone is a name",
		"time_zone=../../etc/passwd":                "time_zone is a name",
	} {
		var p struct{ Detail string }
		s.get(t, "/v1/console/figures?"+query, shopKey, http.StatusBadRequest, &p)
		if !strings.Contains(p.Detail, says) {
			t.Errorf("%q: %s", query, p.Detail)
		}
	}
}
