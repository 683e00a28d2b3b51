package eval

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"
)

// Day is when the conversations of cases take place: 2026-03-02, a Monday.
var Day = time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)

//go:embed cases/*.jsonl cases/*/*.jsonl
var embedded embed.FS

// Cases opens the embedded test cases of a task: job_post, proposal, shortlist,
// routing, injection, moderation. Where several people wrote them, the task is a
// folder, and its files are read one after the other.
func Cases(task string) (io.ReadCloser, error) {
	if names, err := fs.Glob(embedded, path.Join("cases", task, "*.jsonl")); err == nil && len(names) > 0 {
		return several(names)
	}
	file, err := embedded.Open(path.Join("cases", task+".jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there are no cases of %q", ErrData, task)
	}
	return file, err
}

// several reads embedded files as one. The end of a file ends a line.
func several(names []string) (io.ReadCloser, error) {
	var all bytes.Buffer
	for _, name := range names {
		raw, err := embedded.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrData, err)
		}
		all.Write(raw)
		all.WriteByte('\n')
	}
	return io.NopCloser(&all), nil
}

// maxCase is the longest line of a file of cases, in bytes.
const maxCase = 4 << 20

// ReadCases reads one JSON object a line. Unknown fields are passed over and
// empty lines skipped; check says what a case lacks, and may fill in what it
// leaves out. n counts from 1. Errors name the line and wrap ErrData.
func ReadCases[C any](r io.Reader, check func(n int, c *C) error) ([]C, error) {
	var cases []C
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxCase)
	n := 1
	for ; lines.Scan(); n++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		var c C
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrData, n, err)
		}
		if err := check(n, &c); err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrData, n, err)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: line %d: %w", ErrData, n, err)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%w: no cases", ErrData)
	}
	return cases, nil
}
