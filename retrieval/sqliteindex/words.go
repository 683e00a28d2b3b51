package sqliteindex

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/parleyhq/parley/retrieval/record"
)

// words numbers the words of documents that are being written. Those that are
// new to the corpus have numbers after its own, and are its own once they are stored.
type words struct {
	corpus *corpus
	first  uint32 // number of the first new word
	fresh  map[string]uint32
	list   []string // new words in the order of their numbers
}

func newWords(c *corpus) *words {
	return &words{corpus: c, first: uint32(len(c.lexicon.since)), fresh: make(map[string]uint32)}
}

// of returns the words of a document by number, in the order of numbers.
func (w *words) of(counted []record.Counted) []occurrence {
	list := make([]occurrence, len(counted))
	for i, word := range counted {
		list[i] = occurrence{w.number(word.Word), word.Count}
	}
	slices.SortFunc(list, func(a, b occurrence) int { return cmp.Compare(a.word, b.word) })
	return list
}

func (w *words) number(word string) uint32 {
	if n, known := w.corpus.lexicon.numbers[word]; known {
		return n
	}
	n, known := w.fresh[word]
	if !known {
		word = strings.Clone(word) // or it keeps the text that it is a part of
		n = w.first + uint32(len(w.list))
		w.fresh[word] = n
		w.list = append(w.list, word)
	}
	return n
}

// words stores those words that are new.
func (w *writer) words(ctx context.Context, words *words) error {
	if len(words.list) == 0 {
		return nil
	}
	_, err := w.putWord.ExecContext(ctx, words.corpus.n, words.first, appendTexts(nil, words.list))
	return err
}

// dropWords empties the entries of words that no document has any more: names
// and numbers of people who were deleted are not kept. The numbers of other
// words stay as they are. The caller has the right to write.
func (x *Index) dropWords(ctx context.Context, c *corpus) error {
	unused := c.lexicon.unused()
	if len(unused) == 0 {
		return nil
	}
	err := x.transaction(ctx, func(tx *sql.Tx) error {
		rows, err := wordRows(ctx, tx, c.n)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if !c.lexicon.emptyUnused(r.first, r.words) {
				continue
			}
			if _, err := tx.ExecContext(ctx, "update document_words set words = ? where n = ?", appendTexts(nil, r.words), r.n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, word := range unused {
		delete(c.lexicon.numbers, word)
	}
	return nil
}

// wordRow is a row of document_words.
type wordRow struct {
	n     int64
	first uint32
	words []string
}

func wordRows(ctx context.Context, tx *sql.Tx, scope int64) (list []wordRow, err error) {
	rows, err := tx.QueryContext(ctx, "select n, first, words from document_words where scope = ?", scope)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r wordRow
		var encoded string
		if err := rows.Scan(&r.n, &r.first, &encoded); err != nil {
			return nil, err
		}
		if r.words, err = decodeTexts(encoded); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}
