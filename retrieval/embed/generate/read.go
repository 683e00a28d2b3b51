package main

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// unpacked opens a gzip file for a reading.
func unpacked(folder, name string, read func(io.Reader) error) error {
	file, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := read(plain); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readCSV returns the named columns of all rows.
func readCSV(folder, name string, columns ...string) (rows [][]string, err error) {
	err = unpacked(folder, name, func(r io.Reader) error {
		all := csv.NewReader(r)
		header, err := all.Read()
		if err != nil {
			return err
		}
		places := make([]int, len(columns))
		for i, column := range columns {
			if places[i] = slices.Index(header, column); places[i] < 0 {
				return fmt.Errorf("no column %q", column)
			}
		}
		for {
			fields, err := all.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			row := make([]string, len(places))
			for i, place := range places {
				row[i] = fields[place]
			}
			rows = append(rows, row)
		}
	})
	return rows, err
}

// groups are texts by the name of their group, in the order of the file.
type groups struct {
	at    map[string]int
	names []string
	lists [][]string
}

func readGroups(folder, name, group, text string) (*groups, error) {
	rows, err := readCSV(folder, name, group, text)
	if err != nil {
		return nil, err
	}
	g := &groups{at: make(map[string]int)}
	for _, row := range rows {
		i, ok := g.at[row[0]]
		if !ok {
			i = len(g.lists)
			g.at[row[0]], g.names, g.lists = i, append(g.names, row[0]), append(g.lists, nil)
		}
		g.lists[i] = append(g.lists[i], row[1])
	}
	return g, nil
}

// with returns the lists of groups that others have too, and theirs.
func (g *groups) with(others *groups) (mine, theirs [][]string) {
	for i, name := range g.names {
		if at, ok := others.at[name]; ok {
			mine, theirs = append(mine, g.lists[i]), append(theirs, others.lists[at])
		}
	}
	return mine, theirs
}

// sentence is one of a job ad.
type sentence struct {
	Ad     int `json:"idx"`
	Tokens []string
}

func readSentences(folder, name string) (list []sentence, err error) {
	err = unpacked(folder, name, func(r io.Reader) error {
		decoder := json.NewDecoder(r)
		for {
			var s sentence
			if err := decoder.Decode(&s); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
			list = append(list, s)
		}
	})
	return list, err
}
