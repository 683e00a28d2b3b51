package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/dialogue"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/auth"
	"github.com/parleyhq/parley/web/sites"
)

// evalServer is the product as [Serve] runs it, on a database in a folder of
// its own and at the time of the cases, with a site for each case: none sees
// the documents of another.
type evalServer struct {
	folder string
	url    string
	cfg    Config
	cancel context.CancelFunc
	done   chan error
}

const (
	evalSecrets  = "PARLEY_EVAL_" // begins the variables that only such a server has
	evalIssuer   = "parley-eval"
	evalAudience = "parley"
)

// startEvalServer starts a server with so many sites besides the default one,
// which may have the demo marketplace. The models of cfg write. Errors are logged.
func startEvalServer(env *environ, cfg Config, n int, demo bool) (_ *evalServer, err error) {
	s := &evalServer{done: make(chan error, 1)}
	if s.folder, err = os.MkdirTemp("", "parley-eval-"); err != nil {
		return nil, err
	}
	// What was trained for this installation is measured, its database is not opened.
	if trained, err := filepath.Abs(filepath.Join(cfg.Data, "models")); err == nil && exists(trained) {
		if err := os.Symlink(trained, filepath.Join(s.folder, "models")); err != nil {
			return nil, errors.Join(err, os.RemoveAll(s.folder))
		}
	}
	s.cfg = evalConfig(cfg, s.folder, n, demo)
	ctx, cancel := context.WithCancel(env.ctx)
	s.cancel = cancel
	up := make(chan Started, 1)
	go func() { s.done <- Serve(ctx, s.cfg, env.log, func(started Started) { up <- started }) }()
	select {
	case started := <-up:
		s.url = "http://" + started.Address
		return s, nil
	case err := <-s.done:
		s.cancel()
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
}

// evalConfig is cfg on a folder of its own, with sites that sign their users in.
func evalConfig(cfg Config, folder string, n int, demo bool) Config {
	secret := []byte(rand.Text())
	outside := cfg.getenv
	cfg.getenv = func(name string) string {
		if !strings.HasPrefix(name, evalSecrets) {
			return outside(name)
		}
		mac := hmac.New(sha256.New, secret)
		io.WriteString(mac, name)
		return hex.EncodeToString(mac.Sum(nil))
	}
	cfg.Listen, cfg.Data, cfg.DatabaseURL, cfg.Demo, cfg.Log = "127.0.0.1:0", folder, "", &demo, "error"
	cfg.Metrics, cfg.PublicURL, cfg.Secrets, cfg.APIKeys = MetricsConfig{}, "", nil, nil
	cfg.now = func() time.Time { return eval.Day }
	cfg.Tenants = make([]TenantConfig, n)
	for i := range cfg.Tenants {
		name := evalSite(i)
		cfg.Tenants[i] = TenantConfig{
			ID: name, APIKeyEnv: evalSecrets + "KEY_" + name,
			JWT: &JWTConfig{SecretEnv: evalSecrets + "JWT_" + name, Issuer: evalIssuer, Audience: evalAudience},
		}
	}
	return cfg
}

func evalSite(i int) string { return fmt.Sprintf("case-%d", i) }

// site is that of case i.
func (s *evalServer) site(i int) dialogue.Site {
	name := evalSite(i)
	site := sites.Site{ID: name, JWT: &sites.JWT{Secret: []byte(s.cfg.getenv(evalSecrets + "JWT_" + name)), Issuer: evalIssuer, Audience: evalAudience}}
	return dialogue.Site{
		URL: s.url, Name: name, Key: s.cfg.getenv(evalSecrets + "KEY_" + name),
		Sign: func(subject string, role sessions.Role, profile string) (string, error) {
			return auth.SignUser(site, sessions.Principal{Tenant: name, Subject: subject, Role: role, Profile: profile}, time.Hour)
		},
	}
}

// market is the site that visitors come to, with the demo marketplace.
func (s *evalServer) market(int) dialogue.Site { return dialogue.Site{URL: s.url, Name: sites.Default} }

// Close stops the server and removes its folder.
func (s *evalServer) Close() error {
	s.cancel()
	return errors.Join(<-s.done, os.RemoveAll(s.folder))
}
