//go:build race

package queuetest

// many is how many cases the large test has: SQLite in Go is ten times slower
// with the race detector.
const many = 1_000
