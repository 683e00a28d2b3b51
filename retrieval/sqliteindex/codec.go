package sqliteindex

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval/record"
)

// encodeWords writes words with their counts: "bakery:3 shop:1".
func encodeWords(counted []record.Counted) string {
	text := make([]byte, 0, 10*len(counted))
	for i, w := range counted {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(append(text, w.Word...), ':')
		text = strconv.AppendUint(text, uint64(w.Count), 10)
	}
	return string(text)
}

// decodeWords appends what encodeWords wrote to list.
func decodeWords(list []record.Counted, text string) ([]record.Counted, error) {
	for text != "" {
		var pair string
		pair, text, _ = strings.Cut(text, " ")
		word, digits, _ := strings.Cut(pair, ":")
		count, err := strconv.ParseUint(digits, 10, 8)
		if err != nil {
			return nil, fmt.Errorf("words of a document: %w", err)
		}
		list = append(list, record.Counted{Word: word, Count: uint8(count)})
	}
	return list, nil
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
		return fmt.Errorf("vector of %d bytes where %d dimensions are kept", len(blob), len(vector))
	}
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
	}
	return nil
}
