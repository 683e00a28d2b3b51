package retrieval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
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
	l := loading{Retriever: r, tenant: tenant, present: embedding{Embedder: r.embedder}}
	if searched := r.searched(ctx, tenant); searched != r.embedder {
		l.older = &embedding{Embedder: searched}
	}
	for len(docs) > 0 {
		batch := docs[:min(loadBatch, len(docs))]
		docs = docs[len(batch):]
		n, err := l.batch(ctx, batch)
		changed += n
		if err != nil {
			return changed, fmt.Errorf("retrieval: load: %w", err)
		}
	}
	if err := l.present.err(); err != nil {
		return changed, fmt.Errorf("retrieval: load: %w: %w", ErrNotEmbedded, err)
	}
	return changed, nil
}

// loading is one Load on its way.
type loading struct {
	*Retriever
	tenant  string
	present embedding
	// older is what the tenant is searched by while the present embedding is
	// not complete, or nil. New documents get a vector of it too, so that they are
	// found at once. When it fails they are found by their words until the switch.
	older *embedding
}

// batch stores those documents that are not stored in the same form.
func (l *loading) batch(ctx context.Context, docs []Document) (int, error) {
	fresh, err := l.differing(ctx, l.tenant, docs)
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	texts := searchTexts(fresh)
	vectors := l.present.vectors(ctx, texts)
	var older [][]float32
	if l.older != nil {
		older = l.older.vectors(ctx, texts)
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	stored := make([]Stored, len(fresh))
	for i, d := range fresh {
		stored[i] = l.stored(d, vectors[i])
	}
	l.writes.RLock()
	defer l.writes.RUnlock()
	changed, err := l.index.Upsert(ctx, l.tenant, l.embedder.Name(), stored)
	if err != nil || l.older == nil {
		return changed, err
	}
	return changed, l.putVectors(ctx, l.tenant, l.older.Name(), fresh, older)
}

// stored is a document with what is kept beside it.
func (r *Retriever) stored(d Document, vector []float32) Stored {
	listed, terms, _ := r.analyse(d)
	return Stored{Document: d, Vector: vector, Skills: listed, Terms: terms, Analysis: r.rules()}
}

// rules names how documents are analysed: their words, skills and signs.
func (r *Retriever) rules() string { return r.analysis() + "." + strconv.Itoa(signRules) }

func searchTexts(docs []Document) []string {
	texts := make([]string, len(docs))
	for i, d := range docs {
		texts[i] = d.SearchText()
	}
	return texts
}

// putVectors stores those vectors that are there.
func (r *Retriever) putVectors(ctx context.Context, tenant, embedding string, docs []Document, vectors [][]float32) error {
	byKind := make(map[Kind]map[string][]float32)
	for i, d := range docs {
		if vectors[i] == nil {
			continue
		}
		if byKind[d.Kind] == nil {
			byKind[d.Kind] = make(map[string][]float32)
		}
		byKind[d.Kind][d.ID] = vectors[i]
	}
	for kind, some := range byKind {
		if err := r.index.PutVectors(ctx, tenant, embedding, kind, some); err != nil {
			return err
		}
	}
	return nil
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
	_, differing, err := r.compare(ctx, tenant, docs)
	return differing, err
}

// compare tells documents that are stored in the same form from others.
func (r *Retriever) compare(ctx context.Context, tenant string, docs []Document) (same, differing []Document, err error) {
	ids := make(map[Kind][]string)
	for _, d := range docs {
		ids[d.Kind] = append(ids[d.Kind], d.ID)
	}
	stored := make(map[Kind]map[string]Document, len(ids))
	for kind, list := range ids {
		found, err := r.index.Get(ctx, tenant, kind, list)
		if err != nil {
			return nil, nil, err
		}
		stored[kind] = make(map[string]Document, len(found))
		for _, d := range found {
			stored[kind][d.ID] = d
		}
	}
	for _, d := range docs {
		old, equal := stored[d.Kind][d.ID]
		if equal {
			if equal, err = sameContent(old, d); err != nil {
				return nil, nil, err
			}
		}
		if equal {
			same = append(same, d)
		} else {
			differing = append(differing, d)
		}
	}
	return same, differing, nil
}

// sameContent compares what is kept of two documents, their JSON.
func sameContent(a, b Document) (bool, error) {
	one, err := a.MarshalJSON()
	if err != nil {
		return false, err
	}
	other, err := b.MarshalJSON()
	return bytes.Equal(one, other), err
}
