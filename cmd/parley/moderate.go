package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/web/sites"
)

type moderateCmd struct {
	In       string `help:"Messages, one JSON object a line: id, sender, text, and where there is one a thread and a channel; - for the standard input." default:"-" placeholder:"FILE"`
	Out      string `help:"The same lines with the decision added; - for the standard output." default:"-" placeholder:"FILE"`
	Settings string `help:"A site's settings as JSON, as GET /v1/moderation/settings gives them; the defaults without it." placeholder:"FILE" type:"existingfile"`
	Explain  bool   `help:"Add the places in the text that counted."`
	Judge    bool   `help:"Ask the model that is configured for purpose moderate about the doubtful ones."`
}

// moderateChunk is how many lines are judged together; they are in memory.
const moderateChunk = 512

// maxModerateLine is the longest line: a message and its thread have less.
const maxModerateLine = 2 << 20

// Run judges a file of messages. It needs no database and keeps nothing.
func (c moderateCmd) Run(env *environ) (err error) {
	cfg, err := env.config()
	if err != nil {
		return err
	}
	log, err := newLogger(cfg, env.log)
	if err != nil {
		return err
	}
	run := moderateRun{explain: c.Explain}
	if c.Judge {
		if run.judge, err = openFileJudge(cfg, log); err != nil {
			return err
		}
		defer run.judge.close()
	}
	if run.moderator, err = run.open(cfg, c.Settings, log); err != nil {
		return err
	}
	defer run.moderator.Close()
	in, err := c.open(env)
	if err != nil {
		return err
	}
	defer in.Close()
	out, commit, err := c.create(env)
	if err != nil {
		return err
	}
	if err := commit(run.all(env.ctx, in, out)); err != nil {
		return err
	}
	return run.tell(env)
}

func (c moderateCmd) open(env *environ) (io.ReadCloser, error) {
	if c.In == "-" {
		return io.NopCloser(env.in), nil
	}
	f, err := os.Open(c.In)
	if err != nil {
		return nil, fmt.Errorf("%w: --in: %w", errUsage, err)
	}
	return f, nil
}

// create opens the output. A file is there as a whole or not at all, so that
// --out may name the file that is read; a link stays one. A device or a pipe
// takes what is written as it comes.
func (c moderateCmd) create(env *environ) (io.Writer, func(error) error, error) {
	if c.Out == "-" {
		w := bufio.NewWriter(env.out)
		return w, func(err error) error { return errors.Join(err, w.Flush()) }, nil
	}
	target, mode := c.Out, os.FileMode(0o644)
	if real, err := filepath.EvalSymlinks(target); err == nil {
		target = real
	}
	if info, err := os.Stat(target); err == nil {
		if mode = info.Mode(); !mode.IsRegular() && !mode.IsDir() {
			return appendTo(target)
		}
	}
	f, err := os.CreateTemp(filepath.Dir(target), ".parley-*")
	if err != nil {
		return nil, nil, fmt.Errorf("%w: --out: %w", errUsage, err)
	}
	w := bufio.NewWriter(f)
	return w, func(err error) error {
		err = errors.Join(err, w.Flush(), f.Chmod(mode.Perm()), f.Close())
		if err == nil {
			err = os.Rename(f.Name(), target)
		}
		if err != nil {
			os.Remove(f.Name())
		}
		return err
	}, nil
}

func appendTo(device string) (io.Writer, func(error) error, error) {
	f, err := os.OpenFile(device, os.O_WRONLY, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: --out: %w", errUsage, err)
	}
	w := bufio.NewWriter(f)
	return w, func(err error) error { return errors.Join(err, w.Flush(), f.Close()) }, nil
}

// moderateRun is one run over a file.
type moderateRun struct {
	moderator *moderation.Moderator
	judge     *fileJudge // nil without one
	explain   bool
	sum       *moderateSum
}

func (r *moderateRun) open(cfg Config, settings string, log *slog.Logger) (*moderation.Moderator, error) {
	if r.judge == nil {
		return screener(cfg, settings, nil, "", log)
	}
	return screener(cfg, settings, r.judge, r.judge.name, log)
}

// all judges chunk after chunk, each on all cores, and writes the lines in their order.
func (r *moderateRun) all(ctx context.Context, in io.Reader, out io.Writer) error {
	// What is made at the first use must not count as the time of the first message.
	r.moderator.Screen(ctx, sites.Default, message.Message{Text: "Good morning"})
	r.sum = newModerateSum()
	lines := bufio.NewReaderSize(in, 64<<10)
	for number, more := 1, true; more; {
		var chunk []*moderateLine
		for ; len(chunk) < moderateChunk && more; number++ {
			line, err := readModerateLine(lines)
			if more = !errors.Is(err, io.EOF); more && err != nil {
				return fmt.Errorf("read line %d: %w", number, err)
			}
			if number == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff")) // as programs on Windows begin a file
			}
			if len(line) > 0 {
				chunk = append(chunk, &moderateLine{raw: line, number: number})
			}
		}
		if err := r.decide(ctx, chunk); err != nil {
			return err
		}
		for _, line := range chunk {
			r.sum.add(line)
			if _, err := out.Write(append(line.raw, '\n')); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
	}
	return nil
}

// tell says what was decided, and what went wrong on the way.
func (r *moderateRun) tell(env *environ) error {
	on := screenOfLog(env)
	fmt.Fprint(env.log, r.sum.draw(on))
	if r.judge != nil {
		fmt.Fprint(env.log, on.dim(r.judge.asked()))
		if err := r.judge.err(); err != nil {
			return err
		}
	}
	if r.sum.broken > 0 {
		return fmt.Errorf("%w: %s of %s have an error", errRefused, counted(r.sum.broken, "line"), grouped(r.sum.lines))
	}
	return nil
}

// readModerateLine reads a line without the space around it. Of one that is
// too long as much is kept as shows that it is.
func readModerateLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= maxModerateLine {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimSpace(line), err
		}
	}
}

// decide judges the lines of a chunk and adds what was decided to them.
func (r *moderateRun) decide(ctx context.Context, chunk []*moderateLine) error {
	if err := r.screen(ctx, chunk); err != nil {
		return err
	}
	if r.judge != nil {
		if err := r.judge.judgeAll(ctx, r.moderator, chunk); err != nil {
			return err
		}
	}
	for _, line := range chunk {
		if line.verdict != nil {
			line.decide(r.explain)
		}
	}
	return nil
}

// screen has rules and classifier judge the lines of a chunk, on all cores.
func (r *moderateRun) screen(ctx context.Context, chunk []*moderateLine) error {
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() error {
			for i := w; i < len(chunk); i += workers {
				if err := ctx.Err(); err != nil {
					return err
				}
				line := chunk[i]
				msg, err := line.read()
				if err != nil {
					line.fail(err)
					continue
				}
				start := time.Now()
				verdict := r.moderator.Screen(ctx, sites.Default, msg)
				line.message, line.verdict, line.took = msg, &verdict, time.Since(start)
			}
			return nil
		})
	}
	return group.Wait()
}
