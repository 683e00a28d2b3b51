package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync/atomic"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// maxRow is the longest row in bytes. A valid document is a tenth of it at most.
const maxRow = 4 << 20

var (
	errLongRow = errors.New("row is too long")
	errNoInput = errors.New("there is no standard input to read")
	errEmpty   = errors.New("is empty")
	errNoRows  = errors.New("has no rows")
)

// row is one row of a file: a JSON object, or why there is none.
type row struct {
	line int // on which it begins, from 1
	data []byte
	err  error
	raw  func() json.RawMessage // how it is handed back when it is rejected; nil for data
}

// source is an open file.
type source struct {
	name   string
	reader *bufio.Reader
	closes []io.Closer
	maxRow int   // bytes
	line   int   // read so far
	err    error // why rows ended before the file did
}

// counter counts the bytes that are read of files as they are, packed or not.
type counter struct {
	io.Reader
	read *atomic.Int64
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// open opens a file, or standard input, and unpacks gzip.
func (r *run) open(path string) (*source, error) {
	s := &source{name: path, maxRow: r.MaxRow}
	var in io.Reader = r.Stdin
	if path == "-" {
		s.name = "stdin"
		if in == nil {
			return nil, errNoInput
		}
	} else {
		file, err := openFile(path)
		if err != nil {
			return nil, err
		}
		in = file
		s.closes = append(s.closes, file)
	}
	if err := s.unpack(counter{in, &r.bytes}, r.Lines); err != nil {
		s.close()
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	return s, nil
}

func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder: name the files in it", path)
	}
	return os.Open(path)
}

// unpack looks at how the content begins. With lines it is JSON lines, not packed.
func (s *source) unpack(in io.Reader, lines bool) error {
	s.reader = bufio.NewReaderSize(in, 64<<10)
	if magic, _ := s.reader.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) && !lines {
		unzipped, err := gzip.NewReader(s.reader)
		if err != nil {
			return fmt.Errorf("broken gzip: %w", err)
		}
		s.closes = append(s.closes, unzipped)
		s.reader = bufio.NewReaderSize(unzipped, 64<<10)
	}
	start, err := s.reader.Peek(4)
	switch {
	case len(start) == 0 && errors.Is(err, io.EOF):
		return errEmpty
	case len(start) == 0:
		return err
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return errors.New("is a zip archive or spreadsheet: save it as CSV")
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		// What spreadsheets call Unicode text. The decoder follows the mark.
		s.reader = bufio.NewReaderSize(transform.NewReader(s.reader, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), 64<<10)
		return nil
	case bytes.HasPrefix(start, []byte{0xef, 0xbb, 0xbf}):
		_, err = s.reader.Discard(3)
		return err
	}
	return nil
}

func (s *source) close() {
	for i := len(s.closes) - 1; i >= 0; i-- {
		s.closes[i].Close()
	}
}

// rows reads the file to its end, or to an error which is then in s.err.
func (s *source) rows(d *decoder, lines bool) iter.Seq[row] {
	if lines {
		return s.jsonLines()
	}
	switch s.firstCharacter() {
	case '{':
		return s.jsonLines()
	case '[':
		return s.jsonArray()
	}
	return s.csv(d)
}

func (s *source) firstCharacter() byte {
	for n := 1; n <= s.reader.Size(); n++ {
		start, err := s.reader.Peek(n)
		if err != nil {
			break
		}
		if c := start[n-1]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
	}
	return 0
}

func (s *source) tooLong() error { return fmt.Errorf("%w: more than %d MiB", errLongRow, s.maxRow>>20) }

// readLine returns the next line without its end, valid until the next call.
// A line that is too long is skipped and gives errLongRow; a read error gives
// no part of a line.
func (s *source) readLine() ([]byte, error) {
	s.line++
	var whole []byte
	for long := false; ; {
		part, err := s.reader.ReadSlice('\n')
		if len(whole)+len(part) > s.maxRow {
			long, whole = true, nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			if !long {
				whole = append(whole, part...)
			}
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case long:
			return nil, s.tooLong()
		case err != nil && len(whole)+len(part) == 0:
			return nil, io.EOF
		}
		if whole != nil {
			part = append(whole, part...)
		}
		return bytes.TrimRight(part, "\r\n"), nil
	}
}
