package embed_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/learn"
)

func TestOpenRefuses(t *testing.T) {
	shipped, err := learn.ReadFile("artefact/embedder.parley")
	if err != nil {
		t.Fatal(err)
	}
	body := shipped.Body
	with := func(kind string, format int, body []byte) *learn.Artefact {
		return &learn.Artefact{Kind: kind, Format: format, Body: body}
	}
	for _, tt := range []struct {
		name     string
		artefact *learn.Artefact
		want     error
	}{
		{"another kind", with("router", 1, body), learn.ErrKind},
		{"another format", with("embedder", 99, body), learn.ErrFormat},
		{"no body", with("embedder", 1, nil), learn.ErrDamaged},
		{"half a body", with("embedder", 1, body[:len(body)/2]), learn.ErrDamaged},
		{"too much", with("embedder", 1, append(bytes.Clone(body), 1)), learn.ErrDamaged},
		{"another length of vectors", with("embedder", 1, append(binary.AppendUvarint(nil, 3), body[2:]...)), learn.ErrDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "m.parley")
			if err := learn.WriteFile(path, tt.artefact); err != nil {
				t.Fatal(err)
			}
			_, err := embed.Open(path)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %v with the file's name", err, tt.want)
			}
		})
	}
	if _, err := embed.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := embed.Open("open_test.go"); !errors.Is(err, learn.ErrNotModel) {
		t.Errorf("a file of another sort: %v", err)
	}
}

// TestShippedArtefactSays where it comes from, as the licences of its sources ask for.
func TestShippedArtefactSays(t *testing.T) {
	artefact := embed.Default().Artefact()
	notice, err := os.ReadFile("artefact/NOTICE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ESCO", "O*NET", "SkillSpan"} {
		if !strings.Contains(artefact.Source, name) || !bytes.Contains(notice, []byte(name)) {
			t.Errorf("%s is not named in the artefact (%q) or its notice", name, artefact.Source)
		}
	}
	if len(artefact.Scores) == 0 || len(artefact.Data) != 64 {
		t.Errorf("artefact %+v", artefact)
	}
}

func FuzzDecode(f *testing.F) {
	few := binary.AppendUvarint(nil, 256)
	few = append(few, 1, 0, 0, 1, 'a')
	few = append(few, make([]byte, 8+128)...)
	f.Add(few)
	f.Add([]byte{})
	f.Add(append(binary.AppendUvarint(nil, 256), 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0))
	f.Fuzz(func(t *testing.T, body []byte) {
		again, err := embed.Decode(body)
		if err != nil {
			return
		}
		if once, err := embed.Decode(again); err != nil || !bytes.Equal(once, again) {
			t.Errorf("what was written is read as something else: %v", err)
		}
	})
}
