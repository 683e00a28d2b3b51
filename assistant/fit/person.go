package fit

import (
	"fmt"
	"strings"
	"sync"

	"github.com/parleyhq/parley/retrieval"
)

const (
	// longestProfile bounds how much of a profile's text is read, in bytes, so
	// that a hostile one costs no more time than a long one.
	longestProfile = 16_000
	mostLines      = 250
	mostEntries    = 60 // positions and listed skills
)

// Person is a profile, read so that requirements can be checked against it. It
// is safe for concurrent use.
type Person struct {
	ID      string
	reader  *Reader
	profile retrieval.Profile
	lines   []line
	listed  []listing
	entries []entry
	vectors vectors
	telling telling
}

// telling is what all clauses of a profile show together, made when it is
// first needed: each key with what the best clause counts.
type telling struct {
	once   sync.Once
	done   map[string]float64
	denied map[string]bool
}

// part is where in a profile a line stands.
type part uint8

const (
	partHeadline part = iota
	partOverview
	partTitle
	partWork
	partCredential
)

// line is a clause of a profile with what it shows.
type line struct {
	part   part
	field  string // JSON pointer
	quote  string // letter by letter
	plain  string // the same without what says who the person is
	start  int    // UTF-16
	end    int
	entry  int // index of the position, -1 outside of them
	stance stance
	keys   map[string]bool // stems, skills ("~kubernetes") and concepts ("#12")
	skills []string        // by their vocabulary names
	tokens []string        // the words, for years that are said
}

// listing is an entry of the list of skills.
type listing struct {
	field, quote string
	name         string // in the vocabulary, "" where it has none
	keys         map[string]bool
}

// entry is a position, in months since year 0; to is open-ended at 0.
type entry struct{ from, to int }

// Person reads a profile. Its name, photo and pronouns are not part of it.
func (r *Reader) Person(id string, profile retrieval.Profile) *Person {
	p := &Person{ID: id, reader: r, profile: profile}
	left := longestProfile
	read := func(text string, in part, field string, at int) {
		text = clip(text, left)
		left -= len(text)
		p.read(text, in, field, at)
	}
	read(profile.Headline, partHeadline, "/headline", -1)
	read(profile.Overview, partOverview, "/overview", -1)
	for i, e := range profile.Experience {
		if i == mostEntries {
			break
		}
		p.entries = append(p.entries, entry{monthOf(e.From), monthOf(e.To)})
		read(e.Title, partTitle, fmt.Sprintf("/experience/%d/title", i), i)
		read(e.Text, partWork, fmt.Sprintf("/experience/%d/text", i), i)
	}
	for i, c := range profile.Credentials {
		if i == mostEntries {
			break
		}
		read(c, partCredential, fmt.Sprintf("/credentials/%d", i), -1)
	}
	p.list(profile.Skills)
	return p
}

// list reads the list of skills, each once.
func (p *Person) list(skills []string) {
	seen := make(map[string]bool)
	for i, s := range skills {
		if i == mostEntries {
			return
		}
		s = clip(s, 200)
		l := listing{field: fmt.Sprintf("/skills/%d", i), quote: s, keys: make(map[string]bool)}
		if known, ok := p.reader.vocabulary.Lookup(s); ok {
			l.name = known.Name
		}
		key := strings.ToLower(l.name + s)
		if l.name != "" {
			key = l.name
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		p.keysOf(s, l.keys)
		p.listed = append(p.listed, l)
	}
}

// monthOf reads YYYY-MM as months since year 0, 0 for what is none.
func monthOf(date string) int {
	var year, month int
	if n, _ := fmt.Sscanf(date, "%4d-%2d", &year, &month); n < 1 || year < 1900 || year > 2200 || month < 0 || month > 12 {
		return 0
	}
	return year*12 + max(month, 1) - 1
}
