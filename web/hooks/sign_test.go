package hooks_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/web/hooks"
)

// The example of the Standard Webhooks specification's reference libraries.
func TestSignatureOfTheSpecification(t *testing.T) {
	h := http.Header{}
	at := time.Unix(1614265330, 0)
	body := []byte(`{"test": 2432232314}`)
	const example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	if err := hooks.Sign(h, "msg_p5jXN8AQM9LWM0D4loKWxJek", body, at, example); err != nil {
		t.Fatal(err)
	}
	if got := h.Get("webhook-signature"); got != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("signature %s", got)
	}
	if err := hooks.Verify(h, body, at, example); err != nil {
		t.Error(err)
	}
}

func TestVerify(t *testing.T) {
	const id, body = "evt_1", `{"type":"moderation.decided"}`
	old, fresh := strings.Repeat("o", 32), strings.Repeat("f", 32)
	now := time.Unix(1_800_000_000, 0)
	signed := func(at time.Time, secrets ...string) http.Header {
		h := http.Header{}
		if err := hooks.Sign(h, id, []byte(body), at, secrets...); err != nil {
			t.Fatal(err)
		}
		return h
	}
	changed := func(name, value string) http.Header {
		h := signed(now, fresh)
		h.Set(name, value)
		return h
	}
	for name, c := range map[string]struct {
		header  http.Header
		body    string
		secrets []string
		want    error
	}{
		"good":                             {signed(now, fresh), body, []string{fresh}, nil},
		"signed by both while rotating":    {signed(now, fresh, old), body, []string{old}, nil},
		"accepts both while rotating":      {signed(now, old), body, []string{fresh, old}, nil},
		"another secret":                   {signed(now, old), body, []string{fresh}, hooks.ErrSignature},
		"no secret":                        {signed(now, fresh), body, nil, hooks.ErrSignature},
		"another body":                     {signed(now, fresh), body + " ", []string{fresh}, hooks.ErrSignature},
		"another id":                       {changed(hooks.HeaderID, "evt_2"), body, []string{fresh}, hooks.ErrSignature},
		"another time":                     {changed(hooks.HeaderTimestamp, "1800000001"), body, []string{fresh}, hooks.ErrSignature},
		"no time":                          {changed(hooks.HeaderTimestamp, ""), body, []string{fresh}, hooks.ErrSignature},
		"no signature":                     {changed(hooks.HeaderSignature, ""), body, []string{fresh}, hooks.ErrSignature},
		"another version":                  {changed(hooks.HeaderSignature, strings.Replace(signed(now, fresh).Get(hooks.HeaderSignature), "v1,", "v2,", 1)), body, []string{fresh}, hooks.ErrSignature},
		"no base64":                        {changed(hooks.HeaderSignature, "v1,%%%"), body, []string{fresh}, hooks.ErrSignature},
		"nothing":                          {http.Header{}, body, []string{fresh}, hooks.ErrSignature},
		"five minutes old":                 {signed(now.Add(-5*time.Minute), fresh), body, []string{fresh}, nil},
		"older":                            {signed(now.Add(-5*time.Minute-time.Second), fresh), body, []string{fresh}, hooks.ErrTimestamp},
		"from the future":                  {signed(now.Add(6*time.Minute), fresh), body, []string{fresh}, hooks.ErrTimestamp},
		"an id and a time change places":   {swapped(signed(now, fresh)), body, []string{fresh}, hooks.ErrSignature},
		"a secret that is none is skipped": {signed(now, fresh), body, []string{"short", fresh}, nil},
	} {
		err := hooks.Verify(c.header, []byte(c.body), now, c.secrets...)
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func swapped(h http.Header) http.Header {
	id := h.Get(hooks.HeaderID)
	h.Set(hooks.HeaderID, h.Get(hooks.HeaderTimestamp))
	h.Set(hooks.HeaderTimestamp, id)
	return h
}

func TestEndpointsAreChecked(t *testing.T) {
	good := hooks.Endpoint{Tenant: "shop", URL: "https://shop.example/hook?a=b", Secrets: []string{secret}, Events: []string{"moderation.decided"}}
	if _, err := hooks.NewEndpoints(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*hooks.Endpoint){
		"no address":       func(e *hooks.Endpoint) { e.URL = "" },
		"no host":          func(e *hooks.Endpoint) { e.URL = "https:///hook" },
		"plain http":       func(e *hooks.Endpoint) { e.URL = "http://shop.example/hook" },
		"loopback's likes": func(e *hooks.Endpoint) { e.URL = "http://127.0.0.1.shop.example/" },
		"another scheme":   func(e *hooks.Endpoint) { e.URL = "ftp://localhost/" },
		"a password":       func(e *hooks.Endpoint) { e.URL = "https://user:hunter2@shop.example/" },
		"a fragment":       func(e *hooks.Endpoint) { e.URL = "https://shop.example/#hunter2" },
		"no secret":        func(e *hooks.Endpoint) { e.Secrets = nil },
		"a short secret":   func(e *hooks.Endpoint) { e.Secrets = []string{secret, "hunter2"} },
		"broken base64":    func(e *hooks.Endpoint) { e.Secrets = []string{"whsec_hunter2!"} },
		"unknown event":    func(e *hooks.Endpoint) { e.Events = []string{"draft.eaten"} },
	} {
		e := good
		change(&e)
		if _, err := hooks.NewEndpoints(e); !errors.Is(err, hooks.ErrInvalid) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, url := range []string{"http://localhost:8080/a", "http://127.0.0.1/a", "http://[::1]:9/a"} {
		e := good
		e.URL = url
		if err := e.Check(); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	if _, err := hooks.NewEndpoints(good, good); !errors.Is(err, hooks.ErrInvalid) {
		t.Errorf("twice: %v", err)
	}
}
