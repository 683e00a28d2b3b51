package shortlist

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/retrieval"
)

// Case is a client with a job post and the people there are.
type Case struct {
	ID          string             `json:"id"`
	Post        retrieval.JobPost  `json:"job_post"`
	Pool        []Person           `json:"pool"`
	Relevance   map[string]float64 `json:"relevance"` // by profile id: 0 unfit to 3 ideal
	Refinements []Refinement       `json:"refinements"`
	Hard        bool               `json:"hard"`
}

// Person is a profile under its id.
type Person struct {
	ID string `json:"id"`
	retrieval.Profile
}

// Refinement is what the client says to the list, and who is on it after that.
type Refinement struct {
	Text   string   `json:"text"`
	Expect []string `json:"expect_ids"`
}

// UnmarshalJSON reads the id beside the profile's fields.
func (p *Person) UnmarshalJSON(data []byte) error {
	var named struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	p.ID = named.ID
	return json.Unmarshal(data, &p.Profile)
}

// ReadCases reads one JSON object a line.
func ReadCases(r io.Reader) ([]Case, error) {
	return eval.ReadCases(r, func(n int, c *Case) error {
		if c.ID == "" {
			c.ID = fmt.Sprintf("line %d", n)
		}
		if len(c.Pool) == 0 {
			return fmt.Errorf("pool is empty")
		}
		known := make(map[string]bool)
		for i, p := range c.Pool {
			if p.ID == "" || known[p.ID] {
				return fmt.Errorf("profile %d of the pool has no id of its own", i+1)
			}
			known[p.ID] = true
		}
		for id := range c.Relevance {
			if !known[id] {
				return fmt.Errorf("relevance of %q, who is not in the pool", id)
			}
		}
		return nil
	})
}
