package jobpost

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/assistant/grounding"
)

// foreign reports whether a message is likely not in English: mostly in
// another script, or with more frequent words of other languages than of it.
func foreign(text string) bool {
	letters, latin := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if letters > 3 && latin*2 < letters {
		return true
	}
	english, others := 0, 0
	for word := range strings.FieldsSeq(flat(text)) {
		if otherWords[word] {
			others++
		} else if englishWords[word] {
			english++
		}
	}
	return others >= 2 && others > english
}

var (
	englishWords = words("the a an and of to in is for i we my our you need want it with that on who can be at have are")
	otherWords   = words(`der die das und ich wir ein eine einen für mit nicht brauche suche auf von mein meine unsere jemanden suchen
		el la los las un una que para con por necesito busco quiero mi nuestra es en del alguien le les des et pour je nous cherche besoin avec dans est mon notre une du
		il lo gli per che di ho cerco bisogno sono qualcuno o os uma preciso procuro não com meu minha alguém um het een voor ik wij zoek nodig met mijn van iemand
		szukam potrzebuję do na jest mam dla kogoś och jag vi söker behöver för som`)
)

// takeWhole takes the whole answer to an open question into the description
// when nothing in it could be put into a slot: somebody who was asked what an
// app should do answers about the app, in whatever words.
func (t *turn) takeWhole(last brief.Slot) {
	if !openEnded[last] || len(t.reading.Changed) > 0 || t.declined != "" || t.reading.Intent != brief.IntentOther {
		return
	}
	text := t.in.Message.Text
	if nothingSaid.MatchString(text) {
		return
	}
	if said := flat(text); strings.Contains(text, "?") || len(text) > 1000 || addressed.MatchString(text) || mentions(said, []string{"ignore", "instruction", "prompt", "pretend", "you are "}) || foreign(text) {
		return
	}
	at := 0
	b := &t.doc.Brief.Brief
	for _, sentence := range grounding.Sentences(text) {
		body := strings.TrimSpace(sentence)
		from := at + grounding.UTF16(sentence[:strings.Index(sentence, body)])
		at += grounding.UTF16(sentence)
		if body != "" {
			b.Summary = append(b.Summary, brief.Item{Text: body, Confidence: 0.6, Sources: []brief.Source{{Kind: "message", ID: t.in.Message.ID, Start: from, End: from + grounding.UTF16(body), Quote: body}}})
		}
	}
	t.reading.Intent = brief.IntentNone
	t.reading.Changed = []brief.Slot{brief.SlotSummary}
}

// nothingSaid finds answers without content, however long the vowels.
var nothingSaid = regexp.MustCompile(`(?i)^\W*(?:(?:it |that )?(?:does ?n['’]?o?t|don['’]?t) (?:really )?matter|ye+s+|no+|none|ok(?:ay)?|nothing|whatever)\W*$`)

// addressed finds messages that want something of the assistant itself.
var addressed = regexp.MustCompile(`(?i)^\W*(?:please )?(?:tell|sing|say|repeat|print|explain|act|let'?s|write (?:me|a poem|a song|a story|code)|give me|show me|do you|are you|can you|could you|will you|what|who|why|how|when|where|which|is |i (?:like|love|hate|feel|think you))\b`)

// openEnded are the questions that any words can answer.
var openEnded = map[brief.Slot]bool{brief.SlotSummary: true, slotScope: true, slotExisting: true, brief.SlotSkills: true, brief.SlotLocation: true}
