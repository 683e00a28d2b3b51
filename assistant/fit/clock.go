package fit

import (
	"slices"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/retrieval"
)

// clockWords tell that a line is about when somebody works.
var clockWords = []string{"hours", "mornings", "afternoons", "evenings", "night", "nights", "shift", "shifts", "overlap", "time", "clock", "daytime", "schedule"}

// keepsHours finds a line that tells of keeping the hours of a place whose
// clock is near enough: "for five years I have kept American hours".
func (p *Person) keepsHours(r Requirement, today time.Time) *line {
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance != done || l.part != partOverview && l.part != partWork || !slices.ContainsFunc(clockWords, func(w string) bool { return slices.Contains(l.tokens, w) }) {
			continue
		}
		for _, zone := range zonesNamed(l.quote) {
			if offset, ok := offsetOf(zone, today); ok && clockApart(offset, *r.Zone) <= r.Zone.Within {
				return l
			}
		}
	}
	return nil
}

// clockApart is how far an offset is from that of a window, in minutes.
func clockApart(offset int, window retrieval.ZoneWindow) int {
	apart := offset - window.Offset
	if apart < 0 {
		apart = -apart
	}
	return min(apart, 24*60-apart)
}

// zonesNamed are the time zones of the places that a text names.
func zonesNamed(text string) []string {
	scan := brief.NewScan(text, time.Time{}, "")
	var zones []string
	for i := range scan.Len() {
		g, _, ok := scan.Place(i)
		switch {
		case ok && g.Zone != "":
			zones = append(zones, g.Zone)
		case ok && g.Country != "":
			zones = append(zones, brief.CountryZone(g.Country))
		case demonyms[scan.Low(i)] != "":
			zones = append(zones, brief.CountryZone(demonyms[scan.Low(i)]))
		case regionZones[scan.Low(i)] != "":
			zones = append(zones, regionZones[scan.Low(i)])
		}
	}
	return zones
}
