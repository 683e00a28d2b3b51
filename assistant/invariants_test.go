package assistant_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow/jobpost"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// checkTurn holds an answer to what the workflow promises of every turn.
func checkTurn(t *testing.T, c *talk, before *jobpost.Document, a answer) {
	t.Helper()
	checkReply(t, c, before, a)
	checkClaims(t, c, "", a.text, a.outcome.Citations)
	if c.draft == nil {
		return
	}
	doc := a.doc
	if len(c.draft.Document) > 40<<10 || len(doc.Similar) > 6 {
		t.Errorf("document of %d bytes with %d similar posts", len(c.draft.Document), len(doc.Similar))
	}
	checkDraftClaims(t, c, doc)
	checkNumbers(t, c, doc)
	checkFigures(t, doc)
}

func checkReply(t *testing.T, c *talk, before *jobpost.Document, a answer) {
	t.Helper()
	if strings.TrimSpace(a.text) == "" {
		t.Errorf("nothing was said")
	}
	if len(a.questions) > 1 {
		t.Errorf("%d questions in one turn", len(a.questions))
	}
	asked, last := 0, ""
	for _, x := range c.history {
		if q := x.Response.Question; q != nil && q.Slot != last { // one that is put again is no other question
			asked, last = asked+1, q.Slot
		}
	}
	if asked > jobpost.MaxQuestions {
		t.Errorf("%d questions in one conversation", asked)
	}
	text := a.text
	if len(a.questions) == 1 {
		q := a.questions[0]
		if !strings.Contains(text, q.Text) {
			t.Errorf("the question %q is not in the answer %q", q.Text, text)
		}
		text = strings.Replace(text, q.Text, "", 1)
		if before != nil {
			checkNotKnown(t, before.Brief.Brief, a.doc.Brief.Brief, q)
		}
	}
	if strings.Contains(unquoted(text), "?") {
		t.Errorf("asks beside its question: %q", a.text)
	}
	if strings.ContainsAny(unquoted(text), "!—") {
		t.Errorf("exclamation mark or dash in %q", a.text)
	}
	var notes struct {
		Calls []struct {
			Model   string
			Dropped []grounding.Dropped
		}
	}
	if err := json.Unmarshal(a.outcome.Annotations, &notes); err != nil {
		t.Fatal(err)
	}
	for _, call := range notes.Calls {
		if call.Model == "builtin" && len(call.Dropped) > 0 {
			t.Errorf("the composer wrote what it had no source for: %q", call.Dropped)
		}
	}
}

var quotation = regexp.MustCompile(`“[^”]*”`)

func unquoted(text string) string { return quotation.ReplaceAllString(text, "") }

func checkNotKnown(t *testing.T, before, after brief.Brief, q sessions.Question) {
	t.Helper()
	known := map[string]bool{"level": after.Level.Settled(), "pay": after.Pay.Value.Amount() || after.Pay.Declined && before.Pay.Declined, "duration": after.Duration.Settled() || after.Deadline.Settled(),
		"hours_per_week": after.Hours.Settled(), "start": after.Start.Settled(), "location": after.Location.Settled(), "skills": len(after.Must)+len(after.Nice) > 0, "summary": len(after.Summary) > 0,
		"currency": after.Pay.Value.Currency != ""}
	if known[q.Slot] {
		t.Errorf("asks for %s, which is known", q.Slot)
	}
}

// checkClaims checks the claims of one text: they cover it, and what they rest on exists.
func checkClaims(t *testing.T, c *talk, path, text string, claims []sessions.Claim) {
	t.Helper()
	at := 0
	for _, claim := range claims {
		if claim.Path != path {
			continue
		}
		if got, ok := brief.UTF16Slice(text, claim.Start, claim.End); !ok || got != claim.Text {
			t.Errorf("claim %q stands at [%d,%d) where the text is %q", claim.Text, claim.Start, claim.End, got)
			continue
		}
		if gap, _ := brief.UTF16Slice(text, at, claim.Start); strings.TrimSpace(gap) != "" {
			t.Errorf("no claim for %q", gap)
		}
		at = claim.End
		checkSources(t, c, claim)
	}
	if rest, _ := brief.UTF16Slice(text, at, brief.UTF16Len(text)); strings.TrimSpace(rest) != "" {
		t.Errorf("no claim for %q at %q", rest, path)
	}
}

func checkSources(t *testing.T, c *talk, claim sessions.Claim) {
	t.Helper()
	if len(claim.Sources) == 0 {
		t.Errorf("claim %q has no source", claim.Text)
	}
	for _, s := range claim.Sources {
		switch s.Kind {
		case "message":
			at := slices.IndexFunc(c.history, func(x sessions.Exchange) bool { return x.Message.ID == s.ID })
			if at < 0 {
				t.Errorf("claim %q rests on message %q, which is not there", claim.Text, s.ID)
				continue
			}
			got, ok := brief.UTF16Slice(c.history[at].Message.Text, s.Start, s.End)
			if !ok || s.Quote != "" && got != s.Quote {
				t.Errorf("claim %q quotes %q where the message says %q", claim.Text, s.Quote, got)
			}
		case "document", "figure":
			if s.ID == "" {
				t.Errorf("claim %q rests on a %s without an id", claim.Text, s.Kind)
			}
		case "edit", "suggestion", "wording":
		default:
			t.Errorf("claim %q has a source of kind %q", claim.Text, s.Kind)
		}
	}
}

func checkDraftClaims(t *testing.T, c *talk, doc jobpost.Document) {
	t.Helper()
	texts := map[string]string{"/title": doc.Title, "/description": doc.Description}
	for path, list := range map[string][]string{"/deliverables/": doc.Deliverables, "/skills/must/": doc.Skills.Must, "/skills/nice/": doc.Skills.Nice, "/conditions/": doc.Conditions, "/questions/": doc.Questions} {
		for i, text := range list {
			texts[path+strconv.Itoa(i)] = text
		}
	}
	for path, text := range texts {
		checkClaims(t, c, path, text, c.draft.Claims)
	}
	set := map[string]bool{"/level": doc.Level != "", "/pay": doc.Pay != nil, "/duration": doc.Duration != nil, "/hours_per_week": doc.Hours != nil, "/start": doc.Start != nil,
		"/deadline": doc.Deadline != nil, "/location": doc.Location != nil, "/category": doc.Category != "", "/time_zone": doc.TimeZone != ""}
	for path, is := range set {
		if has := slices.ContainsFunc(c.draft.Claims, func(cl sessions.Claim) bool { return cl.Path == path }); is != has {
			t.Errorf("%s set: %v, claimed: %v", path, is, has)
		}
	}
	for _, claim := range c.draft.Claims {
		if _, running := texts[claim.Path]; !running {
			checkSources(t, c, claim)
		}
	}
}

var digits = regexp.MustCompile(`\d[\d,.]*`)

// checkNumbers checks that no number stands in the post that nobody said: each
// is in a message, or part of the sums and dates worked out from one.
func checkNumbers(t *testing.T, c *talk, doc jobpost.Document) {
	t.Helper()
	var said strings.Builder
	for _, x := range c.history {
		said.WriteString(" " + x.Message.Text)
	}
	for _, s := range c.draft.Suggestions {
		said.WriteString(" " + s.Text)
	}
	b := doc.Brief.Brief
	said.WriteString(" " + b.Pay.Value.String() + " " + b.Duration.Value.String() + " " + b.Hours.Value.String() + " " + b.Deadline.Value.Date + " " + b.Start.Value.Date)
	known := make(map[string]bool)
	for _, d := range digits.FindAllString(strings.ReplaceAll(said.String(), "-", " "), -1) {
		known[plain(d)] = true
	}
	for _, text := range append([]string{doc.Title, doc.Description}, doc.Deliverables...) {
		for _, d := range digits.FindAllString(text, -1) {
			if n := plain(d); !known[n] && !known["0"+n] {
				t.Errorf("nobody said %q: %q", d, text)
			}
		}
	}
}

func plain(number string) string { return strings.Trim(strings.ReplaceAll(number, ",", ""), ".") }

// checkFigures recomputes the pay figures whose sample is complete from the documents.
func checkFigures(t *testing.T, doc jobpost.Document) {
	t.Helper()
	if doc.Market == nil {
		return
	}
	for _, f := range doc.Market.Pay {
		if f.Posts < retrieval.MinPosts {
			t.Errorf("figure %s stands on %d posts", f.ID, f.Posts)
		}
		if len(f.Sample) != f.Posts {
			continue
		}
		docs, err := market().Documents(t.Context(), tenant, retrieval.KindJobPost, f.Sample)
		if err != nil {
			t.Fatal(err)
		}
		posts := make([]paid, len(docs))
		for i, d := range docs {
			if d.Post.Currency != f.Currency || d.Post.PayType != f.PayType {
				t.Errorf("figure %s counts %s, which is %s %s", f.ID, d.ID, d.Post.PayType, d.Post.Currency)
			}
			posts[i] = paid{float64(d.Post.PayMin+d.Post.PayMax) / 2, 1}
			if f.Weights != nil {
				posts[i].weight = f.Weights[i]
			}
		}
		if got := median(posts); got-float64(f.P50) > 1 || float64(f.P50)-got > 1 {
			t.Errorf("median of %s is %v, recomputed %v", f.ID, f.P50, got)
		}
	}
}

type paid struct{ sum, weight float64 }

// median is the mean of the sums over the middle of their cumulated weights,
// where the middle is as wide as one post of an effective sample: with equal
// weights the usual median.
func median(posts []paid) float64 {
	sort.Slice(posts, func(i, j int) bool { return posts[i].sum < posts[j].sum })
	total, squares := 0.0, 0.0
	for _, p := range posts {
		total, squares = total+p.weight, squares+p.weight*p.weight
	}
	width := squares / total
	low, high := (total-width)/2, (total+width)/2
	area, at := 0.0, 0.0
	for _, p := range posts {
		area += p.sum * max(0, min(at+p.weight, high)-max(at, low))
		at += p.weight
	}
	return area / width
}
