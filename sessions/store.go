package sessions

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Errors that a Store or the Manager returns, to be tested with errors.Is.
var (
	ErrNotFound    = errors.New("sessions: not found")               // or not the asker's: the two are not told apart
	ErrLeased      = errors.New("sessions: held by another process") // temporary
	ErrLeaseLost   = errors.New("sessions: lease lost")              // a commit with an outdated lease: nothing was written
	ErrStale       = errors.New("sessions: stale version")           // *StaleError carries the current draft
	ErrConflict    = errors.New("sessions: conflicting id")          // a message id used again with another text
	ErrBusy        = errors.New("sessions: too many messages wait")  // temporary
	ErrInvalid     = errors.New("sessions: invalid")
	ErrTooLarge    = fmt.Errorf("%w: too large", ErrInvalid)
	ErrDraining    = errors.New("sessions: shutting down")     // temporary
	ErrUnavailable = errors.New("sessions: store unavailable") // temporary: database down, disk full
)

// StaleError is returned for a draft update against an old version.
type StaleError struct{ Current Draft }

func (e *StaleError) Error() string { return ErrStale.Error() }

// Is makes errors.Is(err, ErrStale) hold.
func (e *StaleError) Is(target error) bool { return target == ErrStale }

// State is everything a session holds, each list in order of creation.
type State struct {
	Session   Session
	Messages  []Message
	Responses []Response
	Drafts    []Draft // every version; see Begin
	Feedback  []Feedback
}

// MaxFiles is how many files a session may have.
const MaxFiles = 20

// Lease is the right to write to a session. Fence grows with each holder, so
// that a process that was paused past its lease cannot write.
type Lease struct {
	Key   Key
	Fence int64
}

// Batch is written in one transaction. Responses and Feedback are upserted by
// id, Messages and Drafts only inserted. Nil pointers leave things as they are.
type Batch struct {
	Messages  []Message
	Responses []Response
	Drafts    []Draft
	Feedback  []Feedback
	Addresses []Address // of published versions, each set on its draft
	Leaf      *string
	Title     *string
	Events    []Event // Offset is assigned by the store, consecutive in this order
	Release   bool    // give the lease up with this commit
}

// Store keeps sessions. Every method is safe for concurrent use; a cancelled
// context leaves nothing half-written. A database that cannot be reached or is
// full is reported as ErrUnavailable (wrapped).
type Store interface {
	Handovers

	// Epoch identifies this database's history. It changes only when a backup is restored.
	Epoch(ctx context.Context) (string, error)
	Create(ctx context.Context, s Session) error
	// Get returns a session without its content, or ErrNotFound.
	Get(ctx context.Context, key Key) (Session, error)
	// List returns an owner's sessions, most recently updated first, older than before (zero: from the newest).
	List(ctx context.Context, tenant, owner string, before time.Time, limit int) ([]Session, error)
	Delete(ctx context.Context, key Key) error

	// PutFile keeps a file of a session that has fewer than MaxFiles of them;
	// else it is ErrTooLarge.
	PutFile(ctx context.Context, key Key, file File) error
	// Files returns those of the ids that exist, in their order; with ids nil
	// all files of a session, oldest first.
	Files(ctx context.Context, key Key, ids []string) ([]File, error)

	// Read returns the whole session without a lease.
	Read(ctx context.Context, key Key) (*State, error)
	// Drafts returns those of the named versions that exist, whole, in their order.
	Drafts(ctx context.Context, key Key, versions []DraftVersion) ([]Draft, error)
	// Events returns durable events after an offset, oldest first.
	Events(ctx context.Context, key Key, after int64, limit int) ([]Event, error)

	// Begin takes the lease and reads the session in one transaction. It
	// returns ErrLeased while another holder's lease has not run out. Of each draft
	// only the newest version, and the one before it, must come whole: others may lack
	// all but ID, Version, Kind, Message, Author and Created, so that a long
	// conversation costs no more than a short one.
	Begin(ctx context.Context, key Key, holder string, ttl time.Duration) (*State, Lease, error)
	// Commit writes a batch under a lease and returns the offset of its last event (or the session's newest).
	Commit(ctx context.Context, lease Lease, batch Batch) (int64, error)
	// Renew extends leases that still hold; those that were lost are returned.
	Renew(ctx context.Context, leases []Lease, ttl time.Duration) (lost []Lease, err error)
	// Release gives a lease up; releasing a lost one is not an error.
	Release(ctx context.Context, lease Lease) error
	// Abandoned lists sessions of which a response is running or a message waits for one, and whose lease has run out.
	Abandoned(ctx context.Context, limit int) ([]Key, error)
}
