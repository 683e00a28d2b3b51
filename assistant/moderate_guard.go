package assistant

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/maphash"
	"strings"
	"sync"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
)

// Guard keeps instructions out of the texts of strangers that the assistant
// reads: documents that were found, and uploaded files. What becomes of a text that gives
// any is the site's choice for the label injection, or a reviewer's decision:
//
//	deliver, deliver_and_review   it is read as it is
//	hold                          the passages that instruct are withheld, the rest is read
//	block                         none of it is read
//
// Each version of such a text has one case, on channel document. It is safe for
// concurrent use.
type Guard struct {
	screener Screener
	seed     maphash.Seed
	mu       sync.Mutex
	newer    map[uint64]reading
	older    map[uint64]reading
}

// NewGuard returns a Guard that asks a Screener.
func NewGuard(s Screener) *Guard {
	return &Guard{screener: s, seed: maphash.MakeSeed(), newer: make(map[uint64]reading)}
}

// Text is one that somebody else wrote.
type Text struct {
	Name   string   // what it is: "profile/42"; unique in the site
	Fields []string // its parts
	From   moderation.Origin
}

// reading is how a text is read.
type reading struct {
	fields   []string // nil: as they are
	withheld int      // passages
	whole    bool     // none of it is read
	until    time.Time
}

const (
	readings    = 20_000           // that are remembered, of each generation
	cleanFor    = 10 * time.Minute // a text is taken for clean: then rules and settings may have changed
	decidedFor  = 30 * time.Second // what became of another one: then a reviewer may have decided
	uncertainOf = 5 * time.Second  // when its case could not be kept
)

// Read returns a text's parts without what instructs, how many passages were
// withheld, and whether none of it is to be read. The parts are the given ones when nothing was.
func (g *Guard) Read(ctx context.Context, tenant string, t Text) (fields []string, withheld int, whole bool) {
	r := g.read(ctx, tenant, t)
	if r.fields == nil {
		r.fields = t.Fields
	}
	return r.fields, r.withheld, r.whole
}

func (g *Guard) read(ctx context.Context, tenant string, t Text) reading {
	key, now := g.key(tenant, t), time.Now()
	if r, ok := g.known(key); ok && now.Before(r.until) {
		return r
	}
	r := g.judge(ctx, tenant, t, now)
	if ctx.Err() == nil {
		g.keep(key, r)
	}
	return r
}

// key identifies a version of a text in this process.
func (g *Guard) key(tenant string, t Text) uint64 {
	var h maphash.Hash
	h.SetSeed(g.seed)
	for _, part := range []string{tenant, t.Name} {
		h.WriteString(part)
		h.WriteByte(0xff) // which is in no text
	}
	for _, field := range t.Fields {
		h.WriteString(field)
		h.WriteByte(0xff)
	}
	return h.Sum64()
}

func (g *Guard) known(key uint64) (reading, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r, ok := g.newer[key]
	if !ok {
		if r, ok = g.older[key]; ok {
			g.put(key, r)
		}
	}
	return r, ok
}

func (g *Guard) keep(key uint64, r reading) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.put(key, r)
}

func (g *Guard) put(key uint64, r reading) {
	if len(g.newer) >= readings {
		g.older, g.newer = g.newer, make(map[uint64]reading)
	}
	g.newer[key] = r
}

// judge screens a text and says how it is read.
func (g *Guard) judge(ctx context.Context, tenant string, t Text, now time.Time) reading {
	piece, v := g.worst(ctx, tenant, strings.Join(t.Fields, "\n"))
	if v.Action == moderation.Deliver {
		return reading{until: now.Add(cleanFor)}
	}
	until := now.Add(decidedFor)
	sum := sha256.Sum256([]byte(strings.Join(t.Fields, "\xff")))
	msg := message.Message{ID: cut(t.Name, moderation.MaxKey-20) + "@" + hex.EncodeToString(sum[:8]), Channel: message.Document, Text: piece}
	kept, c, err := g.screener.Check(ctx, tenant, msg, t.From)
	switch {
	case err != nil && !errors.Is(err, moderation.ErrNotFound): // what is not kept is not shown to anybody either
		until = now.Add(uncertainOf)
	case c != nil:
		v = kept
	}
	switch {
	case v.Action.Delivers():
		return reading{until: until}
	case v.Action == moderation.Block && v.Stage != moderation.StageDeadline: // when nobody looked at it, it stays as it was
		return reading{whole: true, until: until}
	}
	return g.without(ctx, tenant, t.Fields, until)
}

// worst returns the piece of a text that is to be treated the hardest, and how.
func (g *Guard) worst(ctx context.Context, tenant, text string) (piece string, v moderation.Verdict) {
	for text != "" || v.Action == "" {
		part := cut(text, longestPiece)
		if got := g.screen(ctx, tenant, part); hardness(got.Action) > hardness(v.Action) {
			piece, v = part, got
		}
		text = text[len(part):]
	}
	return piece, v
}

// longestPiece is how much is screened at once: rules read all of it.
const longestPiece = 48 << 10

func (g *Guard) screen(ctx context.Context, tenant, text string) moderation.Verdict {
	return g.screener.Screen(ctx, tenant, message.Message{Channel: message.Document, Text: text})
}

// hardness orders actions; 0 is none.
func hardness(a moderation.Action) int {
	for i, known := range []moderation.Action{moderation.Deliver, moderation.DeliverAndReview, moderation.Hold, moderation.Block} {
		if a == known {
			return i + 1
		}
	}
	return 0
}

// cut returns the beginning of a text, at most so many bytes, up to the end of a
// line or word where there is one in its last half.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	part := strings.ToValidUTF8(text[:limit], "")
	for _, gap := range []string{"\n", " "} {
		if at := strings.LastIndex(part, gap); at > limit/2 {
			return part[:at+1]
		}
	}
	return cmp.Or(part, text[:limit])
}
