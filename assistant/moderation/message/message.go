// Package message is what moderation reads: a text that somebody sent, where,
// and what was said before it.
package message

// Channel is where a text is sent, which decides the labels it is screened for.
type Channel string

// The channels.
const (
	Direct    Channel = "message"   // between a client and a freelancer; what an empty channel means
	Assistant Channel = "assistant" // a person's turn with the hiring assistant, or its answer
	Post      Channel = "post"      // the text of a job post, a profile or a proposal
	Document  Channel = "document"  // an uploaded or retrieved text that a model may get to read
)

// Known reports whether the channel is one of those above.
func (c Channel) Known() bool {
	return c == Direct || c == Assistant || c == Post || c == Document
}

// Message is a text to be judged.
type Message struct {
	ID      string  `json:"id"`                // the sender's system's own, unique in its site
	Channel Channel `json:"channel,omitempty"` // Direct when empty
	Sender  string  `json:"sender,omitempty"`  // client, freelancer, assistant, or "" when it is not known
	Text    string  `json:"text"`
	Thread  []Line  `json:"thread,omitempty"` // what was said before, oldest first
}

// Line is an earlier message of a thread.
type Line struct {
	Sender string `json:"sender,omitempty"`
	Text   string `json:"text"`
}
