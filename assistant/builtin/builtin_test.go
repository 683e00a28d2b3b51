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
		{"a draft begins", []model.Fact{fact("f1", "start", "", "Logo for a cafe"), fact("f2", "change", "pay", "$300", "clause", "the budget is $300"), fact("f3", "change", "deadline", "before Easter", "clause", "it should be finished before Easter")},
			"I have started your post: “Logo for a cafe” [f1]. The budget is $300, and it should be finished before Easter [f2] [f3]."},
		{"a draft without a title", []model.Fact{fact("f1", "start", "", "")}, "I have started your post [f1]."},
		{"one new term", []model.Fact{fact("f1", "change", "duration", "Six weeks", "clause", "it should take six weeks")}, "It should take six weeks [f1]."},
		{"a changed sum", []model.Fact{fact("f1", "change", "pay", "$2,500", "old", "$2,000", "clause", "the budget is $2,500")}, "The budget is now $2,500 [f1]."},
		{"a changed end", []model.Fact{fact("f1", "change", "deadline", "before Easter", "old", "before Christmas", "clause", "it should be finished before Easter")}, "It should now be finished before Easter [f1]."},
		{"a changed start", []model.Fact{fact("f1", "change", "start", "in May", "old", "in June", "clause", "it starts in May")}, "It now starts in May [f1]."},
		{"skills", []model.Fact{fact("f1", "change", "skills", "React and Go", "n", "2")}, "The post now asks for React and Go [f1]."},
		{"two lists", []model.Fact{fact("f1", "change", "deliverables", "a logo", "n", "1"), fact("f2", "change", "conditions", "no agencies", "n", "1")},
			"“A logo” is in the deliverables, and “No agencies” is in the conditions [f1] [f2]."},
		{"only running text", []model.Fact{fact("f1", "change", "summary", "We sell shoes.", "n", "1")}, "The description now says “We sell shoes” [f1]."},
		{"much running text", []model.Fact{fact("f1", "change", "summary", "We sell shoes.", "n", "4")}, "That is in the description now [f1]."},
		{"running text beside a term", []model.Fact{fact("f1", "change", "summary", "We sell shoes", "n", "1"), fact("f2", "change", "pay", "$90", "clause", "the budget is $90")}, "The budget is $90 [f2]."},
		{"declined", []model.Fact{fact("f1", "declined", "duration", "timing")}, "No problem, the timing can stay open [f1]."},
		{"declined, with what follows", []model.Fact{fact("f1", "declined", "level", "level", "effect", "people of every level can apply")}, "Then people of every level can apply [f1]."},
		{"taken back", []model.Fact{fact("f1", "removed", "", "WordPress")}, "“WordPress” is out [f1]."},
		{"two warnings", []model.Fact{fact("f1", "warning", "unlawful", "", "word", "“young” and “under 30”", "reason", "Sorting people by age is unlawful in most places. Name the experience instead."), fact("f2", "warning", "gender_coded", "", "word", "“salesman”", "reason", "The word names one sex.", "better", "salesperson")},
			"Before you publish, look at “young” and “under 30” in the post [f1]. Sorting people by age is unlawful in most places [f1]. Name the experience instead [f1]. Look at “salesman” as well [f2]. The word names one sex [f2]. You could say “salesperson” instead [f2]."},
		{"figure and question", []model.Fact{fact("f1", "figure", "fixed", "Similar fixed-price posts mostly paid $2–3 (median $2, 14 posts)."), fact("f2", "question", "pay", "What budget do you have in mind?")},
			"Similar fixed-price posts mostly paid $2–3 (median $2, 14 posts) [f1]. What budget do you have in mind [f2]?"},
		{"ready", []model.Fact{fact("f1", "ready", "", "the budget and the level", "n", "2")}, "Your post is ready; it leaves open the budget and the level [f1]."},
		{"ready with much open", []model.Fact{fact("f1", "ready", "", "the budget, the timing and the level", "n", "3")}, "The post says nothing of the budget, the timing and the level, and it can be published so [f1]. If you want to add something, just tell me [f1]."},
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
