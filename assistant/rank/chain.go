package rank

import (
	"errors"
	"fmt"
	"slices"
)

// ErrChain means that records do not follow one another as they say.
var ErrChain = errors.New("rank: chain of decisions")

// VerifyChain verifies the records of a session, given in the order in which
// they were made: each one by itself, and that the one it names as the record
// before it is there, earlier, and unaltered. A conversation may branch, where a
// message was edited or answered again: then two records follow the same one.
// The error names the first link that does not hold, and wraps ErrRecord or
// ErrChain.
//
// What it cannot see: a last record that was taken away, and a chain that was
// computed anew as a whole. Against the first, compare with the decisions that
// the session's shortlists name; against the second, keep an id elsewhere: it
// begins with the hash.
func VerifyChain(records []Record) error {
	seen := make(map[string]bool, len(records))
	for i, r := range records {
		if err := r.Verify(); err != nil {
			return fmt.Errorf("link %d of %d: %w", i+1, len(records), err)
		}
		if r.Session != records[0].Session {
			return fmt.Errorf("link %d of %d: %w: %s is of another session than %s", i+1, len(records), ErrChain, r.ID, records[0].ID)
		}
		if r.Previous != "" && !seen[r.Previous] {
			return fmt.Errorf("link %d of %d: %w: %s follows a record with the hash %.12s, and no earlier one has it", i+1, len(records), ErrChain, r.ID, r.Previous)
		}
		if seen[r.Hash] {
			return fmt.Errorf("link %d of %d: %w: %s is there twice", i+1, len(records), ErrChain, r.ID)
		}
		seen[r.Hash] = true
	}
	return nil
}

// Trail returns the records that lead to one, that one last: the records before
// it on its branch of the conversation. It is empty when there is none of that id.
func Trail(records []Record, id string) []Record {
	at := slices.IndexFunc(records, func(r Record) bool { return r.ID == id })
	var trail []Record
	for at >= 0 {
		trail = append(trail, records[at])
		previous := records[at].Previous
		earlier := records[:at]
		at = -1
		if previous != "" {
			at = slices.IndexFunc(earlier, func(r Record) bool { return r.Hash == previous })
		}
	}
	slices.Reverse(trail)
	return trail
}
