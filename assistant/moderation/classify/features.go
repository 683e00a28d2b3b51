package classify

import (
	"math"
	"math/bits"
	"sync"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/retrieval/learn"
)

// featureRules is the version of how features are made. It changes whenever the
// same message gives other features.
const featureRules = "moderation-1"

const hashBits = 16

// group is a sort of features. The values of a group's features have one length together, so that many
// features of one sort do not drown another sort.
type group uint8

const (
	gWords group = iota
	gLetters
	gClasses
	gPairs
	gRules
	gContext
	gThread
	gShape
	groups
)

var scales = [groups]float64{1, 0.7, 1, 1.2, 1, 0.6, 0.6, 0.6}

// seen is one feature of a message: its input, its sort, and the part of the text that it is in.
type seen struct {
	input uint32
	group group
	part  uint8
}

// everywhere is the part of features that are not of a part.
const everywhere = 0xff

// reader finds the features of messages. It is used for one at a time.
type reader struct {
	tokens  []token
	classes []uint8
	list    []seen
	has     [1 << hashBits / 64]uint64 // inputs that are in the current group and part
	from    int                        // where that begins
	group   group
	part    uint8
	values  []learn.Feature
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// begin starts the features of a group in a part.
func (r *reader) begin(g group, part uint8) {
	for _, s := range r.list[r.from:] {
		r.has[s.input/64] = 0
	}
	r.from, r.group, r.part = len(r.list), g, part
}

// add notes a feature, once in its group and part.
func (r *reader) add(name uint64) {
	input := uint32(name * 0x9e3779b97f4a7c15 >> (64 - hashBits))
	if bit := uint64(1) << (input % 64); r.has[input/64]&bit == 0 {
		r.has[input/64] |= bit
		r.list = append(r.list, seen{input, r.group, r.part})
	}
}

// read finds the features of a message.
func (r *reader) read(m message.Message, found rules.Result) {
	r.list, r.from = r.list[:0], 0
	text := found.Text.Best()
	r.tokens = tokenise(r.tokens[:0], text)
	r.classes = words().mark(r.tokens, r.classes[:0])
	sender := hashBytes(hashStart, m.Sender)
	for from := 0; from < len(r.tokens); {
		to := from
		for to < len(r.tokens) && r.tokens[to].part == r.tokens[from].part {
			to++
		}
		r.readPart(text, r.tokens[from:to], sender)
		from = to
	}
	r.begin(gRules, everywhere)
	r.readHits(found)
	r.begin(gContext, everywhere)
	r.readContext(m, sender)
	r.begin(gShape, everywhere)
	r.readShape(m, text)
	r.begin(gThread, everywhere)
	r.readThread(m)
	r.begin(groups, everywhere)
}

func name(s string) uint64 { return hashBytes(hashStart, s) }

var (
	nWord, nPair, nSkip      = name("w"), name("ww"), name("w_w")
	nLetters                 = name("l")
	nClass, nChain, nTriple  = name("c"), name("cc"), name("ccc")
	nClassSender, nClassWord = name("cs"), name("cw")
	nWordClass               = name("wc")
	nNear                    = name("c~c")
)

func (r *reader) readPart(text string, tokens []token, sender uint64) {
	part := tokens[0].part
	r.begin(gWords, part)
	for i, t := range tokens {
		if t.kind == mark {
			continue
		}
		r.add(join(nWord, t.stem))
		if i+1 < len(tokens) {
			r.add(join(join(nPair, t.stem), tokens[i+1].stem))
		}
		if i+2 < len(tokens) {
			r.add(join(join(nSkip, t.stem), tokens[i+2].stem))
		}
	}
	r.begin(gLetters, part)
	for _, t := range tokens {
		if t.kind == word || t.kind == address {
			r.letters(text[t.start:t.end])
		}
	}
	r.begin(gClasses, part)
	last, before := uint8(255), uint8(255)
	for i, t := range tokens {
		for _, c := range t.classes {
			r.add(join(nClass, uint64(c)))
			r.add(join(join(nClassSender, uint64(c)), sender))
			if i+1 < len(tokens) {
				r.add(join(join(nClassWord, uint64(c)), tokens[i+1].stem))
			}
			if i > 0 {
				r.add(join(join(nWordClass, uint64(c)), tokens[i-1].stem))
			}
			if last != 255 {
				r.add(join(join(nChain, uint64(last)), uint64(c)))
				if before != 255 {
					r.add(join(join(join(nTriple, uint64(before)), uint64(last)), uint64(c)))
				}
			}
		}
		if len(t.classes) > 0 {
			before, last = last, t.classes[0]
		}
	}
	r.begin(gPairs, part)
	r.pairs(tokens)
}

// letters adds the pieces of 3 to 5 bytes of a word with its ends.
func (r *reader) letters(w string) {
	const most = 24
	if len(w) > most {
		w = w[:most]
	}
	at := func(i int) uint64 {
		switch {
		case i == 0:
			return '^'
		case i == len(w)+1:
			return '$'
		}
		return uint64(w[i-1])
	}
	for i := 0; i+3 <= len(w)+2; i++ {
		h := nLetters
		for n := 0; n < 5 && i+n < len(w)+2; n++ {
			h = (h ^ at(i+n)) * hashPrime
			if n >= 2 {
				r.add(h)
			}
		}
	}
}

// pairs adds which classes stand in one part, in their order.
func (r *reader) pairs(tokens []token) {
	var past [2]uint64 // sets of classes
	for _, t := range tokens {
		for _, c := range t.classes {
			for half, set := range past {
				for ; set != 0; set &= set - 1 {
					other := uint64(half*64 + bits.TrailingZeros64(set))
					r.add(join(join(nNear, other), uint64(c)))
				}
			}
		}
		for _, c := range t.classes {
			past[c/64] |= 1 << (c % 64)
		}
	}
}

var nRule, nStrength, nNothing, nBest = name("rule"), name("strength"), name("nothing"), name("best")

func (r *reader) readHits(found rules.Result) {
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

var nSender, nChannel, nThreaded = name("sender"), name("channel"), name("threaded")

func (r *reader) readContext(m message.Message, sender uint64) {
	channel := m.Channel
	if channel == "" {
		channel = message.Direct
	}
	r.add(join(nSender, sender))
	r.add(join(nChannel, name(string(channel))))
	r.add(join(nThreaded, uint64(min(2, len(m.Thread)))))
}

var nShape = name("shape")

func (r *reader) readShape(m message.Message, text string) {
	put := func(sort string, level int) { r.add(join(join(nShape, name(sort)), uint64(level))) }
	n := len(r.tokens)
	put("length", bits.Len(uint(n)))
	var kinds [5]int
	questions, singles, long := 0, 0, 0
	for _, t := range r.tokens {
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
	for _, c := range m.Text {
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
	put("other", bits.Len(uint(16*other/max(1, len(m.Text)))))
}

var nThreadWord, nThreadClass, nThreadPair, nThreadSender = name("tw"), name("tc"), name("tcc"), name("ts")

// readThread adds what the last line of the thread is about, and how that goes with the message.
func (r *reader) readThread(m message.Message) {
	if len(m.Thread) == 0 {
		return
	}
	line := m.Thread[len(m.Thread)-1]
	same := uint64(0)
	if line.Sender == m.Sender {
		same = 1
	}
	r.add(join(nThreadSender, same))
	var mine [2]uint64
	for _, t := range r.tokens {
		for _, c := range t.classes {
			mine[c/64] |= 1 << (c % 64)
		}
	}
	tokens := tokenise(nil, rules.Normalise(line.Text).Best())
	words().mark(tokens, nil)
	for _, t := range tokens {
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
