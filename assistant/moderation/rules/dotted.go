package rules

import (
	"strings"
)

// dotted is a name of labels with dots between them, as hosts have.
type dotted struct {
	span
	host      string // with plain dots
	disguised bool   // a dot is written in words or brackets
}

// dots are ways to write a dot, the longest first; those of words need white
// space around them or brackets.
var dots = []string{" (dot) ", "(dot)", " [dot] ", "[dot]", " {dot} ", "{dot}", " <dot> ", " (punto) ", "(punto)", "(punkt)", "(ponto)", "(point)", "[.]", "(.)", "{.}", " dot ", " punto ", " punkt ", " ponto ", "_dot_", "-dot-", " . "}

// dotWords are in every dot that is not a plain one.
var dotWords = []string{"dot", "punto", "punkt", "ponto", "point", "[.]", "(.)", "{.}", " . "}

// dotAt returns how long a dot at i is, 0 for none.
func dotAt(text string, i int) (size int, disguised bool) {
	if text[i] == '.' {
		return 1, false
	}
	switch text[i] {
	case ' ', '(', '[', '{', '_', '-':
		for _, d := range dots {
			if strings.HasPrefix(text[i:], d) {
				return len(d), true
			}
		}
	}
	return 0, false
}

// domains at the end of host names, as far as people use them.
var topDomains = func() map[string]bool {
	set := map[string]bool{}
	for d := range strings.FieldsSeq(`com net org io co me gg app dev ai info biz edu gov xyz online site store shop tech club live pro page link ly to tv cc ws fm am is it im us uk de fr es pt br mx ar cl pe
		in pk bd lk ph id my sg vn th cn jp kr tw hk au nz za ng ke gh eg ma tr ru ua by kz pl cz sk hu ro bg gr rs hr si at ch be nl lu dk se no fi ie il ae sa ca eu cat gy ee lt lv to vn im example test invalid local at pe name mobi agency studio design works work email chat team money cash gl gd`) {
		set[d] = true
	}
	return set
}()

// spokenDomains are those that people write behind a dot in words; others are
// words themselves: "the point is".
var spokenDomains = map[string]bool{"com": true, "net": true, "org": true, "io": true, "co": true, "gg": true, "app": true, "dev": true, "de": true, "fr": true, "es": true, "br": true, "uk": true, "ru": true, "info": true, "biz": true, "example": true, "me": true, "ly": true}

// hosts finds the host names of a text.
func (s *scan) hosts() []dotted {
	if s.memo.hostsKnown {
		return s.memo.hosts
	}
	s.memo.hostsKnown = true
	text := s.text
	spoken := containsAny(text, dotWords...)
	for i := 0; i < len(text); i++ {
		if !spoken { // no dot but "."
			next := strings.IndexByte(text[i:], '.')
			if next < 0 {
				break
			}
			i += next
		}
		size, _ := dotAt(text, i)
		if size == 0 || i == 0 || i+size >= len(text) || !isLabelByte(text[i-1]) || !isLabelByte(text[i+size]) {
			continue
		}
		d := hostAt(text, i)
		if d.end > d.start && validHost(d) {
			s.memo.hosts = append(s.memo.hosts, d)
		}
		i = max(i, d.end-1)
	}
	return s.memo.hosts
}

func isLabelByte(c byte) bool { return isLetter(c) || isDigit(c) }

// hostAt reads the name around the dot at i.
func hostAt(text string, i int) (d dotted) {
	start := i
	for start > 0 && (isLabelByte(text[start-1]) || text[start-1] == '-' || text[start-1] == '_') {
		start--
	}
	d.start = start
	var b strings.Builder
	b.WriteString(text[start:i])
	at := i
	for at < len(text) {
		size, disguised := dotAt(text, at)
		if size == 0 || at+size >= len(text) || !isLabelByte(text[at+size]) {
			break
		}
		label := at + size
		end := label
		for end < len(text) && (isLabelByte(text[end]) || text[end] == '-' || text[end] == '_') {
			end++
		}
		if disguised && text[at] == ' ' && !spokenDomains[text[label:end]] && !containsDotSoon(text, end) {
			break // "the point of it"
		}
		d.disguised = d.disguised || disguised
		b.WriteByte('.')
		b.WriteString(text[label:end])
		at = end
	}
	d.end, d.host = at, strings.TrimRight(b.String(), "-_")
	return d
}

func containsDotSoon(text string, at int) bool {
	if at >= len(text) {
		return false
	}
	size, _ := dotAt(text, at)
	return size > 0
}

// validHost tells a host from a file's name, a version, a sentence without a space.
func validHost(d dotted) bool {
	dot := strings.LastIndexByte(d.host, '.')
	if dot <= 0 {
		return false
	}
	return topDomains[d.host[dot+1:]]
}

// link is a host with what follows it.
type link struct {
	dotted
	path string // with its slash, without the end of the sentence
	full span   // with scheme and path
}

// links finds addresses: hosts that stand alone, not behind an @.
func (s *scan) links() []link {
	if s.memo.linksKnown {
		return s.memo.links
	}
	s.memo.linksKnown = true
	for _, h := range s.hosts() {
		if h.start > 0 && (s.text[h.start-1] == '@' || s.text[h.start-1] == '.') {
			continue
		}
		l := link{dotted: h, full: h.span}
		if i := strings.LastIndex(s.text[:h.start], "://"); i >= 0 && i+3 == h.start {
			for i > 0 && isLetter(s.text[i-1]) {
				i--
			}
			l.full.start = i
		}
		end := h.end
		if end < len(s.text) && (s.text[end] == '/' || s.text[end] == '?' || s.text[end] == ':') {
			for end < len(s.text) && !isSpace(s.text[end]) && strings.IndexByte("\"<>()[]", s.text[end]) < 0 {
				end++
			}
		} else if strings.HasPrefix(s.text[end:], " / ") || strings.HasPrefix(s.text[end:], " slash ") {
			end = s.slashed(end)
		}
		l.full.end = h.end + len(strings.TrimRight(s.text[h.end:end], ".,:;!?'*"))
		l.path = s.text[h.end:l.full.end]
		s.memo.links = append(s.memo.links, l)
	}
	return s.memo.links
}

// slashed reads one word behind " / " or " slash ".
func (s *scan) slashed(at int) int {
	at += strings.IndexByte(s.text[at+1:], ' ') + 2
	for at < len(s.text) && (isWordByte(s.text[at]) || s.text[at] == '_') {
		at++
	}
	return at
}

// at tells whether a host is one of a name or below it.
func (l link) at(domain string) bool {
	return l.host == domain || strings.HasSuffix(l.host, "."+domain)
}
