package operators

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC is an identity provider that operators may sign in through, by OpenID
// Connect: authorization code, PKCE, state and nonce.
type OIDC struct {
	Issuer       string // https, or http on this machine
	ClientID     string
	ClientSecret string // "" for a public client
	RedirectURL  string // the server's public address with CallbackPath
	// RolesClaim is the claim whose values name roles, a text or a list of them;
	// Roles maps its values. Whoever has one becomes an operator by signing in, and
	// has at each sign-in the strongest of their roles. Without it the provider only
	// tells who somebody is, and operators are added here.
	RolesClaim string
	Roles      map[string]Role
	// Domains are of the email addresses that may sign in, none for any.
	Domains []string
}

// CallbackPath is where the provider sends browsers back to.
const CallbackPath = "/v1/console/oidc/callback"

// providerTimeout is how long the provider may take to answer a request.
const providerTimeout = 10 * time.Second

// Check tells what is wrong with the configuration, if anything is: ErrInvalid.
func (c OIDC) Check() error {
	issuer, err := url.Parse(c.Issuer)
	if err != nil || issuer.Host == "" || issuer.User != nil || issuer.Scheme != "https" && !(issuer.Scheme == "http" && isLoopback(issuer.Hostname())) {
		return fmt.Errorf("%w: issuer: an https address is needed", ErrInvalid)
	}
	if c.ClientID == "" {
		return fmt.Errorf("%w: client_id is missing", ErrInvalid)
	}
	if redirect, err := url.Parse(c.RedirectURL); err != nil || redirect.Host == "" {
		return fmt.Errorf("%w: the server's public address is needed, to be sent back to", ErrInvalid)
	}
	if (c.RolesClaim == "") != (len(c.Roles) == 0) {
		return fmt.Errorf("%w: roles_claim and roles belong together", ErrInvalid)
	}
	for value, role := range c.Roles {
		if !role.Covers(Viewer) {
			return fmt.Errorf("%w: roles: %q stands for %q: the role is viewer, reviewer or admin", ErrInvalid, value, role)
		}
	}
	for _, domain := range c.Domains {
		if domain == "" || strings.ContainsAny(domain, "@/ ") || domain != strings.ToLower(domain) {
			return fmt.Errorf("%w: allowed_domains: %q is no domain in small letters", ErrInvalid, domain)
		}
	}
	return nil
}

func isLoopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// provider is an identity provider whose own description is read when it is
// first needed: that it is down keeps no server from starting.
type provider struct {
	cfg    OIDC
	now    func() time.Time
	client *http.Client

	mu    sync.Mutex
	known *discovered
}

type discovered struct {
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

func newProvider(cfg OIDC, now func() time.Time) (*provider, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	return &provider{cfg: cfg, now: now, client: &http.Client{Timeout: providerTimeout}}, nil
}

// discover returns what the provider says of itself, read once; ErrProvider
// when that cannot be read.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, providerTimeout)
	defer cancel()
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.cfg.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	p.known = &discovered{
		oauth: oauth2.Config{
			ClientID: p.cfg.ClientID, ClientSecret: p.cfg.ClientSecret, RedirectURL: p.cfg.RedirectURL,
			Endpoint: found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
		},
		verifier: found.Verifier(&oidc.Config{ClientID: p.cfg.ClientID, Now: p.now}),
	}
	return p.known, nil
}

// address returns where to send a browser that begins to sign in.
func (p *provider) address(ctx context.Context, f flow) (string, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	return d.oauth.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), nil
}

// claims exchanges a code for what the provider says of whoever signed in.
// ErrUntrusted: the answer does not hold; ErrProvider: there is none.
func (p *provider) claims(ctx context.Context, f flow, code string) (claims, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return claims{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := d.oauth.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		var refused *oauth2.RetrieveError
		if errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
			return claims{}, fmt.Errorf("%w: the code was refused: %s", ErrUntrusted, refused.ErrorCode)
		}
		return claims{}, fmt.Errorf("%w: exchange code: %w", ErrProvider, err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return claims{}, fmt.Errorf("%w: the answer holds no id_token", ErrUntrusted)
	}
	verified, err := d.verifier.Verify(ctx, raw)
	if err != nil {
		return claims{}, fmt.Errorf("%w: %w", ErrUntrusted, err)
	}
	if verified.Nonce != f.Nonce {
		return claims{}, fmt.Errorf("%w: another nonce", ErrUntrusted)
	}
	said := claims{Subject: verified.Issuer + " " + verified.Subject}
	if err := said.read(verified, p.cfg.RolesClaim); err != nil {
		return claims{}, fmt.Errorf("%w: %w", ErrUntrusted, err)
	}
	return said, nil
}
