package fit

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// spot is a place as it was named, at tokens [from, to).
type spot struct {
	countries []string
	name      string
	zone      string
	not       bool
	from, to  int
}

// placeAt reads a country, city, region or people at token i.
func (x *reading) placeAt(i int) (spot, bool) {
	if s, ok := x.twoParts(i); ok {
		return s, true
	}
	for n := longestRegion; n > 0; n-- {
		name := x.joined(i, n)
		if list, ok := regions[name]; ok && name != "" && !(name == "latin" || name == "gulf" && !x.Capital(i)) {
			return spot{countries: list, name: regionName(name), from: i, to: x.joinedEnd(i, n)}, true
		}
	}
	if g, end, ok := x.Place(i); ok && g.Country != "" {
		return spot{countries: []string{g.Country}, name: placeName(g), zone: g.Zone, from: i, to: end}, true
	}
	if code := demonyms[x.Low(i)]; code != "" {
		return spot{countries: []string{code}, name: brief.CountryName(code), from: i, to: i + 1}, true
	}
	return spot{}, false
}

// twoParts reads "North or South America".
func (x *reading) twoParts(i int) (spot, bool) {
	if !x.Is(i, "north", "south", "latin", "central", "eastern", "western", "northern", "southern", "southeast", "east", "west") || !x.Is(i+1, "or", "and", "/") || !x.Word(i+2) || !x.Word(i+3) {
		return spot{}, false
	}
	first, second := regions[x.Low(i)+" "+x.Low(i+3)], regions[x.Low(i+2)+" "+x.Low(i+3)]
	if first == nil || second == nil {
		return spot{}, false
	}
	return spot{countries: append(slices.Clone(first), second...), name: x.Quote(i, i+4), from: i, to: i + 4}, true
}

func placeName(g brief.Geo) string {
	if g.Name != "" {
		return g.Name
	}
	return brief.CountryName(g.Country)
}

// joined returns n words from token i on, "" when signs other than hyphens part them.
func (x *reading) joined(i, n int) string {
	var list []string
	for len(list) < n {
		if x.Is(i, "-") && len(list) > 0 {
			i++
		}
		if !x.Word(i) {
			return ""
		}
		list = append(list, x.Low(i))
		i++
	}
	return strings.Join(list, " ")
}

func (x *reading) joinedEnd(i, n int) int {
	for ; n > 0; i++ {
		if x.Word(i) {
			n--
		}
	}
	return i
}

// places reads where somebody must live.
func (x *reading) places() {
	var spots []spot
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.run(i, "somebody local", "someone local", "locals", "local people", "local only", "only local", "from here", "my country", "my own country", "in our country", "our country", "same country", "in my country"); ok && x.wishing && x.context.Country != "" {
			spots = append(spots, spot{countries: []string{x.context.Country}, name: brief.CountryName(x.context.Country), not: x.denied(i), from: i, to: end})
			i = end - 1
			continue
		}
		s, ok := x.placeAt(i)
		if !ok {
			continue
		}
		if x.livesIn(&s, spots) {
			spots = append(spots, s)
		}
		i = s.to - 1
	}
	x.addPlaces(spots)
}

var placePrepositions = []string{"in", "from", "within", "outside", "across", "near", "inside", "around", "throughout"}
var personWords = []string{"people", "person", "candidates", "candidate", "freelancers", "freelancer", "ones", "folks", "only", "residents", "based", "developers", "designers", "translators", "writers", "profiles", "applicants", "team", "teams", "talent", "citizens", "those", "nationals", "professionals", "someone", "somebody", "anyone", "anybody", "engineers", "specialists", "part", "condition", "thing", "filter", "restriction"}

// workWords tell that a place is one of work done, not of living.
var workWords = []string{"market", "markets", "clients", "client", "customers", "customer", "companies", "company", "experience", "worked", "sold", "selling", "brands", "firms", "law", "tax", "taxes", "audience", "audiences", "users", "readers", "published", "shipped", "exported", "office", "offices", "hours", "authorities", "regulations", "regulation", "standards", "accent", "cuisine", "food", "style", "restaurants"}

// livesIn reports whether a place is where somebody lives, and not one that
// they worked for, speak like, or keep the hours of.
func (x *reading) livesIn(s *spot, spots []spot) bool {
	if x.wishing && x.visited(s.from) && languageCodes[x.Low(s.from)] == "" {
		s.not = x.denied(s.from)
		return true
	}
	if x.behind(s.to, 2, workWords...) || x.before(s.from, 4, workWords...) && !x.before(s.from, 2, "only", "live", "based") || x.Is(s.to, "'s") {
		return false
	}
	if x.Is(s.from-1, "from") && languageCodes[x.Low(s.from-2)] != "" {
		return x.wishing // "Portuguese from Brazil"
	}
	if x.wishing && x.adjective(s) {
		return false
	}
	s.not = x.denied(s.from) && !x.outsideDenied(s.from) || x.deniedBehind(s.to)
	if x.before(s.from, 3, "outside", "beyond") && x.deniedBehind(s.to) {
		s.not = false // "outside the EU is out"
	}
	language := languageCodes[x.Low(s.from)] != "" && s.to == s.from+1
	if language {
		return x.behind(s.to, 2, personWords...) && !x.Is(s.to, "only")
	}
	at := s.from
	for at > 0 && x.Is(at-1, "the", "a", "an", "country", "of", "western", "central", "greater", "either", "any", "part", "somewhere", "countries", "member", "state") {
		at--
	}
	if len(spots) > 0 && spots[len(spots)-1].to >= at-3 && x.listed(spots[len(spots)-1].to, at) {
		s.not = s.not || spots[len(spots)-1].not && !x.Is(at-1, "but")
		return true
	}
	if !x.wishing {
		return x.postPlace(at, s.to)
	}
	if x.visited(at) || pluralPeople(x.Low(s.from)) || x.Is(at-1, "without", "minus", "excluding", "excl", "except", "bar") && len(spots) > 0 {
		return true
	}
	return x.Is(at-1, placePrepositions...) || x.behind(s.to, 2, personWords...) || x.before(at, 4, "only", "based", "live", "lives", "living", "keep", "drop", "remove", "not", "no", "except", "excluding", "located", "add", "include", "forget", "also") ||
		x.clauseIs(s.from, s.to)
}

// outsideDenied reports whether what is outside of a place is ruled out:
// "nobody from outside the EU".
func (x *reading) outsideDenied(i int) bool {
	for k := i - 1; k >= max(0, i-3) && !x.parts(k); k-- {
		if x.Is(k, "outside", "beyond") || x.Is(k, "not") && x.Is(k+1, "in", "from", "based", "living") && x.before(k, 2, "who", "is", "are", "lives", "live") {
			return x.before(k, 5, "no", "nobody", "not", "none", "don't", "exclude", "drop", "remove", "without", "never", "skip", "hide") || x.Is(k-1, "one") && x.Is(k-2, "no")
		}
	}
	return false
}

// adjective reports whether a place says what kind of thing the next word
// names: "an EU call", "Dutch law"; not "EU only", "EU developers".
func (x *reading) adjective(s *spot) bool {
	next := x.Low(s.to)
	return x.Word(s.to) && !x.Is(s.from-1, placePrepositions...) && !talk[next] && !doing[next] && !workerWords[next] && !x.Is(s.to, personWords...) && !x.Is(s.to, "excluded", "preferred", "side", "bit", "filter", "again", "instead", "would", "works", "work", "time")
}

// visited reports whether a place is one that somebody must be able to come to,
// for which they have to live in its country.
func (x *reading) visited(at int) bool {
	return x.Is(at-1, "to", "in", "at", "near") && x.before(at, 9, "come", "visit", "travel", "commute", "drive", "drop", "get", "reach", "meet") || x.Is(at-1, "visit", "reach")
}

// pluralPeople reports whether a word is what the people of a country are
// called, who are from there: "Australians".
func pluralPeople(low string) bool {
	return demonyms[low] != "" && strings.HasSuffix(low, "s") && languageCodes[low] == "" && demonyms[strings.TrimSuffix(low, "s")] != "" || low == "brits" || low == "kiwis" || low == "aussies" || low == "danes" || low == "swedes" || low == "poles" || low == "spaniards" || low == "scots"
}

// listed reports whether only words of a list stand between two tokens.
func (x *reading) listed(from, to int) bool {
	for i := from; i < to; i++ {
		if !x.Is(i, ",", "and", "or", "/", "&", "plus", "in", "from", "the", "also") {
			return false
		}
	}
	return from < to
}

// postPlace reports whether a post's place is a demand on who applies.
func (x *reading) postPlace(at, to int) bool {
	_, ok := x.run(to, "only", "based", "- based", "residents")
	return ok || x.Is(at-1, "in", "from", "within", "to", "near") && x.before(at, 6, "based", "live", "located", "come", "resident", "someone", "somebody", "freelancers", "candidates", "applicants", "people", "person", "visit", "travel") &&
		!x.before(at, 9, "we", "our", "i", "i'm", "we're", "my")
}

// addPlaces joins the places that are asked for, and those that are ruled out.
func (x *reading) addPlaces(spots []spot) {
	for _, not := range []bool{false, true} {
		var r Requirement
		var names []string
		var at []spot
		for _, s := range spots {
			if s.not != not {
				continue
			}
			names = append(names, s.name)
			at = append(at, s)
			for _, code := range s.countries {
				if !slices.Contains(r.Countries, code) {
					r.Countries = append(r.Countries, code)
				}
			}
		}
		if len(at) == 0 {
			continue
		}
		r.Kind, r.Not, r.Text = Place, not, "based in "+strings.Join(names, " or ")
		if not {
			r.Text = "not based in " + strings.Join(names, " or ")
		}
		for _, s := range at {
			x.take(s.from, s.to)
			x.takeTravel(s)
		}
		x.add(r, at[0].from, at[0].to)
		if len(at) > 1 {
			x.found[len(x.found)-1].Quote = x.Quote(at[0].from, at[len(at)-1].to)
		}
	}
}

// takeTravel takes how one comes to a place: "by train".
func (x *reading) takeTravel(s spot) {
	from, to := x.clause(s.from)
	for i := from; i < max(to, s.to); i++ {
		if x.Is(i, "by") && x.Is(i+1, "train", "car", "bus", "rail", "plane", "tram", "bike", "ferry") {
			x.take(i, i+2)
		}
	}
	if x.visited(s.from) {
		for i := s.to; i < min(s.to+5, x.Len()) && !x.parts(i); i++ {
			if x.Is(i, "once", "twice", "times", "a", "every", "per", "each", "month", "week", "year", "sometimes", "regularly", "in", "person") {
				x.take(i, i+1)
			}
		}
	}
}

// placeText is a text of addPlaces without its beginning.
func placeText(text string) string { return strings.TrimPrefix(text, "based in ") }

func regionName(name string) string {
	switch name {
	case "eu", "european union", "e.u":
		return "the EU"
	case "eea", "european economic area":
		return "the EEA"
	case "european", "europeans":
		return "Europe"
	case "dach", "mena", "emea", "apac", "gcc", "asean":
		return strings.ToUpper(name)
	case "latam", "latin american", "latin americans":
		return "Latin America"
	case "americas", "nordics", "baltics", "balkans", "caribbean", "middle east", "gulf":
		return "the " + titled(name)
	case "nordic", "nordic countries", "nordic country":
		return "the Nordics"
	case "the americas", "the gulf":
		return "the " + titled(strings.TrimPrefix(name, "the "))
	}
	return titled(name)
}

func titled(name string) string {
	list := strings.Fields(name)
	for i, w := range list {
		list[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(list, " ")
}
