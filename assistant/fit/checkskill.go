package fit

import (
	"fmt"
	"strings"
	"time"

	"github.com/parleyhq/parley/retrieval/words"
)

// How far a profile meets a skill that no sentence about work shows.
const (
	degreeProven  = 0.9  // named, with work that is near, where proof is asked for
	degreeNear    = 0.8  // the same, where it is not
	degreeSaid    = 0.7  // in the headline
	degreeListed  = 0.55 // in the list of skills
	degreeStuffed = 0.4  // in a long list, with no sentence behind any of it
	degreeHedged  = 0.25 // read about, tried
	mostRelated   = 0.3  // another skill that is near
	longList      = 8    // skills, from which on a list without any proof counts less
)

// checkSkill finds the best of what a profile shows of any of the skills.
func (p *Person) checkSkill(r Requirement, today time.Time) Finding {
	best := Finding{Status: Missing}
	for _, name := range r.Skills {
		if f := p.skill(name, r, today); better(f, best) {
			best = f
		}
	}
	if best.Status != Met && len(r.Terms) > 0 && r.Years == 0 {
		if l := p.inWords(r.Terms); l != nil {
			return Finding{Status: Met, Degree: 1, Proofs: []Proof{l.proof()}}
		}
	}
	return best
}

// inWords finds a line of work that tells of a skill in the words it was asked for in.
func (p *Person) inWords(terms []string) *line {
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance != done || l.part != partWork && l.part != partOverview {
			continue
		}
		for _, term := range terms {
			if p.coverage(l, strings.Split(term, "+")) >= enoughCovered {
				return l
			}
		}
	}
	return nil
}

func better(a, b Finding) bool {
	return a.Degree > b.Degree || len(b.Note) == 0 && b.Degree == 0 && a.Degree == 0
}

// skill judges one skill: shown in work, named, near, or ruled out.
func (p *Person) skill(name string, r Requirement, today time.Time) Finding {
	key := words.SkillTerm(name)
	shown := p.linesWith(func(l *line) bool { return p.shows(l, name, key) || p.shortened(l, name) })
	var f Finding
	if len(shown[done]) > 0 {
		f = Finding{Status: Met, Degree: 1, Proofs: p.proofs(shown[done])}
		f.Via = p.via(name, key, shown[done][0])
	} else {
		f = p.claimed(name, key, shown)
		if f.Degree >= degreeStuffed {
			f = p.corroborated(f, name, r.Proven)
		}
	}
	if r.Years > 0 && f.Degree > mostRelated {
		return p.withYears(f, r.Years, shown[done], today)
	}
	return f
}

// claimed judges a skill that no sentence about work shows.
func (p *Person) claimed(name, key string, shown map[stance][]*line) Finding {
	if headline := shown[pitched]; len(headline) > 0 && len(shown[denied])+len(shown[hedged]) == 0 {
		return Finding{Status: Partly, Degree: p.claim(degreeSaid), Proofs: p.proofs(headline), Via: p.via(name, key, headline[0]), Note: fmt.Sprintf("The profile names %s, but no piece of work that shows it.", name)}
	}
	switch l, listed := p.lists(name, key); {
	case len(shown[denied]) > 0:
		return Finding{Status: Missing, Proofs: p.proofs(shown[denied]), Note: fmt.Sprintf("The profile itself says that there is no practice with %s.", name)}
	case len(shown[hedged]) > 0:
		return Finding{Status: Partly, Degree: degreeHedged, Proofs: p.proofs(shown[hedged]), Note: fmt.Sprintf("%s is mentioned, but not as work that was done.", name)}
	case listed:
		f := Finding{Status: Partly, Degree: p.claim(degreeListed), Proofs: []Proof{{Field: l.field, Quote: l.quote, End: utf16Len(l.quote)}}, Note: fmt.Sprintf("%s is listed, with no piece of work that shows it.", name)}
		if l.name != name && l.name != "" {
			f.Via = viaText(l.quote, name, p.reader.vocabulary.Relatedness(l.name, name) == 1)
		} else if !strings.EqualFold(l.quote, name) {
			f.Via = l.quote + " is " + name
		}
		return f
	}
	f := p.related(name)
	if l, cosine := p.nearness(name); cosine >= alikeLine && f.Degree < mostRelated {
		return Finding{Status: Partly, Degree: mostRelated, Proofs: []Proof{l.proof()}, Note: fmt.Sprintf("The profile does not name %s; this work is near to it.", name)}
	}
	return f
}

// corroborated judges a skill that is only named, in the light of the work
// nearest to it.
func (p *Person) corroborated(f Finding, name string, proven bool) Finding {
	parts, degree, least := []part{partWork, partTitle}, degreeNear, nearLine
	if proven {
		parts, degree = parts[:1], degreeProven
		if p.tradeNames(name) {
			least = nearTrade
		}
		if p.doubted(name) {
			return f
		}
	}
	l, cosine := p.nearestOf(name, parts...)
	if l == nil || cosine < least {
		return f
	}
	f.Degree = degree
	f.Proofs = append(f.Proofs, l.proof())
	f.Note = fmt.Sprintf("%s is on the profile, and the work described is of that kind without naming it.", name)
	return f
}

// nearTrade is nearLine for what the trade of a person is called by: speech
// recognition of a "speech engineer".
const nearTrade = 0.2

// tradeNames reports whether the headline or a title has a telling word of a skill's name.
func (p *Person) tradeNames(name string) bool {
	for _, stem := range stemsOf(name) {
		if words.Weight(stem) < tellingName {
			continue
		}
		for i := range p.lines {
			if l := &p.lines[i]; (l.part == partHeadline || l.part == partTitle) && l.stance == done && l.keys[stem] {
				return true
			}
		}
	}
	return false
}

// tellingName is from which weight on a word tells what trade it is of.
const tellingName = 2.5

// doubted reports whether a clause that tells of trying or not knowing is about
// a skill, in whatever words.
func (p *Person) doubted(name string) bool {
	asked, ok := p.reader.embed([]string{name})
	if !ok {
		return false
	}
	p.embedLines()
	for i, v := range p.vectors.list {
		if s := p.lines[i].stance; (s == hedged || s == denied) && len(v) == len(asked[0]) && dot(asked[0], v) >= doubtLine {
			return true
		}
	}
	return false
}

// doubtLine is from which cosine on a doubtful clause is about a skill.
const doubtLine = 0.33

// claim is what a degree counts in this profile: less where a long list has no
// sentence behind it at all.
func (p *Person) claim(degree float64) float64 {
	if len(p.listed) < longList {
		return degree
	}
	for i := range p.lines {
		if p.lines[i].stance == done && len(p.lines[i].skills) > 0 && p.lines[i].part != partHeadline {
			return degree
		}
	}
	return min(degree, degreeStuffed)
}

// linesWith sorts the lines that show something by their stance; a headline
// counts as a claim, not as work.
func (p *Person) linesWith(shows func(*line) bool) map[stance][]*line {
	found := make(map[stance][]*line)
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance == aimed || !shows(l) {
			continue
		}
		as := l.stance
		if l.part == partHeadline && as == done {
			as = pitched
		}
		found[as] = append(found[as], l)
	}
	return found
}

// shows reports whether a line names a skill or one that is a kind of it.
func (p *Person) shows(l *line, name, key string) bool {
	if l.keys[key] {
		return true
	}
	for _, s := range l.skills {
		if p.isKindOf(s, name) {
			return true
		}
	}
	_, known := p.reader.vocabulary.Lookup(name)
	return (!known || strings.Contains(name, " ")) && p.namesPlainly(l.keys, name)
}

// vendors stand before names of things that are mostly named without them.
var vendors = []string{"Apache ", "Google ", "Adobe ", "Microsoft ", "Amazon ", "AWS ", "Red Hat ", "HashiCorp ", "Autodesk ", "Atlassian "}

// shortened reports whether a line names a skill of two words by one of them, as
// people of the trade do: "Compose" beside Kotlin, "cut in Resolve". The word
// must be written as a name and a skill that is near must be shown too.
func (p *Person) shortened(l *line, name string) bool {
	first, second, two := strings.Cut(name, " ")
	if !two || strings.Contains(second, " ") || len(first) < 5 || len(second) < 5 {
		return false
	}
	if !asName(l.quote, second) && !asName(l.quote, first) {
		return false
	}
	near := func(s string) bool { return p.reader.vocabulary.Relatedness(s, name) >= shortenedNear }
	for _, s := range l.skills {
		if near(s) {
			return true
		}
	}
	for _, other := range p.listed {
		if other.name != "" && near(other.name) {
			return true
		}
	}
	return false
}

// shortenedNear is how near another skill must be that tells what a shortened
// name is short for.
const shortenedNear = 0.4

// asName reports whether a word stands within a text with its capital letter,
// which no beginning of a sentence gave it.
func asName(text, word string) bool {
	at := strings.Index(text, " "+word)
	if at < 1 || text[at-1] == '.' || text[at-1] == ':' {
		return false
	}
	end := at + 1 + len(word)
	return end == len(text) || !(text[end] >= 'a' && text[end] <= 'z' || text[end] == ' ' && end+1 < len(text) && text[end+1] >= 'A' && text[end+1] <= 'Z')
}

// namesPlainly finds a skill that the vocabulary does not have by its words.
func (p *Person) namesPlainly(keys map[string]bool, name string) bool {
	for _, vendor := range vendors {
		name = strings.TrimPrefix(name, vendor)
	}
	stems := stemsOf(name)
	for _, s := range stems {
		if root := rootOf(s); !keys[s] && !(root != "" && keys[root]) {
			return false
		}
	}
	return len(stems) > 0
}

// kindSteps is how far up a more general skill may be that a skill still shows.
const kindSteps = 2

// isKindOf reports whether a skill is a kind of another: Next.js of React.
func (p *Person) isKindOf(name, general string) bool {
	if name == general {
		return true
	}
	for i, above := range p.reader.vocabulary.Ancestors(name) {
		if i >= 8 {
			break
		}
		if above.Name == general {
			related := p.reader.vocabulary.Relatedness(name, general)
			return related >= 0.75*0.75-1e-9 && kindSteps >= 2
		}
	}
	return false
}

func (p *Person) lists(name, key string) (listing, bool) {
	for _, l := range p.listed {
		if l.name == name || l.keys[key] || l.name != "" && p.isKindOf(l.name, name) {
			return l, true
		}
		if l.name == "" && p.namesPlainly(l.keys, name) {
			if _, known := p.reader.vocabulary.Lookup(name); !known {
				return l, true
			}
		}
	}
	return listing{}, false
}

// related finds a skill that is near the one that is asked for.
func (p *Person) related(name string) Finding {
	best, by, how := 0.0, "", []Proof(nil)
	consider := func(skill string, weight float64, proof Proof) {
		if r := p.reader.vocabulary.Relatedness(skill, name) * weight; r > best {
			best, by, how = r, skill, []Proof{proof}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.stance != done || l.part == partHeadline {
			continue
		}
		for _, s := range l.skills {
			consider(s, 1, l.proof())
		}
	}
	for _, l := range p.listed {
		if l.name != "" {
			consider(l.name, 0.6, Proof{Field: l.field, Quote: l.quote, End: utf16Len(l.quote)})
		}
	}
	if best < 0.3 {
		return Finding{Status: Missing, Note: fmt.Sprintf("The profile does not name %s.", name)}
	}
	return Finding{Status: Partly, Degree: min(mostRelated, best/2), Proofs: how, Via: by + " is near " + name, Note: fmt.Sprintf("The profile does not name %s; %s is near.", name, by)}
}

// via tells how a line shows a skill where it does not use its name.
func (p *Person) via(name, key string, l *line) string {
	if strings.Contains(strings.ToLower(l.quote), strings.ToLower(name)) {
		return ""
	}
	if l.keys[key] {
		for _, m := range p.reader.vocabulary.Match(l.quote) {
			if m.Skill.Name == name {
				return m.Text + " is " + name
			}
		}
	}
	for _, s := range l.skills {
		if p.isKindOf(s, name) {
			return viaText(s, name, false)
		}
	}
	return ""
}

func viaText(has, name string, same bool) string {
	if same {
		return has + " is " + name
	}
	return has + " is a kind of " + name
}

const mostProofs = 2

// proofs are the most telling of some lines: work first, then what is longest.
func (p *Person) proofs(lines []*line) []Proof {
	var list []Proof
	for _, in := range []part{partWork, partCredential, partOverview, partTitle, partHeadline} {
		for _, l := range lines {
			if l.part == in && len(list) < mostProofs {
				list = append(list, l.proof())
			}
		}
	}
	return list
}

func (l *line) proof() Proof {
	return Proof{Field: l.field, Quote: l.quote, Start: l.start, End: l.end}
}
