package sessions

import (
	"encoding/json"
	"time"
)

// Key names a session within a tenant.
type Key struct {
	Tenant  string
	Session string
}

// Role says on which side of the market a person stands.
type Role string

// The roles a person may have in a conversation.
const (
	RoleClient     Role = "client"
	RoleFreelancer Role = "freelancer"
)

// Principal is who asks: it comes from a verified token, never from a frame.
type Principal struct {
	Tenant  string
	Subject string // unguessable for visitors, the host site's user id otherwise
	Role    Role
	Profile string // a freelancer's own profile id, "" when there is none
}

// Session is one conversation, without its content.
type Session struct {
	Tenant   string    `json:"-"`
	ID       string    `json:"id"`
	Owner    string    `json:"-"` // Principal.Subject of whoever created it
	Role     Role      `json:"role"`
	Profile  string    `json:"-"` // Principal.Profile of whoever created it
	Title    string    `json:"title"`
	Locale   string    `json:"locale,omitempty"`    // BCP 47, as the browser says
	TimeZone string    `json:"time_zone,omitempty"` // IANA
	Leaf     string    `json:"leaf,omitempty"`      // id of the message at the tip of the selected branch
	Offset   int64     `json:"-"`                   // of the newest durable event; 0 for none
	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`
}

// Message is what a person wrote. Messages form the tree of the conversation:
// Parent is the message before this one on its branch.
type Message struct {
	ID       string `json:"id"` // chosen by the client; unique in the session
	Parent   string `json:"parent_id,omitempty"`
	Text     string `json:"text"`
	Workflow string `json:"workflow,omitempty"` // asked for by the person; "" lets the assistant route
	Extra
	Created time.Time `json:"created"`
}

// Extra is what a message brings beside its text.
type Extra struct {
	Attachments []Attachment `json:"attachments,omitempty"`
	JobPost     string       `json:"job_post_id,omitempty"` // the post that the page is about on which the person writes
}

// Empty reports whether there is nothing.
func (e Extra) Empty() bool { return len(e.Attachments) == 0 && e.JobPost == "" }

// Attachment names a file that was uploaded into the session.
type Attachment struct {
	ID   string `json:"file_id"`
	Name string `json:"name"`
}

// File is the text of a file that a person uploaded. The file is not kept.
type File struct {
	ID      string    `json:"file_id"`
	Name    string    `json:"name"`
	Type    string    `json:"type"` // pdf, docx, text
	Text    string    `json:"text"`
	Cut     bool      `json:"cut,omitempty"` // the file had more text
	Created time.Time `json:"created"`
}

// Status is how far a response has come.
type Status string

// A response is running until it ends in one of the other ways. Of those, a
// held one may be released later.
const (
	StatusRunning    Status = "running"
	StatusCompleted  Status = "completed"
	StatusIncomplete Status = "incomplete" // a model failed after it had begun: what was said is kept
	StatusFailed     Status = "failed"
	StatusCancelled  Status = "cancelled" // by the person
	StatusReplaced   Status = "replaced"  // by an edit, a regeneration, or a run after a crash
	StatusHeld       Status = "held"      // moderation keeps the message from being answered: Problem tells why
	StatusReleased   Status = "released"  // it was held and a reviewer let the message be answered, which another response does
)

// Response is the answer to a message. A message may have several, of which
// the newest one that was neither replaced nor released counts.
type Response struct {
	ID          string          `json:"id"`
	Message     string          `json:"message_id"`
	Status      Status          `json:"status"`
	Route       string          `json:"route,omitempty"`
	Model       string          `json:"model,omitempty"`
	Text        string          `json:"text"` // Markdown
	Evidence    []Evidence      `json:"evidence,omitempty"`
	Question    *Question       `json:"question,omitempty"`
	Citations   []Claim         `json:"citations,omitempty"` // claims of Text
	Usage       Usage           `json:"usage"`
	Timings     Timings         `json:"timings"`
	Problem     *Problem        `json:"error,omitempty"`
	Annotations json.RawMessage `json:"-"` // prompt versions, model calls, decisions: for review and replay
	Created     time.Time       `json:"created"`
	Ended       *time.Time      `json:"ended,omitempty"`
}

// Problem tells a person why a response failed.
type Problem struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	Temporary bool   `json:"temporary"`
}

// Error makes a Problem an error: a Responder that fails with one (or wraps
// one) says itself what the person is told.
func (p *Problem) Error() string { return p.Code + ": " + p.Message }

// CodeOf is the problem's code, "" for none.
func (p *Problem) CodeOf() string {
	if p == nil {
		return ""
	}
	return p.Code
}

// Evidence is a retrieved document or a computed figure shown with an answer.
type Evidence struct {
	ID         string          `json:"id"`   // document id, or figure id such as "figure:fixed:USD"
	Kind       string          `json:"kind"` // job_post, profile, proposal, guide, figure
	Title      string          `json:"title"`
	Snippet    string          `json:"snippet,omitempty"`
	Reason     string          `json:"reason,omitempty"` // why it was found
	Similarity float64         `json:"similarity,omitempty"`
	Demo       bool            `json:"demo,omitempty"` // from the demo marketplace
	Data       json.RawMessage `json:"data,omitempty"` // what the page shows of it: see docs/wire.md
}

// Question is what the assistant asks at the end of a response.
type Question struct {
	Slot        string       `json:"slot"`
	Text        string       `json:"text"`
	Suggestions []QuickReply `json:"suggestions,omitempty"`
}

// QuickReply is an answer that a person can give with one tap.
type QuickReply struct {
	Text   string `json:"text"`             // sent as the person's message
	Reason string `json:"reason,omitempty"` // the evidence behind it: "9 of 14 similar posts"
}

// Claim is a sentence of a text or draft with what it rests on.
type Claim struct {
	ID      string   `json:"id"`
	Path    string   `json:"path"` // JSON pointer into the document; "" for the response's text
	Start   int      `json:"start"`
	End     int      `json:"end"` // of the sentence within the text at Path
	Text    string   `json:"text"`
	Kind    string   `json:"kind"` // money, number, duration, date, skill, entity, quote, opinion, wording
	Sources []Source `json:"sources"`
}

// Source is where a claim came from.
type Source struct {
	Kind  string `json:"kind"` // message, edit, suggestion, document, figure, wording
	ID    string `json:"id,omitempty"`
	Start int    `json:"start,omitempty"`
	End   int    `json:"end,omitempty"` // span in the message or document's text
	Quote string `json:"quote,omitempty"`
}

// Suggestion is something similar work specifies and a draft lacks. It becomes
// part of the draft only when the person accepts it.
type Suggestion struct {
	ID     string          `json:"id"`
	Text   string          `json:"text"`
	Reason string          `json:"reason"` // with counts
	Patch  json.RawMessage `json:"patch"`  // RFC 7396 merge patch on the document
}

// Who wrote a version of a draft.
const (
	AuthorAssistant = "assistant"
	AuthorPerson    = "person"
)

// Draft is one version of a document that a conversation writes.
type Draft struct {
	ID          string          `json:"draft_id"`
	Kind        string          `json:"kind"` // job_post, proposal, shortlist, invitation
	Version     int             `json:"version"`
	Message     string          `json:"message_id"`        // the message whose branch this version belongs to
	Author      string          `json:"author"`            // assistant or person
	Document    json.RawMessage `json:"document"`          // shape by Kind: see docs/wire.md
	Changed     []string        `json:"changed,omitempty"` // JSON pointers that differ from the version before
	Claims      []Claim         `json:"claims,omitempty"`
	Suggestions []Suggestion    `json:"suggestions,omitempty"`
	Published   *time.Time      `json:"published,omitempty"`
	URL         string          `json:"published_url,omitempty"` // where the site shows what it made of it
	Created     time.Time       `json:"created"`
}

// Feedback is a person's judgement of a response.
type Feedback struct {
	Response string    `json:"response_id"`
	Rating   string    `json:"rating"` // up, down, or none to take it back
	Reason   string    `json:"reason,omitempty"`
	Comment  string    `json:"comment,omitempty"`
	Created  time.Time `json:"created"`
}

// Usage counts what models were asked and said, in tokens.
type Usage struct {
	InputTokens  int `json:"input_tokens"`
	OutputTokens int `json:"output_tokens"`
}

// Timings are milliseconds from the start of the turn.
type Timings struct {
	FirstText float64            `json:"first_text_ms"`
	Total     float64            `json:"total_ms"`
	Stages    map[string]float64 `json:"stages_ms,omitempty"`
}
