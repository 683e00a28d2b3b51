package eval

import (
	"errors"
	"io"
	"strings"
	"testing"
)

type toy struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func checkToy(n int, t *toy) error {
	if t.Text == "" {
		return errors.New("text is missing")
	}
	return nil
}

func TestReadCases(t *testing.T) {
	cases, err := ReadCases(strings.NewReader("\ufeff{\"id\":\"a\",\"text\":\"x\",\"new\":{\"k\":[1]}}\n\n  {\"text\":\"y\"}\r\n"), checkToy)
	if err != nil || len(cases) != 2 || cases[0].ID != "a" || cases[1].Text != "y" {
		t.Errorf("read %v, %v", cases, err)
	}
}

func TestBrokenCasesAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":       {"{\"text\":\"x\"}\n{broken\n", "line 2"},
		"cut off":       {"{\"text\":\"x", "line 1"},
		"wrong type":    {"{\"text\":7}", "line 1"},
		"what it lacks": {"\n{\"id\":\"a\"}", "line 2: text is missing"},
		"a list":        {"[]", "line 1"},
		"nothing":       {"\n\n", "no cases"},
		"too long":      {"{\"text\":\"" + strings.Repeat("x", maxCase+1) + "\"}", "line 1"},
	} {
		_, err := ReadCases(strings.NewReader(c.text), checkToy)
		if !errors.Is(err, ErrData) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEmbeddedCases(t *testing.T) {
	for _, task := range []string{"routing", "job_post", "proposal", "shortlist", "injection", "moderation"} {
		file, err := Cases(task)
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := io.ReadAll(file); err != nil || len(raw) == 0 {
			t.Errorf("%s: %d bytes, %v", task, len(raw), err)
		}
		file.Close()
	}
	if _, err := Cases("../doc"); !errors.Is(err, ErrData) {
		t.Errorf("a task that is none: %v", err)
	}
}
