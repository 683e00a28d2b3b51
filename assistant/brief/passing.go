package brief

import "strings"

var (
	// holders keep things or carry talk: work is not done in them because something lies or
	// is said there.
	holders = map[string]bool{"Zoom": true, "Skype": true, "Microsoft Teams": true, "Google Meet": true, "Slack": true, "WhatsApp": true, "Telegram": true, "Discord": true, "Google Docs": true,
		"Google Drive": true, "Dropbox": true, "OneDrive": true, "SharePoint": true, "GitHub": true, "GitLab": true, "Bitbucket": true, "Vimeo": true, "YouTube": true, "Trello": true, "Notion": true, "Raspberry Pi": true, "Google Sheets": true, "Spreadsheets": true}
	// intoHolder stand before one of them where it is a place or a way.
	intoHolder = words("via over by through on in into at using from")
	// mastery before that makes it a skill all the same.
	mastery = words("experience knowledge skills skilled expert proficient know knows familiar fluent work working build develop automate integrate set admin administration development bot")
	// indifferent words behind a skill leave it to whoever does the work.
	indifferent = phrases(`or whatever, or so, or something, or anything, probably, maybe, i guess, i think, for example, or what ever, or whichever, or any other, or other, was recommended, were recommended, was suggested,
		has been recommended, is recommended, has been suggested, would do, if you like, if you prefer, or what you prefer, idc, we don't mind, i don't mind, we don't care, i don't care, don't care, dont care, i dont care, don't mind, or whatever you, or what you like`)
	// hearsay before a skill is somebody else's idea.
	hearsay = words("says said suggested suggests recommended recommends thinks mentioned heard maybe perhaps probably")
	// noMatter in the sentence make any skill of hearsay unimportant.
	noMatter = phrases(`don't care, dont care, don't mind, dont mind, doesn't matter, does not matter, no matter, not important, up to you, you decide, whatever works, you choose, i'm open, we're open`)
)

// technical are the categories in which a thing is worked on in what it is made of: "our
// WordPress site".
var technical = words("web mobile data ml")

// inPassing judges skills that are named without being asked of anybody: as what is
// there, as where things lie, as somebody else's idea. Ideas are nice to have.
func (r *reader) inPassing(m skillMatch) (want, bool) {
	s := r.sentenceOf(m.from)
	switch {
	case r.in.Asked == SlotExisting && !r.wants(s.from, s.to):
		return aside, true
	case (holders[m.name] || r.possesses(m.from)) && r.isPlaceOfThings(m):
		return aside, true
	case r.is(m.from-1, "our", "my") && products[r.low(m.to)] && !technical[m.category] && !r.wants(max(s.from, m.from-4), m.from):
		return aside, true // "users of our accounting app"
	case r.hasWord("decided", m.to, s.to) && r.hasWord("against", m.to, s.to):
		return without, true
	case r.leftToWorker(m, s):
		return nice, true
	}
	return must, false
}

// isPlaceOfThings reports whether a holder is named as a place or a way: "the code
// is on GitHub", "by Zoom", but not "experience with Slack".
func (r *reader) isPlaceOfThings(m skillMatch) bool {
	at := m.from - 1
	for r.is(at, "a", "an", "the", "our", "my", "google", "microsoft", "one", "shared") {
		at--
	}
	if !intoHolder[r.low(at)] || !r.same(at, m.from) {
		return false
	}
	for k := at - 1; k >= max(r.sentenceOf(m.from).from, at-3); k-- {
		if mastery[r.low(k)] {
			return false
		}
	}
	return !mastery[r.low(m.to)]
}

// possesses reports whether the clause of token i says that something is there already.
func (r *reader) possesses(i int) bool {
	from, to := r.clause(i)
	return existing.has(r.view, from, to) && !r.wants(from, to)
}

// leftToWorker reports whether a skill is an idea and no demand: "Blender or
// whatever", "my nephew says React Native, but I don't mind".
func (r *reader) leftToWorker(m skillMatch, s sentence) bool {
	if r.is(m.to, ",") {
		if _, end, ok := indifferent.match(r.view, m.to+1); ok && r.apart(end) {
			return true
		}
	}
	at := m.to
	for at < s.to && (r.is(at, "or", "and", "/") || r.skillAt[at] >= 0 || r.is(at-1, "or", "/") && r.tokens[at].kind == word && !finite[r.low(at)] && !r.is(at, "whatever", "so", "something", "anything", "whichever", "other", "any", "what")) {
		at++
	}
	for _, k := range []int{m.to, at} {
		if _, _, ok := indifferent.match(r.view, k); ok {
			return true
		}
	}
	if r.hasWord("against", m.to, s.to) {
		return false
	}
	idea := false
	for k := m.from - 1; k >= max(s.from, m.from-3); k-- {
		idea = idea || hearsay[r.low(k)]
	}
	return idea && (noMatter.has(r.view, s.from, s.to) || r.is(m.from-1, "maybe", "perhaps", "probably") || !r.is(m.from-2, "i", "we") && hearsay[r.low(m.from-1)])
}

// isActivity reports whether a skill is work that yields a thing, so that
// having the thing is not wanting the work.
func isActivity(name string) bool {
	return activities[lower(name[strings.LastIndexByte(name, ' ')+1:])] || name == "Voice Over"
}
