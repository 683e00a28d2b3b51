package embed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

// ErrCorpus is returned when there is too little to learn from.
var ErrCorpus = errors.New("embed: too little to train on")

const (
	batchSize = 256
	// Of a text at most mostFeatures are learned from at a time, chosen by chance; and
	// forgetShare of them are left out, so that no text leans on a single word.
	mostFeatures = 64
	forgetShare  = 0.4
	keptFeatures = 256 // of a text are in memory

	// mostDocuments are learned from, chosen by chance: of more an epoch would
	// draw few pairs each.
	mostDocuments = 20_000

	// How far rows move, falling to a twentieth over the training. Going on from
	// an embedder they move less, so that what it knows is not forgotten.
	freshRate   = 0.2
	furtherRate = 0.05
)

// TrainOptions say how an embedder is trained. Zero values stand for what is said.
type TrainOptions struct {
	Seed    uint64
	Source  string   // what the corpus is, for people, with attribution
	From    *Trained // embedder to go on from; nil: from nothing
	Epochs  int      // times through the corpus; 3
	Workers int      // goroutines; one a processor. The result does not depend on it
	// Progress is told now and then how many batches of how many are done, and the loss.
	Progress func(done, total int, loss float64)
}

func (o TrainOptions) withDefaults() TrainOptions {
	if o.Epochs <= 0 {
		o.Epochs = 3
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(int, int, float64) {}
	}
	return o
}

// Report tells how a training went.
type Report struct {
	Documents int
	Texts     int // names, texts and documents
	Stems     int // that are known afterwards
	Pairs     int // learned from, over all epochs
	Held      int // documents that were held out
	// Before and After are the mean reciprocal rank at which a title finds its
	// text among the documents that were held out; Before is 0 from nothing.
	Before, After float64
	Took          time.Duration
}

// Train trains an embedder. The same corpus, options and program give the same
// artefact, byte by byte. Errors are ErrCorpus and that of ctx.
func Train(ctx context.Context, corpus *Corpus, o TrainOptions) (*Trained, Report, error) {
	return train(ctx, corpus, skills.Default(), words.Default(), o.withDefaults())
}

func train(ctx context.Context, corpus *Corpus, vocabulary *skills.Vocabulary, table *words.Table, o TrainOptions) (*Trained, Report, error) {
	start := time.Now()
	report := Report{Documents: len(corpus.documents), Texts: corpus.Texts()}
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	documents, exam := holdOut(draw(corpus.documents, mostDocuments, rng), rng)
	sources := append(corpus.sources[:len(corpus.sources):len(corpus.sources)], lessons(documents)...)
	class := newClass(sources, vocabulary, o, func(counts *census) *student {
		if o.From != nil {
			return readmit(o.From.lexicon, counts, vocabulary, table, rng)
		}
		return enrol(counts, vocabulary, table, rng)
	})
	pairs, err := class.teach(ctx, o, rng)
	if err != nil {
		return nil, report, fmt.Errorf("embed: train: %w", err)
	}
	lexicon := graduate(class.student)
	artefact := &learn.Artefact{
		Kind: artefactKind, Format: artefactFormat, Source: o.Source, Seed: o.Seed,
		Data: fingerprint(corpus, o), Body: lexicon.encode(),
	}
	report.Stems, report.Pairs, report.Held = len(lexicon.stems.names), pairs, len(exam.titles)
	if report.Held > 0 {
		if o.From != nil {
			report.Before = exam.grade(o.From)
		}
		report.After = exam.grade(newTrained(artefact, lexicon, vocabulary, table))
		artefact.Scores = []learn.Score{{Name: "held-out titles, mean reciprocal rank of their text", Value: report.After, Count: report.Held}}
	}
	if _, err := artefact.WriteTo(io.Discard); err != nil { // for its hash
		return nil, report, fmt.Errorf("embed: train: %w", err)
	}
	report.Took = time.Since(start)
	return newTrained(artefact, lexicon, vocabulary, table), report, nil
}

// fingerprint identifies what an embedder is trained on, and how.
func fingerprint(corpus *Corpus, o TrainOptions) string {
	from := "nothing"
	if o.From != nil {
		from = o.From.artefact.Hash()
	}
	var all bytes.Buffer
	fmt.Fprintln(&all, corpus.Hash(), from, o.Epochs, words.Rules, words.Default().Fingerprint(), skills.Default().Fingerprint())
	return fmt.Sprintf("%x", sha256.Sum256(all.Bytes()))
}

// teach goes through the corpus and returns the number of pairs learned from.
func (c *class) teach(ctx context.Context, o TrainOptions, rng *rand.Rand) (pairs int, err error) {
	rate := float32(freshRate)
	if o.From != nil {
		rate = furtherRate
	}
	learning := newContrast(c.student, batchSize, o.Workers)
	done, total := 0, 0
	for range o.Epochs {
		batches := c.epoch(rng)
		if len(batches) == 0 {
			return 0, ErrCorpus
		}
		if total == 0 {
			total = o.Epochs * len(batches)
		}
		for _, batch := range batches {
			if err := ctx.Err(); err != nil {
				return pairs, err
			}
			c.load(learning, batch, rng)
			now := rate * (1 - 0.95*float32(min(done, total))/float32(total))
			loss := learning.step(len(batch), now, func(i, j int) bool { return batch[i].alike(batch[j]) })
			pairs += len(batch)
			if done++; done%50 == 0 {
				o.Progress(done, max(done, total), loss)
			}
		}
	}
	return pairs, nil
}
