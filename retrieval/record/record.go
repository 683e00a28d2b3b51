// Package record prepares documents for an index, the same way for each: what
// is written of a document, which of its words count how much, and vectors of
// unit length. [Of] is what to call when documents come in, [Terms] when
// somebody searches.
package record

import (
	"fmt"
	"math"
	"slices"

	"github.com/parleyhq/parley/retrieval"
)

// Record is what an index keeps of a document.
type Record struct {
	Kind   retrieval.Kind
	ID     string
	Body   []byte // the document's JSON; equal for equal documents
	Facets retrieval.Facets
	Skills []string  // canonical names, sorted, each once
	Words  []Counted // of the texts, and the document's terms as they are
	// Analysis names the rules by which Skills and Words were found.
	Analysis string
	Known    bool      // is only to bring a stored document up to date, see retrieval.Stored
	Vector   []float32 // of unit length, or nil
}

// Key identifies a document within a tenant.
type Key struct {
	Kind retrieval.Kind
	ID   string
}

// Of prepares documents to be stored with vectors of the given length. Of
// several with one kind and id the last is kept. A document that is not valid
// fails the whole call with retrieval.ErrInvalid.
func Of(docs []retrieval.Stored, dimensions int) ([]Record, error) {
	records := make([]Record, 0, len(docs))
	at := make(map[Key]int, len(docs))
	for _, stored := range docs {
		r, err := of(stored, dimensions)
		if err != nil {
			return nil, err
		}
		key := Key{r.Kind, r.ID}
		if i, twice := at[key]; twice {
			records[i] = r
			continue
		}
		at[key] = len(records)
		records = append(records, r)
	}
	return records, nil
}

func of(stored retrieval.Stored, dimensions int) (Record, error) {
	d := stored.Document
	if err := d.Validate(); err != nil {
		return Record{}, err
	}
	body, err := d.MarshalJSON() // as json.Marshal writes it, which would go over it twice more
	if err != nil {
		return Record{}, fmt.Errorf("%w: document %q: %w", retrieval.ErrInvalid, d.ID, err)
	}
	r := Record{
		Kind: d.Kind, ID: d.ID, Body: body, Facets: d.Facets(),
		Skills: distinct(stored.Skills), Words: wordsOf(d, stored.Terms), Analysis: stored.Analysis, Known: stored.Known,
	}
	if stored.Vector != nil {
		if r.Vector, err = Unit(stored.Vector, dimensions); err != nil {
			return Record{}, fmt.Errorf("document %q: %w", d.ID, err)
		}
	}
	return r, nil
}

// distinct returns a sorted copy of a list without repetitions and empty texts.
func distinct(list []string) []string {
	sorted := slices.Compact(slices.Sorted(slices.Values(list)))
	return slices.DeleteFunc(sorted, func(s string) bool { return s == "" })
}

// Unit returns a copy of a vector with length one, or the zero vector as it
// is. A vector of another number of dimensions or with a value that is no
// finite number is refused with retrieval.ErrInvalid.
func Unit(vector []float32, dimensions int) ([]float32, error) {
	if len(vector) != dimensions || dimensions == 0 {
		return nil, fmt.Errorf("%w: vector of %d dimensions where %d are kept", retrieval.ErrInvalid, len(vector), dimensions)
	}
	var sum float64
	for _, v := range vector {
		sum += float64(v) * float64(v)
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil, fmt.Errorf("%w: vector with a value that is not a finite number", retrieval.ErrInvalid)
	}
	unit := make([]float32, len(vector))
	if sum > 0 {
		scale := 1 / math.Sqrt(sum)
		for i, v := range vector {
			unit[i] = float32(float64(v) * scale)
		}
	}
	return unit, nil
}

// Zero reports whether a vector points nowhere: nothing is near it.
func Zero(vector []float32) bool {
	for _, v := range vector {
		if v != 0 {
			return false
		}
	}
	return true
}

// CheckFilter refuses a filter without tenant or kind, and ranges of pay that
// name no currency or are too many, with retrieval.ErrInvalid.
func CheckFilter(f retrieval.Filter) error {
	if f.Tenant == "" || f.Kind == "" {
		return fmt.Errorf("%w: a filter needs a tenant and a kind", retrieval.ErrInvalid)
	}
	return checkPay(f.Pay)
}
