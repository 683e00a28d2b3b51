package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
)

// trainCmd groups commands that train Parley's own models.
type trainCmd struct {
	Embedder   trainEmbedderCmd   `cmd:"" help:"Train the built-in embedding model further on the documents that are loaded."`
	Router     trainRouterCmd     `cmd:"" help:"Train what decides which workflow answers a message, on Parley's own utterances."`
	Ranker     trainRankerCmd     `cmd:"" help:"Train how much each feature of a shortlist counts, on which proposals led to a hire."`
	Moderation trainModerationCmd `cmd:"" help:"Train what tells how probable it is that a message breaks a policy, on Parley's own messages and on reviews."`
	All        trainAllCmd        `cmd:"" default:"withargs" help:"Train all of them, one after the other (train --all)."`
}

type trainEmbedderCmd struct {
	Tenant []string `help:"Sites whose documents are learned from; all of them." sep:","`
	Labels []string `help:"CSV files of names that mean the same, with the columns group and label, gzipped or not." placeholder:"FILE" sep:"none" type:"existingfile"`
	Seed   uint64   `help:"The same seed and documents give the same model." default:"1"`
	Epochs int      `help:"Times that everything is gone through." default:"3"`
	Out    string   `help:"File of the model; models/embedder.parley in the data folder." placeholder:"FILE" type:"path"`
	Quiet  bool     `short:"q" help:"No progress, only the summary."`
}

// embedderFile is where the trained embedder of a data folder lies.
func embedderFile(data string) string { return filepath.Join(data, "models", "embedder.parley") }

// formerEmbedderFile is where the one before it lies: documents are found by
// it until they are embedded anew.
func formerEmbedderFile(data string) string {
	return filepath.Join(data, "models", "embedder.former.parley")
}

// Run trains on what is loaded, beginning with the embedder of the binary, and
// writes the model as a whole or not at all.
func (c trainEmbedderCmd) Run(env *environ) error {
	_, err := c.train(env)
	return err
}

func (c trainEmbedderCmd) train(env *environ) (report embed.Report, err error) {
	if c.Epochs < 1 || c.Epochs > 100 {
		return report, fmt.Errorf("%w: --epochs %d is not between 1 and 100", errUsage, c.Epochs)
	}
	cfg, err := env.config()
	if err != nil {
		return report, err
	}
	if c.Out == "" {
		c.Out = embedderFile(cfg.Data)
	}
	corpus := embed.NewCorpus()
	documents, err := c.documents(env, corpus)
	if err != nil {
		return report, err
	}
	names := 0
	for _, file := range c.Labels {
		n, err := corpus.LabelsFile(file)
		if err != nil {
			return report, fmt.Errorf("%w: %w", errUsage, err)
		}
		names += n
	}
	if documents+names == 0 {
		return report, fmt.Errorf("%w: load documents with parley ingest, or name a file with --labels", embed.ErrCorpus)
	}
	corpus.Vocabulary(skills.Default())
	bar, begun := newProgressBar(env.log, c.Quiet), time.Now()
	trained, report, err := embed.Train(env.ctx, corpus, embed.TrainOptions{
		Seed: c.Seed, From: embed.Default(), Epochs: c.Epochs,
		Source:   fmt.Sprintf("%d documents and %d names of this installation, on top of: %s", documents, names, embed.Default().Artefact().Source),
		Progress: func(done, total int, _ float64) { bar.trained(done, total, time.Since(begun)) },
	})
	bar.clear()
	if err != nil {
		return report, err
	}
	if err := c.write(cfg, trained); err != nil {
		return report, err
	}
	fmt.Fprintf(env.out, "Trained on %d documents and %d names: %d words known, in %.0f s.\n", documents, names, report.Stems, report.Took.Seconds())
	if report.Held > 0 {
		fmt.Fprintf(env.out, "%d documents were held out: a title finds its text at a mean reciprocal rank of %.3f, %.3f before.\n", report.Held, report.After, report.Before)
	}
	fmt.Fprintf(env.out, "%s is in %s.\n", trained.Name(), c.Out)
	if c.Out == embedderFile(cfg.Data) {
		fmt.Fprintln(env.out, "It is used from the next start on; what is loaded is embedded anew in the background then, or now by parley embed.")
	}
	return report, nil
}

// write keeps the model that is replaced, unless it is the same one. The model
// in use stays where it is until the new one takes its place.
func (c trainEmbedderCmd) write(cfg Config, trained *embed.Trained) error {
	file := embedderFile(cfg.Data)
	if c.Out == file {
		// One that cannot be opened embeds nothing, and may go.
		if former, err := embed.Open(file); err == nil && former.Name() != trained.Name() {
			if err := keep(file, formerEmbedderFile(cfg.Data)); err != nil {
				return err
			}
		}
	}
	return learn.WriteFile(c.Out, trained.Artefact())
}

// keep makes a second name for a file, or a copy where file systems have no such thing.
func keep(file, second string) error {
	half := second + ".half"
	if err := os.Remove(half); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a run that was killed
		return err
	}
	defer os.Remove(half) // renaming does nothing where both names are of one file
	if os.Link(file, half) != nil {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(half, content, 0o644); err != nil {
			return err
		}
	}
	return os.Rename(half, second)
}

// documents adds those of the tenants to the corpus and returns how many there are.
func (c trainEmbedderCmd) documents(env *environ, corpus *embed.Corpus) (n int, err error) {
	a, err := openTool(env)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	tenants := c.Tenant
	if len(tenants) == 0 {
		tenants = a.tenants()
	}
	for _, tenant := range tenants {
		if _, err := a.sites.Get(tenant); err != nil {
			return n, fmt.Errorf("%w: %w", errUsage, err)
		}
		for _, kind := range []retrieval.Kind{retrieval.KindJobPost, retrieval.KindProfile, retrieval.KindProposal} {
			docs, err := newest(env.ctx, a.storage.index, retrieval.Filter{Tenant: tenant, Kind: kind})
			if err != nil {
				return n, fmt.Errorf("read documents: %w", embedProblem(err))
			}
			corpus.Documents(docs)
			n += len(docs)
		}
	}
	return n, nil
}

// mostTrained bounds the documents of a kind and site that are learned from:
// more take long and hardly teach more.
const mostTrained = 50_000

// newest reads the documents that pass a filter, by their ids, so that their order, and with it
// the model, does not depend on the index.
func newest(ctx context.Context, index retrieval.Index, filter retrieval.Filter) ([]retrieval.Document, error) {
	const batch = 500
	facets, err := index.Facets(ctx, filter, nil, mostTrained)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(facets))
	for i, f := range facets {
		ids[i] = f.ID
	}
	slices.Sort(ids)
	var docs []retrieval.Document
	for some := range slices.Chunk(ids, batch) {
		found, err := index.Get(ctx, filter.Tenant, filter.Kind, some)
		if err != nil {
			return nil, err
		}
		docs = append(docs, found...)
	}
	return docs, nil
}

// trained draws how far a training is.
func (b *progressBar) trained(done, total int, took time.Duration) {
	if b.w == nil || time.Since(b.last) < redraw {
		return
	}
	b.last, b.drawn = time.Now(), true
	left := took * time.Duration(total-done) / time.Duration(max(1, done))
	fmt.Fprintf(b.w, "\r\x1b[Ktraining: %d%%  %d:%02d left", 100*done/max(1, total), int(left.Minutes()), int(left.Seconds())%60)
}
