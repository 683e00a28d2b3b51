package proposal_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/proposal"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestAsksForWhatIsMissing(t *testing.T) {
	loadKiln(t)
	for _, c := range []struct{ profile, message, slot string }{
		{"", "write me a proposal", "job_post"},
		{"prof-streamer", "write me a proposal", "job_post"},
		{"", "write me a proposal for post-kiln", "profile"},
		{"prof-streamer", "write me a proposal for post-kiln", "screening"},
		{"prof-gone", "write me a proposal for post-kiln", "profile"},
	} {
		a := newTalk(t, helper(small()), c.profile).say(c.message)
		if a.question == nil || a.question.Slot != c.slot || !strings.Contains(a.text, a.question.Text) {
			t.Errorf("%q as %q: asked %+v in %q", c.message, c.profile, a.question, a.text)
		}
	}
}

func TestFromPostToDraft(t *testing.T) {
	loadKiln(t)
	c := newTalk(t, helper(small()), "prof-streamer")
	a := c.say("Is this realistic for me? post-kiln")
	if n := len(strings.Fields(a.text)); n > 120 {
		t.Errorf("the fit report has %d words: %s", n, a.text)
	}
	if !strings.Contains(a.text, "about two years") && !strings.Contains(a.text, "two years") || !strings.Contains(a.text, "realistic") {
		t.Errorf("the report passes over the gap or gives no verdict: %s", a.text)
	}
	kafka := slices.IndexFunc(a.doc.Fit, func(p proposal.Point) bool { return strings.Contains(p.Text, "years") })
	if kafka < 0 || a.doc.Fit[kafka].Status != fit.Partly || len(a.doc.Fit[kafka].Proofs) == 0 {
		t.Errorf("fit %+v", a.doc.Fit)
	}
	if a.question == nil || !strings.Contains(a.question.Text, "woke somebody for nothing") || a.doc.Text != "" {
		t.Fatalf("the client's question is not asked first: %+v, text %q", a.question, a.doc.Text)
	}
	a = c.say(alarm)
	if a.question == nil || a.doc.Answers[0].Text != alarm {
		t.Fatalf("question %+v, answers %+v", a.question, a.doc.Answers)
	}
	a = c.say("no idea")
	doc := a.doc
	if a.question != nil || doc.Status != proposal.Drafted || doc.Words > 200 || doc.Words != len(strings.Fields(doc.Text)) {
		t.Errorf("question %+v, %s, %d words", a.question, doc.Status, doc.Words)
	}
	for _, part := range []string{"1,200 milking robots", "9 minutes to 20 seconds", "two years of Kafka", "not the five", "never used Flink", "16 March", "€70 an hour", "?"} {
		if !strings.Contains(doc.Text, part) {
			t.Errorf("%q is not in the draft:\n%s", part, doc.Text)
		}
	}
	for _, part := range []string{"40,000", "nine kilns", "excited", "Dear", "!", "five years of Kafka", alarm} {
		if strings.Contains(doc.Text, part) {
			t.Errorf("%q is in the draft:\n%s", part, doc.Text)
		}
	}
	first, _, _ := strings.Cut(doc.Text, ".")
	if strings.Contains(first, "never") || strings.Contains(first, "not the five") {
		t.Errorf("the gap is the headline: %q", first)
	}
	checkClaims(t, c, kiln(), streamer())
	if doc.Bid == nil || doc.Bid.Amount != 7000 || doc.Bid.Type != "hourly" || doc.Bid.Reason == "" {
		t.Errorf("bid %+v", doc.Bid)
	}
	if len(a.evidence) == 0 || a.outcome.Title != "Proposal: "+kiln().Title {
		t.Errorf("evidence %v, title %q", a.evidence, a.outcome.Title)
	}
}

func TestWishes(t *testing.T) {
	loadKiln(t)
	has := func(parts ...string) func(*testing.T, proposal.Document) {
		return func(t *testing.T, d proposal.Document) {
			for _, part := range parts {
				if without, no := strings.CutPrefix(part, "-"); no == strings.Contains(d.Text, strings.TrimPrefix(part, "-")) {
					t.Errorf("%q, wished %v: %s", without, !no, d.Text)
				}
			}
		}
	}
	for message, check := range map[string]func(*testing.T, proposal.Document){
		"under 100 words please": func(t *testing.T, d proposal.Document) {
			if d.Words > 100 {
				t.Errorf("%d words", d.Words)
			}
			has("two years of Kafka, not the five")(t, d)
		},
		"make it shorter": func(t *testing.T, d proposal.Document) {
			if d.Words >= 150 {
				t.Errorf("%d words", d.Words)
			}
		},
		"a bit warmer":                                              has("Hello,"),
		"please start with \"Good morning\"":                        has("Good morning,"),
		"don't mention the price":                                   has("-€70"),
		"mention the bus timetables":                                has("bus positions"),
		"leave out the bus work":                                    has("-bus positions"),
		"ask them whether the sensors have clocks":                  has("May I ask whether the sensors have clocks?"),
		"my rate is 65 euros an hour for this":                      has("65 euros an hour", "-€70"),
		"don't hide the gap":                                        has("not the five you ask for"),
		"I also built an alert service for a fish farm in Setúbal.": has("fish farm in Setúbal"),
	} {
		t.Run(message, func(t *testing.T) {
			c, before := drafted(t, helper(small()))
			a := c.say(message)
			if unchanged := a.doc.Text == before.doc.Text; unchanged != (message == "mention the bus timetables") {
				t.Errorf("nothing changed; Parley said %q", a.text)
			}
			check(t, a.doc)
			checkClaims(t, c, kiln(), streamer())
		})
	}
}

func TestOrderedClaimsAreNotMade(t *testing.T) {
	loadKiln(t)
	for _, message := range []string{
		"write it for post-kiln and say that I have six years of Kafka", "post-kiln. I have six years of Kafka in production.", "proposal for post-kiln, mention that I am a certified Kafka administrator",
		"just claim I have ten years of Flink, for post-kiln", "make it sound like I have five years of Kafka (post-kiln)",
	} {
		c := newTalk(t, helper(small()), "prof-streamer")
		a := c.say(message)
		if !strings.Contains(a.text, "I left out") {
			t.Errorf("%q: the person is not told: %s", message, a.text)
		}
		c.say(alarm)
		a = c.say("just write it")
		for _, lie := range []string{"six years", "certified", "ten years", "five years of Kafka"} {
			if strings.Contains(a.doc.Text, lie) {
				t.Errorf("%q: the draft says %q:\n%s", message, lie, a.doc.Text)
			}
		}
	}
}

func TestAdviceOnADraft(t *testing.T) {
	loadKiln(t)
	c := newTalk(t, helper(small()), "prof-streamer")
	own := "Dear hiring manager,\n\nI am excited to apply! I have five years of Kafka in production. I built a Kafka pipeline for 1,200 milking robots. I hold a PhD in hydrology and worked at Siemens. I am the best in the world at alerts."
	a := c.say("Can you check my draft for post-kiln?\n\nMy draft:\n" + own)
	if a.doc.Original != own || len(a.doc.Advice) == 0 || !strings.Contains(a.text, "line by line") {
		t.Fatalf("original %q, advice %+v, said %q", a.doc.Original, a.doc.Advice, a.text)
	}
	for _, kind := range []string{"generic", "gap_hidden", "untraceable", "tone", "missing_answer", "no_question"} {
		if !slices.Contains(kinds(a.doc.Advice), kind) {
			t.Errorf("no advice of kind %s: %+v", kind, a.doc.Advice)
		}
	}
	for _, each := range a.doc.Advice {
		if each.Reason == "" || each.Line < 1 {
			t.Errorf("advice %+v", each)
		}
		if strings.Contains(each.Text, "1,200 milking robots") {
			t.Errorf("a proven sentence is objected to: %+v", each)
		}
		if each.Text != "" && own[each.Start:each.End] != each.Text {
			t.Errorf("%q stands at %q", each.Text, own[each.Start:each.End])
		}
	}
	c.say(alarm)
	a = c.say("please write it")
	for _, lie := range []string{"five years of Kafka", "PhD", "Siemens", "best in the world", "Dear"} {
		if strings.Contains(a.doc.Text, lie) {
			t.Errorf("%q went over into the new draft:\n%s", lie, a.doc.Text)
		}
	}
	if !strings.Contains(a.doc.Text, "1,200 milking robots") {
		t.Errorf("what was true of their draft is lost:\n%s", a.doc.Text)
	}
}

func TestPersonEdits(t *testing.T) {
	loadKiln(t)
	c, _ := drafted(t, helper(small()))
	doc, err := c.edit(`{"text":"I built a Kafka pipeline for 1,200 milking robots.\n\nI have nine years of Kafka and a PhD. When can we talk?"}`)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Words != 22 || !slices.Contains(kinds(doc.Advice), "gap_hidden") && !slices.Contains(kinds(doc.Advice), "untraceable") {
		t.Errorf("%d words, advice %+v", doc.Words, doc.Advice)
	}
	for _, claim := range c.draft.Claims {
		if claim.Path == "/text" && claim.Sources[0].Kind != "edit" && !strings.Contains(claim.Text, "milking") {
			t.Errorf("claim %+v", claim)
		}
	}
	a := c.say("thanks")
	if a.doc.Text != doc.Text {
		t.Errorf("the person's text was changed to %q", a.doc.Text)
	}
	if doc, err = c.edit(`{"bid":{"amount":6500,"currency":"EUR","type":"hourly"}}`); err != nil || doc.Bid.Amount != 6500 {
		t.Fatalf("bid %+v, %v", doc.Bid, err)
	}
	if a = c.say("I could also start a week earlier, on 9 March."); a.doc.Bid.Amount != 6500 || !strings.Contains(a.doc.Text, "nine years of Kafka") || !strings.Contains(a.doc.Text, "9 March") {
		t.Errorf("bid %+v, text %q", a.doc.Bid, a.doc.Text)
	}
}

func TestEditedAnswerIsUsed(t *testing.T) {
	loadKiln(t)
	c, _ := drafted(t, helper(small()))
	question := c.document().Answers[0].Question
	if _, err := c.edit(`{"answers":[{"question":"` + question + `","text":"One alert rang for a cow that had lost her collar."}]}`); err != nil {
		t.Fatal(err)
	}
	a := c.say("a bit warmer")
	if strings.Contains(a.doc.Text, alarm) || a.doc.Answers[0].Text != "One alert rang for a cow that had lost her collar." {
		t.Errorf("answers %+v, text\n%s", a.doc.Answers, a.doc.Text)
	}
}

// TestAnswersStandOnce: beside the letter, and in it where the post says so.
func TestAnswersStandOnce(t *testing.T) {
	p := kiln()
	p.Description += " Begin your proposal with the answer."
	load(t, small(), post("post-kiln-open", p), person("prof-streamer", streamer()))
	c := newTalk(t, helper(small()), "prof-streamer")
	c.say("apply for post-kiln-open")
	c.say(alarm)
	a := c.say("just write it")
	if strings.Count(a.doc.Text, alarm) != 1 || a.doc.Answers[0].Text != alarm {
		t.Errorf("answers %+v, text\n%s", a.doc.Answers, a.doc.Text)
	}
	checkClaims(t, c, p, streamer())
}

func TestDone(t *testing.T) {
	loadKiln(t)
	c, before := drafted(t, helper(small()))
	if a := c.say("looks good, thanks"); a.doc.Status != proposal.Ready || a.doc.Text != before.doc.Text || a.question != nil {
		t.Errorf("%s: %q", a.doc.Status, a.text)
	}
	if a := c.say("under 100 words after all"); a.doc.Status != proposal.Drafted || a.doc.Words > 100 {
		t.Errorf("%s, %d words", a.doc.Status, a.doc.Words)
	}
}

func TestPatchesThatDoNotFit(t *testing.T) {
	loadKiln(t)
	c, _ := drafted(t, helper(small()))
	for _, patch := range []string{`[]`, `{"fit":[]}`, `{"memory":null}`, `{"text":5}`, `{"bid":{"amount":-1}}`, `{"bid":{"amount":100,"currency":"XXQ","type":"hourly"}}`, `{"answers":[]}`,
		`{"answers":[{"question":"another","text":"x"}]}`, `{"text":"` + strings.Repeat("x", 20_001) + `"}`, `{"words":3}`} {
		if _, err := c.edit(patch); !errors.Is(err, sessions.ErrInvalid) {
			t.Errorf("%.60s: %v", patch, err)
		}
	}
}

func TestVisitorPastesBoth(t *testing.T) {
	c := newTalk(t, helper(small()), "")
	a := c.say("Hi, can you help me apply?\n\nThe post:\nBookkeeper for a bakery\nWe need someone who keeps our books in QuickBooks, does payroll for 9 people and can start in March. You must have done this for a food business. 30 to 40 euros an hour, 6 hours a week.\n\n" +
		"My profile:\nBookkeeper for small shops\nI keep books in QuickBooks for four cafés and a butcher. I do payroll for 23 people every month.\nExperience:\nBookkeeper, wholesale market, 2018-2022: Closed the month in three days for 11 stalls.\nSkills: QuickBooks, Payroll\nLanguages: English (native), Dutch (basic)\nRate: €36 an hour")
	if a.doc.JobPost.Title != "Bookkeeper for a bakery" || a.doc.Profile.Headline != "Bookkeeper for small shops" || len(a.doc.Fit) == 0 {
		t.Fatalf("post %+v, profile %+v, fit %v; said %q", a.doc.JobPost, a.doc.Profile, a.doc.Fit, a.text)
	}
	a = c.say("just write it")
	for _, part := range []string{"four cafés and a butcher", "payroll for 23 people", "€36 an hour"} {
		if !strings.Contains(a.doc.Text, part) {
			t.Errorf("%q is missing:\n%s", part, a.doc.Text)
		}
	}
	for _, claim := range c.draft.Claims {
		for _, s := range claim.Sources {
			if s.Kind == "document" {
				t.Errorf("%q rests on a document, and there is none", claim.Text)
			}
		}
	}
}

func TestPostByTitle(t *testing.T) {
	r := open("titles", []retrieval.Document{post("post-kiln", kiln()), person("prof-streamer", streamer())})
	c := newTalk(t, helper(r), "prof-streamer")
	if a := c.say("I want to apply for the kiln sensors job"); a.doc.JobPost.ID != "post-kiln" {
		t.Errorf("post %+v: %s", a.doc.JobPost, a.text)
	}
	a := newTalk(t, helper(r), "prof-streamer").say("proposal for the zeppelin upholstery job please")
	if a.question == nil || a.question.Slot != "job_post" || !strings.Contains(a.text, "zeppelin upholstery") {
		t.Errorf("said %q", a.text)
	}
}

// TestOwnProfileOnly: who is signed in cannot write as somebody else.
func TestOwnProfileOnly(t *testing.T) {
	loadKiln(t)
	load(t, small(), person("prof-other", retrieval.Profile{Headline: "Somebody else", Overview: "I have written about other things for years.", Category: "writing"}))
	c := newTalk(t, helper(small()), "prof-streamer")
	if a := c.say("apply to post-kiln with profile prof-other"); a.doc.Profile.ID != "prof-streamer" {
		t.Errorf("profile %+v", a.doc.Profile)
	}
}

func TestChangeOfPost(t *testing.T) {
	loadKiln(t)
	other := kiln()
	other.Title, other.Description = "Dashboards for a car park", "We run car parks and want Grafana dashboards for 30 barriers. You need Grafana and Python."
	load(t, small(), post("post-barriers-2", other))
	c, _ := drafted(t, helper(small()))
	a := c.say("now the same for post-barriers-2")
	if a.doc.JobPost.ID != "post-barriers-2" || strings.Contains(a.doc.Text, "not the five") {
		t.Errorf("post %+v, text %q", a.doc.JobPost, a.doc.Text)
	}
}

// broken is a library that is gone.
type broken struct{ workflow.Library }

func (broken) Documents(context.Context, string, retrieval.Kind, []string) ([]retrieval.Document, error) {
	return nil, retrieval.ErrUnavailable
}

func TestLibraryGone(t *testing.T) {
	c := newTalk(t, helper(broken{}), "prof-streamer")
	_, err := c.workflow.Respond(t.Context(), c.turn("apply to post-kiln"), func(sessions.Output) error { return nil })
	var problem *sessions.Problem
	if !errors.As(err, &problem) || !problem.Temporary || !errors.Is(err, retrieval.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
}

// halfGone is a library that reads documents and can search no more.
type halfGone struct{ workflow.Library }

func (halfGone) Search(context.Context, retrieval.Query) ([]retrieval.Hit, error) {
	return nil, retrieval.ErrUnavailable
}

func TestDraftWithoutSearch(t *testing.T) {
	loadKiln(t)
	_, a := drafted(t, helper(halfGone{small()}))
	if !strings.Contains(string(a.outcome.Annotations), "search failed") || a.doc.Bid == nil || a.doc.Similarity.N != 0 {
		t.Errorf("annotations %s, bid %+v", a.outcome.Annotations, a.doc.Bid)
	}
}

func TestStopsWhenNobodyListens(t *testing.T) {
	loadKiln(t)
	c := newTalk(t, helper(small()), "prof-streamer")
	gone := errors.New("gone")
	if _, err := c.workflow.Respond(t.Context(), c.turn("apply to post-kiln"), func(sessions.Output) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.workflow.Respond(ctx, c.turn("apply to post-kiln"), func(sessions.Output) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestAVersionIsBroughtBack checks that sentences of before have their sources
// again, and that neither they nor the price are found wanting.
func TestAVersionIsBroughtBack(t *testing.T) {
	loadKiln(t)
	c, a := drafted(t, helper(small()))
	before := claimed(c.draft.Claims)
	if _, err := c.edit(`{"text":"Only this."}`); err != nil {
		t.Fatal(err)
	}
	back, err := json.Marshal(map[string]string{"text": a.doc.Text + " And I have nine years of Kafka."})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := c.edit(string(back))
	if err != nil {
		t.Fatal(err)
	}
	after := claimed(c.draft.Claims)
	if after["edit"] >= before["message"]+before["document"] || after["message"]+after["document"] == 0 {
		t.Errorf("sources %v, before %v", after, before)
	}
	flagged := make(map[string]bool)
	for _, each := range doc.Advice {
		flagged[each.Text] = true
		if strings.HasSuffix(each.Text, "?") || strings.Contains(each.Text, "€") {
			t.Errorf("a question or the price is found wanting: %+v", each)
		}
	}
	if !flagged["And I have nine years of Kafka."] {
		t.Errorf("advice %+v", doc.Advice)
	}
}

// claimed counts the sentences of a letter by the kind of their first source.
func claimed(claims []sessions.Claim) map[string]int {
	kinds := make(map[string]int)
	for _, c := range claims {
		if c.Path == "/text" && len(c.Sources) > 0 {
			kinds[c.Sources[0].Kind]++
		}
	}
	return kinds
}
