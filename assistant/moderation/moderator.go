package moderation

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// ErrUnavailable is wrapped by errors of [Moderator.Check] that pass: nothing
// was kept or lost, and the same question is to be asked again.
var ErrUnavailable = errors.New("moderation: unavailable for now")

// Config is what a Moderator is made of. Only Rules is required; without a Queue
// it can [Moderator.Screen] but not [Moderator.Check].
type Config struct {
	Rules      func() *rules.Set // those in force
	Classifier *classify.Classifier
	Judge      model.Model // asked for purpose moderate; nil for none
	JudgeName  string      // of the model behind it: its answers are remembered under it
	Queue      Queue
	Settings   Values // nil: the defaults for every site
	// Released is called when a turn with the assistant that was held may run: at least
	// once, from any process, until it returns nil. Case.Session and Case.Resp name the turn.
	Released func(ctx context.Context, c Case) error
	Now      func() time.Time // time.Now
	Log      *slog.Logger     // slog.Default(); sees no text of a message
	Observe  func(Observation)

	JudgeWorkers int           // calls of the judge at once, 4
	JudgeWait    time.Duration // that a question waits for others to go with, 50 ms
	JudgeTimeout time.Duration // of a call, 30 s
	SweepEvery   time.Duration // 10 s
	// SettingsEvery is how old the settings of a site in use may be, 5 s.
	SettingsEvery time.Duration
}

// Observation is something that happened, for metrics. It is told from the
// goroutine in which it happened.
type Observation struct {
	Event   string // checked, screened, judged, expired
	Tenant  string
	Channel message.Channel
	Action  Action
	Stage   Stage
	Label   policy.Label // the likeliest, "" when there is none
	Took    time.Duration
	// Outcome of a judgement: cleared, confirmed, unsure, down.
	Outcome string
	Cached  bool
}

// Origin is where a message comes from. Session and Response are set for a turn
// with the assistant: when it is held, they are what a release runs.
type Origin struct {
	Subject  string // who wrote it
	Session  string
	Response string
}

// Moderator is the cascade of rules, classifier, judge and people. It may be
// used by many goroutines at once, and there may be many of it on one Queue.
type Moderator struct {
	cfg   Config
	sites *sites
	judge *judge        // nil without one
	woken chan struct{} // has the sweeper look at once

	stop    context.CancelFunc
	running sync.WaitGroup
}

// New starts a Moderator: cases that an earlier process left are taken up. Close ends it.
func New(cfg Config) *Moderator {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Observe == nil {
		cfg.Observe = func(Observation) {}
	}
	cfg.JudgeWorkers = cmp.Or(cfg.JudgeWorkers, 4)
	cfg.JudgeWait = cmp.Or(cfg.JudgeWait, 50*time.Millisecond)
	cfg.JudgeTimeout = cmp.Or(cfg.JudgeTimeout, 30*time.Second)
	cfg.SweepEvery = cmp.Or(cfg.SweepEvery, 10*time.Second)
	cfg.SettingsEvery = cmp.Or(cfg.SettingsEvery, 5*time.Second)

	ctx, stop := context.WithCancel(context.Background())
	m := &Moderator{cfg: cfg, stop: stop, woken: make(chan struct{}, 1)}
	var defaults classify.Thresholds
	if cfg.Classifier != nil {
		defaults = cfg.Classifier.Thresholds()
	}
	m.sites = newSites(cfg.Settings, defaults, cfg.Log)
	if cfg.Judge != nil {
		m.judge = newJudge(m)
		for range cfg.JudgeWorkers {
			m.running.Go(func() { m.judge.work(ctx) })
		}
	}
	m.running.Go(func() { m.sites.run(ctx, cfg.SettingsEvery) })
	if cfg.Queue != nil {
		m.running.Go(func() { m.sweep(ctx) })
	}
	return m
}

// Close stops asking and sweeping, and returns when all has ended. Questions
// that are not answered yet are taken up by the next Moderator on the queue.
func (m *Moderator) Close() {
	m.stop()
	m.running.Wait()
}
