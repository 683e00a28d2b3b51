package sites_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/migrations/pgtest"
	"github.com/parleyhq/parley/web/sites"
	"github.com/parleyhq/parley/web/sites/pgsites"
	"github.com/parleyhq/parley/web/sites/sqlitesites"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var ana = sites.Actor{ID: "op-1", Name: "Ana"}

// plainSealer is a sealer that hides nothing; what auth.Sealer does is tested there.
type plainSealer struct{ id string }

func (p plainSealer) Seal(secret []byte, context string) (string, error) {
	return p.id + " " + context + " " + string(secret), nil
}

func (p plainSealer) Unseal(sealed, context string) ([]byte, bool, error) {
	parts := strings.SplitN(sealed, " ", 3)
	if parts[1] != context || parts[0] == "lost" {
		return nil, false, errors.New("cannot be unsealed")
	}
	return []byte(parts[2]), parts[0] != p.id, nil
}

// onStores runs a test on both kinds of store.
func onStores(t *testing.T, test func(t *testing.T, store sites.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		db, err := migrations.OpenSQLite(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := migrations.SQLite(t.Context(), db.Write); err != nil {
			t.Fatal(err)
		}
		test(t, sqlitesites.New(db))
	})
	t.Run("postgres", func(t *testing.T) { test(t, pgsites.New(pgtest.Pool(t))) })
}

func open(t *testing.T, store sites.Store, change func(*sites.KeeperConfig)) (*sites.Keeper, *sites.Directory) {
	t.Helper()
	directory, err := sites.NewDirectory(
		sites.Site{ID: "shop", AllowedOrigins: []string{"https://shop.example"}, APIKeys: []string{longKey}},
		sites.Site{ID: "mall", JWT: &sites.JWT{Secret: []byte(longKey), Issuer: "mall", Audience: "chat"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	cfg := sites.KeeperConfig{Store: store, Directory: directory, Sealer: plainSealer{"a"}, Every: 10 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	keeper, err := sites.OpenKeeper(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(keeper.Close)
	return keeper, directory
}

// until waits for something that comes by itself.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s did not come", what)
		}
	}
}

func allows(d *sites.Directory, site, origin string) bool {
	s, err := d.Get(site)
	return err == nil && s.Allows(origin)
}

func TestOriginsComeAndGoEverywhere(t *testing.T) {
	onStores(t, func(t *testing.T, store sites.Store) {
		here, mine := open(t, store, nil)
		there, others := open(t, store, nil)
		var told atomic.Int32
		there.OnChange(func() { told.Add(1) })
		const blog = "https://blog.example"
		kept, err := here.Save(t.Context(), ana, "shop", 0, sites.Chosen{Origins: []string{" https://BLOG.example ", blog}})
		if err != nil || len(kept.Chosen.Origins) != 1 || !allows(mine, "shop", blog) || allows(mine, "mall", blog) {
			t.Fatalf("%+v, %v, allowed here: %v", kept, err, allows(mine, "shop", blog))
		}
		until(t, "the origin elsewhere", func() bool { return allows(others, "shop", blog) })
		if told.Load() == 0 {
			t.Error("nobody was told of a change")
		}
		_, err = there.Save(t.Context(), ana, "shop", 0, sites.Chosen{})
		if !errors.Is(err, sites.ErrStale) {
			t.Errorf("a stale save: %v", err)
		}
		if _, err := there.Save(t.Context(), ana, "shop", 1, sites.Chosen{}); err != nil || allows(others, "shop", blog) {
			t.Errorf("removed: %v, still allowed: %v", err, allows(others, "shop", blog))
		}
		until(t, "the end of the origin", func() bool { return !allows(mine, "shop", blog) })
		if !allows(mine, "shop", "https://shop.example") {
			t.Error("a configured origin is gone")
		}
	})
}

func TestAnAPIKeyIsReplacedWithOverlap(t *testing.T) {
	onStores(t, func(t *testing.T, store sites.Store) {
		var ahead atomic.Int64
		clock := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
		keeper, directory := open(t, store, func(cfg *sites.KeeperConfig) { cfg.Directory.SetClock(clock) })
		is := func(secret string, want bool) {
			t.Helper()
			site, err := directory.ByKey(secret)
			if good := err == nil && site.ID == "shop"; good != want {
				t.Errorf("counts: %v, want %v", good, want)
			}
		}
		old, first, err := keeper.MakeKey(t.Context(), ana, "shop", sites.NewKey{Kind: sites.APIKey, Name: " Backend "})
		if err != nil || old.Name != "Backend" || !strings.HasSuffix(first, old.Hint) {
			t.Fatalf("%+v, %v", old, err)
		}
		is(first, true)
		_, second, err := keeper.MakeKey(t.Context(), ana, "shop", sites.NewKey{Kind: sites.APIKey, Name: "Backend", Replaces: old.ID, Overlap: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		is(first, true)
		is(second, true)
		ahead.Store(int64(2 * time.Hour))
		is(first, false)
		is(second, true)
		is(longKey, true)
		if _, _, err := keeper.MakeKey(t.Context(), ana, "shop", sites.NewKey{Kind: sites.APIKey, Name: "x", Replaces: old.ID}); !errors.Is(err, sites.ErrNotFound) {
			t.Errorf("a key that has ended is replaced: %v", err)
		}
		keys, err := keeper.Keys(t.Context(), "shop")
		if err != nil || len(keys) != 2 {
			t.Fatalf("%v, %v", keys, err)
		}
		if err := keeper.Revoke(t.Context(), ana, "mall", keys[0].ID); !errors.Is(err, sites.ErrNotFound) {
			t.Errorf("another site revokes: %v", err)
		}
		if err := keeper.Revoke(t.Context(), ana, "shop", keys[0].ID); err != nil {
			t.Error(err)
		}
		is(second, false)
		for _, c := range history(t, keeper) {
			if strings.Contains(string(c.Detail), first) || strings.Contains(string(c.Detail), second) {
				t.Errorf("a secret is in the history: %s", c.Detail)
			}
		}
	})
}

func history(t *testing.T, keeper *sites.Keeper) []sites.Change {
	t.Helper()
	list, err := keeper.History(t.Context(), "shop", 0, 100)
	if err != nil || len(list) == 0 {
		t.Fatalf("history: %v, %v", list, err)
	}
	return list
}

func TestUsersSecrets(t *testing.T) {
	onStores(t, func(t *testing.T, store sites.Store) {
		keeper, directory := open(t, store, nil)
		made, secret, err := keeper.MakeKey(t.Context(), ana, "shop", sites.NewKey{Kind: sites.JWTSecret, Name: "Rails"})
		if err != nil {
			t.Fatal(err)
		}
		shop, _ := directory.Get("shop")
		if j := shop.JWT; j == nil || j.Issuer != "shop" || j.Audience != sites.Audience || string(j.Secrets(time.Now())[0].Value) != secret {
			t.Fatalf("%+v", shop.JWT)
		}
		if _, _, err := keeper.MakeKey(t.Context(), ana, "mall", sites.NewKey{Kind: sites.JWTSecret, Name: "Rails"}); err != nil {
			t.Fatal(err)
		}
		mall, _ := directory.Get("mall")
		if j := mall.JWT; j.Issuer != "mall" || j.Audience != "chat" || len(j.Secrets(time.Now())) != 2 {
			t.Errorf("the configuration does not stay: %+v", j)
		}

		// Another installation secret: sealed anew. One that is gone: said, and nothing else breaks.
		resealed, _ := open(t, store, func(cfg *sites.KeeperConfig) { cfg.Sealer = plainSealer{"b"} })
		_, all, err := store.Load(t.Context())
		if err != nil || !strings.HasPrefix(all[0].Secret, "b ") {
			t.Errorf("not sealed anew: %v, %v", all, err)
		}
		if err := store.Reseal(t.Context(), "shop", made.ID, "b shop/"+made.ID+" "+secret, "lost x y"); err != nil {
			t.Fatal(err)
		}
		keys, err := resealed.Keys(t.Context(), "shop")
		if err != nil || len(keys) != 1 || !keys[0].Lost {
			t.Errorf("a lost secret: %+v, %v", keys, err)
		}
		var log bytes.Buffer
		_, lost := open(t, store, func(cfg *sites.KeeperConfig) { cfg.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		if shop, _ := lost.Get("shop"); shop.JWT != nil || !strings.Contains(log.String(), made.ID) {
			t.Errorf("a lost secret counts, or nobody is told: %s", log.String())
		}
	})
}

func TestUsesAreNoted(t *testing.T) {
	onStores(t, func(t *testing.T, store sites.Store) {
		keeper, directory := open(t, store, nil)
		_, secret, err := keeper.MakeKey(t.Context(), ana, "shop", sites.NewKey{Kind: sites.APIKey, Name: "Backend"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := directory.ByKey(secret); err != nil {
			t.Fatal(err)
		}
		last, err := sites.OpenKeeper(t.Context(), sites.KeeperConfig{Store: store, Directory: directory, Sealer: plainSealer{"a"}, Every: time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		last.Close()
		if keys, err := keeper.Keys(t.Context(), "shop"); err != nil || keys[0].Used.IsZero() {
			t.Errorf("%+v, %v", keys, err)
		}
	})
}

func TestRefusedChoices(t *testing.T) {
	radius := 99
	for name, test := range map[string]struct {
		chosen sites.Chosen
		field  string
	}{
		"script as origin":  {sites.Chosen{Origins: []string{"javascript:alert(1)"}}, "origins"},
		"path in an origin": {sites.Chosen{Origins: []string{"https://a.example/x"}}, "origins"},
		"policy in origin":  {sites.Chosen{Origins: []string{"https://a.example; script-src *"}}, "origins"},
		"wildcard":          {sites.Chosen{Origins: []string{"https://*.example"}}, "origins"},
		"style as accent":   {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Accent: "red;} body{display:none"}}}, "accent"},
		"url as accent":     {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Accent: "url(//evil.example)"}}}, "accent"},
		"script as accent":  {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Accent: "javascript:alert(1)"}}}, "accent"},
		"newline in accent": {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Accent: "#112233\n"}}}, "accent"},
		"round":             {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Radius: &radius}}}, "radius"},
		"middle":            {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Position: "middle"}}}, "position"},
		"sepia":             {sites.Chosen{Look: sites.Look{Theme: sites.Theme{Scheme: "sepia"}}}, "scheme"},
		"long greeting":     {sites.Chosen{Look: sites.Look{Greeting: strings.Repeat("a", 301)}}, "greeting"},
		"lines in greeting": {sites.Chosen{Look: sites.Look{Greeting: "a\nb"}}, "greeting"},
		"locale":            {sites.Chosen{Look: sites.Look{Locale: "not a language"}}, "locale"},
		"control in issuer": {sites.Chosen{JWTIssuer: "a\x00"}, "jwt_issuer"},
		"too long audience": {sites.Chosen{JWTAudience: strings.Repeat("a", 201)}, "jwt_audience"},
	} {
		_, err := test.chosen.Clean()
		var field *sites.FieldError
		if !errors.As(err, &field) || field.Field != test.field || !errors.Is(err, sites.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	zero := 0
	good := sites.Chosen{Look: sites.Look{Theme: sites.Theme{Accent: "#AbC123", Radius: &zero, Position: "left", Scheme: "auto"}, Greeting: "Say javascript: <b>hello</b>", Locale: "pt-BR"}}
	if _, err := good.Clean(); err != nil {
		t.Error(err)
	}
}

// gone is a store whose database comes and goes.
type gone struct {
	sites.Store
	away atomic.Bool
}

func (g *gone) Revision(ctx context.Context) (int64, error) {
	if g.away.Load() {
		return 0, errors.New("the database is gone")
	}
	return g.Store.Revision(ctx)
}

func TestTheLastKnownCountsWhileTheDatabaseIsGone(t *testing.T) {
	onStores(t, func(t *testing.T, store sites.Store) {
		flaky := &gone{Store: store}
		log := &syncBuffer{}
		keeper, directory := open(t, flaky, func(cfg *sites.KeeperConfig) { cfg.Log = slog.New(slog.NewTextHandler(log, nil)) })
		if _, err := keeper.Save(t.Context(), ana, "shop", 0, sites.Chosen{Origins: []string{"https://blog.example"}}); err != nil {
			t.Fatal(err)
		}
		flaky.away.Store(true)
		until(t, "a word in the log", func() bool { return strings.Contains(log.String(), "last known") })
		if !allows(directory, "shop", "https://blog.example") {
			t.Error("the origin is forgotten")
		}
		flaky.away.Store(false)
		until(t, "the other word", func() bool { return strings.Contains(log.String(), "read again") })
		if n := strings.Count(log.String(), "last known"); n != 1 {
			t.Errorf("said %d times", n)
		}
		flaky.away.Store(true)
		if _, err := sites.OpenKeeper(t.Context(), sites.KeeperConfig{Store: flaky, Directory: directory, Sealer: plainSealer{}}); err == nil {
			t.Error("a process starts without knowing what sites chose")
		}
	})
}
