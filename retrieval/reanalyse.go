package retrieval

import (
	"context"
	"fmt"
	"slices"
)

// analyseBatch documents are analysed again at once, while nothing else is written.
const analyseBatch = 64

// analysing stores documents of other rules again, which keeps their vectors.
type analysing struct {
	*Retriever
	tenant  string
	offered map[string]attempt // of the last batch, by nameOf
	refused map[string]bool    // documents that are not valid any more or not kept, by nameOf
	first   error              // of a refused one
}

// attempt is a document that was stored again for the nth time.
type attempt struct {
	document Document
	n        int
}

func (a *analysing) run(ctx context.Context) error {
	a.refused = make(map[string]bool)
	for {
		n, err := a.some(ctx)
		if err != nil || n == 0 || len(a.refused) > mostSkipped {
			return err
		}
	}
}

// some does a batch and tells how many there were.
func (a *analysing) some(ctx context.Context) (int, error) {
	a.writes.Lock()
	defer a.writes.Unlock()
	docs, err := a.index.Stale(ctx, a.tenant, a.rules(), analyseBatch+len(a.refused))
	if err != nil {
		return 0, err
	}
	docs = slices.DeleteFunc(docs, func(d Document) bool { return a.refused[nameOf(d)] })
	offered, stored := make(map[string]attempt, len(docs)), make([]Stored, 0, len(docs))
	for _, d := range docs {
		n, err := a.attempt(d)
		if err != nil {
			a.refuse(d, err)
			continue
		}
		offered[nameOf(d)] = attempt{d, n}
		s := a.stored(d, nil)
		// Another process may have written or deleted it just now. What comes again
		// as it was is there, but in another form of JSON than is written now.
		s.Known = n == 1
		stored = append(stored, s)
	}
	a.offered = offered
	if len(stored) > 0 {
		_, err = a.index.Upsert(ctx, a.tenant, a.embedder.Name(), stored)
	}
	return len(docs), err
}

// attempt tells for which time a document comes, or why it cannot be stored.
func (a *analysing) attempt(d Document) (int, error) {
	if err := d.Validate(); err != nil {
		return 0, err
	}
	last, again := a.offered[nameOf(d)]
	if !again {
		return 1, nil
	}
	switch same, err := sameContent(last.document, d); {
	case err != nil:
		return 0, err
	case !same:
		return 1, nil
	case last.n > 1:
		return 0, fmt.Errorf("%w: the analysis of %s is not kept", ErrUnavailable, nameOf(d))
	}
	return 2, nil
}

func (a *analysing) refuse(d Document, err error) {
	a.refused[nameOf(d)] = true
	if a.first == nil {
		a.first = err
	}
}

// err says that documents were refused, and what is wrong with the first.
func (a *analysing) err() error {
	if len(a.refused) == 0 {
		return nil
	}
	return fmt.Errorf("%d documents are not analysed anew: %w", len(a.refused), a.first)
}
