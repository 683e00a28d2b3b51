package contacts

import (
	"regexp"
	"strings"
)

var (
	plainEmail = regexp.MustCompile(`^(?i)[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.)+([a-z]{2,24})\b`)
	// "jane (at) example dot com", "jane [at] example.com", "jane AT example DOT com"
	hiddenEmail = regexp.MustCompile(`(?i)\b[a-z0-9][a-z0-9._%+-]{0,63}\s*(?:[(\[{<]\s*at\s*[)\]}>]|\s@\s)\s*[a-z0-9-]{1,63}(?:\s*(?:\.|[(\[{<]\s*(?:dot|\.)\s*[)\]}>]|\sdot\s)\s*[a-z0-9-]{2,24}){1,3}\b`)
	spokenEmail = regexp.MustCompile(`\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}\s+(?:AT|at)\s+[A-Za-z0-9-]{1,63}\s+(?:DOT|dot)\s+(?:com|COM|net|org|io|co|in|de|fr|uk|es|br|pk|me|dev)\b`)
)

// bracketed looks for what hiddenEmail needs, quickly: "(at)" or " @ ".
func bracketed(text string) bool {
	if alone(text, "@") {
		return true
	}
	for at := strings.IndexAny(text, "([{<"); at >= 0; {
		inner := strings.TrimLeft(text[at+1:], spaces)
		if len(inner) > 2 && strings.EqualFold(inner[:2], "at") {
			if rest := strings.TrimLeft(inner[2:], spaces); rest != "" && strings.IndexByte(")]}>", rest[0]) >= 0 {
				return true
			}
		}
		next := strings.IndexAny(text[at+1:], "([{<")
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

// spoken looks for what spokenEmail needs, quickly.
func spoken(text string) bool { return alone(text, "dot") || alone(text, "DOT") }

const spaces = " \t\n\f\r"

// alone reports whether a word stands between white space.
func alone(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if start > 0 && end < len(text) && strings.IndexByte(spaces, text[start-1]) >= 0 && strings.IndexByte(spaces, text[end]) >= 0 {
			return true
		}
		at = end
	}
}

// files have names that look like addresses: "logo@2x.png".
var files = map[string]bool{"png": true, "jpg": true, "jpeg": true, "gif": true, "svg": true, "webp": true, "js": true, "ts": true, "css": true, "php": true, "html": true}

func emails(text string) []Contact {
	found := plainEmails(text)
	for _, disguise := range []struct {
		sign    func(string) bool
		pattern *regexp.Regexp
	}{{bracketed, hiddenEmail}, {spoken, spokenEmail}} {
		if !disguise.sign(text) {
			continue
		}
		var hidden []Contact
		for _, m := range disguise.pattern.FindAllStringIndex(text, -1) {
			hidden = append(hidden, Contact{Email, m[0], m[1]})
		}
		found = with(found, hidden)
	}
	return found
}

func plainEmails(text string) (found []Contact) {
	for from, sign := 0, strings.IndexByte(text, '@'); sign >= 0; {
		end := sign + 1
		start := localPart(text, from, sign)
		if m := plainEmail.FindStringSubmatchIndex(text[start:]); m != nil {
			end = start + m[1]
			if top := text[start+m[2] : start+m[3]]; !files[strings.ToLower(top)] && !insideAddress(text, start, end) {
				found = append(found, Contact{Email, start, end})
			}
			from = end
		}
		next := strings.IndexByte(text[end:], '@')
		if next < 0 {
			break
		}
		sign = end + next
	}
	return found
}

// localPart is where the name before the "@" at sign begins, at most 64
// characters before it: where the pattern would begin to match.
func localPart(text string, from, sign int) int {
	start := sign
	for at := sign - 1; at >= max(from, sign-64); at-- {
		c := text[at]
		if isLetter(c) || isDigit(c) {
			start = at
		} else if strings.IndexByte("._%+-", c) < 0 {
			break
		}
	}
	return start
}

// insideAddress tells an e-mail address from the user of a server: in
// "postgres://app:secret@db.example.com" and "git@github.com:parley/x".
func insideAddress(text string, start, end int) bool {
	word := text[strings.LastIndexAny(text[:start], " \t\r\n<>\"'(")+1 : start]
	if strings.Contains(word, "://") {
		return true
	}
	rest := text[end:]
	return len(rest) > 1 && rest[0] == ':' && (isLetter(rest[1]) || rest[1] == '~' || rest[1] == '/') && strings.HasPrefix(text[start:], "git@")
}

// profileLink matches addresses on which one part of the path is a person.
var profileLink = regexp.MustCompile(`(?i)(?:https?://)?(?:[a-z]{2,3}\.|www\.|m\.|mobile\.)?(?:` + strings.Join([]string{
	`linkedin\.com/(?:in|pub)/[^\s"'<>()\[\],;]+`,
	`(?:t|telegram)\.me/[a-z0-9_+/]{3,}`,
	`wa\.me/\S+`, `(?:api|chat)\.whatsapp\.com/[^\s"'<>()\[\]]+`, `whatsapp\.com/(?:send|channel)[^\s"'<>()\[\]]*`,
	`upwork\.com/(?:fl|freelancers|o/profiles/users)/[^\s"'<>()\[\],;]+`,
	`freelancer\.[a-z.]{2,6}/u/[^\s"'<>()\[\],;]+`,
	`stackoverflow\.com/users/[^\s"'<>()\[\],;]+`,
	`(?:tiktok|youtube|medium)\.com/@[a-z0-9._-]+`,
	`(?:linktr\.ee|about\.me|calendly\.com|m\.me|discord\.gg|discord\.com/(?:users|invite)|join\.skype\.com)/[^\s"'<>()\[\],;]+`,
}, "|") + `)`)

// shallowLink matches addresses that are a person when the path is one name:
// "github.com/jane", not "github.com/parley/server" nor "github.com/features".
var shallowLink = regexp.MustCompile(`(?i)(?:https?://)?(?:[a-z]{2,3}\.|www\.|m\.|mobile\.)?\b(?:github\.com|gitlab\.com|facebook\.com|fb\.com|instagram\.com|twitter\.com|x\.com|behance\.net|dribbble\.com|fiverr\.com|kaggle\.com|threads\.net)/(@?[a-z0-9][a-z0-9._-]{1,60})(/?)([^\s"'<>()\[\],;]*)`)

// pages are paths of one name that are nobody.
var pages = map[string]bool{
	"about": true, "ads": true, "api": true, "apps": true, "blog": true, "business": true, "categories": true, "collections": true, "competitions": true,
	"contact": true, "customer": true, "datasets": true, "developer": true, "developers": true, "docs": true, "explore": true, "features": true,
	"gigs": true, "groups": true, "hashtag": true, "help": true, "home": true, "i": true, "index.php": true, "intent": true, "jobs": true, "login": true,
	"marketplace": true, "orgs": true, "pages": true, "p": true, "pricing": true, "privacy": true, "pro": true, "reel": true, "search": true, "settings": true,
	"share": true, "sharer": true, "shots": true, "signup": true, "stores": true, "stories": true, "terms": true, "topics": true, "trending": true, "watch": true,
}

func links(text string) []Contact {
	if !strings.Contains(text, "/") || !strings.Contains(text, ".") {
		return nil
	}
	var found []Contact
	for _, m := range profileLink.FindAllStringIndex(text, -1) {
		if startsWord(text, m[0]) {
			found = append(found, Contact{Link, m[0], trimEnd(text, m[0], m[1])})
		}
	}
	var shallow []Contact
	for _, m := range shallowLink.FindAllStringSubmatchIndex(text, -1) {
		name, deeper := strings.ToLower(text[m[2]:m[3]]), text[m[6]:m[7]]
		if startsWord(text, m[0]) && !pages[strings.TrimRight(name, ".")] && (deeper == "" || strings.HasPrefix(deeper, "?") || strings.HasPrefix(deeper, "#")) {
			shallow = append(shallow, Contact{Link, m[0], trimEnd(text, m[0], m[1])})
		}
	}
	return with(found, shallow)
}

// trimEnd leaves the full stop of a sentence out of an address.
func trimEnd(text string, start, end int) int {
	return start + len(strings.TrimRight(text[start:end], ".,:;!?"))
}

// startsWord: "dropbox.com" does not end in an address of x.com.
func startsWord(text string, at int) bool {
	return at == 0 || !isLetter(text[at-1]) && !isDigit(text[at-1]) && text[at-1] != '.' && text[at-1] != '-'
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
