package embed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	artefactKind   = "embedder"
	artefactFormat = 1

	// mostLevel bounds the numbers of a row, so that one takes four bits.
	mostLevel = 7
	maxRows   = 1 << 18
)

// The body of an artefact: the number of dimensions and of stems, grams and
// skills; their names; the weights of the stems; the scales of the rows; the
// numbers of the rows, two a byte, each plus 8.
func (l *lexicon) encode() []byte {
	body := binary.AppendUvarint(nil, learnedDimensions)
	var names []string
	for _, list := range l.lists() {
		body = binary.AppendUvarint(body, uint64(len(list.names)))
		names = append(names, list.names...)
	}
	text := strings.Join(names, "\n")
	body = binary.AppendUvarint(body, uint64(len(text)))
	body = append(body, text...)
	for _, x := range slices.Concat(l.weight, l.scale) {
		body = binary.LittleEndian.AppendUint32(body, math.Float32bits(x))
	}
	for i := 0; i < len(l.values); i += 2 {
		body = append(body, byte(l.values[i]+8)|byte(l.values[i+1]+8)<<4)
	}
	return body
}

func (l *lexicon) lists() []*index { return []*index{&l.stems, &l.grams, &l.skills} }

var errBody = errors.New("embed: malformed model")

// decode reads what encode wrote, and nothing else.
func decode(body []byte) (*lexicon, error) {
	d := decoder{body: body}
	if n := d.number(); n != learnedDimensions && d.err == nil {
		return nil, fmt.Errorf("%w: %d dimensions, wanted %d", errBody, n, learnedDimensions)
	}
	var counts [3]int
	rows := 0
	for i := range counts {
		counts[i] = d.number()
		rows += counts[i]
	}
	names := strings.Split(string(d.take(d.number())), "\n")
	if d.err == nil && (rows == 0 || rows > maxRows || len(names) != rows) {
		return nil, fmt.Errorf("%w: %d names for %d rows", errBody, len(names), rows)
	}
	l := &lexicon{weight: d.floats(counts[0]), scale: d.floats(rows), values: d.nibbles(rows * learnedDimensions)}
	if d.err == nil && len(d.body) > 0 {
		d.err = fmt.Errorf("%w: %d bytes too many", errBody, len(d.body))
	}
	if d.err != nil {
		return nil, d.err
	}
	for i, list := range l.lists() {
		if *list, names = newIndex(names[:counts[i]]), names[counts[i]:]; len(list.at) != counts[i] {
			return nil, fmt.Errorf("%w: a name stands twice", errBody)
		}
	}
	return l, nil
}

// decoder takes a body apart. After the first error it gives zeros.
type decoder struct {
	body []byte
	err  error
}

func (d *decoder) number() int {
	n, size := binary.Uvarint(d.body)
	if size <= 0 || n > 1<<30 {
		d.take(len(d.body) + 1)
		return 0
	}
	d.body = d.body[size:]
	return int(n)
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && n > len(d.body) {
		d.err = fmt.Errorf("%w: cut short", errBody)
	}
	if d.err != nil {
		return nil
	}
	taken := d.body[:n]
	d.body = d.body[n:]
	return taken
}

func (d *decoder) floats(n int) []float32 {
	taken := d.take(4 * n)
	list := make([]float32, len(taken)/4)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(taken[4*i:]))
		if !(list[i] >= 0 && list[i] <= 1e6) { // NaN is neither
			d.err = fmt.Errorf("%w: weight %v", errBody, list[i])
		}
	}
	return list
}

func (d *decoder) nibbles(n int) []int8 {
	taken := d.take(n / 2)
	list := make([]int8, 2*len(taken))
	for i, pair := range taken {
		list[2*i], list[2*i+1] = int8(pair&15)-8, int8(pair>>4)-8
	}
	return list
}
