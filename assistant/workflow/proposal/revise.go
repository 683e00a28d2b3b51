package proposal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// editable is what a person may patch of a Document.
type editable struct {
	Text    string       `json:"text"`
	Answers []Answer     `json:"answers"`
	Bid     *editableBid `json:"bid"`
}

// editableBid is the part of a Bid that a person sets.
type editableBid struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Type     string `json:"type"`
	Unit     string `json:"unit,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// Revise applies a person's merge patch to a draft. What was changed becomes
// the person's and is kept by later turns; sentences that nothing proves stay
// and are marked by advice. A patch that does not fit wraps
// sessions.ErrInvalid and says why.
func (w *Workflow) Revise(ctx context.Context, r sessions.Revision) (sessions.Draft, error) {
	doc, err := decode(r.Draft)
	if err != nil {
		return sessions.Draft{}, err
	}
	prior := doc
	before := editable{Text: doc.Text, Answers: doc.Answers}
	if b := doc.Bid; b != nil {
		before.Bid = &editableBid{b.Amount, b.Currency, b.Type, b.Unit, ""}
	}
	after, err := merge(before, r.Patch)
	if err != nil {
		return sessions.Draft{}, err
	}
	if err := after.validate(doc.Answers); err != nil {
		return sessions.Draft{}, err
	}
	t := &turn{in: sessions.Turn{Session: r.Session, Now: r.Now}, doc: &doc, prior: &prior, draftID: r.Draft.ID, stages: workflow.StagesOf(ctx)}
	if err := w.retrieve(ctx, t); err != nil && ctx.Err() != nil {
		return sessions.Draft{}, ctx.Err()
	} // without the index the advice stays as it was
	t.edit(before, after, editSource(r), r.Draft.Claims)
	document, err := json.Marshal(&doc)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("proposal: writing draft: %w", err)
	}
	draft := r.Draft
	draft.Document, draft.Claims, draft.Changed = document, t.claims, changed(&prior, &doc)
	return draft, nil
}

func editSource(r sessions.Revision) sessions.Source {
	if r.Suggestion != nil {
		return sessions.Source{Kind: "suggestion", ID: r.Suggestion.ID}
	}
	return sessions.Source{Kind: "edit", ID: r.Draft.ID + "@" + strconv.Itoa(r.Draft.Version+1)}
}

// edit makes what was changed the person's.
func (t *turn) edit(before, after editable, source sessions.Source, claims []sessions.Claim) {
	m := &t.doc.Memory
	m.Own = slices.Clone(m.Own)
	own := func(field string) {
		if !slices.Contains(m.Own, field) {
			m.Own = append(m.Own, field)
		}
	}
	had := make(map[string][]sessions.Source)
	for _, c := range claims {
		had[c.Path+"\n"+c.Text] = c.Sources
	}
	if before.Text != after.Text {
		m.OwnText, m.Edited = true, nil
	}
	if !slices.Equal(before.Answers, after.Answers) {
		own("answers")
		t.doc.Answers = after.Answers
	}
	t.answers = make([][]sessions.Source, len(t.doc.Answers))
	for i, a := range t.doc.Answers {
		t.answers[i] = had[pointer("/answers", i)+"/text\n"+a.Text]
		if t.answers[i] == nil {
			t.answers[i] = []sessions.Source{quoteOf(source, a.Text)}
		}
	}
	if !sameBid(before.Bid, after.Bid) {
		own("bid")
		t.doc.Bid = nil
		if b := after.Bid; b != nil {
			t.doc.Bid = &Bid{Amount: b.Amount, Currency: b.Currency, Type: b.Type, Unit: b.Unit, Reason: "It is what you set.", Source: &source}
		}
	}
	t.writeEdited(after.Text, source, had)
	if t.hasPost && t.hasProfile && m.OwnText {
		t.doc.Advice = t.onOwn(t.warnings(t.doc.Text))
	}
}

// onOwn keeps the remarks on sentences that the person wrote here: one that was
// composed keeps its sources, and is not theirs to prove. Neither is the price, or a question.
func (t *turn) onOwn(list []Advice) []Advice {
	own := make(map[int]bool)
	for _, c := range t.claims {
		if c.Path == "/text" && len(c.Sources) > 0 && c.Sources[0].Kind == "edit" {
			own[c.Start] = true
		}
	}
	return slices.DeleteFunc(list, func(a Advice) bool {
		b := t.doc.Bid
		claims := !strings.HasSuffix(a.Text, "?") && (b == nil || !strings.Contains(a.Text, brief.Money(b.Amount, b.Currency)))
		return !own[a.Start] || a.Kind == "untraceable" && !claims
	})
}

// verbatim are the sources of a sentence that is word for word one that a draft
// may have: a version of before that is brought back keeps them.
func (t *turn) verbatim(text string) []sessions.Source {
	for _, p := range t.passages {
		if p.text == text && !p.original {
			return []sessions.Source{p.source}
		}
	}
	return nil
}

// writeEdited sets the text, sentence by sentence with where each came from: a
// sentence that was there before keeps its sources.
func (t *turn) writeEdited(text string, source sessions.Source, had map[string][]sessions.Source) {
	m := &t.doc.Memory
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	t.doc.Text, t.doc.Words = text, countWords(text)
	t.claims = nil
	m.Edited = nil
	paragraph := -1
	for _, l := range linesOf(text) {
		sources := had["/text\n"+l.text]
		if sources == nil {
			sources = t.verbatim(l.text)
		}
		if sources == nil {
			sources = []sessions.Source{quoteOf(source, l.text)}
		}
		t.claims.Add("/text", l.start, l.end, l.text, grounding.Quote, sources)
		number := strings.Count(gapBefore(text, 0, l.start), "\n\n")
		m.Edited = append(m.Edited, Statement{Text: l.text, Source: sources[0], Break: number != paragraph})
		paragraph = number
	}
	if !m.OwnText {
		m.Edited = nil
	}
	t.claimRest()
}

// warnings are the remarks on an edited text that are about the truth of it.
func (t *turn) warnings(text string) []Advice {
	return slices.DeleteFunc(t.adviceOn(text), func(a Advice) bool {
		return a.Kind != "untraceable" && a.Kind != "gap_hidden" && a.Kind != "tone" || a.Text == ""
	})
}

func quoteOf(s sessions.Source, text string) sessions.Source {
	s.Quote = workflow.Clip(text, 200)
	return s
}

func sameBid(a, b *editableBid) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Amount == b.Amount && a.Currency == b.Currency && a.Type == b.Type && a.Unit == b.Unit
}

// merge applies a patch by RFC 7396. Fields that are read-only or unknown, and
// values of the wrong type, are refused.
func merge(before editable, patch json.RawMessage) (editable, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(patch, &fields); err != nil || fields == nil {
		return editable{}, invalid("the patch is not a JSON object")
	}
	for name := range fields {
		if name != "text" && name != "answers" && name != "bid" {
			return editable{}, invalid("%s cannot be changed", workflow.Clip(name, 40))
		}
	}
	current, err := json.Marshal(before)
	if err != nil {
		return editable{}, fmt.Errorf("proposal: revise: %w", err)
	}
	merged, err := jsonpatch.MergePatch(current, patch)
	if err != nil {
		return editable{}, invalid("the patch cannot be applied")
	}
	decoder := json.NewDecoder(bytes.NewReader(merged))
	decoder.DisallowUnknownFields()
	var after editable
	if err := decoder.Decode(&after); err != nil {
		return editable{}, invalid("%s", workflow.PatchError(err))
	}
	return after, nil
}

// The most that a person may put into a proposal: far beyond any that is read.
const (
	longestText   = 20_000 // characters
	longestAnswer = 4_000
	mostMoney     = 1_000_000_000_00 // minor units
)

func (e editable) validate(before []Answer) error {
	if err := checkText("text", e.Text, longestText); err != nil {
		return err
	}
	if len(e.Answers) != len(before) {
		return invalid("answers: there are %d questions", len(before))
	}
	for i, a := range e.Answers {
		if a.Question != before[i].Question {
			return invalid("answers: the questions are the client's and cannot be changed")
		}
		if err := checkText("an answer", a.Text, longestAnswer); err != nil {
			return err
		}
	}
	b := e.Bid
	if b == nil {
		return nil
	}
	if b.Amount <= 0 || b.Amount > mostMoney {
		return invalid("bid.amount is out of range")
	}
	if _, ok := retrieval.CurrencyExponent(b.Currency); !ok {
		return invalid("bid.currency %q is not a currency code", workflow.Clip(b.Currency, 10))
	}
	if b.Type != "" && b.Type != retrieval.PayFixed && b.Type != retrieval.PayHourly {
		return invalid("bid.type must be fixed or hourly")
	}
	return checkText("bid.unit", b.Unit, 40)
}

func checkText(name, text string, longest int) error {
	if utf8.RuneCountInString(text) > longest {
		return invalid("%s is longer than %d characters", name, longest)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		return invalid("%s contains characters that cannot be shown", name)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("proposal: %w: %s", sessions.ErrInvalid, fmt.Sprintf(format, args...))
}
