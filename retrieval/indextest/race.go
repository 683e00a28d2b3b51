//go:build race

package indextest

// churnRounds are few under the race detector, where each takes ten times as long.
const churnRounds = 2
