package sessions

import "encoding/json"

// Event types as they stand on the wire. docs/wire.md describes their fields.
const (
	EventMessageCreated     = "message.created"            // durable {message}
	EventResponseCreated    = "response.created"           // durable {response_id, message_id}
	EventResponseInProgress = "response.in_progress"       // live {response_id, route, model}
	EventEvidence           = "response.evidence"          // live {response_id, items}
	EventTextDelta          = "response.output_text.delta" // live {response_id, at, delta}
	EventQuestion           = "response.question"          // live {response_id, slot, text, suggestions}
	EventCompleted          = "response.completed"         // durable {response}
	EventIncomplete         = "response.incomplete"        // durable {response}
	EventFailed             = "response.failed"            // durable {response}
	EventCancelled          = "response.cancelled"         // durable {response}
	EventHeld               = "moderation.held"            // durable {response}
	EventReplaced           = "response.replaced"          // durable {response_id, message_id, by?}
	EventDraftUpdated       = "draft.updated"              // live while a turn runs (without offset), durable at its end and for a person's edit
	EventDraftPublished     = "draft.published"            // durable {draft_id, version, url?}
	EventSessionUpdated     = "session.updated"            // durable {session}: title, leaf
	EventFeedback           = "feedback.created"           // durable {feedback}
	EventSessionDeleted     = "session.deleted"            // live: the subscriber is closed after it
	EventError              = "error"                      // live {error}: a temporary trouble that concerns the whole session
)

// Event is something that happened in a session. A durable event carries its
// offset, starting at 1 and without gaps within an epoch; a live one carries 0
// and is not stored.
type Event struct {
	Type   string
	Offset int64
	Data   json.RawMessage // a JSON object with the event's fields; nil when Delta is set
	Delta  *Delta          // set for EventTextDelta only, so that waiting deltas can be joined
}

// Delta is a piece of a response's text that starts at UTF-16 position At. A
// delta with At 0 starts the text anew (it catches a subscriber up).
type Delta struct {
	Response string
	At       int
	Text     string
}

// Subscriber takes the events of one session, in order. Deliver must not
// block: it queues or drops the connection.
type Subscriber interface {
	Deliver(Event)
}
