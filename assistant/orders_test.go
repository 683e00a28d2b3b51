package assistant_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
)

// post is the text of the draft that a person sees.
func post(a answer) string {
	return strings.Join(slices.Concat([]string{a.doc.Title, a.doc.Description}, a.doc.Deliverables, a.doc.Conditions, a.doc.Questions), "\n")
}

func TestOrdersAreNoPartOfThePost(t *testing.T) {
	for _, order := range []string{
		"draft an invitation to the first one", "Please update the list", "find people for this", "translate it", "show me the second one",
		"compare the first two", "Can you suggest some freelancers for this job?", "shorten it please", "compare Anna and Ben", "remove the second one",
	} {
		t.Run(order, func(t *testing.T) {
			c := begin(t)
			before := post(c.say("I need a logo and a flyer for my bakery, 400 euros"))
			a := c.say(order)
			if after := post(a); after != before {
				t.Errorf("the post went from\n%s\nto\n%s", before, after)
			}
			if strings.Contains(a.text, "description now") || strings.Contains(a.text, "deliverables") {
				t.Errorf("the answer is %q", a.text)
			}
		})
	}
}

func TestOrdersBesideFacts(t *testing.T) {
	c := begin(t)
	c.say("I need a logo for my bakery")
	a := c.say("Ok. Show me the list. The budget is 900 euros.")
	if a.doc.Pay == nil || a.doc.Pay.Max != 90000 || strings.Contains(post(a), "list") {
		t.Errorf("pay %+v in %s", a.doc.Pay, post(a))
	}
	if quote := a.doc.Brief.Pay.Sources[0].Quote; quote != "900 euros" {
		t.Errorf("the budget was said as %q", quote)
	}
	if a = c.say("back to the post: make it 12 hours a week"); a.doc.Hours == nil || a.doc.Hours.Max != 12 || strings.Contains(post(a), "ack to") {
		t.Errorf("hours %+v in %s", a.doc.Hours, post(a))
	}
}

func TestWorkThatSoundsLikeAnOrder(t *testing.T) {
	c := begin(t)
	c.say("I need a virtual assistant for my shop")
	for _, work := range []string{"draft a letter to our customers", "compare prices of three suppliers", "update the product pages"} {
		if a := c.say(work); !strings.Contains(strings.ToLower(post(a)), strings.Fields(work)[len(strings.Fields(work))-1]) {
			t.Errorf("%q is not in the post: %s", work, post(a))
		}
	}
}

func TestStartingOver(t *testing.T) {
	const second = "I need a wedding photographer in Ghent on 12 June 2027, 1200 euro"
	for name, messages := range map[string][]string{"at once": {"start over: " + second}, "in two messages": {"start over", second}} {
		t.Run(name, func(t *testing.T) {
			c := begin(t)
			c.say("We need a translator for our website from German to English, 500 euros, no agencies")
			var a answer
			for _, m := range messages {
				a = c.say(m)
			}
			text := strings.ToLower(post(a))
			if !strings.Contains(text, "wedding photographer") || a.doc.Pay == nil || a.doc.Pay.Max != 120000 || a.doc.Location == nil || a.doc.Location.Place != "Ghent" {
				t.Errorf("the post is %s, pay %+v", text, a.doc.Pay)
			}
			for _, old := range []string{"translat", "german", "agencies", "500", "start over"} {
				if strings.Contains(text, old) {
					t.Errorf("%q is left in %s", old, text)
				}
			}
		})
	}
}

func TestGivingUpKeepsTheDraft(t *testing.T) {
	c := begin(t)
	before := post(c.say("I need a logo for my bakery"))
	a := c.say("never mind, cancel everything")
	if post(a) != before || !strings.Contains(a.text, "delete") || len(a.questions) > 0 {
		t.Errorf("said %q, asked %+v, the post is %s", a.text, a.questions, post(a))
	}
}

func TestTakingAwayTheBudget(t *testing.T) {
	c := begin(t)
	c.say("I need a logo for my bakery, budget 500 euros")
	a := c.say("remove the budget")
	if a.doc.Pay != nil || strings.Contains(post(a), "500") || !strings.Contains(a.text, "The budget is out") || strings.Contains(a.text, "500") {
		t.Errorf("said %q, the post is %s", a.text, post(a))
	}
}

func TestAnotherTrade(t *testing.T) {
	c := begin(t)
	c.say("I need a virtual assistant for my shop, 15 euros an hour")
	for _, test := range []struct{ say, want, gone string }{{"I'd rather have a bookkeeper", "bookkeeper", "assistant"}, {"no wait, make it an accountant instead", "an accountant", "bookkeeper"}} {
		a := c.say(test.say)
		if text := post(a); !strings.Contains(text, test.want) || strings.Contains(strings.ToLower(text), test.gone) || strings.Contains(text, "rather") || a.doc.Category != "finance" {
			t.Errorf("after %q the post is in %s: %s", test.say, a.doc.Category, text)
		}
	}
}

func TestWhatIsLeftIsNoSkill(t *testing.T) {
	a := begin(t).say("we're on an old WooCommerce thing, move us to Shopify")
	if got := a.doc.Skills.Must; !slices.Equal(got, []string{"Shopify"}) {
		t.Errorf("skills %q", got)
	}
	for _, q := range a.questions {
		if q.Slot == string(brief.SlotExisting) {
			t.Errorf("asked %q", q.Text)
		}
	}
}

func TestAnotherLanguageIsNoTitle(t *testing.T) {
	a := begin(t).say("Auf Deutsch bitte")
	if len(a.drafts) > 0 || a.outcome.Title != "" || !strings.Contains(a.text, "English") {
		t.Errorf("title %q, said %q", a.outcome.Title, a.text)
	}
}

func TestWrongTypesAreToldPlainly(t *testing.T) {
	c := begin(t)
	c.say("I need a logo for my bakery")
	for patch, want := range map[string]string{`{"title":7}`: "title must be a text", `{"deliverables":"logo"}`: "deliverables must be a list", `{"pay":{"min":"much"}}`: "pay.min must be a whole number", `{"skills":[]}`: "skills must be an object"} {
		if _, err := c.edit(patch); err == nil || !strings.HasSuffix(err.Error(), want) || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s: %v, want %s", patch, err, want)
		}
	}
}

func TestNotUnderstoodIsSaidShortly(t *testing.T) {
	c := begin(t)
	a := c.say("I need a virtual assistant, 15 euros an hour, 10 hours a week, to sort mails, answer customers and keep the calendar")
	first := a.questions[0].Text
	a = c.say("what's the weather like?")
	if len(a.questions) != 1 || !strings.Contains(a.text, "I did not catch that") || len(a.questions[0].Text) > len(first) {
		t.Errorf("first %q, then %q", first, a.text)
	}
}
