// Package rank orders candidates for a piece of work by features that a person
// can read, each with what it counts. It knows findings (package fit) and
// facts of profiles, and neither names nor anything else that is protected.
package rank
