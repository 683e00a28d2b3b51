package brief

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// zones are abbreviations and names of time zones. CET, EET and WET stand for
// local time there, summer time included, as people mean it.
var zones = newLexicon[string]()

func init() {
	zones.add("CET", "cet", "cest", "central european time", "central europe time", "mez")
	zones.add("EET", "eet", "eest", "eastern european time")
	zones.add("WET", "wet", "west")
	zones.add("UTC", "utc", "gmt")
	for nation, zone := range map[string]string{
		"greek": "Europe/Athens", "german": "Europe/Berlin", "french": "Europe/Paris", "spanish": "Europe/Madrid", "italian": "Europe/Rome", "polish": "Europe/Warsaw", "dutch": "Europe/Amsterdam", "belgian": "Europe/Brussels",
		"swiss": "Europe/Zurich", "austrian": "Europe/Vienna", "irish": "Europe/Dublin", "portuguese": "Europe/Lisbon", "swedish": "Europe/Stockholm", "norwegian": "Europe/Oslo", "danish": "Europe/Copenhagen", "finnish": "Europe/Helsinki",
		"czech": "Europe/Prague", "hungarian": "Europe/Budapest", "romanian": "Europe/Bucharest", "turkish": "Europe/Istanbul", "israeli": "Asia/Jerusalem", "korean": "Asia/Seoul", "japanese": "Asia/Tokyo", "chinese": "Asia/Shanghai",
		"ukrainian": "Europe/Kyiv",
	} {
		zones.add(zone, nation+" time", nation+" hours", nation+" working hours", nation+" business hours")
	}
	zones.add("Europe/London", "bst", "uk time", "uk hours", "british time", "uk working hours", "uk business hours")
	zones.add("America/New_York", "est", "edt", "et", "eastern time", "eastern standard time", "us eastern", "east coast time", "east coast hours",
		"us east coast", "east coast", "eastern")
	zones.add("America/Chicago", "cst", "cdt", "ct", "central time", "us central")
	zones.add("America/Denver", "mst", "mdt", "mountain time")
	zones.add("America/Los_Angeles", "pst", "pdt", "pt", "pacific time", "us pacific", "west coast time", "west coast hours", "us west coast", "west coast", "pacific")
	zones.add("Asia/Kolkata", "ist", "indian time", "india time", "indian standard time")
	zones.add("Australia/Sydney", "aest", "aedt", "sydney time", "australian eastern time")
	zones.add("Australia/Perth", "awst")
	zones.add("Asia/Tokyo", "jst", "japan time")
	zones.add("Asia/Singapore", "sgt")
	zones.add("Asia/Manila", "pht", "philippine time")
	zones.add("Asia/Dubai", "gst", "gulf time")
	zones.add("Europe/Moscow", "msk")
	zones.add("America/Sao_Paulo", "brt", "brasilia time")
	zones.add("Africa/Johannesburg", "sast")
	zones.add("Africa/Lagos", "wat")
	zones.add("Africa/Nairobi", "eat")
	zones.add("Pacific/Auckland", "nzst", "nzdt", "nzt")
}

var (
	zoneSafe  = words("cet cest mez eet eest utc gmt est edt pst pdt cst cdt mst mdt aest aedt awst jst sgt msk sast nzst nzdt ist bst")
	zoneWords = words("time timezone zone hours hour overlap mornings morning afternoons afternoon evenings evening office working business workday workdays daytime day")
)

// zone finds the time zone that the work follows.
func (r *reader) zone() {
	for i := 0; i < len(r.tokens); i++ {
		if r.closed(i) || r.claimed(i) && r.taken[i] != SlotConditions {
			continue
		}
		if name, end, ok := zones.match(r.view, i); ok && r.isZone(i, end) {
			name, end = r.offset(name, end)
			r.setZone(name, i, end)
			i = end - 1
			continue
		}
		if g, end, ok := r.geoAt(i); ok && g.zone != "" && r.zoneNear(i, end) {
			for end < len(r.tokens) && zoneWords[r.low(end)] {
				end++
			}
			r.setZone(g.zone, i, end)
			i = end - 1
		}
	}
}

// isZone reports whether an abbreviation is a time zone: in capitals, or with
// a word about time beside it.
func (r *reader) isZone(i, end int) bool {
	first, _ := utf8.DecodeRuneInString(r.text[r.tokens[i].start:])
	if end == i+1 {
		upper := unicode.IsUpper(first) && r.text[r.tokens[i].end-1] < 'a'
		if zoneSafe[r.low(i)] && (upper || r.zoneNear(i, end) || r.in.Asked == SlotTimeZone || r.is(end, "+")) && !(r.is(i, "ist", "est", "bst") && !upper && r.in.Asked != SlotTimeZone) {
			return true
		}
		return upper && r.zoneNear(i, end) && !r.is(i, "pacific", "eastern")
	}
	return r.zoneNear(i, end) || r.is(end-1, "time", "hours")
}

// zoneNear reports whether a word about time stands beside tokens [i, end).
func (r *reader) zoneNear(i, end int) bool {
	if r.in.Asked == SlotTimeZone || zoneWords[r.low(end)] && !r.is(end, "day", "business", "office") || r.is(end, "business", "office", "working") && r.is(end+1, "hours", "time", "day") {
		return true
	}
	for k := i - 1; k >= max(r.sentenceOf(i).from, i-5); k-- {
		if r.is(k, "overlap", "overlaps", "overlapping", "timezone", "timezones", "zone") {
			return true
		}
	}
	return false
}

// offset reads "+2" behind UTC.
func (r *reader) offset(name string, end int) (string, int) {
	if name != "UTC" || !r.is(end, "+", "-", "\u2212", "\u2013") || end+1 >= len(r.tokens) || r.tokens[end+1].kind != number || !r.tokens[end+1].tight {
		return name, end
	}
	value := r.tokens[end+1].value
	if value < 0 || value > 14 || value != float64(int(value)) {
		return name, end
	}
	mark := "+"
	if r.low(end) != "+" {
		mark = "-"
	}
	return fmt.Sprintf("UTC%s%d", mark, int(value)), end + 2
}

func (r *reader) setZone(name string, from, end int) {
	if r.changedNow(SlotTimeZone) {
		return
	}
	r.brief.TimeZone = Field[string]{Value: name, Sources: []Source{r.source(from, end)}, Confidence: 0.85}
	r.change(SlotTimeZone, from)
	r.claim(SlotTimeZone, from, end)
}
