package pgindex

import (
	"slices"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// Lexemes for filters begin with a sign that no word begins with.
const sign = "="

func scopeLexeme(in scope) string { return sign + string(in.kind) + ":" + in.tenant }

// Documents that are free without a date, and those with any credential.
const (
	freeLexeme        = sign + "free"
	credentialsLexeme = sign + "credentials"
	maxHours          = 168 // of a week
	// maxTrigrams bounds the lexemes of one condition: more narrow nothing.
	maxTrigrams = 16
)

// documentLexemes are what filters find a document by.
func documentLexemes(tenant string, r record.Record) []string {
	f := r.Facets
	in := scope{tenant, r.Kind}
	list := append(partLexemes(in, r.ID), scopeLexeme(in))
	for _, field := range fields(f) {
		if field.value != "" {
			list = append(list, sign+field.name+":"+field.value)
		}
	}
	list = append(list, named("skill", r.Skills)...)
	list = append(list, named("language", f.Languages)...)
	list = append(list, payLexemes(f)...)
	list = append(list, dayLexemes("on", f.PostedOn)...)
	if f.HoursPerWeek > 0 {
		list = append(list, prefixesOf("hours", f.HoursPerWeek, f.HoursPerWeek)...)
	}
	if r.Kind == retrieval.KindProfile {
		list = append(list, availabilityLexemes(f.AvailableFrom)...)
	}
	return append(list, credentialLexemes(f.Credentials)...)
}

func availabilityLexemes(from string) []string {
	if from == "" {
		return []string{freeLexeme}
	}
	return dayLexemes("from", from)
}

func credentialLexemes(credentials []string) []string {
	if len(credentials) == 0 {
		return nil
	}
	return append(trigrams(credentialLines(credentials)), credentialsLexeme)
}

// trigrams are the lexemes of all runs of three characters.
func trigrams(text string) []string {
	var list []string
	runes := []rune(text)
	for i := range len(runes) - 2 {
		list = append(list, sign+"c:"+string(runes[i:i+3]))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// clauses are conditions on lexemes that a document fulfils which passes the
// selection: it has one of each list. The first is the scope. Where a list is
// empty no document passes.
func (s selection) clauses() [][]string { return append(s.values(), s.rangeClauses()...) }

// values are the clauses that say all there is to say.
func (s selection) values() [][]string {
	list := [][]string{{scopeLexeme(s.scope())}}
	add := func(lexemes []string) { list = append(list, lexemes) }
	for _, field := range fields(retrieval.Facets{Category: s.Category, Level: s.Level, PayType: s.PayType, Currency: s.Currency}) {
		if field.value != "" {
			add([]string{sign + field.name + ":" + field.value})
		}
	}
	for _, skill := range s.AllSkills {
		add(named("skill", []string{skill}))
	}
	for _, any := range [][]string{
		named("skill", s.AnySkills), named("country", s.Countries), named("language", s.Languages),
	} {
		if len(any) > 0 {
			add(any)
		}
	}
	if s.Zone != nil {
		add(named("zone", s.zones))
	}
	return list
}

// none reports whether it is plain that no document passes.
func (s selection) none() bool {
	return slices.ContainsFunc(s.clauses(), func(any []string) bool { return len(any) == 0 })
}

// rangeClauses keep a little too much: columns are to be compared as well.
func (s selection) rangeClauses() (list [][]string) {
	if len(s.Pay) > 0 {
		var any []string
		for _, r := range s.Pay {
			any = append(any, payCover(r)...)
		}
		list = append(list, any)
	}
	if s.From != "" || s.To != "" {
		list = append(list, dayCover("on", s.From, s.To))
	}
	if s.AvailableBy != "" && s.Kind == retrieval.KindProfile {
		list = append(list, append(dayCover("from", "", s.AvailableBy), freeLexeme))
	}
	if s.MinHours > 0 {
		list = append(list, cover("hours", s.MinHours, maxHours))
	}
	for _, part := range s.Credentials {
		list = append(list, []string{credentialsLexeme})
		for _, trigram := range firstOf(trigrams(part), maxTrigrams) {
			list = append(list, []string{trigram})
		}
	}
	return list
}

func named(name string, values []string) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = sign + name + ":" + value
	}
	return list
}

func firstOf(list []string, n int) []string { return list[:min(len(list), n)] }
