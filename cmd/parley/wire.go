package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
	"github.com/parleyhq/parley/web"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/chat"
	"github.com/parleyhq/parley/web/figures"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/sites"
)

// app is the product, put together.
type app struct {
	cfg       Config
	log       *slog.Logger
	storage   *storage
	sites     *sites.Directory
	keeper    *sites.Keeper
	models    *models
	retriever *retrieval.Retriever
	screening *screening
	outbox    *hooks.Outbox
	desk      *operators.Desk
	metrics   *web.Metrics
	manager   *sessions.Manager
	feed      *inspect.Feed
	chat      *chat.Server
	web       *web.Server
	filler    *filler
	published chan struct{} // has a value when a draft was published
	figures   *figures.Figures
}

// newApp opens the database and puts the parts together, from the bottom up.
// Close lets go of everything.
func newApp(ctx context.Context, cfg Config, log *slog.Logger) (_ *app, err error) {
	a := &app{cfg: cfg, log: log, published: make(chan struct{}, 1)}
	defer func() {
		if err != nil {
			a.Close()
		}
	}()
	if a.sites, err = cfg.directory(); err != nil {
		return nil, err
	}
	rates, err := readRates(cfg.Retrieval.Rates)
	if err != nil {
		return nil, err
	}
	if a.storage, err = openStorage(ctx, cfg, log); err != nil {
		return nil, err
	}
	metrics := web.NewMetrics()
	a.metrics = metrics
	if a.models, err = openModels(cfg, log, metrics, a.storage.ledger); err != nil {
		return nil, err
	}
	a.retriever = retrieval.New(a.storage.index, a.models.embedder, skills.Default()).With(retrieval.Options{Older: a.models.older, Rates: rates})
	a.filler = newFiller(a.retriever, log)

	keys, err := signingKeys(ctx, cfg, a.storage.settings)
	if err != nil {
		return nil, err
	}
	authenticator := auth.New(a.sites, keys)
	if a.keeper, err = openKeeper(ctx, cfg, a.storage, a.sites, log); err != nil {
		return nil, err
	}
	if a.desk, err = openDesk(cfg, a.storage.staff, authenticator); err != nil {
		return nil, err
	}
	endpoints, err := cfg.webhooks()
	if err != nil {
		return nil, err
	}
	a.outbox = hooks.NewOutbox(a.storage.outbox, endpoints, cfg.now)
	if a.screening, err = openScreening(cfg, a.storage, a.models, metrics, log); err != nil {
		return nil, err
	}
	responder, err := a.responder()
	if err != nil {
		return nil, err
	}
	a.manager = sessions.New(a.storage.store, metrics.Responder(responder), sessions.Config{Log: log, Now: cfg.now, Published: a.wakePublisher, Metrics: metrics.Sessions()})
	a.screening.release(a.manager)
	a.chat = chat.New(a.manager, authenticator, chat.Config{
		Tenant: a.tenant, Origins: a.origins, Log: log, Metrics: metrics.Chat(),
	})
	a.keeper.OnChange(a.chat.Recheck)
	uploads, err := uploadReader()
	if err != nil {
		return nil, err
	}
	a.feed = inspect.NewFeed(a.storage.inspect, 0, log)
	a.web = web.New(web.Config{
		Manager: a.manager, Retriever: a.retriever, Auth: authenticator, Sites: a.sites, Keeper: a.keeper, Chat: a.chat, Metrics: metrics, Upload: uploads,
		Operators: a.desk, Webhooks: a.outbox, Loads: a.storage.loads,
		Moderation: a.screening.routes(a.storage),
		Inspection: web.Inspection{Reader: inspect.Reader{Store: a.storage.inspect}, Trail: a.storage.trail, Feed: a.feed, Calls: a.storage.ledger},
		Figures:    a.openFigures(),
		Ready:      a.storage.ready, Demo: a.demoURL, Loaded: a.filler.fill, MetricsToken: cfg.metricsToken(), Log: log,
		PublicOrigin: cfg.publicOrigin(), TrustedProxies: cfg.TrustedProxies.prefixes,
	})
	return a, nil
}

// responder answers people's messages, with what was trained in the data folder.
func (a *app) responder() (*assistant.Assistant, error) {
	router, err := openRouter(a.cfg.Data)
	if err != nil {
		return nil, err
	}
	ranker, err := openRanker(a.cfg.Data)
	if err != nil {
		return nil, err
	}
	return assistant.New(assistant.Config{
		Retriever: a.retriever, Models: a.models.speakers(), Router: router, Ranker: ranker, Moderation: a.screening.Moderator,
	}), nil
}

// Close ends what newApp started, in the opposite order. Connections and turns
// were shut down before by [app.drain]; what is left of them ends here.
func (a *app) Close() error {
	var errs []error
	if a.chat != nil {
		now, cancel := context.WithCancel(context.Background())
		cancel()
		if err := a.chat.Shutdown(now); err != nil && !errors.Is(err, context.Canceled) {
			errs = append(errs, err)
		}
	}
	if a.feed != nil {
		a.feed.Close()
	}
	if a.screening != nil {
		a.screening.Close()
	}
	if a.manager != nil {
		a.manager.Close()
	}
	if a.filler != nil {
		a.filler.Close()
	}
	if a.models != nil {
		a.models.Close()
	}
	if a.keeper != nil {
		a.keeper.Close()
	}
	if a.storage != nil {
		errs = append(errs, a.storage.close())
	}
	return errors.Join(errs...)
}

// tenant is the site that a chat connection is for.
func (a *app) tenant(r *http.Request) (string, error) {
	site, err := a.sites.Get(auth.Tenant(r))
	return site.ID, err
}

func (a *app) origins(tenant string) []string {
	site, err := a.sites.Get(tenant)
	if err != nil {
		return nil
	}
	return site.AllowedOrigins
}

// signingKeys are those of PARLEY_SECRET, or the ones kept in the database.
func signingKeys(ctx context.Context, cfg Config, settings sites.Settings) (*auth.Keys, error) {
	if len(cfg.Secrets) > 0 {
		return auth.GivenKeys(cfg.Secrets...)
	}
	keys, err := auth.KeptKeys(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errStorage, err)
	}
	return keys, nil
}

func (c Config) metricsToken() string {
	if c.Metrics.TokenEnv == "" {
		return ""
	}
	return c.getenv(c.Metrics.TokenEnv)
}
