package moderation

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func TestReadCases(t *testing.T) {
	cases := read(t,
		`{"id":"a","sender":"client","text":"Hello.","labels":[],"difficulty":{"of":"no concern"}}`, ``,
		`{"id":7,"text":"Pay me outside.","labels":["payment_circumvention"],"channel":"post","kind":"plain","lang":"en","source":"a","thread":[{"text":"How?"}]}`,
		`{"text":"No id.","labels":[]}`)
	if len(cases) != 3 {
		t.Fatalf("read %d cases", len(cases))
	}
	if c := cases[0]; c.ID != "a" || c.Channel != message.Direct || !c.Clean() {
		t.Errorf("the first: %+v", c)
	}
	if c := cases[1]; c.ID != "7" || c.Channel != message.Post || !has(c, policy.PaymentCircumvention) || len(c.Thread) != 1 || c.Family() != "a" {
		t.Errorf("the second: %+v", c)
	}
	if c := cases[2]; c.ID != "line-4" {
		t.Errorf("the third: %+v", c)
	}
	if got := families(cases); !reflect.DeepEqual(got, [][]int{{0, 1}, {2}}) {
		t.Errorf("families %v", got)
	}
}

func TestBrokenCasesAreNamed(t *testing.T) {
	const good = `{"id":"a","text":"Hello.","labels":[]}` + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":         {good + "{broken", "line 2"},
		"no text":         {good + `{"id":"b","labels":[]}`, "line 2: text is missing"},
		"no labels":       {good + `{"id":"b","text":"x"}`, "line 2: labels are missing"},
		"unknown label":   {`{"id":"b","text":"x","labels":["rude"]}`, `line 1: no label is named "rude"`},
		"unknown channel": {`{"id":"b","text":"x","labels":[],"channel":"fax"}`, `line 1: no channel is named "fax"`},
		"labels no list":  {`{"id":"b","text":"x","labels":"scam"}`, "line 1"},
		"nothing":         {"\n", "no cases"},
	} {
		_, err := ReadCases(strings.NewReader(c.text))
		if !errors.Is(err, eval.ErrData) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEmbeddedCases(t *testing.T) {
	file, err := eval.Cases("moderation")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases, err := ReadCases(file)
	if err != nil {
		t.Fatal(err)
	}
	ids := make(map[string]bool)
	for _, c := range cases {
		if ids[c.ID] {
			t.Errorf("two cases are %s", c.ID)
		}
		ids[c.ID] = true
		if c.Source != "" && c.Kind == "" || c.Lang == "" {
			t.Errorf("%s has no kind or language", c.ID)
		}
	}
	if bad := violating(cases); bad < splitViolating || len(cases)-bad < len(cases)/3 {
		t.Errorf("%d of %d cases violate", bad, len(cases))
	}
}
