package fit

import "time"

// keepDegree is from which degree on somebody who meets a condition only
// partly stays on a list that it narrows, by kind: a skill that is listed
// without a proof keeps, a rate above the ceiling does not.
var keepDegree = map[Kind]float64{Skill: 0.35, Experience: 0.75, Credential: 0.6, Language: 0.6, Place: 0.6, Zone: 2, Pay: 2, Hours: 2, Start: 2, Level: 2, Record: 2}

// Keeps reports whether a condition keeps whoever a finding is about on the
// list. One that says nothing of it stays only where that was allowed.
func (r Requirement) Keeps(f Finding) bool {
	switch f.Status {
	case Met:
		return true
	case Silent:
		return r.SilentOK
	case Partly:
		least := keepDegree[r.Kind]
		if r.Proven && r.Kind == Skill || r.Years > 0 {
			least = 0.9
		}
		return f.Degree >= least
	}
	return false
}

// Check compares the profile with a requirement. today is the day whose clock
// and calendar count. What the profile does not say is Silent, not Missing.
func (p *Person) Check(r Requirement, today time.Time) Finding {
	f := p.positive(r, today)
	f.Requirement = r.ID
	if r.Not {
		return f.inverted(r)
	}
	if f.Status == Met {
		f.Degree = 1
	}
	return f
}

func (p *Person) positive(r Requirement, today time.Time) Finding {
	switch r.Kind {
	case Skill:
		return p.checkSkill(r, today)
	case Experience:
		return p.checkExperience(r, today)
	case Credential:
		return p.checkCredential(r)
	case Level:
		return p.checkLevel(r)
	case Pay:
		return p.checkPay(r)
	case Language:
		return p.checkLanguage(r)
	case Place:
		return p.checkPlace(r)
	case Zone:
		return p.checkZone(r, today)
	case Hours:
		return p.checkHours(r)
	case Start:
		return p.checkStart(r)
	case Record:
		return p.checkRecord(r)
	}
	return Finding{Status: Silent, Note: "This cannot be read off a profile."}
}

// inverted is the finding where the opposite is asked for.
func (f Finding) inverted(r Requirement) Finding {
	shown := f.Status == Met || f.Status == Partly && f.Degree >= keepDegree[r.Kind]
	switch {
	case shown:
		f.Status, f.Degree = Missing, 0
	case f.Status == Silent && (r.Kind == Place || r.Kind == Level):
		return f
	default:
		f.Status, f.Degree, f.Proofs, f.Note, f.Via = Met, 1, nil, "", ""
	}
	return f
}
