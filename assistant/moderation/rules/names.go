package rules

import "strings"

// atNames finds "@name" that is no part of an address; "@param", "@media" and
// other words of code are none.
func atNames(s *scan) (found []span) {
	for at := 0; ; {
		i := strings.IndexByte(s.text[at:], '@')
		if i < 0 {
			return found
		}
		start := at + i
		end := nameEnd(s.text, start+1)
		at = start + 1
		if end-start < 4 || start > 0 && (isWordByte(s.text[start-1]) || s.text[start-1] == '.' || s.text[start-1] == '/') {
			continue
		}
		if name := s.text[start+1 : end]; codeNames[name] || end < len(s.text) && (s.text[end] == '/' || s.text[end] == '(' || s.text[end] == '@') {
			continue
		}
		found = append(found, span{start, end})
	}
}

var codeNames = map[string]bool{"param": true, "return": true, "returns": true, "media": true, "import": true, "override": true, "click": true, "keyframes": true, "types": true, "here": true, "channel": true, "everyone": true, "all": true, "client": true, "support": true, "admin": true, "team": true, "deprecated": true, "example": true, "include": true, "extend": true, "apply": true, "tailwind": true, "media-query": true, "app": true, "input": true, "output": true, "component": true, "injectable": true, "test": true, "latest": true, "next": true}

// nameEnd returns where a user name that begins at a place ends.
func nameEnd(text string, at int) int {
	for at < len(text) && (isLabelByte(text[at]) || text[at] == '_' || (text[at] == '.' || text[at] == '-') && at+1 < len(text) && isLabelByte(text[at+1])) {
		at++
	}
	return at
}

// accountsList are the services of which somebody has a name.
const accountsList = "accounts"

// beforeName may stand between a service and a name on it.
var beforeName = map[string]bool{"is": true, "id": true, "handle": true, "username": true, "user": true, "name": true, "nick": true, "nickname": true, "at": true, "as": true, "under": true, "my": true, "me": true, "on": true, "the": true, "es": true, "ist": true, "est": true, "usuario": true, "por": true, "account": true, "profile": true, "tag": true, "i": true, "am": true, "im": true, "live": true, "same": true}

// messengerNames finds "telegram: jane_doe", "skype id live:jane.77", "insta @jane",
// and "jane_doe on telegram". What is a name and no word has a digit, a line or
// a dot in it, or stands behind a colon or an @.
func messengerNames(s *scan) (found []span) {
	for at := s.firstOf(s.accounts); at != 0; {
		o := s.all[at-1]
		at = o.next
		if p, ok := s.nameBehind(int(o.last)); ok {
			found = append(found, span{int(s.words[o.first].start), p.end})
		} else if p, ok := s.nameAhead(int(o.first)); ok {
			found = append(found, span{p.start, int(s.words[o.last].end)})
		}
	}
	return found
}

// nameBehind looks for a user name after a word.
func (s *scan) nameBehind(w int) (p span, ok bool) {
	at := int(s.words[w].end)
	marked := false
	for range 6 {
		for at < len(s.text) && strings.IndexByte(" \n-:=>~@\"'(*_", s.text[at]) >= 0 {
			marked = marked || strings.IndexByte(":=@", s.text[at]) >= 0
			at++
		}
		end := nameEnd(s.text, at)
		if end == at {
			return p, false
		}
		name := s.text[at:end]
		if end < len(s.text) && s.text[end] == '/' {
			return p, false
		}
		if !beforeName[name] {
			p = span{at, end}
			return p, s.userName(name) || marked && len(name) >= 4 && !functionWords[name] && isLetter(name[0]) && s.text[at-1] == '@'
		}
		if name == "live" && end < len(s.text) && s.text[end] == ':' {
			marked = true
		}
		at = end
	}
	return p, false
}

// nameAhead looks for a user name before "on telegram".
func (s *scan) nameAhead(w int) (p span, ok bool) {
	if w < 2 {
		return p, false
	}
	joins := s.text[s.words[w-1].start:s.words[w-1].end]
	if joins != "on" && joins != "en" && joins != "auf" && joins != "sur" && joins != "no" {
		return p, false
	}
	end := int(s.words[w-2].end)
	start := end
	for start > 0 && (isLabelByte(s.text[start-1]) || strings.IndexByte("._-", s.text[start-1]) >= 0) {
		start--
	}
	p = span{start, end}
	name := s.text[start:end]
	return p, s.userName(name) || start > 0 && s.text[start-1] == '@' && len(name) >= 3
}

// userName tells a name of an account from words, versions and numbers.
func (s *scan) userName(name string) bool {
	letters, digits := count(name, isLetter), count(name, isDigit)
	if len(name) < 4 || letters < 3 {
		return false
	}
	if _, word := s.known.unleet(name, false); word {
		return false // "acc0unts"
	}
	if strings.ContainsAny(name, "_") {
		return true
	}
	if strings.Contains(name, ".") {
		last := name[strings.LastIndexByte(name, '.')+1:]
		return !topDomains[last] && len(last) > 1 && !fileEndings[last]
	}
	return digits > 0 && isLetter(name[0]) && !strings.Contains(name, "-")
}

var fileEndings = map[string]bool{"py": true, "js": true, "ts": true, "go": true, "php": true, "html": true, "css": true, "json": true, "xml": true, "csv": true, "pdf": true, "png": true, "jpg": true, "svg": true, "md": true, "txt": true, "yaml": true, "yml": true, "zip": true, "docx": true, "xlsx": true, "java": true, "rb": true, "sql": true, "env": true, "log": true, "js/ts": true}
