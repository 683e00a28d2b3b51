package contacts

import (
	"regexp"
	"strings"
)

const messengers = `telegram|tg|whats\s?app|skype|discord|we\s?chat|viber|kik|snapchat|snap|line\s+id|signal|instagram|insta|imo|zalo|qq|icq|hangouts?`

// These are tried only where messengerWords says, and at an "@".
var (
	// "Telegram: @jane", "skype id is live:jane.doe", "discord - jane#1234"
	saidHandle = regexp.MustCompile(`^(?i)(?:` + messengers + `)\b(\s*(?:id|handle|user\s?name|name|contact|account|me))*\s*(:|=|-|–|\bis\b|\bat\b|\s)\s*(@?(?:live:)?[a-z0-9][a-z0-9._-]{2,40}(?:#\d{4})?)`)
	// "@jane on Telegram"
	atHandle = regexp.MustCompile(`^(?i)(@[a-z0-9][a-z0-9._-]{2,40})\s+(?:on|at|via|in)\s+(?:my\s+)?(?:` + messengers + `)\b`)
	skypeURI = regexp.MustCompile(`^(?i)skype:[a-z0-9][a-z0-9.:_-]{4,40}\?(?:chat|call|add)\b`)
	liveName = regexp.MustCompile(`^(?i)live:\.?[a-z0-9][a-z0-9._-]{4,40}`)
)

// messengerWords are how the name of a messenger begins.
var messengerWords = map[string]bool{
	"telegram": true, "tg": true, "whatsapp": true, "whats": true, "skype": true, "discord": true, "we": true, "wechat": true, "viber": true, "kik": true,
	"snapchat": true, "snap": true, "line": true, "signal": true, "instagram": true, "insta": true, "imo": true, "zalo": true, "qq": true, "icq": true,
	"hangout": true, "hangouts": true, "live": true,
}

// plainWords come after the name of a messenger in texts about software.
var plainWords = map[string]bool{
	"access": true, "account": true, "accounts": true, "ads": true, "api": true, "app": true, "apps": true, "automation": true, "available": true, "based": true,
	"bot": true, "bots": true, "business": true, "call": true, "calls": true, "channel": true, "channels": true, "chat": true, "chatbot": true,
	"chats": true, "clone": true, "community": true, "email": true, "facebook": true, "group": true, "groups": true, "integration": true, "interview": true,
	"marketing": true, "meeting": true, "meetings": true, "messages": true, "messaging": true, "messenger": true, "none": true, "only": true, "page": true,
	"phone": true, "post": true, "posts": true, "preferred": true, "reels": true, "required": true, "server": true, "servers": true, "slack": true, "stories": true,
	"support": true, "telegram": true, "video": true, "web": true, "whatsapp": true, "yes": true, "zoom": true, "processing": true, "analysis": true, "strength": true,
}

func handles(text string) []Contact {
	var found []Contact
	add := func(start, end int) {
		if len(found) == 0 || found[len(found)-1].End <= start {
			found = append(found, Contact{Handle, start, trimEnd(text, start, end)})
		}
	}
	for at := 0; at < len(text); at++ {
		switch c := text[at]; {
		case c == '@':
			if m := atHandle.FindStringSubmatchIndex(ahead(text, at)); m != nil {
				add(at+m[2], at+m[3])
			}
		case isLetter(c):
			end := at + 1
			for end < len(text) && isLetter(text[end]) {
				end++
			}
			if end-at <= len("instagram") && strings.IndexByte("tgwsdvkliqzh", c|0x20) >= 0 && messengerWords[strings.ToLower(text[at:end])] {
				handleAfter(text, at, add)
			}
			at = end - 1
		}
	}
	return found
}

// ahead is as much of a text as a handle and what is around it take.
func ahead(text string, at int) string { return text[at:min(len(text), at+160)] }

// handleAfter looks behind the name of a messenger.
func handleAfter(text string, at int, add func(start, end int)) {
	rest := ahead(text, at)
	if said := strings.ToLower(rest[:2]); said == "we" && !chats(rest[2:]) {
		return // by far the most frequent of these words, and seldom WeChat
	}
	for _, pattern := range []*regexp.Regexp{skypeURI, liveName} {
		if m := pattern.FindStringIndex(rest); m != nil {
			add(at, at+m[1])
			return
		}
	}
	m := saidHandle.FindStringSubmatchIndex(rest)
	if m == nil {
		return
	}
	separator := strings.TrimSpace(strings.ToLower(rest[m[4]:m[5]]))
	end := trimEnd(text, at+m[6], at+m[7])
	if isHandle(text, at+m[6], end, separator, m[2] >= 0) {
		add(at+m[6], end)
	}
}

// chats: what makes "we" the name of a messenger.
func chats(rest string) bool {
	rest = strings.TrimLeft(rest, spaces)
	return len(rest) >= 4 && strings.EqualFold(rest[:4], "chat")
}

// isHandle tells a name from the words of a sentence: by a sign that names have
// and words have not, or by standing alone behind "Skype:" or "Telegram id is".
func isHandle(text string, start, end int, separator string, named bool) bool {
	word := strings.ToLower(text[start:end])
	switch {
	case plainWords[word]:
		return false
	case strings.HasPrefix(word, "@"), strings.HasPrefix(word, "live:"), strings.Contains(word, "#"):
		return true
	case len(word) < 4 || strings.Trim(word, "0123456789.-") == "":
		return false // a number is a phone's, or a version's
	}
	said := separator == ":" || separator == "=" || named && separator != ""
	return said && (strings.ContainsAny(word, "_0123456789") || endsClause(text, end))
}

func endsClause(text string, at int) bool {
	rest := strings.TrimLeft(text[at:], " \t")
	return rest == "" || strings.IndexByte("\n\r,;|).!/", rest[0]) >= 0
}
