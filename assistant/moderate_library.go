package assistant

import (
	"context"
	"slices"

	"github.com/parleyhq/parley/assistant/workflow/advice"
	"github.com/parleyhq/parley/retrieval"
)

// library is a Library whose documents are read through a Guard.
type library struct {
	advice.Library
	guard *Guard
}

// Search leaves out what none of is to be read. Of a document that is not
// carried, that is judged by what a hit shows of it; its text comes from Documents.
func (l *library) Search(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	hits, err := l.Library.Search(ctx, q)
	kept := hits[:0]
	for _, hit := range hits {
		if hit.Document == nil {
			shown := Text{Name: string(q.Kind) + "/" + hit.ID + "/title", Fields: append([]string{hit.Facets.Title}, hit.Facets.Credentials...)}
			if r := l.guard.read(ctx, q.Tenant, shown); r.fields != nil || r.whole {
				continue
			}
		} else {
			d, ok := l.document(ctx, q.Tenant, *hit.Document)
			if !ok {
				continue
			}
			hit.Document, hit.Facets.Title = &d, d.Title()
		}
		kept = append(kept, hit)
	}
	return kept, err
}

// Documents leaves out what is not to be read, of documents or altogether.
func (l *library) Documents(ctx context.Context, tenant string, kind retrieval.Kind, ids []string) ([]retrieval.Document, error) {
	docs, err := l.Library.Documents(ctx, tenant, kind, ids)
	var kept []retrieval.Document
	for _, d := range docs {
		if read, ok := l.document(ctx, tenant, d); ok {
			kept = append(kept, read)
		}
	}
	return kept, err
}

// document returns a document as it is read, false for one that is not. The
// given one is not changed.
func (l *library) document(ctx context.Context, tenant string, d retrieval.Document) (retrieval.Document, bool) {
	fields := textsOf(&d)
	t := Text{Name: string(d.Kind) + "/" + d.ID, Fields: make([]string, len(fields))}
	for i, field := range fields {
		t.Fields[i] = *field
	}
	r := l.guard.read(ctx, tenant, t)
	if r.whole || r.fields != nil {
		note(ctx, unread{Kind: string(d.Kind), ID: d.ID, Passages: r.withheld, Whole: r.whole})
	}
	if r.fields == nil || r.whole {
		return d, !r.whole
	}
	d = copied(d)
	for i, field := range textsOf(&d) {
		*field = r.fields[i]
	}
	return tidied(d), d.Title() != ""
}

// tidied drops the entries of lists that are empty now.
func tidied(d retrieval.Document) retrieval.Document {
	empty := func(s string) bool { return s == "" }
	if d.Post != nil {
		d.Post.Skills = slices.DeleteFunc(d.Post.Skills, empty)
	}
	if d.Profile != nil {
		d.Profile.Skills, d.Profile.Credentials = slices.DeleteFunc(d.Profile.Skills, empty), slices.DeleteFunc(d.Profile.Credentials, empty)
	}
	return d
}

// textsOf are the parts of a document that its author wrote freely.
func textsOf(d *retrieval.Document) (fields []*string) {
	list := func(texts []string) {
		for i := range texts {
			fields = append(fields, &texts[i])
		}
	}
	switch {
	case d.Post != nil:
		fields = append(fields, &d.Post.Title, &d.Post.Description)
		list(d.Post.Skills)
	case d.Profile != nil:
		fields = append(fields, &d.Profile.Headline, &d.Profile.Overview)
		for i := range d.Profile.Experience {
			e := &d.Profile.Experience[i]
			fields = append(fields, &e.Title, &e.Text)
		}
		list(d.Profile.Credentials)
		list(d.Profile.Skills)
	case d.Proposal != nil:
		fields = append(fields, &d.Proposal.Text)
	}
	return fields
}

// copied returns a document whose texts can be changed.
func copied(d retrieval.Document) retrieval.Document {
	switch {
	case d.Post != nil:
		post := *d.Post
		post.Skills = slices.Clone(post.Skills)
		d.Post = &post
	case d.Profile != nil:
		profile := *d.Profile
		profile.Experience, profile.Credentials, profile.Skills = slices.Clone(profile.Experience), slices.Clone(profile.Credentials), slices.Clone(profile.Skills)
		d.Profile = &profile
	case d.Proposal != nil:
		proposal := *d.Proposal
		d.Proposal = &proposal
	}
	return d
}
