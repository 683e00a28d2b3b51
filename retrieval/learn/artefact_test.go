package learn_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parleyhq/parley/retrieval/learn"
)

func sample() *learn.Artefact {
	return &learn.Artefact{
		Kind: "embedder", Format: 3, Source: "a few posts", Data: "abc", Seed: 7,
		Scores: []learn.Score{{Name: "titles", Value: 0.5, Count: 12}},
		Body:   bytes.Repeat([]byte("weights "), 1000),
	}
}

// written is the file of an artefact.
func written(t testing.TB, a *learn.Artefact) []byte {
	t.Helper()
	var file bytes.Buffer
	if _, err := a.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestRoundTrip(t *testing.T) {
	a := sample()
	file := written(t, a)
	if !bytes.Equal(file, written(t, sample())) {
		t.Error("the same artefact gave other bytes")
	}
	b, err := learn.Read(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b, cmpopts.IgnoreUnexported(learn.Artefact{})); diff != "" {
		t.Errorf("read another artefact (-written +read):\n%s", diff)
	}
	if a.Hash() != b.Hash() || len(a.Hash()) != 64 {
		t.Errorf("hash %s, read as %s", a.Hash(), b.Hash())
	}
	other := sample()
	other.Seed++
	if written(t, other); other.Hash() == a.Hash() {
		t.Error("another artefact has the same hash")
	}
}

// signed puts a valid checksum behind a file's content.
func signed(content ...[]byte) []byte {
	all := bytes.Join(content, nil)
	sum := sha256.Sum256(all)
	return append(all, sum[:]...)
}

func TestReadRefuses(t *testing.T) {
	file := written(t, sample())
	magic := []byte("parley model 1\n")
	length := func(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
	flipped := bytes.Clone(file)
	flipped[len(flipped)/2] ^= 1
	for _, tt := range []struct {
		name string
		file []byte
		want error
	}{
		{"empty", nil, learn.ErrNotModel},
		{"another file", []byte("PNG and so on"), learn.ErrNotModel},
		{"another version", bytes.Replace(file, []byte("model 1"), []byte("model 2"), 1), learn.ErrNotModel},
		{"only the first line", magic, learn.ErrDamaged},
		{"cut short", file[:len(file)-10], learn.ErrDamaged},
		{"a bit flipped", flipped, learn.ErrDamaged},
		{"something behind it", append(bytes.Clone(file), 'x'), learn.ErrDamaged},
		{"a header longer than the file", signed(magic, length(1<<31), []byte("{}")), learn.ErrDamaged},
		{"a header that is no JSON", signed(magic, length(2), []byte("{]")), learn.ErrDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := learn.Read(bytes.NewReader(tt.file)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// zeros is a file without end.
type zeros struct{ left []byte }

func (z *zeros) Read(p []byte) (int, error) {
	n := copy(p, z.left)
	z.left = z.left[n:]
	clear(p[n:])
	return len(p), nil
}

func TestReadEnds(t *testing.T) {
	if _, err := learn.Read(&zeros{[]byte("parley model 1\n")}); !errors.Is(err, learn.ErrDamaged) {
		t.Errorf("a file without end: %v", err)
	}
	large := sample()
	large.Body = make([]byte, 65<<20)
	if _, err := large.WriteTo(io.Discard); err == nil {
		t.Error("wrote what is too long to be read")
	}
}

func TestExpect(t *testing.T) {
	a := sample()
	for _, tt := range []struct {
		kind   string
		format int
		want   error
	}{{"embedder", 3, nil}, {"router", 3, learn.ErrKind}, {"embedder", 4, learn.ErrFormat}} {
		if err := a.Expect(tt.kind, tt.format); !errors.Is(err, tt.want) {
			t.Errorf("%s %d: %v, want %v", tt.kind, tt.format, err, tt.want)
		}
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "models", "m.parley")
	for seed := range uint64(2) {
		a := sample()
		a.Seed = seed
		if err := learn.WriteFile(path, a); err != nil {
			t.Fatal(err)
		}
		if b, err := learn.ReadFile(path); err != nil || b.Seed != seed {
			t.Fatalf("read %v, %v", b, err)
		}
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files beside the model, %v", len(files)-1, err)
	}
	if err := learn.WriteFile(filepath.Join(path, "below a file"), sample()); err == nil {
		t.Error("wrote below a file")
	}
	if _, err := learn.ReadFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(written(f, sample()))
	f.Add([]byte("parley model 1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := learn.Read(bytes.NewReader(file)); err == nil {
			return
		}
		// What has no valid checksum is refused early: try also with one.
		if _, err := learn.Read(bytes.NewReader(signed(file))); err != nil && !errors.Is(err, learn.ErrNotModel) && !errors.Is(err, learn.ErrDamaged) {
			t.Errorf("unnamed error %v", err)
		}
	})
}
