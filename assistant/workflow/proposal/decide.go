package proposal

import (
	"context"
	"fmt"
	"slices"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// decide settles what the turn comes to: a question, advice, or a draft.
func (w *Workflow) decide(ctx context.Context, t *turn) error {
	defer t.gather()
	if t.ask = t.missingQuestion(); t.ask != nil {
		t.note()
		return nil
	}
	t.refuseClaims()
	market := w.market(ctx, t)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	t.settleBid(market)
	t.settleAnswers()
	t.settleBid(market) // an answer may be about the price
	t.takeOriginal()
	if t.read.check && t.read.draft != "" || t.read.check && t.doc.Text != "" && t.doc.Memory.OwnText {
		t.advise()
	}
	if t.doc.Text == "" {
		t.ask = t.factQuestion()
	}
	if t.read.done && t.doc.Text != "" && !t.read.wished && len(t.read.facts) == 0 {
		t.doc.Status = Ready
	}
	if t.ask != nil {
		t.doc.Status = Gathering
		t.note()
		t.claimRest()
		return nil
	}
	w.draft(ctx, t)
	return ctx.Err()
}

// gather collects what the reply may say. It is done before the draft is shown,
// so that what was told is remembered in it.
func (t *turn) gather() {
	told := slices.Clone(t.doc.Memory.Told)
	t.facts = t.replyFacts()
	t.toldBefore = told
}

// note remembers a question that is put now.
func (t *turn) note() {
	t.doc.Memory.Asked = append(t.doc.Memory.Asked, *t.ask)
}

// draft writes the text, unless nothing has changed that it is made of, and
// writes it anew in another way where it is too much like other people's.
func (w *Workflow) draft(ctx context.Context, t *turn) {
	fresh := t.doc.Text == ""
	if fresh {
		t.doc.Status = Drafted
	}
	others := w.others(ctx, t)
	t.compose()
	t.compare(others)
	for try := 1; try <= mostVariants && t.tooAlike() && !t.doc.Memory.OwnText; try++ {
		before, was := t.doc.Memory.Variant, *t.doc.Similarity
		t.avoid = append(t.avoid, t.likest(others)...)
		t.doc.Memory.Variant++
		t.compose()
		t.compare(others)
		if t.doc.Similarity.Max >= was.Max {
			t.doc.Memory.Variant, t.avoid = before, nil
			t.compose()
			t.compare(others)
			break
		}
	}
	if w.speaker.Phrases() {
		t.keepPhrasing()
	}
	if t.doc.Patterns == nil {
		t.doc.Patterns = patternsOf(others.known, t.post.Category)
	}
	if t.doc.Status == Ready && (t.read.wished || len(t.read.facts) > 0) {
		t.doc.Status = Drafted
	}
	t.evidence = t.evidenceOf()
}

// mostVariants is how often a draft that is too like others is written anew.
const mostVariants = 3

// refuseClaims drops what the person said or ordered where their own profile
// says less: a draft that claims more than they can show does them no good.
func (t *turn) refuseClaims() {
	m := &t.doc.Memory
	r := t.tracer()
	for _, text := range t.read.doubted {
		if _, missing := r.trace(text); len(missing) == 0 && r.known(text) >= 0.5 {
			m.Style.Mention = append(m.Style.Mention, text)
		} else {
			t.refused = append(t.refused, text)
		}
	}
	if len(t.read.facts) == 0 {
		return
	}
	m.Said = slices.DeleteFunc(m.Said, func(s Statement) bool {
		if s.Source.ID != t.in.Message.ID || !t.contradicted(s) {
			return false
		}
		t.refused = append(t.refused, s.Text)
		return true
	})
}

// contradicted reports whether a statement claims more years of a skill than
// the profile says.
func (t *turn) contradicted(s Statement) bool {
	for name := range skillsOf(s.Text) {
		n := need{skills: map[string]bool{name: true}}
		n.Skills = []string{name}
		claimed, ok := yearsIn(s.Text, n, t.in.Now)
		if !ok {
			continue
		}
		if own, ok := t.yearsOf(n); ok && own+0.75 < claimed {
			return true
		}
	}
	return false
}

// takeOriginal lets the sentences of a pasted draft that can be traced be used
// in a new one: they are the person's voice.
func (t *turn) takeOriginal() {
	if t.doc.Original == "" {
		return
	}
	r := t.tracer()
	for i, l := range linesOf(t.doc.Original) {
		if !usable(l.text) || !firstPerson.MatchString(l.text) || generic(l.text) != "" {
			continue
		}
		sources, missing := r.trace(l.text)
		if len(missing) > 0 || len(sources) == 0 || r.known(l.text) < 0.6 {
			continue
		}
		p := newPassage(sentence(l.text), sentence(l.text), l.text, "", "original", 0, i, sources[0])
		p.original = true
		t.passages = append(t.passages, p)
	}
}

// evidenceOf is what is shown with the answer: the post, the profile, and the
// figure behind the bid.
func (t *turn) evidenceOf() (items []sessions.Evidence) {
	if id := t.doc.JobPost.ID; id != "" {
		items = append(items, sessions.Evidence{ID: id, Kind: string(retrieval.KindJobPost), Title: t.post.Title, Reason: "the post that the proposal is for"})
	}
	if id := t.doc.Profile.ID; id != "" {
		items = append(items, sessions.Evidence{ID: id, Kind: string(retrieval.KindProfile), Title: t.profile.Headline, Reason: "your profile"})
	}
	if b := t.doc.Bid; b != nil && b.Figure != nil {
		items = append(items, sessions.Evidence{ID: b.Figure.ID, Kind: "figure", Title: "What similar posts paid", Snippet: brief.MoneyRange(b.Figure.P25, b.Figure.P75, b.Figure.Currency) + ", " + behind(b.Figure.Posts, b.Figure.From, b.Figure.To)})
	}
	return items
}

// bidText is a bid in words.
func bidText(b *Bid) string {
	text := brief.Money(b.Amount, b.Currency)
	switch {
	case b.Type == retrieval.PayHourly:
		text += " an hour"
	case b.Unit != "":
		text = fmt.Sprintf("%s per %s", text, b.Unit)
	}
	return text
}

// edited are the paragraphs that the person wrote, cut to the limit where they
// asked for that: the sentences that prove least go first.
func (t *turn) edited() []paragraph {
	list := slices.Clone(t.doc.Memory.Edited)
	for limit := t.style().Limit; limit > 0 && countStatements(list) > limit && len(list) > 2; {
		least, at := 0.0, -1
		for i, s := range list[1:] {
			v := t.relevance(newPassage(s.Text, s.Text, s.Text, "", "edit", 0, i, s.Source))
			if at < 0 || v < least {
				least, at = v, i+1
			}
		}
		if list[at].Break && at+1 < len(list) {
			list[at+1].Break = true
		}
		list = slices.Delete(list, at, at+1)
	}
	var out []paragraph
	for i, s := range list {
		if i == 0 || s.Break {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], line{s.Text, grounding.Quote, []sessions.Source{s.Source}})
	}
	said := paragraph{}
	for _, s := range t.doc.Memory.Said {
		if s.Source.ID == t.in.Message.ID && !isPrice(s.Text, priced(s.Text)) {
			said = append(said, line{sentence(s.Text), grounding.Quote, []sessions.Source{s.Source}})
		}
	}
	if len(said) > 0 {
		for _, l := range said {
			t.doc.Memory.Edited = append(t.doc.Memory.Edited, Statement{Text: l.text, Source: l.sources[0]})
		}
		out = append(out, said)
	}
	return out
}

func countStatements(list []Statement) (n int) {
	for _, s := range list {
		n += countWords(s.Text)
	}
	return n
}
