package skills_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/skills"
)

func TestCtx(t *testing.T) {
	if os.Getenv("CTX") == "" {
		t.Skip()
	}
	want := map[string]bool{}
	for _, w := range strings.Split(os.Getenv("CTX"), ",") {
		want[w] = true
	}
	files, _ := filepath.Glob("../demo/source/posts-*.jsonl")
	for _, f := range files {
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var p struct{ Title, Description string }
			json.Unmarshal(sc.Bytes(), &p)
			text := p.Title + "\n" + p.Description
			for _, m := range skills.Default().Match(text) {
				if want[strings.ToLower(m.Text)] {
					fmt.Printf("%s: %q\n", m.Skill.Name, text[max(0, m.Start-40):min(len(text), m.End+30)])
				}
			}
		}
	}
}
