package embed

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	stdhash "hash"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/skills"
)

// Corpus is what an embedder is trained on: pairs of texts that belong
// together, such as two names of one occupation, or a post's title and its
// text. Training brings the texts of a pair nearer to each other than to the
// others of the same source.
type Corpus struct {
	sources   []source
	documents []retrieval.Document
	sum       stdhash.Hash
}

// source is texts of one sort in groups. Each text of left[i] goes with each of
// right[i]; without right the texts of left[i] go with each other.
type source struct {
	name        string
	left, right [][]string
}

// NewCorpus returns a corpus of nothing.
func NewCorpus() *Corpus { return &Corpus{sum: sha256.New()} }

// Texts returns how many names, texts and documents were added.
func (c *Corpus) Texts() int {
	n := len(c.documents)
	for _, s := range c.sources {
		for i := range s.left {
			n += len(s.left[i])
			if s.right != nil {
				n += len(s.right[i])
			}
		}
	}
	return n
}

// Hash is the SHA-256 of all that was added, in hex.
func (c *Corpus) Hash() string { return fmt.Sprintf("%x", c.sum.Sum(nil)) }

// Same adds groups of texts that mean the same.
func (c *Corpus) Same(name string, groups [][]string) { c.add(source{name: name, left: groups}) }

// Pairs adds texts that go with others: each of left[i] with each of right[i].
func (c *Corpus) Pairs(name string, left, right [][]string) {
	c.add(source{name: name, left: left, right: right})
}

func (c *Corpus) add(s source) {
	if len(s.left) == 0 {
		return
	}
	c.sources = append(c.sources, s)
	c.note(s.name)
	for _, side := range [][][]string{s.left, s.right} {
		for _, group := range side {
			c.note(group...)
		}
	}
}

// note adds texts to the hash, with their lengths so that none runs into the next.
func (c *Corpus) note(texts ...string) {
	c.sum.Write(binary.AppendUvarint(nil, uint64(len(texts))))
	for _, text := range texts {
		c.sum.Write(binary.AppendUvarint(nil, uint64(len(text))))
		c.sum.Write([]byte(text))
	}
}

// Documents adds a marketplace's documents. Titles go with their texts, texts with
// the skills they list and with others of their category, proposals with their posts.
func (c *Corpus) Documents(documents []retrieval.Document) {
	c.documents = append(c.documents, documents...)
	c.note("documents")
	for _, d := range documents {
		c.note(append([]string{string(d.Kind), d.ID, d.Title(), d.Text(), d.Facets().Category}, d.Skills()...)...)
		if d.Proposal != nil {
			c.note(d.Proposal.JobPost)
		}
	}
}

// Vocabulary adds the names of skills with their aliases, and with what is
// above and beside them.
func (c *Corpus) Vocabulary(vocabulary *skills.Vocabulary) {
	var names, related, beside [][]string
	for _, skill := range vocabulary.Skills() {
		forms := append([]string{skill.Name}, skill.Aliases...)
		names = append(names, forms)
		if near := append(append([]string{}, skill.Broader...), skill.Related...); len(near) > 0 {
			related, beside = append(related, forms), append(beside, near)
		}
	}
	c.Same("skills", names)
	c.Pairs("related skills", related, beside)
}
