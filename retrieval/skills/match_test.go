package skills_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parleyhq/parley/retrieval/skills"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		text string
		want string // names in order, parted by a semicolon
	}{
		{"deploy it on k8s", "Kubernetes"},
		{"Node.js, nodejs, node js and Node JS", "Node.js;Node.js;Node.js;Node.js"},
		{"C++ and C# on .NET", "C++;C#;.NET"},
		{"we have a net loss", ""},
		{"Must know React and TypeScript.", "React;TypeScript"},
		{"need a react developer", "React"},
		{"how do users react to the page", ""},
		{"We need swift delivery", ""},
		{"go ahead", ""},
		{"the backend is written in Go", "Back-End Development;Go"},
		{"help in design of a poster", ""},
		{"no WordPress please", "WordPress"},
		{"word press site", "WordPress"},
		{"C", ""},
		{"vitamin C tablets", ""},
		{"", ""},
	}
	for _, test := range tests {
		var names []string
		for _, m := range skills.Default().Match(test.text) {
			names = append(names, m.Skill.Name)
			if test.text[m.Start:m.End] != m.Text {
				t.Errorf("%q: text %q is not at [%d, %d)", test.text, m.Text, m.Start, m.End)
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(names, ";")); diff != "" {
			t.Errorf("Match(%q) (-want +got):\n%s", test.text, diff)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	text := strings.Repeat("I need someone to build an online shop on Shopify or WooCommerce with React and Node.js. ", 23)[:2000]
	v := skills.Default()
	b.ReportAllocs()
	for b.Loop() {
		v.Match(text)
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		_, _ = skills.Parse(embedded(b))
	}
}
