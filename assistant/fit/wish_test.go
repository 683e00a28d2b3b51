package fit_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// office is whose wishes are read: in London, paying pounds.
var office = fit.WishContext{
	Zone: "Europe/London", Country: "GB", Currency: "GBP",
	People: []fit.Shown{
		{ID: "c1", Headline: "Baker in Lisbon", Rate: 4000, Currency: "EUR", Country: "PT"},
		{ID: "c7", Headline: "Pastry cook", Rate: 5000, Currency: "GBP", Country: "GB"},
		{ID: "c3", Headline: "Wine waiter", Country: "FR"},
	},
}

// TestWishConditions reads single sentences; want is how people read the
// conditions back, the hard ones first marked with "!", preferences with "~".
func TestWishConditions(t *testing.T) {
	reader := newReader()
	for text, want := range map[string]string{
		"experts only, at most 75 euros, in the EU, and free before 15 April": "!expert level; !at most €75 an hour; !based in the EU; !free by 14 April",
		"Laravel plus Vue 3 for real, at most 95 AUD":                         "!Laravel in real work; !Vue.js in real work; !at most A$95 an hour",
		"in a country of Asia or Oceania, India excluded":                     "!based in Asia or Oceania; !not based in India",

		"under €60":                         "!under €60 an hour",
		"60 an hour tops":                   "!at most £60 an hour",
		"between 40 and 60":                 "!£40 to £60 an hour",
		"we can go up to 50 pounds":         "!at most £50 an hour",
		"$50/hr max":                        "!at most $50 an hour",
		"nobody above 70":                   "!at most £70 an hour",
		"400 euros a day at most":           "!at most €50 an hour",
		"cheaper than c7":                   "!cheaper than £50 an hour",
		"only those with a rate":            "!names a rate",
		"seniors only":                      "!expert level",
		"no juniors":                        "!no beginners",
		"not junior":                        "!no beginners",
		"mid-level or above":                "!no beginners",
		"native English":                    "!native English",
		"fluent German or Polish":           "!fluent German or Polish",
		"speaks Italian at a good level":    "!fluent Italian",
		"any with Dutch? basic is enough":   "!some Dutch",
		"they must speak French and German": "!speaks French; !speaks German",

		"same time zone as us":                        "!in your time zone",
		"within 2 hours of New York":                  "!within 2 hours of New York time",
		"someone in my time zone, plus minus an hour": "!in your time zone",
		"CET plus or minus 2 hours":                   "!within 2 hours of CET time",

		"at least 30 hours a week":     "!at least 30 hours a week",
		"full week, that is 38 hours":  "!at least 38 hours a week",
		"more than 15 hours":           "!at least 16 hours a week",
		"free before April":            "!free by 31 March",
		"can start by March 10":        "!free by 10 March",
		"available in March":           "!free by 31 March",
		"first week of March":          "!free by 7 March",
		"who can start next week":      "!free by 13 March",
		"within the next two weeks":    "!free by 16 March",
		"at least ten jobs here":       "!at least 10 jobs here",
		"more than 20 jobs":            "!at least 21 jobs here",
		"rating 4.8 or better":         "!rated 4.8 or better here",
		"no newcomers":                 "!has worked here before",
		"only people with a PhD":       "!credential: PhD",
		"licensed electricians please": "!credential: licensed electricians",

		"law firms on their client list":                      "!law firms on their client list",
		"used to children of that age":                        "!children of that age",
		"who've shipped watch apps":                           "!shipped watch apps",
		"more design than code":                               "~design",
		"I'd prefer someone in Portugal":                      "~based in Portugal",
		"more than anything I need comedy":                    "~comedy",
		"no agencies please":                                  "!no agencies",
		"knows k8s":                                           "!Kubernetes",
		"R in real projects, a course isn't enough":           "!R in real work",
		"five years of Kafka":                                 "!5 years of Apache Kafka",
		"they should know Figma, and have worked for museums": "!Figma; !worked for museums",

		"Poland, it is closer to our factory": "!based in Poland",
		"licence or not":                      "",
		"an EU grant would be nice":           "~EU grant",
	} {
		wish := reader.Wish(text, today, office)
		if got := spoken(wish.Add); got != want && !(strings.HasPrefix(want, "~") && strings.HasPrefix(got, want)) && !sameSet(got, want) {
			t.Errorf("%q is read as %q, want %q (rest %q)", text, got, want, wish.Rest)
		}
	}
}

func spoken(list []fit.Requirement) string {
	var all []string
	for _, r := range list {
		mark := "~"
		if r.Hard {
			mark = "!"
		}
		all = append(all, mark+r.Text)
	}
	return strings.Join(all, "; ")
}

func sameSet(a, b string) bool {
	split := func(s string) []string { return slices.Sorted(slices.Values(strings.Split(s, "; "))) }
	return slices.Equal(split(a), split(b))
}

func TestWishOperations(t *testing.T) {
	reader := newReader()
	for text, want := range map[string]fit.Wish{
		"back to everybody":                   {Reset: true},
		"start again":                         {Reset: true},
		"scrap all that":                      {Reset: true},
		"different question: among all":       {Reset: true},
		"drop c7":                             {Exclude: []string{"c7"}},
		"without c1 and c3":                   {Exclude: []string{"c1", "c3"}},
		"the first one is out":                {Exclude: []string{"c1"}},
		"drop the bakery one and bring c7 up": {},
		"without the Lisbon one":              {Exclude: []string{"c1"}},
		"bring c3 back":                       {Include: []string{"c3"}},
		"rate unknown is fine":                {Allow: []fit.Kind{fit.Pay}},
		"price matters most":                  {Weights: map[fit.Feature]float64{fit.FeaturePay: 2}},
		"just the cheaper one":                {Exclude: []string{"c7", "c3"}},
	} {
		got := reader.Wish(text, today, office)
		if text == "drop the bakery one and bring c7 up" {
			if len(got.Include) > 0 {
				t.Errorf("%q puts back %v", text, got.Include)
			}
			continue
		}
		if got.Reset != want.Reset || !slices.Equal(got.Exclude, want.Exclude) || !slices.Equal(got.Include, want.Include) || !slices.Equal(got.Allow, want.Allow) || !maps.Equal(got.Weights, want.Weights) || len(got.Add) > 0 {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// TestConversation applies wishes one after the other and compares the
// conditions in force.
func TestConversation(t *testing.T) {
	reader := newReader()
	context := office
	for _, step := range []struct{ says, inForce string }{
		{"only Ireland and the UK, at most 60 an hour", "!based in Ireland or United Kingdom; !at most £60 an hour"},
		{"forget the UK part", "!based in Ireland or United Kingdom, not counting the UK part; !at most £60 an hour"},
		{"Poland is fine too", "!at most £60 an hour; !based in Ireland or United Kingdom, not counting the UK part or Poland"},
		{"not India", "!at most £60 an hour; !based in Ireland or United Kingdom, not counting the UK part or Poland; !not based in India"},
		{"India is ok after all, but native English", "!at most £60 an hour; !based in Ireland or United Kingdom, not counting the UK part or Poland; !native English"},
		{"fluent English is enough, not only native", "!at most £60 an hour; !based in Ireland or United Kingdom, not counting the UK part or Poland; !fluent English"},
		{"anywhere is ok", "!at most £60 an hour; !fluent English"},
		{"80 is ok too", "!at most £80 an hour; !fluent English"},
		{"German isn't that important, and 32 hours", "!at most £80 an hour; !fluent English; !at least 32 hours a week"},
		{"take the 32 hours away again, 30 was fine", "!at most £80 an hour; !fluent English; !at least 30 hours a week"},
		{"English doesn't matter", "!at most £80 an hour; !at least 30 hours a week"},
		{"start again: seniors with Kotlin", "!expert level; !Kotlin"},
		{"never mind the Kotlin", "!expert level"},
	} {
		wish := reader.Wish(step.says, today, context)
		context.Earlier, _ = wish.Apply(context.Earlier)
		if got := spoken(context.Earlier); !sameSet(got, step.inForce) {
			t.Errorf("after %q: %q, want %q", step.says, got, step.inForce)
		}
	}
}

// TestProtected holds that nobody is chosen by what they are.
func TestProtected(t *testing.T) {
	for _, text := range []string{"only women", "no older people please", "young guys only"} {
		wish := newReader().Wish(text, today, office)
		if wish.Refused == "" || len(wish.Add) > 0 {
			t.Errorf("%q is read as %+v", text, wish)
		}
	}
	if wish := newReader().Wish("who has worked with older people", today, office); wish.Refused != "" || len(wish.Add) != 1 {
		t.Errorf("experience with a group was refused: %+v", wish)
	}
}

func TestWishOfForeignText(t *testing.T) {
	wish := newReader().Wish("ну а теперь что-нибудь другое", today, office)
	if len(wish.Add) > 0 || wish.Rest == "" {
		t.Errorf("read as %+v, want only a rest", wish)
	}
}

func TestApplyKeepsIDs(t *testing.T) {
	earlier := []fit.Requirement{{ID: "r7", Kind: fit.Pay, Hard: true, Must: true, Rates: []retrieval.PayRange{{Currency: "EUR", Max: 100}}}, {ID: "r1", Kind: fit.Level, Hard: true, Must: true, Levels: []string{"expert"}}}
	now, gone := fit.Wish{Add: []fit.Requirement{{Kind: fit.Hours, Hard: true, Must: true, HoursAWeek: 20}}}.Apply(earlier)
	if len(gone) != 0 || len(now) != 3 || now[0].ID != "r7" || now[1].ID != "r1" || now[2].ID != "r2" {
		t.Errorf("now %+v, gone %+v", now, gone)
	}
}
