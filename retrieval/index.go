package retrieval

import (
	"context"
	"errors"
)

// Errors of this package and of every Index, to be tested with errors.Is.
var (
	ErrNotFound    = errors.New("retrieval: not found")
	ErrInvalid     = errors.New("retrieval: invalid")
	ErrUnavailable = errors.New("retrieval: index unavailable") // temporary
)

// Embedder turns texts into vectors of one length whose cosine tells how near
// their meanings are. Vectors are of unit length.
type Embedder interface {
	// Name identifies the model and its version: vectors of different names are never compared.
	Name() string
	Dimensions() int
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// Filter keeps documents of one tenant and kind, and of the given values where
// they are set.
type Filter struct {
	Tenant   string // required
	Kind     Kind   // required
	Category string
	Level    string
	PayType  string
	Currency string
	Exclude  []string // ids
}

// Ranked is a document's place in one list, best first. Score grows with
// relevance; its scale belongs to the list (cosine for Nearest).
type Ranked struct {
	ID    string
	Score float64
}

// Facets are the fields of a document that figures and explanations need,
// cheap to read in hundreds.
type Facets struct {
	ID           string
	Title        string
	Category     string
	Skills       []string
	Level        string
	PayType      string
	PayMin       int64
	PayMax       int64
	Currency     string
	DurationDays int
	HoursPerWeek int
	Country      string
	PostedOn     string // YYYY-MM-DD or ""
	Hired        bool
	DaysToHire   int
	Proposals    int
	Demo         bool
}

// Stored is a document with what is kept beside it.
type Stored struct {
	Document Document
	Vector   []float32 // by the embedder named in Upsert; nil leaves it to be embedded later
}

// Index keeps documents and finds them. Implementations are safe for
// concurrent use, and read their own writes.
type Index interface {
	// Upsert stores documents, replacing those of the same tenant, kind and
	// id. It returns how many were new or differed from what was stored.
	Upsert(ctx context.Context, tenant, embedding string, docs []Stored) (changed int, err error)
	Delete(ctx context.Context, tenant string, kind Kind, ids []string) (int, error)
	// Get returns those documents that exist, in the order of ids.
	Get(ctx context.Context, tenant string, kind Kind, ids []string) ([]Document, error)
	// Facets returns those of the given ids in their order, or with ids nil of
	// up to limit documents that pass the filter, newest posting first.
	Facets(ctx context.Context, filter Filter, ids []string, limit int) ([]Facets, error)
	// Lexical ranks documents by the terms they share with the query, rare ones
	// counting more. Terms are read by words.Split, so that they may have signs
	// ("c++", ".net"); of a term with several words each counts by itself.
	Lexical(ctx context.Context, filter Filter, terms []string, limit int) ([]Ranked, error)
	// Nearest ranks documents by cosine to a vector of the named embedding.
	Nearest(ctx context.Context, filter Filter, embedding string, vector []float32, limit int) ([]Ranked, error)
	// Unembedded lists documents without a vector of the named embedding.
	Unembedded(ctx context.Context, tenant, embedding string, limit int) ([]Document, error)
	// PutVectors stores vectors for documents that exist; others are ignored.
	PutVectors(ctx context.Context, tenant, embedding string, kind Kind, vectors map[string][]float32) error
	// Count returns how many documents pass the filter.
	Count(ctx context.Context, filter Filter) (int, error)
}
