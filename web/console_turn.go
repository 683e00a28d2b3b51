package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// notes are what the assistant keeps of a turn, as far as it is the same for all workflows.
type notes struct {
	Began   time.Time `json:"began"` // zero in turns from before it was kept
	Routing struct {
		Call *workflow.Call `json:"call"`
	} `json:"routing"`
	Spans      []workflow.Span        `json:"spans"`
	Calls      []workflow.Call        `json:"calls"`
	Moderation *struct{ Case string } `json:"moderation"`
}

// callBody is one call of a model: what the ledger has of it, what grounding
// made of its text, or both.
type callBody struct {
	ID       string  `json:"id,omitempty"`
	Purpose  string  `json:"purpose,omitempty"`
	Task     string  `json:"task"`
	Endpoint string  `json:"endpoint,omitempty"` // "" for the built-in composer
	Model    string  `json:"model"`
	Prompt   string  `json:"prompt,omitempty"`
	Hash     string  `json:"prompt_hash,omitempty"`
	Status   string  `json:"status"`
	Error    string  `json:"error,omitempty"`
	Input    int     `json:"input_tokens"`
	Output   int     `json:"output_tokens"`
	Known    bool    `json:"tokens_known"` // the server said so; otherwise counted here
	Cost     int64   `json:"cost"`         // millionths of Currency
	Currency string  `json:"currency,omitempty"`
	Start    float64 `json:"start_ms"` // after the turn began
	First    float64 `json:"first_ms"` // until the first text, 0 for none
	Total    float64 `json:"total_ms"`
	Written  bool    `json:"written"` // its text was checked by grounding: the next three are known
	Kept     int     `json:"kept"`    // sentences
	Dropped  any     `json:"dropped,omitempty"`
	Judged   int     `json:"judged,omitempty"`
}

// decisionBody names the record of a ranking.
type decisionBody struct {
	ID         string `json:"id"`
	Hash       string `json:"hash"`
	Considered int    `json:"considered"`
	Passed     int    `json:"passed"`
	Replay     string `json:"replay"` // the command that makes the decision again
}

// turnBody is a turn with its trace.
type turnBody struct {
	Session     sessions.Session   `json:"session"`
	Person      string             `json:"person"`
	Message     sessions.Message   `json:"message"`
	Response    sessions.Response  `json:"response"`
	Siblings    []inspect.Sibling  `json:"siblings"`
	Feedback    *sessions.Feedback `json:"feedback,omitempty"`
	Spans       []workflow.Span    `json:"spans"`
	Calls       []callBody         `json:"calls"`
	Case        *moderation.Case   `json:"case,omitempty"` // of the message, when moderation kept one
	Decision    *decisionBody      `json:"decision,omitempty"`
	Drafts      []sessions.Draft   `json:"drafts"`
	Annotations json.RawMessage    `json:"annotations,omitempty"` // as the assistant wrote them
	Masked      bool               `json:"masked"`
}

// consoleTurn gives one response with all that is kept of how it came about.
func (s *Server) consoleTurn(c echo.Context) error {
	ctx, access := c.Request().Context(), staff(c)
	turn, err := s.Inspection.Reader.Turn(ctx, access.Site, c.Param("id"))
	if err != nil {
		return inspectError(err)
	}
	calls, err := s.Inspection.Calls.Calls(ctx, access.Site, turn.Response.ID)
	if err != nil {
		return inspectError(err)
	}
	if err := s.noteView(c, turn.Session.ID); err != nil {
		return err
	}
	var kept notes
	if len(turn.Response.Annotations) > 0 {
		if err := json.Unmarshal(turn.Response.Annotations, &kept); err != nil {
			s.Log.Warn("annotations of a turn", "response", turn.Response.ID, "error", err)
		}
	}
	body := turnBody{
		Session: turn.Session, Person: turn.Session.Owner, Message: turn.Message, Response: turn.Response, Siblings: turn.Siblings, Feedback: turn.Feedback,
		Spans: append([]workflow.Span{}, kept.Spans...), Calls: callsOf(kept, calls, turn.Response.Created), Decision: decisionOf(turn.Response, access.Site),
		Drafts: append([]sessions.Draft{}, turn.Drafts...), Masked: !seesContacts(access),
	}
	if json.Valid(turn.Response.Annotations) {
		body.Annotations = turn.Response.Annotations
	}
	if kept.Moderation != nil && kept.Moderation.Case != "" {
		found, err := s.Moderation.Cases.Get(ctx, access.Site, kept.Moderation.Case)
		if err != nil && !errors.Is(err, moderation.ErrNotFound) {
			return queueError(err)
		}
		if err == nil {
			found.Message.Thread = nil
			body.Case = &found
		}
	}
	return s.reveal(c, body)
}

// callsOf joins the ledger's calls of a turn with what the assistant noted of
// them, in the order in which they began.
func callsOf(kept notes, entries []gateway.Entry, created time.Time) []callBody {
	if kept.Began.IsZero() {
		kept.Began = created
	}
	noted := kept.Calls
	if kept.Routing.Call != nil {
		noted = append([]workflow.Call{*kept.Routing.Call}, noted...)
	}
	byID := map[string]workflow.Call{}
	list := []callBody{}
	for _, call := range noted {
		if call.ID != "" {
			byID[call.ID] = call
		}
	}
	for _, e := range entries {
		body := fromLedger(e, kept.Began)
		if call, ok := byID[e.ID]; ok {
			body.check(call)
			delete(byID, e.ID)
		}
		list = append(list, body)
	}
	for _, call := range noted {
		if _, waiting := byID[call.ID]; call.ID != "" && !waiting {
			continue
		}
		body := callBody{ID: call.ID, Task: call.Task, Model: call.Model, Prompt: call.Prompt, Status: string(gateway.Settled), Error: call.Error, Input: call.Usage.InputTokens, Output: call.Usage.OutputTokens, Known: call.Usage.Known,
			Cost: call.Cost, Currency: call.Currency, Start: call.StartMS, First: call.FirstMS, Total: call.TotalMS}
		if call.Error != "" {
			body.Status = string(gateway.Failed)
		}
		body.check(call)
		list = append(list, body)
	}
	slices.SortStableFunc(list, func(a, b callBody) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// check adds what grounding made of a call's text.
func (b *callBody) check(call workflow.Call) {
	b.Hash, b.Kept, b.Judged, b.Written = call.Hash, call.Kept, call.Judged, call.Task != "route"
	if len(call.Dropped) > 0 {
		b.Dropped = call.Dropped
	}
}

func fromLedger(e gateway.Entry, began time.Time) callBody {
	b := callBody{
		ID: e.ID, Purpose: string(e.Purpose), Task: e.Task, Endpoint: e.Endpoint, Model: e.Model, Prompt: e.Prompt, Status: string(e.Status), Error: e.Error,
		Input: e.Used.InputTokens, Output: e.Used.OutputTokens, Known: e.Used.Known, Cost: e.Charge(), Currency: e.Currency,
		Start: workflow.Milliseconds(e.Created.Sub(began)), First: workflow.Milliseconds(e.FirstToken), Total: workflow.Milliseconds(e.Total),
	}
	if e.Status == gateway.Reserved {
		b.Input, b.Output = e.Estimate.InputTokens, e.Estimate.OutputTokens
	}
	return b
}

// decisionOf names the ranking that a turn made, nil for none.
func decisionOf(r sessions.Response, site string) *decisionBody {
	record, ok := shortlist.RecordOf(r.Annotations)
	if !ok {
		return nil
	}
	return &decisionBody{record.ID, record.Hash, record.Considered, record.Passed, "parley replay " + record.ID + " --tenant " + site}
}
