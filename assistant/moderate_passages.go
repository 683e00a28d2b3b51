package assistant

import (
	"context"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/moderation"
)

// without withholds the passages of a text that instruct, part by part. Where the
// parts without them still do, or nothing is left, none of it is read.
func (g *Guard) without(ctx context.Context, tenant string, fields []string, until time.Time) reading {
	r := reading{fields: make([]string, len(fields)), until: until}
	for i, field := range fields {
		left, n := g.passages(ctx, tenant, field)
		r.fields[i] = left
		r.withheld += n
	}
	rest := strings.Join(r.fields, "\n")
	if _, v := g.worst(ctx, tenant, rest); !v.Action.Delivers() || strings.TrimSpace(rest) == "" {
		return reading{whole: true, withheld: r.withheld, until: until}
	}
	return r
}

// mostRounds is how often a text is looked at again without what was found in it.
const mostRounds = 6

// passages returns a text without the passages that instruct, and how many there were.
func (g *Guard) passages(ctx context.Context, tenant, text string) (string, int) {
	var kept strings.Builder
	n := 0
	for text != "" {
		part := cut(text, longestPiece)
		text = text[len(part):]
		for round := 0; ; round++ {
			v := g.screen(ctx, tenant, part)
			if v.Action.Delivers() {
				kept.WriteString(part)
				break
			}
			left, found := g.withhold(ctx, tenant, part, v.Marks)
			n += max(found, 1)
			if found == 0 || round == mostRounds {
				break // it cannot be told where: the part goes
			}
			part = left
		}
	}
	return kept.String(), n
}

// withhold leaves out the sentences that marks of rules point at, or without such
// marks those that instruct by themselves. How an instruction goes on stands behind
// it, so that each takes the rest of its paragraph with it.
func (g *Guard) withhold(ctx context.Context, tenant, text string, marks []moderation.Mark) (left string, found int) {
	sentences := grounding.Sentences(text)
	instructs := marked(sentences, marks)
	if instructs == nil {
		instructs = make([]bool, len(sentences))
		for i, s := range sentences {
			instructs[i] = !g.screen(ctx, tenant, s).Action.Delivers()
		}
	}
	var kept strings.Builder
	leaving := false
	for i, s := range sentences {
		if strings.Contains(s[:len(s)-len(strings.TrimLeft(s, " \t\r\n"))], "\n") {
			leaving = false
		}
		if instructs[i] {
			leaving = true
			found++
		}
		if !leaving {
			kept.WriteString(s)
		}
	}
	return kept.String(), found
}

// marked tells which sentences the marks of rules stand in, nil for none.
func marked(sentences []string, marks []moderation.Mark) []bool {
	in, any := make([]bool, len(sentences)), false
	at := 0
	for i, s := range sentences {
		end := at + grounding.UTF16(s)
		for _, m := range marks {
			if m.Rule != "" && m.Thread == 0 && m.Start < end && m.End > at {
				in[i], any = true, true
			}
		}
		at = end
	}
	if !any {
		return nil
	}
	return in
}
