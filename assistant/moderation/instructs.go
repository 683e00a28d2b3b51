package moderation

import (
	"regexp"

	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// speaksOfVerdict finds texts that say what is to be thought of them, in the
// words that a judge is asked in. It may find too much: such a text is asked about
// alone, and a person looks at it where the judge would have cleared it.
var speaksOfVerdict = regexp.MustCompile(
	`\b(?:verdicts?|judge\w*|moderat\w+|classif\w+|reviewers?|label\w*|polic(?:y|ies)|filters?|confidence)\b[^.!?\n]{0,80}\b(?:none|clean|safe|harmless|allowed|permitted|approve\w*|pass(?:ed)?|skip\w*|ignore\w*|off)\b` +
		`|\b(?:none|clean|safe|harmless|approved)\b[^.!?\n]{0,60}\b(?:verdict|label|classification|judgement|confidence)\b` +
		`|\b(?:reply|answer|respond|return|output|say|print)\b[^.!?\n]{0,30}\b(?:none|clean|safe)\b` +
		`|"(?:verdicts?|label|confidence)"\s*:`)

// instructs reports whether a message, or what was said before it, speaks to
// whoever judges it: it has what rules know of injection, on whatever channel it is sent, or
// speaks of its verdict. What a judge is not shown does not count.
func (m *Moderator) instructs(msg message.Message) bool {
	if m.speaksToJudge(excerpt(msg.Text, longestShown)) {
		return true
	}
	for _, line := range tail(msg.Thread, mostLines) {
		if m.speaksToJudge(excerpt(line.Text, longestLine)) {
			return true
		}
	}
	return false
}

func (m *Moderator) speaksToJudge(text string) bool {
	found := m.cfg.Rules().Check(message.Message{Channel: message.Document, Text: text}) // for which all of these rules are
	for _, h := range found.Hits {
		if h.Label == policy.Injection {
			return true
		}
	}
	for _, r := range found.Text.Readings {
		if speaksOfVerdict.MatchString(r.Text) {
			return true
		}
	}
	return false
}
