package rules_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/corpus"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

func TestZZ(t *testing.T) {
	set := rules.Default()
	out, _ := os.Create(os.Getenv("ZZOUT"))
	ex, _ := corpus.Written()
	for _, e := range ex {
		for _, h := range set.Check(e.Message).Hits {
			fmt.Fprintf(out, "%v|%s|%q|thr%d|%.200q|%q\n", e.Labels, h.Rule, h.Quote, h.Thread, e.Text, e.Thread)
		}
	}
	for _, c := range [][]string{{"What would the logo cost, and how many hours?", "40 hours", "1200"}, {"2026", "118 44"}, {"1920 1080", "300 250"}, {"300 250", "728 90"},{"40","1200"},
		{"My email is maria.lopez@gmail.com, the header should be blue."}, {"My number is +44 7700 900123. The header of the page should be blue."}} {
		for _, other := range []bool{false, true} {
			m := message.Message{Sender: "client", Text: c[len(c)-1]}
			for i, l := range c[:len(c)-1] {
				s := "client"
				if other && i == 0 && len(c) > 2 { s = "freelancer" }
				m.Thread = append(m.Thread, message.Line{Sender: s, Text: l})
			}
			for _, h := range set.Check(m).Hits { fmt.Fprintf(out, "CASE %v %v %s %s %q %d\n", c, other, h.Rule, h.Strength, h.Quote, h.Thread) }
		}
	}
}
