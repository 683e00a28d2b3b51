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

// Filter keeps documents of one tenant and kind that fulfil every condition
// that is set. A document that does not say what a condition asks about is not
// kept: "up to 60 EUR an hour" leaves out who names no rate.
type Filter struct {
	Tenant   string // required
	Kind     Kind   // required
	Category string
	Level    string
	PayType  string
	Currency string

	AllSkills []string // canonical names (Stored.Skills), as skills.Vocabulary has them; each is listed
	AnySkills []string // at least one of them is listed
	// Pay keeps what is paid within one of the ranges, each in its own
	// currency. A document's range that overlaps counts.
	Pay       []PayRange
	Countries []string    // ISO 3166-1, any of them
	Zone      *ZoneWindow // where the clock is near a given one, today
	Languages []string    // ISO 639-1, any of them: that a post is written in, that a freelancer speaks
	From, To  string      // YYYY-MM-DD, both included: when a post was posted, a proposal sent
	// AvailableBy (YYYY-MM-DD) keeps profiles that are free by then; a profile
	// without a date is free.
	AvailableBy string
	MinHours    int      // hours a week, at least
	Credentials []string // each is part of one of the credentials, in any case of letters

	Exclude []string // ids
}

// PayRange is from Min to Max in minor units of Currency; Max 0 is no bound.
type PayRange struct {
	Currency string // ISO 4217, required
	Min, Max int64
}

// ZoneWindow keeps time zones whose offset from UTC today is at most Within
// away from Offset, both in minutes.
type ZoneWindow struct {
	Offset int
	Within int
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

	TimeZone      string   `json:",omitempty"` // IANA
	Languages     []string `json:",omitempty"` // ISO 639-1
	AvailableFrom string   `json:",omitempty"` // YYYY-MM-DD; profiles
	Credentials   []string `json:",omitempty"`
	Jobs          int      `json:",omitempty"` // a freelancer's track record
	Rating        float64  `json:",omitempty"`
	Reviews       int      `json:",omitempty"`
	// Sign is a fingerprint of a post's title and text that differs in few bits
	// from those of posts with nearly the same words; 0 is unknown.
	Sign uint64 `json:",omitempty"`
}

// Stored is a document with what is kept beside it.
type Stored struct {
	Document Document
	Vector   []float32 // by the embedder named in Upsert; nil leaves it to be embedded later
	// Skills are the canonical names of those that the document lists, which
	// Filter.AllSkills and AnySkills are compared with, letter by letter.
	Skills []string
	// Terms are found by Lexical beside the words of the text, verbatim. Each
	// begins with "~", as words.SkillTerm makes them.
	Terms []string
	// Analysis names the rules by which Skills and Terms were found and texts
	// are split into words. Documents of other rules are Stale.
	Analysis string
	// Known stores it only where the document is there with the very same text:
	// what brings an analysis up to date must not undo what others have written
	// or deleted meanwhile.
	Known bool
}

// Coverage says how many documents of a tenant have a vector of each embedding.
type Coverage struct {
	Documents int
	Vectors   map[string]int // by the embedding's name
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
	// ("c++", ".net"); of a term with several words each counts by itself. A term
	// that begins with "~" is one of Stored.Terms, and looked for as it is.
	Lexical(ctx context.Context, filter Filter, terms []string, limit int) ([]Ranked, error)
	// Nearest ranks documents by cosine to a vector of the named embedding.
	Nearest(ctx context.Context, filter Filter, embedding string, vector []float32, limit int) ([]Ranked, error)
	// Unembedded lists documents without a vector of the named embedding.
	Unembedded(ctx context.Context, tenant, embedding string, limit int) ([]Document, error)
	// PutVectors stores vectors for documents that exist; others are ignored.
	PutVectors(ctx context.Context, tenant, embedding string, kind Kind, vectors map[string][]float32) error
	// Coverage tells how far each embedding is.
	Coverage(ctx context.Context, tenant string) (Coverage, error)
	// Forget drops all vectors of an embedding, of every tenant, and returns how many there were.
	Forget(ctx context.Context, embedding string) (int, error)
	// Stale lists documents that were stored under another Analysis. Upsert with
	// the present one brings them up to date, and keeps their vectors where the document is the same.
	Stale(ctx context.Context, tenant, analysis string, limit int) ([]Document, error)
	// Months counts the documents that pass the filter by the month of their
	// posting, YYYY-MM; those without a date stand under "".
	Months(ctx context.Context, filter Filter) (map[string]int, error)
	// Settle does what was put off while documents poured in, such as building an
	// index over them. Before that searches are right, but slower.
	Settle(ctx context.Context, tenant string) error
	// Count returns how many documents pass the filter.
	Count(ctx context.Context, filter Filter) (int, error)
}
