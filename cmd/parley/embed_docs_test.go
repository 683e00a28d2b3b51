package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/hooks"
)

const (
	embedDocs      = "../../docs/embed.md"
	webhookSecret  = "webhook-secret-of-the-shop-with-enough-characters"
	wordpressWords = "correct horse battery staple"
)

var fence = regexp.MustCompile("(?ms)^```[a-z]+ title=\"([^\"]+)\"\n(.*?)^```$")

// snippets are the titled pieces of code of docs/embed.md, by their titles.
func snippets(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(embedDocs)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, match := range fence.FindAllStringSubmatch(string(text), -1) {
		found[match[1]] = match[2]
	}
	return found
}

// stack is how a host site of the documentation is built and run.
type stack struct {
	name  string            // the folder of its snippets, and of testdata/embed
	files map[string]string // where snippets of other folders go
	build func(*testing.T, *host)
	serve []string // command
	login string   // see web/ui/e2e/embed-docs.mjs
	token string   // paths of its routes
	hook  string
}

var stacks = []stack{
	{name: "html", serve: []string{"node", "server.mjs"}, login: "cookie"},
	{name: "react", files: map[string]string{"html/parley.mjs": "parley.mjs"}, build: buildReact, serve: []string{"node", "server.mjs"}, login: "cookie"},
	{name: "next", build: buildNext, serve: []string{"node", "node_modules/next/dist/bin/next", "start"}, login: "cookie"},
	{name: "rails", serve: []string{"rackup", "-s", "webrick", "-E", "production", "-o", "127.0.0.1", "-p", "$PORT"}, login: "/login"},
	{name: "django", build: buildDjango, serve: []string{"/usr/bin/python3", "manage.py", "runserver", "--noreload", "127.0.0.1:$PORT"}, login: "/login"},
	{
		name: "wordpress", build: buildWordPress, serve: []string{"php", "-S", "127.0.0.1:$PORT", "router.php"}, login: "form",
		token: "/wp-json/parley/v1/token", hook: "/wp-json/parley/v1/events",
	},
}

// TestEmbedDocs makes a site of each set of snippets in docs/embed.md, with the
// framework that they are for, and goes the whole way: somebody signs in, opens the
// chat in Chromium, publishes a post, and the site answers with its page.
func TestEmbedDocs(t *testing.T) {
	needBrowser(t)
	needFrameworks(t)
	code := snippets(t)
	for title := range code {
		folder, _, _ := strings.Cut(title, "/")
		if !hasStack(folder) {
			t.Errorf("%s of %s is executed by no test", title, embedDocs)
		}
	}
	for _, st := range stacks {
		t.Run(st.name, func(t *testing.T) { newHost(t, st, code).check(t) })
	}
}

func hasStack(name string) bool {
	for _, st := range stacks {
		if st.name == name {
			return true
		}
	}
	return false
}

// needFrameworks skips where the tools are not installed; .ci/tools.sh does that.
func needFrameworks(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"rackup", "php", "mariadbd", "/usr/share/wordpress/wp-content/themes/twentytwentythree", "/usr/lib/python3/dist-packages/django/__init__.py", "/usr/lib/python3/dist-packages/jwt/__init__.py"} {
		_, err := exec.LookPath(tool)
		if filepath.IsAbs(tool) {
			_, err = os.Stat(tool)
		}
		switch {
		case err == nil:
		case os.Getenv("PARLEY_TEST_BROWSER") == "on":
			t.Fatalf("%s is missing: .ci/tools.sh install", tool)
		default:
			t.Skipf("%s is missing", tool)
		}
	}
}

// host is a site that runs on snippets.
type host struct {
	stack
	folder string
	base   string // its origin
	env    []string
	parley *server
}

func newHost(t *testing.T, st stack, code map[string]string) *host {
	t.Helper()
	if st.token == "" {
		st.token, st.hook = "/parley/token", "/parley/events"
	}
	port := freePort(t)
	h := &host{stack: st, folder: t.TempDir(), base: "http://127.0.0.1:" + port}
	h.parley = startServer(t, h.config(t))
	h.env = append(os.Environ(), "PORT="+port, "HOST="+h.base, "PARLEY_URL="+strings.TrimSuffix(h.parley.base, "/"), "VITE_PARLEY_URL="+strings.TrimSuffix(h.parley.base, "/"),
		"PARLEY_ISSUER=shop.example", "PARLEY_JWT_SECRET="+shopSecret, "PARLEY_WEBHOOK_SECRET="+webhookSecret, "WORDPRESS_PASSWORD="+wordpressWords,
		"DB_SOCKET="+filepath.Join(h.folder, "mariadb.sock"), "NEXT_TELEMETRY_DISABLED=1", "NODE_ENV=production", "PHP_CLI_SERVER_WORKERS=4")
	if err := os.CopyFS(h.folder, os.DirFS(filepath.Join("testdata/embed", st.name))); err != nil {
		t.Fatal(err)
	}
	for title, text := range code {
		name, own := strings.CutPrefix(title, st.name+"/")
		if !own {
			name = st.files[title]
		}
		if name != "" {
			h.write(t, name, strings.ReplaceAll(text, "https://parley.example", strings.TrimSuffix(h.parley.base, "/")))
		}
	}
	if st.build != nil {
		st.build(t, h)
	}
	args := make([]string, len(st.serve))
	for i, arg := range st.serve {
		args[i] = strings.ReplaceAll(arg, "$PORT", port)
	}
	h.start(t, args...)
	h.answers(t)
	return h
}

// config serves the site "shop", which the host is.
func (h *host) config(t *testing.T) Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "parley.yaml")
	text := fmt.Sprintf(`
tenants:
  - id: shop
    allowed_origins: [%q]
    jwt: {secret_env: SHOP_JWT_SECRET, issuer: shop.example, audience: parley}
    api_key_env: SHOP_API_KEY
    webhooks:
      - url: %s
        secret_env: SHOP_WEBHOOK_SECRET
        events: [draft.published]
`, h.base, h.base+h.hook)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return testConfig(t, map[string]string{"PARLEY_CONFIG": file, "SHOP_JWT_SECRET": shopSecret, "SHOP_API_KEY": shopKey, "SHOP_WEBHOOK_SECRET": webhookSecret})
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func (h *host) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(h.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run runs a command in the site's folder.
func (h *host) run(t *testing.T, name string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Dir, command.Env, command.WaitDelay = h.folder, h.env, 5*time.Second
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// start runs a command until the test ends.
func (h *host) start(t *testing.T, args ...string) {
	t.Helper()
	command := exec.Command(args[0], args[1:]...)
	var out bytes.Buffer
	command.Dir, command.Env, command.Stdout, command.Stderr, command.WaitDelay = h.folder, h.env, &out, &out, 5*time.Second
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		command.Process.Signal(os.Interrupt)
		late := time.AfterFunc(10*time.Second, func() { command.Process.Kill() })
		command.Wait()
		late.Stop()
		if t.Failed() {
			t.Logf("%s:\n%s", args[0], out.Bytes())
		}
	})
}

// answers waits until the site answers.
func (h *host) answers(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		response, err := http.Get(h.base + "/")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
			err = fmt.Errorf("status %d", response.StatusCode)
		}
		if time.Now().After(deadline) {
			t.Fatalf("the site does not answer: %v", err)
		}
	}
}

// check goes the whole way.
func (h *host) check(t *testing.T) {
	out, err := runNode(t, []string{"e2e/embed-docs.mjs"}, append(h.env, "NODE_ENV=", "LOGIN="+h.login, "PASSWORD="+wordpressWords, "TOKEN="+h.token)...)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	token := strings.TrimSpace(out)
	var list struct{ Sessions []sessions.Session }
	h.parley.get(t, "/v1/sessions?site=shop", token, http.StatusOK, &list)
	if len(list.Sessions) != 1 {
		t.Fatalf("the person who chatted on the page has %d conversations", len(list.Sessions))
	}
	h.publish(t, token, list.Sessions[0].ID)
	h.refuses(t)
}

// publish publishes a post in the conversation of the page, and waits for the
// address of its page on the site.
func (h *host) publish(t *testing.T, token, session string) {
	t.Helper()
	c := dial(t, h.parley, "shop", object{"token": token, "session": session})
	c.say(petShop)
	draft := c.draft()
	c.request(object{"type": "draft.publish", "draft_id": draft.ID, "version": draft.Version})
	f := c.until("the address", func(f frame) bool { return f.Type == "draft.published" && f.URL != "" })
	if !strings.HasPrefix(f.URL, h.base+"/") {
		t.Errorf("published at %s", f.URL)
	}
}

// refuses checks that the site believes nobody but Parley, and only lately.
func (h *host) refuses(t *testing.T) {
	t.Helper()
	body := []byte(`{"type":"draft.published","site":"shop","data":{"draft_id":"forged","version":1,"kind":"job_post","document":{"title":"Forged","description":"Forged."}}}`)
	post := func(what, secret string, at time.Time, want int) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.base+h.hook, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		if secret != "" {
			if err := hooks.Sign(r.Header, "evt-1", body, at, secret); err != nil {
				t.Fatal(err)
			}
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%s: %d, want %d", what, response.StatusCode, want)
		}
	}
	now := time.Now()
	post("no signature", "", now, http.StatusUnauthorized)
	post("another secret", strings.Repeat("x", 40), now, http.StatusUnauthorized)
	post("an old signature", webhookSecret, now.Add(-10*time.Minute), http.StatusUnauthorized)
	post("a good one", webhookSecret, now, http.StatusOK)
}

// npm installs what a site is built with.
func npm(t *testing.T, h *host) {
	t.Helper()
	// Not ci: a lock file names what is for other systems only where the registry has it.
	h.run(t, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error")
}

func buildReact(t *testing.T, h *host) {
	npm(t, h)
	vite, err := filepath.Abs(filepath.Join(uiFolder, "node_modules/vite/bin/vite.js"))
	if err != nil {
		t.Fatal(err)
	}
	h.write(t, "shop.mjs", read(t, "testdata/embed/html/shop.mjs"))
	h.run(t, "node", vite, "build")
}

// buildNext takes the component of the React snippet, as the text says.
func buildNext(t *testing.T, h *host) {
	h.write(t, "app/parley-widget.jsx", "\"use client\";\n"+snippets(t)["react/parley-widget.jsx"])
	npm(t, h)
	h.run(t, "node", "node_modules/next/dist/bin/next", "build")
}

func buildDjango(t *testing.T, h *host) {
	h.run(t, "/usr/bin/python3", "manage.py", "migrate", "--verbosity", "0")
}

// buildWordPress installs WordPress on a MariaDB of its own, with the plugin.
func buildWordPress(t *testing.T, h *host) {
	h.run(t, "cp", "-rL", "--no-clobber", "/usr/share/wordpress/.", h.folder)
	h.write(t, "wp-config.php", read(t, "testdata/embed/wordpress/wp-config.php"))
	h.write(t, "wp-content/plugins/parley/parley.php", read(t, filepath.Join(h.folder, "parley.php")))
	data, socket := t.TempDir(), filepath.Join(h.folder, "mariadb.sock")
	h.run(t, "mariadb-install-db", "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	h.start(t, "mariadbd", "--no-defaults", "--user=root", "--datadir="+data, "--socket="+socket, "--skip-networking", "--innodb-buffer-pool-size=32M")
	h.run(t, "sh", "-c", "i=0; until mariadb --no-defaults -u root -S '"+socket+"' -e 'create database wordpress'; do i=$((i+1)); [ $i -lt 300 ] || exit 1; sleep 0.1; done")
	h.run(t, "php", "setup.php")
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestEmbedTables compares the tables of docs/embed.md with what the loader has:
// each option, command and event of it is there, and none is invented.
func TestEmbedTables(t *testing.T) {
	text := read(t, embedDocs)
	source := func(name string) string { return read(t, filepath.Join(uiFolder, "src/widget", name)) }
	options := source("options.ts")
	picked := regexp.MustCompile(`Pick<Settings, ([^>]+)>`).FindStringSubmatch(options)
	events := regexp.MustCompile(`EventName = ([^;]+);`).FindStringSubmatch(source("widget.ts"))
	if picked == nil || events == nil {
		t.Fatal("the loader's types are not where this test looks for them")
	}
	for title, want := range map[string][]string{
		"Options":  append(fields(options, "interface Options"), quoted(picked[1])...),
		"Commands": append(fields(source("widget.ts"), "interface Widget"), "on", "off"),
		"Events":   quoted(events[1]),
	} {
		_, section, _ := strings.Cut(text, "\n## "+title+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		var got []string
		for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]+) \\|").FindAllStringSubmatch(section, -1) {
			for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
				got = append(got, name[1])
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -loader +docs\n%s", title, diff)
		}
	}
}

// fields are the names of an interface's members in a TypeScript source.
func fields(source, name string) (names []string) {
	_, body, _ := strings.Cut(source, name)
	body, _, _ = strings.Cut(body, "\n}")
	for _, match := range regexp.MustCompile(`(?m)^  (\w+)\??[:(]`).FindAllStringSubmatch(body, -1) {
		names = append(names, match[1])
	}
	return names
}

// quoted are the strings in a piece of source.
func quoted(source string) (names []string) {
	for _, match := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(source, -1) {
		names = append(names, match[1])
	}
	return names
}
