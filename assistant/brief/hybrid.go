package brief

var (
	// theirs are places of the client to which somebody comes.
	theirs = phrases(`we meet, meet us, meetings, come in, come by, come over, office, on site, onsite, in person, at our place, in our studio, at our studio, at the studio, in the shop, in the studio, at ours, with us, at our premises, at the clinic, in the workshop, here`)
	// partly tell that one is there for a part of the time.
	partly = phrases(`once a week, twice a week, a day a week, a day per week, one day a week, one day per week, two days a week, two days per week, three days a week, days a week, days per week, day a week, day per week, once a month,
		twice a month, days a month, day a month, now and then, from time to time, every other week, occasionally, sometimes, on mondays, on tuesdays, on wednesdays, on thursdays, on fridays, mondays, tuesdays,
		wednesdays, thursdays, fridays, for the workshops, for workshops, for meetings, for the kick off, for kick off, first week`)
	// elsewhere tell that the rest is done at home.
	elsewhere = phrases(`otherwise home, otherwise remote, otherwise from home, rest from home, rest remote, rest at home, the rest from home, the rest remote, remaining from home, else from home, from home, remote, remotely,
		home office, otherwise at home, wherever you like, otherwise remotely, rest remotely`)
)

// partlyThere finds work that is done in part at the client's: "office in Munich on
// Tuesdays, otherwise home", "on site one day a week".
func (r *reader) partlyThere() {
	for k, s := range r.sentences {
		if r.stances[k] >= asks || s.to-s.from > 40 {
			continue
		}
		_, start, end, ok := theirs.find(r.view, s.from, s.to)
		if !ok || r.teaches() {
			continue
		}
		_, from, to, part := partly.find(r.view, s.from, s.to)
		_, otherFrom, otherTo, home := elsewhere.find(r.view, s.from, s.to)
		if !part && !home || home && !part && !r.is(start, "office") || part && !home && (to <= start-8 || from >= end+8 || r.is(from, "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "on")) {
			continue
		}
		if !home && r.is(to-3, "days") && !r.hasWord("least", s.from, s.to) {
			continue // "in our office, two days a week" may be all of it
		}
		first, last := start, end
		if part {
			first, last = min(first, from), max(last, to)
		}
		if home {
			first, last = min(first, otherFrom), max(last, otherTo)
		}
		place := r.brief.Location.Value
		if !r.changedNow(SlotLocation) && !r.in.Known.Location.Known() || place.Place == "" {
			place = r.placeNear(k)
		}
		sources := []Source{r.source(first, last)}
		r.brief.Location = Field[Location]{Value: Location{Mode: "hybrid", Place: place.Place, Country: place.Country}, Sources: sources, Confidence: 0.8}
		r.change(SlotLocation, first)
		return
	}
}

// placeNear is the place that a sentence names, or the person's own in any other.
func (r *reader) placeNear(k int) Location {
	order := append([]int{k}, make([]int, 0, len(r.sentences))...)
	for j := range r.sentences {
		if j != k && j < 12 {
			order = append(order, j)
		}
	}
	for _, j := range order {
		if r.stances[j] >= asks {
			continue
		}
		for i := r.sentences[j].from; i < r.sentences[j].to; i++ {
			g, _, ok := r.geoAt(i)
			if !ok || g.name == "" || marketWords[r.low(i-1)] {
				continue
			}
			return Location{Place: g.name, Country: g.country}
		}
	}
	return Location{}
}

// teaches reports whether the message is about lessons, where once a week is the
// whole of the work.
func (r *reader) teaches() bool {
	for i := range r.tokens {
		if r.is(i, "tutor", "lesson", "lessons", "teacher", "teach", "tutoring", "class", "classes", "trainer", "coach", "pupils") {
			return true
		}
	}
	return false
}

// ownZone reads "our time zone" as that of the place where the person says they are.
func (r *reader) ownZone() {
	if r.brief.TimeZone.Known() && r.changedNow(SlotTimeZone) {
		return
	}
	for i := range r.tokens {
		if !r.is(i, "our", "my") || !r.is(i+1, "time", "timezone", "working", "business", "office") || r.is(i+1, "time") && !r.is(i+2, "zone", "zones") || r.closed(i) {
			continue
		}
		for j := range r.tokens {
			g, end, ok := r.geoAt(j)
			if !ok || g.zone == "" || r.closed(j) || !r.is(j-1, "in", "from", "near") || !ownPlace[r.low(j-2)] && !r.is(j-2, "based", "are", "am", "located", "live", "sit") {
				continue
			}
			r.setZone(g.zone, j, end)
			return
		}
		return
	}
}
