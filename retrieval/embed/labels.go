package embed

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// ErrLabels is returned for a file of labels that cannot be read.
var ErrLabels = errors.New("embed: unreadable labels")

const (
	maxLabel  = 500       // characters; longer ones are passed over
	maxLabels = 2_000_000 // of a file
)

// LabelsFile adds a file of names that mean the same, and returns how many
// names it has. It is CSV, gzipped or not, with a header line in which one
// column is called "group" and one "label":
//
//	group,label
//	15-1252.00,Software Developer
//	15-1252.00,Application Programmer
//
// Names of one group are synonyms. Other columns, groups of one name, and
// names that stand twice in a group are passed over.
func (c *Corpus) LabelsFile(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrLabels, err)
	}
	defer file.Close()
	groups, n, err := readLabels(file)
	if err != nil {
		return 0, fmt.Errorf("%w: %s: %w", ErrLabels, path, err)
	}
	c.Same("labels of "+filepath.Base(path), groups)
	return n, nil
}

func readLabels(r io.Reader) (groups [][]string, n int, err error) {
	plain, err := gunzip(r)
	if err != nil {
		return nil, 0, err
	}
	rows := csv.NewReader(plain)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, 0, fmt.Errorf("header: %w", err)
	}
	group, label := column(header, "group"), column(header, "label")
	if group < 0 || label < 0 {
		return nil, 0, errors.New(`the header line has no columns "group" and "label"`)
	}
	at := make(map[string]int)
	seen := make(map[[2]string]bool)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return groups, n, nil
		}
		if err != nil {
			return nil, 0, err
		}
		name := [2]string{strings.Clone(row[group]), strings.TrimSpace(strings.ToValidUTF8(row[label], ""))}
		if name[1] == "" || len(name[1]) > maxLabel || seen[name] {
			continue
		}
		if n++; n > maxLabels {
			return nil, 0, fmt.Errorf("more than %d labels", maxLabels)
		}
		seen[name] = true
		i, ok := at[name[0]]
		if !ok {
			i = len(groups)
			at[name[0]], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], strings.Clone(name[1]))
	}
}

func column(header []string, name string) int {
	for i, title := range header {
		if strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(title, "\ufeff")), name) {
			return i
		}
	}
	return -1
}

// gunzip unpacks what is gzipped, and leaves the rest as it is.
func gunzip(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	if start, _ := buffered.Peek(2); string(start) != "\x1f\x8b" {
		return buffered, nil
	}
	return gzip.NewReader(buffered)
}
