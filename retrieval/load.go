package retrieval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrNotEmbedded is wrapped by the error of a Load whose documents were stored
// but not all embedded: until Fill they are found by their words only.
var ErrNotEmbedded = errors.New("retrieval: stored without embedding")

// loadBatch is how many documents are embedded and stored at once.
const loadBatch = 256

// Load normalises, validates, embeds and stores documents, replacing those of
// the same kind and id; of repeated ids in docs the last one counts. It returns
// how many were new or differed from what was stored; the unchanged ones cost
// neither an embedding nor a write.
//
// An invalid document stops the call before anything is stored. A failed
// embedder does not: the documents are stored all the same, and the error wraps
// ErrNotEmbedded. After any other error the batches before it are stored, and
// loading the same documents again is safe.
func (r *Retriever) Load(ctx context.Context, tenant string, docs []Document) (changed int, err error) {
	if tenant == "" {
		return 0, fmt.Errorf("retrieval: load: %w: no tenant", ErrInvalid)
	}
	docs, err = prepare(docs)
	if err != nil {
		return 0, fmt.Errorf("retrieval: load: %w", err)
	}
	defer r.histories.forget(tenant)
	var notEmbedded error
	for len(docs) > 0 {
		batch := docs[:min(loadBatch, len(docs))]
		docs = docs[len(batch):]
		fresh, err := r.differing(ctx, tenant, batch)
		if err != nil {
			return changed, fmt.Errorf("retrieval: load: %w", err)
		}
		if len(fresh) == 0 {
			continue
		}
		stored, err := r.embed(ctx, fresh, notEmbedded == nil)
		if err != nil {
			if ctx.Err() != nil {
				return changed, fmt.Errorf("retrieval: load: %w", err)
			}
			notEmbedded = fmt.Errorf("retrieval: load: %w: %w", ErrNotEmbedded, err)
		}
		n, err := r.index.Upsert(ctx, tenant, r.embedder.Name(), stored)
		changed += n
		if err != nil {
			return changed, fmt.Errorf("retrieval: load: %w", err)
		}
	}
	return changed, notEmbedded
}

// prepare normalises and validates, and keeps the last of each kind and id.
func prepare(docs []Document) ([]Document, error) {
	type key struct {
		kind Kind
		id   string
	}
	at := make(map[key]int, len(docs))
	prepared := make([]Document, 0, len(docs))
	var problems []error
	for _, d := range docs {
		d = d.clone()
		d.Normalise()
		if err := d.Validate(); err != nil {
			problems = append(problems, err)
			continue
		}
		if i, repeated := at[key{d.Kind, d.ID}]; repeated {
			prepared[i] = d
			continue
		}
		at[key{d.Kind, d.ID}] = len(prepared)
		prepared = append(prepared, d)
	}
	return prepared, errors.Join(problems...)
}

// differing returns those documents that are not stored in the same form.
func (r *Retriever) differing(ctx context.Context, tenant string, docs []Document) ([]Document, error) {
	ids := make(map[Kind][]string)
	for _, d := range docs {
		ids[d.Kind] = append(ids[d.Kind], d.ID)
	}
	stored := make(map[Kind]map[string][]byte, len(ids))
	for kind, list := range ids {
		found, err := r.index.Get(ctx, tenant, kind, list)
		if err != nil {
			return nil, err
		}
		stored[kind] = make(map[string][]byte, len(found))
		for _, d := range found {
			if stored[kind][d.ID], err = json.Marshal(d); err != nil {
				return nil, err
			}
		}
	}
	fresh := make([]Document, 0, len(docs))
	for _, d := range docs {
		now, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(now, stored[d.Kind][d.ID]) {
			fresh = append(fresh, d)
		}
	}
	return fresh, nil
}

// embed puts vectors beside documents. On an error the documents are returned
// without vectors; with try false no embedding is tried.
func (r *Retriever) embed(ctx context.Context, docs []Document, try bool) ([]Stored, error) {
	stored, texts := make([]Stored, len(docs)), make([]string, len(docs))
	for i, d := range docs {
		stored[i].Document, texts[i] = d, d.SearchText()
	}
	if !try {
		return stored, nil
	}
	vectors, err := r.vectors(ctx, texts)
	if err != nil {
		return stored, err
	}
	for i := range stored {
		stored[i].Vector = vectors[i]
	}
	return stored, nil
}

func (r *Retriever) vectors(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := r.embedder.Embed(ctx, texts)
	if err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("retrieval: embedder %s gave %d vectors for %d texts", r.embedder.Name(), len(vectors), len(texts))
	}
	return vectors, nil
}

// Fill embeds documents of a tenant that have no vector of the present
// embedding model yet, and returns how many it embedded. It may be stopped and
// called again at any time.
func (r *Retriever) Fill(ctx context.Context, tenant string) (filled int, err error) {
	for last := ""; ; {
		docs, err := r.index.Unembedded(ctx, tenant, r.embedder.Name(), loadBatch)
		if err != nil {
			return filled, fmt.Errorf("retrieval: fill: %w", err)
		}
		if len(docs) == 0 {
			return filled, nil
		}
		if first := string(docs[0].Kind) + " " + docs[0].ID; first == last {
			return filled, fmt.Errorf("retrieval: fill: %w: vector of %s is not kept", ErrUnavailable, first)
		} else {
			last = first
		}
		stored, err := r.embed(ctx, docs, true)
		if err != nil {
			return filled, fmt.Errorf("retrieval: fill: %w", err)
		}
		byKind := make(map[Kind]map[string][]float32)
		for _, s := range stored {
			if byKind[s.Document.Kind] == nil {
				byKind[s.Document.Kind] = make(map[string][]float32)
			}
			byKind[s.Document.Kind][s.Document.ID] = s.Vector
		}
		for kind, vectors := range byKind {
			if err := r.index.PutVectors(ctx, tenant, r.embedder.Name(), kind, vectors); err != nil {
				return filled, fmt.Errorf("retrieval: fill: %w", err)
			}
			filled += len(vectors)
		}
	}
}
