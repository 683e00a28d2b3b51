package pgindex

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// changesOf sorts documents by what is to be done: those that are not stored,
// those that are stored otherwise or were analysed by other rules, and those that
// are as they should be. Known ones whose text is not stored are none of them. It
// makes other writers of the stored ones wait, so that what it compares with stays so.
func changesOf(ctx context.Context, tx pgx.Tx, tenant string, records []record.Record) (c changes, err error) {
	kinds, ids := make([]string, len(records)), make([]string, len(records))
	for i, r := range records {
		kinds[i], ids[i] = string(r.Kind), r.ID
	}
	rows, _ := tx.Query(ctx, `select d.kind, d.id, md5(d.body), d.analysis
		from documents d join unnest($2::text[], $3::text[]) as new (kind, id) on d.kind = new.kind and d.id = new.id
		where d.tenant = $1 order by d.kind, d.id for update of d`, tenant, kinds, ids)
	type stored struct{ sum, analysis string }
	known := make(map[record.Key]stored)
	var key record.Key
	var as stored
	if _, err := pgx.ForEachRow(rows, []any{(*string)(&key.Kind), &key.ID, &as.sum, &as.analysis}, func() error {
		known[key] = as
		return nil
	}); err != nil {
		return c, err
	}
	for _, r := range records {
		as, there := known[record.Key{Kind: r.Kind, ID: r.ID}]
		sum := sumOf(r.Body)
		switch {
		case r.Known && as.sum != sum:
		case !there:
			c.fresh = append(c.fresh, r)
		case as != stored{sum, r.Analysis}:
			c.other = append(c.other, r)
		default:
			c.same = append(c.same, r)
		}
	}
	return c, nil
}

// changes are documents by what is to be done.
type changes struct{ fresh, other, same []record.Record }

func sumOf(body []byte) string {
	sum := md5.Sum(body) // which the server has, too; nothing depends on its strength
	return hex.EncodeToString(sum[:])
}

// copyDocuments stores documents that are not stored yet. One that another
// writer stores at the same moment makes it fail, see [wasStored].
func copyDocuments(ctx context.Context, tx pgx.Tx, tenant string, records []record.Record) error {
	if len(records) == 0 {
		return nil
	}
	_, err := tx.Conn().PgConn().CopyFrom(ctx, &copyRows{tenant: tenant, records: records}, `copy documents
		(tenant, kind, id, category, level, pay_type, currency, posted_on, body, facets, words,
		skills, analysis, country, time_zone, languages, pay_min, pay_max, hours_per_week, available_from, credentials) from stdin`)
	return err
}

// wasStored reports whether a copy met a document that has been stored meanwhile.
func wasStored(err error) bool {
	var failure *pgconn.PgError
	return errors.As(err, &failure) && failure.Code == "23505" // unique_violation
}

// copyRows reads as documents in the text format of COPY. Rows are written
// while the server works on those before.
type copyRows struct {
	tenant  string
	records []record.Record
	row     []byte // what is left of the present one
	buffer  []byte
}

// Read implements io.Reader.
func (c *copyRows) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(c.row) == 0 {
			if len(c.records) == 0 {
				break
			}
			if err := c.next(); err != nil {
				return n, err
			}
		}
		taken := copy(p[n:], c.row)
		c.row = c.row[taken:]
		n += taken
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (c *copyRows) next() error {
	r := c.records[0]
	c.records = c.records[1:]
	facets, err := json.Marshal(r.Facets)
	if err != nil {
		return err
	}
	f := r.Facets
	low, high := record.Pay(f)
	b := c.buffer[:0]
	for _, value := range []string{
		c.tenant, string(r.Kind), r.ID, f.Category, f.Level, f.PayType, f.Currency, f.PostedOn, string(r.Body), string(facets), tsvector(c.tenant, r),
		array(r.Skills), r.Analysis, f.Country, f.TimeZone, array(f.Languages),
	} {
		b = append(appendCopied(b, value), '\t')
	}
	b = append(strconv.AppendInt(b, low, 10), '\t')
	b = append(strconv.AppendInt(b, high, 10), '\t')
	b = append(strconv.AppendInt(b, int64(f.HoursPerWeek), 10), '\t')
	b = append(appendCopied(b, f.AvailableFrom), '\t')
	b = append(appendCopied(b, credentialLines(f.Credentials)), '\n')
	c.buffer, c.row = b, b
	return nil
}

// appendCopied writes a text as COPY reads it: the backslash escapes itself and
// the signs that end a value or a row.
func appendCopied(b []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		escape := escapes[text[i]]
		if escape == 0 {
			continue
		}
		b = append(append(b, text[from:i]...), '\\', escape)
		from = i + 1
	}
	return append(b, text[from:]...)
}

// escapes are what stands behind a backslash for a byte, 0 where it stands for itself.
var escapes = [256]byte{'\t': 't', '\n': 'n', '\r': 'r', '\\': '\\'}

// tally tells how many documents of each scope were written.
func (x *Index) tally(tenant string, records []record.Record) {
	written := make(map[retrieval.Kind]int)
	for _, r := range records {
		written[r.Kind]++
	}
	for kind, n := range written {
		x.noteChanges(scope{tenant, kind}, n)
	}
}
