package proposal

import (
	"github.com/parleyhq/parley/sessions"

	"strings"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval/words"
)

// mostAsked facts are asked for before a proposal is drafted.
const mostAsked = 2

// The slots of questions.
const (
	slotPost      = "job_post"
	slotProfile   = "profile"
	slotScreening = "screening"
	slotFact      = "fact"
	slotBid       = "bid"
)

// missingQuestion asks for what nothing can be done without, in one question;
// nil when both are there.
func (t *turn) missingQuestion() *Asked {
	switch {
	case !t.hasPost && !t.hasProfile:
		return &Asked{Slot: slotPost, Text: "Which job do you want to apply for? Paste the post and your profile here, or give me their ids."}
	case !t.hasPost:
		return &Asked{Slot: slotPost, Text: "Which job do you want to apply for? Give me its id or title, or paste the post."}
	case !t.hasProfile:
		return &Asked{Slot: slotProfile, Text: "What may I say about you? Paste your profile or a few sentences about your work, with dates and numbers where you have them."}
	}
	return nil
}

// factQuestion asks for the fact that would set this proposal apart most, nil
// when enough was asked: a screening question that only the person can answer,
// then the heaviest demand that the profile proves weakly, then a price where
// nothing names one, then what came of the most telling project.
func (t *turn) factQuestion() *Asked {
	if t.doc.Memory.Rush || t.askedFacts() >= mostAsked {
		return nil
	}
	for _, choose := range []func() *Asked{t.screeningQuestion, t.needQuestion, t.priceQuestion, t.resultQuestion, t.anyQuestion} {
		if a := choose(); a != nil && !t.wasAsked(a.Of) {
			return a
		}
	}
	return nil
}

func (t *turn) askedFacts() (n int) {
	for _, a := range t.doc.Memory.Asked {
		if a.Slot != slotPost && a.Slot != slotProfile {
			n++
		}
	}
	return n
}

func (t *turn) wasAsked(of string) bool {
	for _, a := range t.doc.Memory.Asked {
		if a.Of == of {
			return true
		}
	}
	return false
}

func (t *turn) screeningQuestion() *Asked {
	for i, question := range t.questions {
		if i >= len(t.doc.Answers) || t.doc.Answers[i].Text != "" || t.wasAsked(question) {
			continue
		}
		return &Asked{Slot: slotScreening, Of: question, Text: "The client wants to know: “" + question + "” What would you say?"}
	}
	return nil
}

func (t *turn) needQuestion() *Asked {
	for _, n := range byWeight(t.needs) {
		if !n.Must || n.Not || !n.open() || n.finding.Degree >= 0.75 || n.weight < 0.6 || t.wasAsked(n.ID) || t.admits(n) != nil {
			continue
		}
		return &Asked{Slot: slotFact, Of: n.ID, Text: t.askFor(n)}
	}
	return nil
}

// askFor asks for work that would prove a need.
func (t *turn) askFor(n need) string {
	what := n.Text
	if countWords(n.Quote) > 4 && n.Years == 0 {
		what = "“" + strings.TrimRight(n.Quote, " .,;") + "”"
	}
	if own, ok := t.yearsOf(n); ok && n.Years > 0 && own < n.Years {
		return "They ask for " + what + ", and your profile shows " + years(own) + ". Is there more that is not on it, or a result from that time that makes up for it?"
	}
	if n.finding.Status == fit.Partly {
		return "They ask for " + what + ", which your profile shows only in part. Which piece of work proves it best, and what came of it?"
	}
	return "They ask for " + what + ", and your profile does not show it. Have you done it? Where, and with what result?"
}

func (t *turn) priceQuestion() *Asked {
	if t.doc.Bid != nil {
		return nil
	}
	return &Asked{Slot: slotBid, Of: "/bid", Text: "Neither the post nor your profile names a price. What do you want for it?"}
}

// resultQuestion asks what came of the project that says most for this post and
// has no figure to it.
func (t *turn) resultQuestion() *Asked {
	var best *passage
	most := 0.0
	for _, p := range t.passages {
		if !strings.HasPrefix(p.field, "/experience/") || p.denies || countWords(p.quote) < 7 || figures.MatchString(p.quote) || t.wasAsked(p.quote) {
			continue
		}
		if v := t.relevance(p); v > most {
			best, most = p, v
		}
	}
	if best == nil {
		return nil
	}
	return &Asked{Slot: slotFact, Of: best.quote, Text: "Your profile says: “" + clipped(best.quote, 22) + ".” What came of it? A number or a date that the client could check helps most."}
}

// anyQuestion asks for one more fact where everything else is answered.
func (t *turn) anyQuestion() *Asked {
	return &Asked{Slot: slotFact, Of: "/fact", Text: "Is there one thing about this job that others who apply will not have: a result, a date, a client of the same kind?"}
}

// relevance is what a passage is worth by itself.
func (t *turn) relevance(p *passage) float64 {
	chosen := t.chosen
	t.chosen = nil
	defer func() { t.chosen = chosen }()
	return t.worth(p)
}

// clipped is a phrase from the beginning of a text, of at most so many words:
// up to a comma where there is one, and without a full stop.
func clipped(text string, n int) string {
	fields := strings.Fields(text)
	if len(fields) > n {
		fields = fields[:n]
		for i := n - 1; i > n/2; i-- {
			if strings.HasSuffix(fields[i], ",") || strings.HasSuffix(fields[i], ";") || strings.HasSuffix(fields[i], ":") {
				fields = fields[:i+1]
				break
			}
		}
	}
	for len(fields) > 2 && words.Function(words.English, strings.ToLower(fields[len(fields)-1])) {
		fields = fields[:len(fields)-1]
	}
	return strings.TrimRight(strings.Join(fields, " "), ",;:.!? ")
}

// AsksForPost reports whether a question of this workflow asks which job it is
// about, or who applies: what answers it may be a text of any kind.
func AsksForPost(q *sessions.Question) bool { return q.Slot == slotPost || q.Slot == slotProfile }
