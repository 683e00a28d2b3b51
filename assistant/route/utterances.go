package route

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

//go:embed utterances/*.jsonl
var utterances embed.FS

// ErrUtterance means that a line of utterances is unusable.
var ErrUtterance = errors.New("route: unusable utterance")

// Utterance is a message with the route that it belongs to.
type Utterance struct {
	Role    string  `json:"role"`
	Context Context `json:"context"`
	Text    string  `json:"text"`
	Route   Route   `json:"route"`
}

func (u Utterance) input() Input { return Input{Role: u.Role, Text: u.Text, Context: u.Context} }

// group names what must not be split between training and measuring: answers
// to the same question, or the same text but for case and punctuation.
func (u Utterance) group() string {
	text := u.Context.Question
	if text == "" {
		text = u.Text
	}
	return strings.Join(tokens(normal(text)), " ")
}

// Utterances returns those that were written for Parley, in a fixed order, and the SHA-256 of
// them as they lie in the files.
func Utterances() (list []Utterance, hash [sha256.Size]byte, err error) {
	sum := sha256.New()
	for _, name := range []string{"clients", "freelancers", "more", "everyday"} {
		file, err := utterances.ReadFile("utterances/" + name + ".jsonl")
		if err != nil {
			return nil, hash, fmt.Errorf("route: utterances: %w", err)
		}
		sum.Write(file)
		some, err := parseUtterances(file)
		if err != nil {
			return nil, hash, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, some...)
	}
	return list, [sha256.Size]byte(sum.Sum(nil)), nil
}

// ReadUtterances reads further utterances, one JSON object a line: role, context, text and
// route. Errors wrap [ErrUtterance] or those of the file system.
func ReadUtterances(path string) ([]Utterance, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("route: utterances: %w", err)
	}
	list, err := parseUtterances(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

// longestLine is the most bytes of one utterance in a file.
const longestLine = 1 << 20

func parseUtterances(file []byte) (list []Utterance, err error) {
	lines := bufio.NewScanner(bytes.NewReader(file))
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var u Utterance
		if err := json.Unmarshal(lines.Bytes(), &u); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrUtterance, n, err)
		}
		if class(u.Route) < 0 || strings.TrimSpace(u.Text) == "" {
			return nil, fmt.Errorf("%w: line %d: route %q, text of %d bytes", ErrUtterance, n, u.Route, len(u.Text))
		}
		list = append(list, u)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUtterance, err)
	}
	return list, nil
}

func hex(hash [sha256.Size]byte) string { return fmt.Sprintf("%x", hash) }
