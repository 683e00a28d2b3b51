package inspect

import (
	"errors"
	"time"

	"github.com/parleyhq/parley/sessions"
)

// Errors of this package, beside those of package sessions.
var (
	ErrInvalid = errors.New("inspect: invalid")
)

// Limits of a page.
const (
	usualPage = 50
	mostPage  = 200
	mostHits  = 2000 // of a search, the newest
)

// MostTitles is how many sessions a search looks through the titles of: those
// that were active last.
const MostTitles = 5000

// Summary is a session as a list shows it.
type Summary struct {
	ID        string          `json:"id"`
	Person    string          `json:"person"` // Principal.Subject of whoever writes
	Role      sessions.Role   `json:"role"`
	Title     string          `json:"title"`
	First     string          `json:"first,omitempty"` // the beginning of its first message
	Locale    string          `json:"locale,omitempty"`
	Messages  int             `json:"messages"`
	Responses int             `json:"responses"`
	Workflows []string        `json:"workflows"`         // routes of its responses, in order of their first
	Status    sessions.Status `json:"status,omitempty"`  // of the newest response; "" for none
	Problem   string          `json:"problem,omitempty"` // its code
	Down      int             `json:"down,omitempty"`    // answers that the person rated down
	Created   time.Time       `json:"created"`
	Updated   time.Time       `json:"updated"`
	Excerpt   *Excerpt        `json:"excerpt,omitempty"` // of a search
}

// Excerpt is the piece of a text that a search has found.
type Excerpt struct {
	Message  string `json:"message_id,omitempty"`  // "" when the title was found, or the session by its id or person
	Response string `json:"response_id,omitempty"` // "" when the message itself was found
	Text     string `json:"text"`
	Marks    []Span `json:"marks"` // of the words that were looked for
}

// Span is a place in a text, in UTF-16 code units.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Filter chooses sessions. Zero fields choose all.
type Filter struct {
	Status   sessions.Status // any response has it
	Workflow string          // any response has it as its route
	Role     sessions.Role
	Person   string
	Problem  string // any response has that code
	Down     bool   // any answer was rated down
	From, To time.Time
	// Text is what is looked for: words or their beginnings, all of them in one
	// message, one answer or the title; or the id of a session, a message, a
	// response or a person.
	Text  string
	After Cursor // the last session of the page before; zero for the first page
	Limit int    // 50 if 0, at most 200
	// Among are the only sessions that may be listed; nil for all. A Reader sets it.
	Among []string
}

// Cursor is a session's place in a list: newest activity first.
type Cursor struct {
	Updated time.Time
	ID      string
}

// PageSize is the filter's limit, or the one that holds instead.
func (f Filter) PageSize() int { return pageSize(f.Limit) }

func pageSize(limit int) int {
	if limit <= 0 {
		return usualPage
	}
	return min(limit, mostPage)
}

// Hit is something that a search has found.
type Hit struct {
	Session  string
	Message  string // "" for the session itself
	Response string // "" for the message itself
}

// Exchange is a message with all its responses, oldest first. Annotations are
// left out.
type Exchange struct {
	Message   sessions.Message
	Responses []sessions.Response
	Feedback  []sessions.Feedback
	Drafts    []sessions.Draft // without Document, Claims and Suggestions
	// Selected tells that the message is on the branch that the person sees.
	Selected bool
}

// Page is a part of a conversation in the order in which it was written, whatever the branch.
type Page struct {
	Exchanges []Exchange
	Before    int64 // where the page before this one ends, for Store.Page; 0 when this is the first
	Total     int   // messages in all
}

// Turn is one response with what it was made of.
type Turn struct {
	Session  sessions.Session
	Message  sessions.Message
	Response sessions.Response // whole
	Feedback *sessions.Feedback
	Drafts   []sessions.Draft // versions that belong to its message, whole
	Siblings []Sibling        // all responses to the message, oldest first, this one included
}

// Sibling is a response to the same message.
type Sibling struct {
	ID      string          `json:"response_id"`
	Status  sessions.Status `json:"status"`
	Created time.Time       `json:"created"`
}

// View is that an operator looked at a session.
type View struct {
	Session  string    `json:"session"`
	Operator string    `json:"operator"`
	Name     string    `json:"name"`
	At       time.Time `json:"at"`

	Number int64 `json:"-"` // grows with each view
}
