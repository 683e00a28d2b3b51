package sqliteindex

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"reflect"

	"github.com/parleyhq/parley/retrieval"
)

// codecVersion is raised when what is written here, or computed from a document, changes its form.
const codecVersion = 1

var errDamaged = errors.New("damaged")

// format names the form of facts. Facts of another form are computed anew.
func format() string {
	hash := fnv.New64a()
	fmt.Fprint(hash, codecVersion)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[retrieval.Facets]()) {
		fmt.Fprint(hash, field.Name, field.Type)
	}
	return fmt.Sprintf("%016x", hash.Sum64())
}

// encodeFacets writes those fields that are set: each its number from 1 and its value.
func encodeFacets(facets retrieval.Facets) []byte {
	var out []byte
	v := reflect.ValueOf(facets)
	for i := range v.NumField() {
		field := v.Field(i)
		if field.IsZero() {
			continue
		}
		out = binary.AppendUvarint(out, uint64(i+1))
		switch field.Kind() {
		case reflect.String:
			out = appendText(out, field.String())
		case reflect.Int, reflect.Int32, reflect.Int64:
			out = binary.AppendVarint(out, field.Int())
		case reflect.Uint32, reflect.Uint64:
			out = binary.AppendUvarint(out, field.Uint())
		case reflect.Float64:
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(field.Float()))
		case reflect.Bool:
		case reflect.Slice: // of texts
			out = appendTexts(out, field.Interface().([]string))
		default:
			panic("sqliteindex: no form for a field of " + field.Type().String())
		}
	}
	return out
}

// decodeFacets reads what encodeFacets wrote. The texts are parts of encoded.
func decodeFacets(encoded string) (facets retrieval.Facets, err error) {
	r := reader{rest: encoded}
	v := reflect.ValueOf(&facets).Elem()
	for len(r.rest) > 0 && !r.damaged {
		n := r.uvarint()
		if n == 0 || n > uint64(v.NumField()) {
			return facets, errDamaged
		}
		field := v.Field(int(n - 1))
		switch field.Kind() {
		case reflect.String:
			field.SetString(r.text())
		case reflect.Int, reflect.Int32, reflect.Int64:
			field.SetInt(r.varint())
		case reflect.Uint32, reflect.Uint64:
			field.SetUint(r.uvarint())
		case reflect.Float64:
			field.SetFloat(r.float())
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Slice:
			field.Set(reflect.ValueOf(r.texts()))
		}
	}
	if r.damaged {
		return facets, errDamaged
	}
	return facets, nil
}

// occurrence is a word of a document by its number, and how often it is there.
type occurrence struct {
	word  uint32
	count uint8
}

// encodeWords writes occurrences in the order of their numbers: for each the
// distance from the one before, and the count.
func encodeWords(words []occurrence) []byte {
	out := make([]byte, 0, 3*len(words))
	before := uint32(0)
	for _, w := range words {
		out = append(binary.AppendUvarint(out, uint64(w.word-before)), w.count)
		before = w.word
	}
	return out
}

// nextWord reads one occurrence of what encodeWords wrote, and returns how many
// bytes it took: 0 when they are damaged.
func nextWord(encoded []byte) (distance uint32, count uint8, n int) {
	if len(encoded) > 1 && encoded[0] < 0x80 { // most often
		return uint32(encoded[0]), encoded[1], 2
	}
	if len(encoded) > 2 && encoded[1] < 0x80 {
		return uint32(encoded[0]&0x7f) | uint32(encoded[1])<<7, encoded[2], 3
	}
	long, n := binary.Uvarint(encoded)
	if n <= 0 || n >= len(encoded) || long > math.MaxUint32 {
		return 0, 0, 0
	}
	return uint32(long), encoded[n], n + 1
}

func appendText(out []byte, text string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(text))), text...)
}

func appendTexts(out []byte, texts []string) []byte {
	out = binary.AppendUvarint(out, uint64(len(texts)))
	for _, text := range texts {
		out = appendText(out, text)
	}
	return out
}

// decodeTexts reads what appendTexts wrote.
func decodeTexts(encoded string) ([]string, error) {
	r := reader{rest: encoded}
	texts := r.texts()
	if r.damaged || r.rest != "" {
		return nil, errDamaged
	}
	return texts, nil
}

// reader reads values one after the other until something is damaged.
type reader struct {
	rest    string
	damaged bool
}

// uvarint and varint are read by hand, for binary has them of bytes only.
func (r *reader) uvarint() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.damaged, r.rest = true, ""
	return 0
}

func (r *reader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *reader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.damaged, r.rest = true, ""
		return ""
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

func (r *reader) texts() []string {
	n := r.uvarint()
	if n > uint64(len(r.rest)) { // each takes a byte at least
		r.damaged, r.rest = true, ""
		return nil
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i] = r.text()
	}
	return texts
}

func (r *reader) float() float64 {
	if len(r.rest) < 8 {
		r.damaged, r.rest = true, ""
		return 0
	}
	bits := binary.LittleEndian.Uint64([]byte(r.rest[:8]))
	r.rest = r.rest[8:]
	return math.Float64frombits(bits)
}

func encodeVector(vector []float32) []byte {
	blob := make([]byte, 0, 4*len(vector))
	for _, v := range vector {
		blob = binary.LittleEndian.AppendUint32(blob, math.Float32bits(v))
	}
	return blob
}

// decodeVector reads a blob into a vector of the same length.
func decodeVector(vector []float32, blob []byte) error {
	if len(blob) != 4*len(vector) {
		return fmt.Errorf("%w: vector of %d bytes where %d dimensions are kept", errDamaged, len(blob), len(vector))
	}
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
	}
	return nil
}
