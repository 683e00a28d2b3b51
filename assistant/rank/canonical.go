package rank

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// canonical writes a value as JSON that is the same wherever it was kept
// between: the keys of objects sorted, no white space, nothing escaped that
// need not be, numbers as they were. It is RFC 8785 for values whose keys are
// ASCII.
func canonical(value any) ([]byte, error) {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("rank: canonical JSON: %w", err)
	}
	decoder := json.NewDecoder(&plain)
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("rank: canonical JSON: %w", err)
	}
	var sorted bytes.Buffer
	encoder = json.NewEncoder(&sorted)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tree); err != nil { // maps are written with their keys sorted
		return nil, fmt.Errorf("rank: canonical JSON: %w", err)
	}
	return bytes.TrimSuffix(sorted.Bytes(), []byte("\n")), nil
}

// HashOf is the SHA-256 of a value's canonical JSON, in 64 hexadecimal digits.
// Values that have no JSON, such as NaN, are an error.
func HashOf(value any) (string, error) {
	text, err := canonical(value)
	if err != nil {
		return "", err
	}
	return hashText(text), nil
}

func hashText(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
