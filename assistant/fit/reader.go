package fit

import (
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// Reader reads requirements and profiles. It is safe for concurrent use.
type Reader struct {
	vocabulary *skills.Vocabulary
	embedder   retrieval.Embedder
	rates      *retrieval.Rates
}

// New returns a reader that knows skills by a vocabulary. The embedder finds
// experience that is told in other words than it was asked for; it is called
// for every sentence of a profile, so give only one that runs in this process,
// or nil to compare words alone.
func New(vocabulary *skills.Vocabulary, embedder retrieval.Embedder) *Reader {
	return &Reader{vocabulary: vocabulary, embedder: embedder}
}

// WithRates returns a reader that converts pay of other currencies by a table
// of exchange rates. Without one it converts by rough rates and says so.
func (r *Reader) WithRates(rates *retrieval.Rates) *Reader {
	with := *r
	with.rates = rates
	return &with
}
