package fit

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/brief"
)

// value is a proof by a field that is not text.
func value(field, quote string) []Proof { return []Proof{{Field: field, Quote: quote}} }

func (p *Person) checkLevel(r Requirement) Finding {
	have := p.profile.Level
	switch at := indexOf(levels, have); {
	case at < 0:
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no level."}
	case slices.Contains(r.Levels, have):
		return Finding{Status: Met, Degree: 1, Proofs: value("/level", have)}
	default:
		f := Finding{Status: Missing, Proofs: value("/level", have), Note: fmt.Sprintf("The level is %s.", have)}
		for _, want := range r.Levels {
			if d := indexOf(levels, want) - at; d == 1 || d == -1 {
				f.Status, f.Degree = Partly, 0.5
			}
		}
		return f
	}
}

func (p *Person) checkPlace(r Requirement) Finding {
	have := p.profile.Country
	if have == "" {
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no country."}
	}
	name := brief.CountryName(have)
	if name == "" {
		name = have
	}
	if !slices.Contains(r.Countries, have) {
		return Finding{Status: Missing, Proofs: value("/country", have), Note: "Lives in " + name + "."}
	}
	return Finding{Status: Met, Degree: 1, Proofs: value("/country", have)}
}

func (p *Person) checkZone(r Requirement, today time.Time) Finding {
	zone := p.profile.TimeZone
	if zone == "" {
		zone = brief.CountryZone(p.profile.Country)
	}
	minutes, ok := offsetOf(zone, today)
	if !ok || r.Zone == nil {
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no time zone."}
	}
	apart := clockApart(minutes, *r.Zone)
	if apart <= r.Zone.Within {
		return Finding{Status: Met, Degree: 1, Proofs: value("/time_zone", zone)}
	}
	if l := p.keepsHours(r, today); l != nil {
		return Finding{Status: Met, Degree: 1, Proofs: []Proof{l.proof()}}
	}
	over := float64(apart-r.Zone.Within) / 60
	return Finding{Status: Partly, Degree: max(0, 0.7-over*0.12), Proofs: value("/time_zone", zone), Note: fmt.Sprintf("The clock there is %s apart.", hoursText(apart))}.orMissing()
}

// orMissing is Missing where nothing is left of a degree.
func (f Finding) orMissing() Finding {
	if f.Degree <= 0 {
		f.Status, f.Degree = Missing, 0
	}
	return f
}

func (p *Person) checkHours(r Requirement) Finding {
	have := p.profile.HoursPerWeek
	switch {
	case have <= 0:
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no hours a week."}
	case have >= r.HoursAWeek:
		return Finding{Status: Met, Degree: 1, Proofs: value("/hours_per_week", strconv.Itoa(have))}
	}
	share := float64(have) / float64(r.HoursAWeek)
	return Finding{Status: Partly, Degree: 0.8 * share * share, Proofs: value("/hours_per_week", strconv.Itoa(have)), Note: fmt.Sprintf("Has %d hours a week.", have)}
}

func (p *Person) checkStart(r Requirement) Finding {
	have := p.profile.AvailableFrom
	free, err := time.Parse(isoDate, have)
	by, err2 := time.Parse(isoDate, r.By)
	switch {
	case err != nil || err2 != nil:
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile does not say from when on it is free."}
	case !free.After(by):
		return Finding{Status: Met, Degree: 1, Proofs: value("/available_from", have)}
	}
	late := free.Sub(by).Hours() / 24
	return Finding{Status: Partly, Degree: max(0, 0.75-late/56), Proofs: value("/available_from", have), Note: "Free from " + free.Format("2 January") + "."}.orMissing()
}

func (p *Person) checkRecord(r Requirement) Finding {
	t := p.profile.TrackRecord
	f := Finding{Status: Met, Degree: 1}
	for _, c := range []struct {
		asked, have int
		field, what string
	}{{r.Jobs, t.Jobs, "/track_record/jobs", "jobs"}, {r.Reviews, t.Reviews, "/track_record/reviews", "reviews"}, {r.Worked, t.Hours, "/track_record/hours", "hours"}} {
		if c.asked <= 0 {
			continue
		}
		f.Proofs = append(f.Proofs, value(c.field, strconv.Itoa(c.have))...)
		if c.have < c.asked {
			f.Status, f.Degree, f.Note = Partly, 0.8*float64(c.have)/float64(c.asked), fmt.Sprintf("%d %s here so far.", c.have, c.what)
		}
	}
	if r.Rating <= 0 {
		return f.orMissing()
	}
	if t.Rating <= 0 {
		return Finding{Status: Silent, Degree: 0.5, Note: "No reviews here yet."}
	}
	f.Proofs = append(f.Proofs, value("/track_record/rating", strconv.FormatFloat(t.Rating, 'g', 3, 64))...)
	if t.Rating < r.Rating-1e-9 {
		f.Status, f.Degree, f.Note = Partly, math.Min(f.Degree, max(0, 0.8-(r.Rating-t.Rating))), strings.TrimSpace(f.Note+fmt.Sprintf(" Rated %g here.", t.Rating))
	}
	return f.orMissing()
}

func (p *Person) checkLanguage(r Requirement) Finding {
	if len(p.profile.Languages) == 0 {
		return Finding{Status: Silent, Degree: 0.5, Note: "The profile names no languages."}
	}
	best := Finding{Status: Missing, Note: "The profile does not name " + r.languageNames() + "."}
	asked := indexOf(fluencies, r.Fluency)
	for i, l := range p.profile.Languages {
		if !slices.Contains(r.Codes, l.Code) {
			continue
		}
		field := fmt.Sprintf("/languages/%d", i)
		quote := strings.TrimSpace(l.Code + " " + l.Level)
		f := Finding{Status: Met, Degree: 1, Proofs: value(field, quote)}
		switch have := indexOf(fluencies, l.Level); {
		case have < 0:
			f.Status, f.Degree, f.Note = Partly, 0.6, fmt.Sprintf("The profile names %s without a level.", languageName(l.Code))
			if asked > 1 {
				f.Degree = 0.5
			}
		case have < asked:
			f.Status, f.Degree, f.Note = Partly, max(0.1, 0.55-0.2*float64(asked-have-1)), fmt.Sprintf("%s is %s.", languageName(l.Code), l.Level)
		}
		if f.Degree > best.Degree {
			best = f
		}
	}
	return best
}

func (r Requirement) languageNames() string {
	var names []string
	for _, code := range r.Codes {
		names = append(names, languageName(code))
	}
	return strings.Join(names, " or ")
}
