package figures

import (
	"encoding/json"
	"fmt"
	"time"
)

// ReadTurn fills a turn in from a response as it is stored: the JSON of
// sessions.Response, and its annotations, "" for none.
func ReadTurn(turn *Turn, body, annotations string) error {
	var r struct {
		Route   string `json:"route"`
		Model   string `json:"model"`
		Status  string `json:"status"`
		Timings struct {
			FirstText float64 `json:"first_text_ms"`
			Total     float64 `json:"total_ms"`
		} `json:"timings"`
		Problem *struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		return fmt.Errorf("figures: response %s: %w", turn.ID, err)
	}
	turn.Route, turn.Model, turn.Outcome = r.Route, r.Model, r.Status
	if r.Status == "released" {
		turn.Outcome = "held" // which it was
	}
	if r.Problem != nil {
		turn.Problem = r.Problem.Code
	}
	turn.FirstText, turn.Whole = Milliseconds(r.Timings.FirstText), Milliseconds(r.Timings.Total)
	turn.readCalls(annotations)
	return nil
}

// readCalls counts sentences. Annotations belong to the workflows: what is not of
// their usual form says nothing of sentences.
func (turn *Turn) readCalls(annotations string) {
	var a struct {
		Calls []struct {
			Kept    int               `json:"kept"`
			Dropped []json.RawMessage `json:"dropped"`
		} `json:"calls"`
	}
	if annotations == "" || json.Unmarshal([]byte(annotations), &a) != nil {
		return
	}
	for _, c := range a.Calls {
		turn.Kept += c.Kept
		turn.Dropped += len(c.Dropped)
	}
}

// DraftMarks are what stands in the JSON of a version that is ready, and of one
// that was published: adapters look for versions with either.
const (
	ReadyMark     = `"status":"ready"`
	PublishedMark = `"published":"`
)

// ReadDraft tells whether a version, the JSON of sessions.Draft, is ready and
// whether it was published.
func ReadDraft(body string) (ready, published bool, err error) {
	var d struct {
		Published *time.Time `json:"published"`
		Document  struct {
			Status string `json:"status"`
		} `json:"document"`
	}
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		return false, false, fmt.Errorf("figures: draft: %w", err)
	}
	return d.Document.Status == "ready", d.Published != nil, nil
}

// Milliseconds is a duration of so many milliseconds.
func Milliseconds(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

// Failure is a turn that failed as an example of what went wrong.
func (turn Turn) Failure() Failure {
	return Failure{At: turn.At, Source: "turn", Code: turn.Problem, Session: turn.Session, Response: turn.ID, Route: turn.Route, Model: turn.Model}
}
