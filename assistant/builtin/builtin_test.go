package builtin_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func fact(id, kind, key, text string, attrs ...string) model.Fact {
	f := model.Fact{ID: id, Kind: kind, Key: key, Text: text, Attrs: map[string]string{}}
	for i := 0; i+1 < len(attrs); i += 2 {
		f.Attrs[attrs[i]] = attrs[i+1]
	}
	return f
}

func write(t *testing.T, task string, facts ...model.Fact) (text string, pieces int) {
	t.Helper()
	_, err := builtin.Composer{}.Generate(t.Context(), model.Request{Purpose: model.JobPost, Task: task, Facts: facts}, func(piece string) error {
		text += piece
		pieces++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text, pieces
}

func TestSuite(t *testing.T) {
	modeltest.RunSuite(t, builtin.Composer{}, model.Request{Purpose: model.JobPost, Task: "reply", Facts: []model.Fact{
		fact("f1", "start", "", "Logo for a cafe"), fact("f2", "change", "pay", "$300", "name", "budget"), fact("f3", "question", "level", "How experienced should the person be?"),
	}})
}

func TestReply(t *testing.T) {
	tests := []struct {
		name  string
		facts []model.Fact
		want  string
	}{
		{"a draft begins", []model.Fact{fact("f1", "start", "", "Logo for a cafe"), fact("f2", "change", "pay", "$300"), fact("f3", "change", "deadline", "before Easter")},
			"I have started your post: “Logo for a cafe” [f1]. Noted: $300 and done before Easter [f2] [f3]."},
		{"a draft without a title", []model.Fact{fact("f1", "start", "", "")}, "I have started your post [f1]."},
		{"one new term", []model.Fact{fact("f1", "change", "duration", "Six weeks")}, "Noted: six weeks [f1]."},
		{"a changed sum", []model.Fact{fact("f1", "change", "pay", "$2,500", "old", "$2,000")}, "The budget is now $2,500 [f1]."},
		{"a changed rate", []model.Fact{fact("f1", "change", "pay", "$25 an hour", "old", "$20 an hour")}, "The rate is now $25 an hour [f1]."},
		{"a changed end", []model.Fact{fact("f1", "change", "deadline", "before Easter", "old", "before Christmas")}, "It should now be done before Easter [f1]."},
		{"a level", []model.Fact{fact("f1", "change", "level", "expert")}, "Noted: expert level [f1]."},
		{"skills", []model.Fact{fact("f1", "change", "skills", "React and Go", "n", "2")}, "I have added React and Go to the skills [f1]."},
		{"entries too long for a sentence", []model.Fact{fact("f1", "change", "deliverables", strings.Repeat("a very long thing ", 10))}, "I have added that to the deliverables [f1]."},
		{"two lists", []model.Fact{fact("f1", "change", "deliverables", "a logo", "n", "1"), fact("f2", "change", "conditions", "no agencies", "n", "1")},
			"I have added a logo to the deliverables, and no agencies to the conditions [f1] [f2]."},
		{"only running text", []model.Fact{fact("f1", "change", "summary", "We sell shoes")}, "I have worked that into the description [f1]."},
		{"running text beside a term", []model.Fact{fact("f1", "change", "summary", "We sell shoes"), fact("f2", "change", "pay", "$90")}, "Noted: $90 [f2]."},
		{"declined", []model.Fact{fact("f1", "declined", "pay", "budget")}, "No problem, the budget can stay open [f1]."},
		{"taken back", []model.Fact{fact("f1", "removed", "", "WordPress")}, "I have taken out “WordPress” [f1]."},
		{"figure and question", []model.Fact{fact("f1", "figure", "fixed", "Similar fixed-price posts mostly paid $2–3 (median $2, 14 posts)."), fact("f2", "question", "pay", "What budget do you have in mind?")},
			"Similar fixed-price posts mostly paid $2–3 (median $2, 14 posts) [f1]. What budget do you have in mind [f2]?"},
		{"ready", []model.Fact{fact("f1", "ready", "", ""), fact("f2", "open", "", "budget and level")}, "Your post is ready [f1]. Still open: budget and level [f2]."},
		{"ready with marks", []model.Fact{fact("f1", "ready", "marked", "")}, "Your post is ready [f1]. Some of its wording is still marked for a change [f1]."},
		{"unknown kinds are passed over", []model.Fact{fact("f1", "secret", "", "x"), fact("f2", "intent", "thanks", "")}, "You are welcome [f2]."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, pieces := write(t, "reply", test.facts...)
			if got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if sentences := strings.Count(got, "]."); pieces < sentences {
				t.Errorf("%d pieces for %d sentences", pieces, sentences)
			}
		})
	}
}

func TestDescription(t *testing.T) {
	got, _ := write(t, "description", fact("f1", "statement", "", "I need a logo."), fact("f2", "statement", "", "It is for a cafe."), fact("f3", "term", "", "The budget is $300."), fact("f4", "excluded", "", "Canva"))
	if want := "I need a logo [f1]. It is for a cafe [f2].\n\nThe budget is $300 [f3]."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRefuses(t *testing.T) {
	for _, request := range []model.Request{{Task: "poem"}, {Task: "reply", Schema: []byte(`{}`)}} {
		_, err := builtin.Composer{}.Generate(t.Context(), request, func(string) error { return nil })
		if !errors.Is(err, model.ErrRejected) {
			t.Errorf("%+v: %v, want ErrRejected", request, err)
		}
	}
}
