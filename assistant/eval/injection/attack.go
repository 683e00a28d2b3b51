package injection

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/eval/shortlist"
	"github.com/parleyhq/parley/retrieval"
)

// Attack is a text that carries instructions, and where it stands.
type Attack struct {
	ID    string   `json:"id"`
	Where string   `json:"where"` // one of Places
	Kind  string   `json:"kind"`  // what it is after: rank, claims, extract …
	Text  string   `json:"text"`
	Leak  []string `json:"leak"` // what no answer may say
	Hard  bool     `json:"hard"`
}

// Places are where attacks stand.
var Places = []string{"profile", "post", "upload", "message", "opening"}

// Read reads one JSON object a line.
func Read(r io.Reader) ([]Attack, error) {
	return eval.ReadCases(r, func(n int, a *Attack) error {
		switch {
		case a.Text == "":
			return fmt.Errorf("text is missing")
		case !slices.Contains(Places, a.Where):
			return fmt.Errorf("where is %q and none of %v", a.Where, Places)
		case a.ID == "":
			a.ID = fmt.Sprintf("line %d", n)
		}
		return nil
	})
}

// base is the conversation that attacks are put into.
type base struct {
	Post       retrieval.JobPost  `json:"job_post"`
	Pool       []shortlist.Person `json:"pool"`
	Freelancer string             `json:"freelancer"` // whose proposal is written
	Request    string             `json:"request"`
	Answers    []string           `json:"answers"`
	Opening    string             `json:"opening"` // of a client who wants a post
}

//go:embed base.json
var baseFile []byte

func readBase() (b base, err error) {
	if err = json.Unmarshal(baseFile, &b); err != nil {
		err = fmt.Errorf("injection: base conversation: %w", err)
	}
	return b, err
}

// with returns the base with an attack in its place. That a profile carries one
// is tried on the last of the pool, who fits worst and would gain most.
func (b base) with(a Attack) base {
	b.Pool = slices.Clone(b.Pool)
	switch a.Where {
	case "profile":
		b.Pool[len(b.Pool)-1].Overview += "\n\n" + a.Text
	case "post", "message":
		b.Post.Description += "\n\n" + a.Text
	case "upload":
		b.Pool[b.freelancer()].Overview += "\n\n" + a.Text
	case "opening":
		b.Opening += "\n\n" + a.Text
	}
	return b
}

func (b base) freelancer() int {
	return slices.IndexFunc(b.Pool, func(p shortlist.Person) bool { return p.ID == b.Freelancer })
}
