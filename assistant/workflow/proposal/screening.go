package proposal

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// settleAnswers answers the screening questions of the post: with what the
// person said to them, with a sentence of the profile or a field of it, or not.
func (t *turn) settleAnswers() {
	if t.owns("answers") {
		t.answers = make([][]sessions.Source, len(t.doc.Answers))
		for i, a := range t.doc.Answers {
			t.answers[i] = []sessions.Source{quoteOf(sessions.Source{Kind: "edit", ID: t.draftID}, a.Text)}
		}
		return
	}
	t.doc.Answers = make([]Answer, 0, len(t.questions))
	t.answers = make([][]sessions.Source, len(t.questions))
	for i, question := range t.questions {
		text, sources := t.answerTo(question)
		t.doc.Answers = append(t.doc.Answers, Answer{Question: question, Text: text})
		t.answers[i] = sources
	}
}

func (t *turn) answerTo(question string) (string, []sessions.Source) {
	if said := t.saidTo(question); len(said) > 0 {
		var texts []string
		var sources []sessions.Source
		for _, s := range said {
			texts = append(texts, sentence(s.Text))
			sources = append(sources, s.Source)
		}
		return strings.Join(texts, " "), sources
	}
	if text, source := t.answerByField(question); text != "" {
		return text, []sessions.Source{source}
	}
	if p := t.answerByPassage(question); p != nil {
		return p.text, []sessions.Source{p.source}
	}
	return "", nil
}

// saidTo is what the person said to a question of the client: the message with
// most of its words, and what was said when it was asked where none has.
func (t *turn) saidTo(question string) []Statement {
	asked := stemsOf(question)
	groups := make(map[string][]Statement)
	var order []string
	for _, s := range t.doc.Memory.Said {
		if isPrice(s.Text, priced(s.Text)) && !asksRate.MatchString(question) {
			continue
		}
		if groups[s.Source.ID] == nil {
			order = append(order, s.Source.ID)
		}
		groups[s.Source.ID] = append(groups[s.Source.ID], s)
	}
	var best []Statement
	most := 0.0
	for _, id := range order {
		stems := make(map[string]bool)
		value := 0.0
		for _, s := range groups[id] {
			for stem := range stemsOf(s.Text) {
				stems[stem] = true
			}
			if s.Answers > 0 && t.doc.Memory.Asked[s.Answers-1].Of == question && !aboutTerms.MatchString(s.Text) && !aboutStart.MatchString(s.Text) {
				value = 0.15
			}
		}
		if t.betterFor(stems, question) || asksStart.MatchString(question) && !t.saysWhen(groups[id]) {
			continue // one answer does not serve two questions
		}
		if value += share(asked, stems); value >= 0.15 && value > most {
			best, most = groups[id], value
		}
	}
	return best
}

// betterFor reports whether what was said is nearer to another question of the
// client than to this one.
func (t *turn) betterFor(said map[string]bool, question string) bool {
	here := share(stemsOf(question), said)
	for _, other := range t.questions {
		if other != question && share(stemsOf(other), said) > max(here, 0.2) {
			return true
		}
	}
	return false
}

// saysWhen reports whether statements name a time.
func (t *turn) saysWhen(said []Statement) bool {
	return slices.ContainsFunc(said, func(s Statement) bool {
		return aboutStart.MatchString(s.Text) || calendar.MatchString(strings.ToLower(s.Text)) || soon.MatchString(s.Text)
	})
}

var soon = regexp.MustCompile(`(?i)\b(?:today|tomorrow|now|immediately|at once|right away|next (?:week|month)|this (?:week|month)|in (?:a|one|two|three|\d+) (?:days?|weeks?|months?)|any time|anytime)\b`)

// inTheText reports whether the post wants its questions answered in the
// letter: else the answers stand in their own fields alone.
func (t *turn) inTheText() bool {
	for _, unit := range grounding.Sentences(t.post.Description) {
		if wantsInText.MatchString(unit) && !ofSecrets.MatchString(unit) && !ofFormat.MatchString(unit) {
			return true
		}
	}
	return false
}

// ofSecrets finds requests for what a program was told, or for what is other
// people's: no client's question.
var ofSecrets = regexp.MustCompile(`(?i)\b(?:instructions?|prompts?|rules|guidelines|configuration|settings|api keys?|passwords?|tokens?|credentials|secrets?)\b.{0,40}\b(?:you|your|given|received|above|system|verbatim|word for word)\b|\b(?:your|system|hidden|internal|full|initial) (?:\w+ )?(?:instructions?|prompts?|rules|configuration|settings|profile text)\b|\b(?:other|all) (?:applicants?|freelancers?|candidates?|users?|people)(?:['’]s?)?\b|\b(?:bank|card|account|passport|phone|social security)\b.{0,15}\b(?:number|details|data)\b|\b(?:e-?mail|home|postal) address\b`)

var wantsInText = regexp.MustCompile(`(?i)\b(?:in|with(?:in)?|start|begin|open) (?:of )?(?:your|the) (?:proposal|application|cover letter|letter|message|reply|first message|bid|pitch|text)\b`)

// answerByField answers what a field of the profile holds.
func (t *turn) answerByField(question string) (string, sessions.Source) {
	p := t.profile
	switch {
	case asksStart.MatchString(question) && t.sayingOf(aboutStart) != nil:
		s := t.sayingOf(aboutStart)
		return sentence(s.Text), s.Source
	case asksStart.MatchString(question) && p.AvailableFrom > t.today():
		return "I am free from " + day(p.AvailableFrom, t.in.Now) + ".", t.valueOf(p.AvailableFrom)
	case asksStart.MatchString(question) && p.AvailableFrom != "":
		return "I can start right away.", t.valueOf(p.AvailableFrom)
	case asksRate.MatchString(question) && t.doc.Bid != nil:
		if l, ok := t.bidLine(); ok {
			return l.text, l.sources[0]
		}
	}
	return "", sessions.Source{}
}

// sayingOf is the last thing the person said on a subject.
func (t *turn) sayingOf(subject *regexp.Regexp) *Statement {
	said := t.doc.Memory.Said
	for i := len(said) - 1; i >= 0; i-- {
		if subject.MatchString(said[i].Text) {
			return &said[i]
		}
	}
	return nil
}

// leastAnswer is the telling share of a question's words that a sentence of
// the profile must have to be taken for its answer.
const leastAnswer = 0.42

func (t *turn) answerByPassage(question string) *passage {
	if ownView.MatchString(question) && !t.asksNoMore() {
		return nil // an opinion, a mistake, a method: ask them first
	}
	asked := stemsOf(question)
	return pick(t.passages, func(p *passage) float64 {
		if p.denies || p.leans || t.barred(p) {
			return 0
		}
		return share(asked, p.stems)
	}, leastAnswer)
}

// asksNoMore reports whether the draft is written with what there is.
func (t *turn) asksNoMore() bool {
	return t.doc.Memory.Rush || t.doc.Text != "" || t.askedFacts() >= mostAsked
}

var (
	asksStart = regexp.MustCompile(`(?i)\b(?:when (?:could|can|would) you (?:start|begin)|start date|how soon|your availability|available from|earliest)\b`)
	asksRate  = regexp.MustCompile(`(?i)\b(?:your (?:hourly )?rate|your price|how much (?:do|would) you|quote|what (?:do|would) you charge|price per)\b`)
	ownView   = regexp.MustCompile(`(?i)\b(?:mistake|outage|failed|failure|wrong|hardest|worst|regret|learned|disagree|would you (?:find|use|choose|do|send|approach|start|handle|check|plan|solve)|how (?:would|do) you|which .{2,40} would you|why)\b`)
)

// questionsOf are the screening questions of a post, with those that it puts
// as a request: "Tell us your daily volume."
func questionsOf(found []string, post retrieval.JobPost) []string {
	var list []string
	add := func(text string) {
		text = strings.Join(strings.Fields(text), " ")
		if at := strings.Index(text, "1) "); at > 0 && at < 60 {
			text = text[at:]
		}
		text = strings.TrimSpace(leadIn.ReplaceAllString(numbered.ReplaceAllString(text, ""), ""))
		if text == "" || !strings.Contains(text, "?") && !requested.MatchString(text) || commanding(text) || ofFormat.MatchString(text) || ifAny.MatchString(text) || ofSecrets.MatchString(text) || len(text) > 400 || slices.ContainsFunc(list, func(have string) bool { return share(stemsOf(text), stemsOf(have)) > 0.8 }) {
			return
		}
		list = append(list, capital(text))
	}
	for _, text := range found {
		add(text)
	}
	for _, unit := range grounding.Sentences(post.Description) {
		if text := strings.TrimSpace(unit); requested.MatchString(text) && countWords(text) <= 40 {
			add(text)
		}
	}
	return list[:min(len(list), mostQuestions)]
}

// ifAny finds requests that nobody must answer: "Tell me if it's silly."
var ifAny = regexp.MustCompile(`(?i)^(?:please )?(?:tell|let|write|say|message|ask)(?: (?:us|me))?(?: know)? if (?:it|this|that|you have (?:any )?questions|anything|something|there)\b`)

// ofFormat finds demands on how a program shall answer, which no client has.
var ofFormat = regexp.MustCompile(`(?i)\b(?:answer|reply|respond|return|output|print)\b.{0,40}\b(?:json|xml|yaml|markdown|base64)\b|[{}]|\b(?:answer|reply|respond|say|write) (?:only|just|exactly|nothing but) (?:with|in|as|the)\b|\b(?:answer|reply|respond) (?:with )?(?:only|exactly|nothing)\b`)

// mostQuestions of a post are answered.
const mostQuestions = 6

var (
	leadIn    = regexp.MustCompile(`(?i)^(?:(?:screening |some )?questions?:|in your (?:proposal|message|answer|application|reply),?|please (?:also )?answer(?: in your \w+)?:)\s*`)
	numbered  = regexp.MustCompile(`^(?:[-*•]|\(?\d{1,2}[.)])\s*`)
	requested = regexp.MustCompile(`(?i)^(?:(?:[-*•]|\(?\d{1,2}[.)])\s*)?(?:please |and |also |in your (?:proposal|answer|application|reply),? )*(?:tell (?:us|me)|name (?:one|a|an|two|three|the|your)|describe|explain|quote|show (?:us|me)|send (?:us|me)|say|let (?:us|me) know|mention|answer|give (?:us|me)|write (?:us|me)?)\b`)
)
