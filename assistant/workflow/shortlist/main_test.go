package shortlist_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/rank"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/assistant/workflow/shortlist"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/embed"
	"github.com/parleyhq/parley/retrieval/skills"
	"github.com/parleyhq/parley/retrieval/sqliteindex"
	"github.com/parleyhq/parley/sessions"
)

var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "shortlist"); err != nil {
		panic(err)
	}
	code := m.Run()
	if opened != nil {
		opened()
	}
	os.RemoveAll(folder)
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

var opened func()

// library is one index for all tests; each test has a tenant of its own.
var library = sync.OnceValue(func() *retrieval.Retriever {
	db, err := migrations.OpenSQLite(folder)
	if err != nil {
		panic(err)
	}
	opened = func() { db.Close() }
	ctx := context.Background()
	if err := migrations.SQLite(ctx, db.Write); err != nil {
		panic(err)
	}
	index, err := sqliteindex.New(ctx, db)
	if err != nil {
		panic(err)
	}
	return retrieval.New(index, embed.Default(), skills.Default())
})

var tenants atomic.Int64

// monday is the day on which the conversations take place.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func newWorkflow(library workflow.Library, speaker workflow.Speaker) *shortlist.Workflow {
	return shortlist.New(library, fit.New(skills.Default(), embed.Default()), rank.Default(), speaker)
}

// talk is one conversation, kept as the Manager keeps it.
type talk struct {
	t        testing.TB
	workflow *shortlist.Workflow
	session  sessions.Session
	history  []sessions.Exchange
	drafts   []sessions.Draft
	now      time.Time
}

// newTalk begins a conversation on a marketplace that has these documents only.
func newTalk(t testing.TB, docs ...retrieval.Document) *talk {
	t.Helper()
	tenant := fmt.Sprintf("t%d", tenants.Add(1))
	for i := range docs {
		docs[i].Normalise()
	}
	if _, err := library().Load(t.Context(), tenant, docs); err != nil {
		t.Fatal(err)
	}
	return &talk{t: t, workflow: newWorkflow(library(), workflow.Speaker{}), now: monday, session: sessions.Session{Tenant: tenant, ID: "s1", TimeZone: "Europe/Berlin", Locale: "en"}}
}

// answer is all that a turn gave.
type answer struct {
	text     string
	evidence []sessions.Evidence
	question *sessions.Question
	drafts   []sessions.Draft
	outcome  sessions.Outcome
}

func (c *talk) turn(text string) sessions.Turn {
	return sessions.Turn{Session: c.session, ResponseID: "r", Message: sessions.Message{ID: fmt.Sprintf("m%d", len(c.history)+1), Text: text}, History: c.history, Drafts: c.drafts, Now: c.now}
}

func (c *talk) say(text string) answer {
	c.t.Helper()
	turn := c.turn(text)
	var a answer
	outcome, err := c.workflow.Respond(c.t.Context(), turn, func(o sessions.Output) error {
		a.text += o.Text
		if o.Evidence != nil {
			a.evidence = o.Evidence
		}
		if o.Question != nil {
			a.question = o.Question
		}
		if o.Draft != nil {
			a.drafts = append(a.drafts, *o.Draft)
		}
		return nil
	})
	if err != nil {
		c.t.Fatalf("respond to %q: %v", text, err)
	}
	a.outcome = outcome
	for _, d := range a.drafts {
		c.keep(d, turn.Message.ID)
	}
	c.history = append(c.history, sessions.Exchange{Message: turn.Message, Response: &sessions.Response{ID: "r" + turn.Message.ID, Message: turn.Message.ID,
		Status: sessions.StatusCompleted, Text: a.text, Question: a.question, Annotations: outcome.Annotations}})
	return a
}

// keep makes a draft the current version of its kind.
func (c *talk) keep(d sessions.Draft, message string) {
	d.Message = message
	for i := range c.drafts {
		if c.drafts[i].ID == d.ID || d.ID == "" && c.drafts[i].Kind == d.Kind && d.Kind != shortlist.InvitationKind {
			d.ID, d.Version = c.drafts[i].ID, c.drafts[i].Version+1
			c.drafts[i] = d
			return
		}
	}
	d.ID, d.Version = fmt.Sprintf("d%d", len(c.drafts)+1), 1
	c.drafts = append(c.drafts, d)
}

func (c *talk) draft(kind string) sessions.Draft {
	c.t.Helper()
	d, ok := workflow.Current(c.drafts, kind)
	if !ok {
		c.t.Fatalf("there is no draft of kind %s", kind)
	}
	return d
}

func (c *talk) list() shortlist.Document {
	c.t.Helper()
	var doc shortlist.Document
	if err := json.Unmarshal(c.draft(shortlist.Kind).Document, &doc); err != nil {
		c.t.Fatal(err)
	}
	return doc
}

func (c *talk) ids() []string {
	c.t.Helper()
	var ids []string
	for _, x := range c.list().Candidates {
		ids = append(ids, x.ProfileID)
	}
	return ids
}

func (c *talk) invitation() shortlist.Invitation {
	c.t.Helper()
	var inv shortlist.Invitation
	if err := json.Unmarshal(c.draft(shortlist.InvitationKind).Document, &inv); err != nil {
		c.t.Fatal(err)
	}
	return inv
}

// revise patches a draft as a person would on the page.
func (c *talk) revise(kind, patch string) error {
	draft, err := c.workflow.Revise(c.t.Context(), sessions.Revision{Session: c.session, Draft: c.draft(kind), Patch: json.RawMessage(patch), Now: c.now})
	if err != nil {
		return err
	}
	c.keep(draft, draft.Message)
	return nil
}

// dropped are the sentences that grounding did not let through.
func dropped(t testing.TB, a answer) []grounding.Dropped {
	t.Helper()
	var notes struct {
		Calls []struct{ Dropped []grounding.Dropped }
	}
	if err := json.Unmarshal(a.outcome.Annotations, &notes); err != nil {
		t.Fatal(err)
	}
	var out []grounding.Dropped
	for _, call := range notes.Calls {
		out = append(out, call.Dropped...)
	}
	return out
}

func wordCount(text string) int { return len(strings.Fields(text)) }

func profile(id string, p retrieval.Profile) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindProfile, ID: id, Profile: &p}
}

func post(id string, p retrieval.JobPost) retrieval.Document {
	return retrieval.Document{Kind: retrieval.KindJobPost, ID: id, Post: &p}
}

// devCase is a development case of assistant/eval/tuning.
type devCase struct {
	ID          string             `json:"id"`
	Post        retrieval.JobPost  `json:"job_post"`
	Pool        []json.RawMessage  `json:"pool"`
	Relevance   map[string]float64 `json:"relevance"`
	Hard        bool               `json:"hard"`
	Refinements []struct {
		Text   string   `json:"text"`
		Expect []string `json:"expect_ids"`
	} `json:"refinements"`
}

func (c devCase) documents(t testing.TB) []retrieval.Document {
	t.Helper()
	docs := []retrieval.Document{post("post-1", c.Post)}
	for _, raw := range c.Pool {
		var named struct {
			ID string `json:"id"`
			retrieval.Profile
		}
		if err := json.Unmarshal(raw, &named); err != nil {
			t.Fatal(err)
		}
		docs = append(docs, profile(named.ID, named.Profile))
	}
	return docs
}

func devCases(t testing.TB) []devCase {
	t.Helper()
	path := os.Getenv("SHORTLIST_CASES")
	if path == "" {
		path = "../../eval/tuning/shortlist.jsonl"
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	var cases []devCase
	for scanner.Scan() {
		var c devCase
		if err := json.Unmarshal(scanner.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}
