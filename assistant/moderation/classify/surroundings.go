package classify

import (
	"math"
	"math/bits"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// readHits adds what the rules found.
func (r *reader) readHits() {
	found := r.found
	if len(found.Hits) == 0 {
		r.add(nNothing)
	}
	best := rules.Strength(0)
	for _, h := range found.Hits {
		r.add(join(nRule, name(h.Rule)))
		r.add(join(join(nStrength, uint64(policy.Index(h.Label))), uint64(h.Strength)))
		best = max(best, h.Strength)
	}
	r.add(join(nBest, uint64(best)))
}

// readContext adds who writes where.
func (r *reader) readContext(sender uint64) {
	m := &r.message
	channel := m.Channel
	if channel == "" {
		channel = message.Direct
	}
	r.add(join(nSender, sender))
	r.add(join(nChannel, name(string(channel))))
	r.add(join(nTold, uint64(min(2, len(m.Thread)))))
}

// readShape adds what a text looks like, whatever it says.
func (r *reader) readShape() {
	text, original := r.text.Text, r.message.Text
	put := func(sort string, level int) { r.add(join(name(sort), uint64(level))) }
	n := len(r.view)
	put("length", bits.Len(uint(n)))
	var kinds [5]int
	questions, singles, long := 0, 0, 0
	for _, t := range r.view {
		kinds[t.kind]++
		size := t.end - t.start
		switch {
		case t.kind == mark && text[t.start] == '?':
			questions++
		case t.kind == word && size == 1:
			singles++
		case t.kind == number && size >= 7:
			long++
		}
	}
	put("numbers", bits.Len(uint(kinds[number])))
	put("signs", bits.Len(uint(kinds[sign])))
	put("addresses", min(3, kinds[address]))
	put("questions", min(3, questions))
	put("singles", bits.Len(uint(8*singles/max(1, n))))
	put("long numbers", min(2, long))
	capitals, letters, other := 0, 0, 0
	for _, c := range original {
		switch {
		case c >= 'A' && c <= 'Z':
			capitals++
			letters++
		case c >= 'a' && c <= 'z':
			letters++
		case c >= utf8.RuneSelf:
			other++
		}
	}
	put("capitals", int(math.Sqrt(float64(64*capitals/max(1, letters)))))
	put("other", bits.Len(uint(16*other/max(1, len(original)))))
}

// readThread adds what the last line of the thread is about, and how that goes with the message.
func (r *reader) readThread() {
	m := &r.message
	if len(m.Thread) == 0 {
		return
	}
	line := m.Thread[len(m.Thread)-1]
	same := uint64(0)
	if line.Sender == m.Sender {
		same = 1
	}
	r.add(join(nThreadWho, same))
	var mine [2]uint64
	for _, t := range r.view {
		for _, c := range t.classes {
			mine[c/64] |= 1 << (c % 64)
		}
	}
	for _, t := range r.before {
		if t.kind == mark {
			continue
		}
		r.add(join(nThreadWord, t.stem))
		for _, c := range t.classes {
			r.add(join(join(nThreadClass, uint64(c)), same))
			for half, set := range mine {
				for ; set != 0; set &= set - 1 {
					r.add(join(join(nThreadPair, uint64(c)), uint64(half*64+bits.TrailingZeros64(set))))
				}
			}
		}
	}
}
