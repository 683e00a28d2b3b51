package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/chat"
)

// Metrics counts what a process does, for Prometheus. Labels take few values:
// routes and not paths, never a tenant or a person.
type Metrics struct {
	registry *prometheus.Registry

	requests *prometheus.HistogramVec
	panics   prometheus.Counter

	running prometheus.Gauge
	turns   *prometheus.HistogramVec
	stages  *prometheus.HistogramVec
	reruns  prometheus.Counter
	leases  prometheus.Counter
	retries prometheus.Counter

	subscribers prometheus.Gauge
	sockets     prometheus.Gauge
	frames      *prometheus.CounterVec
	closed      *prometheus.CounterVec

	calls  *prometheus.HistogramVec
	tokens *prometheus.CounterVec

	checks  *prometheus.HistogramVec
	labels  *prometheus.CounterVec
	judged  *prometheus.HistogramVec
	expired *prometheus.CounterVec

	webhooks *prometheus.HistogramVec
}

// Buckets in seconds: a message is judged in microseconds, a turn without a network
// takes milliseconds, one with a model up to minutes.
var (
	instant = []float64{.00005, .0001, .0002, .0005, .001, .002, .005, .01, .02, .05, .1, .5, 1, 5}
	quick   = []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10}
	slow    = []float64{.005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 60, 120}
)

// NewMetrics returns metrics on a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: histogram("parley_http_request_seconds", "Time to answer an HTTP request.", quick, "method", "route", "status"),
		panics:   counter("parley_panics_total", "Panics of HTTP handlers that were caught."),
		running:  gauge("parley_turns_running", "Turns that run now."),
		turns:    histogram("parley_turn_seconds", "Time of a whole turn, its commits included.", slow, "status", "route"),
		stages:   histogram("parley_turn_stage_seconds", "Time of a stage of a turn.", quick, "stage"),
		reruns:   counter("parley_turn_reruns_total", "Turns that were run again because their process died."),
		leases:   counter("parley_leases_lost_total", "Sessions that another process took over."),
		retries:  counter("parley_commit_retries_total", "Ends of turns that could not be stored at once."),

		subscribers: gauge("parley_subscribers", "Connections that look at a session."),
		sockets:     gauge("parley_connections", "Open chat connections."),
		frames:      counters("parley_frames_total", "Frames from clients.", "type"),
		closed:      counters("parley_connections_closed_total", "Connections that the server closed; code 3008 is a client too slow for its queue.", "code"),

		calls:  histogram("parley_model_call_seconds", "Time of a call to a model.", slow, "purpose", "model", "outcome"),
		tokens: counters("parley_model_tokens_total", "Tokens that models were asked and said.", "purpose", "model", "direction"),

		checks:  histogram("parley_moderation_seconds", "Time to judge a message, and to store its case where it has one.", instant, "event", "channel", "decision", "stage"),
		labels:  counters("parley_moderation_labels_total", "Messages by the label that they break most likely.", "label", "decision"),
		judged:  histogram("parley_moderation_judge_seconds", "Time of a judge's verdict, once it was asked.", slow, "outcome", "cached"),
		expired: counters("parley_moderation_expired_total", "Held messages that nobody decided in time.", "decision"),

		webhooks: histogram("parley_webhook_seconds", "Time of an attempt to tell a site of an event.", slow, "event", "outcome"),
	}
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.panics, m.running, m.turns, m.stages, m.reruns, m.leases, m.retries,
		m.subscribers, m.sockets, m.frames, m.closed, m.calls, m.tokens,
		m.checks, m.labels, m.judged, m.expired, m.webhooks,
	)
	return m
}

func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
}

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
}

func (m *Metrics) request(method, route string, status int, took time.Duration) {
	if route == "" {
		method, route = "other", "other" // a scanner's guesses would make a series each
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// Sessions are the hooks of the Manager.
func (m *Metrics) Sessions() sessions.Metrics {
	return sessions.Metrics{
		TurnStarted: m.running.Inc,
		TurnEnded: func(status sessions.Status, route string, took time.Duration) {
			m.running.Dec()
			m.turns.WithLabelValues(string(status), route).Observe(took.Seconds())
		},
		TurnRerun:   m.reruns.Inc,
		LeaseLost:   m.leases.Inc,
		CommitRetry: m.retries.Inc,
		Subscribers: func(change int) { m.subscribers.Add(float64(change)) },
	}
}

// Chat are the hooks of the chat's server.
func (m *Metrics) Chat() chat.Metrics {
	return chat.Metrics{
		Connections: func(change int) { m.sockets.Add(float64(change)) },
		Frame:       func(kind string) { m.frames.WithLabelValues(kind).Inc() },
		Closed:      func(code int) { m.closed.WithLabelValues(strconv.Itoa(code)).Inc() },
	}
}

// Responder counts the stages of what next does.
func (m *Metrics) Responder(next sessions.Responder) sessions.Responder { return observed{next, m} }

type observed struct {
	sessions.Responder
	metrics *Metrics
}

func (o observed) Respond(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	outcome, err := o.Responder.Respond(ctx, turn, emit)
	for stage, ms := range outcome.Stages {
		o.metrics.stages.WithLabelValues(stage).Observe(ms / 1000)
	}
	return outcome, err
}

// ModelCall counts a call to a model outside this process.
func (m *Metrics) ModelCall(purpose model.Purpose, result model.Result, err error) {
	m.calls.WithLabelValues(string(purpose), result.Model, callOutcome(err)).Observe(result.Total.Seconds())
	m.tokens.WithLabelValues(string(purpose), result.Model, "in").Add(float64(result.Usage.InputTokens))
	m.tokens.WithLabelValues(string(purpose), result.Model, "out").Add(float64(result.Usage.OutputTokens))
}

func callOutcome(err error) string {
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, model.ErrCut):
		return "cut"
	case errors.Is(err, model.ErrUnavailable):
		return "unavailable"
	case errors.Is(err, model.ErrRejected):
		return "rejected"
	case errors.Is(err, model.ErrMalformed):
		return "malformed"
	}
	return "failed"
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// metrics serves /metrics to whoever has its token, or when there is none to
// this machine. A request that a proxy forwarded is not of this machine.
func (s *Server) metrics(c echo.Context) error {
	r := c.Request()
	if s.MetricsToken != "" {
		if subtle.ConstantTimeCompare([]byte(auth.Bearer(r)), []byte(s.MetricsToken)) != 1 {
			return auth.ErrInvalid
		}
	} else if !local(r) {
		return errForbidden
	}
	s.Metrics.handler().ServeHTTP(c.Response(), r)
	return nil
}

func local(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
	return err == nil && ip != nil && ip.IsLoopback() && !forwarded
}
