package retrieval

import (
	"slices"
	"strings"
)

// Title is what a document is called on screen: a post's title, a profile's
// headline. A proposal has none of its own and is called after its post's id.
func (d Document) Title() string {
	switch {
	case d.Post != nil:
		return d.Post.Title
	case d.Profile != nil:
		return d.Profile.Headline
	case d.Proposal != nil:
		return "Proposal for " + d.Proposal.JobPost
	}
	return ""
}

// Text is the running text of a document, without its title and skills: a
// post's description, a profile's overview and experience, a proposal's text.
func (d Document) Text() string {
	switch {
	case d.Post != nil:
		return d.Post.Description
	case d.Profile != nil:
		return d.Profile.text()
	case d.Proposal != nil:
		return d.Proposal.Text
	}
	return ""
}

func (p *Profile) text() string {
	var text strings.Builder
	text.WriteString(p.Overview)
	for _, e := range p.Experience {
		text.WriteString("\n" + e.Title + ". " + e.Text)
	}
	for _, c := range p.Credentials {
		text.WriteString("\n" + c)
	}
	return text.String()
}

// Skills are those that a document lists, as it spells them. Callers must not change them.
func (d Document) Skills() []string {
	switch {
	case d.Post != nil:
		return d.Post.Skills
	case d.Profile != nil:
		return d.Profile.Skills
	}
	return nil
}

// SearchText is what is embedded and searched of a document: the title on the
// first line, then the text, then the listed skills on the last.
func (d Document) SearchText() string {
	if d.Proposal != nil {
		return d.Proposal.Text
	}
	text := d.Title() + "\n" + d.Text()
	if skills := d.Skills(); len(skills) > 0 {
		text += "\n" + strings.Join(skills, ", ")
	}
	return text
}

// Facets are the fields that filters, figures and explanations read. A
// profile's rate stands as hourly pay, a proposal's bid as its pay.
func (d Document) Facets() Facets {
	f := Facets{ID: d.ID, Title: d.Title(), Skills: d.Skills(), Demo: d.Demo}
	switch {
	case d.Post != nil:
		d.Post.facets(&f)
	case d.Profile != nil:
		p := d.Profile
		f.Category, f.Level, f.Country, f.HoursPerWeek = p.Category, p.Level, p.Country, p.HoursPerWeek
		f.TimeZone, f.AvailableFrom, f.Credentials = p.TimeZone, p.AvailableFrom, p.Credentials
		f.Jobs, f.Rating, f.Reviews = p.TrackRecord.Jobs, p.TrackRecord.Rating, p.TrackRecord.Reviews
		for _, language := range p.Languages {
			f.Languages = append(f.Languages, language.Code)
		}
		if p.Rate > 0 {
			f.PayType, f.PayMin, f.PayMax, f.Currency = PayHourly, p.Rate, p.Rate, p.Currency
		}
	case d.Proposal != nil:
		p := d.Proposal
		f.PayType, f.PayMin, f.PayMax, f.Currency = p.BidType, p.Bid, p.Bid, p.Currency
		f.PostedOn, f.Hired = p.SentOn, p.Outcome == "hired"
	}
	return f
}

func (p *JobPost) facets(f *Facets) {
	f.Category, f.Level, f.Country, f.PostedOn = p.Category, p.Level, p.Country, p.PostedOn
	f.PayType, f.PayMin, f.PayMax, f.Currency = p.PayType, p.PayMin, p.PayMax, p.Currency
	f.DurationDays, f.HoursPerWeek, f.TimeZone = p.DurationDays, p.HoursPerWeek, p.TimeZone
	f.Sign = sign(p.Title + "\n" + p.Description)
	if p.Language != "" {
		f.Languages = []string{p.Language}
	}
	if o := p.Outcome; o != nil {
		f.Hired, f.DaysToHire, f.Proposals = o.Hired != nil && *o.Hired, o.DaysToHire, o.Proposals
	}
}

// clone returns a document that shares nothing with d that Normalise changes.
func (d Document) clone() Document {
	switch {
	case d.Post != nil:
		post := *d.Post
		d.Post = &post
	case d.Profile != nil:
		profile := *d.Profile
		profile.Experience = slices.Clone(profile.Experience)
		profile.Languages = slices.Clone(profile.Languages)
		profile.Credentials = slices.Clone(profile.Credentials)
		d.Profile = &profile
	case d.Proposal != nil:
		proposal := *d.Proposal
		d.Proposal = &proposal
	}
	return d
}
