package indextest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// testAgreement compares an index with one that is a map and a loop, on random
// documents, filters, changes and deletions.
func testAgreement(t *testing.T, x retrieval.Index) {
	const rounds, documents, filters = 4, 60, 40
	g := generator{seeded(11)}
	naive := make(map[string]retrieval.Stored)
	for round := range rounds {
		var docs []retrieval.Stored
		for range documents {
			d := g.document(number("d", g.IntN(2*documents)))
			naive[d.Document.ID] = d
			docs = append(docs, d)
		}
		if _, err := x.Upsert(t.Context(), tenant, embedding, docs); err != nil {
			t.Fatalf("Upsert: %v", err)
		}
		var gone []string
		for id := range naive {
			if g.IntN(10) == 0 {
				gone = append(gone, id)
			}
		}
		for _, id := range gone {
			delete(naive, id)
		}
		if _, err := x.Delete(t.Context(), tenant, retrieval.KindProfile, gone); err != nil {
			t.Fatalf("Delete: %v", err)
		}
		for i := range filters {
			agree(t, x, naive, g.filter(), g.vector(), fmt.Sprintf("round %d, filter %d", round, i))
		}
	}
}

// agree checks one filter by everything that filters.
func agree(t *testing.T, x retrieval.Index, naive map[string]retrieval.Stored, filter retrieval.Filter, query []float32, what string) {
	t.Helper()
	var want []string
	scores := make(map[string]float64)
	for id, d := range naive {
		if passes(filter, d) {
			want = append(want, id)
			scores[id] = dot(query, d.Vector)
		}
	}
	before := t.Failed()
	keeps(t, x, filter, want...)
	slices.SortFunc(want, func(a, b string) int { return cmp.Compare(scores[b], scores[a]) })
	const limit = 5
	list := nearest(t, x, filter, query, limit)
	if len(list) != min(limit, len(want)) {
		t.Errorf("%d nearest, want %d", len(list), min(limit, len(want)))
	}
	for i, r := range list {
		if i < len(want) && math.Abs(r.Score-scores[want[i]]) > 0.002 {
			t.Errorf("the cosine of place %d is %v, want %v", i, r.Score, scores[want[i]])
		}
	}
	if t.Failed() && !before {
		t.Errorf("%s: %+v", what, filter)
	}
}

// passes is what a filter means, condition by condition.
func passes(f retrieval.Filter, d retrieval.Stored) bool {
	p := d.Document.Profile
	lists := func(skill string) bool { return slices.Contains(d.Skills, skill) }
	var speaks, credentials []string
	for _, l := range p.Languages {
		speaks = append(speaks, l.Code)
	}
	for _, c := range p.Credentials {
		credentials = append(credentials, strings.ToLower(c))
	}
	payType := ""
	if p.Rate > 0 {
		payType = retrieval.PayHourly
	}
	currency := ""
	if p.Rate > 0 {
		currency = p.Currency
	}
	for _, wanted := range f.Credentials {
		if !slices.ContainsFunc(credentials, func(c string) bool { return strings.Contains(c, strings.ToLower(wanted)) }) {
			return false
		}
	}
	for _, skill := range f.AllSkills {
		if !lists(skill) {
			return false
		}
	}
	inRange := func(r retrieval.PayRange) bool {
		return p.Rate > 0 && currency == r.Currency && p.Rate >= r.Min && (r.Max == 0 || p.Rate <= r.Max)
	}
	return (f.Category == "" || f.Category == p.Category) && (f.Level == "" || f.Level == p.Level) &&
		(f.PayType == "" || f.PayType == payType) && (f.Currency == "" || f.Currency == currency) &&
		(len(f.AnySkills) == 0 || slices.ContainsFunc(f.AnySkills, lists)) &&
		(len(f.Pay) == 0 || slices.ContainsFunc(f.Pay, inRange)) &&
		(len(f.Countries) == 0 || p.Country != "" && slices.Contains(f.Countries, p.Country)) &&
		(f.Zone == nil || near(*f.Zone, p.TimeZone)) &&
		(len(f.Languages) == 0 || slices.ContainsFunc(f.Languages, func(l string) bool { return slices.Contains(speaks, l) })) &&
		(f.AvailableBy == "" || p.AvailableFrom == "" || p.AvailableFrom <= f.AvailableBy) &&
		(f.MinHours <= 0 || p.HoursPerWeek >= f.MinHours) &&
		!slices.Contains(f.Exclude, d.Document.ID)
}

func near(w retrieval.ZoneWindow, zone string) bool {
	if zone == "" {
		return false
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		return false
	}
	_, seconds := time.Now().In(place).Zone()
	return seconds/60-w.Offset <= w.Within && w.Offset-seconds/60 <= w.Within
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// generator makes profiles and filters of few values, so that they meet.
type generator struct{ *rand.Rand }

var (
	someCategories  = []string{"", "web", "Été & 'co'", "design"}
	someLevels      = []string{"", "entry", "intermediate", "expert"}
	someSkills      = []string{"Go", "go", "C++", "Node.js", "a,b", `{"x"}`, "Machine Learning"}
	someCurrencies  = []string{"EUR", "USD", "JPY"}
	someCountries   = []string{"", "DE", "US", "IN"}
	someZones       = []string{"", "UTC", "Europe/Berlin", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Auckland"}
	someLanguages   = []string{"en", "de", "es"}
	someDays        = []string{"", "2025-01-01", "2025-01-02", "2025-06-30", "2026-01-01"}
	someCredentials = []string{"AWS Solutions Architect", "aws cloud", "PMP", "100%_sure", `back\slash`}
)

func (g generator) one(list []string) string { return list[g.IntN(len(list))] }

// some picks up to n values, none half of the time.
func (g generator) some(list []string, n int) []string {
	var picked []string
	for range max(0, g.IntN(2*n+1)-n) {
		picked = append(picked, g.one(list))
	}
	return picked
}

func (g generator) vector() []float32 { return direction(g.Rand, dimensions) }

func (g generator) document(id string) retrieval.Stored {
	d := profile(id, fmt.Sprintf("Apple %d", g.IntN(1000)))
	p := d.Profile
	p.Category, p.Level, p.Country, p.TimeZone, p.AvailableFrom = g.one(someCategories), g.one(someLevels), g.one(someCountries), g.one(someZones), g.one(someDays)
	p.HoursPerWeek, p.Credentials = g.IntN(5)*10, g.some(someCredentials, 3)
	if g.IntN(3) > 0 {
		p.Rate, p.Currency = int64(1+g.IntN(100))*100, g.one(someCurrencies)
	}
	for _, code := range g.some(someLanguages, 3) {
		p.Languages = append(p.Languages, retrieval.Language{Code: code, Level: "fluent"})
	}
	return retrieval.Stored{Document: d, Skills: g.some(someSkills, 5), Vector: g.vector(), Analysis: "v1"}
}

// filter sets each condition rarely, so that some documents pass.
func (g generator) filter() retrieval.Filter {
	f := retrieval.Filter{Tenant: tenant, Kind: retrieval.KindProfile}
	rarely := func() bool { return g.IntN(6) == 0 }
	if rarely() {
		f.Category = g.one(someCategories)
	}
	if rarely() {
		f.Level = g.one(someLevels)
	}
	if rarely() {
		f.PayType = retrieval.PayHourly
	}
	if rarely() {
		f.Currency = g.one(someCurrencies)
	}
	if rarely() {
		f.AllSkills = g.some(someSkills, 2)
	}
	if rarely() {
		f.AnySkills = g.some(someSkills, 3)
	}
	for rarely() {
		low := int64(g.IntN(100)) * 100
		f.Pay = append(f.Pay, retrieval.PayRange{Currency: g.one(someCurrencies), Min: low, Max: g.Int64N(2) * (low + int64(g.IntN(50))*100)})
	}
	if rarely() {
		f.Countries = g.some(someCountries[1:], 3)
	}
	if rarely() {
		f.Zone = &retrieval.ZoneWindow{Offset: (g.IntN(27) - 13) * 60, Within: g.IntN(8) * 60}
	}
	if rarely() {
		f.Languages = g.some(someLanguages, 2)
	}
	if rarely() {
		f.AvailableBy = g.one(someDays)
	}
	if rarely() {
		f.MinHours = g.IntN(50)
	}
	if rarely() {
		f.Credentials = []string{g.one([]string{"aws", "PM", "%", "_", `\`, "solutions arch", "sure"})}
	}
	for rarely() {
		f.Exclude = append(f.Exclude, number("d", g.IntN(120)))
	}
	return f
}
