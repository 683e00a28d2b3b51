//go:build race

package ingest_test

// racing tells tests, of which some are far slower under the race detector.
const racing = true
