package moderation

import (
	"context"
	"errors"
	"time"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// Errors of a Queue.
var (
	ErrNotFound = errors.New("moderation: not found")
	ErrConflict = errors.New("moderation: changed meanwhile") // somebody else decided or assigned first
	ErrInvalid  = errors.New("moderation: invalid")           // what is to be written breaks a limit or names what does not exist
)

// Status is how far a case has come.
type Status string

// A case is open until it is decided. Undoing or an appeal opens it again.
const (
	Judging Status = "judging" // a judge is being asked
	Waiting Status = "waiting" // for a person
	Decided Status = "decided"
)

// Case is a message that was not simply delivered, with all that happened to it.
type Case struct {
	Tenant  string          `json:"-"`
	ID      string          `json:"id"`      // unguessable
	Message message.Message `json:"message"` // its ID is unique in the tenant: the same message again is the same case
	Hash    string          `json:"-"`       // of text, channel, sender and thread: the same id with another text is a conflict
	Subject string          `json:"subject,omitempty"`
	// Session is one of this installation's, or empty, and the case goes when it
	// is deleted. With Resp: a turn with the assistant that was held.
	Session string  `json:"session,omitempty"`
	Resp    string  `json:"response,omitempty"` //
	Verdict Verdict `json:"verdict"`            // the newest one
	First   Verdict `json:"first_verdict"`      // of rules and classifier
	Status  Status  `json:"status"`
	// Version counts changes; who changes a case names the one that he saw.
	Version  int       `json:"version"`
	Assignee string    `json:"assignee,omitempty"` // an operator's id
	Appeal   string    `json:"appeal,omitempty"`   // what the sender wrote
	Appealed time.Time `json:"appealed,omitzero"`
	Created  time.Time `json:"created"`
	Changed  time.Time `json:"changed"`
	Deadline time.Time `json:"deadline,omitzero"` // when an undecided case that is held is decided by the site's choice
}

// Decision is one entry of a case's history: who did what, when. Nothing of it
// is ever changed or removed while the case exists.
type Decision struct {
	ID      string         `json:"id"`     // unguessable; the idempotency key of its webhook
	Case    string         `json:"case"`   //
	Number  int            `json:"number"` // the version of the case that it made, from 1
	Kind    DecisionKind   `json:"kind"`
	Action  Action         `json:"decision,omitempty"` // for verdicts and decisions
	Labels  []policy.Label `json:"labels,omitempty"`
	Stage   Stage          `json:"stage,omitempty"`
	Actor   string         `json:"actor"` // an operator's id, "judge", "deadline", "sender", "rules", "classifier"
	Note    string         `json:"note,omitempty"`
	At      time.Time      `json:"at"`
	Changes bool           `json:"changes"` // what happens to the message is another thing now: the site must be told
}

// DecisionKind is what happened.
type DecisionKind string

// The kinds.
const (
	Opened     DecisionKind = "opened"   // rules and classifier put it into the queue
	Judged     DecisionKind = "judged"   // a judge's verdict
	Reviewed   DecisionKind = "reviewed" // a person's decision
	Assigned   DecisionKind = "assigned" // or given back, with an empty note
	Undone     DecisionKind = "undone"   // the last decision was taken back
	AppealMade DecisionKind = "appealed"
	Expired    DecisionKind = "expired" // the deadline passed
)

// Filter chooses cases. Zero fields choose all.
type Filter struct {
	Status   Status
	Label    policy.Label
	Channel  message.Channel
	Stage    Stage
	Action   Action
	Assignee string
	Appealed bool   // only those with an appeal that is not decided
	Text     string // words or parts of words that the message contains, all of the first 20, see [Fold]
	Oldest   bool   // first; otherwise the newest
	After    string // the id of the last case of the page before; ErrNotFound when that is gone
	Limit    int    // 50 if 0, at most 200
}

// Change is what a Queue writes at once: the case as it shall be, and the entry
// of its history. Of the case it writes Verdict, Status, Assignee, Appeal,
// Appealed, Changed and Deadline; all else stays what Open wrote.
type Change struct {
	Case     Case     // with the Version that was seen; it is stored as Version+1
	Decision Decision // its Case and Number are given by the queue
}

// Queue keeps the cases of all sites and their histories. Package queuetest is
// the suite for it. Errors wrap ErrNotFound, ErrConflict or ErrInvalid; others
// are of the database. Times are kept in UTC to the microsecond. Texts are kept
// with U+FFFD for the character U+0000 and for each byte that is not UTF-8.
type Queue interface {
	// Open adds a case with the first entry of its history; its version becomes
	// 1, an empty channel message.Direct. When the tenant has a case of that
	// message already, that one is returned and nothing is changed; if its Hash
	// differs, the error is ErrConflict. ErrNotFound: its session is not there.
	Open(ctx context.Context, c Case, opened Decision) (kept Case, fresh bool, err error)
	// Get returns a case; ErrNotFound also for one of another tenant.
	Get(ctx context.Context, tenant, id string) (Case, error)
	// Find returns the case of a message.
	Find(ctx context.Context, tenant, message string) (Case, error)
	// List returns a page of cases.
	List(ctx context.Context, tenant string, f Filter) ([]Case, error)
	// Change writes a case's new state and the entry that tells why, both or
	// neither, and returns the case as it is now; ErrConflict when its version is
	// not the one that was seen, or a decision with that id is there already.
	Change(ctx context.Context, c Change) (Case, error)
	// History returns the entries of a case, oldest first; ErrNotFound as for Get.
	History(ctx context.Context, tenant, id string) ([]Decision, error)
	// Due returns undecided cases of all tenants: those whose deadline is before
	// now, the most overdue first, then those judging and not changed since
	// before stale; at most limit. Several workers may get the same case: each
	// changes it by its version, and one of them succeeds.
	Due(ctx context.Context, now, stale time.Time, limit int) ([]Case, error)
	// Unannounced returns decisions that change what happens to a message and
	// that were not announced yet, oldest first, with their cases as they are
	// now: at most limit of turns with the assistant, cases with a Resp, and as
	// many of other messages, so that neither waits behind the other. Nobody
	// reserves them: two processes may get the same, and the decision's id makes
	// telling twice harmless.
	Unannounced(ctx context.Context, limit int) ([]Announcement, error)
	// Announced notes that these decisions were told to whom they concern. Ids
	// that are noted already, or not known, change nothing.
	Announced(ctx context.Context, decisions []string) error
	// Delete removes a case with its history; nothing when there is none.
	Delete(ctx context.Context, tenant, id string) error
	// DeleteSession removes the cases of a session's turns. They go by themselves
	// when the session is deleted; this removes them and leaves the session.
	DeleteSession(ctx context.Context, tenant, session string) error
	// DeleteSubject removes all cases of what a person sent.
	DeleteSubject(ctx context.Context, tenant, subject string) error
	// Purge removes at most limit decided cases that have not changed since
	// before, oldest first, and returns how many. Those that a site must still
	// be told of stay.
	Purge(ctx context.Context, tenant string, before time.Time, limit int) (int, error)
	// Tenants returns the tenants that have cases, in order.
	Tenants(ctx context.Context) ([]string, error)
	// Reviewed returns cases that are decided by a person, with that decision,
	// the oldest decision first: those decided in [from, until), at most limit
	// (1,000 if 0). A decision that was taken back is in none of them, but in
	// Earlier when the case was decided again.
	Reviewed(ctx context.Context, tenant string, from, until time.Time, limit int) ([]Review, error)
	// Counts returns how many cases a tenant has, and what was decided a day
	// since the day of a time.
	Counts(ctx context.Context, tenant string, since time.Time) (Counts, error)
}

// Announcement is a decision that a site must be told of.
type Announcement struct {
	Case     Case
	Decision Decision
}

// Review is a case that a person decided.
type Review struct {
	Case     Case
	Decision Decision
	// Earlier are the verdicts of judges and the decisions of people before it,
	// oldest first, those that were taken back among them.
	Earlier []Decision
}

// Counts is how many cases there are.
type Counts struct {
	Status   map[Status]int       `json:"status"`
	Label    map[policy.Label]int `json:"label"`    // of cases that are not decided, by their newest verdict
	Appeals  int                  `json:"appeals"`  // that are not decided
	Assigned map[string]int       `json:"assigned"` // undecided, by assignee; "" for nobody
	// Oldest is when the oldest case that waits for a person came in; zero when none waits.
	Oldest time.Time `json:"oldest,omitzero"`
	Days   []Day     `json:"days"` // oldest first; days without any entry are left out
}

// Day is what happened on a day, in UTC.
type Day struct {
	Date    string               `json:"date"`    // 2026-03-02
	Entries map[DecisionKind]int `json:"entries"` // of the cases' histories
}

// AddDay adds entries of a day, which is the last one of the list or comes after it.
func (n *Counts) AddDay(date string, kind DecisionKind, entries int) {
	if len(n.Days) == 0 || n.Days[len(n.Days)-1].Date != date {
		n.Days = append(n.Days, Day{Date: date, Entries: map[DecisionKind]int{}})
	}
	n.Days[len(n.Days)-1].Entries[kind] += entries
}
