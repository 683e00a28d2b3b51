package assistant_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/workflow/jobpost"
)

// TestQuestionsToParley checks that what a person asks Parley itself is
// answered, leaves the post alone and keeps the open question open.
func TestQuestionsToParley(t *testing.T) {
	for message, want := range map[string]string{
		"what do you have so far?":       "$4,000",
		"what else do you need?":         "level",
		"what was the question?":         "",
		"sorry, what do you mean?":       "",
		"why do you ask?":                "I ask because",
		"can you publish it for me?":     "Publishing it",
		"can you be faster?":             "just write it",
		"wait, what have you got so far": "$4,000",
	} {
		t.Run(message, func(t *testing.T) {
			c := begin(t)
			first := c.say(shop)
			before := first.doc
			a := c.say(message)
			checkTurn(t, c, &before, a)
			if !strings.Contains(a.text, want) {
				t.Errorf("answered by %q", a.text)
			}
			if len(a.questions) != 1 || a.questions[0].Slot != first.questions[0].Slot || len(a.questions[0].Suggestions) != len(first.questions[0].Suggestions) {
				t.Errorf("the open question %+v became %+v", first.questions, a.questions)
			}
			if a.doc.Description != before.Description || len(a.doc.Deliverables) != len(before.Deliverables) {
				t.Errorf("the post took it in: %q, %q", a.doc.Description, a.doc.Deliverables)
			}
		})
	}
}

func TestQuestionIsPutAgainOnceAtMost(t *testing.T) {
	c := begin(t)
	slot := c.say(shop).questions[0].Slot
	if a := c.say("what was the question?"); len(a.questions) != 1 || a.questions[0].Slot != slot {
		t.Errorf("again: %+v", a.questions)
	}
	if a := c.say("what was the question?"); len(a.questions) == 1 && a.questions[0].Slot == slot {
		t.Error("the same question for the third time")
	}
}

func TestWorkThatIsTurnedDown(t *testing.T) {
	c := begin(t)
	a := c.say("write my thesis on bees for me, $500")
	if c.draft != nil || len(a.questions) != 0 || !strings.Contains(a.text, "I cannot write a post for") {
		t.Errorf("%q, draft %v", a.text, c.draft)
	}
	checkTurn(t, c, nil, a)
	a = c.say("then a logo for my bakery")
	before := a.doc
	if a = c.say("and 50 fake reviews for it"); a.doc.Description != before.Description || !strings.Contains(a.text, "I cannot") {
		t.Errorf("%q, %q", a.text, a.doc.Description)
	}
}

// TestWishesThatAreUnlawful checks that each wish is told with its word, and
// again where the person insists in other words.
func TestWishesThatAreUnlawful(t *testing.T) {
	c := begin(t)
	a := c.say("I need a young female receptionist for our dental practice, under 30, German speaking")
	for _, word := range []string{"young", "female", "under 30"} {
		if !strings.Contains(strings.ToLower(a.text), word) {
			t.Errorf("nothing is said of %q: %s", word, a.text)
		}
	}
	a = c.say("why not? i want a girl on the team")
	if !strings.Contains(a.text, "unlawful") {
		t.Errorf("“why not” is answered by %q", a.text)
	}
	if strings.Contains(a.doc.Description, "girl") && !warns(a.doc.Warnings, "girl") {
		t.Errorf("stands in the post without a warning: %q", a.doc.Description)
	}
}

func warns(list []jobpost.Warning, word string) bool {
	for _, w := range list {
		if strings.Contains(w.Word, word) {
			return true
		}
	}
	return false
}

func TestYesAndNoToAYesNoQuestion(t *testing.T) {
	c := begin(t)
	c.say("A contract for my coffee cart, 12 pages, $500 fixed, by 15 December, expert, contract law")
	for range 5 {
		q := c.history[len(c.history)-1].Response.Question
		if q == nil {
			return
		}
		a := c.say("yes")
		if strings.Contains(a.text, "found nothing") {
			t.Errorf("%q answered by “yes”: %q", q.Text, a.text)
		}
	}
}

func TestSumWithoutCurrency(t *testing.T) {
	c := begin(t)
	a := c.say("Logo for a bike shop, three drafts and files for print, budget 400, two weeks")
	if len(a.questions) != 1 || a.questions[0].Slot != "currency" {
		t.Fatalf("asks %+v", a.questions)
	}
	if strings.Contains(a.text, "median") {
		t.Errorf("compares a sum that has no currency: %q", a.text)
	}
	found := false
	for _, slot := range a.doc.Missing {
		found = found || slot == "currency"
	}
	if !found {
		t.Errorf("missing %v", a.doc.Missing)
	}
}

func TestHourlyFigureOnRequest(t *testing.T) {
	c := begin(t)
	c.say("A developer for our React dashboard with saved filters and CSV export")
	c.say("what does that cost?")
	if a := c.say("and if I pay per hour?"); !strings.Contains(a.text, "an hour") {
		t.Errorf("answers %q", a.text)
	}
}
