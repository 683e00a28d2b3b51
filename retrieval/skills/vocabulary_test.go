package skills_test

import (
	"io/fs"
	"os"
	"testing"

	"github.com/parleyhq/parley/retrieval/skills"
)

func embedded(t testing.TB) fs.FS {
	t.Helper()
	return os.DirFS("vocabulary")
}

func TestEmbeddedVocabularyIsValid(t *testing.T) {
	v, err := skills.Parse(embedded(t))
	if err != nil {
		t.Error(err)
	}
	if v.Len() < 1500 {
		t.Errorf("%d skills, want at least 1500", v.Len())
	}
	t.Log(v.Len())
}
