package skills_test

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parleyhq/parley/retrieval/skills"
)

func embedded() fs.FS { return os.DirFS("vocabulary") }

// Names and aliases are unique over all files and every relation resolves:
// Parse says so, and Default would not start otherwise.
func TestEmbeddedVocabularyIsValid(t *testing.T) {
	v, err := skills.Parse(embedded())
	if err != nil {
		t.Fatal(err)
	}
	if v.Len() < 1500 {
		t.Errorf("%d skills, want at least 1500", v.Len())
	}
	perCategory := make(map[string]int)
	for _, skill := range v.Skills() {
		perCategory[skill.Category]++
	}
	if len(perCategory) != 16 {
		t.Errorf("%d categories, want 16", len(perCategory))
	}
	for category, n := range perCategory {
		if n < 50 {
			t.Errorf("%s has %d skills, want at least 50", category, n)
		}
	}
}

func TestNoSkillIsItsOwnAncestor(t *testing.T) {
	v := skills.Default()
	for _, skill := range v.Skills() {
		seen := make(map[string]bool)
		var climb func(names []string)
		climb = func(names []string) {
			for _, name := range names {
				if name == skill.Name {
					t.Errorf("%s is broader than itself", name)
				}
				if up, ok := v.Lookup(name); ok && !seen[name] {
					seen[name] = true
					climb(up.Broader)
				}
			}
		}
		climb(skill.Broader)
	}
}

// Every name and alias leads to its skill, as Lookup and within a sentence.
func TestEveryFormIsFound(t *testing.T) {
	v := skills.Default()
	for _, skill := range v.Skills() {
		for _, form := range append([]string{skill.Name}, skill.Aliases...) {
			for _, text := range []string{form, strings.ToUpper(form), strings.ToLower(form)} {
				if found, ok := v.Lookup(text); !ok || found.Name != skill.Name {
					t.Errorf("Lookup(%q) = %q, want %q", text, found.Name, skill.Name)
				}
			}
		}
		if skill.Everyday || len(skill.Name) == 1 {
			continue
		}
		text := "someone good at " + skill.Name + ", please"
		if !slices.ContainsFunc(v.Match(text), func(m skills.Match) bool { return m.Skill.Name == skill.Name }) {
			t.Errorf("Match(%q) does not find it: %v", text, v.Match(text))
		}
	}
}

func TestFlutterIsAboutMobile(t *testing.T) {
	v := skills.Default()
	text := "Looking for a Flutter developer to add push notifications to our app, Firebase is set up, Dart code is clean."
	votes := make(map[string]int)
	for _, m := range v.Match(text) {
		votes[m.Skill.Category]++
	}
	for category, n := range votes {
		if category != "mobile" && n >= votes["mobile"] {
			t.Errorf("%s has %d skills in it, mobile %d", category, n, votes["mobile"])
		}
	}
	var names []string
	for _, up := range v.Ancestors("flutter app") {
		names = append(names, up.Name)
	}
	if !slices.Contains(names, "Mobile App Development") {
		t.Errorf("ancestors of Flutter are %v", names)
	}
}

func TestRelatedness(t *testing.T) {
	v := skills.Default()
	between := func(a, b string, low, high float64) {
		t.Helper()
		there, back := v.Relatedness(a, b), v.Relatedness(b, a)
		if there < low || there > high || there != back {
			t.Errorf("Relatedness(%s, %s) = %.2f and %.2f back, want %.2f–%.2f", a, b, there, back, low, high)
		}
	}
	between("k8s", "Kubernetes", 1, 1)
	between("Flutter", "Cross-platform Mobile Development", 0.75, 0.75)
	between("Flutter", "Mobile App Development", 0.5, 0.6)
	between("Flutter", "Dart", 0.6, 0.75)
	between("Shopify", "Stripe", 0.3, 0.75)
	between("Logo Design", "Tax Preparation", 0, 0)
	between("Logo Design", "no such thing", 0, 0)
	if near, far := v.Relatedness("React", "Vue.js"), v.Relatedness("React", "Bookkeeping"); near <= far {
		t.Errorf("React is no nearer to Vue.js (%.2f) than to Bookkeeping (%.2f)", near, far)
	}
}

func TestParseReportsEveryFault(t *testing.T) {
	tests := map[string]string{
		"Go |\ngo |":                            `name "go" is taken`,
		"A1 | two\nB1 | two":                    `"two" is a form of "A1" already`,
		"A1 | b-one\nB One |":                   `"b-one" is a form of "B One" already`,
		"A1 | | broader: Missing":               `refers to "Missing"`,
		"A1 | | broader: A1":                    `refers to "A1"`,
		"A1 | | wider: B1\nB1 |":                `unknown field "wider: B1"`,
		"| alias":                               "no name",
		strings.Repeat("long ", 20) + "| alias": "not a usable form",
	}
	for text, want := range tests {
		v, err := skills.Parse(fstest.MapFS{"web.txt": {Data: []byte(text)}})
		if !errors.Is(err, skills.ErrInvalid) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "web.txt:") {
			t.Errorf("Parse(%q): %v, want %q with the line", text, err, want)
		}
		if v == nil {
			t.Errorf("Parse(%q) returned no vocabulary beside its error", text)
		}
	}
}

func TestUnknownWordsAreNotLookedUp(t *testing.T) {
	for _, text := range []string{"", " ", "---", "qwertz", "🎉"} {
		if found, ok := skills.Default().Lookup(text); ok {
			t.Errorf("Lookup(%q) = %q", text, found.Name)
		}
	}
}
