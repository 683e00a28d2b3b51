package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// jsonLines reads one JSON object a line. Empty lines are skipped.
func (s *source) jsonLines() iter.Seq[row] {
	return func(yield func(row) bool) {
		for {
			line, err := s.readLine()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil && !errors.Is(err, errLongRow):
				s.err = fmt.Errorf("after line %d: %w", s.line-1, err)
				return
			}
			if err == nil && len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if !yield(row{line: s.line, data: line, err: err}) {
				return
			}
		}
	}
}

// jsonArray reads the elements of one JSON array. After a syntax error there is
// no telling where the next element begins, so the rest of the file is not read.
func (s *source) jsonArray() iter.Seq[row] {
	return func(yield func(row) bool) {
		input := &arrayInput{source: s, line: 1}
		decoder := json.NewDecoder(input)
		if _, err := decoder.Token(); err != nil {
			s.err = err
			return
		}
		for {
			input.start = decoder.InputOffset()
			if !decoder.More() {
				break
			}
			var element json.RawMessage
			if err := decoder.Decode(&element); err != nil {
				line := input.lineAt(decoder.InputOffset()) + skippedLines(decoder.Buffered())
				s.err = fmt.Errorf("line %d: the rest of the array cannot be read: %w", line, err)
				return
			}
			end := decoder.InputOffset()
			s.line = input.lineAt(end - int64(len(element)))
			if !yield(row{line: s.line, data: element}) {
				return
			}
		}
		if _, err := decoder.Token(); err != nil {
			s.err = fmt.Errorf("line %d: the array does not end: %w", input.lineAt(decoder.InputOffset()), err)
		}
	}
}

// skippedLines counts the line ends before the next element.
func skippedLines(rest io.Reader) int {
	next, err := io.ReadAll(io.LimitReader(rest, 4096))
	if err != nil {
		return 0
	}
	element := bytes.TrimLeft(next, ", \t\r\n")
	return bytes.Count(next[:len(next)-len(element)], []byte{'\n'})
}

// arrayInput counts lines, and bounds how much one element may take.
type arrayInput struct {
	source   *source
	read     int64   // bytes
	start    int64   // where the present element begins
	newlines []int64 // offsets of line ends not yet counted
	line     int     // of the offset last asked for
}

func (in *arrayInput) Read(p []byte) (int, error) {
	if in.read-in.start > int64(in.source.maxRow) {
		return 0, in.source.tooLong()
	}
	n, err := in.source.reader.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			in.newlines = append(in.newlines, in.read+int64(i))
		}
	}
	in.read += int64(n)
	return n, err
}

// lineAt returns the line of an offset. Offsets must not decrease from call to call.
func (in *arrayInput) lineAt(offset int64) int {
	passed := 0
	for passed < len(in.newlines) && in.newlines[passed] < offset {
		passed++
	}
	in.newlines = in.newlines[passed:]
	in.line += passed
	return in.line
}
