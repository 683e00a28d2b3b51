package sqliteindex

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// complete computes facts of documents that have none: those that an earlier
// version of Parley stored, or all when the form of facts is another one. They
// have no skills and no terms then, and are stale until they are stored again.
func (x *Index) complete(ctx context.Context) error {
	if err := x.dropOldFacts(ctx); err != nil {
		return err
	}
	var documents, known int
	if err := x.read.QueryRowContext(ctx, "select (select count(*) from documents), (select count(*) from document_facts)").Scan(&documents, &known); err != nil {
		return err
	}
	after := int64(-1)
	for known < documents {
		last, n, err := x.completeBatch(ctx, after)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("%d documents without facts are not found: %w", documents-known, errDamaged)
		}
		after, known = last, known+n
	}
	return nil
}

// dropOldFacts drops facts of another form. Stopped at any moment, it has done all or nothing.
func (x *Index) dropOldFacts(ctx context.Context) error {
	var stored string
	err := x.read.QueryRowContext(ctx, "select coalesce((select value from meta where key = 'facts'), '')").Scan(&stored)
	if err != nil || stored == format() {
		return err
	}
	err = x.transaction(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{"delete from document_facts", "delete from document_words"} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "insert or replace into meta (key, value) values ('facts', ?)", format())
		return err
	})
	if err != nil {
		return err
	}
	for in, c := range x.corpora {
		x.corpora[in] = newCorpus(c.n)
	}
	return nil
}

// bare is a document without facts.
type bare struct {
	n    int64
	in   scope
	body []byte
}

// completeBatch computes facts of some documents after one, and tells the last and how many.
func (x *Index) completeBatch(ctx context.Context, after int64) (last int64, n int, err error) {
	list, err := x.bare(ctx, after)
	if err != nil || len(list) == 0 {
		return 0, 0, err
	}
	byCorpus := make(map[*corpus]*words)
	for _, b := range list {
		c, err := x.corpus(ctx, b.in)
		if err != nil {
			return 0, 0, err
		}
		if byCorpus[c] == nil {
			byCorpus[c] = newWords(c)
		}
	}
	err = x.transaction(ctx, func(tx *sql.Tx) error {
		w, err := newWriter(ctx, tx)
		if err != nil {
			return err
		}
		defer w.close()
		for _, b := range list {
			words := byCorpus[x.corpora[b.in]]
			facts, err := factsOf(b.body, words)
			if err != nil {
				return fmt.Errorf("document %d: %w", b.n, err)
			}
			if err := w.facts(ctx, b.n, words.corpus.n, facts); err != nil {
				return err
			}
		}
		for _, words := range byCorpus {
			if err := w.words(ctx, words); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	for c, words := range byCorpus {
		c.lexicon.adopt(words.list)
	}
	return list[len(list)-1].n, len(list), nil
}

func (x *Index) bare(ctx context.Context, after int64) ([]bare, error) {
	rows, err := x.read.QueryContext(ctx, `select d.n, d.tenant, d.kind, d.body from documents d
		where d.n > ? and not exists (select 1 from document_facts f where f.document = d.n) order by d.n limit ?`, after, batch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []bare
	for rows.Next() {
		var b bare
		if err := rows.Scan(&b.n, &b.in.tenant, &b.in.kind, &b.body); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// factsOf computes the facts of a stored document. One that is not valid by
// today's rules is found by its facets only.
func factsOf(body []byte, words *words) (encodedFacts, error) {
	var d retrieval.Document
	if err := json.Unmarshal(body, &d); err != nil {
		return encodedFacts{}, err
	}
	var list []occurrence
	if records, err := record.Of([]retrieval.Stored{{Document: d}}, 0); err == nil {
		list = words.of(records[0].Words)
	}
	return encodedFacts{facets: encodeFacets(d.Facets()), skills: appendTexts(nil, nil), words: encodeWords(list)}, nil
}
