//go:build race

package proposal_test

const underRace = true
