package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/parleyhq/parley/sessions"
)

func file(id string) sessions.File {
	return sessions.File{ID: id, Name: "cv “new”.pdf", Type: "pdf", Text: "Zoë\nLine 2", Cut: true, Created: now()}
}

func testFiles(t *testing.T, store sessions.Store) {
	ctx := t.Context()
	a, b := newSession(t, store, "a"), newSession(t, store, "b")
	one, two, other := file("f1"), file("f2"), file("f1")
	other.Text = "of another session"
	for _, put := range []struct {
		key  sessions.Key
		file sessions.File
	}{{key(a), one}, {key(a), two}, {key(b), other}} {
		if err := store.PutFile(ctx, put.key, put.file); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct{ ids, want []string }{
		"in the order of ids": {[]string{"f2", "f1"}, []string{"f2", "f1"}},
		"what is not there":   {[]string{"f9", "f2"}, []string{"f2"}},
		"none":                {[]string{}, nil},
		"all":                 {nil, []string{"f1", "f2"}},
	} {
		files, err := store.Files(ctx, key(a), c.ids)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var ids []string
		for _, f := range files {
			ids = append(ids, f.ID)
		}
		equal(t, name, ids, c.want)
	}
	files, err := store.Files(ctx, key(a), []string{"f1"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "a file", files, []sessions.File{one})
	isError(t, "a file of no session", store.PutFile(ctx, sessions.Key{Tenant: tenant, Session: "none"}, one), sessions.ErrNotFound)
	if err := store.Delete(ctx, key(a)); err != nil {
		t.Fatal(err)
	}
	if files, err = store.Files(ctx, key(a), nil); err != nil || len(files) > 0 {
		t.Errorf("files of a deleted session: %v, %v", files, err)
	}
}

// testFileLimit checks that uploads at once stay within the limit too.
func testFileLimit(t *testing.T, store sessions.Store) {
	s := newSession(t, store, "a")
	var wg sync.WaitGroup
	for i := range sessions.MaxFiles + 5 {
		wg.Go(func() { _ = store.PutFile(t.Context(), key(s), file(fmt.Sprintf("f%d", i))) })
	}
	wg.Wait()
	files, err := store.Files(t.Context(), key(s), nil)
	if err != nil || len(files) != sessions.MaxFiles {
		t.Errorf("%d files, %v", len(files), err)
	}
	isError(t, "one more", store.PutFile(t.Context(), key(s), file("more")), sessions.ErrTooLarge)
}
