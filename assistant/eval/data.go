package eval

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxLine of a file of JSON lines, in bytes.
const maxLine = 16 << 20

// withFile opens a gzipped file below a folder for the time of a call.
func withFile(folder, name string, read func(io.Reader) error) error {
	file, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%w: %s is not in %q", ErrData, name, folder)
		}
		return fmt.Errorf("%w: %w", ErrData, err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrData, name, err)
	}
	if err := read(unzipped); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrData, name, err)
	}
	return nil
}

// ReadCSV calls do with the named columns of each row.
func ReadCSV(folder, name string, columns []string, do func(values []string)) error {
	return withFile(folder, name, func(r io.Reader) error {
		rows := csv.NewReader(r)
		rows.ReuseRecord = true
		header, err := rows.Read()
		if err != nil {
			return err
		}
		at := make([]int, len(columns))
		for i, column := range columns {
			if at[i] = indexOf(header, column); at[i] < 0 {
				return fmt.Errorf("no column %q", column)
			}
		}
		for {
			row, err := rows.Read()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			values := make([]string, len(columns))
			for i := range columns {
				values[i] = strings.TrimSpace(row[at[i]])
			}
			do(values)
		}
	})
}

func indexOf(header []string, column string) int {
	for i, name := range header {
		if strings.TrimPrefix(name, "\ufeff") == column {
			return i
		}
	}
	return -1
}

// ReadJSONL calls do with each row.
func ReadJSONL[T any](folder, name string, do func(T)) error {
	return withFile(folder, name, func(r io.Reader) error {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLine)
		for n := 1; lines.Scan(); n++ {
			var row T
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
			do(row)
		}
		return lines.Err()
	})
}
