package builtin

import (
	"strings"
	"unicode/utf8"

	"github.com/parleyhq/parley/assistant/model"
)

// writer collects sentences with their marks.
type writer struct {
	pieces []string
	gap    string // before the next sentence
	listed bool   // the last piece was an entry of a list
}

// say adds a sentence that rests on facts; its full stop, if it has none of
// its own, is added.
func (w *writer) say(text string, from ...model.Fact) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	stop := "."
	if closed := strings.TrimRight(text, "*_\"'”’)"); closed != text && closed != "" && strings.ContainsRune(".?!…", lastRune(closed)) {
		stop = ""
	} else if last := text[len(text)-1]; last == '.' || last == '?' || last == '!' || last == ':' {
		text, stop = text[:len(text)-1], text[len(text)-1:]
	} else if strings.HasSuffix(text, "…") {
		stop = ""
	}
	var marks strings.Builder
	for _, f := range from {
		marks.WriteString(" [" + f.ID + "]")
	}
	w.pieces = append(w.pieces, w.gap+text+marks.String()+stop)
	w.gap, w.listed = " ", false
}

// item adds an entry of a list, which may be less than a sentence.
func (w *writer) item(text string, from ...model.Fact) {
	gap := "\n\n- "
	if len(w.pieces) > 0 && w.listed {
		gap = "\n- "
	} else if len(w.pieces) == 0 {
		gap = "- "
	}
	w.gap = gap
	w.say(text, from...)
	w.listed, w.gap = true, "\n\n"
}

// paragraph begins a new one.
func (w *writer) paragraph() {
	if len(w.pieces) > 0 {
		w.gap = "\n\n"
	}
}

func lower(text string) string {
	if len(text) > 1 && text[0] >= 'A' && text[0] <= 'Z' && (text[1] >= 'a' && text[1] <= 'z' || text[1] == ' ') {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}
