package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval/learn"
)

// rankerFile is where the trained ranker of a data folder lies.
func rankerFile(data string) string { return filepath.Join(data, "models", "ranker.parley") }

// formerRankerFile is where the one before it lies, to go back to.
func formerRankerFile(data string) string {
	return filepath.Join(data, "models", "ranker.former.parley")
}

// openRanker opens what "parley train ranker" has made, or the table of
// weights of the binary where nothing was trained. A trained one that this
// program cannot use is a fault to be told, not one to be passed over in silence.
func openRanker(data string) (*rank.Ranker, error) {
	ranker, err := rank.Open(rankerFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return rank.Default(), nil
	}
	if err != nil {
		return nil, configError("%w (train again, or remove the file)", err)
	}
	return ranker, nil
}

// writeRanker writes a trained ranker to a file as a whole or not at all. Where
// it takes the place of the one in use, that is kept beside it.
func writeRanker(data, file string, artefact *learn.Artefact) error {
	if file == rankerFile(data) {
		// One that cannot be opened ranks nothing, and may go.
		if former, err := rank.Open(file); err == nil && former.Artefact().Hash() != artefact.Hash() {
			if err := keep(file, formerRankerFile(data)); err != nil {
				return err
			}
		}
	}
	return learn.WriteFile(file, artefact)
}
