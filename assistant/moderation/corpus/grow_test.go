package corpus_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

func written(t *testing.T) []corpus.Example {
	t.Helper()
	list, err := corpus.Written()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWrittenExamples(t *testing.T) {
	list := written(t)
	ids, labels, hard, clean := map[string]bool{}, map[policy.Label]int{}, 0, 0
	for _, e := range list {
		if ids[e.ID] || e.Text == "" || e.Author == "" || e.Clean() != (e.Kind == corpus.Hard || e.Kind == corpus.Ordinary) {
			t.Errorf("%s: twice, without text or author, or of a kind that does not go with its labels", e.ID)
		}
		ids[e.ID] = true
		for _, l := range e.Labels {
			labels[l]++
		}
		if e.Clean() {
			clean++
		}
		if e.Kind == corpus.Hard {
			hard++
		}
	}
	for _, l := range policy.Labels() {
		if labels[l] < 50 {
			t.Errorf("%d examples of %s", labels[l], l)
		}
	}
	if len(list) < 4500 || hard < 1500 || clean < 2400 {
		t.Errorf("%d examples, %d clean, %d hard", len(list), clean, hard)
	}
}

func TestGrowIsRepeatable(t *testing.T) {
	list := written(t)[:600]
	a, b := corpus.Grow(list, corpus.GrowOptions{Seed: 1}), corpus.Grow(list, corpus.GrowOptions{Seed: 1})
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error(diff)
	}
	if c := corpus.Grow(list, corpus.GrowOptions{Seed: 2}); cmp.Equal(a, c) {
		t.Error("another seed gives the same variants")
	}
}

func TestGrownExamples(t *testing.T) {
	list := written(t)
	sources, texts := map[string]corpus.Example{}, map[string]bool{}
	for _, e := range list {
		sources[e.ID] = e
		texts[e.Text+threadOf(e)] = true
	}
	grown := corpus.Grow(list, corpus.GrowOptions{Seed: 7, Per: 2})
	if len(grown)+len(list) < 6000 {
		t.Fatalf("%d written and %d grown", len(list), len(grown))
	}
	operators := map[string]int{}
	for _, e := range grown {
		id, _, _ := strings.Cut(e.ID, "~")
		source := sources[id]
		operators[e.Operator]++
		switch {
		case e.Family() != source.Family():
			t.Errorf("%s is of family %s, its source of %s", e.ID, e.Family(), source.Family())
		case !slices.Equal(e.Labels, source.Labels):
			t.Errorf("%s: labels %v, its source %v", e.ID, e.Labels, source.Labels)
		case texts[e.Text+threadOf(e)]:
			t.Errorf("%s repeats a text", e.ID)
		case !utf8.ValidString(e.Text) || strings.TrimSpace(e.Text) == "":
			t.Errorf("%s: %q", e.ID, e.Text)
		case e.Clean() && e.Kind != source.Kind, !e.Clean() && (e.Kind == corpus.Hard || e.Kind == corpus.Ordinary):
			t.Errorf("%s is of kind %s", e.ID, e.Kind)
		}
		texts[e.Text+threadOf(e)] = true
	}
	names, about := corpus.Operators()
	for _, name := range names {
		if operators[name] < 5 || about[name] == "" {
			t.Errorf("operator %s made %d variants", name, operators[name])
		}
	}
}

func threadOf(e corpus.Example) string {
	var all []string
	for _, line := range e.Thread {
		all = append(all, line.Text)
	}
	return "\x00" + strings.Join(all, "\x00")
}

func TestExcludedTextsAreNotRepeated(t *testing.T) {
	list := written(t)[:200]
	first := corpus.Grow(list, corpus.GrowOptions{Seed: 3})
	exclude := map[uint64]bool{}
	for _, e := range first {
		exclude[corpus.Fingerprint(e.Text)] = true
	}
	for _, e := range corpus.Grow(list, corpus.GrowOptions{Seed: 3, Exclude: exclude}) {
		if len(e.Thread) == 0 && exclude[corpus.Fingerprint(e.Text)] {
			t.Errorf("%s repeats an excluded text", e.ID)
		}
	}
}

// What a disguise hid, the rules read again, in violations and in clean messages.
func TestDisguisesAreReadThrough(t *testing.T) {
	const text = "Please write to me on whatsapp about the invoice, the number is 202 555 0147 there."
	source := corpus.Example{Message: message.Message{ID: "x", Text: text}, Labels: []policy.Label{policy.ContactExchange}, Kind: corpus.Plain, Author: "a"}
	set := rules.Default()
	if _, found := set.Check(source.Message).Strongest(policy.ContactExchange); !found {
		t.Fatal("the source itself is not found")
	}
	for _, name := range []string{"zero_width", "lookalikes", "leetspeak", "spaced", "number_words", "emoji_digits", "split_lines"} {
		made, missed := 0, 0
		for seed := range uint64(30) {
			for _, e := range corpus.Grow([]corpus.Example{source}, corpus.GrowOptions{Seed: seed, Per: 1, Operators: []string{name}}) {
				made++
				if e.Kind != corpus.Obfuscated {
					t.Errorf("%s: kind %s", name, e.Kind)
				}
				if _, found := set.Check(e.Message).Strongest(policy.ContactExchange); !found {
					missed++
					t.Logf("%s: not found: %q", name, e.Text)
				}
			}
		}
		if made == 0 || 10*missed > made {
			t.Errorf("%s: %d of %d variants not found", name, missed, made)
		}
	}
}
