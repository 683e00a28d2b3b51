package demo

import (
	"context"
	"crypto/rand"
	"embed"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Config is what the site and Parley agree on.
type Config struct {
	Parley  string   // origin of Parley for browsers: http://127.0.0.1:8080
	API     string   // the same for this server
	Origins []string // of this site, the one that it names itself by first

	Site          string // its name at Parley
	APIKey        string
	JWTSecret     []byte // at least 32 bytes
	Issuer        string // of its tokens
	Audience      string
	WebhookSecret string

	// Prepare is called before the first page is shown, again until it succeeds:
	// it fills the market. Optional.
	Prepare func(context.Context) error
	Log     *slog.Logger
}

// Site is Quayside. It is safe for concurrent use.
type Site struct {
	ctx     context.Context // of what is begun for all visitors
	cfg     Config
	parley  parley
	handler http.Handler
	people  sessions

	opening sync.Mutex
	open    bool

	mu       sync.Mutex
	jobs     []Job     // made of what was published, newest first
	received []receipt // newest first
	cursor   string    // up to where this site has caught up
}

//go:embed pages assets
var files embed.FS

var templates = parsePages("home", "job", "post", "person", "login", "received", "missing")

// parsePages reads each page together with the layout.
func parsePages(names ...string) map[string]*template.Template {
	pages := map[string]*template.Template{}
	for _, name := range names {
		pages[name] = template.Must(template.ParseFS(files, "pages/layout.html", "pages/"+name+".html"))
	}
	return pages
}

// New returns the site, to be served at its origins until ctx ends.
func New(ctx context.Context, cfg Config) *Site {
	s := &Site{ctx: ctx, cfg: cfg, parley: newParley(cfg.API, cfg.APIKey)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /jobs/{id}", s.job)
	mux.HandleFunc("GET /post", s.post)
	mux.HandleFunc("GET /people/{id}", s.person)
	mux.HandleFunc("GET /login", s.login)
	mux.HandleFunc("POST /login", s.signIn)
	mux.HandleFunc("POST /logout", s.signOut)
	mux.HandleFunc("GET /received", s.showReceived)
	mux.HandleFunc("GET /parley-token", s.token)
	mux.HandleFunc("POST /parley-events", s.webhook)
	assets, _ := fs.Sub(files, "assets")         // the directive above names it
	mux.HandleFunc("GET /assets/{$}", s.missing) // no list of what is there
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServerFS(assets)))
	mux.HandleFunc("GET /", s.missing)
	s.handler = http.NewCrossOriginProtection().Handler(mux) // no other site's form signs anybody in or out
	return s
}

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// A name that somebody else's DNS points here is not this site's.
	if !slices.ContainsFunc(s.cfg.Origins, func(own string) bool { return strings.EqualFold(own, "http://"+r.Host) }) {
		http.Error(w, "this is not "+r.Host, http.StatusMisdirectedRequest)
		return
	}
	s.handler.ServeHTTP(w, r)
}

const prepareTime = 2 * time.Minute

// prepare has the market filled, and catches up with what was published before.
func (s *Site) prepare() error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.open {
		return nil
	}
	// Whoever came first may leave; what was begun is for the others too.
	ctx, cancel := context.WithTimeout(s.ctx, prepareTime)
	defer cancel()
	if s.cfg.Prepare != nil {
		if err := s.cfg.Prepare(ctx); err != nil {
			return err
		}
	}
	if err := s.catchUp(ctx); err != nil {
		return err
	}
	s.open = true
	return nil
}

// page is what every page shows, beside its own data.
type page struct {
	Title  string
	Path   string
	Nonce  string // of this page's scripts
	Parley string
	Site   string
	Person *Person // nil: nobody is signed in
	Job    string  // id of the job that the page is about, "" for none
	Data   any
}

// show writes a page. Scripts run only with its nonce, and only Parley is framed.
func (s *Site) show(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	p.Path, p.Nonce, p.Parley, p.Site, p.Person = r.URL.Path, rand.Text(), s.cfg.Parley, s.cfg.Site, s.people.of(r)
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+p.Nonce+"'; style-src 'self'; img-src 'self'; connect-src 'self'; "+
		"frame-src "+s.cfg.Parley+"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	var text strings.Builder
	if err := templates[name].ExecuteTemplate(&text, "layout", p); err != nil {
		s.cfg.Log.Error("demo site: page", "page", name, "error", err)
		http.Error(w, "this page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text.String())) // whoever asked may be gone
}
