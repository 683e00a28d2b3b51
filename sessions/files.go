package sessions

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// MaxAttachments is how many files a message may bring.
const MaxAttachments = 5

const (
	maxFileName = 200
	maxFileText = 256 << 10
)

// AddFile keeps the text of an uploaded file in a session, under an id of its
// own. Name, Type, Text and Cut are taken from file. Errors: ErrNotFound,
// ErrInvalid, ErrTooLarge, also when the session has MaxFiles already.
func (m *Manager) AddFile(ctx context.Context, who Principal, session string, file File) (File, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	s, err := m.store.Get(ctx, Key{who.Tenant, session})
	if err != nil {
		return File{}, unavailable("read", err)
	}
	if who.Subject == "" || s.Owner != who.Subject {
		return File{}, fmt.Errorf("%w: session", ErrNotFound)
	}
	if len(file.Text) > maxFileText {
		return File{}, fmt.Errorf("%w: a file's text has at most %d KiB", ErrTooLarge, maxFileText>>10)
	}
	file.ID, file.Created = newID(), stamp(m.cfg.Now())
	file.Name, file.Text = cut(strings.TrimSpace(clean(file.Name)), maxFileName), clean(file.Text)
	if file.Name == "" {
		file.Name = "file"
	}
	if err := m.store.PutFile(ctx, Key{who.Tenant, session}, file); err != nil {
		return File{}, unavailable("put file", err)
	}
	return file, nil
}

// Files returns all files of a session, oldest first, for an export.
func (m *Manager) Files(ctx context.Context, who Principal, session string) ([]File, error) {
	ctx, cancel := m.limit(ctx)
	defer cancel()
	s, err := m.store.Get(ctx, Key{who.Tenant, session})
	if err != nil {
		return nil, unavailable("read", err)
	}
	if who.Subject == "" || s.Owner != who.Subject {
		return nil, fmt.Errorf("%w: session", ErrNotFound)
	}
	files, err := m.store.Files(ctx, Key{who.Tenant, session}, nil)
	if err != nil {
		return nil, unavailable("read files", err)
	}
	return files, nil
}

// attach finds the files that a message names.
func (m *Manager) attach(ctx context.Context, key Key, ids []string) ([]Attachment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > MaxAttachments {
		return nil, fmt.Errorf("%w: a message has at most %d attachments", ErrTooLarge, MaxAttachments)
	}
	ctx, cancel := m.limit(ctx)
	defer cancel()
	files, err := m.store.Files(ctx, key, ids)
	if err != nil {
		return nil, unavailable("read files", err)
	}
	if len(files) != len(ids) {
		return nil, fmt.Errorf("%w: attachments name a file that is not there", ErrInvalid)
	}
	list := make([]Attachment, len(files))
	for i, f := range files {
		list[i] = Attachment{f.ID, f.Name}
	}
	return list, nil
}

// readTimeout bounds the reading of a message's files before its turn.
const readTimeout = 10 * time.Second

// attached reads the files of a message, for its turn.
func (m *Manager) attached(ctx context.Context, key Key, message Message) ([]File, error) {
	if len(message.Attachments) == 0 {
		return nil, nil
	}
	ids := make([]string, len(message.Attachments))
	for i, a := range message.Attachments {
		ids[i] = a.ID
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	files, err := m.store.Files(ctx, key, ids)
	if err != nil {
		return nil, unavailable("read files", err)
	}
	return files, nil
}
