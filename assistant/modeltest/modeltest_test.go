package modeltest_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestScripted(t *testing.T) {
	m := modeltest.ByTask(map[string]string{"job_post/reply": "What is your budget?", "job_post": "Anything else"})
	modeltest.RunSuite(t, m, model.Request{Purpose: model.JobPost, Task: "reply"})
	for task, want := range map[string]string{"reply": "What is your budget?", "description": "Anything else"} {
		var text strings.Builder
		_, err := m.Generate(t.Context(), model.Request{Purpose: model.JobPost, Task: task}, func(s string) error { text.WriteString(s); return nil })
		if err != nil || text.String() != want {
			t.Errorf("%s: %q, %v", task, text.String(), err)
		}
	}
	_, err := m.Generate(t.Context(), model.Request{Purpose: model.Extract}, func(string) error { return nil })
	if !errors.Is(err, model.ErrUnavailable) {
		t.Errorf("a purpose that is not scripted: %v", err)
	}
	if last := m.Requests(); last[len(last)-1].Purpose != model.Extract {
		t.Error("the last request was not recorded")
	}
}

func TestScriptedFailsAfterItsPieces(t *testing.T) {
	m := modeltest.NewScripted(func(model.Request) modeltest.Reply {
		return modeltest.Reply{Pieces: []string{"You ", "want"}, Err: model.ErrCut}
	})
	var pieces []string
	_, err := m.Generate(t.Context(), model.Request{}, func(s string) error { pieces = append(pieces, s); return nil })
	if !errors.Is(err, model.ErrCut) || !slices.Equal(pieces, []string{"You ", "want"}) {
		t.Errorf("%q, %v", pieces, err)
	}
}

func TestPiecesJoinToTheText(t *testing.T) {
	for _, text := range []string{"", "one", " leading", "trailing ", "two  spaces\nand lines", "🚀 é"} {
		if joined := strings.Join(modeltest.Pieces(text), ""); joined != text {
			t.Errorf("%q became %q", text, joined)
		}
	}
}

func TestServerFollowsItsScript(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Fail(500, "", "oops"), modeltest.Answer("Hello"))
	var statuses []int
	var last string
	for range 3 {
		response, err := http.Post(server.URL()+"/chat/completions", "application/json", strings.NewReader(`{"n":1}`))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		statuses, last = append(statuses, response.StatusCode), string(body)
	}
	http.DefaultClient.CloseIdleConnections()
	if !slices.Equal(statuses, []int{500, 200, 200}) || !strings.Contains(last, "Hello") || !strings.HasSuffix(last, "data: [DONE]\n\n") {
		t.Errorf("statuses %v, last body %q", statuses, last)
	}
	if got := server.Requests(); len(got) != 3 || string(got[0].Body) != `{"n":1}` {
		t.Errorf("recorded %+v", got)
	}
}

func TestChooseSeesTheBody(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Choose(func(body []byte) modeltest.Behaviour {
		return modeltest.Whole("You said " + string(body))
	}))
	response, err := http.Post(server.URL()+"/chat/completions", "application/json", strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	defer http.DefaultClient.CloseIdleConnections()
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.Contains(string(body), "You said hello") || string(server.Requests()[0].Body) != "hello" {
		t.Errorf("%s, %v", body, err)
	}
}
