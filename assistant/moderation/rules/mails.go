package rules

import "strings"

// Ways an e-mail address can be written.
const (
	plainMail = iota
	disguisedMail
	exampleMail
)

// ats are ways to write the sign between name and host.
var ats = []string{" (at) ", "(at)", " [at] ", "[at]", " {at} ", "{at}", " <at> ", "<at>", "(@)", "[@]", " (a) ", "(a)", "[a]", " (arroba) ", "(arroba)", " at sign ", " at-sign ", " arroba ", " arobase ", " klammeraffe ", " @ ", " at ", "_at_", "-at-", " @", "@ ", "@"}

// providers are hosts of mailboxes, by their first label: they are known even
// where the rest is left out.
var providers = map[string]bool{"gmail": true, "googlemail": true, "hotmail": true, "outlook": true, "yahoo": true, "ymail": true, "icloud": true, "protonmail": true, "proton": true, "aol": true, "gmx": true, "mail": true, "zoho": true, "yandex": true, "rediffmail": true, "tutanota": true, "fastmail": true, "live": true, "msn": true, "uol": true, "bol": true, "terra": true, "laposte": true, "orange": true, "webde": true, "g-mail": true}

// bareProviders are providers whose name alone behind "at" is a mailbox.
var bareProviders = map[string]bool{"gmail": true, "googlemail": true, "hotmail": true, "protonmail": true, "ymail": true, "icloud": true, "yahoo": true, "gmx": true, "outlook": true, "g-mail": true}

// mail is an address in a text.
type mail struct {
	span
	kind int
}

// mails returns addresses of a kind.
func (s *scan) mails(kind int) (found []span) {
	if !s.memo.mailsKnown {
		s.memo.mailsKnown = true
		s.findMails()
	}
	for _, m := range s.memo.mails {
		if m.kind == kind {
			found = append(found, m.span)
		}
	}
	return found
}

func (s *scan) findMails() {
	for _, h := range s.hosts() {
		if m, ok := s.mailBefore(h); ok {
			s.memo.mails = append(s.memo.mails, m)
		}
	}
	s.providerMails()
}

// mailBefore reads the sign and the name before a host.
func (s *scan) mailBefore(h dotted) (m mail, ok bool) {
	for _, a := range ats {
		if !strings.HasSuffix(s.text[:h.start], a) {
			continue
		}
		start := nameBefore(s.text, h.start-len(a))
		if start < 0 {
			return m, false
		}
		m = mail{span{start, h.end}, plainMail}
		name := s.text[start : h.start-len(a)]
		plain := a == "@" && !h.disguised
		switch {
		case !plain && strings.Trim(a, " ") != "@":
			m.kind = disguisedMail
		case isExample(h.host):
			m.kind = exampleMail
		}
		if a == " at " && (functionWords[name] || placed[name]) {
			return m, false
		}
		if a == " at " && !h.disguised && !providers[firstLabel(h.host)] && !handleLike(name) {
			return m, false // "have a look at example.io"
		}
		return m, (plain || len(name) > 1) && !insideAddress(s.text, start, h.end)
	}
	return m, false
}

// placed are words before "at" and a host that is a place: "look at example dot com".
var placed = map[string]bool{"look": true, "meet": true, "see": true, "check": true, "works": true, "work": true, "worked": true, "find": true, "found": true, "live": true, "site": true, "page": true, "hosted": true, "available": true, "website": true, "shop": true, "docs": true, "read": true, "us": true, "signup": true, "register": true, "buy": true, "order": true, "store": true, "blog": true, "online": true, "portfolio": true}

// providerMails finds "jane_77 at gmail" and "jane (at) gmail".
func (s *scan) providerMails() {
	for i := range s.words {
		w := s.words[i]
		if !bareProviders[s.text[w.start:w.end]] || i == 0 || strings.HasPrefix(s.text[w.end:], ".") && int(w.end)+1 < len(s.text) && isLetter(s.text[w.end+1]) {
			continue
		}
		for _, a := range ats {
			if !strings.HasSuffix(s.text[:w.start], a) {
				continue
			}
			start := nameBefore(s.text, int(w.start)-len(a))
			if start >= 0 && (handleLike(s.text[start:int(w.start)-len(a)]) || a != " at " && a != " @ " && a != " @" && a != "@ ") {
				if p := (span{start, int(w.end)}); !s.mailOverlaps(p) {
					s.memo.mails = append(s.memo.mails, mail{p, disguisedMail})
				}
			}
			break
		}
	}
}

func (s *scan) mailOverlaps(p span) bool {
	for _, m := range s.memo.mails {
		if m.start < p.end && p.start < m.end {
			return true
		}
	}
	return false
}

// nameBefore returns where the name that ends at a place begins, -1 for none.
// Dots in words belong to it: "jane dot doe".
func nameBefore(text string, end int) int {
	start := end
	for start > 0 && end-start < 64 && (isLabelByte(text[start-1]) || strings.IndexByte("._%+-", text[start-1]) >= 0) {
		start--
	}
	for start < end && !isLabelByte(text[start]) {
		start++
	}
	if start == end {
		return -1
	}
	for _, d := range []string{" dot ", "(dot)", "[dot]", " punto ", " underscore ", " dash "} {
		if strings.HasSuffix(text[:start], d) && start > len(d) {
			if first := nameBefore(text, start-len(d)); first >= 0 {
				return first
			}
		}
	}
	return start
}

// handleLike tells a user name from a word: it has a digit, a dot or a line in it.
func handleLike(name string) bool {
	return len(name) >= 3 && strings.ContainsAny(name, "0123456789._-") && count(name, isLetter) > 0
}

func firstLabel(host string) string {
	label, _, _ := strings.Cut(host, ".")
	return label
}

// isExample tells hosts that are reserved for examples, and those that only stand for one.
func isExample(host string) bool {
	top := host[strings.LastIndexByte(host, '.')+1:]
	if top == "example" || top == "test" || top == "invalid" || top == "local" {
		return true
	}
	for _, d := range []string{"example.com", "example.org", "example.net", "test.com", "domain.com", "yourdomain.com", "yourcompany.com", "company.com", "email.com", "mailinator.com", "acme.com", "foo.com", "bar.com"} {
		if host == d || strings.HasSuffix(host, "."+d) {
			return true
		}
	}
	return false
}

// insideAddress tells a mailbox from the user of a server: in
// "postgres://app:secret@db.host.io" and "git@github.com:parley/x".
func insideAddress(text string, start, end int) bool {
	word := text[strings.LastIndexAny(text[:start], " \t\n<>\"'(")+1 : start]
	if strings.Contains(word, "://") {
		return true
	}
	rest := text[end:]
	return len(rest) > 1 && rest[0] == ':' && (isLetter(rest[1]) || rest[1] == '/') && strings.HasPrefix(text[start:], "git@")
}
