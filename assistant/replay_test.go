package assistant_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/parleyhq/parley/assistant"
	"github.com/parleyhq/parley/sessions"
)

// TestReplays checks that the same conversation gives the same answers and the
// same drafts: what a turn does can be replayed from what is stored.
func TestReplays(t *testing.T) {
	for _, name := range []string{"shop", "react", "ml", "sales", "translation"} {
		var texts, documents []string
		for range 2 {
			c := begin(t)
			text := ""
			for _, m := range scripts[name] {
				text += c.say(m).text + "\n"
			}
			texts, documents = append(texts, text), append(documents, string(c.draft.Document))
		}
		if texts[0] != texts[1] {
			t.Errorf("%s: said\n%s\nand then\n%s", name, texts[0], texts[1])
		}
		if documents[0] != documents[1] {
			t.Errorf("%s: wrote\n%s\nand then\n%s", name, documents[0], documents[1])
		}
	}
}

// FuzzRevise tries patches that no page would send.
func FuzzRevise(f *testing.F) {
	for _, seed := range []string{`{}`, `{"title":null,"pay":null,"skills":null}`, `{"skills":{"must":null,"nice":["x"]}}`, `{"description":"a\n\n\n\nb\r\n\r\nc"}`, `{"pay":{"min":0,"max":0}}`, `[]`, `{"deadline":{"asap":true}}`,
		`{"deliverables":["a","a","a"]}`, `{"location":{},"duration":{},"hours_per_week":{}}`, `{"title":"\u202e"}`, `{"brief":1}`, `{"time_zone":"UTC+99"}`, `{"description":"👩‍🎨. 🙂"}`} {
		f.Add(seed)
	}
	c := newTalk(f, assistant.New(assistant.Config{Retriever: market()}))
	c.say(shop)
	f.Fuzz(func(t *testing.T, patch string) {
		draft, err := c.assistant.Revise(t.Context(), sessions.Revision{Session: c.session, Draft: *c.draft, Patch: json.RawMessage(patch), Now: c.now})
		if err != nil {
			if !errors.Is(err, sessions.ErrInvalid) {
				t.Errorf("%q: %v", patch, err)
			}
			return
		}
		revised := &talk{t: t, assistant: c.assistant, session: c.session, history: c.history, draft: &draft, now: c.now}
		doc := revised.document()
		checkClaims(t, revised, "/description", doc.Description, draft.Claims)
		checkClaims(t, revised, "/title", doc.Title, draft.Claims)
	})
}
