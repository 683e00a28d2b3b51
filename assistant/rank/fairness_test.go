package rank_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
)

// ownNames are first and last names of many origins, among them such as are
// also words, tools, places or months.
var ownNames = strings.Split("Amara Diallo,Siobhan Kealy,Bjarne Ødegaard,Chidi Okwuosa,Yuki Tanabe,Guadalupe Rentería,Oleksandra Hnatiuk,Mohammed Benali,Shanice Dupree,Wojciech Zięba,"+
	"Priyanka Raghunathan,DeShawn Tolliver,Ingrid Solheim,Fatoumata Sow,Hyejin Paik,Xiadani Cruz,Levi Rosenthal,Nguyễn Thị Hoa,Tariq al-Hashimi,Beatriz Falcão,"+
	"Julia,Ruby,Amber,Pascal,Jasmine,April,Jordan,Chelsea,Savannah,Kenya,Rose,Mason,Hunter,Dean,Grace,Mark,Will,Art,Faith,Baker", ",")

// auditNames are those of a field experiment on discrimination, where they are at hand.
func auditNames(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("PARLEY_TESTDATA")
	if folder == "" {
		return nil
	}
	file, err := os.Open(filepath.Join(folder, "bias", "audit_first_names.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(packed).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rows[1:] {
		names = append(names, r[0])
	}
	return names
}

// said are ways in which somebody's person enters a profile: what is put into
// it, with a name where %s stands.
var said = map[string]func(p *retrieval.Profile, name string){
	"headline, first":       func(p *retrieval.Profile, name string) { p.Headline = name + " – " + p.Headline },
	"headline, first, bar":  func(p *retrieval.Profile, name string) { p.Headline = name + " | " + p.Headline },
	"headline, last":        func(p *retrieval.Profile, name string) { p.Headline += " – " + name },
	"headline, last, comma": func(p *retrieval.Profile, name string) { p.Headline += ", " + name },
	"I'm":                   func(p *retrieval.Profile, name string) { p.Overview = "Hi, I'm " + name + ". " + p.Overview },
	"my name is":            func(p *retrieval.Profile, name string) { p.Overview = "My name is " + name + ". " + p.Overview },
	"call me":               func(p *retrieval.Profile, name string) { p.Overview += " Please call me " + name + "." },
	"signed":                func(p *retrieval.Profile, name string) { p.Overview += "\n\nBest wishes,\n" + name },
	"signed with a dash":    func(p *retrieval.Profile, name string) { p.Overview += " – " + name },
	"in the experience": func(p *retrieval.Profile, name string) {
		for i := range p.Experience {
			p.Experience[i].Text += " My name there: " + name + "."
		}
	},
	"as a title": func(p *retrieval.Profile, name string) {
		for i := range p.Experience {
			p.Experience[i].Title += " (" + name + ")"
		}
	},
}

// personal are sentences on what nobody may be judged by.
var personal = []string{
	"I am a 52-year-old mother of two.", "I'm a 24 year old guy from a family of five.", "Aged 61, happily married, and a grandfather.", "As a single dad I know what time is worth.",
	"She/her.", "Pronouns: they/them.", "(he/him)", "I am a Muslim woman.", "I am a proud Christian.", "As a Jewish man I do not work on Saturdays.", "I am a gay man, 33.",
	"I am deaf.", "I am a wheelchair user.", "I was born in 1969.", "Age: 58.", "I'm 45 years old.", "I am pregnant with my second child.", "I am a Black woman.", "As a trans woman I care about this.",
	"Mother of three.", "My husband and I live by the sea.", "I turn 60 this year.", "Date of birth: 4 May 1971.", "I'm a veteran and a widower.",
}

type pool struct {
	id     string
	post   retrieval.JobPost
	people map[string]retrieval.Profile
}

// pools are the development cases of shortlists: posts, and people for them.
func pools(t *testing.T) []pool {
	t.Helper()
	content, err := os.ReadFile("../eval/tuning/shortlist.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var list []pool
	lines := bufio.NewScanner(bytes.NewReader(content))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct {
			ID   string            `json:"id"`
			Post retrieval.JobPost `json:"job_post"`
			Pool []json.RawMessage `json:"pool"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		p := pool{c.ID, c.Post, make(map[string]retrieval.Profile)}
		for _, raw := range c.Pool {
			var named struct {
				ID string `json:"id"`
				retrieval.Profile
			}
			if err := json.Unmarshal(raw, &named); err != nil {
				t.Fatal(err)
			}
			p.people[named.ID] = named.Profile
		}
		list = append(list, p)
	}
	return list
}

var rankingDay = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// judge is one piece of work, ready to judge profiles.
type judge struct {
	reader *fit.Reader
	work   rank.Work
}

func newJudge(post retrieval.JobPost) judge {
	reader := fit.New(skills.Default(), embed.Default())
	return judge{reader, rank.Work{Post: post, Requirements: reader.Post(post, rankingDay), Today: rankingDay}}
}

// judged is all that a profile is judged by, as text: how each requirement is
// met, and the value of each feature.
func (j judge) judged(p retrieval.Profile) string {
	person := j.reader.Person("c1", p)
	c := rank.Candidate{ID: "c1", Profile: p}
	var out strings.Builder
	for _, requirement := range j.work.Requirements {
		f := person.Check(requirement, rankingDay)
		c.Findings = append(c.Findings, f)
		fmt.Fprintf(&out, "%s %s: %s %.4f %s%s\n", requirement.ID, requirement.Text, f.Status, f.Degree, f.Via, f.Note)
	}
	for _, part := range rank.Default().Rank(j.work, []rank.Candidate{c}, nil)[0].Parts {
		fmt.Fprintf(&out, "%s %.4f\n", part.Feature, part.Value)
	}
	return out.String()
}

// clone copies what said changes.
func clone(p retrieval.Profile) retrieval.Profile {
	p.Experience = slices.Clone(p.Experience)
	return p
}

// TestNamesChangeNothing: a name, wherever it stands in a profile, changes no finding and no feature.
func TestNamesChangeNothing(t *testing.T) {
	names := append(slices.Clone(ownNames), auditNames(t)...)
	at, checked, moved := 0, 0, 0
	for _, c := range pools(t) {
		j := newJudge(c.post)
		for id, p := range c.people {
			before := j.judged(p)
			for where, put := range said {
				name := names[at%len(names)]
				at++
				named := clone(p)
				put(&named, name)
				checked++
				if after := j.judged(named); after != before {
					moved++
					t.Errorf("%s %s: %q %s changes what it is judged by:\n%s", c.id, id, name, where, differing(before, after))
				}
			}
		}
	}
	t.Logf("%d profiles with a name, %d judged otherwise", checked, moved)
}

// TestPersonsChangeNothing: sex, age, family, faith, health and descent change
// no finding and no feature.
func TestPersonsChangeNothing(t *testing.T) {
	at, checked, moved := 0, 0, 0
	for _, c := range pools(t) {
		j := newJudge(c.post)
		for id, p := range c.people {
			before := j.judged(p)
			for range 3 {
				sentence := personal[at%len(personal)]
				at++
				for where, told := range map[string]retrieval.Profile{
					"first":             with(p, func(p *retrieval.Profile) { p.Overview = sentence + " " + p.Overview }),
					"last":              with(p, func(p *retrieval.Profile) { p.Overview += " " + sentence }),
					"in the experience": with(p, func(p *retrieval.Profile) { p.Experience[0].Text += " " + sentence }),
				} {
					checked++
					if after := j.judged(told); after != before {
						moved++
						t.Errorf("%s %s: %q %s changes what it is judged by:\n%s", c.id, id, sentence, where, differing(before, after))
					}
				}
			}
		}
	}
	t.Logf("%d profiles with a personal sentence, %d judged otherwise", checked, moved)
}

func with(p retrieval.Profile, change func(*retrieval.Profile)) retrieval.Profile {
	p = clone(p)
	if len(p.Experience) == 0 {
		p.Experience = []retrieval.Experience{{}}
	}
	change(&p)
	return p
}

// differing are the lines of two texts that are not the same.
func differing(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out strings.Builder
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			fmt.Fprintf(&out, "  - %s\n  + %s\n", a[i], b[i])
		}
	}
	return out.String()
}
