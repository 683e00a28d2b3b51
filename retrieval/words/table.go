package words

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Table knows of many stems in how many texts they occur and which kinds of
// work they go with. It is counted by a [Counter], written as text, and read
// back by [Parse]. A Table is read-only and safe for concurrent use.
type Table struct {
	topics      []string // the kinds of work
	entries     map[string]*entry
	unseen      entry
	fingerprint uint64
}

type entry struct {
	rarity float64
	weight float64
	odds   []float32 // log odds of each topic given the stem
}

//go:generate go run ./count
//go:embed table.txt
var tableText string

// Default returns the table of the binary, counted on the demo marketplace and
// the skill vocabulary.
var Default = sync.OnceValue(func() *Table {
	table, err := Parse(strings.NewReader(tableText))
	if err != nil {
		panic(err) // embedded, and kept valid by a test
	}
	return table
})

// Rarity is that of a stem in the default table.
func Rarity(stem string) float64 { return Default().Rarity(stem) }

// Weight is that of a stem in the default table.
func Weight(stem string) float64 { return Default().Weight(stem) }

// Topics returns the kinds of work that Odds are about. Callers must not change it.
func (t *Table) Topics() []string { return t.topics }

// Fingerprint differs between tables of different content.
func (t *Table) Fingerprint() uint64 { return t.fingerprint }

// Rarity returns the inverse document frequency of a stem in nats: near 0 for a
// stem that nearly every text has, about 6 for one that none has.
func (t *Table) Rarity(stem string) float64 { return t.entry(stem).rarity }

// Weight returns how much a stem says about what the work is: its rarity, less
// for words such as "husband" that are rare but go with any kind of work.
func (t *Table) Weight(stem string) float64 { return t.entry(stem).weight }

// Known reports whether the table has a stem.
func (t *Table) Known(stem string) bool {
	_, known := t.entries[stem]
	return known
}

// Odds returns how much more often a stem stands in texts of each topic than
// in all, as natural logarithms, or nil for an unknown stem.
func (t *Table) Odds(stem string) []float32 { return t.entry(stem).odds }

func (t *Table) entry(stem string) *entry {
	if e, ok := t.entries[stem]; ok {
		return e
	}
	return &t.unseen
}

const (
	doubt      = 3.0 // texts' worth of belief that a stem goes with any topic
	leastSaid  = 0.35
	fullySaid  = 1.2 // nats of information about the topic at which a stem weighs its whole rarity
	unseenSaid = 0.6 // share of its rarity that an unknown word weighs
)

// Parse reads a table as [Counter.Table] writes it.
func Parse(r io.Reader) (*Table, error) {
	sum := fnv.New64a()
	lines := bufio.NewScanner(io.TeeReader(r, sum))
	if !lines.Scan() {
		return nil, errors.New("words: empty table")
	}
	header := strings.Fields(lines.Text())
	if len(header) < 2 {
		return nil, errors.New("words: table without topics")
	}
	texts, err := strconv.ParseFloat(header[0], 64)
	if err != nil || texts < 1 {
		return nil, fmt.Errorf("words: table of %q texts", header[0])
	}
	t := &Table{topics: header[1:], entries: make(map[string]*entry)}
	counts := make(map[string][]float64)
	total := make([]float64, len(t.topics))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			return nil, fmt.Errorf("words: malformed line %q", lines.Text())
		}
		in, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return nil, fmt.Errorf("words: malformed line %q", lines.Text())
		}
		rarity := inverseFrequency(texts, in)
		t.entries[fields[0]] = &entry{rarity: rarity}
		if counts[fields[0]], err = readCounts(fields[2:], total); err != nil {
			return nil, err
		}
	}
	t.relate(counts, total)
	rarity := inverseFrequency(texts, 1)
	t.unseen = entry{rarity: rarity, weight: rarity * unseenSaid}
	t.fingerprint = sum.Sum64()
	return t, lines.Err()
}

// readCounts reads "topic:count" fields and adds them to the total of each topic.
func readCounts(fields []string, total []float64) ([]float64, error) {
	counts := make([]float64, len(total))
	for _, field := range fields {
		topic, count, _ := strings.Cut(field, ":")
		at, err := strconv.Atoi(topic)
		n, err2 := strconv.ParseFloat(count, 64)
		if err != nil || err2 != nil || at < 0 || at >= len(total) {
			return nil, fmt.Errorf("words: malformed count %q", field)
		}
		counts[at] = n
		total[at] += n
	}
	return counts, nil
}

// relate computes odds and weights from counts of each stem in each topic.
func (t *Table) relate(counts map[string][]float64, total []float64) {
	sum := 0.0
	for _, n := range total {
		sum += n
	}
	for stem, in := range counts {
		e, n := t.entries[stem], doubt
		for _, c := range in {
			n += c
		}
		e.odds = make([]float32, len(in))
		information := 0.0
		for topic, c := range in {
			prior := (total[topic] + 1) / (sum + float64(len(total)))
			share := (c + doubt*prior) / n
			odds := math.Log(share / prior)
			e.odds[topic] = float32(odds)
			information += share * odds
		}
		e.weight = e.rarity * (leastSaid + (1-leastSaid)*min(1, information/fullySaid))
	}
}

// inverseFrequency is ln((N+1) / (n+½)), the smoothed inverse document frequency.
func inverseFrequency(texts, in float64) float64 {
	return max(0, math.Log((texts+1)/(in+0.5)))
}

// Counter counts stems in texts whose topic is known.
type Counter struct {
	topics []string
	texts  int
	in     map[string]int   // texts with the stem
	by     map[string][]int // by topic, texts and phrases with the stem
}

// NewCounter returns a Counter for texts of some topics.
func NewCounter(topics []string) *Counter {
	return &Counter{topics: topics, in: make(map[string]int), by: make(map[string][]int)}
}

// Text counts each stem of a text once.
func (c *Counter) Text(topic, text string) {
	c.texts++
	for stem := range c.phrase(topic, text) {
		c.in[stem]++
	}
}

// Phrase counts stems as going with a topic, but not as a text in which they
// occur: the name of a skill, for example.
func (c *Counter) Phrase(topic, text string) { c.phrase(topic, text) }

func (c *Counter) phrase(topic, text string) map[string]bool {
	stems := make(map[string]bool)
	for _, word := range Split(text) {
		stems[Stem(word)] = true
	}
	at := slices.Index(c.topics, topic)
	for stem := range stems {
		if c.by[stem] == nil {
			c.by[stem] = make([]int, len(c.topics))
		}
		if at >= 0 {
			c.by[stem][at]++
		}
	}
	return stems
}

// Table writes what was counted: the number of texts and the topics, then a
// line for each stem that was met at least twice, in the order of the alphabet.
func (c *Counter) Table() string {
	var b strings.Builder
	fmt.Fprintln(&b, c.texts, strings.Join(c.topics, " "))
	for _, stem := range slices.Sorted(maps.Keys(c.by)) {
		met := 0
		for _, n := range c.by[stem] {
			met += n
		}
		if max(met, c.in[stem]) < 2 {
			continue
		}
		fmt.Fprintf(&b, "%s %d", stem, c.in[stem])
		for topic, n := range c.by[stem] {
			if n > 0 {
				fmt.Fprintf(&b, " %d:%d", topic, n)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
