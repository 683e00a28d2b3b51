package chat

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/parleyhq/parley/sessions"
)

// MaxFrame is the largest frame that a client may send, in bytes.
const MaxFrame = 64 << 10

const maxFrameID = 64

// Frame types that clients send.
const (
	frameOpen       = "session.open"
	frameRefresh    = "session.refresh"
	frameCreate     = "message.create"
	frameEdit       = "message.edit"
	frameCancel     = "response.cancel"
	frameRegenerate = "response.regenerate"
	frameSelect     = "branch.select"
	frameUpdate     = "draft.update"
	framePublish    = "draft.publish"
	frameAccept     = "suggestion.accept"
	frameFeedback   = "feedback.create"
	frameTyping     = "typing"
)

var (
	errNotFrame = errors.New("chat: not a frame")       // the connection is closed
	errFields   = errors.New("chat: fields of a frame") // the frame is refused
)

// frame is what a client sends; which fields count depends on the type.
type frame struct {
	Type string `json:"type"`
	ID   string `json:"id"`

	Token    string             `json:"token"`
	Session  string             `json:"session"`
	After    *sessions.Position `json:"after"`
	Locale   string             `json:"locale"`
	TimeZone string             `json:"time_zone"`

	MessageID   string   `json:"message_id"`
	ParentID    string   `json:"parent_id"`
	SourceID    string   `json:"source_id"`
	Text        string   `json:"text"`
	Workflow    string   `json:"workflow"`
	Attachments []string `json:"attachments"`
	Context     struct {
		JobPost string `json:"job_post_id"`
	} `json:"context"`
	ResponseID string `json:"response_id"`

	DraftID      string          `json:"draft_id"`
	Version      int             `json:"version"`
	Patch        json.RawMessage `json:"patch"`
	SuggestionID string          `json:"suggestion_id"`

	Rating  string `json:"rating"`
	Reason  string `json:"reason"`
	Comment string `json:"comment"`
}

// decode reads a frame. It returns errNotFrame for what is not a JSON object in
// UTF-8 with a type, and errFields (with Type and ID as far as they could be
// read) when a field has the wrong type.
func decode(data []byte) (frame, error) {
	var f frame
	if len(data) > MaxFrame || !utf8.Valid(data) {
		return frame{}, errNotFrame
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return frame{}, errNotFrame
	}
	if err := json.Unmarshal(data, &f); err != nil {
		var wrong *json.UnmarshalTypeError
		if !errors.As(err, &wrong) {
			return frame{}, errNotFrame
		}
		if wrong.Field == "type" || f.Type == "" {
			return frame{}, errNotFrame
		}
		return frame{Type: f.Type, ID: usableID(f.ID)}, errFields
	}
	if f.Type == "" {
		return frame{}, errNotFrame
	}
	if len(f.ID) > maxFrameID {
		return frame{Type: f.Type}, errFields
	}
	return f, nil
}

func usableID(id string) string {
	if len(id) > maxFrameID {
		return ""
	}
	return id
}
