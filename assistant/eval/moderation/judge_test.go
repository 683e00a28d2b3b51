package moderation

import (
	"testing"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// TestScriptedJudge asks one that is always right and one that is always
// wrong: in the cascade what they say is what happens.
func TestScriptedJudge(t *testing.T) {
	cases, c := written(t, 900), cascade()
	first := c.both(t.Context(), cases)
	for name, a := range map[string]Accuracy{"right": {1, 0, .9, 1}, "wrong": {0, 1, .9, 1}} {
		judged, asked, err := c.judged(t.Context(), Judge{Model: Scripted(a, cases, first), Name: name}, cases, first)
		if err != nil {
			t.Fatal(err)
		}
		n, says := 0, a.Recall == 1
		for i, j := range judged {
			if !j.asked {
				if j.action != first[i].action || j.score != first[i].score {
					t.Errorf("%s: %s became %s and nobody was asked", cases[i].ID, first[i].action, j.action)
				}
				continue
			}
			n++
			bad := cases[i].Clean() != says
			if bad && (j.action != moderation.Block || j.score < first[i].score) || !bad && j.score > first[i].score {
				t.Errorf("%s judge, %s: %s from %.2f to %.2f", name, cases[i].ID, j.action, first[i].score, j.score)
			}
		}
		if n == 0 || asked.Messages != n || asked.Calls < n/8 || asked.Calls > n || asked.Failed > 0 {
			t.Errorf("%s: %d asked, told %+v", name, n, asked)
		}
	}
}

func TestScriptedJudgeErrsAsOftenAsItIsTold(t *testing.T) {
	cases := written(t, 3000)
	first := make([]judgement, len(cases))
	for i, c := range cases {
		first[i].labels, first[i].scores = c.Labels, map[policy.Label]float64{}
		if c.Clean() {
			first[i].labels = []policy.Label{"abuse"}
		}
		for _, l := range c.Labels {
			first[i].scores[l] = 1
		}
	}
	s := scripted{Accuracy: Accuracy{.9, .05, .9, 1}, cases: cases, first: first}
	found, bad, wrong, clean := 0., 0., 0., 0.
	for i, c := range cases {
		said := s.label(i) != ""
		switch {
		case c.Clean() && said:
			wrong++
			fallthrough
		case c.Clean():
			clean++
		case said:
			found++
			fallthrough
		default:
			bad++
		}
	}
	if r := found / bad; r < .88 || r > .92 {
		t.Errorf("recall %.3f", r)
	}
	if r := wrong / clean; r < .04 || r > .06 {
		t.Errorf("wrong on %.3f of the clean ones", r)
	}
}

// TestJudgeIsDown keeps what rules and classifier said, and counts the calls.
func TestJudgeIsDown(t *testing.T) {
	cases, c := written(t, 300), cascade()
	first := c.both(t.Context(), cases)
	down := modeltest.NewScripted(func(model.Request) modeltest.Reply { return modeltest.Reply{Err: model.ErrUnavailable} })
	judged, asked, err := c.judged(t.Context(), Judge{Model: down, Name: "down", AtOnce: 3}, cases, first)
	if err != nil {
		t.Fatal(err)
	}
	if asked.Failed == 0 || asked.Failed != asked.Calls {
		t.Errorf("told %+v", asked)
	}
	for i, j := range judged {
		if j.score != first[i].score || j.flagged() != first[i].flagged() {
			t.Errorf("%s: %s became %s", cases[i].ID, first[i].action, j.action)
		}
	}
}

func TestWeigh(t *testing.T) {
	near(t, "even odds, confirmed", opinion{true, .9}.weigh(.5), .9)
	near(t, "even odds, cleared", opinion{false, .9}.weigh(.5), .1)
	near(t, "cleared against equal odds", opinion{false, .8}.weigh(.8), .5)
	near(t, "nothing was said", opinion{}.weigh(.3), .3)
	if s := (opinion{false, 1}).weigh(1); s <= 0 || s >= 1 {
		t.Errorf("certainty against certainty: %v", s)
	}
}
