package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/hooks"
)

// marketplace is a site's server that makes job pages of what is published on
// Parley, and can be down in several ways.
type marketplace struct {
	url   string
	clock movedClock

	mu     sync.Mutex
	mood   string        // "", "silent", "fails", "gone", "redirects", "stalls"
	calm   chan struct{} // closed when the mood changes
	bad    []string
	posts  map[string]told // by webhook-id
	events int             // requests
	looks  int
}

// told is the data of draft.published, as far as tests look at it.
type told struct {
	Draft     string `json:"draft_id"`
	Version   int
	Kind      string
	Published time.Time
	Subject   string
	Role      string
	Demo      bool
	URL       string
	Document  map[string]any
}

func newMarketplace(t testing.TB) *marketplace {
	t.Helper()
	m := &marketplace{posts: map[string]told{}, calm: make(chan struct{})}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	m.url = server.URL
	return m
}

func (m *marketplace) be(mood string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	close(m.calm)
	m.mood, m.calm = mood, make(chan struct{})
}

func (m *marketplace) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var event struct {
		Type, Site string
		Data       told
	}
	m.mu.Lock()
	mood, calm := m.mood, m.calm
	m.events++
	if hooks.Verify(r.Header, body, m.clock.now(), hookSecret) != nil || json.Unmarshal(body, &event) != nil || event.Type != hooks.DraftPublished || event.Site != "shop" {
		m.bad = append(m.bad, string(body))
	}
	if mood == "" || mood == "silent" {
		m.posts[r.Header.Get(hooks.HeaderID)] = event.Data
	}
	m.mu.Unlock()
	switch mood {
	case "fails":
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, `{"url": %q}`, m.page(event.Data))
	case "stalls":
		select {
		case <-calm:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler) // the connection breaks off
	case "gone":
		w.WriteHeader(http.StatusGone)
	case "redirects":
		http.Redirect(w, r, "http://localhost:1/elsewhere", http.StatusTemporaryRedirect)
	case "":
		fmt.Fprintf(w, `{"url": %q}`, m.page(event.Data))
	}
}

// page is where the marketplace shows what it made of a draft.
func (m *marketplace) page(of told) string { return m.url + "/jobs/" + of.Draft }

// got is what came under the id of a version.
func (m *marketplace) got(d sessions.DraftVersion) (told, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	post, found := m.posts[fmt.Sprintf("%s-v%d", d.Draft, d.Version)]
	return post, found
}

// overPauses puts the clock forward over pauses between attempts, and in all by
// less than the day after which a delivery is given up.
func (m *marketplace) overPauses() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.looks++; m.looks%10 == 1 {
		m.clock.forward(5 * time.Minute)
	}
}

func (m *marketplace) requests() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.events
}

// environment is that of a server on which the shop is this marketplace.
func (m *marketplace) environment(t testing.TB, env map[string]string) map[string]string {
	t.Helper()
	text := strings.Replace(twoSites, `["https://shop.example"]`, `["https://shop.example", "`+m.url+`"]`, 1)
	text = strings.Replace(text, "    api_key_env: SHOP_KEY\n", "    api_key_env: SHOP_KEY\n    webhooks: [{url: '"+m.url+"/parley', secret_env: HOOK_SECRET, events: [draft.published]}]\n", 1)
	file := filepath.Join(t.TempDir(), "parley.yaml")
	if err := os.WriteFile(file, []byte(text+"demo: false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{
		"PARLEY_CONFIG": file, "SHOP_SECRET": shopSecret, "OTHER_SECRET": otherSecret, "SHOP_KEY": shopKey, "OTHER_KEY": otherKey, "HOOK_SECRET": hookSecret,
		"PARLEY_LISTEN": "127.0.0.1:0", "PARLEY_DATA": t.TempDir(),
	}
	for name, value := range env {
		all[name] = value
	}
	return all
}

// config is the configuration of that environment, by the marketplace's clock.
func (m *marketplace) config(t testing.TB, env map[string]string) Config {
	t.Helper()
	cfg, err := LoadConfig("", environment(env))
	if err != nil {
		t.Fatal(err)
	}
	cfg.now = m.clock.now
	return cfg
}

// publish has a person's draft published, and returns which version that is.
func (c *client) publish(t testing.TB) (d sessions.DraftVersion) {
	t.Helper()
	draft := c.draft()
	reply := c.request(object{"type": "draft.publish", "draft_id": draft.ID, "version": draft.Version})
	if reply.Error != nil {
		t.Fatalf("publish: %s", reply.raw)
	}
	if err := json.Unmarshal(reply.Result, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// shown waits until a page is shown where a version stands.
func (c *client) shown(d sessions.DraftVersion) string {
	c.t.Helper()
	var e struct {
		sessions.DraftVersion
		URL string
	}
	c.until("the address of a post", func(f frame) bool {
		return f.Type == sessions.EventDraftPublished && json.Unmarshal([]byte(f.raw), &e) == nil && e.DraftVersion == d && e.URL != ""
	})
	return e.URL
}

const wanted = "I need a plumber for two days to replace the pipes under a kitchen sink, for $400. Copper, soldered."

func TestPublishedDraftBecomesAPost(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		shop := newMarketplace(t)
		cfg := shop.config(t, shop.environment(t, env))
		s := startServer(t, cfg)
		alice := userToken(t, cfg, "shop", "alice", sessions.RoleClient)
		tab := dial(t, s, "shop", object{"token": alice})
		tab.say(wanted)
		before := time.Now()
		version := tab.publish(t)
		other := dial(t, s, "shop", object{"token": alice, "session": tab.session})
		if url := tab.shown(version); url != shop.url+"/jobs/"+version.Draft {
			t.Errorf("the first tab shows %s", url)
		}
		// The second tab either heard it or had it in its snapshot.
		if d := other.draft(); d.URL == "" && other.shown(version) == "" {
			t.Error("the second tab does not show it")
		}
		post, _ := shop.got(version)
		if post.Draft != version.Draft || post.Kind != "job_post" || post.Subject != "alice" || post.Role != "client" || post.Demo || post.Published.Before(before.Add(-time.Minute)) {
			t.Errorf("the site was told %+v", post)
		}
		if title, _ := post.Document["title"].(string); title == "" || post.Document["brief"] != nil || post.Document["market"] != nil {
			t.Errorf("the document: %v", post.Document)
		}

		var one told
		s.get(t, "/v1/drafts/"+version.Draft, shopKey, 200, &one)
		if one.Version != version.Version || one.URL != shop.page(post) || fmt.Sprint(one.Document) != fmt.Sprint(post.Document) {
			t.Errorf("by its id: %+v", one)
		}
		s.get(t, "/v1/drafts/"+version.Draft+".md", shopKey, 200, nil)

		// A tab that was closed before sees the address, whether it resumes or comes anew.
		away := dial(t, s, "shop", object{"token": alice, "session": tab.session, "after": object{"epoch": tab.opened.Epoch, "offset": tab.opened.Offset}})
		if !away.opened.Recovered || away.shown(version) == "" {
			t.Errorf("after a gap: %s", away.opened.raw)
		}
		if anew := dial(t, s, "shop", object{"token": alice, "session": tab.session}); anew.draft().URL != one.URL {
			t.Errorf("in a snapshot: %s", anew.opened.raw)
		}

		// The site may give another address later, as often as it likes.
		moved := shop.url + "/jobs/42?from=“here”"
		for range 2 {
			s.do(t, "PUT", "/v1/drafts/"+version.Draft+"/published", shopKey, object{"url": moved}, 200, nil)
		}
		if url := tab.shown(version); url != moved {
			t.Errorf("then it shows %s", url)
		}
		if len(shop.bad) > 0 {
			t.Errorf("not signed or not of this site: %s", shop.bad)
		}
	})
}

func TestWhoMayTakeOver(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		shop := newMarketplace(t)
		shop.be("silent")
		cfg := shop.config(t, shop.environment(t, env))
		s := startServer(t, cfg)
		alice := userToken(t, cfg, "shop", "alice", sessions.RoleClient)
		tab := dial(t, s, "shop", object{"token": alice})
		tab.say(wanted)
		draft, path := tab.draft().ID, "/v1/drafts/"+tab.draft().ID
		at := object{"url": shop.url + "/jobs/1"}
		// What is not published is nobody's but the person's.
		s.get(t, path, alice, http.StatusUnauthorized, nil) // of the default site
		s.get(t, path+"?site=shop", alice, 200, nil)
		s.get(t, path, shopKey, http.StatusNotFound, nil)
		s.do(t, "PUT", path+"/published", shopKey, at, http.StatusNotFound, nil)

		version := tab.publish(t)
		for name, c := range map[string]struct {
			method, path, token string
			body                any
			want                int
		}{
			"another site's key reads":    {"GET", path, otherKey, nil, 404},
			"another site's key answers":  {"PUT", path + "/published", otherKey, at, 404},
			"another site's list":         {"GET", "/v1/drafts", otherKey, nil, 200},
			"a key at another site":       {"GET", "/v1/drafts?site=shop", otherKey, nil, 403},
			"a key at a site, reads":      {"GET", path + "?site=other", shopKey, nil, 403},
			"a key at a site, answers":    {"PUT", path + "/published?site=other", shopKey, at, 403},
			"a key at its own site":       {"GET", path + "?site=shop", shopKey, nil, 200},
			"a person answers":            {"PUT", path + "/published?site=shop", alice, at, 403},
			"a person lists":              {"GET", "/v1/drafts?site=shop", alice, nil, 403},
			"nobody answers":              {"PUT", path + "/published", "", at, 401},
			"nobody lists":                {"GET", "/v1/drafts", "", nil, 401},
			"a version not published":     {"PUT", path + "/published", shopKey, object{"url": at["url"], "version": version.Version - 1}, 404},
			"a slip in a name":            {"PUT", path + "/published", shopKey, object{"uri": at["url"]}, 400},
			"no address":                  {"PUT", path + "/published", shopKey, object{"url": ""}, 400},
			"no web address":              {"PUT", path + "/published", shopKey, object{"url": "javascript:alert(1)"}, 400},
			"plain http":                  {"PUT", path + "/published", shopKey, object{"url": "http://shop.example/1"}, 400},
			"a foreign host":              {"PUT", path + "/published", shopKey, object{"url": "https://shop.example.evil.test/1"}, 400},
			"a user in it":                {"PUT", path + "/published", shopKey, object{"url": "https://shop.example@evil.test/1"}, 400},
			"a backslash":                 {"PUT", path + "/published", shopKey, object{"url": "https://evil.test\\@shop.example/1"}, 400},
			"a line break":                {"PUT", path + "/published", shopKey, object{"url": "https://shop.example/1\n2"}, 400},
			"another port":                {"PUT", path + "/published", shopKey, object{"url": "https://shop.example:8443/1"}, 400},
			"too long":                    {"PUT", path + "/published", shopKey, object{"url": "https://shop.example/" + strings.Repeat("x", 2000)}, 400},
			"a cursor that is none":       {"GET", "/v1/drafts?cursor=x", shopKey, nil, 400},
			"a time that is none":         {"GET", "/v1/drafts?published_after=yesterday", shopKey, nil, 400},
			"a draft that is none":        {"GET", "/v1/drafts/none-none", shopKey, nil, 404},
			"the port of https, said":     {"PUT", path + "/published", shopKey, object{"url": "https://SHOP.example:443/1"}, 200},
			"an address on this machine":  {"PUT", path + "/published", shopKey, at, 200},
			"the number of the version":   {"PUT", path + "/published", shopKey, object{"url": at["url"], "version": version.Version}, 200},
			"its JSON":                    {"GET", path + ".json", shopKey, nil, 200},
			"a format that there is none": {"GET", path + ".exe", shopKey, nil, 404},
		} {
			t.Run(name, func(t *testing.T) {
				_, body := s.do(t, c.method, c.path, c.token, c.body, c.want, nil)
				if strings.Contains(string(body), draft) && c.token == otherKey {
					t.Errorf("another site sees %s", body)
				}
			})
		}
		s.do(t, "DELETE", "/v1/sessions/"+tab.session+"?site=shop", alice, nil, http.StatusNoContent, nil)
		s.get(t, path, shopKey, http.StatusNotFound, nil)
		s.do(t, "PUT", path+"/published", shopKey, at, http.StatusNotFound, nil)
		var list struct{ Drafts []told }
		if s.get(t, "/v1/drafts", shopKey, 200, &list); len(list.Drafts) != 0 {
			t.Errorf("after the conversation was deleted: %+v", list)
		}
		var outbox struct{ Webhooks []struct{ ID string } }
		if _, body := s.do(t, "GET", "/v1/moderation/webhooks", shopKey, nil, 200, &outbox); strings.Contains(string(body), draft) {
			t.Errorf("webhooks still hold what was deleted: %s", body)
		}
		s.do(t, "POST", "/v1/moderation/webhooks/"+draft+"-v1/redeliver", shopKey, nil, http.StatusNotFound, nil)
	})
}

// A site that was away goes through what was published, page by page, and then
// asks for what is new by the cursor that it has.
func TestCatchUp(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		shop := newMarketplace(t)
		s := startServer(t, shop.config(t, shop.environment(t, env)))
		var want []sessions.DraftVersion
		publish := func() {
			c := dial(t, s, "shop", nil)
			c.say(wanted)
			want = append(want, c.publish(t))
		}
		for range 3 {
			publish()
		}
		cursor, last := "", told{}
		var got []sessions.DraftVersion
		catchUp := func() {
			for {
				var page struct {
					Drafts []told
					Next   string
				}
				s.get(t, "/v1/drafts?limit=2&cursor="+cursor, shopKey, 200, &page)
				for _, d := range page.Drafts {
					if d.Subject != "" {
						t.Errorf("a visitor is no user of the site: %+v", d)
					}
					got, last = append(got, sessions.DraftVersion{Draft: d.Draft, Version: d.Version}), d
				}
				cursor = page.Next
				if len(page.Drafts) == 0 {
					return
				}
			}
		}
		catchUp()
		publish()
		catchUp()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		var none struct{ Drafts []told }
		if s.get(t, "/v1/drafts?published_after="+last.Published.Format(time.RFC3339Nano), shopKey, 200, &none); len(none.Drafts) != 0 {
			t.Errorf("after the last one: %+v", none.Drafts)
		}
	})
}

// The marketplace is down in every way there is; then it is told, once under
// one id, and what it refused is listed meanwhile.
func TestMarketplaceIsDown(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		leaks(t)
		shop := newMarketplace(t)
		shop.be("fails")
		s := startServer(t, shop.config(t, shop.environment(t, env)))
		tab := dial(t, s, "shop", nil)
		tab.say(wanted)
		version := tab.publish(t)
		for _, mood := range []string{"fails", "redirects", "stalls"} {
			shop.be(mood)
			tried := shop.requests()
			eventually(t, "it is tried while it "+mood, func() bool {
				shop.overPauses()
				return shop.requests() > tried
			})
			if _, here := shop.got(version); here {
				t.Fatalf("told although it %s", mood)
			}
		}
		var one told
		if s.get(t, "/v1/drafts/"+version.Draft, shopKey, 200, &one); one.URL != "" {
			t.Errorf("a failure's body is an answer: %s", one.URL)
		}
		shop.be("")
		eventually(t, "it is told in the end", func() bool {
			shop.overPauses()
			_, here := shop.got(version)
			return here
		})
		if url := tab.shown(version); url == "" {
			t.Error("no address")
		}
	})
}

// What the site gave up on is a dead letter, which is shown and sent again by hand.
func TestDeadLetterOfADraft(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		shop := newMarketplace(t)
		shop.be("gone")
		s := startServer(t, shop.config(t, shop.environment(t, env)))
		tab := dial(t, s, "shop", nil)
		tab.say(wanted)
		version := tab.publish(t)
		id := fmt.Sprintf("%s-v%d", version.Draft, version.Version)
		eventually(t, "it is given up", func() bool {
			var list struct{ Deliveries []struct{ ID string } }
			s.get(t, "/v1/console/webhooks/deliveries?status=dead&type=draft.published", shopKey, 200, &list)
			return len(list.Deliveries) == 1 && list.Deliveries[0].ID == id
		})
		var one struct{ Payload struct{ Data told } }
		if s.get(t, "/v1/console/webhooks/deliveries/"+id, shopKey, 200, &one); one.Payload.Data.Draft != version.Draft {
			t.Errorf("its payload: %+v", one)
		}
		shop.be("")
		s.do(t, "POST", "/v1/console/webhooks/deliveries/"+id+"/redeliver", shopKey, nil, 200, nil)
		if url := tab.shown(version); url != shop.url+"/jobs/"+version.Draft {
			t.Errorf("sent again, it stands at %s", url)
		}
	})
}

// TestKilledBetweenPublicationAndDelivery kills the real program right after
// people have published. Whatever was answered reaches the site, under its id.
func TestKilledBetweenPublicationAndDelivery(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		shop := newMarketplace(t)
		shop.be("fails")
		all := shop.environment(t, env)
		var versions []sessions.DraftVersion
		for round := range 3 {
			p := command(t, all, "serve")
			s := &server{base: p.serving(t), http: &http.Client{Timeout: 10 * time.Second}}
			c := dial(t, s, "shop", nil)
			c.say(wanted)
			if round == 2 {
				shop.be("") // the site answers, and nobody may be left to hear it
			}
			versions = append(versions, c.publish(t))
			if err := p.Process.Kill(); err != nil {
				t.Error(err)
			}
			_ = p.Wait() // killed
		}
		shop.be("")
		shop.clock.forward(2 * time.Hour) // what the dead processes left is taken up at once
		s := startServer(t, shop.config(t, all))
		for _, version := range versions {
			var one told
			eventually(t, "a post is made of "+version.Draft, func() bool {
				s.get(t, "/v1/drafts/"+version.Draft, shopKey, 200, &one)
				_, here := shop.got(version)
				return here && one.URL != ""
			})
		}
		if len(shop.posts) != len(versions) || len(shop.bad) > 0 {
			t.Errorf("%d events under their own ids, want %d; %d bad", len(shop.posts), len(versions), len(shop.bad))
		}
	})
}

// What the answer of a webhook may not be is not taken, and sends nothing again.
func TestOddAnswers(t *testing.T) {
	answers := []string{`{"url": "https://evil.test/1"}`, `{"url": 7}`, `{"url":`, "OK", `["https://shop.example/1"]`, `{"url": ""}`, strings.Repeat(" ", 70<<10) + `{"url": "https://shop.example/late"}`}
	var mu sync.Mutex
	next, seen := "", map[string]int{}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen[r.Header.Get(hooks.HeaderID)]++
		_, _ = io.WriteString(w, next)
	}))
	t.Cleanup(receiver.Close)
	m := &marketplace{url: receiver.URL}
	s := startServer(t, m.config(t, m.environment(t, nil)))
	c := dial(t, s, "shop", nil)
	c.say(wanted)
	for i, answer := range answers {
		mu.Lock()
		next = answer
		mu.Unlock()
		if d := c.draft(); i > 0 { // another version, for another event
			reply := c.request(object{"type": "draft.update", "draft_id": d.ID, "version": d.Version, "patch": object{"title": "Pipes " + rand.Text()}})
			if reply.Error != nil {
				t.Fatal(reply.raw)
			}
		}
		version := c.publish(t)
		id := fmt.Sprintf("%s-v%d", version.Draft, version.Version)
		eventually(t, "it is sent", func() bool {
			mu.Lock()
			defer mu.Unlock()
			return seen[id] > 0
		})
		var one told
		if s.get(t, "/v1/drafts/"+version.Draft, shopKey, 200, &one); one.URL != "" || one.Version != version.Version {
			t.Errorf("%.40q was taken: %+v", answer, one)
		}
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was sent %d times", id, n)
		}
	}
}
