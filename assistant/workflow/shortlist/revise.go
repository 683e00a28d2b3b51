package shortlist

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	jsonpatch "github.com/evanphx/json-patch/v5"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// editable is what a person may patch of a list.
type editable struct {
	Notes      map[string]string `json:"notes"`      // by profile id; null takes one away
	Pinned     []string          `json:"pinned"`     // profile ids, in their order
	Removed    []string          `json:"removed"`    // profile ids
	Conditions []Condition       `json:"conditions"` // those that stay, unchanged
	Shown      int               `json:"shown"`
}

// The most that a person may put into a list.
const (
	longestNote    = 2_000 // characters
	mostNoted      = 200
	longestSubject = 200
	longestText    = 5_000
)

// Revise applies a person's merge patch to a list or an invitation. A patch
// that does not fit wraps sessions.ErrInvalid and says why.
func (w *Workflow) Revise(ctx context.Context, r sessions.Revision) (sessions.Draft, error) {
	if r.Draft.Kind == InvitationKind {
		return reviseInvitation(r)
	}
	doc, err := decode(r.Draft)
	if err != nil {
		return sessions.Draft{}, err
	}
	before, err := decode(r.Draft)
	if err != nil {
		return sessions.Draft{}, err
	}
	own := editable{doc.Notes, doc.Pinned, doc.Removed, doc.Conditions, doc.Shown}
	after := editable{}
	if err := merge(own, r.Patch, &after); err != nil {
		return sessions.Draft{}, err
	}
	if err := after.validate(doc); err != nil {
		return sessions.Draft{}, err
	}
	doc.Notes, doc.Pinned, doc.Removed, doc.Shown = after.Notes, after.Pinned, after.Removed, after.Shown
	doc.Conditions = slices.DeleteFunc(doc.Conditions, func(c Condition) bool {
		return !slices.ContainsFunc(after.Conditions, func(k Condition) bool { return k.ID == c.ID })
	})
	if _, err := w.build(ctx, r.Session.Tenant, doc, reviseDay(r)); err != nil {
		return sessions.Draft{}, unavailable(err)
	}
	document, err := json.Marshal(doc)
	if err != nil {
		return sessions.Draft{}, fmt.Errorf("shortlist: writing draft: %w", err)
	}
	draft := r.Draft
	draft.Document, draft.Claims, draft.Changed = document, claimsOf(doc), changed(before, doc)
	return draft, nil
}

func reviseDay(r sessions.Revision) time.Time {
	return today(sessions.Turn{Session: r.Session, Now: r.Now})
}

// merge applies a patch by RFC 7396 to what may be changed. Other fields, and
// values of the wrong type, are refused.
func merge(before any, patch json.RawMessage, after any) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(patch, &fields); err != nil || fields == nil {
		return invalid("the patch is not a JSON object")
	}
	current, err := json.Marshal(before)
	if err != nil {
		return fmt.Errorf("shortlist: revise: %w", err)
	}
	var own map[string]json.RawMessage
	if err := json.Unmarshal(current, &own); err != nil {
		return fmt.Errorf("shortlist: revise: %w", err)
	}
	for name := range fields {
		if _, ok := own[name]; !ok {
			return invalid("%s cannot be changed", workflow.Clip(name, 40))
		}
	}
	merged, err := jsonpatch.MergePatch(current, patch)
	if err != nil {
		return invalid("the patch cannot be applied")
	}
	decoder := json.NewDecoder(bytes.NewReader(merged))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(after); err != nil {
		return invalid("%s", workflow.PatchError(err))
	}
	return nil
}

func (e editable) validate(doc *Document) error {
	if len(e.Notes) > mostNoted {
		return invalid("notes has more than %d entries", mostNoted)
	}
	for id, note := range e.Notes {
		if doc.Memory.Labels[id] == "" {
			return invalid("notes: there is no profile %q on this list", workflow.Clip(id, 40))
		}
		if err := checkText("a note", note, longestNote); err != nil {
			return err
		}
	}
	for name, list := range map[string][]string{"pinned": e.Pinned, "removed": e.Removed} {
		for i, id := range list {
			if doc.Memory.Labels[id] == "" {
				return invalid("%s: there is no profile %q on this list", name, workflow.Clip(id, 40))
			}
			if slices.Contains(list[:i], id) {
				return invalid("%s names %q twice", name, id)
			}
			if name == "removed" && slices.Contains(e.Pinned, id) {
				return invalid("%q is pinned and removed at once", id)
			}
		}
	}
	for _, c := range e.Conditions {
		i := slices.IndexFunc(doc.Conditions, func(k Condition) bool { return k.ID == c.ID })
		if i < 0 || c.Text != doc.Conditions[i].Text {
			return invalid("conditions can be taken away here, and are added in the chat")
		}
	}
	if e.Shown < 0 || e.Shown > mostCandidates {
		return invalid("shown is out of range")
	}
	return nil
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
	return fmt.Errorf("shortlist: %w: %s", sessions.ErrInvalid, fmt.Sprintf(format, args...))
}

// reviseInvitation takes over what the person wrote: from then on the text is
// theirs. Sentences that stand as they did keep their sources.
func reviseInvitation(r sessions.Revision) (sessions.Draft, error) {
	inv, err := decodeInvitation(r.Draft)
	if err != nil {
		return sessions.Draft{}, err
	}
	type own struct {
		Subject string `json:"subject"`
		Text    string `json:"text"`
	}
	var after own
	if err := merge(own{inv.Subject, inv.Text}, r.Patch, &after); err != nil {
		return sessions.Draft{}, err
	}
	if err := checkText("subject", after.Subject, longestSubject); err != nil {
		return sessions.Draft{}, err
	}
	if strings.ContainsAny(after.Subject, "\r\n") {
		return sessions.Draft{}, invalid("subject must be one line")
	}
	if err := checkText("text", after.Text, longestText); err != nil {
		return sessions.Draft{}, err
	}
	draft := r.Draft
	draft.Changed = nil
	if after.Subject != inv.Subject {
		draft.Changed = append(draft.Changed, "/subject")
	}
	if after.Text != inv.Text {
		draft.Changed = append(draft.Changed, "/text")
		inv.Edited = true
	}
	inv.Subject, inv.Text = after.Subject, after.Text
	draft.Claims = editedClaims(inv, r)
	if draft.Document, err = json.Marshal(inv); err != nil {
		return sessions.Draft{}, fmt.Errorf("shortlist: writing invitation: %w", err)
	}
	return draft, nil
}

func editedClaims(inv Invitation, r sessions.Revision) []sessions.Claim {
	known := make(map[string]sessions.Claim)
	for _, c := range r.Draft.Claims {
		known[c.Text] = c
	}
	edit := []sessions.Source{{Kind: "edit", ID: r.Draft.ID + "@" + strconv.Itoa(r.Draft.Version+1)}}
	sources := func(text string) (grounding.Kind, []sessions.Source) {
		if c, ok := known[text]; ok {
			return grounding.Kind(c.Kind), c.Sources
		}
		return grounding.Quote, edit
	}
	var claims workflow.Claims
	kind, from := sources(inv.Subject)
	claims.Value("/subject", inv.Subject, kind, from)
	at := 0
	for _, sentence := range grounding.Sentences(inv.Text) {
		body := strings.TrimLeft(sentence, " \t\r\n")
		start := at + grounding.UTF16(sentence[:len(sentence)-len(body)])
		at += grounding.UTF16(sentence)
		if body = strings.TrimRight(body, " \t\r\n"); body != "" {
			kind, from := sources(body)
			claims.Add("/text", start, start+grounding.UTF16(body), body, kind, from)
		}
	}
	return claims
}
