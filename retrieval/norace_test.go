//go:build !race

package retrieval_test

const underRace = false
