package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/parleyhq/parley/assistant/route"
	"github.com/parleyhq/parley/retrieval/learn"
)

// routerFile is where the trained router of a data folder lies.
func routerFile(data string) string { return filepath.Join(data, "models", "router.parley") }

// formerRouterFile is where the one before it lies, to go back to.
func formerRouterFile(data string) string {
	return filepath.Join(data, "models", "router.former.parley")
}

// openRouter opens what "parley train router" has made, or the router of the
// binary where nothing was trained. A trained one that this program cannot use is a
// fault to be told, not one to be passed over in silence.
func openRouter(data string) (*route.Router, error) {
	router, err := route.Open(routerFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return route.Default(), nil
	}
	if err != nil {
		return nil, configError("%w (train again, or remove the file)", err)
	}
	return router, nil
}

// writeRouter writes a trained router to a file as a whole or not at all. Where it
// takes the place of the one in use, that is kept beside it.
func writeRouter(data, file string, artefact *learn.Artefact) error {
	if file == routerFile(data) {
		// One that cannot be opened routes nothing, and may go.
		if former, err := route.Open(file); err == nil && former.Artefact().Data != artefact.Data {
			if err := keep(file, formerRouterFile(data)); err != nil {
				return err
			}
		}
	}
	return learn.WriteFile(file, artefact)
}
