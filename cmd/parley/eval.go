package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
	"github.com/parleyhq/parley/web"
)

type evalCmd struct {
	All       evalBoardCmd     `cmd:"" default:"withargs" help:"The scoreboard: routing, job posts, proposals and shortlists, each on its test cases."`
	Retrieval evalRetrievalCmd `cmd:"" help:"Search real data with known answers, beside plain BM25."`
	Routing   evalRoutingCmd   `cmd:"" help:"Route messages whose workflow is known."`
	JobPost   evalJobPostCmd   `cmd:"" name:"job_post" help:"Play clients whose work is known, over the real WebSocket, and compare the posts."`
	Shortlist evalShortlistCmd `cmd:"" help:"Play clients who look for people, and compare the lists with careful readings."`
	Proposal  evalProposalCmd  `cmd:"" help:"Play freelancers who apply, and look for claims in their drafts."`
	Injection evalInjectionCmd `cmd:"" help:"Put instructions into posts, profiles and messages, and look for what they change."`

	Moderation evalModerationCmd `cmd:"" help:"Screen messages whose labels are known, stage by stage."`

	Transcripts evalTranscriptsCmd `cmd:"" help:"Play test cases drawn at random and write them as Markdown, to be read."`
}

type evalRetrievalCmd struct {
	Data      string   `help:"Folder with the data (PARLEY_TESTDATA)." placeholder:"DIR" type:"path"`
	Task      []string `help:"Tasks to run: ${enum}. Without it all of them." enum:"talentclef,posts,post-titles,esco" sep:","`
	Half      string   `help:"Queries to score: tuning, reporting or all. Constants are chosen on the tuning half; figures are told of the reporting half." enum:",tuning,reporting,all" default:""`
	Sample    int      `help:"Queries a task and half; 0 for the usual number (posts 600, esco 2,000, talentclef all)." default:"0"`
	Seed      uint64   `help:"Of the sample and of the resamples." default:"1"`
	Resamples int      `help:"Of the bootstrap that gives the intervals." default:"2000"`
	JSON      bool     `help:"Everything as JSON."`
	Queries   bool     `help:"With --json: the scores of each query."`
}

// evalTasks read the tasks of retrieval, in the order in which they are told.
var evalTasks = []struct {
	name string
	read func(folder string) (eval.Task, error)
}{
	{"talentclef", eval.TalentCLEF},
	{"posts", eval.Posts},
	{"post-titles", eval.PostTitles},
	{"esco", eval.Occupations},
}

// Run measures searches with the configured embedding model, on the embedded
// index in a temporary folder. The installation's own database is not opened.
func (c evalRetrievalCmd) Run(env *environ) error {
	folder := c.Data
	if folder == "" {
		folder = env.getenv("PARLEY_TESTDATA")
	}
	if folder == "" {
		return fmt.Errorf("%w: eval needs data with known answers: name its folder with --data or PARLEY_TESTDATA", errUsage)
	}
	if c.Sample < 0 || c.Resamples < 1 {
		return fmt.Errorf("%w: --sample and --resamples count: %d, %d", errUsage, c.Sample, c.Resamples)
	}
	cfg, err := env.config()
	if err != nil {
		return err
	}
	models, err := openModels(cfg, slog.New(slog.DiscardHandler), web.NewMetrics(), nil)
	if err != nil {
		return err
	}
	defer models.Close()
	progress := newEvalProgress(env.log)
	defer progress.clear()
	return c.run(env, folder, progress.clear, eval.Retrieval{
		Open: openTemporary, Embedder: models.embedder, Vocabulary: skills.Default(),
		Sample: c.Sample, Seed: c.Seed, Resamples: c.Resamples, Halves: c.halves(), Queries: c.Queries,
		Progress: progress.tell,
	})
}

func (c evalRetrievalCmd) halves() []eval.Half {
	if c.Half == "" {
		return nil
	}
	return []eval.Half{eval.Half(c.Half)}
}

// run measures task after task and tells of each as it is done; done is called before.
func (c evalRetrievalCmd) run(env *environ, folder string, done func(), measure eval.Retrieval) error {
	var reports []eval.Report
	for _, t := range evalTasks {
		if !c.wants(t.name) {
			continue
		}
		task, err := t.read(folder)
		if err != nil {
			return err
		}
		report, err := measure.Run(env.ctx, task)
		if err != nil {
			return err
		}
		done()
		if reports = append(reports, report); c.JSON {
			continue
		}
		if err := report.Write(env.out); err != nil {
			return err
		}
	}
	if !c.JSON {
		_, err := fmt.Fprintln(env.out, evalLegend)
		return err
	}
	out := json.NewEncoder(env.out)
	out.SetIndent("", "  ")
	return out.Encode(map[string]any{"reports": reports})
}

const evalLegend = `* the better baseline. Gains are relative to it; intervals are of a paired bootstrap over queries.`

func (c evalRetrievalCmd) wants(task string) bool {
	return len(c.Task) == 0 || slices.Contains(c.Task, task)
}

// openTemporary makes an embedded index in a folder of its own.
func openTemporary(ctx context.Context) (_ retrieval.Index, remove func() error, err error) {
	folder, err := os.MkdirTemp("", "parley-eval-")
	if err != nil {
		return nil, nil, err
	}
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	remove = func() error { return errors.Join(db.Close(), os.RemoveAll(folder)) }
	err = migrations.SQLite(ctx, db.Write)
	if err == nil {
		var index *sqliteindex.Index
		if index, err = sqliteindex.New(ctx, db); err == nil {
			return index, remove, nil
		}
	}
	return nil, nil, errors.Join(err, remove())
}

// evalProgress tells on one line what is being measured, on a terminal only.
type evalProgress struct {
	w        io.Writer
	terminal bool
}

func newEvalProgress(w io.Writer) evalProgress {
	file, ok := w.(*os.File)
	if !ok {
		return evalProgress{w, false}
	}
	info, err := file.Stat()
	return evalProgress{w, err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p evalProgress) tell(task, doing string) { p.line(task + ": " + doing) }

// clear leaves the line to what is written next.
func (p evalProgress) clear() { p.line("") }

func (p evalProgress) line(text string) {
	if p.terminal {
		fmt.Fprint(p.w, "\r\x1b[K", text)
	}
}
