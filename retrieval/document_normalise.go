package retrieval

import (
	"slices"
	"strings"
	"unicode"
)

// Normalise brings a document into the form in which it is kept: texts without
// control characters, surrounding space and invalid UTF-8, codes in their
// usual case, skills without blanks and repetitions. It changes the document
// in place; calling it again changes nothing.
func (d *Document) Normalise() {
	d.ID = strings.TrimSpace(d.ID)
	switch {
	case d.Post != nil:
		d.Post.normalise()
	case d.Profile != nil:
		d.Profile.normalise()
	case d.Proposal != nil:
		d.Proposal.normalise()
	}
}

func (p *JobPost) normalise() {
	p.Title, p.Description = cleanLine(p.Title), cleanText(p.Description)
	p.Skills = cleanSkills(p.Skills)
	p.Category, p.Level, p.PayType = lower(p.Category), lower(p.Level), lower(p.PayType)
	p.Currency, p.Country, p.Language = upper(p.Currency), upper(p.Country), lower(p.Language)
	p.TimeZone, p.PostedOn = strings.TrimSpace(p.TimeZone), strings.TrimSpace(p.PostedOn)
}

func (p *Profile) normalise() {
	p.Headline, p.Overview = cleanLine(p.Headline), cleanText(p.Overview)
	p.Skills = cleanSkills(p.Skills)
	p.Category, p.Level = lower(p.Category), lower(p.Level)
	p.Currency, p.Country = upper(p.Currency), upper(p.Country)
	p.TimeZone, p.AvailableFrom = strings.TrimSpace(p.TimeZone), strings.TrimSpace(p.AvailableFrom)
	for i := range p.Experience {
		e := &p.Experience[i]
		e.Title, e.Text = cleanLine(e.Title), cleanText(e.Text)
		e.From, e.To = strings.TrimSpace(e.From), strings.TrimSpace(e.To)
	}
	for i := range p.Languages {
		l := &p.Languages[i]
		l.Code, l.Level = lower(l.Code), lower(l.Level)
	}
	for i := range p.Credentials {
		p.Credentials[i] = cleanLine(p.Credentials[i])
	}
}

func (p *Proposal) normalise() {
	p.JobPost, p.Profile = strings.TrimSpace(p.JobPost), strings.TrimSpace(p.Profile)
	p.Text, p.Currency = cleanText(p.Text), upper(p.Currency)
	p.BidType, p.Outcome = lower(p.BidType), lower(p.Outcome)
	p.SentOn = strings.TrimSpace(p.SentOn)
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
func upper(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

// cleanText drops invalid UTF-8 and control characters other than line ends and tabs.
func cleanText(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.ContainsRune(text, '\r') {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if strings.ContainsFunc(text, unwanted) {
		text = strings.Map(func(r rune) rune {
			if unwanted(r) {
				return -1
			}
			return r
		}, text)
	}
	return strings.TrimSpace(text)
}

func unwanted(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }

// cleanLine is cleanText for what stands on one line.
func cleanLine(text string) string {
	text = cleanText(text)
	if strings.ContainsAny(text, "\n\t") {
		text = strings.Join(strings.Fields(text), " ")
	}
	return text
}

// cleanSkills keeps the first spelling of each skill.
func cleanSkills(skills []string) []string {
	kept := make([]string, 0, len(skills))
	for _, skill := range skills {
		skill = cleanLine(skill)
		known := slices.ContainsFunc(kept, func(k string) bool { return strings.EqualFold(k, skill) })
		if skill != "" && !known {
			kept = append(kept, skill)
		}
	}
	return kept
}
