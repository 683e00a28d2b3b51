package embed_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
)

func gzipped(text string) string {
	var file bytes.Buffer
	packer := gzip.NewWriter(&file)
	packer.Write([]byte(text))
	packer.Close()
	return file.String()
}

func TestLabelsFile(t *testing.T) {
	const two = "group,label\n1,lawyer\n1,attorney\n"
	for _, tt := range []struct {
		name, content string
		names         int
		ok            bool
	}{
		{"two names", two, 2, true},
		{"packed", gzipped(two), 2, true},
		{"other columns, in capitals, after a byte order mark", "\ufeffLabel,note,GROUP\nlawyer,x,1\nattorney,y,1\n", 2, true},
		{"repeated, empty and endless names", "group,label\n1,lawyer\n1,lawyer\n1, \n1," + strings.Repeat("x", 1000) + "\n", 1, true},
		{"a name with a comma and bad bytes", "group,label\n1,\"nurse, \xffnight\"\n", 1, true},
		{"empty", "", 0, false},
		{"only a header", "group,label\n", 0, true},
		{"no such column", "id,name\n1,lawyer\n", 0, false},
		{"a row too short", "group,label\n1\n", 0, false},
		{"a quote that does not end", "group,label\n1,\"lawyer\n", 0, false},
		{"packed and cut short", gzipped(strings.Repeat(two, 3))[:30], 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "labels.csv")
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			n, err := embed.NewCorpus().LabelsFile(path)
			if n != tt.names || (err == nil) != tt.ok {
				t.Errorf("%d names, %v; want %d, fine: %v", n, err, tt.names, tt.ok)
			}
			if err != nil && (!errors.Is(err, embed.ErrLabels) || !strings.Contains(err.Error(), path)) {
				t.Errorf("%v does not name the file, or is not ErrLabels", err)
			}
		})
	}
	if _, err := embed.NewCorpus().LabelsFile(filepath.Join(t.TempDir(), "none.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
