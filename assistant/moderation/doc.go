// Package moderation decides what happens to a message: rules and a small
// classifier judge every message at once, a language model few of them, and a
// person the doubtful ones.
package moderation
