package retrieval

import (
	"errors"
	"fmt"
)

// Limits of a document; lengths in characters.
const (
	MaxID        = 200
	MaxTitle     = 500
	MaxText      = 50_000
	MaxSkills    = 200
	MaxSkill     = 120
	MaxEntries   = 200               // experience, languages, credentials
	MaxPay       = 1_000_000_000_000 // minor units
	MaxDuration  = 3660              // days
	firstYear    = 1990              // that anything was posted, sent or is asked about
	firstWorked  = 1940              // of experience: the oldest who still work
	lastYear     = 2100
	hoursOfAWeek = 168
)

// The values of fields with a fixed choice; "" is unknown where it is allowed.
const (
	PayFixed  = "fixed"
	PayHourly = "hourly"
)

var (
	levels         = []string{"", "entry", "intermediate", "expert"}
	payTypes       = []string{"", PayFixed, PayHourly}
	languageLevels = []string{"", "basic", "conversational", "fluent", "native"}
	outcomes       = []string{"", "hired", "interviewed", "declined", "no_reply"}
)

// Validate reports everything that is wrong with a normalised document, joined
// in one error that wraps ErrInvalid and names fields as they stand in JSON.
func (d Document) Validate() error {
	var c checks
	c.id("id", d.ID, true)
	switch {
	case d.Kind == KindJobPost && d.Post != nil:
		d.Post.validate(&c)
	case d.Kind == KindProfile && d.Profile != nil:
		d.Profile.validate(&c)
	case d.Kind == KindProposal && d.Proposal != nil:
		d.Proposal.validate(&c)
	default:
		c.failf("kind", "%q has no content of that kind", short(string(d.Kind)))
	}
	if len(c) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s %q: %w", ErrInvalid, d.Kind, short(d.ID), errors.Join(c...))
}

func (p *JobPost) validate(c *checks) {
	c.text("title", p.Title, MaxTitle, true)
	c.text("description", p.Description, MaxText, false)
	c.text("category", p.Category, MaxSkill, false)
	c.skills(p.Skills)
	c.choice("level", p.Level, levels)
	c.choice("pay_type", p.PayType, payTypes)
	c.pay("pay_min", p.PayMin, p.Currency)
	c.pay("pay_max", p.PayMax, p.Currency)
	if p.PayMax != 0 && p.PayMin > p.PayMax {
		c.failf("pay_min", "%d is above pay_max %d", p.PayMin, p.PayMax)
	}
	c.currency(p.Currency)
	c.number("hours_per_week", p.HoursPerWeek, hoursOfAWeek)
	c.number("duration_days", p.DurationDays, MaxDuration)
	c.country(p.Country)
	c.zone(p.TimeZone)
	c.language("language", p.Language)
	c.date("posted_on", p.PostedOn)
	if o := p.Outcome; o != nil {
		c.number("outcome.proposals", o.Proposals, 1_000_000)
		c.number("outcome.interviews", o.Interviews, 1_000_000)
		c.number("outcome.days_to_hire", o.DaysToHire, MaxDuration)
	}
}

func (p *Profile) validate(c *checks) {
	c.text("headline", p.Headline, MaxTitle, true)
	c.text("overview", p.Overview, MaxText, false)
	c.text("category", p.Category, MaxSkill, false)
	c.skills(p.Skills)
	c.choice("level", p.Level, levels)
	c.pay("rate", p.Rate, p.Currency)
	c.currency(p.Currency)
	c.country(p.Country)
	c.zone(p.TimeZone)
	c.number("hours_per_week", p.HoursPerWeek, hoursOfAWeek)
	c.date("available_from", p.AvailableFrom)
	c.number("track_record.jobs", p.TrackRecord.Jobs, 1_000_000)
	c.number("track_record.hours", p.TrackRecord.Hours, 1_000_000)
	c.number("track_record.reviews", p.TrackRecord.Reviews, 1_000_000)
	if r := p.TrackRecord.Rating; r != 0 && !(r >= 1 && r <= 5) {
		c.failf("track_record.rating", "%v is not 0 or between 1 and 5", r)
	}
	c.number("experience", len(p.Experience), MaxEntries)
	c.number("languages", len(p.Languages), MaxEntries)
	c.number("credentials", len(p.Credentials), MaxEntries)
	if len(*c) > 0 {
		return
	}
	for i, e := range p.Experience {
		field := fmt.Sprintf("experience[%d]", i)
		c.text(field+".title", e.Title, MaxTitle, true)
		c.text(field+".text", e.Text, MaxText, false)
		c.worked(field+".from", e.From)
		c.worked(field+".to", e.To)
	}
	for i, l := range p.Languages {
		c.language(fmt.Sprintf("languages[%d].code", i), l.Code)
		c.choice(fmt.Sprintf("languages[%d].level", i), l.Level, languageLevels)
	}
	for i, credential := range p.Credentials {
		c.text(fmt.Sprintf("credentials[%d]", i), credential, MaxTitle, true)
	}
}

func (p *Proposal) validate(c *checks) {
	c.id("job_post", p.JobPost, true)
	c.id("profile", p.Profile, false)
	c.text("text", p.Text, MaxText, true)
	c.pay("bid", p.Bid, p.Currency)
	c.currency(p.Currency)
	c.choice("bid_type", p.BidType, payTypes)
	c.date("sent_on", p.SentOn)
	c.choice("outcome", p.Outcome, outcomes)
}
