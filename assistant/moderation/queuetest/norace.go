//go:build !race

package queuetest

// many is how many cases the large test has.
const many = 10_000
