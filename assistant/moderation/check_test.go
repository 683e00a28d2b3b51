package moderation_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

func TestCheckWithoutJudge(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	for name, test := range map[string]struct {
		text   string
		action moderation.Action
		status moderation.Status
		labels []policy.Label
		rule   string
	}{
		"clean":          {"The shop needs a new checkout page.", moderation.Deliver, "", nil, ""},
		"a hint":         {"Some " + hintedPayment + " here.", moderation.Deliver, "", nil, ""},
		"certain":        {"Some " + certainScam + " here.", moderation.Block, moderation.Decided, []policy.Label{policy.Scam}, "test.certain@3"},
		"likely, quick":  {"Some " + likelyScam + " here.", moderation.Hold, moderation.Waiting, []policy.Label{policy.Scam}, "test.likely_scam@3"},
		"likely, slower": {"Some " + likelyPayment + " here.", moderation.DeliverAndReview, moderation.Waiting, []policy.Label{policy.PaymentCircumvention}, "test.likely_payment@3"},
		"both":           {"Some " + likelyPayment + " and " + certainScam + " here.", moderation.Block, moderation.Decided, []policy.Label{policy.Scam, policy.PaymentCircumvention}, "test.certain@3"},
	} {
		t.Run(name, func(t *testing.T) {
			v, c := check(t, m, text(name, test.text))
			if v.Action != test.action || v.Rule != test.rule || !slices.Equal(v.Labels, test.labels) {
				t.Errorf("verdict %+v", v)
			}
			if test.status == "" {
				if c != nil {
					t.Errorf("a case %+v for a clean message", c)
				}
				return
			}
			if c.Status != test.status || c.Subject != "u1" || c.Deadline.IsZero() == (test.action == moderation.Hold) {
				t.Errorf("case %+v", c)
			}
			word := v.Marks[0]
			if !strings.Contains(test.text, word.Quote) || test.text[word.Start:word.End] != word.Quote {
				t.Errorf("mark %+v does not stand where it says", word)
			}
			h, err := q.History(t.Context(), tenant, c.ID)
			if err != nil || len(h) != 1 || h[0].Kind != moderation.Opened || h[0].Action != v.Action || h[0].Changes {
				t.Errorf("history %+v, %v", h, err)
			}
		})
	}
}

func TestCertainRaisesTheScore(t *testing.T) {
	v := start(t, moderation.Config{}).Screen(t.Context(), tenant, text("1", certainScam))
	if v.Score < 0.98 || v.Scores[policy.Scam] != v.Score || len(v.Scores) != 9 {
		t.Errorf("score %v, scores %v", v.Score, v.Scores)
	}
}

func TestChannels(t *testing.T) {
	m := start(t, moderation.Config{})
	for name, test := range map[string]struct {
		channel message.Channel
		text    string
		clean   bool
		scores  int
	}{
		"payment between people":   {message.Direct, likelyPayment, false, 9},
		"payment in a post":        {message.Post, likelyPayment, false, 9},
		"payment told the machine": {message.Assistant, likelyPayment, true, 5},
		"scam told the machine":    {message.Assistant, certainScam, false, 5},
		"scam in a document":       {message.Document, certainScam, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			v := m.Screen(t.Context(), tenant, message.Message{Channel: test.channel, Text: test.text})
			if (v.Action == moderation.Deliver) != test.clean || len(v.Scores) != test.scores {
				t.Errorf("verdict %+v", v)
			}
		})
	}
}

func TestSameMessageIsOneCase(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	msg := text("1", likelyScam)
	var cases sync.Map
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			v, c, err := m.Check(t.Context(), tenant, msg, moderation.Origin{})
			if err != nil || v.Action != moderation.Hold {
				t.Errorf("verdict %+v, %v", v, err)
				return
			}
			cases.Store(c.ID, true)
		})
	}
	all.Wait()
	n := 0
	cases.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("%d cases of one message", n)
	}
	msg.Text = "another " + likelyScam
	if _, _, err := m.Check(t.Context(), tenant, msg, moderation.Origin{}); !errors.Is(err, moderation.ErrConflict) {
		t.Errorf("the id with another text: %v", err)
	}
	if _, c, err := m.Check(t.Context(), "other site", msg, moderation.Origin{}); err != nil || c.Message.Text != msg.Text {
		t.Errorf("the id at another site: %v", err)
	}
}

func TestSecondQuestionHearsTheDecision(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, c := check(t, m, text("1", likelyScam))
	if _, err := m.Decide(t.Context(), tenant, c.ID, c.Version, "op", moderation.Ruling{Action: moderation.Deliver}); err != nil {
		t.Fatal(err)
	}
	v, again := check(t, m, text("1", likelyScam))
	if v.Action != moderation.Deliver || again.ID != c.ID {
		t.Errorf("verdict %+v", v)
	}
}

func TestMessagesThatCannotBeJudged(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	for name, msg := range map[string]message.Message{
		"no id":     {Text: "hello"},
		"NUL in id": {ID: "a\x00", Text: "hello"},
		"channel":   {ID: "1", Channel: "radio", Text: "hello"},
		"too long":  {ID: "1", Text: strings.Repeat("x", moderation.MaxText+1)},
		"long line": {ID: "1", Thread: []message.Line{{Text: strings.Repeat("x", moderation.MaxText+1)}}},
	} {
		if _, _, err := m.Check(t.Context(), tenant, msg, moderation.Origin{}); !errors.Is(err, moderation.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := text("1", likelyScam+"\x00\xff")
	for range 3 * moderation.MaxThread {
		long.Thread = append(long.Thread, message.Line{Text: "before"})
	}
	if _, c := check(t, m, long); len(c.Message.Thread) != moderation.MaxThread {
		t.Errorf("%d lines of thread were kept", len(c.Message.Thread))
	}
}

// TestDatabaseDown has clean messages go through without it, and all others wait
// with nothing done.
func TestDatabaseDown(t *testing.T) {
	q, closeDatabase := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	closeDatabase()
	if v, c := check(t, m, text("1", "A clean message.")); v.Action != moderation.Deliver || c != nil {
		t.Errorf("verdict %+v", v)
	}
	for _, word := range []string{certainScam, likelyScam, likelyPayment} {
		v, c, err := m.Check(t.Context(), tenant, text("2", word), moderation.Origin{})
		if !errors.Is(err, moderation.ErrUnavailable) || c != nil || v.Action != "" {
			t.Errorf("%s: verdict %+v, %v", word, v, err)
		}
	}
}

func TestSessionThatIsGone(t *testing.T) {
	q, _ := openQueue(t)
	m := start(t, moderation.Config{Queue: q})
	_, _, err := m.Check(t.Context(), tenant, text("1", likelyScam), moderation.Origin{Session: "no such", Response: "r"})
	if !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("error %v", err)
	}
}

func TestObserved(t *testing.T) {
	q, _ := openQueue(t)
	var seen []moderation.Observation
	m := start(t, moderation.Config{Queue: q, Observe: func(o moderation.Observation) { seen = append(seen, o) }})
	check(t, m, text("1", "clean"))
	check(t, m, text("2", certainScam))
	check(t, m, text("2", certainScam))
	if len(seen) != 2 || seen[0].Action != moderation.Deliver || seen[1].Action != moderation.Block || seen[1].Label != policy.Scam || seen[1].Stage != moderation.StageRules {
		t.Errorf("observed %+v", seen)
	}
}

// TestRealStages has the rules and the classifier of the binary, without a judge.
func TestRealStages(t *testing.T) {
	m := start(t, moderation.Config{Rules: rules.Default, Classifier: classify.Default()})
	for body, want := range map[string]bool{
		"Thanks for the quick reply. Could you send the first draft by Thursday?":                                            true,
		"The checkout breaks when the cart is empty. Can you look at the log and tell me how long a fix takes?":              true,
		"Text me on WhatsApp, my number is +44 7700 900123, it is much easier than this chat.":                               false,
		"You stupid idiot, you are worthless and I hope somebody hurts you.":                                                 false,
		"To activate your account send me the six digit verification code that you just received by SMS, and your password.": false,
	} {
		v := m.Screen(t.Context(), tenant, text("1", body))
		if (v.Action == moderation.Deliver) != want {
			t.Errorf("%q: %+v", body, v)
		}
		if v.Model == "" || v.Rules == "" || v.Policy != policy.Version() {
			t.Errorf("who judged is not said: %+v", v)
		}
		if v.Action != moderation.Deliver && len(v.Marks) == 0 {
			t.Errorf("nothing is marked in %q", body)
		}
	}
}

func BenchmarkCheckClean(b *testing.B) {
	q, _ := openQueue(b)
	m := start(b, moderation.Config{Queue: q, Settings: newValues(), Rules: rules.Default, Classifier: classify.Default()})
	msg := text("1", strings.Repeat("Could you look at the checkout page once more before Friday, please? ", 5))
	b.ReportAllocs()
	for b.Loop() {
		if _, c, err := m.Check(b.Context(), tenant, msg, moderation.Origin{}); err != nil || c != nil {
			b.Fatal(c, err)
		}
	}
}
