package grounding

import "strings"

// markAt returns the length of the fact mark that a text begins with, such as
// "[f1]" or "[f1, f12]", or 0 when it begins with something else. It is not
// complete when the text ends before that can be told.
func markAt(text string) (size int, complete bool) {
	if text == "" || text[0] != '[' {
		return 0, true
	}
	digits, letters := 0, 0
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == ']':
			if digits == 0 {
				return 0, true
			}
			return i + 1, true
		case c == 'f' && digits == 0 && letters == 0:
			letters++
		case c >= '0' && c <= '9' && letters == 1 && digits < 4:
			digits++
		case (c == ',' || c == ' ' || c == ';') && (digits > 0 || letters == 0):
			if c != ' ' {
				digits, letters = 0, 0
			} else if digits > 0 && i+1 < len(text) && text[i+1] == 'f' {
				digits, letters = 0, 0
			}
		default:
			return 0, true
		}
		if i > 120 {
			return 0, true
		}
	}
	return 0, false
}

// takeOut returns a sentence without its fact marks, and the ids they name.
func takeOut(sentence string) (text string, ids []string) {
	var out strings.Builder
	for i := 0; i < len(sentence); {
		size, complete := 0, true
		if sentence[i] == '[' {
			size, complete = markAt(sentence[i:])
		}
		if size == 0 || !complete {
			out.WriteByte(sentence[i])
			i++
			continue
		}
		for id := range strings.FieldsFuncSeq(sentence[i+1:i+size-1], func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
			ids = append(ids, id)
		}
		i += size
	}
	if ids == nil {
		return sentence, nil
	}
	return tidy(out.String()), ids
}

// tidy closes the gaps that marks leave: "a shop ." and double spaces.
func tidy(text string) string {
	lead := len(text) - len(strings.TrimLeft(text, " \t\n"))
	body := text[lead:]
	for strings.Contains(body, "  ") {
		body = strings.ReplaceAll(body, "  ", " ")
	}
	for _, stop := range []string{".", ",", "!", "?", ";", ":"} {
		body = strings.ReplaceAll(body, " "+stop, stop)
	}
	return text[:lead] + strings.TrimRight(body, " \t")
}
