package rules_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// typical is a message of 60 words, as most are.
const typical = "Hi Marta, thanks for the second draft. The cover works well now and the client liked the darker blue. Could you move the logo 4 mm to the left and send me the print file by Thursday? " +
	"I have added the missing page numbers to the folder. If you need the ISBN it is in the brief. Talk soon, and have a good weekend."

func BenchmarkCheck(b *testing.B) {
	for name, text := range map[string]string{
		"typical":   typical,
		"disguised": "h3y, c0nt@ct m3 on w h a t s a p p: oh seven seven double oh nine double oh one two three, faster th@n here and no fee",
		"64KiB":     strings.Repeat(typical+"\n", 1+65536/len(typical))[:65536],
	} {
		b.Run(name, func(b *testing.B) {
			set := rules.Default()
			m := message.Message{Text: text, Sender: "client"}
			b.ReportAllocs()
			for b.Loop() {
				set.Check(m)
			}
		})
	}
}
