package gateway_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/gateway"
	"github.com/parleyhq/parley/assistant/modeltest"
)

func TestTextIsPresentable(t *testing.T) {
	chunk := func(content string) string {
		return `{"choices":[{"index":0,"delta":{"content":` + content + `},"finish_reason":null}]}`
	}
	const stop = `{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`
	for name, test := range map[string]struct {
		data []string
		want string
	}{
		"NUL and escapes":       {[]string{chunk(`"a\u0000b\u001b[31mc\r\nd\te"`), stop}, "ab[31mc\nd\te"},
		"invalid UTF-8":         {[]string{chunk("\"a\xff\xfeb\""), stop}, "ab"},
		"lone surrogate":        {[]string{chunk(`"a\ud800b"`), stop}, "ab"},
		"emoji and Arabic":      {[]string{chunk(`"\ud83d\ude80 مرحبا"`), stop}, "🚀 مرحبا"},
		"space first":           {[]string{chunk(`"\n "`), chunk(`" \n"`), chunk(`" Hi"`), chunk(`" you "`), stop}, "Hi you "},
		"null content":          {[]string{chunk(`null`), chunk(`"Hi"`), stop}, "Hi"},
		"thoughts":              {[]string{chunk(`"<th"`), chunk(`"ink>hm, a pet"`), chunk(`" shop</thi"`), chunk(`"nk>\n\nHi"`), chunk(`" you"`), stop}, "Hi you"},
		"nearly a thought":      {[]string{chunk(`"<thi"`), chunk(`"s> is text"`), stop}, "<this> is text"},
		"ends nearly a thought": {[]string{chunk(`"<thi"`), stop}, "<thi"},
		"reasoning apart":       {[]string{`{"choices":[{"delta":{"reasoning_content":"hm"}}]}`, chunk(`"Hi"`), stop}, "Hi"},
		"reasoning, too":        {[]string{`{"choices":[{"delta":{"content":"","reasoning":"hm"}}]}`, chunk(`"Hi"`), stop}, "Hi"},
		"second choice":         {[]string{`{"choices":[{"index":1,"delta":{"content":"no"}}]}`, chunk(`"Hi"`), stop}, "Hi"},
		"text after the end":    {[]string{chunk(`"Hi"`), stop, chunk(`" more"`)}, "Hi"},
		"nonsense after it":     {[]string{chunk(`"Hi"`), stop, `{"usage":`}, "Hi"},
		"unknown reason":        {[]string{chunk(`"Hi"`), `{"choices":[{"delta":{},"finish_reason":"eos"}]}`}, "Hi"},
		"last text with reason": {[]string{`{"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}`}, "Hi"},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := start(t, gateway.Timeouts{}, modeltest.NewServer(t, modeltest.Raw("", test.data...)))
			if text, result, err := ask(t, g, request); err != nil || text != test.want || result.Endpoint != "a" {
				t.Errorf("%q from %s, want %q, %v", text, result.Endpoint, test.want, err)
			}
		})
	}
}

func TestAnswerThatIsNotStreamed(t *testing.T) {
	g, _ := start(t, gateway.Timeouts{}, modeltest.NewServer(t, modeltest.Whole(answer)))
	text, result, err := ask(t, g, request)
	if err != nil || text != answer || result.Endpoint != "a" || !result.Usage.Known || result.Usage.InputTokens != 7 {
		t.Errorf("%q, %+v, %v", text, result, err)
	}
}

func TestTokensAreCountedWhenTheServerDoesNotSay(t *testing.T) {
	g, _ := start(t, gateway.Timeouts{}, modeltest.NewServer(t, modeltest.Unmetered(answer)))
	_, result, err := ask(t, g, request)
	// "You want a shop for pet supplies [f1]." in the vocabulary o200k_base
	if u := result.Usage; err != nil || u.Known || u.OutputTokens != 11 || u.InputTokens < 60 || u.InputTokens > 200 {
		t.Errorf("usage %+v, %v", u, err)
	}
}
