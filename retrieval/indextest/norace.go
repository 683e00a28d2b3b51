//go:build !race

package indextest

// churnRounds is how often testChurn replaces every document.
const churnRounds = 6
