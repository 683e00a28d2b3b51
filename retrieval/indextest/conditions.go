package indextest

import (
	"fmt"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
)

// hostile are values that no document has. None is an operator or a pattern, and none breaks a filter.
var hostile = []string{
	"", " ", "%", "_", "*", "'", `"`, `\`, "' or '1'='1", "'; drop table documents; --", "{}", "[]", "null", "{a,b}", "$1", "a\nb", "\xff\xfe",
	"🍵", "::text", "~go", "--", "/*",
}

// testConditions: each condition of a filter alone, on documents that say what
// it asks about and on some that do not.
func testConditions(t *testing.T, x retrieval.Index) {
	docs := append(conditionPosts(), conditionProfiles()...)
	docs = append(docs, proposalOf("early", "2024-05-01", 900_00), proposalOf("late", "2025-05-01", 100_00), proposalOf("undated", "", 0))
	for i := range docs {
		docs[i].Vector = first
	}
	upsert(t, x, docs, len(docs))
	for kind, tests := range map[retrieval.Kind][]condition{
		retrieval.KindJobPost:  postConditions(),
		retrieval.KindProfile:  profileConditions(),
		retrieval.KindProposal: proposalConditions,
	} {
		for _, tt := range tests {
			t.Run(string(kind)+"/"+tt.name, func(t *testing.T) {
				filter := tt.filter
				filter.Tenant, filter.Kind = tenant, kind
				keeps(t, x, filter, tt.want...)
			})
		}
	}
}

type condition struct {
	name   string
	filter retrieval.Filter
	want   []string
}

// conditionPosts: "bare" says nothing that a condition asks about.
func conditionPosts() []retrieval.Stored {
	berlin, kolkata, bare := post("berlin", "Apple", ""), post("kolkata", "Apple", ""), post("bare", "Apple", "")
	single, open := post("single", "Apple", ""), post("open", "Apple", "")
	*berlin.Post = retrieval.JobPost{
		Title: "Apple", Category: "web", Skills: []string{"golang", "SQL"}, Level: "expert", PayType: retrieval.PayHourly, PayMin: 40_00, PayMax: 60_00, Currency: "EUR",
		HoursPerWeek: 20, Country: "DE", TimeZone: "Europe/Berlin", Language: "de", PostedOn: "2025-03-10",
	}
	*kolkata.Post = retrieval.JobPost{
		Title: "Apple", Category: "web", Skills: []string{"Go"}, Level: "entry", PayType: retrieval.PayFixed, PayMin: 500_00, PayMax: 500_00, Currency: "USD",
		HoursPerWeek: 40, Country: "IN", TimeZone: "Asia/Kolkata", Language: "en", PostedOn: "2025-03-11",
	}
	*bare.Post = retrieval.JobPost{Title: "Apple", Skills: []string{}}
	*single.Post = retrieval.JobPost{Title: "Apple", Skills: []string{}, PayMin: 45_00, Currency: "EUR", PayType: retrieval.PayHourly, PostedOn: "2024-12-31"}
	*open.Post = retrieval.JobPost{Title: "Apple", Skills: []string{}, PayMax: 70_00, Currency: "EUR", Country: "AT", TimeZone: "UTC", HoursPerWeek: 1}
	return []retrieval.Stored{
		{Document: berlin, Skills: []string{"Go", "SQL"}},
		{Document: kolkata, Skills: []string{"Go", "Go", "C++ & 'co'"}},
		{Document: bare}, {Document: single, Skills: []string{"SQL", "go"}}, {Document: open, Skills: []string{"Google Cloud"}},
	}
}

func postConditions() []condition {
	offset := func(name string) int {
		place, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		_, seconds := time.Now().In(place).Zone()
		return seconds / 60
	}
	euro := func(low, high int64) retrieval.PayRange {
		return retrieval.PayRange{Currency: "EUR", Min: low, Max: high}
	}
	list := []condition{
		{"all skills", retrieval.Filter{AllSkills: []string{"Go"}}, []string{"berlin", "kolkata"}},
		{"several all skills", retrieval.Filter{AllSkills: []string{"SQL", "Go"}}, []string{"berlin"}},
		{"a skill twice", retrieval.Filter{AllSkills: []string{"Go", "Go"}}, []string{"berlin", "kolkata"}},
		{"a part of a skill", retrieval.Filter{AllSkills: []string{"Google"}}, nil},
		{"a skill in other letters", retrieval.Filter{AllSkills: []string{"sql"}}, nil},
		{"a skill with signs", retrieval.Filter{AllSkills: []string{"C++ & 'co'"}}, []string{"kolkata"}},
		{"a skill as the document spells it", retrieval.Filter{AllSkills: []string{"golang"}}, nil},
		{"any skill", retrieval.Filter{AnySkills: []string{"SQL", "Google Cloud", "Rust"}}, []string{"berlin", "single", "open"}},
		{"all and any", retrieval.Filter{AllSkills: []string{"Go"}, AnySkills: []string{"SQL", "Rust"}}, []string{"berlin"}},
		{"skills, none asked for", retrieval.Filter{AllSkills: []string{}, AnySkills: []string{}}, []string{"berlin", "kolkata", "bare", "single", "open"}},

		{"pay, overlapping from below", retrieval.Filter{Pay: []retrieval.PayRange{euro(10_00, 40_00)}}, []string{"berlin"}},
		{"pay, inside", retrieval.Filter{Pay: []retrieval.PayRange{euro(50_00, 55_00)}}, []string{"berlin"}},
		{"pay, a single bound is a point", retrieval.Filter{Pay: []retrieval.PayRange{euro(42_00, 46_00)}}, []string{"berlin", "single"}},
		{"pay, at least", retrieval.Filter{Pay: []retrieval.PayRange{euro(61_00, 0)}}, []string{"open"}},
		{"pay, at most", retrieval.Filter{Pay: []retrieval.PayRange{euro(0, 45_00)}}, []string{"berlin", "single"}},
		{"pay, named at all", retrieval.Filter{Pay: []retrieval.PayRange{euro(0, 0)}}, []string{"berlin", "single", "open"}},
		{"pay, several currencies", retrieval.Filter{Pay: []retrieval.PayRange{euro(0, 45_00), {Currency: "USD", Min: 500_00}}}, []string{"berlin", "single", "kolkata"}},
		{"pay, another currency", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "GBP"}}}, nil},
		{"pay, nothing between", retrieval.Filter{Pay: []retrieval.PayRange{euro(71_00, 90_00)}}, nil},
		{"pay, the other way round", retrieval.Filter{Pay: []retrieval.PayRange{euro(90_00, 10_00)}}, nil},
		{"pay and type", retrieval.Filter{PayType: retrieval.PayHourly, Pay: []retrieval.PayRange{euro(0, 0)}}, []string{"berlin", "single"}},

		{"country", retrieval.Filter{Countries: []string{"DE"}}, []string{"berlin"}},
		{"countries", retrieval.Filter{Countries: []string{"AT", "IN", "FR"}}, []string{"kolkata", "open"}},
		{"zone", retrieval.Filter{Zone: &retrieval.ZoneWindow{Offset: offset("Europe/Berlin"), Within: 0}}, []string{"berlin"}},
		{"zone, some hours around", retrieval.Filter{Zone: &retrieval.ZoneWindow{Offset: 0, Within: 180}}, []string{"berlin", "open"}},
		{"zone, half an hour off", retrieval.Filter{Zone: &retrieval.ZoneWindow{Offset: 5 * 60, Within: 30}}, []string{"kolkata"}},
		{"zone, not quite", retrieval.Filter{Zone: &retrieval.ZoneWindow{Offset: 5 * 60, Within: 29}}, nil},
		{"zone, the whole earth", retrieval.Filter{Zone: &retrieval.ZoneWindow{Within: 24 * 60}}, []string{"berlin", "kolkata", "open"}},
		{"zone, less than nothing", retrieval.Filter{Zone: &retrieval.ZoneWindow{Within: -1}}, nil},
		{"language", retrieval.Filter{Languages: []string{"de"}}, []string{"berlin"}},
		{"languages", retrieval.Filter{Languages: []string{"fr", "en", "de"}}, []string{"berlin", "kolkata"}},

		{"from", retrieval.Filter{From: "2025-03-10"}, []string{"berlin", "kolkata"}},
		{"to", retrieval.Filter{To: "2025-03-10"}, []string{"berlin", "single"}},
		{"one day", retrieval.Filter{From: "2025-03-10", To: "2025-03-10"}, []string{"berlin"}},
		{"from after to", retrieval.Filter{From: "2025-03-11", To: "2025-03-10"}, nil},
		{"hours", retrieval.Filter{MinHours: 20}, []string{"berlin", "kolkata"}},
		{"one hour", retrieval.Filter{MinHours: 1}, []string{"berlin", "kolkata", "open"}},
		{"hours of no week", retrieval.Filter{MinHours: 1 << 40}, nil},
		{"available: posts have no date", retrieval.Filter{AvailableBy: "2025-01-01", Countries: []string{"DE"}}, []string{"berlin"}},
		{"credentials: posts have none", retrieval.Filter{Credentials: []string{"AWS"}}, nil},

		{"everything at once", retrieval.Filter{
			Category: "web", Level: "expert", PayType: retrieval.PayHourly, Currency: "EUR", AllSkills: []string{"Go", "SQL"}, AnySkills: []string{"SQL"},
			Pay: []retrieval.PayRange{euro(50_00, 0)}, Countries: []string{"DE", "AT"}, Zone: &retrieval.ZoneWindow{Offset: 60, Within: 60}, Languages: []string{"de"},
			From: "2025-01-01", To: "2025-12-31", AvailableBy: "2025-01-01", MinHours: 10, Exclude: []string{"kolkata"},
		}, []string{"berlin"}},
		{"everything, and not this one", retrieval.Filter{AllSkills: []string{"Go"}, Countries: []string{"DE"}, Exclude: []string{"berlin"}}, nil},
	}
	for i, value := range hostile {
		list = append(list,
			condition{fmt.Sprintf("hostile skill %d", i), retrieval.Filter{AllSkills: []string{value}}, nil},
			condition{fmt.Sprintf("hostile any skill %d", i), retrieval.Filter{AnySkills: []string{value, "SQL"}}, []string{"berlin", "single"}},
			condition{fmt.Sprintf("hostile country %d", i), retrieval.Filter{Countries: []string{value}}, nil},
			condition{fmt.Sprintf("hostile language %d", i), retrieval.Filter{Languages: []string{value}}, nil},
			condition{fmt.Sprintf("hostile id %d", i), retrieval.Filter{Countries: []string{"DE"}, Exclude: []string{value}}, []string{"berlin"}})
		if value != "" {
			list = append(list, condition{fmt.Sprintf("hostile category %d", i), retrieval.Filter{Category: value}, nil})
		}
	}
	return list
}

// conditionProfiles: "bare" says nothing, and is therefore free.
func conditionProfiles() []retrieval.Stored {
	senior, junior, bare := profile("senior", "Apple"), profile("junior", "Apple"), profile("bare", "Apple")
	s, j := senior.Profile, junior.Profile
	s.Rate, s.Currency, s.Country, s.TimeZone, s.HoursPerWeek, s.AvailableFrom = 90_00, "USD", "US", "America/New_York", 30, "2025-06-01"
	s.Languages = []retrieval.Language{{Code: "en", Level: "native"}, {Code: "es", Level: "basic"}}
	s.Credentials = []string{"AWS Certified Solutions Architect", "PMP 100%"}
	j.Rate, j.Currency, j.Country, j.TimeZone, j.HoursPerWeek, j.AvailableFrom = 15_00, "USD", "PH", "Asia/Manila", 40, "2025-01-01"
	j.Languages = []retrieval.Language{{Code: "en", Level: "fluent"}}
	j.Credentials = []string{"Élève d'honneur", "AWS Cloud Practitioner"}
	return []retrieval.Stored{{Document: senior, Skills: []string{"Go"}}, {Document: junior}, {Document: bare}}
}

func profileConditions() []condition {
	list := []condition{
		{"rate", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "USD", Max: 20_00}}}, []string{"junior"}},
		{"speaks", retrieval.Filter{Languages: []string{"es"}}, []string{"senior"}},
		{"speaks one of", retrieval.Filter{Languages: []string{"es", "en"}}, []string{"senior", "junior"}},
		{"available", retrieval.Filter{AvailableBy: "2025-01-01"}, []string{"junior", "bare"}},
		{"available later", retrieval.Filter{AvailableBy: "2025-06-01"}, []string{"senior", "junior", "bare"}},
		{"available long ago", retrieval.Filter{AvailableBy: "2000-01-01"}, []string{"bare"}},
		{"credential", retrieval.Filter{Credentials: []string{"certified solutions"}}, []string{"senior"}},
		{"credential in other letters", retrieval.Filter{Credentials: []string{"aWs"}}, []string{"senior", "junior"}},
		{"credentials, each", retrieval.Filter{Credentials: []string{"aws", "pmp"}}, []string{"senior"}},
		{"credential with an accent", retrieval.Filter{Credentials: []string{"élève D'HONNEUR"}}, []string{"junior"}},
		{"credential with a sign", retrieval.Filter{Credentials: []string{"100%"}}, []string{"senior"}},
		{"a sign alone", retrieval.Filter{Credentials: []string{"%"}}, []string{"senior"}},
		{"credential over two", retrieval.Filter{Credentials: []string{"architect pmp"}}, nil},
		{"from: profiles have no date", retrieval.Filter{From: "1990-01-01"}, nil},
		{"skills", retrieval.Filter{AnySkills: []string{"Go"}}, []string{"senior"}},
	}
	for i, value := range []string{"_", "'; drop table documents; --", `\`, `"`, "[]", "{", "$1", ".*", "🍵", "AWS%Architect", "\xff"} {
		list = append(list, condition{fmt.Sprintf("hostile credential %d", i), retrieval.Filter{Credentials: []string{value}}, nil})
	}
	return list
}

func proposalOf(id, sent string, bid int64) retrieval.Stored {
	p := &retrieval.Proposal{JobPost: "berlin", Text: "Apple", SentOn: sent, Bid: bid}
	if bid > 0 {
		p.BidType, p.Currency = retrieval.PayFixed, "EUR"
	}
	return retrieval.Stored{Document: retrieval.Document{Kind: retrieval.KindProposal, ID: id, Proposal: p}}
}

var proposalConditions = []condition{
	{"sent from", retrieval.Filter{From: "2025-01-01"}, []string{"late"}},
	{"sent to", retrieval.Filter{To: "2025-01-01"}, []string{"early"}},
	{"bid", retrieval.Filter{Pay: []retrieval.PayRange{{Currency: "EUR", Max: 500_00}}}, []string{"late"}},
	{"language: proposals name none", retrieval.Filter{Languages: []string{"en"}}, nil},
}
