package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/upload"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/loads"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/chat"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// Config is what a Server is made of. Fields are required unless they say otherwise.
type Config struct {
	Manager   *sessions.Manager
	Retriever *retrieval.Retriever
	Auth      *auth.Authenticator
	Sites     *sites.Directory
	Keeper    *sites.Keeper // of what sites choose in the console
	Chat      *chat.Server
	Metrics   *Metrics
	Upload    *upload.Reader
	Operators *operators.Desk
	Webhooks  *hooks.Outbox
	Loads     loads.Log // of documents
	// Moderation judges messages and keeps those that are reviewed.
	Moderation Moderation
	// Inspection is what operators read conversations by.
	Inspection Inspection
	// Figures are what operators are told of how a site does.
	Figures Figures
	// Ready tells why the process should get no requests now: its store does
	// not answer, or is not migrated.
	Ready func(context.Context) error
	// Demo is the address of the demo's site, "" while there is none.
	Demo func() string
	// Loaded is called after documents were loaded whose embedding failed;
	// optional.
	Loaded func(tenant string)
	// PublicOrigin is how browsers reach the server, "" when that is not known.
	PublicOrigin string
	// TrustedProxies are the addresses whose X-Forwarded-For is believed.
	TrustedProxies []netip.Prefix
	// MetricsToken is asked for at /metrics; "" lets only this machine read it.
	MetricsToken string
	Log          *slog.Logger // slog.Default() if nil
}

// Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	Config
	echo    *echo.Echo
	batches chan struct{} // a place for each that is being judged
	appeals *appellers
	streams streams // places for operators who look on
}

// New returns a Server.
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	s := &Server{Config: cfg, echo: echo.New(), batches: make(chan struct{}, mostBatches), appeals: newAppellers()}
	s.echo.HTTPErrorHandler = s.handleError
	s.echo.IPExtractor = clientAddress(cfg.TrustedProxies)
	s.echo.Use(s.observe, s.recover, secure, deadlines, wellFormed, s.sameSite)
	s.routes()
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// routes lists everything that the server answers. openapi.yaml describes each
// of them, which a test checks.
func (s *Server) routes() {
	e := s.echo
	e.GET("/v1/chat", s.Chat.Handle)

	e.POST("/v1/sessions", s.createSession)
	e.GET("/v1/sessions", s.listSessions)
	e.GET("/v1/sessions/:id", s.getSession)
	e.PATCH("/v1/sessions/:id", s.renameSession)
	e.DELETE("/v1/sessions/:id", s.deleteSession)
	e.GET("/v1/sessions/:id/messages", s.getMessages)
	e.GET("/v1/sessions/:id/export", s.exportSession)
	e.POST("/v1/sessions/:id/files", s.addFile)
	e.GET("/v1/sessions/:id/responses/:response/appeal", s.getAppeal)
	e.POST("/v1/sessions/:id/responses/:response/appeal", s.askAgain)
	e.GET("/v1/sessions/:id/events", s.Chat.Events)
	e.POST("/v1/sessions/:id/frames", s.Chat.Frame)

	e.GET("/v1/drafts/:id", s.getDraft)
	s.handover()
	e.POST("/v1/feedback", s.createFeedback)

	e.POST("/v1/search", s.search)
	e.GET("/v1/market", s.market)
	e.GET("/v1/market/trend", s.trend)
	e.POST("/v1/documents", s.loadDocuments)
	e.GET("/v1/documents/:kind/:id", s.getDocument)
	e.DELETE("/v1/documents/:kind/:id", s.deleteDocument)

	s.moderation()
	s.consoleRoutes()
	s.consoleSettings()
	s.consoleOperators()
	s.consoleWebhooks()
	s.inspection()
	s.figureRoutes()
	s.consoleDocuments()

	e.GET("/v1/openapi.yaml", serveOpenAPI)
	e.GET("/healthz", healthy)
	e.GET("/readyz", s.ready)
	e.GET("/metrics", s.metrics)
	s.page()
}

// Routes lists the server's methods and paths, for the test that compares them
// with openapi.yaml.
func (s *Server) Routes() []*echo.Route { return s.echo.Routes() }

// MetricsHandler serves /metrics on a listener of its own, to whoever reaches it.
func (s *Server) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.Metrics.handler())
	return mux
}
