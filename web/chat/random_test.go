package chat_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/chat"
)

var seeds = flag.Uint64("seeds", 6, "how many random conversations are played")

// babble says words and writes drafts as its seed wants, and sometimes fails.
func babble(seed uint64) respond {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 7))
	number := func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return random.IntN(n)
	}
	return func(ctx context.Context, turn sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
		words := []string{"one ", "zwei ", "🐕 ", "שלוש ", "\"four\"\n"}
		for i := range number(30) {
			out := sessions.Output{Text: words[number(len(words))]}
			if number(8) == 0 {
				d := sessions.Draft{Kind: "job_post", Document: json.RawMessage(fmt.Sprintf(`{"n":%d,"m":%q}`, i, turn.Message.ID))}
				if len(turn.Drafts) > 0 {
					d.ID = turn.Drafts[0].ID
				}
				out = sessions.Output{Draft: &d}
			}
			if err := emit(out); err != nil {
				return sessions.Outcome{}, err
			}
			if number(3) == 0 {
				time.Sleep(time.Duration(number(2000)) * time.Microsecond)
			}
		}
		switch number(8) {
		case 0:
			return sessions.Outcome{}, fmt.Errorf("no luck")
		case 1:
			return sessions.Outcome{Incomplete: &sessions.Problem{Code: "unavailable"}}, nil
		}
		return sessions.Outcome{Title: "A title"}, nil
	}
}

// Whatever people do in several tabs, over connections that break, with a
// store that fails now and then: in the end each tab shows what is stored.
func TestEveryTabShowsWhatIsStored(t *testing.T) {
	for seed := range *seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := newSite(t, options{say: babble(seed), chat: chat.Config{Rate: 1e6, Burst: 1e6}})
			created, err := s.manager.Create(t.Context(), principal("alice"), "", "")
			if err != nil {
				t.Fatal(err)
			}
			p := &player{s: s, random: rand.New(rand.NewPCG(seed, 1)), session: created.ID}
			for range 3 {
				b := newTab(s, "alice", created.ID)
				b.connect()
				p.tabs = append(p.tabs, b)
			}
			for range 150 {
				p.step()
			}
			p.settle(t)
			for _, b := range p.tabs {
				b.cut()
			}
		})
	}
}

type player struct {
	s       *site
	random  *rand.Rand
	session string
	tabs    []*tab
	sent    []map[string]any
}

// step does one thing that a person, a browser or a network may do.
func (p *player) step() {
	b := p.tabs[p.random.IntN(len(p.tabs))]
	b.mu.Lock()
	var message, response string
	var d sessions.Draft
	if n := len(b.messages); n > 0 {
		message = b.messages[p.random.IntN(n)].ID
	}
	if n := len(b.responses); n > 0 {
		response = b.responses[n-1].ID
	}
	if n := len(b.drafts); n > 0 {
		d = b.drafts[n-1]
	}
	b.mu.Unlock()
	id := fmt.Sprint("m", len(p.sent))
	var frame map[string]any
	switch n := p.random.IntN(20); {
	case n < 5:
		frame = map[string]any{"type": "message.create", "message_id": id, "text": "text of " + id}
	case n < 7:
		frame = map[string]any{"type": "message.edit", "source_id": message, "message_id": id, "text": "edit " + id}
	case n < 8:
		frame = map[string]any{"type": "response.regenerate", "message_id": message}
	case n < 10:
		frame = map[string]any{"type": "response.cancel", "response_id": response}
	case n < 11:
		frame = map[string]any{"type": "branch.select", "message_id": message}
	case n < 13:
		frame = map[string]any{"type": "draft.update", "draft_id": d.ID, "version": d.Version, "patch": map[string]any{"own": id}}
	case n < 14:
		frame = map[string]any{"type": "feedback.create", "response_id": response, "rating": "up"}
	case n < 15 && len(p.sent) > 0: // a frame whose reply was lost is sent again
		frame = p.sent[p.random.IntN(len(p.sent))]
	case n < 18:
		b.cut()
		if p.random.IntN(2) == 0 {
			time.Sleep(time.Duration(p.random.IntN(5)) * time.Millisecond)
		}
		b.connect()
		return
	case n < 19:
		p.s.store.Forget(1)
		return
	default:
		time.Sleep(time.Duration(p.random.IntN(20)) * time.Millisecond)
		runtime.Gosched()
		return
	}
	p.sent = append(p.sent, frame)
	b.send(frame)
}

// settle waits until nothing runs and each tab shows what is stored. Frames
// may still be on their way when it begins, so only the end counts.
func (p *player) settle(t *testing.T) {
	t.Helper()
	p.s.store.Forget(0)
	deadline := time.Now().Add(30 * time.Second)
	for {
		state, err := p.s.manager.State(t.Context(), principal("alice"), p.session)
		if err != nil {
			t.Fatal(err)
		}
		wrong := p.compare(state)
		if len(wrong) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(strings.Join(wrong, "\n"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// compare says in what the tabs differ from what is stored.
func (p *player) compare(state *sessions.State) []string {
	if unfinished(state) {
		return []string{fmt.Sprintf("something still runs: %+v", state)}
	}
	var wrong []string
	if len(state.Responses) == 0 {
		wrong = append(wrong, "nothing was answered")
	}
	want := summarise(state.Session.Leaf, state.Session.Title, &sessions.Snapshot{
		Messages: state.Messages, Responses: state.Responses, Drafts: state.Drafts, Feedback: state.Feedback})
	for i, b := range p.tabs {
		b.reconnect()
		if diff := cmp.Diff(want, b.summary()); diff != "" {
			wrong = append(wrong, fmt.Sprintf("tab %d is at %d of %d: -stored +shown\n%s", i, b.reached(), state.Session.Offset, diff))
		}
		for _, fault := range b.faultsSeen() {
			wrong = append(wrong, fmt.Sprintf("tab %d: %s", i, fault))
		}
	}
	return wrong
}

func unfinished(s *sessions.State) bool {
	answered := map[string]bool{}
	for _, r := range s.Responses {
		answered[r.Message] = true
		if r.Status == sessions.StatusRunning {
			return true
		}
	}
	for _, m := range s.Messages {
		if !answered[m.ID] {
			return true
		}
	}
	return false
}
