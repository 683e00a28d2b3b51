package gateway_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	key      = "sk-Secret-0123456789"
	prompt   = "You write job posts. Internal rule 77."
	composed = "Composed without a network."
	answer   = "You want a shop for pet supplies [f1]."
)

var request = model.Request{
	Purpose: model.JobPost, Task: "reply", Instructions: prompt, Prompt: "job_post/reply.v1",
	Facts:   []model.Fact{{ID: "f1", Kind: "said", Text: "a shop for pet supplies"}},
	History: []model.Message{{Role: "user", Text: "I need a shop for my pet store"}},
}

// start makes a gateway with servers in their order, named a, b …, and then a
// local model named builtin.
func start(t testing.TB, timeouts gateway.Timeouts, servers ...*modeltest.Server) (*gateway.Gateway, *modeltest.Scripted) {
	builtin := modeltest.ByTask(map[string]string{"job_post": composed})
	cfg := gateway.Config{
		Endpoints: make(map[string]gateway.Endpoint),
		Local:     map[string]model.Model{"builtin": builtin},
		Log:       slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	var choices []gateway.Choice
	for i, server := range servers {
		name := string(rune('a' + i))
		cfg.Endpoints[name] = gateway.Endpoint{BaseURL: server.URL(), Key: key, Timeouts: timeouts}
		choices = append(choices, gateway.Choice{Endpoint: name, Model: "small"})
	}
	choices = append(choices, gateway.Choice{Endpoint: "builtin"})
	cfg.Purposes = map[model.Purpose][]gateway.Choice{model.JobPost: choices}
	return open(t, cfg), builtin
}

func open(t testing.TB, cfg gateway.Config) *gateway.Gateway {
	t.Helper()
	g, err := gateway.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.Close)
	return g
}

// ask returns all text that came.
func ask(t testing.TB, m model.Model, r model.Request) (string, model.Result, error) {
	t.Helper()
	var text strings.Builder
	result, err := m.Generate(t.Context(), r, func(piece string) error {
		text.WriteString(piece)
		return nil
	})
	return text.String(), result, err
}

func TestSuite(t *testing.T) {
	t.Run("server", func(t *testing.T) {
		g, _ := start(t, gateway.Timeouts{}, modeltest.NewServer(t, modeltest.Answer(answer)))
		modeltest.RunSuite(t, g, request)
	})
	t.Run("local", func(t *testing.T) {
		g, _ := start(t, gateway.Timeouts{})
		modeltest.RunSuite(t, g, request)
	})
	t.Run("structured", func(t *testing.T) {
		g, _ := start(t, gateway.Timeouts{}, modeltest.NewServer(t, modeltest.Answer(`{"level": "expert"}`)))
		r := request
		r.Schema = []byte(levelSchema)
		modeltest.RunSuite(t, g, r)
	})
}

func TestAnswerStreams(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer(answer))
	g, builtin := start(t, gateway.Timeouts{}, server)
	pieces := 0
	result, err := g.Generate(t.Context(), request, func(string) error { pieces++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if pieces != len(modeltest.Pieces(answer)) {
		t.Errorf("came in %d pieces, was sent in %d", pieces, len(modeltest.Pieces(answer)))
	}
	want := model.Result{
		Model: "scripted-1", Endpoint: "a", Prompt: "job_post/reply.v1", Finish: model.FinishStop,
		Usage: model.Usage{InputTokens: 11, OutputTokens: pieces, Known: true}, FirstToken: result.FirstToken, Total: result.Total,
	}
	if result != want {
		t.Errorf("result %+v, want %+v", result, want)
	}
	if len(builtin.Requests()) != 0 {
		t.Error("the built-in model was asked as well")
	}
	if got := server.Requests()[0].Header.Get("Authorization"); got != "Bearer "+key {
		t.Errorf("Authorization %q", got)
	}
}

func TestNextServerAnswersBeforeBuiltin(t *testing.T) {
	first := modeltest.NewServer(t, modeltest.Fail(401, "invalid_api_key", "no"))
	g, _ := start(t, gateway.Timeouts{}, first, modeltest.NewServer(t, modeltest.Answer(answer)))
	text, result, err := ask(t, g, request)
	if err != nil || text != answer || result.Endpoint != "b" {
		t.Errorf("%q from %s, %v", text, result.Endpoint, err)
	}
	if n := len(first.Requests()); n != 1 {
		t.Errorf("a wrong key was tried %d times", n)
	}
}

// deaf is a model that does not listen to its receiver.
type deaf struct{}

func (deaf) Generate(_ context.Context, _ model.Request, yield func(string) error) (model.Result, error) {
	_ = yield("Hello")
	return model.Result{Model: "deaf"}, nil
}

func TestReceiversErrorIsNeverLost(t *testing.T) {
	g := open(t, gateway.Config{
		Local:    map[string]model.Model{"deaf": deaf{}},
		Purposes: map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "deaf"}}},
	})
	enough := errors.New("enough")
	if _, err := g.Generate(t.Context(), request, func(string) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("error %v", err)
	}
}

func TestUnconfiguredPurpose(t *testing.T) {
	g, _ := start(t, gateway.Timeouts{})
	_, _, err := ask(t, g, model.Request{Purpose: model.Extract})
	if !errors.Is(err, gateway.ErrNoModel) || !errors.Is(err, model.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
	if g.Remote(model.Extract) || g.Remote(model.JobPost) {
		t.Error("Remote without a server")
	}
}

func TestCancelReachesServerAtOnce(t *testing.T) {
	for name, said := range map[string]string{"before the first token": "", "in mid-answer": "You want"} {
		t.Run(name, func(t *testing.T) {
			server := modeltest.NewServer(t, modeltest.Stall(said))
			g, builtin := start(t, gateway.Timeouts{}, server)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-server.Came()
				if said == "" {
					cancel()
				}
			}()
			_, err := g.Generate(ctx, request, func(string) error { cancel(); return nil })
			if !errors.Is(err, context.Canceled) || errors.Is(err, model.ErrCut) {
				t.Errorf("error %v, want context.Canceled alone", err)
			}
			<-server.Requests()[0].Gone
			if len(builtin.Requests()) != 0 {
				t.Error("another model was asked for a cancelled answer")
			}
		})
	}
}

func TestReceiverMayBeSlow(t *testing.T) {
	t.Parallel()
	limit, slept := time.Second, false
	g, _ := start(t, gateway.Timeouts{NextToken: limit}, modeltest.NewServer(t, modeltest.Answer(answer)))
	_, err := g.Generate(t.Context(), request, func(string) error {
		if !slept {
			slept = true
			time.Sleep(limit + limit/2)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestConnectionsAreReused(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer(answer))
	g, _ := start(t, gateway.Timeouts{}, server)
	for range 20 {
		if _, _, err := ask(t, g, request); err != nil {
			t.Fatal(err)
		}
	}
	if n := server.Connections(); n > 2 {
		t.Errorf("20 calls made %d connections", n)
	}
}

func TestCheck(t *testing.T) {
	good, bad := modeltest.NewServer(t, modeltest.Answer("Hello")), modeltest.NewServer(t, modeltest.HTML())
	g, _ := start(t, gateway.Timeouts{}, good, bad)
	rows := g.Check(t.Context())
	if len(rows) != 3 {
		t.Fatalf("rows %+v", rows)
	}
	if r := rows[0]; !r.OK || r.Err != nil || r.Purpose != model.JobPost || r.Endpoint != "a" || r.Model != "small" || r.FirstToken <= 0 || !r.Usage.Known {
		t.Errorf("good endpoint: %+v", r)
	}
	if r := rows[1]; r.OK || !errors.Is(r.Err, model.ErrMalformed) {
		t.Errorf("bad endpoint: %+v", r)
	}
	if r := rows[2]; !r.OK || r.Endpoint != "builtin" || r.Model != "" {
		t.Errorf("built in: %+v", r)
	}
}

func TestObserveSeesEveryTry(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Fail(400, "context_length_exceeded", "too long"))
	var calls []gateway.Call
	g := open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL()}},
		Local:     map[string]model.Model{"builtin": modeltest.ByTask(map[string]string{"job_post": composed})},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "m"}, {Endpoint: "builtin"}}},
		Log:       slog.New(slog.DiscardHandler),
		Observe:   func(c gateway.Call) { calls = append(calls, c) },
	})
	if _, _, err := ask(t, g, request); err != nil {
		t.Fatal(err)
	}
	if len(calls) != 2 || !errors.Is(calls[0].Err, model.ErrRejected) || calls[1].Err != nil || calls[0].Task != "reply" {
		t.Errorf("calls %+v", calls)
	}
	if !g.Remote(model.JobPost) {
		t.Error("Remote is false with a server")
	}
}
