package classify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/retrieval/learn"
)

// few are examples of two labels and of clean messages by three authors.
func few() (list []corpus.Example) {
	things := []string{"logo", "video", "chapter", "garden plan", "ledger", "website", "recipe", "song", "brochure", "contract"}
	for author := range 3 {
		for i, thing := range things {
			add := func(kind corpus.Kind, text string, labels ...policy.Label) {
				list = append(list, corpus.Example{
					Message: message.Message{ID: fmt.Sprint(author, "-", len(list)), Sender: "client", Text: fmt.Sprintf(text, thing, i+author)},
					Labels:  labels, Lang: "en", Kind: kind, Author: fmt.Sprint("author ", author),
				})
			}
			add(corpus.Plain, "About the %s: whatsapp me %d times, we talk there", policy.ContactExchange)
			add(corpus.Plain, "Your %s is garbage, you stupid idiot number %d", policy.Abuse)
			add(corpus.Hard, "The %s has %d mistakes, please correct them")
			add(corpus.Ordinary, "Thank you for the %s, version %d looks good")
		}
	}
	return list
}

func train(t *testing.T, list []corpus.Example, o Options) ([]byte, Report) {
	t.Helper()
	artefact, report, err := Train(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := artefact.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), report
}

func TestTrainLearnsAndIsDeterministic(t *testing.T) {
	file, report := train(t, few(), Options{Seed: 1})
	if again, _ := train(t, few(), Options{Seed: 1}); !bytes.Equal(file, again) {
		t.Error("the same examples gave another artefact")
	}
	if report.Any < 0.95 || report.Examples != 120 || report.Violating != 60 {
		t.Errorf("%+v", report)
	}
	c, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	judge := func(text string) Scores {
		m := message.Message{Sender: "client", Text: text}
		return c.Score(m, rules.Default().Check(m))
	}
	if s := judge("whatsapp me about the poster"); s.Of(policy.ContactExchange) < 0.55 || s.Of(policy.Abuse) > 0.3 {
		t.Errorf("contact exchange %.2f, abuse %.2f", s.Of(policy.ContactExchange), s.Of(policy.Abuse))
	}
	if s := judge("thank you for the poster"); s.Any > 0.4 {
		t.Errorf("clean: %.2f", s.Any)
	}
}

// Variants stand in the same fold as what they were made of, and are not measured.
func TestVariantsAreHeldOutWithTheirSource(t *testing.T) {
	list := few()
	var extra []corpus.Example
	for _, e := range list {
		e.Source, e.ID, e.Author = e.ID, e.ID+"-v", "a generator"
		extra = append(extra, e)
	}
	examples, folds, err := prepare(t.Context(), list, Options{Seed: 1, Rules: rules.Default(), Extra: extra})
	if err != nil || folds != 3 {
		t.Fatal(folds, err)
	}
	for i := range list {
		if a, b := examples[i], examples[i+len(list)]; a.fold != b.fold || a.extra || !b.extra {
			t.Fatalf("%s in fold %d, its variant in %d", a.ID, a.fold, b.fold)
		}
	}
	if _, report := train(t, list, Options{Extra: extra}); report.Examples != len(list) || report.Extra != len(extra) {
		t.Errorf("%d measured, %d not", report.Examples, report.Extra)
	}
}

// A language that one author alone wrote in is dealt out, so that it is not
// judged by a model that has never seen it.
func TestALanguageOfOneAuthorIsDealtOut(t *testing.T) {
	var list []corpus.Example
	for i := range 400 {
		e := corpus.Example{Message: message.Message{ID: fmt.Sprint(i)}, Author: fmt.Sprint(i % 4), Lang: "en"}
		if i%4 == 3 {
			e.Lang = "fr"
		}
		list = append(list, e)
	}
	fold, n := foldsOf(list, 1)
	seen := make(map[int]bool)
	for _, e := range list {
		f := fold(e)
		if f < 0 || f >= n {
			t.Fatalf("fold %d of %d", f, n)
		}
		if e.Lang == "fr" {
			seen[f] = true
		} else if fmt.Sprint(f) != e.Author {
			t.Errorf("author %s is in fold %d", e.Author, f)
		}
	}
	if len(seen) < 2 {
		t.Errorf("French stands in %d folds", len(seen))
	}
}

func TestTrainRefuses(t *testing.T) {
	unknown := few()
	unknown[0].Labels = []policy.Label{"no such label"}
	for name, list := range map[string][]corpus.Example{"nothing": nil, "one sort": {few()[0]}, "unknown label": unknown} {
		if _, _, err := Train(t.Context(), list, Options{}); !errors.Is(err, ErrExamples) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Train(ctx, few(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestDamagedArtefactsAreRefused(t *testing.T) {
	file, _ := train(t, few(), Options{})
	for _, at := range []int{0, len(file) / 2, len(file) - 1} {
		broken := bytes.Clone(file)
		broken[at] ^= 1
		if _, err := Parse(broken); !errors.Is(err, learn.ErrDamaged) && !errors.Is(err, learn.ErrNotModel) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if _, err := Parse(file[:len(file)-5]); !errors.Is(err, learn.ErrDamaged) {
		t.Errorf("cut short: %v", err)
	}
	change := func(name string, to func(*learn.Artefact), want error) {
		a, err := learn.Parse(file)
		if err != nil {
			t.Fatal(err)
		}
		to(a)
		if _, err := New(a); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	change("another kind", func(a *learn.Artefact) { a.Kind = "router" }, learn.ErrKind)
	change("another format", func(a *learn.Artefact) { a.Format++ }, learn.ErrFormat)
	change("other features", func(a *learn.Artefact) {
		a.Body = bytes.Replace(a.Body, []byte(featureVersion()), []byte("moderation-0-00000000"), 1)
	}, ErrFeatures)
	change("no weights", func(a *learn.Artefact) { a.Body = a.Body[:bytes.IndexByte(a.Body, '\n')+1] }, learn.ErrDamaged)
	change("no description", func(a *learn.Artefact) { a.Body = nil }, learn.ErrDamaged)
}

// The points of costs are where two actions cost the same.
func TestPointsAreWhereCostsMeet(t *testing.T) {
	c := DefaultCosts()
	p := c.points()
	for name, pair := range map[string][2]float64{
		"deliver or review": {p.Review * c.Missed, p.Review*c.Late + c.Look},
		"review or hold":    {p.Hold*c.Late + c.Look, (1-p.Hold)*c.Held + c.Look},
		"hold or block":     {(1-p.Block)*c.Held + c.Look, (1 - p.Block) * c.Blocked},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s: %g and %g", name, pair[0], pair[1])
		}
	}
	// Where half of the messages violate, a score of 0.5 is 0.1 on a site where a tenth do.
	if got := shifted(0.1, 1/(0.1/0.9)); math.Abs(got-0.5) > 1e-9 {
		t.Errorf("0.1 is shifted to %g", got)
	}
}

// Of a hundred messages half violate, and scores tell nothing: whatever the costs say, no more than
// the budget is judged and no more than what is tolerated is held.
func TestBudgetsAreKept(t *testing.T) {
	var list []judged
	for i := range 400 {
		j := judged{scores: Scores{Any: float64(i%200) / 200}, hard: i >= 200}
		if i < 200 {
			j.labels = 1
		}
		list = append(list, j)
	}
	c := DefaultCosts()
	points := c.choose(list)
	if got := c.seen(list, points); got > c.Budget {
		t.Errorf("%.3f are judged", got)
	}
	if got := heldHard(list, points); got > c.Tolerated {
		t.Errorf("%.3f of hard negatives are held", got)
	}
	if p := points.Any; !(p.Review < p.Hold && p.Hold <= p.Block) {
		t.Errorf("points %+v", p)
	}
	if points.Of("no such label").Review <= 1 {
		t.Error("a label that does not exist has points")
	}
}

func TestSharesAreOfASite(t *testing.T) {
	// One violation of ten and one clean message of ten reach a judge: where a tenth violate, that is a tenth.
	var list []judged
	for i := range 20 {
		j := judged{labels: uint64(i % 2)}
		if i < 2 {
			j.scores.Any = 0.6
		}
		list = append(list, j)
	}
	points := nowhere()
	points.Any = Points{Review: 0.5, Hold: 0.9, Block: 0.95}
	if got := DefaultCosts().seen(list, points); math.Abs(got-0.1) > 1e-9 {
		t.Errorf("judged: %g", got)
	}
	if got := stopped(list, points); got != 0.1 {
		t.Errorf("stopped: %g", got)
	}
	points.Label[2].Hold, points.Label[2].Review = 0.5, 0.5
	list[1].scores.Label[2] = 0.55
	if got := stopped(list, points); got != 0.1 {
		t.Errorf("stopped by label: %g", got)
	}
	if got := points.level(list[1]); got != 2 {
		t.Errorf("a label's point gave %d", got)
	}
}

// nowhere are points that no score reaches.
func nowhere() (t Thresholds) {
	t.Any = Points{Review: never, Hold: never, Block: never}
	for i := range t.Label {
		t.Label[i] = t.Any
	}
	return t
}

// What rules decide counts for the budgets too.
func TestRulesCountInLevels(t *testing.T) {
	hit := func(label policy.Label, strength rules.Strength) rules.Result {
		return rules.Result{Hits: []rules.Hit{{Label: label, Strength: strength}}}
	}
	for name, c := range map[string]struct {
		found         rules.Result
		alone, shared int // the classifier sees nothing, or something too
	}{
		"none":    {rules.Result{}, 0, 1},
		"hint":    {hit(policy.Spam, rules.Hint), 0, 1},
		"likely":  {hit(policy.Spam, rules.Likely), 1, 1},
		"scam":    {hit(policy.Scam, rules.Likely), 1, 2},
		"certain": {hit(policy.Spam, rules.Certain), 1, 3},
	} {
		points := nowhere()
		points.Any.Review = 0.5
		alone := points.level(judged{rules: levelOf(c.found), scores: Scores{Any: 0.4}})
		shared := points.level(judged{rules: levelOf(c.found), scores: Scores{Any: 0.6}})
		if alone != c.alone || shared != c.shared {
			t.Errorf("%s: %d and %d, wanted %d and %d", name, alone, shared, c.alone, c.shared)
		}
	}
}

func TestLexicon(t *testing.T) {
	if n := len(words().names); n < 50 || n > 128 {
		t.Errorf("%d classes; a set of them has 128 bits", n)
	}
	seen := make(map[string]bool)
	for _, n := range words().names {
		if seen[n] || strings.TrimSpace(n) != n {
			t.Errorf("class %q", n)
		}
		seen[n] = true
	}
	classes := func(text string) string {
		tokens := tokenise(nil, rules.Normalise(text).Best())
		words().mark(tokens, nil)
		var list []string
		for _, token := range tokens {
			for _, c := range token.classes {
				list = append(list, words().names[c])
			}
		}
		return " " + strings.Join(list, " ") + " "
	}
	for text, want := range map[string]string{
		"write to me on WhatsApp": "messenger",
		"pagas por PayPal":        "payapp",
		"off the platform":        "away",
		"fünf Sterne":             "review",
		"FULL-TIME":               "employ",
	} {
		if got := classes(text); !strings.Contains(got, " "+want+" ") {
			t.Errorf("%q: %s, wanted %s", text, got, want)
		}
	}
}
