package learn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const (
	magic    = "parley model 1\n"
	hashSize = sha256.Size

	maxHeader = 1 << 16
	// maxFile bounds what is read into memory, whatever a file says.
	maxFile = 64 << 20
)

// WriteTo writes the artefact as a file. The same artefact gives the same bytes.
func (a *Artefact) WriteTo(w io.Writer) (int64, error) {
	header, err := json.Marshal(a)
	if err != nil {
		return 0, fmt.Errorf("learn: write header: %w", err)
	}
	if len(header) > maxHeader {
		return 0, fmt.Errorf("learn: write: header of %d bytes is over %d", len(header), maxHeader)
	}
	file := bytes.NewBufferString(magic)
	file.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(header))))
	file.Write(header)
	file.Write(a.Body)
	if file.Len()+hashSize > maxFile {
		return 0, fmt.Errorf("learn: write: %d bytes are over %d", file.Len()+hashSize, maxFile)
	}
	a.hash = sha256.Sum256(file.Bytes())
	file.Write(a.hash[:])
	return file.WriteTo(w)
}

// Read reads an artefact of at most 64 MiB.
func Read(r io.Reader) (*Artefact, error) {
	file, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("learn: read: %w", err)
	}
	return Parse(file)
}

// Parse takes a file apart. The artefact's body lies in it.
func Parse(file []byte) (*Artefact, error) {
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok {
		return nil, ErrNotModel
	}
	if len(file) > maxFile {
		return nil, fmt.Errorf("%w: longer than %d bytes", ErrDamaged, maxFile)
	}
	if len(rest) < 4+hashSize {
		return nil, fmt.Errorf("%w: cut short", ErrDamaged)
	}
	sum := sha256.Sum256(file[:len(file)-hashSize])
	if !bytes.Equal(sum[:], file[len(file)-hashSize:]) {
		return nil, fmt.Errorf("%w: checksum differs", ErrDamaged)
	}
	length := binary.LittleEndian.Uint32(rest)
	rest = rest[4 : len(rest)-hashSize]
	if length > maxHeader || int(length) > len(rest) {
		return nil, fmt.Errorf("%w: header of %d bytes", ErrDamaged, length)
	}
	a := &Artefact{hash: sum}
	if err := json.Unmarshal(rest[:length], a); err != nil {
		return nil, fmt.Errorf("%w: header: %w", ErrDamaged, err)
	}
	a.Body = rest[length:]
	return a, nil
}

// ReadFile reads an artefact from a file.
func ReadFile(path string) (*Artefact, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("learn: %w", err)
	}
	defer file.Close()
	a, err := Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}

// WriteFile writes an artefact to a file, whose folder it makes if need be. The
// file is replaced as a whole or, after an error, not at all.
func WriteFile(path string, a *Artefact) (err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("learn: write model: %w", err)
	}
	file, err := os.CreateTemp(folder, ".model-*")
	if err != nil {
		return fmt.Errorf("learn: write model: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
			err = fmt.Errorf("learn: write model: %w", err)
		}
	}()
	_, err = a.WriteTo(file)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	return err
}
