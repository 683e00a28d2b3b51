package chat

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/sessions"
)

func TestEscapedTextIsRead(t *testing.T) {
	all := make([]rune, 0, 0x900)
	for r := rune(0); r < 0x800; r++ {
		all = append(all, r)
	}
	for _, text := range []string{
		"", "plain", `"quoted" \back`, "line\nend\r\ttab", string(all),
		"\u2028 \u2029 \ufffd", "👩‍👧‍👦 שלום", "broken \xff\xc3 end\xf0\x9f",
	} {
		data := appendString(nil, text)
		var got string
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if want := strings.ToValidUTF8(text, "\ufffd"); !sameRunes(got, text) {
			t.Errorf("%q was read as %q, want %q", text, got, want)
		}
		if strings.ContainsAny(string(data), "\u2028\u2029\n") {
			t.Errorf("%q has a line end in it", data)
		}
	}
}

// sameRunes compares as a reader of UTF-8 sees it: each invalid byte is a U+FFFD.
func sameRunes(a, b string) bool { return string([]rune(a)) == string([]rune(b)) }

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		event sessions.Event
		want  string
	}{
		{sessions.Event{Type: "session.deleted", Data: []byte(`{}`)}, `{"type":"session.deleted"}`},
		{sessions.Event{Type: "draft.published", Offset: 12, Data: []byte(`{"version":1}`)}, `{"type":"draft.published","offset":12,"version":1}`},
		{sessions.Event{Type: "response.question", Data: []byte(`{"slot":"pay"}`)}, `{"type":"response.question","slot":"pay"}`},
	} {
		if got := string(appendEvent(nil, c.event)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// However deltas are joined, the text that is read is the same.
func TestWaitingDeltasAreJoined(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []string{"a", "é", "🐕", "\u2028", `"`, "ש"}
	for range 200 {
		var items []item
		want := map[string]string{}
		at := map[string]int{}
		for range 1 + random.IntN(12) {
			response := []string{"r1", "r2"}[random.IntN(2)]
			text := letters[random.IntN(len(letters))] + letters[random.IntN(len(letters))]
			items = append(items, eventItem(sessions.Event{Type: sessions.EventTextDelta, Delta: &sessions.Delta{Response: response, At: at[response], Text: text}}))
			at[response] += unitsOf(text)
			want[response] += text
		}
		got := map[string]string{}
		written, last := 0, ""
		size, err := frames(items, new([]byte), func(b []byte) error {
			var f struct {
				ResponseID string `json:"response_id"`
				At         int    `json:"at"`
				Delta      string `json:"delta"`
			}
			if err := json.Unmarshal(b, &f); err != nil {
				t.Fatalf("%s: %v", b, err)
			}
			if f.At != unitsOf(got[f.ResponseID]) {
				t.Fatalf("piece at %d after %q", f.At, got[f.ResponseID])
			}
			if f.ResponseID == last {
				t.Fatalf("two frames of %s follow each other", last)
			}
			last = f.ResponseID
			got[f.ResponseID] += f.Delta
			written++
			return nil
		})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatal(diff, err)
		}
		sum := 0
		for _, i := range items {
			sum += i.size
		}
		if size != sum {
			t.Fatalf("%d bytes accounted for, want %d", size, sum)
		}
	}
}

var testTime = time.Unix(1_800_000_000, 0)

func TestBucket(t *testing.T) {
	now := testTime
	b := newBucket(60, now)
	count := map[verdict]int{}
	for range 300 {
		count[b.take(now, 20, 60)]++
	}
	if diff := cmp.Diff(map[verdict]int{allowed: 60, limited: 119, tooMany: 121}, count); diff != "" {
		t.Error(diff)
	}
	if v := b.take(now.Add(3600e9), 20, 60); v != allowed {
		t.Errorf("an hour later: %d", v)
	}
	if v := b.take(now, 20, 60); v != allowed {
		t.Errorf("when the clock is set back: %d", v)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"type":"session.open","token":"t","session":"s","after":{"epoch":"e","offset":3}}`,
		`{"type":"message.create","id":"1","message_id":"m","text":"\ud83d\udc15"}`,
		`{"type":"draft.update","draft_id":"d","version":1,"patch":{"a":null}}`,
		`{"type":1}`, `{"type":"typing","id":7}`, `[]`, "\xff", ` {"type":"typing"} `, `{"type":"typing","version":1e99}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := decode(data)
		if err != nil {
			return
		}
		if got.Type == "" || len(got.ID) > maxFrameID {
			t.Errorf("%q was taken as %+v", data, got)
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(data, &object) != nil || len(data) > MaxFrame {
			t.Errorf("%q is no frame", data)
		}
		if len(got.Patch) > 0 && !json.Valid(got.Patch) {
			t.Errorf("patch %q", got.Patch)
		}
		if answer := reply(got.ID, got, nil, nil); got.ID != "" && !json.Valid(answer) {
			t.Errorf("reply %q", answer)
		}
	})
}
