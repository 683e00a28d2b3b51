package assistant

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// unread is what was not read of a document or a file, because it instructs.
type unread struct {
	Kind     string `json:"kind"` // a kind of document, or file
	ID       string `json:"id"`
	Passages int    `json:"passages,omitempty"`
	Whole    bool   `json:"whole,omitempty"`
}

// putAside collects what a turn did not read, and tells the person of what is theirs.
type putAside struct {
	turn sessions.Turn
	said int // UTF-16 length of what was emitted

	mu   sync.Mutex
	list []unread
}

type asideKey struct{}

func newAside(turn sessions.Turn) *putAside { return &putAside{turn: turn} }

func (p *putAside) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, asideKey{}, p)
}

// note adds to what the turn of a context has not read.
func note(ctx context.Context, u unread) {
	p, _ := ctx.Value(asideKey{}).(*putAside)
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.list, u) {
		p.list = append(p.list, u)
	}
}

// counting notes how long the text is that goes through emit.
func (p *putAside) counting(emit func(sessions.Output) error) func(sessions.Output) error {
	return func(o sessions.Output) error {
		p.said += grounding.UTF16(o.Text)
		return emit(o)
	}
}

// tell says at the end of an answer, once in a conversation, what was left out of
// what the person brought or named.
func (p *putAside) tell(out *sessions.Outcome, emit func(sessions.Output) error) error {
	for _, u := range p.list {
		text := p.words(u)
		if text == "" || p.told(text) {
			continue
		}
		gap := ""
		if p.said > 0 {
			gap = "\n\n"
		}
		if err := emit(sessions.Output{Text: gap + text}); err != nil {
			return err
		}
		start := p.said + len(gap)
		p.said = start + grounding.UTF16(text)
		claims := workflow.Claims(out.Citations)
		claims.Add("", start, p.said, text, grounding.Wording, []sessions.Source{{Kind: "wording"}})
		out.Citations = claims
	}
	return nil
}

// words is what is said of something unread, "" of what the person has nothing to do with.
func (p *putAside) words(u unread) string {
	what := ""
	switch {
	case u.Kind == "file":
		for _, f := range p.turn.Files {
			if f.ID == u.ID {
				what = f.Name
			}
		}
	case u.Kind == string(retrieval.KindProfile) && u.ID == p.turn.Session.Profile:
		what = "your profile"
	case u.Kind == string(retrieval.KindJobPost) && (u.ID == p.turn.Message.JobPost || strings.Contains(p.turn.Message.Text, u.ID)):
		what = "the job post " + u.ID
	}
	switch {
	case what == "":
		return ""
	case u.Whole:
		return fmt.Sprintf("I have not used %s for now: it seems to give instructions to software, and a person has to look at it first.", what)
	case u.Passages == 1:
		return fmt.Sprintf("I left one passage of %s out: it reads like an instruction to software. The rest I have used.", what)
	}
	return fmt.Sprintf("I left %d passages of %s out: they read like instructions to software. The rest I have used.", u.Passages, what)
}

func (p *putAside) told(text string) bool {
	return slices.ContainsFunc(p.turn.History, func(x sessions.Exchange) bool {
		return x.Response != nil && strings.Contains(x.Response.Text, text)
	})
}

// readFiles returns a turn with its files as they are read.
func (a *Assistant) readFiles(ctx context.Context, turn sessions.Turn) sessions.Turn {
	if a.guard == nil || len(turn.Files) == 0 {
		return turn
	}
	files := make([]sessions.File, 0, len(turn.Files))
	for _, f := range turn.Files {
		text, n, whole := a.guard.File(ctx, turn.Session.Tenant, turn.Session.ID, turn.Session.Owner, f.Text)
		if n > 0 || whole {
			note(ctx, unread{Kind: "file", ID: f.ID, Passages: n, Whole: whole})
		}
		if f.Text = text; !whole {
			files = append(files, f)
		}
	}
	turn.Files = files
	return turn
}

// File reads the text of a file that somebody brought into a session: see [Guard.Read].
func (g *Guard) File(ctx context.Context, tenant, session, owner, text string) (read string, withheld int, whole bool) {
	t := Text{Name: "file/" + session, Fields: []string{text}, From: moderation.Origin{Subject: owner, Session: session}}
	r := g.read(ctx, tenant, t)
	switch {
	case r.whole:
		return "", r.withheld, true
	case r.fields != nil:
		text = strings.TrimSpace(r.fields[0])
	}
	return text, r.withheld, false
}
