package dialogue

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"github.com/parleyhq/parley/sessions"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a server that answers session.open and then each message with the
// next frames of a script; {id} stands for the message's id.
func site(t *testing.T, script ...[]string) Site {
	t.Helper()
	upgrader := websocket.Upgrader{Subprotocols: []string{subprotocol}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		for _, frames := range append([][]string{{`{"type":"session.opened"}`}}, script...) {
			var in struct {
				ID string `json:"message_id"`
			}
			if ws.ReadJSON(&in) != nil {
				return
			}
			for _, f := range frames {
				if f == "close" {
					return
				}
				ws.WriteMessage(websocket.TextMessage, []byte(strings.ReplaceAll(f, "{id}", in.ID)))
			}
		}
		ws.ReadMessage()
	}))
	t.Cleanup(server.Close)
	return Site{URL: server.URL, Name: "default"}
}

func TestConversation(t *testing.T) {
	s := site(t, []string{
		`{"type":"response.output_text.delta","delta":"He"}`,
		`{"type":"draft.updated","draft":{"kind":"job_post","version":1,"document":{"title":"A"}}}`,
		`{"type":"draft.updated","draft":{"kind":"job_post","version":2,"document":{"title":"B"}}}`,
		`{"type":"response.completed","response":{"message_id":"other","status":"completed"}}`,
		`{"type":"response.completed","response":{"message_id":"{id}","status":"completed","text":"Hello","route":"job_post","question":{"slot":"pay","text":"How much?"}}}`,
	}, []string{`{"type":"response.failed","response":{"message_id":"{id}","status":"failed"}}`})
	c, err := Open(t.Context(), s, Person{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	e, err := c.Say("hi")
	if err != nil || !e.Completed() || e.Response.Question.Slot != "pay" || string(e.Drafts["job_post"].Document) != `{"title":"B"}` {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err = c.Say("again"); err != nil || e.Completed() {
		t.Errorf("a failed response: %+v, %v", e, err)
	}
	transcript := c.Transcript("job_post")
	if len(transcript.Lines) != 4 || transcript.Lines[1].Question != "pay" || transcript.Lines[3].Status != "failed" || transcript.Lines[2].Text != "again" {
		t.Errorf("transcript: %+v", transcript)
	}
	if raw, err := json.Marshal(transcript); err != nil || !strings.Contains(string(raw), `"title":"B"`) {
		t.Errorf("as JSON: %s, %v", raw, err)
	}
}

// TestComesBack: a server that asks to come back is gone back to, with the
// position that was reached, and what was missed is taken from there.
func TestComesBack(t *testing.T) {
	upgrader := websocket.Upgrader{Subprotocols: []string{subprotocol}}
	connections, message := 0, ""
	var after sessions.Position
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		var open struct{ After sessions.Position }
		ws.ReadJSON(&open)
		if connections++; connections == 1 {
			ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"session.opened","session":{"id":"s"},"epoch":"e","token":"t"}`))
			var in struct {
				ID string `json:"message_id"`
			}
			ws.ReadJSON(&in)
			message = in.ID
			ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"message.created","offset":3}`))
			ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(3008, "too slow"))
			ws.ReadMessage()
			return
		}
		after = open.After
		ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"session.opened","session":{"id":"s"},"epoch":"e","snapshot":{"drafts":[{"kind":"job_post","document":{}}],"responses":[{"message_id":"`+message+`","status":"completed","text":"there"}]}}`))
		ws.ReadMessage()
	}))
	t.Cleanup(server.Close)
	c, err := Open(t.Context(), Site{URL: server.URL}, Person{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	e, err := c.Say("hi")
	if err != nil || e.Response.Text != "there" || after != (sessions.Position{Epoch: "e", Offset: 3}) {
		t.Errorf("%+v after %+v, %v", e, after, err)
	}
	if _, found := c.Draft("job_post"); !found {
		t.Error("the draft of the snapshot is not there")
	}
}

func TestBrokenServers(t *testing.T) {
	for name, frames := range map[string][]string{
		"refuses the message": {`{"type":"reply","id":"{id}","error":{"code":"busy","message":"too much"}}`},
		"hangs up":            {`{"type":"response.created"}`, "close"},
		"says nonsense":       {`{"type":`},
	} {
		c, err := Open(t.Context(), site(t, frames), Person{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Say("hi"); !errors.Is(err, ErrServer) {
			t.Errorf("%s: %v", name, err)
		}
		c.Close()
	}
	if _, err := Open(t.Context(), Site{URL: "http://127.0.0.1:1"}, Person{}); !errors.Is(err, ErrServer) {
		t.Errorf("nobody there: %v", err)
	}
}

func TestAConversationEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Open(ctx, site(t, []string{`{"type":"response.created"}`}, []string{}), Person{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	cancel()
	if _, err := c.Say("hi"); err == nil {
		t.Error("it went on")
	}
}

func TestLoad(t *testing.T) {
	var got, key string
	answer := `{"rows":2,"rejected":0}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, key = string(body), r.Header.Get("Authorization")
		io.WriteString(w, answer)
	}))
	defer server.Close()
	defer http.DefaultClient.CloseIdleConnections()
	s := Site{URL: server.URL, Name: "x", Key: "k"}
	documents := []Document{{"profile", "c1", map[string]any{"headline": "H", "id": "other"}}, {"profile", "c2", struct{}{}}}
	if err := s.Load(t.Context(), documents); err != nil {
		t.Fatal(err)
	}
	if want := `{"headline":"H","id":"c1","kind":"profile"}` + "\n" + `{"id":"c2","kind":"profile"}` + "\n"; got != want || key != "Bearer k" {
		t.Errorf("sent %q with %q", got, key)
	}
	for _, answer = range []string{`{"rejected":1,"rejects":[{"reason":"no title"}]}`, `{"rejected":1}`, "gone"} {
		if err := s.Load(t.Context(), documents); !errors.Is(err, ErrServer) {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestEach(t *testing.T) {
	last, failed := 0, errors.New("no")
	if err := Each(t.Context(), 5, 1, func(done int) { last = done }, func(context.Context, int) error { return nil }); err != nil || last != 5 {
		t.Errorf("played %d, %v", last, err)
	}
	if err := Each(t.Context(), 3, 2, nil, func(_ context.Context, i int) error {
		if i == 1 {
			return failed
		}
		return nil
	}); !errors.Is(err, failed) {
		t.Errorf("one fails: %v", err)
	}
}

func TestUnsourced(t *testing.T) {
	claims := []sessions.Claim{
		{Path: "/text", Text: "I build shops.", Sources: []sessions.Source{{Kind: "document", Quote: "build shops"}}},
		{Path: "/text", Text: "Shall we talk?", Kind: "wording"},
		{Path: "/text", Text: "I won a prize.", Sources: []sessions.Source{{Kind: "document", Quote: "won a prize"}}},
		{Path: "/other", Text: "I dance.", Sources: []sessions.Source{{Kind: "edit"}}},
	}
	got := Unsourced(claims, "/text", "I build shops. I won a prize. I dance. Shall we talk?", "They build shops for a living.")
	if strings.Join(got, "|") != "I won a prize.|I dance." {
		t.Errorf("without a source: %q", got)
	}
}

func TestWhich(t *testing.T) {
	question := &sessions.Question{Slot: WhichSlot, Suggestions: []sessions.QuickReply{{Text: "Find people"}, {Text: "A job post"}}}
	for _, c := range []struct {
		question *sessions.Question
		words    []string
		want     string
		asked    bool
	}{
		{question, []string{"job post"}, "A job post", true},
		{question, []string{"apply for a job", "apply"}, "apply for a job", true},
		{&sessions.Question{Slot: "pay"}, []string{"post"}, "", false},
		{nil, []string{"post"}, "", false},
	} {
		if got, asked := Which(c.question, c.words...); got != c.want || asked != c.asked {
			t.Errorf("%v: %q, %v", c.words, got, asked)
		}
	}
}
