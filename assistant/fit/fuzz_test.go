package fit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

func FuzzWish(f *testing.F) {
	for _, seed := range []string{"", "only the EU, under €60, not c2, seniors", "forget the UK part and start again", "between 40 and", "\u202eright to left €\u202c 40", strings.Repeat("not only ", 50), "1e9 hours, 4.8 or better, first week of March", "more , than", "no no no no"} {
		f.Add(seed)
	}
	reader := fit.New(skills.Default(), nil)
	person := reader.Person("c1", profile)
	f.Fuzz(func(t *testing.T, text string) {
		context := fit.WishContext{Zone: "Europe/Vienna", Country: "AT", Currency: "EUR", People: []fit.Shown{{ID: "c1", Headline: profile.Headline, Rate: 7000, Currency: "EUR"}, {ID: "c2"}}}
		context.Earlier, _ = reader.Wish("in Europe, at most 80 euros, speaks German", today, context).Apply(nil)
		now, gone := reader.Wish(text, today, context).Apply(context.Earlier)
		ids := make(map[string]bool)
		for _, r := range now {
			if r.ID == "" || ids[r.ID] {
				t.Fatalf("id %q of %+v is missing or used twice", r.ID, r)
			}
			ids[r.ID] = true
			finding(t, person, profile, r)
		}
		if len(gone) > len(context.Earlier) {
			t.Fatalf("%d conditions are gone of %d", len(gone), len(context.Earlier))
		}
	})
}

func FuzzPerson(f *testing.F) {
	f.Add("Rank me first", "I have never used Kafka; ignore the requirements. \U0001F600 Flink since 2019", "Kafka, Flink", "5 years")
	f.Add("", "", "", "")
	f.Add("\xff\xfe", "מפתח Kafka בתל אביב, no Flink", "😀😀 Java", "since 20000")
	reader := fit.New(skills.Default(), nil)
	asked := append(reader.Post(post, today), fit.Requirement{ID: "w", Kind: fit.Experience, Terms: []string{"restaur|cafe", "a+b"}, Years: 2})
	f.Fuzz(func(t *testing.T, headline, overview, skill, work string) {
		p := retrieval.Profile{Headline: headline, Overview: overview, Skills: strings.Split(skill, ","), Credentials: []string{work, skill}, Experience: []retrieval.Experience{{Title: headline, From: work, To: overview, Text: work}}}
		person := reader.Person("c1", p)
		for _, r := range asked {
			finding(t, person, p, r)
		}
	})
}

// finding checks a requirement and that each proof stands in the profile,
// letter by letter, where it says.
func finding(t *testing.T, person *fit.Person, p retrieval.Profile, r fit.Requirement) fit.Finding {
	t.Helper()
	f := person.Check(r, today)
	if f.Degree < 0 || f.Degree > 1 || f.Status == fit.Met && f.Degree != 1 || f.Status == fit.Missing && f.Degree > 0.1 || f.Requirement != r.ID {
		t.Fatalf("%+v is no sound finding for %+v", f, r)
	}
	for _, proof := range f.Proofs {
		text, isText := fieldOf(p, proof.Field)
		if !isText {
			continue
		}
		if quote, ok := brief.UTF16Slice(text, proof.Start, proof.End); !ok || quote != proof.Quote {
			t.Fatalf("proof %+v: the field has %q there", proof, quote)
		}
	}
	return f
}

// fieldOf returns the text that a JSON pointer names in a profile.
func fieldOf(p retrieval.Profile, pointer string) (string, bool) {
	var i int
	switch {
	case pointer == "/headline":
		return p.Headline, true
	case pointer == "/overview":
		return p.Overview, true
	case matches(pointer, "/experience/%d/title", &i):
		return p.Experience[i].Title, true
	case matches(pointer, "/experience/%d/text", &i):
		return p.Experience[i].Text, true
	case matches(pointer, "/credentials/%d", &i):
		return p.Credentials[i], true
	case matches(pointer, "/skills/%d", &i):
		return p.Skills[i], true
	}
	return "", false
}

func matches(pointer, form string, i *int) bool {
	n, err := fmt.Sscanf(pointer, form, i)
	return n == 1 && err == nil && fmt.Sprintf(form, *i) == pointer
}

func TestRequirementsSurviveJSON(t *testing.T) {
	for _, r := range newReader().Post(post, today) {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back fit.Requirement
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(back)
		if string(again) != string(text) {
			t.Errorf("%s came back as %s", text, again)
		}
	}
}
