// Package bench measures searches among 100,000 documents, on the embedded
// index and on PostgreSQL: how long they take, and what the embedded index
// costs in start-up and memory. `make bench-search` runs it and prints tables.
// No time decides whether a test passes.
package bench
