package gateway_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/model"
	"github.com/parleyhq/parley/assistant/modeltest"
)

const levelSchema = `{"type":"object","properties":{"level":{"enum":["entry","expert"]}},"required":["level"],"additionalProperties":false}`

func TestStructuredAnswers(t *testing.T) {
	good, wrong := `{"level": "expert"}`, `{"level": "guru"}`
	for name, test := range map[string]struct {
		script   []modeltest.Behaviour
		want     string
		requests int
	}{
		"right":            {[]modeltest.Behaviour{modeltest.Answer(good)}, good, 1},
		"in a fence":       {[]modeltest.Behaviour{modeltest.Answer("```json\n" + good + "\n```")}, good, 1},
		"after a thought":  {[]modeltest.Behaviour{modeltest.Answer("<think>guru?</think>" + good)}, good, 1},
		"mended":           {[]modeltest.Behaviour{modeltest.Answer(wrong), modeltest.Answer(good)}, good, 2},
		"prose, mended":    {[]modeltest.Behaviour{modeltest.Answer("Surely an expert."), modeltest.Answer(good)}, good, 2},
		"two values":       {[]modeltest.Behaviour{modeltest.Answer(good + good), modeltest.Answer(good)}, good, 2},
		"never right":      {[]modeltest.Behaviour{modeltest.Answer(wrong)}, fallback, 2},
		"cut":              {[]modeltest.Behaviour{modeltest.Cut(good[:9])}, fallback, 1},
		"out of tokens":    {[]modeltest.Behaviour{modeltest.Ends(good[:9], "length")}, fallback, 1},
		"mending fails":    {[]modeltest.Behaviour{modeltest.Answer(wrong), modeltest.Fail(400, "", "")}, fallback, 2},
		"deeply nested":    {[]modeltest.Behaviour{modeltest.Answer(strings.Repeat("[", 20000))}, fallback, 2},
		"not one is shown": {[]modeltest.Behaviour{modeltest.Answer(`[` + good + `]`), modeltest.Answer(wrong)}, fallback, 2},
	} {
		t.Run(name, func(t *testing.T) {
			server := modeltest.NewServer(t, test.script...)
			g := structuredGateway(t, server)
			r := request
			r.Schema = []byte(levelSchema)
			var pieces []string
			result, err := g.Generate(t.Context(), r, func(s string) error { pieces = append(pieces, s); return nil })
			if err != nil || len(pieces) != 1 || pieces[0] != test.want {
				t.Errorf("pieces %q, want %q, %v", pieces, test.want, err)
			}
			if n := len(server.Requests()); n != test.requests {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
			if test.requests == 2 && test.want == good && result.Usage.InputTokens != 22 {
				t.Errorf("usage %+v does not count both tries", result.Usage)
			}
		})
	}
}

const fallback = `{"level":"entry"}`

func structuredGateway(t *testing.T, server *modeltest.Server) *gateway.Gateway {
	return open(t, gateway.Config{
		Endpoints: map[string]gateway.Endpoint{"a": {BaseURL: server.URL()}},
		Local:     map[string]model.Model{"builtin": modeltest.ByTask(map[string]string{"job_post": fallback})},
		Purposes:  map[model.Purpose][]gateway.Choice{model.JobPost: {{Endpoint: "a", Model: "m"}, {Endpoint: "builtin"}}},
		Log:       slog.New(slog.DiscardHandler),
	})
}

func TestRepairSaysWhatIsWrong(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Answer(`{"level": "guru"}`), modeltest.Answer(fallback))
	r := request
	r.Schema = []byte(levelSchema)
	if _, _, err := ask(t, structuredGateway(t, server), r); err != nil {
		t.Fatal(err)
	}
	if body := string(server.Requests()[1].Body); !strings.Contains(body, "guru") || !strings.Contains(body, "/level") {
		t.Errorf("the second request does not name the fault: %s", body)
	}
}

func TestInvalidSchema(t *testing.T) {
	for name, schema := range map[string]string{
		"not JSON": `{"type"`, "no schema": `{"type": 7}`,
		"a file": `{"$ref": "file:///etc/hostname"}`, "a server": `{"$ref": "http://127.0.0.1:1/s"}`,
	} {
		t.Run(name, func(t *testing.T) {
			server := modeltest.NewServer(t, modeltest.Answer(fallback))
			r := request
			r.Schema = []byte(schema)
			text, _, err := ask(t, structuredGateway(t, server), r)
			if !errors.Is(err, model.ErrRejected) || text != "" || len(server.Requests()) != 0 {
				t.Errorf("%q after %d requests, %v", text, len(server.Requests()), err)
			}
		})
	}
}

func TestCancelledWhileStructured(t *testing.T) {
	server := modeltest.NewServer(t, modeltest.Stall(`{"level":`))
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-server.Came(); cancel() }()
	r := request
	r.Schema = []byte(levelSchema)
	_, err := structuredGateway(t, server).Generate(ctx, r, func(string) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	<-server.Requests()[0].Gone
}
