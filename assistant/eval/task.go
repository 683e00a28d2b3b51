package eval

import (
	"errors"

	"github.com/parleyhq/parley/retrieval"
)

// ErrData is wrapped by errors about missing or broken data.
var ErrData = errors.New("eval: data")

// Task is a collection with queries whose answers are known.
type Task struct {
	Name        string // for flags and JSON
	Title       string // for people
	MetricName  string
	Metric      Metric
	Documents   []retrieval.Document // of one kind, each id once
	Queries     []Query
	Depth       int    // places of a ranked list that are looked at, of every system; at most 200, as many as a search gives
	Halves      []Half // those that are reported, the first is the one that counts
	SampleLimit int    // queries of a half that are used unless the caller says otherwise; 0 for all
}

// Query is what is looked for, and what is worth finding.
type Query struct {
	ID      string
	Text    string
	Exclude []string // ids of documents that are the query itself
	Gains   Gains
}
