package proposal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// Workflow helps freelancers to apply. It is safe for concurrent use.
type Workflow struct {
	library workflow.Library
	reader  *fit.Reader
	speaker workflow.Speaker
}

// New returns a Workflow.
func New(library workflow.Library, reader *fit.Reader, speaker workflow.Speaker) *Workflow {
	return &Workflow{library: library, reader: reader, speaker: speaker}
}

// turn is the state of one turn.
type turn struct {
	in      sessions.Turn
	doc     *Document
	draftID string
	old     []byte // the document before, nil for none
	prior   *Document
	shown   []byte

	read       reading
	pending    int // the question that waited, from 1 in Memory.Asked; 0 for none
	post       retrieval.JobPost
	profile    retrieval.Profile
	hasPost    bool
	hasProfile bool
	several    []retrieval.Hit // posts that a title may have meant
	unknown    string          // an id or title that nothing was found for

	needs      []need
	questions  []string
	topic      map[string]bool // stems of the post
	passages   []*passage
	chosen     []*passage
	avoid      []string // quotes that a further try leaves out
	lines      []paragraph
	answers    [][]sessions.Source
	claims     workflow.Claims
	ask        *Asked
	refused    []string // claims that were wished and cannot be made
	evidence   []sessions.Evidence
	findErr    error
	stages     *workflow.Stages
	facts      *workflow.Facts
	toldBefore []string // Memory.Told before facts were gathered
	spoken     workflow.Said
	calls      []workflow.Call
}

// Respond answers one message. See sessions.Responder.
func (w *Workflow) Respond(ctx context.Context, in sessions.Turn, emit func(sessions.Output) error) (sessions.Outcome, error) {
	if !utf8.ValidString(in.Message.Text) { // byte by byte, so that positions stay
		in.Message.Text = strings.Map(func(r rune) rune { return r }, in.Message.Text)
	}
	t := &turn{in: in, stages: workflow.StagesOf(ctx)}
	if err := emit(w.speaker.Route(Kind)); err != nil {
		return sessions.Outcome{}, err
	}
	for _, stage := range []struct {
		name string
		run  func() error
	}{
		{"understand", t.understand},
		{"retrieve", func() error { return w.retrieve(ctx, t) }},
		{"decide", func() error {
			if err := w.decide(ctx, t); err != nil {
				return err
			}
			return t.show(emit)
		}},
		{"phrase", func() error { return w.phrase(ctx, t, emit) }},
		{"say", func() error { return w.reply(ctx, t, emit) }},
	} {
		if err := t.stages.Run(stage.name, stage.run); err != nil {
			return t.outcome(), err
		}
	}
	return t.outcome(), nil
}

// understand reads the message into the document of the branch's draft.
func (t *turn) understand() error {
	t.doc = newDocument()
	if draft, ok := workflow.Current(t.in.Drafts, Kind); ok {
		doc, err := decode(draft)
		if err != nil {
			return err
		}
		prior := doc
		t.doc, t.prior, t.draftID, t.old = &doc, &prior, draft.ID, draft.Document
		t.doc.Memory.Said, t.doc.Memory.Asked = slices.Clone(doc.Memory.Said), slices.Clone(doc.Memory.Asked)
	}
	t.pending = t.waiting()
	asked := t.pending
	if asked > 0 && (t.doc.Memory.Asked[asked-1].Slot == slotPost || t.doc.Memory.Asked[asked-1].Slot == slotProfile) {
		asked = 0
	}
	words := t.doc.Words
	t.read = readMessage(t.in.Message, asked, &t.doc.Memory.Style)
	if t.style().Limit < 0 { // "shorter": than what there is
		t.doc.Memory.Style.Limit = max(60, firstPositive(words, 150)*2/3)
	}
	t.takePasted()
	t.takeFacts()
	return nil
}

func firstPositive(a, b int) int {
	if a > 0 {
		return a
	}
	return b
}

// waiting is the question that the last response ended with, from 1.
func (t *turn) waiting() int {
	if workflow.LastQuestion(t.in.History) == nil {
		return 0
	}
	if n := len(t.doc.Memory.Asked); n > 0 && t.doc.Memory.Asked[n-1].Done == "" {
		return n
	}
	return 0
}

// takePasted keeps the post, the profile and the draft that the message carries.
func (t *turn) takePasted() {
	m, r := &t.doc.Memory, &t.read
	if t.pending > 0 && r.post == "" && r.profile == "" && r.draft == "" && countWords(r.talk) >= 12 && !(countWords(r.talk) < 25 && naming.MatchString(r.talk)) {
		switch m.Asked[t.pending-1].Slot {
		case slotPost:
			r.post, r.talk = r.talk, ""
		case slotProfile:
			r.profile, r.talk = r.talk, ""
		}
	}
	if r.post != "" {
		if t.prior != nil && t.prior.JobPost != (Subject{}) {
			t.otherPost()
			t.pending = 0 // the question was of the post before
			for i := range r.facts {
				r.facts[i].Answers = 0
			}
		}
		post := readPost(r.post, brief.Input{MessageID: t.in.Message.ID, Now: t.in.Now, Zone: time.UTC, Locale: t.in.Session.Locale})
		m.Post, m.PostedIn = &post, t.in.Message.ID
		t.doc.JobPost = Subject{}
	}
	if r.profile != "" {
		profile := readProfile(r.profile, t.in.Now)
		m.Profile, m.ReadFrom = &profile, t.in.Message.ID
		t.doc.Profile = Subject{}
	}
	if r.draft != "" {
		t.doc.Original = r.draft
	}
}

// naming finds a message that names a post and is none.
var naming = regexp.MustCompile(`(?i)\b(?:apply|applying|proposal|the (?:post|job|project|posting|ad) (?:about|for|with|on|called)|help me)\b`)

// takeFacts keeps what the person said of themselves, and settles the question
// that waited.
func (t *turn) takeFacts() {
	m, r := &t.doc.Memory, &t.read
	if r.rush {
		m.Rush = true
	}
	m.Said = append(m.Said, r.facts...)
	if n := len(m.Said); n > mostSaid {
		m.Said = slices.Clone(m.Said[n-mostSaid:])
	}
	if t.pending == 0 {
		return
	}
	a := &m.Asked[t.pending-1]
	switch {
	case len(r.facts) > 0 || r.post != "" || r.profile != "":
		a.Done = "answered"
	case a.Slot != slotPost && a.Slot != slotProfile:
		a.Done = "skipped"
	}
}

// mostSaid statements are kept; no proposal has room for more.
const mostSaid = 40

func (t *turn) style() *Style { return &t.doc.Memory.Style }

func (t *turn) today() string { return t.in.Now.Format(time.DateOnly) }

// owns reports whether the person set a field themselves.
func (t *turn) owns(field string) bool { return slices.Contains(t.doc.Memory.Own, field) }

func (t *turn) profileID() string {
	if t.doc.Profile.ID != "" {
		return t.doc.Profile.ID
	}
	return t.doc.Memory.ReadFrom
}

// profileKind is where the profile's text comes from.
func (t *turn) profileKind() string {
	if t.doc.Profile.ID != "" {
		return "document"
	}
	return "message"
}

// saidText is all that the person said, as one text.
func (t *turn) saidText() string {
	var out strings.Builder
	for _, s := range t.doc.Memory.Said {
		out.WriteString(s.Text + "\n")
	}
	return out.String()
}

func pointer(path string, i int) string { return path + "/" + strconv.Itoa(i) }

// show emits the evidence and the draft before anything is said.
func (t *turn) show(emit func(sessions.Output) error) error {
	if len(t.evidence) > 0 {
		if err := emit(sessions.Output{Evidence: t.evidence}); err != nil {
			return err
		}
	}
	return t.emitDraft(emit)
}

// emitDraft emits the draft as it stands, unless it is as it was.
func (t *turn) emitDraft(emit func(sessions.Output) error) error {
	if !t.hasPost && !t.hasProfile && t.old == nil && t.doc.Original == "" {
		return nil
	}
	document, err := json.Marshal(t.doc)
	if err != nil {
		return fmt.Errorf("proposal: writing draft: %w", err)
	}
	if bytes.Equal(document, t.shown) || t.shown == nil && bytes.Equal(document, t.old) {
		return nil
	}
	t.shown = document
	draft := sessions.Draft{ID: t.draftID, Kind: Kind, Document: document, Claims: t.claims, Changed: changed(t.prior, t.doc)}
	return emit(sessions.Output{Draft: &draft})
}
