package builtin_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/builtin"
	"github.com/parleyhq/parley/assistant/model"
)

func TestShortlist(t *testing.T) {
	for _, test := range []struct {
		task  string
		facts []model.Fact
		want  string
	}{
		{"reply", []model.Fact{fact("f1", "lead", "", "I looked at 3 profiles."), fact("f2", "candidate", "", "c1 comes first."), fact("f3", "gap", "", "Gap: no rate."), fact("f4", "candidate", "", "c2 is second."), fact("f5", "next", "", "Tell me what to narrow.")},
			"I looked at 3 profiles [f1].\n\nc1 comes first [f2]. Gap: no rate [f3].\n\nc2 is second [f4].\n\nTell me what to narrow [f5]."},
		{"reply", []model.Fact{fact("f1", "note", "", "You are welcome."), fact("f2", "next", "", "The list stays as it is.")}, "You are welcome [f1]. The list stays as it is [f2]."},
		{"invitation", []model.Fact{fact("f1", "greeting", "", "Hello."), fact("f2", "work", "", "I am looking for a baker."), fact("f3", "proof", "", "You baked bread."), fact("f4", "term", "", "The pay is $20 an hour."), fact("f5", "term", "", "It takes 10 hours a week."), fact("f6", "closing", "", "Please send me a proposal.")},
			"Hello [f1].\n\nI am looking for a baker [f2]. You baked bread [f3].\n\nThe pay is $20 an hour [f4]. It takes 10 hours a week [f5].\n\nPlease send me a proposal [f6]."},
	} {
		var got string
		_, err := builtin.Composer{}.Generate(t.Context(), model.Request{Purpose: model.Shortlist, Task: test.task, Facts: test.facts}, func(piece string) error {
			got += piece
			return nil
		})
		if err != nil || got != test.want {
			t.Errorf("%v\ngot  %q\nwant %q", err, got, test.want)
		}
	}
}
