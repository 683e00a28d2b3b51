package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

type serveCmd struct {
	DemoListen string `help:"Address of the demo's site, off for none (PARLEY_DEMO_LISTEN; the port after the server's)." placeholder:"ADDRESS"`
}

// Run serves until a signal comes.
func (c serveCmd) Run(env *environ) error {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	if c.DemoListen != "" {
		cfg.DemoListen = c.DemoListen
		if err := cfg.validateDemo(); err != nil {
			return err
		}
	}
	return Serve(env.ctx, cfg, env.log, func(s Started) { s.print(env.out) })
}

const (
	drainTimeout = 20 * time.Second // running turns
	closeTimeout = 5 * time.Second  // connections and requests after that
	idleTimeout  = 2 * time.Minute
	headTimeout  = 10 * time.Second // a request's headers
	maxHeader    = 64 << 10
)

// Serve runs the product until ctx ends, then shuts it down in order: turns,
// chat connections, requests, database. Logs are JSON lines on log. started is
// called once requests are answered.
func Serve(ctx context.Context, cfg Config, log io.Writer, started func(Started)) error {
	logger, err := newLogger(cfg, log)
	if err != nil {
		return err
	}
	// The address is taken first: a port that is in use shall not cost a migration.
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", cfg.Listen, err)
	}
	defer listener.Close()
	metrics, err := listenMetrics(cfg)
	if err != nil {
		return err
	}
	if metrics != nil {
		defer metrics.Close()
	}
	if cfg.demo = openDemoSite(cfg, listener.Addr(), logger); cfg.demo != nil {
		defer cfg.demo.listener.Close()
	}
	a, err := newApp(ctx, cfg, logger)
	if err != nil {
		return err
	}
	if err := a.prepare(ctx); err != nil {
		return errors.Join(err, a.Close())
	}
	status, err := a.started(ctx, listener.Addr().String())
	if err != nil {
		return errors.Join(err, a.Close())
	}
	webhooks := a.startWebhooks()
	rolling := a.startRolling()
	err = a.serve(ctx, listener, metrics, func() { started(status) })
	webhooks.Close()
	rolling.Close()
	return errors.Join(err, a.Close())
}

func newLogger(cfg Config, w io.Writer) (*slog.Logger, error) {
	level, err := cfg.logLevel()
	if err != nil {
		return nil, err
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})), nil
}

func listenMetrics(cfg Config) (net.Listener, error) {
	if cfg.Metrics.TokenEnv != "" && cfg.metricsToken() == "" {
		return nil, configError("metrics.token_env: the variable %s is not set", cfg.Metrics.TokenEnv)
	}
	if cfg.Metrics.Listen == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", cfg.Metrics.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics on %s: %w", cfg.Metrics.Listen, err)
	}
	return listener, nil
}

// prepare loads what a first start needs.
func (a *app) prepare(ctx context.Context) error {
	if *a.cfg.Demo {
		if err := loadDemo(ctx, a.storage, a.retriever, a.log); err != nil {
			return fmt.Errorf("%w: %w", errStorage, err)
		}
	}
	for _, site := range a.sites.All() {
		a.filler.fill(site.ID)
	}
	return a.showDemo(ctx)
}

// serve answers requests until ctx ends or a listener fails, and then shuts down.
func (a *app) serve(ctx context.Context, listener, metrics net.Listener, started func()) error {
	var servers []*http.Server
	failed := make(chan error, 3)
	answer := func(handler http.Handler, listener net.Listener) {
		server := a.httpServer(handler)
		servers = append(servers, server)
		go func() { failed <- server.Serve(listener) }()
	}
	answer(a.web, listener)
	if metrics != nil {
		answer(a.web.MetricsHandler(), metrics)
	}
	if a.demoURL() != "" {
		answer(a.demoHandler(ctx, listener.Addr().String()), a.cfg.demo.listener)
	}
	started()
	trimming, stopTrimming := context.WithCancel(ctx)
	trimmed := make(chan struct{})
	go func() { defer close(trimmed); trim(trimming) }()
	defer func() { stopTrimming(); <-trimmed }()

	var err error
	running := len(servers)
	select {
	case <-ctx.Done():
	case err = <-failed:
		running--
	}
	a.log.Info("shutting down")
	err = errors.Join(err, a.drain(servers))
	for range running {
		if e := <-failed; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
	}
	return err
}

func (a *app) httpServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
}

// drain lets running turns end, tells chat connections to come back elsewhere,
// and waits for requests. Requests are taken until the connections are closed:
// whoever asks /readyz hears that the process is going.
func (a *app) drain(servers []*http.Server) error {
	turns, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	a.manager.Drain(turns)

	rest, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	var errs []error
	if err := a.chat.Shutdown(rest); err != nil {
		errs = append(errs, fmt.Errorf("close connections: %w", err))
	}
	a.feed.Close() // ends the streams of operators, which Shutdown would wait for
	for _, server := range servers {
		if err := server.Shutdown(rest); err != nil {
			errs = append(errs, fmt.Errorf("end requests: %w", err), server.Close())
		}
	}
	return errors.Join(errs...)
}
