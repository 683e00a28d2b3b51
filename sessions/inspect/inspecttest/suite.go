// Package inspecttest is the promise that every [inspect.Store] and
// [inspect.Trail] keeps: a suite that each implementation runs.
package inspecttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/sessions/inspect"
)

// Backend is a database with what reads it, empty.
type Backend struct {
	Sessions sessions.Store
	Store    inspect.Store
	Trail    inspect.Trail
	// Exec runs SQL, which must fail.
	Refuses func(query string) error
}

// Run runs the suite on backends that open makes.
func Run(t *testing.T, open func(t *testing.T) Backend) {
	for name, test := range map[string]func(*testing.T, *market){
		"filters":            testFilters,
		"pages of a list":    testListPages,
		"search":             testSearch,
		"hostile searches":   testHostile,
		"a turn":             testTurn,
		"pages of a session": testPages,
		"deleted sessions":   testDeleted,
		"other sites":        testIsolation,
		"the trail":          testTrail,
	} {
		t.Run(name, func(t *testing.T) { test(t, &market{Backend: open(t), t: t}) })
	}
}

// market writes conversations.
type market struct {
	Backend
	t *testing.T
}

// said is one exchange of a conversation.
type said struct {
	text, answer string
	response     sessions.Response // beside Text
	rating       string
	drafts       []sessions.Draft
}

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// session writes a conversation; message ids are id-0, id-1 …, response ids id-r0 …
func (m *market) session(tenant, id, owner, title string, list ...said) sessions.Key {
	m.t.Helper()
	ctx := m.t.Context()
	s := sessions.Session{Tenant: tenant, ID: id, Owner: owner, Role: sessions.RoleClient, Created: now(), Updated: now()}
	if strings.HasPrefix(owner, "f") {
		s.Role = sessions.RoleFreelancer
	}
	if err := m.Sessions.Create(ctx, s); err != nil {
		m.t.Fatal(err)
	}
	key := sessions.Key{Tenant: tenant, Session: id}
	_, lease, err := m.Sessions.Begin(ctx, key, "test", time.Minute)
	if err != nil {
		m.t.Fatal(err)
	}
	batch := sessions.Batch{Title: &title, Release: true}
	parent := ""
	for i, x := range list {
		message := sessions.Message{ID: fmt.Sprintf("%s-%d", id, i), Parent: parent, Text: x.text, Created: now()}
		r := x.response
		r.ID, r.Message, r.Text, r.Created = fmt.Sprintf("%s-r%d", id, i), message.ID, x.answer, now()
		if r.Status == "" {
			r.Status = sessions.StatusCompleted
		}
		batch.Messages, batch.Responses = append(batch.Messages, message), append(batch.Responses, r)
		for _, d := range x.drafts {
			d.Message, d.Created = message.ID, now()
			batch.Drafts = append(batch.Drafts, d)
		}
		if x.rating != "" {
			batch.Feedback = append(batch.Feedback, sessions.Feedback{Response: r.ID, Rating: x.rating, Created: now()})
		}
		parent = message.ID
		batch.Leaf = &message.ID
	}
	if _, err := m.Sessions.Commit(ctx, lease, batch); err != nil {
		m.t.Fatal(err)
	}
	return key
}

func (m *market) list(f inspect.Filter) []string {
	m.t.Helper()
	list, _, err := inspect.Reader{Store: m.Store}.List(m.t.Context(), "shop", f)
	if err != nil {
		m.t.Fatal(err)
	}
	ids := make([]string, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	return ids
}

func (m *market) want(what string, got, want []string) {
	m.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		m.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func routed(route string) sessions.Response { return sessions.Response{Route: route} }

func testFilters(t *testing.T, m *market) {
	begun := now()
	m.session("shop", "s1", "ann", "A web shop", said{text: "hi", answer: "hello", response: routed("advice")}, said{text: "a post", answer: "done", response: routed("job_post"), rating: "down"})
	m.session("shop", "s2", "fay", "", said{text: "x", response: sessions.Response{Status: sessions.StatusFailed, Route: "proposal", Problem: &sessions.Problem{Code: "unavailable"}}})
	between := now()
	m.session("shop", "s3", "ann", "", said{text: "y", response: sessions.Response{Status: sessions.StatusHeld, Problem: &sessions.Problem{Code: "held"}}, rating: "up"})
	m.session("shop", "s4", "bob", "", said{text: "z", response: sessions.Response{Status: sessions.StatusRunning}})
	m.session("shop", "s5", "bob", "")
	m.session("else", "e1", "ann", "", said{text: "y", response: routed("job_post"), rating: "down"})
	for name, test := range map[string]struct {
		filter inspect.Filter
		want   []string
	}{
		"all":        {inspect.Filter{}, []string{"s5", "s4", "s3", "s2", "s1"}},
		"running":    {inspect.Filter{Status: sessions.StatusRunning}, []string{"s4"}},
		"held":       {inspect.Filter{Status: sessions.StatusHeld}, []string{"s3"}},
		"failed":     {inspect.Filter{Status: sessions.StatusFailed}, []string{"s2"}},
		"completed":  {inspect.Filter{Status: sessions.StatusCompleted}, []string{"s1"}},
		"workflow":   {inspect.Filter{Workflow: "job_post"}, []string{"s1"}},
		"freelancer": {inspect.Filter{Role: sessions.RoleFreelancer}, []string{"s2"}},
		"person":     {inspect.Filter{Person: "ann"}, []string{"s3", "s1"}},
		"problem":    {inspect.Filter{Problem: "unavailable"}, []string{"s2"}},
		"rated down": {inspect.Filter{Down: true}, []string{"s1"}},
		"since":      {inspect.Filter{From: between}, []string{"s5", "s4", "s3"}},
		"until":      {inspect.Filter{From: begun, To: between}, []string{"s2", "s1"}},
		"two":        {inspect.Filter{Person: "ann", Status: sessions.StatusHeld}, []string{"s3"}},
		"none":       {inspect.Filter{Workflow: "x' or '1'='1"}, nil},
	} {
		m.want(name, m.list(test.filter), test.want)
	}
	list, err := m.Store.List(t.Context(), "shop", inspect.Filter{Person: "ann", Limit: 9})
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	s := list[1]
	if s.Person != "ann" || s.Title != "A web shop" || s.First != "hi" || s.Messages != 2 || s.Responses != 2 || !slices.Equal(s.Workflows, []string{"advice", "job_post"}) || s.Status != sessions.StatusCompleted || s.Down != 1 {
		t.Errorf("%+v", s)
	}
	if s := list[0]; s.Status != sessions.StatusHeld || s.Problem != "held" || s.Down != 0 {
		t.Errorf("%+v", s)
	}
}

func testListPages(t *testing.T, m *market) {
	var want []string
	for i := range 7 {
		id := fmt.Sprint("s", i)
		m.session("shop", id, "ann", "", said{text: "the same words", answer: "again"})
		want = append([]string{id}, want...)
	}
	for _, text := range []string{"", "same"} {
		var got []string
		f := inspect.Filter{Limit: 3, Text: text}
		for range 3 {
			list, next, err := inspect.Reader{Store: m.Store}.List(t.Context(), "shop", f)
			if err != nil || len(list) > 3 {
				t.Fatal(list, err)
			}
			for _, s := range list {
				got = append(got, s.ID)
			}
			if next == nil {
				break
			}
			f.After = *next
		}
		m.want("pages", got, want)
	}
}

func testSearch(t *testing.T, m *market) {
	m.session("shop", "a", "ann", "Café website", said{text: "I need a WordPress developer in Málaga, please write to zoe@example.org", answer: "Which budget do you have in mind?"})
	m.session("shop", "b", "user-42", "50%_off campaign", said{text: strings.Repeat("filler ", 400) + "needle in here", answer: "I kept the needle.\n\nAnd more."})
	m.session("shop", "c", "fay", "", said{text: "我需要一个网站", answer: "No"})
	for text, want := range map[string][]string{
		"wordpress":        {"a"},
		"WORDPR malaga":    {"a"},
		"wordpress needle": nil, // in no one text
		"budget":           {"a"},
		"zoe@example.org":  {"a"},
		"cafe":             nil, // titles as they are written
		"Café":             {"a"},
		"50%_":             {"b"},
		"needle":           {"b"},
		"user-42":          {"b"},
		"网站":               {"c"},
		"a-0":              {"a"},
		"b-r0":             {"b"},
		"c":                {"c", "b", "a"}, // beginnings of words, and titles
		"'":                nil,
		"  ":               {"c", "b", "a"},
	} {
		m.want(text, m.list(inspect.Filter{Text: text}), want)
	}
	list, _, err := inspect.Reader{Store: m.Store}.List(t.Context(), "shop", inspect.Filter{Text: "needle"})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	want := &inspect.Excerpt{Message: "b-0", Response: "b-r0", Text: "I kept the needle. And more.", Marks: []inspect.Span{{Start: 11, End: 17}}}
	if diff := cmp.Diff(want, list[0].Excerpt); diff != "" {
		t.Errorf("excerpt (-want +got):\n%s", diff)
	}
}

// Whatever is looked for, nothing breaks, and nothing but texts is found.
func testHostile(t *testing.T, m *market) {
	hard := "\"' OR 1=1 -- ; drop table sessions; * NEAR( a:* & !b | <-> \\ %_ \u202e 🙂 \ufffd"
	m.session("shop", "a", "ann", hard, said{text: hard, answer: hard})
	for _, text := range []string{
		hard, `"`, `'`, `*`, `"*`, "NEAR(a b)", "a AND b OR NOT c", "words:x", "-x", "^x", "':* | 'a", `\`, "%", "_", "(", "\x00", "a\x00b", "\xff\xfe",
		strings.Repeat("a ", 240), strings.Repeat("é", 200), "🙂", "\u202e", "ﬁ ǅ ß İ", "٣٤",
	} {
		for _, f := range []inspect.Filter{{Text: text}, {Person: strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")}} {
			if _, _, err := (inspect.Reader{Store: m.Store}).List(t.Context(), "shop", f); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
	m.want("the whole text", m.list(inspect.Filter{Text: hard}), []string{"a"})
	if _, _, err := (inspect.Reader{Store: m.Store}).List(t.Context(), "shop", inspect.Filter{Text: strings.Repeat("x", 501)}); !errors.Is(err, inspect.ErrInvalid) {
		t.Errorf("a text without end: %v", err)
	}
}

func testTurn(t *testing.T, m *market) {
	document := json.RawMessage(`{"title":"A shop"}`)
	key := m.session("shop", "a", "ann", "Title", said{text: "first", answer: "one", response: sessions.Response{
		Route: "job_post", Model: "m", Annotations: json.RawMessage(`{"calls":[]}`), Evidence: []sessions.Evidence{{ID: "p1", Kind: "job_post", Title: "P"}},
	}, rating: "down", drafts: []sessions.Draft{{ID: "d", Kind: "job_post", Version: 1, Author: "assistant", Document: document}}}, said{text: "second", answer: "two"})
	turn, err := m.Store.Turn(t.Context(), "shop", "a-r0")
	if err != nil {
		t.Fatal(err)
	}
	if turn.Session.ID != key.Session || turn.Session.Owner != "ann" || turn.Message.Text != "first" || turn.Response.Text != "one" || string(turn.Response.Annotations) != `{"calls":[]}` ||
		len(turn.Response.Evidence) != 1 || turn.Feedback == nil || turn.Feedback.Rating != "down" || len(turn.Drafts) != 1 || string(turn.Drafts[0].Document) != string(document) || len(turn.Siblings) != 1 {
		t.Errorf("%+v", turn)
	}
	if _, err := m.Store.Turn(t.Context(), "shop", "nobody"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("no such turn: %v", err)
	}
}

func testPages(t *testing.T, m *market) {
	var list []said
	for i := range 2000 {
		list = append(list, said{text: fmt.Sprint("message ", i), answer: fmt.Sprint("answer ", i)})
	}
	key := m.session("shop", "long", "ann", "", list...)
	var got []string
	pages := 0
	for before := int64(0); pages == 0 || before > 0; pages++ {
		page, err := m.Store.Page(t.Context(), key, before, 150)
		if err != nil || page.Total != 2000 || len(page.Exchanges) > 150 {
			t.Fatal(page.Total, len(page.Exchanges), err)
		}
		var texts []string
		for _, x := range page.Exchanges {
			if len(x.Responses) != 1 || !x.Selected {
				t.Fatalf("%+v", x)
			}
			texts = append(texts, x.Message.Text)
		}
		got = append(texts, got...)
		before = page.Before
	}
	if pages != 14 || len(got) != 2000 || got[0] != "message 0" || got[1999] != "message 1999" {
		t.Errorf("%d pages, %d messages", pages, len(got))
	}

	// An edit makes a branch: what was before is there, and not selected.
	_, lease, err := m.Sessions.Begin(t.Context(), key, "test", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	leaf := "edited"
	edit := sessions.Message{ID: leaf, Parent: "long-1997", Text: "instead", Created: now()}
	if _, err := m.Sessions.Commit(t.Context(), lease, sessions.Batch{Messages: []sessions.Message{edit}, Leaf: &leaf, Release: true}); err != nil {
		t.Fatal(err)
	}
	page, err := m.Store.Page(t.Context(), key, 0, 4)
	if err != nil {
		t.Fatal(err)
	}
	var selected []bool
	for _, x := range page.Exchanges {
		selected = append(selected, x.Selected)
	}
	if !slices.Equal(selected, []bool{true, false, false, true}) {
		t.Errorf("selected: %v", selected)
	}
}

func testDeleted(t *testing.T, m *market) {
	key := m.session("shop", "a", "ann", "secret title", said{text: "secret words", answer: "secret answer", rating: "down", response: routed("advice")})
	m.session("shop", "b", "ann", "kept", said{text: "other words", answer: "other"})
	if err := m.Sessions.Delete(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"secret", "a-0", "a-r0"} {
		m.want(text, m.list(inspect.Filter{Text: text}), nil)
	}
	m.want("rated down", m.list(inspect.Filter{Down: true}), nil)
	m.want("what is left", m.list(inspect.Filter{Text: "words"}), []string{"b"})
	if _, err := m.Store.Turn(t.Context(), "shop", "a-r0"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("turn of a deleted session: %v", err)
	}
	if _, err := m.Store.Page(t.Context(), key, 0, 10); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("page of a deleted session: %v", err)
	}
}

func testIsolation(t *testing.T, m *market) {
	m.session("else", "theirs", "ann", "hidden", said{text: "hidden words", answer: "hidden answer", response: routed("advice")})
	for _, text := range []string{"hidden", "theirs", "theirs-0", "theirs-r0", "ann"} {
		m.want(text, m.list(inspect.Filter{Text: text}), nil)
	}
	if _, err := m.Store.Turn(t.Context(), "shop", "theirs-r0"); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("turn of another site: %v", err)
	}
	if _, err := m.Store.Page(t.Context(), sessions.Key{Tenant: "shop", Session: "theirs"}, 0, 10); !errors.Is(err, sessions.ErrNotFound) {
		t.Errorf("page of another site: %v", err)
	}
	texts, err := m.Store.Texts(t.Context(), "shop", []inspect.Hit{{Session: "theirs", Message: "theirs-0"}, {Session: "theirs", Message: "theirs-0", Response: "theirs-r0"}})
	if err != nil || !slices.Equal(texts, []string{"", ""}) {
		t.Errorf("texts of another site: %q, %v", texts, err)
	}
}

func testTrail(t *testing.T, m *market) {
	at := now()
	look := func(tenant, session, operator string, at time.Time) {
		t.Helper()
		if err := m.Trail.Note(t.Context(), tenant, inspect.View{Session: session, Operator: operator, Name: "Name of " + operator, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	look("shop", "a", "vera", at)
	look("shop", "a", "vera", at.Add(time.Minute)) // within ten minutes: the same look
	look("shop", "a", "rolf", at.Add(2*time.Minute))
	look("shop", "b", "vera", at.Add(3*time.Minute))
	look("shop", "a", "vera", at.Add(inspect.Again+time.Second))
	look("else", "a", "vera", at)
	seen := func(session string, before int64, limit int) (got []string, last int64) {
		t.Helper()
		views, err := m.Trail.Views(t.Context(), "shop", session, before, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range views {
			got = append(got, v.Session+" "+v.Operator+" "+v.At.Sub(at).String())
			last = v.Number
		}
		return got, last
	}
	got, last := seen("", 0, 3)
	m.want("views of the site", got, []string{"a vera 10m1s", "b vera 3m0s", "a rolf 2m0s"})
	got, _ = seen("", last, 3)
	m.want("the page after", got, []string{"a vera 0s"})
	got, _ = seen("b", 0, 9)
	m.want("views of a session", got, []string{"b vera 3m0s"})
	for _, query := range []string{"update console_views set name = 'nobody'", "delete from console_views"} {
		if err := m.Refuses(query); err == nil {
			t.Errorf("%s: not refused", query)
		}
	}
}
