package moderation

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"strings"
	"sync"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
)

// remembered is how many opinions of each generation are kept.
const remembered = 5000

type answerKey [sha256.Size]byte

// answers remembers what a judge said, so that the same text is not asked
// about twice. It keeps no text, and forgets the older half when the newer one is full.
type answers struct {
	mu           sync.Mutex
	newer, older map[answerKey]opinion
}

func newAnswers() *answers { return &answers{newer: make(map[answerKey]opinion)} }

// key identifies a question: who is asked, by which policies, and what, as it reads
// without its disguises. One site's messages never answer for another's.
func (a *answers) key(model, tenant string, labels []policy.Label, m message.Message) answerKey {
	h := sha256.New()
	part := func(s string) { fmt.Fprintf(h, "%d:%s", len(s), s) }
	part(model)
	part(tenant)
	part(policy.Version())
	part(fmt.Sprint(labels))
	part(string(cmp.Or(m.Channel, message.Direct)))
	part(m.Sender)
	part(strings.Join(strings.Fields(rules.Normalise(m.Text).Best()), " "))
	for _, line := range m.Thread {
		part(line.Sender)
		part(line.Text)
	}
	return answerKey(h.Sum(nil))
}

func (a *answers) get(k answerKey) (opinion, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, found := a.newer[k]
	if !found {
		if o, found = a.older[k]; found {
			a.keep(k, o)
		}
	}
	o.cached = found
	return o, found
}

func (a *answers) put(k answerKey, o opinion) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keep(k, o)
}

func (a *answers) keep(k answerKey, o opinion) {
	if len(a.newer) >= remembered {
		a.older, a.newer = a.newer, make(map[answerKey]opinion)
	}
	a.newer[k] = o
}
