package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/policy"
	"github.com/parleyhq/parley/assistant/moderation/rules"
	"github.com/parleyhq/parley/assistant/moderation/sqlitequeue"
	"github.com/parleyhq/parley/migrations"
	"github.com/parleyhq/parley/web/operators"
	"github.com/parleyhq/parley/web/operators/sqlitestaff"
	"github.com/parleyhq/parley/web/sites"
)

const shopKey = "a-key-of-the-shop-with-enough-characters"

// Words of the test's rules, which say nothing by themselves.
const (
	blockedWord  = "kryptonit"
	reviewedWord = "malachit"
)

// desk is a server for moderation alone, on a database of its own.
type desk struct {
	*Server
	db *migrations.SQLiteDB
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db, err := migrations.OpenSQLite(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.SQLite(t.Context(), db.Write); err != nil {
		t.Fatal(err)
	}
	set := wordRules(t)
	directory, err := sites.NewDirectory(sites.Site{ID: "shop", APIKeys: []string{shopKey}})
	if err != nil {
		t.Fatal(err)
	}
	staff, err := operators.NewDesk(operators.Config{Store: sqlitestaff.New(db), Key: func(key string) (string, error) {
		site, err := directory.ByKey(key)
		return site.ID, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	queue := sqlitequeue.New(db)
	inForce := func() *rules.Set { return set }
	moderator := moderation.New(moderation.Config{Rules: inForce, Queue: queue, Settings: sites.SQLite(db.Write), Log: discard})
	t.Cleanup(moderator.Close)
	server := New(Config{
		Sites: directory, Operators: staff, Metrics: NewMetrics(), Log: discard,
		Moderation: Moderation{Moderator: moderator, Cases: queue, Rules: inForce, Faults: func() []error { return []error{errors.New("extra.yaml: broken")} }},
	})
	return &desk{server, db}
}

func wordRules(t *testing.T) *rules.Set {
	t.Helper()
	rule := func(id, label, strength, word string) string {
		return "- id: " + id + "\n  version: 3\n  label: " + label + "\n  strength: " + strength + "\n  description: a word of tests\n" +
			"  any: [" + word + "]\n  tests:\n    match: [" + strings.Repeat("some "+word+" here, ", 3) + "the " + word + "]\n    pass: [nothing, of the kind, is found, here]\n"
	}
	set, faults := rules.Load(fstest.MapFS{"test.yaml": {Data: []byte("rules:\n" +
		rule("test.certain", "scam", "certain", blockedWord) + rule("test.likely", "payment_circumvention", "likely", reviewedWord))}})
	if len(faults) > 0 {
		t.Fatal(errors.Join(faults...))
	}
	return set
}

// send sends a request with the shop's key; a string goes as lines, all else as JSON.
func (d *desk) send(t *testing.T, method, path string, body any, want int, into any) *httptest.ResponseRecorder {
	t.Helper()
	var content io.Reader
	media := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		content, media = strings.NewReader(b), mediaLines
	default:
		encoded, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(encoded)
	}
	r := httptest.NewRequest(method, path, content)
	r.Header.Set("Authorization", "Bearer "+shopKey)
	r.Header.Set("Content-Type", media)
	return d.serve(t, r, want, into)
}

func (d *desk) serve(t *testing.T, r *http.Request, want int, into any) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if w.Code != want {
		t.Errorf("%s %s: %d, want %d: %.300s", r.Method, r.URL, w.Code, want, w.Body)
	}
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			t.Fatalf("%s %s: %v: %.300s", r.Method, r.URL, err, w.Body)
		}
	}
	return w
}

type object = map[string]any

func TestCheckAMessage(t *testing.T) {
	d := newDesk(t)
	check := func(path string, body object) (a checkAnswer) {
		d.send(t, "POST", path, body, http.StatusOK, &a)
		return a
	}
	clean := check("/v1/moderation/check", object{"id": "m1", "text": "Shall we begin on Monday?", "of the site's own": 7})
	if clean.ID != "m1" || clean.Decision != moderation.Deliver || clean.Case != "" || clean.Notice != "" || clean.Labels == nil {
		t.Errorf("clean: %+v", clean)
	}
	blocked := check("/v1/moderation/check", object{"id": "m2", "text": "Only " + blockedWord, "subject": "u1"})
	if blocked.Decision != moderation.Block || blocked.Case == "" || blocked.Rule != "test.certain@3" || blocked.Notice != policy.Notice(policy.Scam, "en") ||
		len(blocked.Marks) != 1 || blocked.Marks[0].Start != 5 || blocked.Scores[policy.Scam] < 0.9 || blocked.Score < 0.9 {
		t.Errorf("blocked: %+v", blocked)
	}
	reviewed := check("/v1/moderation/check", object{"id": "m3", "text": reviewedWord})
	if reviewed.Decision != moderation.DeliverAndReview || reviewed.Case == "" || reviewed.Notice != "" {
		t.Errorf("reviewed: %+v", reviewed)
	}
	for path, locale := range map[string]string{"/v1/moderation/check?locale=es": "", "/v1/moderation/check?locale=en": "es-MX"} {
		again := check(path, object{"id": "m2", "text": "Only " + blockedWord, "subject": "u1", "locale": locale})
		if again.Case != blocked.Case || again.Notice != policy.Notice(policy.Scam, "es") {
			t.Errorf("%s with %q: %+v", path, locale, again)
		}
	}
}

func TestAPersonIsForgotten(t *testing.T) {
	d := newDesk(t)
	var ids []string
	for i, subject := range []string{"u/1", "u/1", "u2"} {
		var a checkAnswer
		d.send(t, "POST", "/v1/moderation/check", object{"id": fmt.Sprint(i), "text": blockedWord, "subject": subject}, http.StatusOK, &a)
		ids = append(ids, a.Case)
	}
	for range 2 {
		d.send(t, "DELETE", "/v1/moderation/cases?subject=u%2F1", nil, http.StatusNoContent, nil)
	}
	d.send(t, "DELETE", "/v1/moderation/cases", nil, http.StatusBadRequest, nil)
	for i, want := range []int{http.StatusNotFound, http.StatusNotFound, http.StatusOK} {
		d.send(t, "GET", "/v1/moderation/cases/"+ids[i], nil, want, nil)
	}
}

func TestWhatIsNoMessage(t *testing.T) {
	d := newDesk(t)
	d.send(t, "POST", "/v1/moderation/check", object{"id": "taken", "text": blockedWord}, http.StatusOK, nil)
	for name, c := range map[string]struct {
		body any
		want int
		says string
	}{
		"without an id":      {object{"text": "x"}, 400, "id"},
		"without a text":     {object{"id": "m", "body": blockedWord}, 400, "text is missing"},
		"a number as id":     {object{"id": 7, "text": "x"}, 400, `"id"`},
		"an endless id":      {object{"id": strings.Repeat("i", 513), "text": "x"}, 400, "512"},
		"an endless subject": {object{"id": "m", "text": "x", "subject": strings.Repeat("i", 513)}, 400, "subject"},
		"an unknown channel": {object{"id": "m", "text": "x", "channel": "pigeon"}, 400, "pigeon"},
		"too long a text":    {object{"id": "m", "text": strings.Repeat("x", 64<<10+1)}, 400, "65536"},
		"a taken id":         {object{"id": "taken", "text": blockedWord + " twice"}, 409, "another text"},
		"too large":          {object{"id": "m", "text": "x", "more": strings.Repeat("x", maxMessage)}, 413, "large"},
		"a list":             {[]string{"x"}, 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var p Problem
			d.send(t, "POST", "/v1/moderation/check", c.body, c.want, &p)
			if !strings.Contains(p.Detail, c.says) || strings.Contains(p.Detail, "moderation:") {
				t.Errorf("%s", p.Detail)
			}
		})
	}
	r := httptest.NewRequest("POST", "/v1/moderation/check", strings.NewReader(`{"id":"m","text":"x"}`))
	r.Header.Set("Authorization", "Bearer "+shopKey)
	r.Header.Set("Content-Type", "text/plain")
	d.serve(t, r, http.StatusUnsupportedMediaType, nil)
}

// batch sends lines and returns the answer's.
func (d *desk) batch(t *testing.T, lines string) (answers []object) {
	t.Helper()
	w := d.send(t, "POST", "/v1/moderation/check", lines, http.StatusOK, nil)
	if media := w.Header().Get("Content-Type"); media != mediaLines {
		t.Errorf("answered as %s", media)
	}
	for line := range strings.Lines(w.Body.String()) {
		var a object
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		answers = append(answers, a)
	}
	return answers
}

func TestCheckABatch(t *testing.T) {
	d := newDesk(t)
	answers := d.batch(t, strings.Join([]string{
		`{"id":"a","text":"Good morning"}`,
		``,
		`{"id":"b","text":`,
		`{"id":"c","text":"` + blockedWord + `"}`,
		`{"id":"c","text":"` + blockedWord + ` again"}`,
		`{"text":"nameless"}`,
		`[1]`,
		`{"id":"e","text":"` + strings.Repeat("x", maxMessage) + `"}`,
		`{"id":"f","text":"Good night"}`,
	}, "\n"))
	var got []string
	for _, a := range answers {
		if problem, found := a["error"].(object); found {
			got = append(got, fmt.Sprintf("%v %v %v", a["line"], a["id"], problem["code"]))
			continue
		}
		got = append(got, fmt.Sprintf("%v %v", a["id"], a["decision"]))
	}
	want := []string{"a deliver", "3 <nil> invalid", "c block", "5 c conflict", "6 <nil> invalid", "7 <nil> invalid", "8 <nil> too_large", "f deliver"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q, want %q", got, want)
	}
	if message := answers[1]["error"].(object)["message"]; message != "The line is not valid JSON." {
		t.Errorf("a broken line: %v", message)
	}
}

func TestALargeBatchKeepsItsOrder(t *testing.T) {
	d := newDesk(t)
	var lines, packed bytes.Buffer
	for i := range maxMessages {
		text := "All is well"
		if i%100 == 7 {
			text = reviewedWord
		}
		fmt.Fprintf(&lines, `{"id":"m%d","text":"%s"}`+"\n", i, text)
	}
	compress := gzip.NewWriter(&packed)
	if _, err := compress.Write(lines.Bytes()); err != nil || compress.Close() != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/v1/moderation/check", &packed)
	r.Header.Set("Authorization", "Bearer "+shopKey)
	r.Header.Set("Content-Type", mediaLines)
	r.Header.Set("Content-Encoding", "gzip")
	w := d.serve(t, r, http.StatusOK, nil)
	i := 0
	for line := range strings.Lines(w.Body.String()) {
		var a checkAnswer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if a.ID != fmt.Sprint("m", i) || (a.Case != "") != (i%100 == 7) {
			t.Fatalf("line %d: %s", i, line)
		}
		i++
	}
	if i != maxMessages {
		t.Errorf("%d answers", i)
	}
	for name, body := range map[string]string{
		"one message more": lines.String() + `{"id":"x","text":"x"}`,
		"too many bytes":   strings.Repeat(" ", maxBatch) + `{"id":"x","text":"x"}`,
	} {
		var p Problem
		d.send(t, "POST", "/v1/moderation/check", body, http.StatusRequestEntityTooLarge, &p)
		if !strings.Contains(p.Detail, "10,000") {
			t.Errorf("%s: %s", name, p.Detail)
		}
	}
	d.send(t, "POST", "/v1/moderation/check", " \n\n", http.StatusBadRequest, nil)
}

func TestBatchesAreFew(t *testing.T) {
	d := newDesk(t)
	for range mostBatches {
		d.batches <- struct{}{}
	}
	w := d.send(t, "POST", "/v1/moderation/check", `{"id":"x","text":"x"}`, http.StatusTooManyRequests, nil)
	if w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	<-d.batches
	d.batch(t, `{"id":"x","text":"x"}`)
}

func TestAPanicIsOneLinesError(t *testing.T) {
	b := batch{server: &Server{Config: Config{Metrics: NewMetrics(), Log: discard}}, tenant: "shop"} // without a Moderator
	lines := []batchLine{{number: 1, raw: []byte(`{"id":"a","text":"hello"}`)}, {number: 2, raw: []byte(`{`)}}
	b.judge(t.Context(), lines)
	if !errors.Is(lines[0].err, errPanic) || !errors.Is(lines[1].err, errInvalid) {
		t.Errorf("%v, %v", lines[0].err, lines[1].err)
	}
}

func TestWithoutADatabase(t *testing.T) {
	d := newDesk(t)
	d.send(t, "POST", "/v1/moderation/check", object{"id": "m1", "text": blockedWord}, http.StatusOK, nil)
	d.db.Close()
	var p Problem
	w := d.send(t, "POST", "/v1/moderation/check", object{"id": "m2", "text": blockedWord}, http.StatusServiceUnavailable, &p)
	if w.Header().Get("Retry-After") == "" || p.Code != "unavailable" || !p.Temporary {
		t.Errorf("%s", w.Body)
	}
	d.send(t, "POST", "/v1/moderation/check", object{"id": "m3", "text": "A clean one"}, http.StatusOK, nil)
	answers := d.batch(t, `{"id":"m2","text":"`+blockedWord+`"}`+"\n"+`{"id":"m4","text":"Another clean one"}`)
	if answers[0]["error"].(object)["temporary"] != true || answers[1]["decision"] != "deliver" {
		t.Errorf("%v", answers)
	}
	for _, path := range []string{"cases", "cases/x", "counts", "agreement", "reviews.jsonl", "settings"} {
		d.send(t, "GET", "/v1/moderation/"+path, nil, http.StatusServiceUnavailable, nil)
	}
	for _, path := range []string{"policies", "rules"} {
		d.send(t, "GET", "/v1/moderation/"+path, nil, http.StatusOK, nil)
	}
}

func TestExcerpts(t *testing.T) {
	word := "the needle stands here"
	for name, c := range map[string]struct {
		before, after int
		cut           bool
	}{
		"short": {10, 10, false}, "at the end": {5000, 0, true}, "at the beginning": {0, 5000, true}, "in the middle": {5000, 5000, true},
	} {
		for _, filler := range []string{"x", "🦙", "é"} {
			text := strings.Repeat(filler, c.before) + word + strings.Repeat(filler, c.after)
			start := len(utf16.Encode([]rune(strings.Repeat(filler, c.before))))
			marks := []moderation.Mark{{Quote: word, Start: start, End: start + len(word)}, {Thread: 1, Start: 0, End: 3}, {Start: 90_000, End: 90_001}}
			got, kept, cut := excerpt(text, marks)
			units := utf16.Encode([]rune(got))
			if len(units) > excerptLength || cut != c.cut || len(kept) != 1 || strings.ContainsRune(got, '\uFFFD') {
				t.Errorf("%s of %s: %d units, cut %v, marks %+v", name, filler, len(units), cut, kept)
				continue
			}
			if quote := string(utf16.Decode(units[kept[0].Start:kept[0].End])); quote != word {
				t.Errorf("%s of %s: the mark is at %q", name, filler, quote)
			}
		}
	}
	if got, marks, cut := excerpt("", nil); got != "" || marks != nil || cut {
		t.Error("of nothing there is an excerpt")
	}
}

func TestSettingsNeedTheirTag(t *testing.T) {
	d := newDesk(t)
	put := func(tag string, body any, want int) string {
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("PUT", "/v1/moderation/settings", bytes.NewReader(encoded))
		r.Header.Set("Authorization", "Bearer "+shopKey)
		r.Header.Set("Content-Type", "application/json")
		if tag != "" {
			r.Header.Set("If-Match", tag)
		}
		return d.serve(t, r, want, nil).Header().Get("ETag")
	}
	first := d.send(t, "GET", "/v1/moderation/settings", nil, http.StatusOK, nil).Header().Get("ETag")
	lenient := object{"labels": object{"scam": object{"certain": "deliver_and_review"}}}
	put("", lenient, http.StatusPreconditionRequired)
	put(`"other"`, lenient, http.StatusPreconditionFailed)
	put(first, object{"labels": object{"scam": object{"certain": "shout"}}}, http.StatusBadRequest)
	put(first, object{"colour": "red"}, http.StatusBadRequest)
	second := put(first, lenient, http.StatusOK)
	put(first, object{}, http.StatusPreconditionFailed)
	var a checkAnswer
	d.send(t, "POST", "/v1/moderation/check", object{"id": "m1", "text": blockedWord}, http.StatusOK, &a)
	if a.Decision != moderation.DeliverAndReview {
		t.Errorf("the settings are not in force: %+v", a)
	}
	var effective moderation.Settings
	w := d.send(t, "GET", "/v1/moderation/settings?effective=true", nil, http.StatusOK, &effective)
	if w.Header().Get("ETag") != second || effective.Labels[policy.Scam].Certain != moderation.DeliverAndReview || effective.Hold.Hours != 24 {
		t.Errorf("%s", w.Body)
	}
	// What is in force may be chosen as it is.
	put(second, effective, http.StatusOK)
}

func TestRulesAndTheirFaults(t *testing.T) {
	d := newDesk(t)
	var body struct {
		Version string
		Rules   []struct{ ID, Label, Strength, Description, File string }
		Errors  []string
	}
	d.send(t, "GET", "/v1/moderation/rules", nil, http.StatusOK, &body)
	if body.Version == "" || len(body.Rules) != 2 || body.Rules[0].Strength != "certain" || len(body.Errors) != 1 || body.Errors[0] != "extra.yaml: broken" {
		t.Errorf("%+v", body)
	}
}

func TestWrongQueriesOfModeration(t *testing.T) {
	d := newDesk(t)
	for _, query := range []string{
		"cases?status=lost", "cases?label=rude", "cases?channel=pigeon", "cases?stage=fright", "cases?decision=maybe", "cases?limit=0", "cases?limit=201",
		"cases?appealed=perhaps", "cases?oldest=2", "cases?text=" + strings.Repeat("x", 501), "counts?since=yesterday", "agreement?bucket=year",
		"agreement?from=yesterday", "agreement?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "settings?effective=very",
	} {
		d.send(t, "GET", "/v1/moderation/"+query, nil, http.StatusBadRequest, nil)
	}
	for _, path := range []string{"cases?after=nothing", "cases/nothing", "cases/%00"} {
		d.send(t, "GET", "/v1/moderation/"+path, nil, http.StatusNotFound, nil)
	}
}
