package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web"
)

// ModerationConfig is how messages are moderated. What each site chooses for
// itself is kept in the database: see moderation.Settings.
type ModerationConfig struct {
	Rules string      `yaml:"rules"` // folder of rule files, on top of those of the binary; read again when they change
	Judge JudgeConfig `yaml:"judge"` // the model is that of purpose moderate
}

// JudgeConfig is how the judge is asked.
type JudgeConfig struct {
	Calls   int           `yaml:"calls"`   // at once; 4
	Timeout time.Duration `yaml:"timeout"` // of a call; 30s
}

// rulesInterval is how often a folder of rules is looked at.
const rulesInterval = time.Second

func (c ModerationConfig) validate() error {
	switch {
	case c.Judge.Calls < 0:
		return configError("moderation.judge.calls: %d is less than none", c.Judge.Calls)
	case c.Judge.Timeout < 0:
		return configError("moderation.judge.timeout: %s is no time", c.Judge.Timeout)
	case c.Rules == "":
		return nil
	}
	if info, err := os.Stat(c.Rules); err != nil || !info.IsDir() {
		return configError("moderation.rules: %s is no folder", c.Rules)
	}
	return nil
}

// screening is moderation as a server runs it: the cascade, and the rules in force.
type screening struct {
	*moderation.Moderator
	watcher *rules.Watcher // nil when the rules are those of the binary

	known   chan struct{} // closed: manager is set
	manager *sessions.Manager
}

// openScreening starts the cascade on the database's queue. Turns that were held
// and may run wait until [screening.release] was told who runs them.
func openScreening(cfg Config, s *storage, m *models, metrics *web.Metrics, log *slog.Logger) (*screening, error) {
	classifier, err := openClassifier(cfg.Data)
	if err != nil {
		return nil, err
	}
	judge, name := m.writer(model.Moderate)
	made := &screening{known: make(chan struct{})}
	if cfg.Moderation.Rules != "" {
		made.watcher = rules.NewWatcher(cfg.Moderation.Rules, rulesInterval, log, nil)
	}
	made.Moderator = moderation.New(moderation.Config{
		Rules: made.rules, Classifier: classifier, Judge: judge, JudgeName: name, Queue: s.cases, Settings: s.settings,
		Released: made.released, Now: cfg.now, Log: log, Observe: metrics.Moderation,
		JudgeWorkers: cfg.Moderation.Judge.Calls, JudgeTimeout: cfg.Moderation.Judge.Timeout,
	})
	return made, nil
}

// rules are those in force.
func (s *screening) rules() *rules.Set {
	if s.watcher == nil {
		return rules.Default()
	}
	return s.watcher.Set()
}

// release names who runs turns that were held. It is called once.
func (s *screening) release(to *sessions.Manager) {
	s.manager = to
	close(s.known)
}

// released has a held turn run. A conversation that is gone wants no answer.
func (s *screening) released(ctx context.Context, c moderation.Case) error {
	select {
	case <-s.known:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := s.manager.Release(ctx, sessions.Key{Tenant: c.Tenant, Session: c.Session}, c.Resp)
	if errors.Is(err, sessions.ErrNotFound) {
		return nil
	}
	return err
}

// routes are what the server's routes work on.
func (s *screening) routes(on *storage) web.Moderation {
	m := web.Moderation{Moderator: s.Moderator, Cases: on.cases, Rules: s.rules}
	if s.watcher != nil {
		m.Faults = s.watcher.Faults
	}
	return m
}

// Close ends what openScreening started.
func (s *screening) Close() {
	s.Moderator.Close()
	if s.watcher != nil {
		s.watcher.Close()
	}
}
