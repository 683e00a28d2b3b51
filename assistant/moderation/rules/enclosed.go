package rules

import "strings"

// Exceptions that are found by signs and not by words.
const (
	codeExcuse   = "code"   // in a code block, between back quotes, or in a line of code or of a log
	quotedExcuse = "quoted" // between quotation marks, or in a line that begins with ">"
)

// enclosed tells whether a match stands in code or in a quotation.
func (s *scan) enclosed(kind string, m phraseMatch) bool {
	if !s.memo.known {
		s.memo.known = true
		s.memo.code = codeIn(s.text, s.memo.code)
		s.memo.quoted = quotesIn(s.text, s.memo.quoted)
	}
	spans := s.memo.code
	if kind == quotedExcuse {
		spans = s.memo.quoted
	}
	for _, p := range spans {
		if m.start >= p.start && m.end <= p.end {
			return true
		}
	}
	return false
}

// codeIn finds code blocks, code between back quotes, and lines that look like code.
func codeIn(text string, found []span) []span {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '`')
		if i < 0 {
			break
		}
		start := at + i
		mark := 1
		for start+mark < len(text) && text[start+mark] == '`' {
			mark++
		}
		end := strings.Index(text[start+mark:], text[start:start+mark])
		if end < 0 {
			break
		}
		found = append(found, span{start, start + mark + end + mark})
		at = start + mark + end + mark
	}
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if codeLine(text[start:end]) {
			found = append(found, span{start, end})
		}
		start = end + 1
	}
	return found
}

var codeSigns = []string{"();", "=>", "){", ") {", "};", "== ", "!= ", "&&", "||", "</", "/>", "::", "->", "curl -", "select ", "insert into", " at line ", "traceback", "exception", "error:", "info ", "warn ", "debug ", "\":", "{\"", "const ", "var ", "func ", "def ", "return "}

// codeLine tells a line of code, of a log or of a stack trace from prose: it
// has two of the signs, or one and a bracket or an equals sign.
func codeLine(line string) bool {
	signs := 0
	for _, sign := range codeSigns {
		if strings.Contains(line, sign) {
			if signs++; signs > 1 {
				return true
			}
		}
	}
	return signs == 1 && strings.ContainsAny(line, "{}[]=<>")
}

// quotesIn finds what stands between quotation marks in one paragraph, and
// lines that begin with ">". A single quotation mark counts where a word
// begins, and not as an apostrophe.
func quotesIn(text string, found []span) []span {
	double, single := -1, -1
	for i := range len(text) {
		before, after := byte(' '), byte(' ')
		if i > 0 {
			before = text[i-1]
		}
		if i+1 < len(text) {
			after = text[i+1]
		}
		switch text[i] {
		case '"':
			if double < 0 {
				double = i
			} else {
				found, double = append(found, span{double, i + 1}), -1
			}
		case '\'':
			if single < 0 && !isWordByte(before) && isWordByte(after) {
				single = i
			} else if single >= 0 && !isWordByte(after) {
				found, single = append(found, span{single, i + 1}), -1
			}
		case '\n':
			double, single = -1, -1
			if after == '>' {
				found = append(found, line(text, i+1))
			}
		}
	}
	if strings.HasPrefix(text, ">") {
		found = append(found, line(text, 0))
	}
	return found
}

func line(text string, start int) span {
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		return span{start, start + i}
	}
	return span{start, len(text)}
}
