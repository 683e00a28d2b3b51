package jobpost

import (
	"fmt"
	"io"
	"strings"

	"github.com/parleyhq/parley/assistant/eval"
)

// Case is a client with work to be done.
type Case struct {
	ID            string           `json:"id"`
	Opening       string           `json:"opening"`
	Facts         Facts            `json:"facts"`
	Answers       map[string]texts `json:"answers"` // by slot: what they say when asked
	Changes       []Change         `json:"changes"`
	MustAppear    texts            `json:"must_appear"`
	MustNotAppear texts            `json:"must_not_appear"`
	Hard          bool             `json:"hard"`

	Locale   string `json:"locale"`    // of the browser; en-US
	TimeZone string `json:"time_zone"` // of the browser; UTC
}

// Change is something the client thinks better of when the post stands.
type Change struct {
	Text  string `json:"text"`
	Facts Facts  `json:"facts"` // the slots that it is about, as they are then
}

// Facts are what is true of the work, by slot. Sums are minor units.
type Facts struct {
	TitleWords   texts     `json:"title_words"`
	Category     string    `json:"category"`
	Deliverables texts     `json:"deliverables"`
	MustSkills   texts     `json:"must_skills"`
	NiceSkills   texts     `json:"nice_skills"`
	Level        string    `json:"level"`
	Pay          *Pay      `json:"pay"`
	Duration     *Range    `json:"duration_days"`
	Hours        *Range    `json:"hours_per_week"`
	Start        string    `json:"start"`    // YYYY-MM-DD or asap
	Deadline     string    `json:"deadline"` // YYYY-MM-DD
	Location     *Location `json:"location"`
	TimeZone     string    `json:"time_zone"`
	Languages    texts     `json:"languages"` // ISO 639-1
	Conditions   texts     `json:"conditions"`
}

// Pay is what the client would pay.
type Pay struct {
	Type     string  `json:"type"`
	Min      float64 `json:"min"`
	Max      float64 `json:"max"`
	Currency string  `json:"currency"`
}

// Location is where the work is done.
type Location struct {
	Mode    string `json:"mode"`
	Place   string `json:"place"`
	Country string `json:"country"`
}

// ReadCases reads one JSON object a line.
func ReadCases(r io.Reader) ([]Case, error) {
	return eval.ReadCases(r, func(n int, c *Case) error {
		if strings.TrimSpace(c.Opening) == "" {
			return fmt.Errorf("opening is missing")
		}
		if c.ID == "" {
			c.ID = fmt.Sprintf("line %d", n)
		}
		return nil
	})
}
