package skills_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval/skills"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		text string
		want string // names in order, parted by a semicolon
	}{
		{"deploy it on k8s", "Kubernetes"},
		{"Node.js, nodejs, node js, node-js and Node JS", "Node.js;Node.js;Node.js;Node.js;Node.js"},
		{"C++ and C# on .NET", "C++;C#;.NET"},
		{"C++, C#.", "C++;C#"},
		{"we have a net loss", ""},
		{"an e-commerce, ecommerce or e commerce site", "E-commerce Development;E-commerce Development;E-commerce Development"},
		{"landing pages and a landing page", "Landing Page Development;Landing Page Development"},
		{"React/Vue/Angular", "React;Vue.js;Angular"},
		{"Vue3 and Angular 2", "Vue.js;Angular"},
		{"Vue3 2", "Vue.js"},
		{"vue", "Vue.js"},
		{"vu", ""},
		{"Vue345 kubernete kubernetess", ""},
		{"KUBERNETES, Kübernétes", "Kubernetes;Kubernetes"},
		{strings.Repeat("node", 30), ""},
		{"word press site", "WordPress"},
		{"(WordPress)", "WordPress"},
		{"WordPresses wordpressing", ""},
		{"react native developer", "React Native"},
		{"", ""},
		{"🎉 Python 🎉", "Python"},
		{"LaTeX\nPython", "LaTeX;Python"},

		{"Must know React and TypeScript.", "React;TypeScript"},
		{"need a react developer", "React"},
		{"built with flask", "Flask"},
		{"how do users react to the page", ""},
		{"React quickly to messages", ""},
		{"We need swift delivery", ""},
		{"Swift Delivery For All Of Our Customers", ""},
		{"an app in Swift", "Swift"},
		{"go ahead", ""},
		{"Go ahead and write it", ""},
		{"We use Docker. Go ahead and write it. Access to AWS is given.", "Docker;Amazon Web Services"},
		{"we need AI and ML, then ai for 5 ml of j'ai", "Artificial Intelligence;Machine Learning"},
		{"set up GA4", "Google Analytics"},
		{"Node.js, Express, MongoDB", "Node.js;Express.js;MongoDB"},
		{"American Express cards", ""},
		{"VA", "Virtual Assistance"},
		{"react", "React"},
		{"go", ""},
		{"a cutting-edge AI company", "Artificial Intelligence"},
		{"the API is written in Go", "API Development;Go"},
		{"C", ""},
		{"vitamin C tablets", ""},
		{"a USB-C cable", ""},
		{"our R&D team", ""},
		{"C$50 an hour", ""},
		{"analysis in R", "R"},
		{"C, C++ or Rust", "C;C++;Rust"},

		{"help in design of a poster", ""},
		{"I'm a baker", ""},
		{"a canvas print", ""},
		{"can open the shop", ""},
		{"please help me", ""},
	}
	for _, test := range tests {
		var names []string
		for _, m := range skills.Default().Match(test.text) {
			names = append(names, m.Skill.Name)
			if test.text[m.Start:m.End] != m.Text {
				t.Errorf("%q: text %q is not at [%d, %d)", test.text, m.Text, m.Start, m.End)
			}
		}
		if got := strings.Join(names, ";"); got != test.want {
			t.Errorf("Match(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("Node.js, C++ & .NET in R/Go, e-commerce K8S")
	f.Add("\xff.net\x00C#+++")
	f.Add("é\u0301İ.É")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, m := range skills.Default().Match(text) {
			if m.Start < last || m.End <= m.Start || m.End > len(text) || text[m.Start:m.End] != m.Text {
				t.Fatalf("match %+v after %d in %q", m, last, text)
			}
			last = m.End
		}
	})
}

func TestLongTextsAreMatchedInTime(t *testing.T) {
	for _, piece := range []string{"a", "a ", "react ", "C+", ".", "-a", "node js "} {
		text := strings.Repeat(piece, 60<<10/len(piece))
		start := time.Now()
		skills.Default().Match(text)
		// Quadratic work would need minutes; the limit leaves room for a busy machine.
		if spent := time.Since(start); spent > 5*time.Second {
			t.Errorf("%q…: %v", piece, spent)
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
		if _, err := skills.Parse(embedded()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMatchAtOnce: what one goroutine reads does not get into another's matches.
func TestMatchAtOnce(t *testing.T) {
	vocabulary := skills.Default()
	texts := []string{"deploy it on k8s with Python", "Node.js and an e-commerce site", "Straße, Ünïcödé und WordPress", "no skill at all"}
	want := make([][]skills.Match, len(texts))
	for i, text := range texts {
		want[i] = vocabulary.Match(text)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for n := range 200 {
				i := n % len(texts)
				if got := vocabulary.Match(texts[i]); !slices.Equal(got, want[i]) {
					t.Errorf("%q: %v", texts[i], got)
				}
			}
		})
	}
	wg.Wait()
}
