package proposal

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/grounding"
)

// textLine is a sentence of a text that is looked at, with its place.
type textLine struct {
	text       string
	number     int // of its line, from 1
	start, end int // UTF-16
}

// linesOf takes a text apart into sentences.
func linesOf(text string) (list []textLine) {
	at, number := 0, 1
	for _, unit := range grounding.Sentences(text) {
		body := strings.TrimSpace(unit)
		before := unit[:max(0, strings.Index(unit, body))]
		number += strings.Count(before, "\n")
		if body != "" {
			start := at + grounding.UTF16(before)
			list = append(list, textLine{body, number, start, start + grounding.UTF16(body)})
		}
		number += strings.Count(unit[len(before):], "\n")
		at += grounding.UTF16(unit)
	}
	return list
}

// advise goes through the person's own draft line by line.
func (t *turn) advise() {
	text := t.doc.Original
	if text == "" {
		text = t.doc.Text
	}
	t.doc.Advice = t.adviceOn(text)
}

// adviceOn lists what to change in a text, with reasons.
func (t *turn) adviceOn(text string) []Advice {
	list := []Advice{}
	r := t.tracer()
	lines := linesOf(text)
	for _, l := range lines {
		if a, ok := t.remark(r, l); ok {
			a.Line, a.Start, a.End, a.Text = l.number, l.start, l.end, l.text
			list = append(list, a)
		}
	}
	return append(list, t.onWhole(text, lines)...)
}

// remark is the most important thing to say of a line.
func (t *turn) remark(r *tracer, l textLine) (Advice, bool) {
	if gap := t.hides(l.text); gap != "" {
		return Advice{Kind: "gap_hidden", Reason: gap}, true
	}
	if _, missing := r.trace(l.text); len(missing) > 0 && missing[len(missing)-1] == "praise" && len(missing) == 1 {
		return Advice{Kind: "tone", Reason: "Nobody can check praise or a promise. A figure or a piece of work says more.", Better: t.proofInstead(l.text)}, true
	} else if missing = withoutPraise(missing); len(missing) > 0 {
		return Advice{Kind: "untraceable", Reason: "I find nothing in your profile or in what you told me for " + quoted(missing) + ". If it is so, tell me where and when; else take it out.", Better: t.proofInstead(l.text)}, true
	}
	if reason := generic(l.text); reason != "" {
		return Advice{Kind: "generic", Reason: reason, Better: t.proofInstead(l.text)}, true
	}
	if doing.MatchString(l.text) && r.known(l.text) < 0.4 {
		return Advice{Kind: "untraceable", Reason: "Your profile does not show this. Keep it if it is so, with a date or a name that can be checked."}, true
	}
	if strings.Contains(l.text, "!") || shouted.MatchString(l.text) {
		return Advice{Kind: "tone", Reason: "Exclamation marks and capitals read like advertising.", Better: sentence(l.text)}, true
	}
	if n := countWords(l.text); n > longSentence {
		return Advice{Kind: "long", Reason: fmt.Sprintf("This sentence has %d words. Two short ones are read, one long one is skipped.", n)}, true
	}
	return Advice{}, false
}

const longSentence = 38

var shouted = regexp.MustCompile(`\b[A-Z]{5,}\b.*\b[A-Z]{4,}\b`)

func withoutPraise(list []string) (kept []string) {
	for _, each := range list {
		if each != "praise" {
			kept = append(kept, each)
		}
	}
	return kept
}

func quoted(list []string) string {
	return "“" + strings.Join(list[:min(3, len(list))], "”, “") + "”"
}

// hides reports whether a line claims what the profile shows only in part:
// "five years of Kafka" where it says two.
func (t *turn) hides(text string) string {
	for _, n := range t.needs {
		if n.Years == 0 || !n.names(text, skillsOf(text)) || denying.MatchString(text) {
			continue
		}
		claimed, ok := yearsIn(text, n, t.in.Now)
		own, known := t.yearsOf(n)
		if ok && known && own+0.75 < claimed {
			return fmt.Sprintf("Your profile shows %s of %s. Say that, and what you did in them: a client who finds out later stops reading.", years(own), subjectOf(n))
		}
	}
	return ""
}

// proofInstead is a sentence of the profile that says something checkable on
// the same subject, or else on the heaviest demand.
func (t *turn) proofInstead(text string) string {
	stems := stemsOf(text)
	p := pick(t.passages, func(p *passage) float64 {
		if p.denies || p.original || p.leans || p.text == text {
			return 0
		}
		return t.relevance(p) + 2*shared(stems, p.stems)
	}, 1)
	if p == nil {
		return ""
	}
	return p.text
}

// generic says what is wrong with a phrase that could stand in any proposal.
func generic(text string) string {
	for _, g := range genericPhrases {
		if g.pattern.MatchString(text) {
			return g.reason
		}
	}
	return ""
}

var genericPhrases = []struct {
	pattern *regexp.Regexp
	reason  string
}{
	{regexp.MustCompile(`(?i)\b(?:dear (?:hiring manager|sir|client|employer)|to whom it may concern)\b`), "Nobody is called that. Begin with what they need, or with their name if the post gives one."},
	{regexp.MustCompile(`(?i)\b(?:i am|i['’]m) (?:\w+ )?(?:excited|thrilled|delighted|writing to (?:apply|express)|very interested|eager)\b|\bi (?:would|['’]d) (?:love|like) to (?:apply|work with you|help you with)`), "This stands in most proposals and tells the client nothing about you."},
	{regexp.MustCompile(`(?i)\b(?:i (?:have )?(?:carefully )?read (?:through )?your (?:job )?(?:post|description|requirements)|after reading your)\b`), "Show that you have read it by answering what it asks."},
	{regexp.MustCompile(`(?i)\b(?:hard[- ]?working|team player|fast learner|quick learner|detail[- ]oriented|passionate|self[- ]motivated|results[- ]driven|highly (?:skilled|motivated|experienced)|proven track record|wide range of|years of experience in the (?:field|industry))\b`), "Everybody writes this. A piece of work that shows it is worth more."},
	{regexp.MustCompile(`(?i)\b(?:perfect (?:fit|match|candidate)|ideal candidate|best (?:choice|person|candidate)|right person for (?:the|this) job|look no further)\b`), "That is for the client to decide. Give them the proof."},
	{regexp.MustCompile(`(?i)\b(?:your (?:amazing|great|wonderful|impressive|fantastic|inspiring) (?:company|project|team|work|product)|i (?:really )?(?:love|admire) (?:your|what you))\b`), "Flattery takes the place of something about your work."},
	{regexp.MustCompile(`(?i)\b(?:looking forward to (?:hearing|your)|feel free to (?:contact|reach)|don['’]?t hesitate to)\b`), "A question about the work is a better ending: it gives them a reason to answer."},
}

// onWhole says what the text as a whole lacks.
func (t *turn) onWhole(text string, lines []textLine) (list []Advice) {
	if n := countWords(text); n > mostWords {
		list = append(list, Advice{Kind: "long", Line: 1, Reason: fmt.Sprintf("It has %d words. Clients read about %d.", n, mostWords)})
	}
	for i, question := range t.questions {
		if share(stemsOf(question), stemsOf(text)) < 0.5 && !(asksStart.MatchString(question) && aboutStart.MatchString(text)) && !(asksRate.MatchString(question) && priced(text).amount > 0) {
			better := ""
			if i < len(t.doc.Answers) {
				better = t.doc.Answers[i].Text
			}
			list = append(list, Advice{Kind: "missing_answer", Line: len(lines), Reason: "The post asks “" + question + "” and the draft does not answer it.", Better: better})
		}
	}
	for _, n := range byWeight(t.needs) {
		if n.Must && n.open() && n.weight >= 0.6 && len(n.Skills) > 0 && share(n.stems, stemsOf(text)) < 0.34 && !hasAny(skillsOf(text), n.skills) {
			list = append(list, Advice{Kind: "gap_hidden", Line: len(lines), Reason: "They ask for " + n.Text + ", and the draft passes over it. One honest sentence is better than silence."})
			break
		}
	}
	if !strings.Contains(text, "?") {
		list = append(list, Advice{Kind: "no_question", Line: len(lines), Reason: "There is no question in it. A good one shows that you have thought about the work.", Better: clientQuestion(t.post, t.profileID()+t.profile.Headline, 0)})
	}
	return list
}
