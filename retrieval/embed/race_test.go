//go:build race

package embed_test

const underRace = true
