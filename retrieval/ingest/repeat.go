package ingest

import (
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"github.com/parleyhq/parley/retrieval"
)

// repeats remembers on which line a file has which id, for as many ids as it
// may: memory stays bounded, and beyond that repetitions are not noticed.
type repeats map[uint64]int

const maxRepeats = 1_000_000

var seed = maphash.MakeSeed()

// noteRepeat says when a row replaces an earlier one of its file.
func (r *run) noteRepeat(seen repeats, file string, line int, d retrieval.Document) {
	key := maphash.String(seed, string(d.Kind)+" "+d.ID)
	earlier, repeated := seen[key]
	if repeated {
		r.sum.Repeated++
		r.say(file, line, fmt.Sprintf("id %q is also on line %d: this row replaces that one", d.ID, earlier))
	}
	if repeated || len(seen) < maxRepeats {
		seen[key] = line
	}
}

// plain writes a reason on one line, without the prefixes of packages.
func plain(reason error) string {
	text := reason.Error()
	if errors.Is(reason, retrieval.ErrInvalid) {
		text = strings.TrimPrefix(text, retrieval.ErrInvalid.Error()+": ")
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
