package skills_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/skills"
)

func TestFreq(t *testing.T) {
	if os.Getenv("FREQ") == "" {
		t.Skip()
	}
	files, _ := filepath.Glob("../demo/source/posts-*.jsonl")
	type key struct{ text, name, cat string }
	n := map[key]int{}
	off := map[key]int{}
	total := 0
	for _, f := range files {
		cat := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "posts-"), ".jsonl")
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var p struct{ Title, Description string }
			if json.Unmarshal(sc.Bytes(), &p) != nil {
				continue
			}
			total++
			for _, m := range skills.Default().Match(p.Title + "\n" + p.Description) {
				k := key{strings.ToLower(m.Text), m.Skill.Name, m.Skill.Category}
				n[k]++
				if m.Skill.Category != cat {
					off[k]++
				}
			}
		}
	}
	var keys []key
	for k := range off {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(a, b int) bool { return off[keys[a]] > off[keys[b]] })
	fmt.Println(total)
	for _, k := range keys[:min(330, len(keys))] {
		fmt.Printf("%d/%d %s=%s(%s); ", off[k], n[k], k.text, k.name, k.cat)
	}
}
