package sqliteindex

import (
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// corpus is what is kept in memory of the documents of one tenant and kind.
//
// Documents have slots, numbered from 0. A slot is never used again: a document
// that changes gets a new one and its old one is dead until a compaction drops all dead ones.
type corpus struct {
	n          int64            // document_scopes.n
	slots      map[string]int32 // of living documents by id
	alive      bits
	ids        []string
	documents  []int64  // documents.n
	facets     []string // encoded
	analyses   []string
	pays       []pay
	currencies map[string]uint32 // numbered, for quick comparison
	fields     fields
	lexicon    lexicon
	vectors    map[*embedding]*matrix
}

// facts are what is kept of a document.
type facts struct {
	document int64  // documents.n
	facets   string // encoded
	skills   []string
	analysis string
}

func newCorpus(n int64) *corpus {
	return &corpus{
		n:          n,
		slots:      make(map[string]int32),
		currencies: make(map[string]uint32),
		fields:     newFields(),
		lexicon:    newLexicon(),
		vectors:    make(map[*embedding]*matrix),
	}
}

// add gives a document the next slot, without words and vectors.
func (c *corpus) add(f facts) (int32, error) {
	facets, err := decodeFacets(f.facets)
	if err != nil {
		return none, err
	}
	slot := int32(len(c.ids))
	c.slots[facets.ID] = slot
	c.alive = c.alive.with(slot)
	c.ids = append(c.ids, facets.ID)
	c.documents = append(c.documents, f.document)
	c.facets = append(c.facets, f.facets)
	c.analyses = append(c.analyses, f.analysis)
	c.pays = append(c.pays, c.pay(facets))
	c.fields.add(slot, facets, f.skills)
	return slot, nil
}

// replace gives a document the next slot in place of the one it had, if it had
// one. Its vectors stay with it or are let go of.
func (c *corpus) replace(id string, f facts, words []occurrence, keepVectors bool) error {
	before, existed := c.slots[id]
	slot, err := c.add(f)
	if err != nil {
		return err
	}
	c.lexicon.add(slot, words)
	if !existed {
		return nil
	}
	for _, m := range c.vectors {
		if keepVectors {
			m.give(before, slot)
		}
	}
	c.kill(before)
	return nil
}

// remove lets go of a document, if it is there.
func (c *corpus) remove(id string) {
	if slot, ok := c.slots[id]; ok {
		delete(c.slots, id)
		c.kill(slot)
	}
}

func (c *corpus) kill(slot int32) {
	c.alive.drop(slot)
	c.ids[slot], c.facets[slot], c.analyses[slot] = "", "", ""
	for _, m := range c.vectors {
		m.clear(slot)
	}
}

func (c *corpus) pay(f retrieval.Facets) pay {
	low, high := record.Pay(f)
	if high <= 0 {
		return pay{}
	}
	n, known := c.currencies[f.Currency]
	if !known {
		n = uint32(len(c.currencies))
		c.currencies[f.Currency] = n
	}
	return pay{currency: n, low: low, high: high}
}

// matrix returns the vectors of an embedding.
func (c *corpus) matrix(e *embedding) *matrix {
	m := c.vectors[e]
	if m == nil {
		m = newMatrix(e.dimensions)
		c.vectors[e] = m
	}
	return m
}

// fragmented reports whether compacted is worth its time: a quarter of the
// slots is dead, or most postings stand in short lists.
func (c *corpus) fragmented() bool {
	dead := len(c.ids) - len(c.slots)
	return dead > 256 && dead > len(c.ids)/4 || c.lexicon.recent > 1<<20 && c.lexicon.recent > len(c.lexicon.made)
}

// compacted returns the corpus without dead slots. It only reads c, so that
// searches go on beside it; what it returns takes the place of c.
func (c *corpus) compacted() *corpus {
	living := len(c.slots)
	other := newCorpus(c.n)
	other.currencies = c.currencies
	other.ids, other.documents, other.facets = make([]string, 0, living), make([]int64, 0, living), make([]string, 0, living)
	other.analyses, other.pays = make([]string, 0, living), make([]pay, 0, living)
	moved := make([]int32, len(c.ids)) // new slot by old one
	for slot := range moved {
		moved[slot] = none
	}
	for slot := range c.alive.each() {
		to := int32(len(other.ids))
		moved[slot] = to
		other.slots[c.ids[slot]] = to
		other.alive = other.alive.with(to)
		other.ids, other.documents = append(other.ids, c.ids[slot]), append(other.documents, c.documents[slot])
		other.facets, other.analyses = append(other.facets, c.facets[slot]), append(other.analyses, c.analyses[slot])
		other.pays = append(other.pays, c.pays[slot])
	}
	other.fields = c.fields.renumbered(moved)
	other.lexicon = c.lexicon.renumbered(moved, living)
	for e, m := range c.vectors {
		other.vectors[e] = m.renumbered(moved, living)
	}
	return other
}
