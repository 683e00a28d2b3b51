package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/web"
	"github.com/parleyhq/parley/web/sites"
)

// judgeCalls are how many calls of the judge run at once, unless it is configured.
const judgeCalls = 4

// fileJudge is the configured judge, with a count of what became of its calls.
type fileJudge struct {
	model.Model
	name          string
	atOnce        int
	calls, failed atomic.Int64
	last          atomic.Pointer[error]
	close         func()
}

// openFileJudge opens the model that is configured for purpose moderate. No
// server is called yet, and nothing is kept of the calls.
func openFileJudge(cfg Config, log *slog.Logger) (*fileJudge, error) {
	models, err := openModels(cfg, log, web.NewMetrics(), nil)
	if err != nil {
		return nil, err
	}
	judge, name := models.writer(model.Moderate)
	if judge == nil {
		models.Close()
		return nil, configError("--judge: no model is configured for purpose moderate: name one under models.purposes.moderate")
	}
	j := &fileJudge{Model: judge, name: name, atOnce: cfg.Moderation.Judge.Calls, close: models.Close}
	if j.atOnce == 0 {
		j.atOnce = judgeCalls
	}
	return j, nil
}

// Generate implements [model.Model].
func (j *fileJudge) Generate(ctx context.Context, r model.Request, yield func(string) error) (model.Result, error) {
	result, err := j.Model.Generate(ctx, r, yield)
	j.calls.Add(1)
	if err != nil {
		j.failed.Add(1)
		j.last.Store(&err)
	}
	return result, err
}

// asked tells what became of the calls.
func (j *fileJudge) asked() string {
	return fmt.Sprintf("%s was asked %s; each answers for up to 8 messages.\n", j.name, counted(int(j.calls.Load()), "time"))
}

// err tells that calls failed, whose messages are treated as the settings say.
func (j *fileJudge) err() error {
	if failed := j.failed.Load(); failed > 0 {
		return fmt.Errorf("%w: the judge did not answer %d of %d calls: %w", errRefused, failed, j.calls.Load(), *j.last.Load())
	}
	return nil
}

// judgeAll has the judge asked about those lines that it would be asked about.
func (j *fileJudge) judgeAll(ctx context.Context, m *moderation.Moderator, chunk []*moderateLine) error {
	var whole []*moderateLine
	for _, line := range chunk {
		if line.verdict != nil {
			whole = append(whole, line)
		}
	}
	group := errgroup.Group{}
	for w := range j.atOnce {
		part := whole[w*len(whole)/j.atOnce : (w+1)*len(whole)/j.atOnce]
		group.Go(func() error {
			messages := make([]message.Message, len(part))
			for i, line := range part {
				messages[i] = line.message
			}
			for i, v := range m.Judged(ctx, sites.Default, messages) {
				part[i].verdict = &v
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}
