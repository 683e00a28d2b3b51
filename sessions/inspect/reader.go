package inspect

import (
	"context"
	"fmt"
	"strings"

	"github.com/parleyhq/parley/sessions"
)

// Reader lists and searches. It is safe for concurrent use.
type Reader struct{ Store }

const (
	longestText  = 500 // bytes of what is looked for
	mostSearched = 12  // words
)

// List returns a page of sessions, newest activity first, and where the next one
// begins; nil when this is the last. With a text, each carries the excerpt that was found.
// Of very many hits the newest 2,000 are looked through.
func (r Reader) List(ctx context.Context, tenant string, f Filter) ([]Summary, *Cursor, error) {
	f.Limit = f.PageSize()
	hits, words, err := r.search(ctx, tenant, &f)
	if err != nil {
		return nil, nil, err
	}
	size := f.Limit
	f.Limit++ // tells whether there is another page
	list, err := r.Store.List(ctx, tenant, f)
	if err != nil {
		return nil, nil, err
	}
	var next *Cursor
	if len(list) > size {
		list = list[:size]
		next = &Cursor{Updated: list[size-1].Updated, ID: list[size-1].ID}
	}
	return list, next, r.excerpts(ctx, tenant, list, hits, words)
}

// search narrows a filter to what its text finds, and returns the best hit of each session.
func (r Reader) search(ctx context.Context, tenant string, f *Filter) (map[string]Hit, []string, error) {
	f.Text = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(f.Text, ""), "\x00", ""))
	if f.Text == "" {
		return nil, nil, nil
	}
	if len(f.Text) > longestText {
		return nil, nil, fmt.Errorf("%w: a search has at most %d bytes", ErrInvalid, longestText)
	}
	words := sessions.Words(f.Text)
	words = words[:min(len(words), mostSearched)]
	found, err := r.Find(ctx, tenant, f.Text, words, mostHits)
	if err != nil {
		return nil, nil, err
	}
	hits := make(map[string]Hit, len(found))
	f.Among = []string{}
	for _, hit := range found {
		if _, known := hits[hit.Session]; !known {
			hits[hit.Session] = hit
			f.Among = append(f.Among, hit.Session)
		}
	}
	return hits, words, nil
}

// excerpts adds to sessions what was found in them.
func (r Reader) excerpts(ctx context.Context, tenant string, list []Summary, hits map[string]Hit, words []string) error {
	if hits == nil || len(list) == 0 {
		return nil
	}
	of := make([]Hit, len(list))
	for i, s := range list {
		of[i] = hits[s.ID]
	}
	texts, err := r.Texts(ctx, tenant, of)
	if err != nil {
		return err
	}
	for i := range list {
		text := texts[i]
		if of[i].Message == "" {
			text = list[i].Title
		}
		e := excerpt(text, words)
		e.Message, e.Response = of[i].Message, of[i].Response
		list[i].Excerpt = &e
	}
	return nil
}
