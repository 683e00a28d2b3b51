package model

import "slices"

// Purposes returns all purposes there are.
func Purposes() []Purpose {
	return append(Writing(), Route, Extract, Moderate, Judge)
}

// Writing returns the purposes whose answers people read, each the workflow of
// its name. The built-in composer can serve them all.
func Writing() []Purpose { return []Purpose{JobPost, Proposal, Shortlist, Advice} }

// Known reports whether a purpose is one of [Purposes].
func (p Purpose) Known() bool { return slices.Contains(Purposes(), p) }
