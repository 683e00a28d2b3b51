//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestTheOutputStaysWhatItIs writes through a link into a file that only its
// owner may read, and into a pipe, as it would into a device: none of them may
// be replaced by a file.
func TestTheOutputStaysWhatItIs(t *testing.T) {
	folder := t.TempDir()
	file, link, pipe := filepath.Join(folder, "file"), filepath.Join(folder, "link"), filepath.Join(folder, "pipe")
	if os.WriteFile(file, []byte("before"), 0o600) != nil || os.Symlink(file, link) != nil || syscall.Mkfifo(pipe, 0o600) != nil {
		t.Fatal("the files cannot be made")
	}
	reader, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for path, want := range map[string]os.FileMode{link: os.ModeSymlink, file: 0, pipe: os.ModeNamedPipe} {
		out, commit, err := moderateCmd{Out: path}.create(nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.WriteString(out, "after")
		if err := commit(err); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode().Type() != want {
			t.Errorf("%s is now %v, %v", filepath.Base(path), info.Mode(), err)
		}
	}
	if written, err := os.ReadFile(file); err != nil || string(written) != "after" {
		t.Errorf("the file holds %q, %v", written, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is now %v, %v", info.Mode(), err)
	}
}
