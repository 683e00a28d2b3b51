package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// visitor is a browser on the demo's site, as far as HTTP goes.
type visitor struct {
	t    testing.TB
	base string
	http *http.Client
}

// visit leads a new browser from Parley to the demo's site.
func (s *server) visit(t testing.TB) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, http: &http.Client{Jar: jar, Timeout: 2 * time.Minute, Transport: &http.Transport{}}}
	t.Cleanup(v.http.CloseIdleConnections)
	answer, err := v.http.Get(s.base + "/demo")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.Host == strings.TrimPrefix(s.base, "http://") {
		t.Fatalf("%s: %d", answer.Request.URL, answer.StatusCode)
	}
	v.base = "http://" + answer.Request.URL.Host
	return v
}

// page returns a page's text, which must come with this status.
func (v *visitor) page(path string, want int) string {
	v.t.Helper()
	answer, err := v.http.Get(v.base + path)
	return v.read(answer, err, want)
}

func (v *visitor) read(answer *http.Response, err error, want int) string {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		v.t.Fatalf("%s: %d, want %d: %v %.300s", answer.Request.URL, answer.StatusCode, want, err, body)
	}
	return string(body)
}

// is logs in.
func (v *visitor) is(person string) {
	v.t.Helper()
	answer, err := v.http.PostForm(v.base+"/login", url.Values{"person": {person}})
	v.read(answer, err, http.StatusOK)
}

// token is what the page's getToken returns.
func (v *visitor) token() string {
	v.t.Helper()
	var answer struct{ Token string }
	if err := json.Unmarshal([]byte(v.page("/parley-token", http.StatusOK)), &answer); err != nil || answer.Token == "" {
		v.t.Fatalf("no token: %v", err)
	}
	return answer.Token
}

// TestDemoSite goes the whole way as the three invented people.
func TestDemoSite(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		cfg := testConfig(t, env)
		s := startServer(t, cfg)
		ines, rui := s.visit(t), s.visit(t)
		ines.page("/parley-token", http.StatusUnauthorized)
		ines.is("u-1001")
		if home := ines.page("/", 200); !strings.Contains(home, "Ines Okafor") || strings.Count(home, `href="/jobs/`) < 10 || !strings.Contains(home, s.base+"/widget.js") {
			t.Errorf("home:\n%.2000s", home)
		}

		// She writes a post in the widget, which is on Parley's origin, and publishes it.
		chat := dial(t, s, demoTenant, object{"token": ines.token()})
		chat.say("I need a logo for a ship chandlery, with a ship, for 900 euros, within three weeks. Illustrator files and two colours.")
		version := chat.publish(t)
		address := chat.shown(version)
		path, found := strings.CutPrefix(address, ines.base)
		if !found || !strings.HasPrefix(path, "/jobs/") {
			t.Fatalf("the post stands at %s, and the site at %s", address, ines.base)
		}
		if strings.Contains(address, chat.session) {
			t.Errorf("the address names the conversation: %s", address)
		}
		title := chat.draft().Document
		var post struct{ Title string }
		if err := json.Unmarshal(title, &post); err != nil {
			t.Fatal(err)
		}
		if page := ines.page(path, 200); !strings.Contains(page, post.Title) || !strings.Contains(page, "EUR 900") {
			t.Errorf("the job's page:\n%s", page)
		}
		if received := ines.page("/received", 200); !strings.Contains(received, "Signature verified") || !strings.Contains(received, address) || !strings.Contains(received, "u-1001") {
			t.Errorf("what was received:\n%s", received)
		}

		// A freelancer gets help with just this job, from his own profile.
		rui.is("u-1002")
		rui.page("/people/u-1002", 200)
		job := rui.page(path, 200)
		id := regexp.MustCompile(`data-job-post-id="([^"]+)"`).FindStringSubmatch(job)
		if id == nil || !strings.Contains(job, "Help me apply") {
			t.Fatalf("the job's page says no id:\n%s", job)
		}
		apply := dial(t, s, demoTenant, object{"token": rui.token()})
		if apply.opened.Session.Role != sessions.RoleFreelancer {
			t.Errorf("he is a %s", apply.opened.Session.Role)
		}
		apply.write(object{"type": "message.create", "message_id": "m1", "text": "Help me apply for this job.", "context": object{"job_post_id": id[1]}})
		done := apply.untilType(sessions.EventCompleted)
		if done.Response.Route != "proposal" || !strings.Contains(strings.ToLower(apply.draftText()), strings.ToLower(post.Title)) {
			t.Errorf("the assistant does not know the job: %s", done.raw)
		}

		// Whoever logs out is out.
		answer, err := ines.http.PostForm(ines.base+"/logout", nil)
		if out := ines.read(answer, err, 200); strings.Contains(out, "Ines") {
			t.Error("she is still there")
		}
		ines.page("/parley-token", http.StatusUnauthorized)

		// After a restart the site knows what was published, and says where it is now.
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		again := startServer(t, cfg)
		back := again.visit(t)
		if home := back.page("/", 200); !strings.Contains(home, post.Title) {
			t.Error("the job is gone after a restart")
		}
		back.is("u-1001")
		known := dial(t, again, demoTenant, object{"token": back.token(), "session": chat.session})
		if url := known.draft().URL; url != back.base+path {
			t.Errorf("the conversation shows %s, and the site is at %s", url, back.base)
		}
	})
}

// draftText is the document of the newest draft, as text.
func (c *client) draftText() string {
	if d := c.draft(); d != nil {
		return string(d.Document)
	}
	return ""
}

func TestDemoSiteLetsNobodyIn(t *testing.T) {
	s := startServer(t, testConfig(t, nil))
	v := s.visit(t)
	send := func(method, path, body string, header map[string]string) int {
		t.Helper()
		r, err := http.NewRequest(method, v.base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range header {
			if name == "Host" {
				r.Host = value
			}
			r.Header.Set(name, value)
		}
		answer, err := v.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	foreign := map[string]string{"Content-Type": form["Content-Type"], "Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
	for name, c := range map[string]struct {
		method, path, body string
		header             map[string]string
		want               int
	}{
		"an unsigned event":      {"POST", "/parley-events", `{"type":"draft.published"}`, nil, 401},
		"a forged event":         {"POST", "/parley-events", `{}`, map[string]string{"Webhook-Id": "x", "Webhook-Timestamp": "1", "Webhook-Signature": "v1,AAAA"}, 401},
		"an event without end":   {"POST", "/parley-events", strings.Repeat("x", 3<<20), nil, 413},
		"nobody's account":       {"POST", "/login", "person=u-9", form, 400},
		"another site's form":    {"POST", "/login", "person=u-1001", foreign, 403},
		"another site's logout":  {"POST", "/logout", "", foreign, 403},
		"another name for it":    {"GET", "/", "", map[string]string{"Host": "evil.test"}, 421},
		"a job that is none":     {"GET", "/jobs/none", "", nil, 404},
		"a job outside":          {"GET", "/jobs/..%2f..%2fhealthz", "", nil, 404},
		"a client's page":        {"GET", "/people/u-1001", "", nil, 404},
		"the list of files":      {"GET", "/assets/", "", nil, 404},
		"a file outside":         {"GET", "/assets/..%2fpages/home.html", "", nil, 404},
		"a token for a stranger": {"GET", "/parley-token", "", map[string]string{"Cookie": "quayside_session=guess"}, 401},
	} {
		if got := send(c.method, c.path, c.body, c.header); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	// Its users are known at its own site only.
	v.is("u-1001")
	s.get(t, "/v1/sessions", v.token(), http.StatusUnauthorized, nil)
	s.get(t, "/v1/sessions?site="+demoTenant, v.token(), http.StatusOK, nil)
}

func TestWhereTheDemoSiteIs(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := func(listen, demo, public string, on bool) string {
		t.Helper()
		cfg := Config{Listen: listen, DemoListen: demo, PublicURL: public, Demo: &on}
		return cfg.demoAddress(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080})
	}
	for name, c := range map[string]struct{ got, want string }{
		"by itself":               {address("127.0.0.1:8080", "", "", true), "127.0.0.1:8081"},
		"on all addresses":        {address(":8080", "", "", true), "127.0.0.1:8081"},
		"on any port":             {address("127.0.0.1:0", "", "", true), "127.0.0.1:0"},
		"where it was put":        {address("127.0.0.1:8080", "0.0.0.0:9000", "https://parley.example", true), "0.0.0.0:9000"},
		"for the public":          {address("127.0.0.1:8080", "", "https://parley.example", true), ""},
		"behind a proxy here":     {address("127.0.0.1:8080", "", "http://localhost", true), "127.0.0.1:8081"},
		"off":                     {address("127.0.0.1:8080", "off", "", true), ""},
		"without a demo":          {address("127.0.0.1:8080", "", "", false), ""},
		"without a demo, in vain": {address("127.0.0.1:8080", "127.0.0.1:9000", "", false), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
	for value, good := range map[string]bool{"off": true, "127.0.0.1:9": true, "[::1]:9": true, ":9": true, "0.0.0.0:9": true, "9": false, "on": false, "192.0.2.7:9": false, "shop.example:9": false} {
		_, err := LoadConfig("", environment(map[string]string{"PARLEY_DEMO_LISTEN": value}))
		if (err == nil) != good {
			t.Errorf("demo_listen %s: %v", value, err)
		}
	}

	// A taken port is said, and Parley serves.
	s := startServer(t, testConfig(t, map[string]string{"PARLEY_DEMO_LISTEN": taken.Addr().String()}))
	s.get(t, "/demo", "", http.StatusNotFound, nil)
	s.get(t, "/healthz", "", http.StatusOK, nil)
	if !strings.Contains(s.logs.String(), "the demo site is not shown") {
		t.Errorf("nothing is said:\n%s", s.logs)
	}
	off := startServer(t, testConfig(t, map[string]string{"PARLEY_DEMO_LISTEN": "off"}))
	off.get(t, "/demo", "", http.StatusNotFound, nil)
	if _, err := tryDial(t, off, demoTenant, nil); err == nil {
		t.Error("the demo's site is served without being shown")
	}
}
