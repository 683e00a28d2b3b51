package route

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
)

// ErrNegatives means that a file of texts that are out of scope is unusable.
var ErrNegatives = errors.New("route: unusable negatives")

const (
	negativeWeight     = 0.1 // of a negative, beside an utterance
	negativeShare      = 15  // one text of so many is taken of intents that are in the scope of other assistants
	negativesElsewhere = 0.6 // share of the negatives that are said in the middle of a conversation
	mostNegatives      = 64 << 20
)

// Negatives are texts that people said to other assistants, none of which is about
// hiring: further examples of what is out of scope.
type Negatives struct {
	source string
	hash   string
	list   []Utterance
}

// shared are intents that mean the same to every assistant, or that are near to work advice.
var shared = map[string]bool{
	"yes": true, "no": true, "maybe": true, "repeat": true, "cancel": true, "greeting": true, "goodbye": true, "thank_you": true,
	"what_can_i_ask_you": true, "taxes": true, "w2": true, "income": true, "payday": true,
}

// ReadNegatives reads the training and validation texts of CLINC150 (Larson et
// al. 2019): a CSV file, gzipped or not, with the columns split, intent and text. Its test
// texts are left out, so that refusal can be measured on them.
func ReadNegatives(path string) (*Negatives, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("route: negatives: %w", err)
	}
	n := &Negatives{source: "CLINC150 (Larson et al. 2019, CC BY 3.0)", hash: fmt.Sprintf("%x", sha256.Sum256(file))}
	var r io.Reader = bytes.NewReader(file)
	if bytes.HasPrefix(file, []byte{0x1f, 0x8b}) {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNegatives, err)
		}
	}
	rows := csv.NewReader(io.LimitReader(r, mostNegatives))
	head, err := rows.Read()
	if err != nil || len(head) != 3 || head[0] != "split" || head[1] != "intent" || head[2] != "text" {
		return nil, fmt.Errorf("%w: the first line is not split,intent,text", ErrNegatives)
	}
	for at := 0; ; at++ {
		row, err := rows.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNegatives, err)
		}
		if n.wants(row[0], row[1], at) {
			n.list = append(n.list, Utterance{Role: []string{"client", "freelancer", "visitor"}[at%3], Text: row[2], Route: OutOfScope})
		}
	}
	if len(n.list) == 0 {
		return nil, fmt.Errorf("%w: no text to learn from", ErrNegatives)
	}
	return n, nil
}

func (n *Negatives) wants(split, intent string, at int) bool {
	switch {
	case split != "train" && split != "val":
		return false
	case intent == "oos":
		return true
	default:
		return split == "train" && !shared[intent] && at%negativeShare == 0
	}
}

// elsewhere returns the negatives, part of them said where utterances were: asked for the
// budget, people change the subject too. The same lists give the same result.
func (n *Negatives) elsewhere(list []Utterance) []Utterance {
	var running []Utterance
	for _, u := range list {
		if u.Context.workflow() != "" {
			running = append(running, u)
		}
	}
	random := rand.New(rand.NewPCG(7, 7))
	out := slices.Clone(n.list)
	for i := range out {
		if len(running) > 0 && random.Float64() < negativesElsewhere {
			at := running[random.IntN(len(running))]
			out[i].Context, out[i].Role = at.Context, at.Role
		}
	}
	return out
}
