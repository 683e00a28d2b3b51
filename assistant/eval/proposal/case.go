package proposal

import (
	"fmt"
	"io"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/retrieval"
)

// Case is a freelancer who wants to apply.
type Case struct {
	ID        string            `json:"id"`
	Post      retrieval.JobPost `json:"job_post"`
	Profile   retrieval.Profile `json:"profile"`
	Request   string            `json:"request"`
	Answers   []string          `json:"answers"` // given to questions, in this order
	Supported []string          `json:"supported_claims"`
	Gaps      []string          `json:"gaps"`
	Forbidden []string          `json:"forbidden_claims"`
	Hard      bool              `json:"hard"`
}

// ReadCases reads one JSON object a line.
func ReadCases(r io.Reader) ([]Case, error) {
	return eval.ReadCases(r, func(n int, c *Case) error {
		if c.ID == "" {
			c.ID = fmt.Sprintf("line %d", n)
		}
		if strings.TrimSpace(c.Request) == "" {
			c.Request = "Please help me write a proposal for this job."
		}
		if c.Post.Title == "" && c.Post.Description == "" {
			return fmt.Errorf("job_post is empty")
		}
		return nil
	})
}
