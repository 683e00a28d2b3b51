package embed

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/parleyhq/parley/retrieval/learn"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/words"
)

//go:generate go run ./generate
//go:embed artefact/embedder.parley
var shipped []byte

// Default returns the embedder of the binary, on its vocabulary and word table.
// What it was trained on is said in artefact/NOTICE.md. The first call takes some 20 ms.
var Default = sync.OnceValue(func() *Trained {
	artefact, err := learn.Parse(shipped)
	if err != nil {
		panic(err) // embedded, and kept valid by a test
	}
	embedder, err := open(artefact)
	if err != nil {
		panic(err)
	}
	return embedder
})

// Open opens an embedder that was trained before. Errors wrap those of package
// learn or of the file system.
func Open(path string) (*Trained, error) {
	artefact, err := learn.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("embed: open: %w", err)
	}
	embedder, err := open(artefact)
	if err != nil {
		return nil, fmt.Errorf("embed: open %s: %w", path, err)
	}
	return embedder, nil
}

func open(artefact *learn.Artefact) (*Trained, error) {
	if err := artefact.Expect(artefactKind, artefactFormat); err != nil {
		return nil, err
	}
	lexicon, err := decode(artefact.Body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", learn.ErrDamaged, err)
	}
	return newTrained(artefact, lexicon, skills.Default(), words.Default()), nil
}
