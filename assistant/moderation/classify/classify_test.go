package classify_test

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/moderation/classify"
	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/retrieval/learn"
)

func score(c *classify.Classifier, m message.Message) classify.Scores {
	return c.Score(m, rules.Default().Check(m))
}

func direct(text string) message.Message {
	return message.Message{Channel: message.Direct, Sender: "freelancer", Text: text}
}

// The messages of this test are in no file that the classifier learned from.
func TestScoreTellsLabels(t *testing.T) {
	c := classify.Default()
	for _, test := range []struct {
		text  string
		label policy.Label
	}{
		{"You are a useless idiot and I hope you lose everything, you pathetic liar.", policy.Abuse},
		{"Message me on Telegram or WhatsApp instead, my handle is the same as here.", policy.ContactExchange},
		{"Let's cancel the contract and you pay me by PayPal directly, so we both save the platform fee.", policy.PaymentCircumvention},
		{"Please read me the six digit code that was sent to your phone so support can verify your account.", policy.Scam},
		{"Sir, I am looking for a permanent job in your company, kindly forward my CV to your HR.", policy.JobSeeking},
		{"We would like to become your white-label partner: send us your overflow clients for a commission.", policy.Partnership},
		{"Please no women with children and no Muslims, our customers prefer local men.", policy.Discrimination},
		{"Write thirty five star reviews from different accounts as if you were happy customers.", policy.ProhibitedWork},
	} {
		s := score(c, direct(test.text))
		if s.Any < 0.7 {
			t.Errorf("%q: any violation %.2f", test.text, s.Any)
		}
		for _, other := range policy.Labels() {
			if s.Of(other) > s.Of(test.label) {
				t.Errorf("%q: %s %.2f, but %s %.2f", test.text, test.label, s.Of(test.label), other, s.Of(other))
			}
		}
	}
	for _, text := range []string{
		"Thank you, the second draft is attached. I moved the index to the end as you asked.",
		"Could we move the deadline to Thursday? My daughter is ill.",
		"The build fails on the new branch, can you look at the log?",
		"ok thanks",
	} {
		if s := score(c, direct(text)); s.Any > 0.35 {
			t.Errorf("%q: any violation %.2f", text, s.Any)
		}
	}
}

func TestScoresAreProbabilities(t *testing.T) {
	c := classify.Default()
	for name, text := range map[string]string{
		"empty":        "",
		"a letter":     "x",
		"only signs":   "!!! ??? ...",
		"only emojis":  "😀😀😀",
		"invalid":      "\xff\xfe\x00 call me \xc3",
		"no spaces":    strings.Repeat("a", 70_000),
		"many words":   strings.Repeat("call me on whatsapp now ", 3_000),
		"many parts":   strings.Repeat("one two three four five six seven.\n", 1_000),
		"other script": "これは請求書です。確認してください。",
	} {
		for _, thread := range [][]message.Line{nil, {{Sender: "client", Text: text}}} {
			m := direct(text)
			m.Thread = thread
			s := score(c, m)
			if !(s.Any >= 0 && s.Any <= 1) {
				t.Errorf("%s: any violation %v", name, s.Any)
			}
			for i, p := range s.Label {
				if !(p >= 0 && p <= s.Any) {
					t.Errorf("%s: %s %v, any violation %v", name, policy.Labels()[i], p, s.Any)
				}
			}
		}
	}
}

// Rules may not have been asked: then the text is read by the classifier itself.
func TestScoreWithoutRules(t *testing.T) {
	m := direct("Message me on Telegram instead, faster there.")
	s := classify.Default().Score(m, rules.Result{})
	if s.Of(policy.ContactExchange) < 0.5 {
		t.Errorf("contact exchange %.2f", s.Of(policy.ContactExchange))
	}
}

func TestScoreDependsOnTheThread(t *testing.T) {
	c := classify.Default()
	m := direct("Sure, I will look for you there tonight.")
	alone := score(c, m)
	m.Thread = []message.Line{{Sender: "client", Text: "Are you on WhatsApp or Telegram too?"}}
	if after := score(c, m); after.Of(policy.ContactExchange) <= alone.Of(policy.ContactExchange) {
		t.Errorf("%.3f after the question, %.3f alone", after.Of(policy.ContactExchange), alone.Of(policy.ContactExchange))
	}
}

func TestScoreAtOnce(t *testing.T) {
	c := classify.Default()
	texts := []string{"call me on whatsapp", "the draft is attached", "you idiot", strings.Repeat("thanks a lot ", 300)}
	want := make([]classify.Scores, len(texts))
	for i, text := range texts {
		want[i] = score(c, direct(text))
	}
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range 40 {
				at := (i + worker) % len(texts)
				if got := score(c, direct(texts[at])); got != want[at] {
					t.Errorf("%q: %v, alone %v", texts[at], got, want[at])
				}
			}
		})
	}
	wait.Wait()
}

func TestWordsStandWhereTheySay(t *testing.T) {
	c := classify.Default()
	for _, text := range []string{
		"👋🏽 Hello! Please write to me on WhatsApp, I am faster there.",
		"Ｐｌｅａｓｅ write to me on ＷｈａｔｓＡｐｐ, I am faster there.",
		"find me on t e l e g r a m please, my username is the same",
		"\xff broken bytes, then whatsapp me",
	} {
		spans := c.Words(direct(text), policy.ContactExchange, 3)
		if len(spans) == 0 || len(spans) > 3 {
			t.Errorf("%q: %d spans", text, len(spans))
		}
		units := utf16.Encode([]rune(strings.ToValidUTF8(text, "\uFFFD")))
		for _, s := range spans {
			if s.Start < 0 || s.Start >= s.End || s.End > len(units) {
				t.Fatalf("%q: [%d, %d) of %d", text, s.Start, s.End, len(units))
			}
			if got := string(utf16.Decode(units[s.Start:s.End])); got != s.Quote {
				t.Errorf("%q: %q stands where %q should", text, got, s.Quote)
			}
		}
	}
	spans := c.Words(direct("The draft is attached. By the way, please add me on WhatsApp, it is faster. Thanks for the notes."), policy.ContactExchange, 3)
	if all := fmt.Sprint(spans); !strings.Contains(all, "WhatsApp") {
		t.Errorf("WhatsApp is not among %s", all)
	}
	if c.Words(direct("call me"), policy.ContactExchange, 0) != nil || c.Words(direct("call me"), "no such label", 3) != nil {
		t.Error("words where none were asked for")
	}
}

// The artefact in the binary tells how well it fits its own examples: they and
// the program must be those that it was made of.
func TestShippedFiguresAreTrue(t *testing.T) {
	c := classify.Default()
	var claimed learn.Score
	for _, s := range c.Artefact().Scores {
		if s.Name == classify.FitScore {
			claimed = s
		}
	}
	list, err := corpus.Written()
	if err != nil {
		t.Fatal(err)
	}
	var scores []float64
	var right []bool
	for _, e := range list[:min(len(list), claimed.Count)] {
		scores, right = append(scores, score(c, e.Message).Any), append(right, !e.Clean())
	}
	const near = 0.01 // rules may have been mended since
	if got := learn.AreaUnderROC(scores, right); claimed.Count == 0 || math.Abs(got-claimed.Value) > near {
		t.Errorf("AUC %.4f on %d examples; the artefact says %.4f on %d", got, len(scores), claimed.Value, claimed.Count)
	}
}

func BenchmarkScore(b *testing.B) {
	c := classify.Default()
	for name, m := range map[string]message.Message{
		"60 words": direct(sixtyWords),
		"thread":   {Sender: "client", Text: sixtyWords, Thread: []message.Line{{Sender: "freelancer", Text: "Where shall I send the second part of the file tonight?"}}},
		"5 words":  direct("The files are attached now."),
	} {
		found := rules.Default().Check(m)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Score(m, found)
			}
		})
	}
}

const sixtyWords = "Good morning, thank you for the files. I went through chapters four and five last night and the corrections " +
	"are in the margin. Two small things: the caption on page 12 is missing, and the index still points to the old version. If you " +
	"agree I will send the final PDF on Thursday and the invoice for the second milestone on Friday."
