package operators

import (
	"context"
	"time"
)

// Token is a one-time token to sign in with, as it is kept.
type Token struct {
	Hash     string // of the token, see the package's comment
	Operator string // "" for the bootstrap token, whose holder becomes the first operator
	Created  time.Time
	Expires  time.Time
}

// Session is a signed-in operator's, as it is kept.
type Session struct {
	Hash     string // of the cookie's value
	Operator string
	Created  time.Time
	Seen     time.Time // the last use, to about a minute
	Expires  time.Time // however much it is used
}

// Store keeps operators, their tokens and their sessions. Package
// operatorstest is the suite for it. Times are kept in UTC to the microsecond.
type Store interface {
	// Bootstrap keeps the token of a first operator and tells whether it did: not
	// while there is any operator, revoked ones included, or another such token
	// that has not expired when this one is created.
	Bootstrap(ctx context.Context, t Token) (bool, error)
	// Add adds an operator; ErrConflict when the id is taken, or the email or the
	// subject by somebody who is not revoked.
	Add(ctx context.Context, o Operator) error
	// Get returns an operator, or ErrNotFound.
	Get(ctx context.Context, id string) (Operator, error)
	// List returns all operators, revoked ones too, the oldest first.
	List(ctx context.Context) ([]Operator, error)
	// Change writes what change makes of an operator; nobody else is changed
	// meanwhile. It is told whether the operator is the last who Rules. Of who is
	// revoked by it, tokens and sessions are removed. Seen is left as it is. An
	// error of change is returned as it is, and nothing is written then.
	Change(ctx context.Context, id string, change func(o Operator, last bool) (Operator, error)) (Operator, error)
	// AddToken keeps a token of an operator; ErrNotFound when there is none who is not revoked.
	AddToken(ctx context.Context, t Token) error
	// Redeem uses a token up and begins the session, which is of the token's
	// operator; for the bootstrap token first is added before. All of it happens
	// or nothing. ErrToken: there is no such token at s.Created.
	Redeem(ctx context.Context, token string, first Operator, s Session) (Operator, error)
	// Begin begins a session; ErrNotFound when there is no such operator, or a revoked one.
	Begin(ctx context.Context, s Session) error
	// Session returns a session with its operator, or ErrNotFound.
	Session(ctx context.Context, hash string) (Session, Operator, error)
	// Touch notes that a session was used, and its operator seen; nothing when it has ended.
	Touch(ctx context.Context, hash string, seen time.Time) error
	// End ends a session; nothing when there is none.
	End(ctx context.Context, hash string) error
	// Purge removes tokens and sessions that expire before now, and sessions not
	// seen since idle.
	Purge(ctx context.Context, now, idle time.Time) error
}
