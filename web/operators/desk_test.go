package operators_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/sqlitestaff"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// office is a database with desks on it.
type office struct {
	t     *testing.T
	db    *migrations.SQLiteDB
	clock *clock
}

func newOffice(t *testing.T) *office {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	return &office{t: t, db: db, clock: &clock{at: time.Now().UTC().Truncate(time.Second)}}
}

// desk opens a desk, as another process would; change may be nil.
func (o *office) desk(change func(*operators.Config)) *operators.Desk {
	o.t.Helper()
	cfg := operators.Config{Store: sqlitestaff.New(o.db), PublicURL: "https://parley.example", Now: o.clock.now, Key: func(key string) (string, error) {
		if key != "key-of-the-shop" {
			return "", errors.New("no such key")
		}
		return "shop", nil
	}}
	if change != nil {
		change(&cfg)
	}
	desk, err := operators.NewDesk(cfg)
	if err != nil {
		o.t.Fatal(err)
	}
	return desk
}

// operator adds an operator and signs them in.
func (o *office) operator(desk *operators.Desk, name string, role operators.Role, sites ...string) (operators.Operator, *http.Cookie) {
	o.t.Helper()
	added, err := desk.Add(o.t.Context(), operators.Operator{Name: name, Email: name + "@site.example", Role: role, Sites: sites})
	if err != nil {
		o.t.Fatal(err)
	}
	token, err := desk.Token(o.t.Context(), added.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	value, _, err := desk.SignIn(o.t.Context(), token, "192.0.2.1")
	if err != nil {
		o.t.Fatal(err)
	}
	return added, desk.Cookie(value)
}

// request is one as the console's page sends it.
func request(method string, cookie *http.Cookie) *http.Request {
	r := httptest.NewRequest(method, "https://parley.example/v1/moderation/cases", nil)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != http.MethodGet {
		r.Header.Set(operators.Header, "1")
		r.Header.Set("Origin", "https://parley.example")
	}
	if cookie != nil {
		r.AddCookie(cookie)
	}
	return r
}

func check(t *testing.T, doing string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || want == nil && err != nil {
		t.Errorf("%s: %v, want %v", doing, err, want)
	}
}

func (o *office) access(desk *operators.Desk, cookie *http.Cookie, need operators.Role, want error) {
	o.t.Helper()
	_, err := desk.Access(request(http.MethodGet, cookie), "shop", need)
	check(o.t, "access as "+string(need), err, want)
}

func TestTheFirstOperator(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	token, err := desk.Bootstrap(t.Context())
	if err != nil || token == "" {
		t.Fatalf("%q, %v", token, err)
	}
	if again, err := o.desk(nil).Bootstrap(t.Context()); err != nil || again != "" {
		t.Errorf("a second token: %q, %v", again, err)
	}
	for _, wrong := range []string{"", token[1:], token + "A", "' or 1=1"} {
		_, _, err := desk.SignIn(t.Context(), wrong, "192.0.2.1")
		check(t, "a wrong token", err, operators.ErrToken)
	}
	value, first, err := desk.SignIn(t.Context(), " "+token+"\n", "192.0.2.1")
	if err != nil || first.Role != operators.Admin || !first.Sees("anything") {
		t.Fatalf("%+v, %v", first, err)
	}
	o.access(desk, desk.Cookie(value), operators.Admin, nil)
	_, _, err = desk.SignIn(t.Context(), token, "192.0.2.1")
	check(t, "the token again", err, operators.ErrToken)
	if again, err := desk.Bootstrap(t.Context()); err != nil || again != "" {
		t.Errorf("another token: %q, %v", again, err)
	}
}

func TestTokensExpire(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	first, err := desk.Bootstrap(t.Context())
	check(t, "bootstrap", err, nil)
	o.clock.move(operators.TokenLife)
	_, _, err = desk.SignIn(t.Context(), first, "192.0.2.1")
	check(t, "a day later", err, operators.ErrToken)
	again, err := desk.Bootstrap(t.Context())
	if err != nil || again == "" || again == first {
		t.Fatalf("%q, %v", again, err)
	}
	o.clock.move(operators.TokenLife - time.Second)
	_, _, err = desk.SignIn(t.Context(), again, "192.0.2.1")
	check(t, "in time", err, nil)
}

func TestSessionsEnd(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	_, idle := o.operator(desk, "ana", operators.Viewer)
	_, busy := o.operator(desk, "ben", operators.Viewer)
	const uses = 14 // of 12 hours less a minute: just below a week
	for range uses {
		o.clock.move(operators.SessionIdle - time.Minute)
		o.access(o.desk(nil), busy, operators.Viewer, nil)
	}
	o.access(desk, idle, operators.Viewer, operators.ErrSignedOut)
	o.clock.move(operators.SessionLife - uses*(operators.SessionIdle-time.Minute))
	o.access(desk, busy, operators.Viewer, operators.ErrSignedOut)
}

func TestSignOut(t *testing.T) {
	o := newOffice(t)
	desk, elsewhere := o.desk(nil), o.desk(nil)
	_, cookie := o.operator(desk, "ana", operators.Viewer)
	o.access(elsewhere, cookie, operators.Viewer, nil)
	access, err := desk.SignedIn(request(http.MethodDelete, cookie))
	check(t, "signed in", err, nil)
	check(t, "sign out", desk.SignOut(t.Context(), access), nil)
	o.access(desk, cookie, operators.Viewer, operators.ErrSignedOut)
	o.clock.move(time.Second)
	o.access(elsewhere, cookie, operators.Viewer, operators.ErrSignedOut)
	if c := desk.Cookie(""); c.MaxAge >= 0 || c.Value != "" {
		t.Errorf("the browser keeps %+v", c)
	}
}

func TestCookie(t *testing.T) {
	o := newOffice(t)
	c := o.desk(nil).Cookie("x")
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Name != "__Host-parley_console" || c.Domain != "" {
		t.Errorf("%+v", c)
	}
	plain := o.desk(func(c *operators.Config) { c.PublicURL = "http://localhost:8080" }).Cookie("x")
	if plain.Secure || plain.Name != "parley_console" || !plain.HttpOnly || plain.SameSite != http.SameSiteStrictMode {
		t.Errorf("%+v", plain)
	}
}

func TestRolesAndSites(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	cookies := map[string]*http.Cookie{}
	_, cookies["viewer"] = o.operator(desk, "viewer", operators.Viewer)
	_, cookies["reviewer"] = o.operator(desk, "reviewer", operators.Reviewer, "shop", "mall")
	_, cookies["admin"] = o.operator(desk, "admin", operators.Admin)
	_, cookies["admin elsewhere"] = o.operator(desk, "elsewhere", operators.Admin, "mall")
	no := operators.ErrForbidden
	for name, want := range map[string][3]error{ // viewer, reviewer, admin
		"viewer":          {nil, no, no},
		"reviewer":        {nil, nil, no},
		"admin":           {nil, nil, nil},
		"admin elsewhere": {no, no, no},
	} {
		for i, need := range operators.Roles() {
			_, err := desk.Access(request(http.MethodPost, cookies[name]), "shop", need)
			check(t, name+" as "+string(need), err, want[i])
		}
		_, err := desk.Access(request(http.MethodPost, cookies[name]), "shop", "root")
		check(t, name+" in a role that is none", err, no)
	}
	o.access(desk, nil, operators.Viewer, operators.ErrSignedOut)
	o.access(desk, desk.Cookie("made up"), operators.Viewer, operators.ErrSignedOut)
}

func TestAPIKeys(t *testing.T) {
	desk := newOffice(t).desk(nil)
	ask := func(path, key, site string) (operators.Access, error) {
		r := httptest.NewRequest(http.MethodPost, path, nil) // no browser, no header
		r.Header.Set("Authorization", "Bearer "+key)
		return desk.Access(r, site, operators.Admin)
	}
	a, err := ask("/v1/moderation/cases", "key-of-the-shop", "default")
	if err != nil || a.Site != "shop" || !a.ByKey || a.Operator.ID != operators.KeyActor || a.Operator.Role != operators.Admin || a.Operator.Sees("mall") {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = ask("/v1/moderation/cases?site=shop", "key-of-the-shop", "shop")
	check(t, "its own site", err, nil)
	_, err = ask("/v1/moderation/cases?site=mall", "key-of-the-shop", "mall")
	check(t, "another site", err, operators.ErrForbidden)
	_, err = ask("/v1/moderation/cases", "another-key", "shop")
	check(t, "another key", err, operators.ErrSignedOut)
}

// A cookie alone is never enough.
func TestRequestsOfOtherPages(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	_, cookie := o.operator(desk, "ana", operators.Admin)
	forged := operators.ErrForged
	for name, c := range map[string]struct {
		method, origin, fetch, header string
		want                          error
	}{
		"the console's page":                 {"POST", "https://parley.example", "same-origin", "1", nil},
		"an older browser":                   {"POST", "https://parley.example", "", "1", nil},
		"the host it was sent to":            {"POST", "http://internal.example:8080", "", "1", nil},
		"without the header":                 {"POST", "https://parley.example", "same-origin", "", forged},
		"with another header":                {"POST", "https://parley.example", "same-origin", "true", forged},
		"without origin":                     {"POST", "", "", "1", forged},
		"another origin":                     {"POST", "https://evil.example", "cross-site", "1", forged},
		"another origin, older browser":      {"POST", "https://evil.example", "", "1", forged},
		"a neighbour's origin":               {"DELETE", "https://shop.parley.example", "same-site", "1", forged},
		"a sandboxed frame":                  {"PUT", "null", "cross-site", "1", forged},
		"a sandboxed frame, older browser":   {"PUT", "null", "", "1", forged},
		"a form that a person sent":          {"POST", "", "none", "", forged},
		"reading":                            {"GET", "", "same-origin", "", nil},
		"reading from the address bar":       {"GET", "", "none", "", nil},
		"reading with an older browser":      {"GET", "", "", "", nil},
		"reading from another page":          {"GET", "", "cross-site", "", forged},
		"reading from a neighbour":           {"GET", "https://shop.parley.example", "same-site", "", forged},
		"reading from another, older":        {"GET", "https://evil.example", "", "", forged},
		"an origin that ends like its own":   {"POST", "https://evilparley.example", "", "1", forged},
		"an origin that begins like its own": {"POST", "https://parley.example.evil.test", "", "1", forged},
	} {
		r := httptest.NewRequest(c.method, "http://internal.example:8080/v1/moderation/settings", nil)
		r.AddCookie(cookie)
		for key, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.fetch, operators.Header: c.header} {
			if value != "" {
				r.Header.Set(key, value)
			}
		}
		_, err := desk.Access(r, "shop", operators.Viewer)
		check(t, name, err, c.want)
	}
}

func TestLoweredAndRevokedAtOnce(t *testing.T) {
	o := newOffice(t)
	desk, elsewhere := o.desk(nil), o.desk(nil)
	o.operator(desk, "root", operators.Admin)
	ana, cookie := o.operator(desk, "ana", operators.Admin)
	o.access(desk, cookie, operators.Admin, nil)
	o.access(elsewhere, cookie, operators.Admin, nil)

	_, err := elsewhere.Grant(t.Context(), ana.ID, operators.Viewer, nil)
	check(t, "grant", err, nil)
	o.access(elsewhere, cookie, operators.Reviewer, operators.ErrForbidden)
	o.clock.move(time.Second)
	o.access(desk, cookie, operators.Reviewer, operators.ErrForbidden)
	o.access(desk, cookie, operators.Viewer, nil)

	_, err = elsewhere.Grant(t.Context(), ana.ID, operators.Admin, []string{"mall"})
	check(t, "other sites", err, nil)
	o.clock.move(time.Second)
	o.access(desk, cookie, operators.Viewer, operators.ErrForbidden)

	token, err := desk.Token(t.Context(), ana.ID)
	check(t, "token", err, nil)
	_, err = elsewhere.Revoke(t.Context(), ana.ID)
	check(t, "revoke", err, nil)
	o.clock.move(time.Second)
	o.access(desk, cookie, operators.Viewer, operators.ErrSignedOut)
	_, _, err = desk.SignIn(t.Context(), token, "192.0.2.1")
	check(t, "sign in", err, operators.ErrToken)
	_, err = desk.Token(t.Context(), ana.ID)
	check(t, "a new token", err, operators.ErrNotFound)
	_, err = desk.Grant(t.Context(), ana.ID, operators.Admin, nil)
	check(t, "grant again", err, operators.ErrNotFound)
}

func TestSomebodyAlwaysRules(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	ana, _ := o.operator(desk, "ana", operators.Admin)
	o.operator(desk, "ben", operators.Admin, "shop") // does not see all sites
	_, err := desk.Revoke(t.Context(), ana.ID)
	check(t, "revoke the last", err, operators.ErrLast)
	_, err = desk.Grant(t.Context(), ana.ID, operators.Reviewer, nil)
	check(t, "lower the last", err, operators.ErrLast)
	_, err = desk.Grant(t.Context(), ana.ID, operators.Admin, []string{"shop"})
	check(t, "take sites from the last", err, operators.ErrLast)
	eve, _ := o.operator(desk, "eve", operators.Admin)
	_, err = desk.Revoke(t.Context(), ana.ID)
	check(t, "revoke one of two", err, nil)
	_, err = desk.Revoke(t.Context(), ana.ID)
	check(t, "revoke again", err, nil)
	_, err = desk.Revoke(t.Context(), eve.ID)
	check(t, "revoke the new last", err, operators.ErrLast)
}

func TestWatchOfAKey(t *testing.T) {
	o := newOffice(t)
	var revoked atomic.Bool
	desk := o.desk(func(c *operators.Config) {
		c.Now, c.Key = nil, func(string) (string, error) {
			if revoked.Load() {
				return "", errors.New("no such key")
			}
			return "shop", nil
		}
	})
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Authorization", "Bearer key")
	access, err := desk.Access(r, "shop", operators.Viewer)
	check(t, "access", err, nil)
	lost := make(chan error, 1)
	go func() { lost <- desk.Watch(t.Context(), access, operators.Viewer) }()
	revoked.Store(true)
	check(t, "revoked", <-lost, operators.ErrSignedOut)
}

func TestWatch(t *testing.T) {
	o := newOffice(t)
	// The real time: Watch waits.
	desk := o.desk(func(c *operators.Config) { c.Now = nil })
	o.operator(desk, "root", operators.Admin)
	ana, cookie := o.operator(desk, "ana", operators.Admin)
	ben, bens := o.operator(desk, "ben", operators.Reviewer)
	watch := func(cookie *http.Cookie, need operators.Role) (chan error, context.CancelFunc) {
		access, err := desk.Access(request(http.MethodGet, cookie), "shop", need)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		lost := make(chan error, 1)
		go func() { lost <- desk.Watch(ctx, access, need) }()
		return lost, cancel
	}
	revoked, stop := watch(cookie, operators.Viewer)
	defer stop()
	lowered, stop := watch(bens, operators.Reviewer)
	defer stop()
	stays, stop := watch(bens, operators.Viewer)
	_, err := o.desk(nil).Revoke(t.Context(), ana.ID)
	check(t, "revoke", err, nil)
	_, err = o.desk(nil).Grant(t.Context(), ben.ID, operators.Viewer, nil)
	check(t, "grant", err, nil)
	check(t, "revoked", <-revoked, operators.ErrSignedOut)
	check(t, "lowered", <-lowered, operators.ErrForbidden)
	stop()
	check(t, "stays", <-stays, context.Canceled)
}

func TestTooManyAttempts(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	token, err := desk.Bootstrap(t.Context())
	check(t, "bootstrap", err, nil)
	tries := 0
	for ; tries < 100; tries++ {
		if _, _, err = desk.SignIn(t.Context(), "guess", "192.0.2.1"); !errors.Is(err, operators.ErrToken) {
			break
		}
	}
	check(t, "after many", err, operators.ErrTooOften)
	if tries > 20 {
		t.Errorf("%d guesses were let through", tries)
	}
	_, _, err = desk.SignIn(t.Context(), token, "192.0.2.1")
	check(t, "the right one from there", err, operators.ErrTooOften)
	_, _, err = desk.SignIn(t.Context(), "guess", "192.0.2.2")
	check(t, "from elsewhere", err, operators.ErrToken)
	o.clock.move(time.Minute)
	_, _, err = desk.SignIn(t.Context(), token, "192.0.2.1")
	check(t, "a minute later", err, nil)
}

// While the database is gone nobody gets in, and nobody is told that they were
// signed out.
func TestWithoutDatabase(t *testing.T) {
	o := newOffice(t)
	desk := o.desk(nil)
	_, cookie := o.operator(desk, "ana", operators.Admin)
	o.access(desk, cookie, operators.Admin, nil)
	o.clock.move(2 * time.Second)
	o.db.Read.Close()
	_, err := desk.Access(request(http.MethodGet, cookie), "shop", operators.Viewer)
	if err == nil || errors.Is(err, operators.ErrSignedOut) || errors.Is(err, operators.ErrForbidden) {
		t.Errorf("%v", err)
	}
}

func TestOperatorsAreChecked(t *testing.T) {
	desk := newOffice(t).desk(nil)
	for name, bad := range map[string]operators.Operator{
		"no name": {Name: " ", Role: operators.Viewer},
		"control": {Name: "a\nb", Role: operators.Viewer},
		"email":   {Name: "a", Email: "a <a@b.example>", Role: operators.Viewer},
		"no role": {Name: "a"},
		"role":    {Name: "a", Role: "root"},
	} {
		_, err := desk.Add(t.Context(), bad)
		check(t, name, err, operators.ErrInvalid)
	}
	ana, err := desk.Add(t.Context(), operators.Operator{Name: "Ana", Email: "Ana@Site.example", Role: operators.Viewer})
	if err != nil || ana.Email != "ana@site.example" {
		t.Fatalf("%+v, %v", ana, err)
	}
	for _, who := range []string{ana.ID, "ana@site.example", "ANA@site.example"} {
		if found, err := desk.Find(t.Context(), who); err != nil || found.ID != ana.ID {
			t.Errorf("%s: %+v, %v", who, found, err)
		}
	}
	_, err = desk.Find(t.Context(), "")
	check(t, "find nobody", err, operators.ErrNotFound)
}
