package chat_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/gorilla/websocket"

	"github.com/parleyhq/parley/sessions"
)

// tab is a client that keeps a state from what it is told, as docs/wire.md
// says that a client may, and complains when that is not possible.
type tab struct {
	s     *site
	token string

	mu        sync.Mutex
	ws        *websocket.Conn
	read      chan struct{} // closed when the reader of ws has ended
	session   string
	epoch     string
	offset    int64
	leaf      string
	title     string
	messages  []sessions.Message
	responses []sessions.Response
	drafts    []sessions.Draft
	feedback  map[string]sessions.Feedback
	faults    []string
}

func newTab(s *site, token, session string) *tab {
	return &tab{s: s, token: token, session: session, feedback: map[string]sessions.Feedback{}}
}

func (b *tab) fault(format string, args ...any) {
	b.faults = append(b.faults, fmt.Sprintf(format, args...))
}

// connect opens the session from where the tab was.
func (b *tab) connect() {
	frame := map[string]any{"type": "session.open", "token": b.token, "session": b.session}
	b.mu.Lock()
	if b.epoch != "" {
		frame["after"] = map[string]any{"epoch": b.epoch, "offset": b.offset}
	}
	b.mu.Unlock()
	c := b.s.dial()
	c.send(frame)
	read := make(chan struct{})
	b.mu.Lock()
	b.ws, b.read = c.ws, read
	b.mu.Unlock()
	go func() {
		defer close(read)
		for {
			_, data, err := c.ws.ReadMessage()
			if err != nil {
				return
			}
			b.take(data)
		}
	}()
}

// cut ends the connection as a lost network does.
func (b *tab) cut() {
	b.ws.NetConn().Close()
	<-b.read
}

// reconnect opens the session again if the server has ended the connection, as
// it does when the store fails while a session is opened.
func (b *tab) reconnect() {
	select {
	case <-b.read:
		b.connect()
	default:
	}
}

func (b *tab) send(frame map[string]any) { b.ws.WriteJSON(frame) }

func (b *tab) take(data []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var m struct {
		message
		Feedback sessions.Feedback `json:"feedback"`
	}
	if err := json.Unmarshal(data, &m); err != nil {
		b.fault("%s: %v", data, err)
		return
	}
	if m.Type == "session.opened" {
		b.opened(m.message)
		return
	}
	if m.Offset > 0 {
		if m.Offset != b.offset+1 {
			b.fault("%s has offset %d after %d", m.Type, m.Offset, b.offset)
		}
		b.offset = m.Offset
	}
	switch m.Type {
	case "message.created":
		b.messages = append(b.messages, m.Message)
		b.leaf = m.Message.ID
	case "response.created":
		b.upsert(sessions.Response{ID: m.ResponseID, Message: m.MessageID, Status: sessions.StatusRunning}, true)
	case "response.output_text.delta":
		b.delta(m.ResponseID, m.At, m.Delta)
	case "response.replaced":
		if r := b.response(m.ResponseID); r != nil {
			r.Status, r.Text = sessions.StatusReplaced, ""
		} else {
			b.fault("unknown response %s was replaced", m.ResponseID)
		}
	case "response.completed", "response.incomplete", "response.failed", "response.cancelled", "moderation.held":
		if r := b.response(m.Response.ID); r != nil && r.Status == sessions.StatusRunning && m.Type == "response.completed" &&
			!strings.HasPrefix(m.Response.Text, r.Text) {
			b.fault("shown %q of %q", r.Text, m.Response.Text)
		}
		b.upsert(m.Response, false)
	case "draft.updated":
		if m.Offset > 0 {
			b.drafts = append(b.drafts, m.Draft)
		}
	case "session.updated":
		b.leaf, b.title = m.Session.Leaf, m.Session.Title
		if m.Snapshot != nil {
			b.load(m.Snapshot)
		}
	case "feedback.created":
		b.feedback[m.Feedback.Response] = m.Feedback
	}
}

func (b *tab) opened(m message) {
	b.epoch = m.Epoch
	if !m.Recovered {
		b.offset = m.Offset
		b.leaf, b.title = m.Session.Leaf, m.Session.Title
		b.load(m.Snapshot)
	}
}

func (b *tab) load(s *sessions.Snapshot) {
	b.messages, b.responses, b.drafts = s.Messages, s.Responses, s.Drafts
	b.feedback = map[string]sessions.Feedback{}
	for _, f := range s.Feedback {
		b.feedback[f.Response] = f
	}
}

func (b *tab) response(id string) *sessions.Response {
	for i := range b.responses {
		if b.responses[i].ID == id {
			return &b.responses[i]
		}
	}
	return nil
}

func (b *tab) upsert(r sessions.Response, keep bool) {
	known := b.response(r.ID)
	switch {
	case known == nil:
		b.responses = append(b.responses, r)
	case !keep:
		*known = r
	}
}

func (b *tab) delta(id string, at int, text string) {
	r := b.response(id)
	switch {
	case r == nil:
		b.fault("text for unknown response %s", id)
	case r.Status != sessions.StatusRunning:
		b.fault("text for a response that is %s", r.Status)
	case at == 0:
		r.Text = text
	case at != len(utf16.Encode([]rune(r.Text))):
		b.fault("piece at %d after %d", at, len(utf16.Encode([]rune(r.Text))))
	default:
		r.Text += text
	}
}

// summary is the state in a form to compare.
type summary struct {
	Leaf, Title string
	Messages    []string
	Responses   []string
	Drafts      map[string]string
	Feedback    map[string]string
}

func summarise(leaf, title string, s *sessions.Snapshot) summary {
	sum := summary{Leaf: leaf, Title: title, Drafts: map[string]string{}, Feedback: map[string]string{}}
	path := map[string]bool{}
	parents := map[string]string{}
	for _, m := range s.Messages {
		sum.Messages = append(sum.Messages, m.ID+" under "+m.Parent+": "+m.Text)
		parents[m.ID] = m.Parent
	}
	for id := leaf; id != ""; id = parents[id] {
		path[id] = true
	}
	for _, r := range s.Responses {
		sum.Responses = append(sum.Responses, fmt.Sprint(r.ID, " to ", r.Message, " ", r.Status, ": ", r.Text))
	}
	newest := map[string]int{}
	for _, d := range s.Drafts {
		if path[d.Message] && d.Version > newest[d.ID] {
			newest[d.ID] = d.Version
			sum.Drafts[d.ID] = fmt.Sprint(d.Version, " ", d.Author, " ", string(d.Document))
		}
	}
	for _, f := range s.Feedback {
		sum.Feedback[f.Response] = f.Rating
	}
	return sum
}

func (b *tab) summary() summary {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := &sessions.Snapshot{Messages: b.messages, Responses: b.responses, Drafts: b.drafts}
	for _, f := range b.feedback {
		s.Feedback = append(s.Feedback, f)
	}
	return summarise(b.leaf, b.title, s)
}

func (b *tab) reached() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.offset
}

func (b *tab) faultsSeen() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.faults)
}
