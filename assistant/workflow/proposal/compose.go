package proposal

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/sessions"
)

// paragraph is a run of lines.
type paragraph []line

// compose writes the draft: the strongest proof first, what else proves the
// demands, what is lacking, the answers to the client's questions, the terms,
// and one question.
func (t *turn) compose() {
	t.chosen, t.lines = nil, nil
	if t.doc.Memory.OwnText {
		t.lines = t.edited()
	} else {
		t.lines = t.assemble()
	}
	t.write(t.lines)
}

// write sets paragraphs into the document, a claim for each sentence.
func (t *turn) write(paragraphs []paragraph) {
	var claims workflow.Claims
	p := workflow.NewProse("/text", &claims)
	for _, each := range paragraphs {
		p.Paragraph()
		for _, l := range each {
			p.Sentence(l.text, l.kind, l.sources)
		}
	}
	t.doc.Text = p.Text()
	t.doc.Words = countWords(t.doc.Text)
	t.claims = claims
	t.claimRest()
}

// claimRest adds the claims of answers and bid.
func (t *turn) claimRest() {
	for i, a := range t.doc.Answers {
		if a.Text == "" {
			continue
		}
		sources := []sessions.Source{{Kind: "edit", ID: t.draftID}}
		if i < len(t.answers) && len(t.answers[i]) > 0 {
			sources = t.answers[i]
		}
		t.claims.Value(pointer("/answers", i)+"/text", a.Text, grounding.Quote, sources)
	}
	if t.doc.Bid != nil {
		t.claims.Value("/bid", bidText(t.doc.Bid), grounding.Money, []sessions.Source{t.bidSource()})
	}
}

// assemble chooses and orders what the draft says.
func (t *turn) assemble() []paragraph {
	gaps := t.gaps()
	t.chosen = append(t.chosen, t.saidPassages()...)
	said, answers, terms := t.saidLines()
	placed := slices.Clone(t.chosen)
	greeting, closing := t.style().frame()
	fixed := countLines(gaps, said, answers, terms, t.ending()) + countWords(greeting) + countWords(closing)
	t.choose(t.limit() - fixed)
	proofs := slices.DeleteFunc(slices.Clone(t.chosen), func(p *passage) bool { return slices.Contains(placed, p) })
	body := withGaps(t.proofParagraphs(proofs), gaps, t.style().GapFirst)
	for _, more := range []paragraph{said, answers, append(terms, t.ending()...)} {
		switch n := len(body); {
		case len(more) == 0:
		case n > 1 && len(body[n-1]) == 1 && len(more) == 1:
			body[n-1] = append(body[n-1], more...)
		default:
			body = append(body, more)
		}
	}
	return framed(greeting, body, closing)
}

// proofParagraphs puts the chosen passages in order: the group of the strongest
// one first and at its head the strongest itself, then the rest as the profile
// has them.
func (t *turn) proofParagraphs(proofs []*passage) []paragraph {
	if len(proofs) == 0 {
		return nil
	}
	opening := t.opening(proofs)
	byOrder(proofs)
	groups := make(map[string][]*passage)
	var order []string
	for _, p := range append([]*passage{opening}, proofs...) {
		if _, known := groups[p.group]; !known {
			order = append(order, p.group)
			groups[p.group] = nil
		}
		if !slices.Contains(groups[p.group], p) {
			groups[p.group] = append(groups[p.group], p)
		}
	}
	var out []paragraph
	for _, name := range order {
		for j, p := range t.settle(groups[name]) {
			text := p.text
			if j > 0 {
				text = p.bare
			}
			l := line{text, grounding.Quote, []sessions.Source{p.source}}
			if n := len(out); n > 0 && len(out[n-1]) < mostSentences && (j > 0 || len(out[n-1]) < 2) {
				out[n-1] = append(out[n-1], l)
			} else {
				out = append(out, paragraph{l})
			}
		}
	}
	return out
}

// mostSentences is how many sentences a paragraph of proofs has.
const mostSentences = 4

// settle puts the notes of a position in their own order, and what leans on the
// sentence before it behind that, though the opening was moved to the front.
func (t *turn) settle(list []*passage) []*passage {
	list = slices.Clone(list)
	if strings.HasPrefix(list[0].group, "/experience") {
		byOrder(list)
		return list
	}
	first := list[0]
	if at := slices.IndexFunc(list, func(p *passage) bool { return p.leans && p.order == first.order+1 }); at > 1 {
		leaning := list[at]
		list = slices.Insert(slices.Delete(list, at, at+1), 1, leaning)
	}
	return list
}

// headline is what a passage is worth as the first thing that a client reads:
// by the work that it proves.
func (t *turn) headline(p *passage) float64 {
	value := min(mostTopic, worthTopic*shared(p.stems, t.topic)) + figuresFirst*min(mostNumber, worthNumber*float64(len(figures.FindAllString(p.quote, -1))))
	value += min(mostTitle, worthTitle*shared(p.stems, stemsOf(t.post.Title)))
	for _, n := range t.needs {
		if n.weight >= leastDemand && n.Kind != fit.Language {
			value += worthNeed * n.weight * p.proves(n)
		}
	}
	return value
}

// What counts more in the first sentence than elsewhere.
const (
	figuresFirst = 3   // times what figures count
	worthTitle   = 1.2 // a telling word that the title of the post has
	mostTitle    = 3.6
)

// showsShort reports whether a passage tells of fewer years than are asked for:
// honest, and no headline.
func (t *turn) showsShort(p *passage) bool {
	for _, n := range t.needs {
		if n.Years > 0 && n.names(p.quote, p.skills) {
			if own, ok := yearsIn(p.quote, n, t.in.Now); ok && own+0.25 < n.Years && someYears.MatchString(p.quote) {
				return true
			}
		}
	}
	return false
}

// spokenOpening favours a sentence that the person wrote as one over a note.
const spokenOpening = 2

// opening is the strongest proof. Where drafts for a post would begin alike,
// the variant takes the next one.
func (t *turn) opening(proofs []*passage) *passage {
	ranked := slices.Clone(proofs)
	ranked = slices.DeleteFunc(ranked, func(p *passage) bool { return p.leans || p.group == "credentials" })
	if len(ranked) == 0 {
		return proofs[0]
	}
	value := make(map[*passage]float64)
	for _, p := range ranked {
		value[p] = t.headline(p)
		switch {
		case countWords(p.quote) < 6 || t.showsShort(p):
			value[p] /= 4
		case p.group == "overview" || ownSubject.MatchString(p.quote):
			value[p] *= spokenOpening
		}
	}
	slices.SortStableFunc(ranked, func(a, b *passage) int {
		switch {
		case value[a] > value[b]:
			return -1
		case value[a] < value[b]:
			return 1
		}
		return 0
	})
	return ranked[t.doc.Memory.Variant%min(len(ranked), 3)]
}

// withGaps says what is lacking behind the proofs, or right behind the opening
// where the person wants it told at once.
func withGaps(body []paragraph, gaps paragraph, first bool) []paragraph {
	if len(gaps) == 0 {
		return body
	}
	at := len(body) - 1
	if first {
		at = 0
	}
	if at < 0 {
		return []paragraph{gaps}
	}
	body[at] = append(slices.Clone(body[at]), gaps...)
	return body
}

// saidPassages are what the person said, without prices: those have a line of
// their own.
func (t *turn) saidPassages() (list []*passage) {
	for i, s := range t.doc.Memory.Said {
		if !isPrice(s.Text, priced(s.Text)) {
			list = append(list, saidPassage(s, i))
		}
	}
	return list
}

// saidLines are what the person said: of their work, to the client's questions,
// and of when and how much. Answers to the client's questions stand beside the
// letter, and in it only where the post wants them there.
func (t *turn) saidLines() (said, answers, terms paragraph) {
	inText := t.inTheText()
	begun := make(map[string]bool) // messages of which a sentence was told
	for _, p := range t.saidPassages() {
		l := line{p.text, grounding.Quote, []sessions.Source{p.source}}
		question := t.questionOf(p)
		if t.owns("answers") && p.answers > 0 && t.doc.Memory.Asked[p.answers-1].Slot == slotScreening {
			continue // they have answered it on the page
		}
		switch {
		case question != "" && !inText:
			continue
		case p.count < 25 && (aboutStart.MatchString(p.text) || aboutHours.MatchString(p.text) || aboutTerms.MatchString(p.text)):
			terms = append(terms, l)
			continue
		case question == "":
			said = append(said, l)
		default:
			if !begun[p.source.ID] && len(answers) == 0 && !t.answersPlainly(question) {
				l.text = "To your question: " + lowerStart(l.text)
			}
			answers = append(answers, l)
		}
		begun[p.source.ID] = true
	}
	for i, a := range t.doc.Answers {
		if a.Text == "" || i >= len(t.answers) || len(t.answers[i]) == 0 {
			continue
		}
		if t.answers[i][0].Kind == "edit" {
			if inText {
				answers = append(answers, line{sentence(a.Text), grounding.Quote, t.answers[i]})
			}
		} else if p := t.passageOf(t.answers[i][0]); p != nil {
			t.take(p)
			if inText {
				answers = append(answers, line{a.Text, grounding.Quote, t.answers[i]})
			}
		}
	}
	return said, answers, terms
}

// answersPlainly reports whether an answer shows by its words what it answers.
func (t *turn) answersPlainly(question string) bool {
	for _, a := range t.doc.Answers {
		if a.Question == question {
			return share(stemsOf(question), stemsOf(a.Text)) >= 0.12
		}
	}
	return true
}

// questionOf is the question of the client that a statement answers, "" for none.
func (t *turn) questionOf(p *passage) string {
	for i, a := range t.doc.Answers {
		if i < len(t.answers) && slices.Contains(t.answers[i], p.source) {
			return a.Question
		}
	}
	return ""
}

// passageOf finds the passage of a source that was not chosen yet.
func (t *turn) passageOf(s sessions.Source) *passage {
	for _, p := range t.passages {
		if p.source == s && !t.has(p) {
			return p
		}
	}
	return nil
}

// ending is when, for how much, and one question.
func (t *turn) ending() (out paragraph) {
	out = append(out, t.practical()...)
	if l, ok := t.bidLine(); ok {
		if asksPriceFirst.MatchString(t.post.Description) || seed(t.profileID()+"|"+t.post.Title)%2 == 0 {
			out = append(paragraph{l}, out...)
		} else {
			out = append(out, l)
		}
	}
	style := t.style()
	question := ""
	switch {
	case style.Ask != "":
		question = askedFor(style.Ask)
	case !style.NoAsk:
		question = clientQuestion(t.post, t.profileID()+t.profile.Headline, t.doc.Memory.Variant)
	}
	if question != "" {
		out = append(out, line{question, grounding.Wording, []sessions.Source{{Kind: "wording"}}})
	}
	return out
}

// asksPriceFirst finds posts to which the price is the first thing they look for.
var asksPriceFirst = regexp.MustCompile(`(?i)\b(?:quote|your (?:price|rate|bid|offer)|fixed price (?:for|per|please)|price per|how much (?:you|would)|what you (?:charge|would charge))\b`)

// frame is what stands before and behind the letter.
func (s Style) frame() (greeting, closing string) {
	greeting, closing = s.Greeting, s.Closing
	if s.Warm && greeting == "" {
		greeting = "Hello,"
	}
	if s.Formal && greeting == "" {
		greeting = "Dear Sir or Madam,"
	}
	if s.Formal && closing == "" {
		closing = "Yours faithfully"
	}
	if s.Warm && closing == "" {
		closing = "Happy to talk it through whenever it suits you."
	}
	return greeting, closing
}

func framed(greeting string, body []paragraph, closing string) []paragraph {
	wording := []sessions.Source{{Kind: "wording"}}
	if greeting != "" {
		body = append([]paragraph{{line{greeting, grounding.Wording, wording}}}, body...)
	}
	if closing != "" {
		body = append(body, paragraph{line{closing, grounding.Wording, wording}})
	}
	return body
}

func countLines(lists ...paragraph) (n int) {
	for _, list := range lists {
		for _, l := range list {
			n += countWords(l.text)
		}
	}
	return n
}

// limit is how many words the draft may have.
func (t *turn) limit() int {
	if n := t.style().Limit; n > 0 {
		return n
	}
	return mostWords
}
