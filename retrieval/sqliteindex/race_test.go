//go:build race

package sqliteindex

// Racing tells tests, of which some are far slower under the race detector.
const Racing = true
