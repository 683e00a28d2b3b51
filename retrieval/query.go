package retrieval

import (
	"errors"
	"fmt"
)

const (
	defaultLimit = 20
	maxLimit     = 200
	maxNameable  = 50 // skills of a query that count
)

// Query asks for documents of one tenant and kind that pass a Filter. Skills in
// the Filter may be spelled in any way that the vocabulary knows, codes in any
// case of letters.
type Query struct {
	Filter
	// Text is what is looked for, in anybody's words, the first 4,000 bytes of it.
	// To the built-in embedder the first line is a title and counts double.
	Text   string
	Skills []string // wished for; Filter.AllSkills demands
	// Phrases says that words in double quotes must stand in the document, next
	// to each other. Text of more than 200 bytes or several lines is prose, whose
	// quotes demand nothing all the same.
	Phrases bool

	Language  string // ISO 639-1 of Text; found out when ""
	Convert   bool   // Filter.Pay also keeps what is paid in other currencies, by the table of rates
	Limit     int    // hits wanted; 0 for 20, at most 200
	Documents int    // so many of the first hits carry their document
}

// resolve checks a query and brings it into the form that indexes compare
// with. The error names every condition that cannot be meant, and wraps
// ErrInvalid: a filter that nothing can pass would look like an empty market.
func (r *Retriever) resolve(q Query) (Query, error) {
	if q.Tenant == "" || q.Kind == "" {
		return q, fmt.Errorf("%w: tenant and kind are required", ErrInvalid)
	}
	var c checks
	q.Filter = r.resolveFilter(q.Filter, &c)
	q.Language = lower(q.Language)
	c.language("language of the query", q.Language)
	if q.Convert && len(c) == 0 {
		q.Pay = r.rates.ranges(q.Pay, &c)
	}
	if len(c) > 0 {
		return q, fmt.Errorf("%w: %w", ErrInvalid, errors.Join(c...))
	}
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	q.Limit = min(q.Limit, maxLimit)
	q.Text = cutQuery(q.Text)
	return q, nil
}
