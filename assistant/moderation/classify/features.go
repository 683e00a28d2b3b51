package classify

import (
	"math"
	"math/bits"
	"sync"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// featureRules is the version of how features are made. It changes whenever the
// same message gives other features.
const featureRules = "moderation-1"

const hashBits = 17

// group is a sort of features. Those of a group share a weight, so that many
// features of one sort do not drown another sort.
type group uint8

const (
	ofWords group = iota
	ofLetters
	ofClasses
	ofPairs
	ofRules
	ofContext
	ofThread
	ofShape
	groups
)

// How much the groups weigh, and how slowly a feature counts for less the more
// there are in its group. Chosen by cross-validation over authors.
var scales = [groups]float64{ofWords: 1, ofLetters: 1, ofClasses: 1, ofPairs: 0.6, ofRules: 0.3, ofContext: 0.6, ofThread: 0.6, ofShape: 0.6}

const crowding = 0.4

// seen is one feature of a message: its input, its sort, and the token at which it was found.
type seen struct {
	input uint32
	token int32 // -1 for what is not of a token
	group group
}

// reader finds the features of messages. It is used for one at a time.
type reader struct {
	message message.Message
	found   rules.Result
	text    rules.Reading
	tokens  []token
	before  []token // of the last line of the thread
	classes []uint8

	view   []token // whose features are in list
	list   []seen
	has    [1 << hashBits / 64]uint64 // inputs that are in the current group
	from   int                        // where that begins
	group  group
	token  int32
	values [groups]float32 // of a feature, by group
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// release gives a reader back, without the message.
func (r *reader) release() {
	r.message, r.found, r.text = message.Message{}, rules.Result{}, rules.Reading{}
	readers.Put(r)
}

// begin ends a group and starts the next one.
func (r *reader) begin(g group) {
	if n := len(r.list) - r.from; n > 0 {
		r.values[r.group] = float32(scales[r.group] / math.Pow(float64(n), crowding))
	}
	for _, s := range r.list[r.from:] {
		r.has[s.input/64] = 0
	}
	r.from, r.group, r.token = len(r.list), g, -1
}

// add notes a feature, once in its group.
func (r *reader) add(name uint64) {
	input := uint32(name * 0x9e3779b97f4a7c15 >> (64 - hashBits))
	if bit := uint64(1) << (input % 64); r.has[input/64]&bit == 0 {
		r.has[input/64] |= bit
		r.list = append(r.list, seen{input, r.token, r.group})
	}
}

// read reads a message and finds the features of all of it.
func (r *reader) read(m message.Message, found rules.Result) {
	if len(found.Text.Readings) == 0 {
		found.Text = rules.Normalise(m.Text)
	}
	r.message, r.found, r.text = m, found, best(found.Text)
	r.tokens = tokenise(r.tokens[:0], r.text.Text)
	r.classes = words().mark(r.tokens, r.classes[:0])
	r.before = r.before[:0]
	if n := len(m.Thread); n > 0 {
		r.before = tokenise(r.before, rules.Normalise(m.Thread[n-1].Text).Best())
		r.classes = words().mark(r.before, r.classes)
	}
	r.collect(r.tokens)
}

// collect finds the features of some of the tokens, with what else is known of the message.
func (r *reader) collect(tokens []token) {
	r.view, r.list, r.from, r.group = tokens, r.list[:0], 0, ofWords
	sender := name(r.message.Sender)
	r.begin(ofWords)
	r.readWords()
	r.begin(ofLetters)
	r.readLetters()
	r.begin(ofClasses)
	r.readClasses(sender)
	r.begin(ofPairs)
	r.readPairs()
	r.begin(ofRules)
	r.readHits()
	r.begin(ofContext)
	r.readContext(sender)
	r.begin(ofShape)
	r.readShape()
	r.begin(ofThread)
	r.readThread()
	r.begin(groups - 1)
}

// best is the reading that [rules.Normalised.Best] is the text of.
func best(n rules.Normalised) rules.Reading {
	for _, reading := range n.Readings {
		if reading.Kind == rules.Plain {
			return reading
		}
	}
	return n.Readings[0]
}

func name(s string) uint64 { return hashBytes(hashStart, s) }

// Names of sorts of features.
var (
	nWord, nWords, nAround   = name("word"), name("two words"), name("words around one")
	nLetters                 = name("letters")
	nClass, nChain, nTriple  = name("class"), name("classes"), name("three classes")
	nClassSender             = name("class by sender")
	nClassWord, nWordClass   = name("class before word"), name("word before class")
	nPair                    = name("classes in a part")
	nRule, nStrength         = name("rule"), name("strength")
	nNothing, nBest          = name("no rule"), name("strongest rule")
	nSender, nChannel, nTold = name("sender"), name("channel"), name("lines of thread")
	nThreadWord, nThreadPair = name("word before"), name("class before, class")
	nThreadClass, nThreadWho = name("class before"), name("who wrote before")
)

// readWords adds words, and which stand beside each other or around one.
func (r *reader) readWords() {
	for i, t := range r.view {
		if t.kind == mark {
			continue
		}
		r.token = int32(i)
		r.add(join(nWord, t.stem))
		if i+1 < len(r.view) && r.view[i+1].part == t.part {
			r.add(join(join(nWords, t.stem), r.view[i+1].stem))
		}
		if i+2 < len(r.view) && r.view[i+2].part == t.part {
			r.add(join(join(nAround, t.stem), r.view[i+2].stem))
		}
	}
}

// readLetters adds pieces of words.
func (r *reader) readLetters() {
	for i, t := range r.view {
		if t.kind == word || t.kind == address {
			r.token = int32(i)
			r.letters(r.text.Text[t.start:t.end])
		}
	}
}

// readClasses adds what words are of, who says it, and what stands beside it.
func (r *reader) readClasses(sender uint64) {
	const none = math.MaxUint64
	last, before := uint64(none), uint64(none)
	for i, t := range r.view {
		if i > 0 && r.view[i-1].part != t.part {
			last, before = none, none
		}
		r.token = int32(i)
		for _, class := range t.classes {
			c := uint64(class)
			r.add(join(nClass, c))
			r.add(join(join(nClassSender, c), sender))
			if i+1 < len(r.view) && r.view[i+1].part == t.part {
				r.add(join(join(nClassWord, c), r.view[i+1].stem))
			}
			if i > 0 && r.view[i-1].part == t.part {
				r.add(join(join(nWordClass, c), r.view[i-1].stem))
			}
			if last != none {
				r.add(join(join(nChain, last), c))
			}
			if before != none {
				r.add(join(join(join(nTriple, before), last), c))
			}
		}
		if len(t.classes) > 0 {
			before, last = last, uint64(t.classes[0])
		}
	}
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

// readPairs adds which classes stand in one part, in their order.
func (r *reader) readPairs() {
	var past [2]uint64 // a set of classes
	for i, t := range r.view {
		if i > 0 && r.view[i-1].part != t.part {
			past = [2]uint64{}
		}
		r.token = int32(i)
		for _, c := range t.classes {
			for half, set := range past {
				for ; set != 0; set &= set - 1 {
					other := uint64(half*64 + bits.TrailingZeros64(set))
					r.add(join(join(nPair, other), uint64(c)))
				}
			}
		}
		for _, c := range t.classes {
			past[c/64] |= 1 << (c % 64)
		}
	}
}
