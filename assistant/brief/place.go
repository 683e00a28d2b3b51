package brief

import (
	"unicode"
	"unicode/utf8"
)

var (
	// remoteThings are remote without the work being so.
	remoteThings = words(`control controlled server servers desktop sensing monitoring access support tutoring areas teams islands site village api working`)
	// remoteRoles may follow "a remote".
	remoteRoles = words(`position job role basis gig contract work worker project freelance`)
	// marketWords tell that a place is that of customers.
	marketWords = words(`target targeting customers sell reach clients audience market markets users`)
	// seekWords tell that a place is that of whom the person looks for.
	seekWords = words(`someone somebody must should freelancer developer person who you looking need prefer preferably ideally candidates want hire`)
)

var (
	modes     = newLexicon[string]()
	placeCues = phrases(`based in, located in, living in, lives in, live in, resident in, residing in, on site in, onsite in, in person in, office in, hybrid in, someone in,
		somebody in, someone from, somebody from, people from, people in, freelancers from, freelancers in, freelancer from, freelancer in, candidates from,
		candidates in, only from, preferably from, preferably in, ideally in, ideally from, from anywhere in, anywhere in, be in, be from, work from,
		remote from, remote in, remotely from, remote within, come to, located near, near, local to, person in, person from, located within, based near,
		within, applicants from, location :, location is, location, close to, hire in, hire from, must reside in`)
	ownPlace = words("we i we're i'm our my company business shop store office studio team headquartered restaurant cafe bakery")
)

func init() {
	modes.add("remote", "remote's", "remote", "remotely", "fully remote", "100 % remote", "work from home", "wfh", "work from anywhere", "anywhere in the world",
		"from anywhere", "anywhere", "worldwide", "location doesn't matter", "location does not matter", "location doesnt matter",
		"location is not important", "location isn't important", "any location", "any country", "telecommute", "home office", "don't care where",
		"doesn't matter where")
	modes.add("onsite", "on site", "onsite", "in person", "in our office", "at our office", "in the office", "in house", "face to face", "at our place",
		"to our office", "at our premises", "on premises work", "at our location", "in our studio", "at our studio", "in our shop", "on location", "in our factory", "at our factory", "in our warehouse", "at our warehouse", "in our lab", "at our lab",
		"at our house", "at our home", "in our home", "at my place", "at my house", "in my house", "at my home", "at the venue", "at our venue", "at our school", "in our school", "at our farm", "on our farm", "in our restaurant",
		"at our restaurant", "at our hotel", "in our hotel", "in our workshop", "at our workshop")
	modes.add("online", "online", "via zoom", "over zoom", "by zoom", "on zoom", "via skype", "over skype", "via teams", "by video call", "by video", "via video", "video call", "video calls", "over video")
	modes.add("hybrid", "hybrid", "partly remote", "partially remote", "mostly remote")
}

// place finds where the work is done and in which time zone.
func (r *reader) place() {
	r.zone()
	defer r.ownZone()
	defer r.placeOfOwn()
	defer r.partlyThere()
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) && r.taken[i] != SlotConditions {
			continue
		}
		if mode, end, ok := modes.match(r.view, i); ok && r.isMode(mode, i, end) {
			if mode == "online" {
				mode = "remote"
			}
			r.setLocation(Location{Mode: mode}, i, end)
			i = end - 1
			continue
		}
		g, end, ok := r.geoAt(i)
		if !ok {
			continue
		}
		if from, end, ok := r.workPlace(i, end); ok {
			at := Location{Place: g.name, Country: g.country}
			if g.name == "" {
				at.Place = CountryName(g.country)
			}
			r.setLocation(at, from, end)
		}
		i = end - 1
	}
}

// lowerGeos are places whose names are words: only with a capital are they places.
var lowerGeos = words(`us nice essen cork la sf turkey jordan chile georgia chad mali niger oman peru cali bath reading bonn perth lima phoenix austin salvador faro split
		columbus buffalo america`)

// geoAt reads the name of a place at token i. Short or ambiguous names need
// their capital letters.
func (r *reader) geoAt(i int) (geo, int, bool) {
	g, end, ok := gazetteer().match(r.view, i)
	if !ok {
		return g, i, false
	}
	first, _ := utf8.DecodeRuneInString(r.text[r.tokens[i].start:])
	if lowerGeos[r.low(i)] && end == i+1 {
		if !unicode.IsUpper(first) {
			return g, i, false
		}
		if len(r.low(i)) == 2 && r.text[r.tokens[i].start+1] >= 'a' {
			return g, i, false
		}
	}
	return g, end, true
}

// isMode reports whether a word such as "remote" is about where to work.
func (r *reader) isMode(mode string, i, end int) bool {
	if mode == "online" {
		return (r.in.Asked == SlotLocation || r.teaches() || r.is(i, "via", "over", "by") && r.is(i+1, "zoom", "skype", "teams", "video")) && !r.is(i-1, "not", "no") && !products[r.low(end)] && !business[r.low(end)] && !r.is(end, "course", "store", "shop", "ordering", "booking", "ads")
	}
	if r.in.Asked == SlotLocation {
		return !r.is(i-1, "not", "no", "isn't")
	}
	switch {
	case r.is(i-1, "not", "no", "isn't", "my", "via", "our", "ship", "shipping", "customers", "deliver", "sell") && !r.is(i, "in", "at"):
		return false
	case r.is(i, "anywhere", "worldwide") && end == i+1:
		return r.is(i-1, "from", "located", "based", "be", "live", "freelancers", "people", "work", "is") || r.is(i-2, "work", "be", "can", "from")
	case mode == "remote" && remoteThings[r.low(end)]:
		return false
	case mode == "remote" && r.is(i-1, "a") && !workers[r.low(end)] && !remoteRoles[r.low(end)]:
		return false
	case mode == "hybrid":
		return r.is(end, "work", "working", "model", "role", "setup", "position", "in") || r.is(i-1, "is", "work", "be", ",") || end-i > 1
	case mode == "onsite" && (r.is(end, "training", "workshop", "course", "event", "visit", "safety", "sales", "customer", "kitchen", "shop", "restaurant", "pharmacy") || r.is(end+1, "training", "workshop", "course")), mode == "onsite" && (r.is(end, "seo", "search", "optimization", "optimisation") || r.is(i, "in") && r.is(i+1, "house") && !r.is(i-1, "work", "be", "working")):
		return false
	}
	return true
}

// workPlace reports whether the place at tokens [i, end) is where the work, or
// who does it, shall be; not where the person's business is.
func (r *reader) workPlace(i, end int) (from, to int, ok bool) {
	s := r.sentenceOf(i)
	if r.in.Asked == SlotLocation {
		return i, end, !r.is(i-1, "not", "outside")
	}
	hyphen := end
	if r.low(end) == "-" {
		hyphen++
	}
	if r.is(end, "office") && !ownPlace[r.low(i-1)] && !r.is(i-1, "our", "my") && r.hasRest(end, s.to) {
		return i, end + 1, true
	}
	if r.is(hyphen, "based") || r.is(end, "only") || r.is(end, "residents", "citizens") || r.is(hyphen, "timezone") {
		if r.is(hyphen, "based") && hyphen+1 < len(r.tokens) && r.same(hyphen+1, i) && r.tokens[hyphen+1].kind == word && !r.is(hyphen+1, "only", "please", "or", "and", "if", "preferred", "would", "is") && !r.workerNear(hyphen+1, hyphen+6) {
			return 0, 0, false
		}
		if r.is(hyphen, "based") && (r.is(i-1, "a", "our", "my", "an") && !r.workerNear(hyphen+1, hyphen+5) || r.is(i-1, "are", "am", "we're", "i'm")) {
			return 0, 0, false
		}
		return i, hyphen + 1, true
	}
	at := i
	for at > s.from && r.is(at-1, "the", "central", "downtown", "greater") {
		at--
	}
	for k := max(s.from, at-5); k < at; k++ {
		if _, stop, found := placeCues.match(r.view, k); found && stop == at && !r.ownsPlace(k, s.from) {
			return k, end, true
		}
	}
	for k := max(s.from, at-7); k < at; k++ {
		if marketWords[r.low(k)] {
			return 0, 0, false
		}
	}
	if r.is(at-1, "in", "from", "near") {
		for k := at - 2; k >= max(s.from, at-4); k-- {
			if workers[r.low(k)] {
				return at, end, true
			}
			if r.is(k, ",", "for", "to") {
				break
			}
		}
		for k := at - 2; k >= max(s.from, at-4); k-- {
			if r.is(k, "we're", "we", "i'm", "i", "are", "am") {
				break // "remote, we're in Vilnius"
			}
			if r.claimedBy(SlotLocation, k) {
				return at, end, true
			}
		}
	}
	return 0, 0, false
}

// placeOfOwn completes work on site with the place where the person says they are.
func (r *reader) placeOfOwn() {
	l := r.brief.Location.Value
	if !r.changedNow(SlotLocation) || l.Mode != "onsite" || l.Place != "" || l.Country != "" {
		return
	}
	for i := range r.tokens {
		g, end, ok := r.geoAt(i)
		if !ok || g.name == "" || r.closed(i) || !r.is(i-1, "in", "near", "at") || marketWords[r.low(i-2)] {
			continue
		}
		r.brief.Location.Value.Place, r.brief.Location.Value.Country = g.name, g.country
		r.brief.Location.Sources = append(r.brief.Location.Sources, r.source(i, end))
		return
	}
}

// hasRest reports whether the words behind an office tell when one is there.
func (r *reader) hasRest(from, to int) bool {
	return partly.has(r.view, from, to) || elsewhere.has(r.view, from, to)
}

func (r *reader) claimedBy(slot Slot, i int) bool { return i >= 0 && r.taken[i] == slot }

// ownsPlace reports whether a place is the person's own: "we are based in Berlin".
func (r *reader) ownsPlace(i, from int) bool {
	for k := i - 1; k >= max(from, i-5); k-- {
		if seekWords[r.low(k)] || workers[r.low(k)] && !r.is(k, "agency", "team") {
			return false
		}
		if ownPlace[r.low(k)] {
			return true
		}
	}
	return r.is(i, "within", "near", "close", "come") || r.is(i, "be") && i == from
}

// setLocation joins what is said of the mode and the place.
func (r *reader) setLocation(l Location, from, end int) {
	old := r.brief.Location
	sources := []Source{r.source(from, end)}
	if r.changedNow(SlotLocation) || old.Known() && (l.Mode == "" && old.Value.Mode != "") != (l.Place == "" && old.Value.Place != "") {
		if l.Mode == "" {
			l.Mode = old.Value.Mode
		}
		if l.Place == "" && !(l.Mode == "remote" && !r.changedNow(SlotLocation)) {
			l.Place, l.Country = old.Value.Place, old.Value.Country
		}
		if r.changedNow(SlotLocation) && old.Value.Place != "" && l.Place != old.Value.Place && l.Mode == old.Value.Mode {
			return // the first of several places counts: the others are in the conditions or the text
		}
		sources = append(sources, old.Sources...)
	}
	r.brief.Location = Field[Location]{Value: l, Sources: sources, Confidence: 0.85}
	r.change(SlotLocation, from)
	if !r.anyClaimed(from, end) {
		r.claim(SlotLocation, from, end)
	}
}
