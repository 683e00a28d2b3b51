package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"

	demodata "github.com/parleyhq/parley/retrieval/demo"
	"github.com/parleyhq/parley/web/demo"
	"github.com/parleyhq/parley/web/hooks"
	"github.com/parleyhq/parley/web/sites"
)

// demoTenant is the site that embeds Parley at /demo.
const demoTenant = "demo-site"

// demoSite is the demo's own web server, and what it and Parley agree on. Its
// secrets are made anew with each start and are in memory only.
type demoSite struct {
	listener net.Listener
	origins  []string // its own, the one that people are led to first
	api      string   // where its server reaches Parley
	site     sites.Site
	endpoint hooks.Endpoint
	shown    bool // it is served: the demo marketplace is loaded
}

// openDemoSite takes the address of the demo's site; nil when it is not to be
// shown. An address that is taken is no reason not to serve: it is said.
func openDemoSite(cfg Config, parley net.Addr, log *slog.Logger) *demoSite {
	address := cfg.demoAddress(parley)
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Warn("the demo site is not shown: its address cannot be had", "demo_listen", address, "error", err)
		return nil
	}
	d := &demoSite{listener: listener, origins: cfg.demoOrigins(address, port(listener.Addr())), api: "http://127.0.0.1:" + port(parley)}
	d.site = sites.Site{
		ID: demoTenant, AllowedOrigins: d.origins, APIKeys: []string{rand.Text() + rand.Text()},
		JWT: &sites.JWT{Secret: []byte(rand.Text() + rand.Text()), Issuer: "quayside", Audience: "parley"},
	}
	if tcp, ok := parley.(*net.TCPAddr); ok && !tcp.IP.IsUnspecified() {
		d.api = "http://" + tcp.String()
	}
	loopback := "http://" + net.JoinHostPort("127.0.0.1", port(listener.Addr()))
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && tcp.IP.To4() == nil && tcp.IP.IsLoopback() {
		loopback = d.origins[0] // [::1]
	}
	d.endpoint = hooks.Endpoint{Tenant: demoTenant, URL: loopback + "/parley-events", Secrets: []string{rand.Text() + rand.Text()}}
	return d
}

func port(address net.Addr) string {
	_, port, _ := net.SplitHostPort(address.String()) // of a listener's own address
	return port
}

// demoAddress is where the demo's site listens, "" for nowhere: the port after
// Parley's own, on this machine, unless people reach Parley elsewhere.
func (c Config) demoAddress(parley net.Addr) string {
	switch {
	case !*c.Demo || c.DemoListen == demoOff:
		return ""
	case c.DemoListen != "":
		return c.DemoListen
	case c.PublicURL != "" && !loopbackHost(hostOf(c.PublicURL)):
		return ""
	}
	next := 0
	if _, configured, _ := net.SplitHostPort(c.Listen); configured != "0" {
		if n, err := strconv.Atoi(port(parley)); err == nil && n < 65535 {
			next = n + 1
		}
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(next))
}

// demoOrigins are the origins by which browsers may reach what listens at an address.
func (c Config) demoOrigins(address, port string) []string {
	host, _, _ := net.SplitHostPort(address) // net.Listen has read it
	hosts := []string{host}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		hosts = []string{"localhost"}
		if public := hostOf(c.PublicURL); public != "" {
			hosts = []string{public}
		}
	}
	for _, other := range []string{"127.0.0.1", "localhost"} {
		if !slices.Contains(hosts, other) {
			hosts = append(hosts, other)
		}
	}
	origins := make([]string, len(hosts))
	for i, host := range hosts {
		origins[i] = "http://" + net.JoinHostPort(host, port)
	}
	return origins
}

// demoURL is where people find the demo's site, "" when it is not shown.
func (a *app) demoURL() string {
	if a.cfg.demo == nil || !a.cfg.demo.shown {
		return ""
	}
	return a.cfg.demo.origins[0] + "/"
}

// showDemo decides whether the demo's site is shown: with the demo marketplace,
// or where somebody has asked for it.
func (a *app) showDemo(ctx context.Context) error {
	if a.cfg.demo == nil {
		return nil
	}
	state, err := a.storage.settings.Get(ctx, demoSetting)
	if err != nil {
		return fmt.Errorf("%w: %w", errStorage, err)
	}
	a.cfg.demo.shown = state == "loaded" || a.cfg.DemoListen != ""
	return nil
}

// demoHandler is the demo's site.
func (a *app) demoHandler(ctx context.Context, address string) http.Handler {
	d := a.cfg.demo
	return demo.New(ctx, demo.Config{
		Parley: a.cfg.publicURL(address), API: d.api, Origins: d.origins, Site: demoTenant, APIKey: d.site.APIKeys[0],
		JWTSecret: d.site.JWT.Secret, Issuer: d.site.JWT.Issuer, Audience: d.site.JWT.Audience, WebhookSecret: d.endpoint.Secrets[0],
		Prepare: a.fillDemoSite, Log: a.log,
	})
}

// fillDemoSite loads the demo marketplace into the demo's own site, which
// nobody has to pay for who does not look at it.
func (a *app) fillDemoSite(ctx context.Context) error {
	docs, err := demodata.Documents()
	if err != nil {
		return fmt.Errorf("demo site: %w", err)
	}
	present, err := countDocuments(ctx, a.retriever, demoTenant)
	if err != nil {
		return fmt.Errorf("demo site: %w", err)
	}
	if present >= len(docs) {
		return nil
	}
	if _, err := a.retriever.Load(ctx, demoTenant, docs); err != nil {
		return fmt.Errorf("demo site: %w", err)
	}
	a.filler.fill(demoTenant)
	return nil
}
