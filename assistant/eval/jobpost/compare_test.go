package jobpost

import (
	"encoding/json"
	"testing"
)

// read makes facts and a post from JSON.
func read(t *testing.T, facts, document string) (f Facts, p post) {
	t.Helper()
	if err := json.Unmarshal([]byte(facts), &f); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(document), &p); err != nil {
		t.Fatal(err)
	}
	return f, p
}

func TestCompare(t *testing.T) {
	for name, c := range map[string]struct {
		facts, post, said    string
		right, wrong, missed float64
	}{
		"nothing":                       {`{}`, `{}`, "", 0, 0, 0},
		"title words by stem":           {`{"title_words":["shops","React"]}`, `{"title":"A shop in React"}`, "", 2, 0, 0},
		"a title word missing":          {`{"title_words":["shop"]}`, `{"title":"A site"}`, "", 0, 0, 1},
		"category":                      {`{"category":"web"}`, `{"category":"data"}`, "", 0, 1, 1},
		"deliverable in other words":    {`{"deliverables":["a landing page with contact form"]}`, `{"deliverables":["Landing page and contact form"]}`, "", 1, 0, 0},
		"deliverable in the text":       {`{"deliverables":["contact form"]}`, `{"description":"With a contact form."}`, "", 1, 0, 0},
		"a deliverable nobody named":    {`{"deliverables":["contact form"]}`, `{"deliverables":["Contact form","No idea yet"]}`, "", 1, 1, 0},
		"skill by alias":                {`{"must_skills":["k8s"]}`, `{"skills":{"must":["Kubernetes"]}}`, "", 1, 0, 0},
		"skill in the wrong list":       {`{"nice_skills":["Go"]}`, `{"skills":{"must":["Go"]}}`, "", 0, 1, 1},
		"a skill nobody named":          {`{}`, `{"skills":{"must":["Kubernetes"]}}`, "", 0, 1, 0},
		"a skill that names the work":   {`{"deliverables":["product photos"]}`, `{"skills":{"must":["Product Photography"]},"deliverables":["product photos"]}`, "", 1, 0, 0},
		"pay":                           {`{"pay":{"type":"hourly","min":4000,"max":6000,"currency":"EUR"}}`, `{"pay":{"type":"hourly","min":4000,"max":6000,"currency":"EUR"}}`, "", 2, 0, 0},
		"pay up to":                     {`{"pay":{"type":"fixed","max":60000,"currency":"EUR"}}`, `{"pay":{"type":"fixed","min":60000,"max":60000,"currency":"EUR"}}`, "", 2, 0, 0},
		"pay in another currency":       {`{"pay":{"type":"fixed","min":100,"max":100,"currency":"EUR"}}`, `{"pay":{"type":"fixed","min":100,"max":100,"currency":"USD"}}`, "", 1, 1, 1},
		"another sum":                   {`{"pay":{"type":"fixed","min":100000,"max":100000,"currency":"EUR"}}`, `{"pay":{"type":"fixed","min":100000,"max":200000,"currency":"EUR"}}`, "", 1, 1, 1},
		"a price for a piece is fixed":  {`{"pay":{"type":"fixed","min":6000,"max":6000,"currency":"EUR"}}`, `{"pay":{"per":"episode","min":6000,"max":6000,"currency":"EUR"}}`, "", 2, 0, 0},
		"pay type open":                 {`{"pay":{"type":"fixed","min":6000,"max":6000,"currency":"EUR"}}`, `{"pay":{"min":6000,"max":6000,"currency":"EUR"}}`, "", 1, 0, 1},
		"a month is 28 to 31 days":      {`{"duration_days":{"min":30,"max":30}}`, `{"duration":{"min_days":28,"max_days":31}}`, "", 1, 0, 0},
		"two weeks are not three":       {`{"duration_days":14}`, `{"duration":{"min_days":21,"max_days":21}}`, "", 0, 1, 1},
		"a length as a deadline":        {`{"duration_days":{"min":14,"max":21}}`, `{"deadline":{"date":"2026-03-23"}}`, "", 1, 0, 0},
		"a deadline as a length":        {`{"deadline":"2026-03-30","start":"2026-03-16"}`, `{"duration":{"min_days":14,"max_days":14},"start":{"date":"2026-03-16"}}`, "", 2, 0, 0},
		"both ways to say when":         {`{"duration_days":{"min":14,"max":14}}`, `{"duration":{"min_days":14,"max_days":14},"deadline":{"date":"2026-03-16"}}`, "", 1, 0, 0},
		"a narrower skill":              {`{"title_words":["shop","migration"],"must_skills":["Shopify"]}`, `{"title":"Shop migration","skills":{"must":["Shopify Migration"]}}`, "", 3, 0, 0},
		"a zone by its offset":          {`{"time_zone":"America/Montevideo"}`, `{"time_zone":"UTC-3"}`, "", 1, 0, 0},
		"hours":                         {`{"hours_per_week":{"min":10,"max":15}}`, `{"hours_per_week":{"min":10,"max":15}}`, "", 1, 0, 0},
		"hours not said as a number":    {`{"hours_per_week":20}`, `{"hours_per_week":{"min":0,"max":0,"text":"part time"}}`, "", 0, 0, 1},
		"start as soon as possible":     {`{"start":"asap"}`, `{"start":{"asap":true,"text":"as soon as possible"}}`, "", 1, 0, 0},
		"start within three days":       {`{"start":"2026-03-09"}`, `{"start":{"date":"2026-03-11"}}`, "", 1, 0, 0},
		"deadline a week off":           {`{"deadline":"2026-03-13"}`, `{"deadline":{"date":"2026-03-20"}}`, "", 0, 1, 1},
		"a flexible start is no value":  {`{}`, `{"start":{"text":"flexible"}}`, "", 0, 0, 0},
		"place and mode":                {`{"location":{"mode":"onsite","place":"Lyon","country":"FR"}}`, `{"location":{"mode":"onsite","place":"Lyon"}}`, "in Lyon", 2, 0, 0},
		"a country that was named":      {`{"location":{"place":"Lyon","country":"FR"}}`, `{"location":{"place":"Lyon"}}`, "in Lyon, France", 0, 1, 1},
		"the wrong country":             {`{"location":{"country":"FR"}}`, `{"location":{"country":"BE"}}`, "", 0, 1, 1},
		"zones with the same clock":     {`{"time_zone":"US Eastern"}`, `{"time_zone":"America/New_York"}`, "", 1, 0, 0},
		"zones with another clock":      {`{"time_zone":"CET"}`, `{"time_zone":"Europe/London"}`, "", 0, 1, 1},
		"languages anywhere":            {`{"languages":["de","fr"]}`, `{"conditions":["Must speak German"]}`, "", 1, 0, 1},
		"a condition among skills":      {`{"conditions":["no agencies"]}`, `{"conditions":["No agencies please"]}`, "", 1, 0, 0},
		"a value that was never stated": {`{}`, `{"level":"expert"}`, "", 0, 1, 0},
	} {
		f, p := read(t, c.facts, c.post)
		right, wrong, missed := sum(compare(f, p, c.said))
		if right != c.right || wrong != c.wrong || missed != c.missed {
			t.Errorf("%s: right %v, wrong %v, missed %v: %+v", name, right, wrong, missed, compare(f, p, c.said))
		}
	}
}

func TestReasked(t *testing.T) {
	facts, known := read(t, `{"pay":{"type":"fixed","min":250000,"max":250000,"currency":"EUR"},"deadline":"2026-04-30","level":"expert","must_skills":["React"],"hours_per_week":20}`, `{"level":"expert"}`)
	for _, c := range []struct {
		slot, before string
		post         post
		again        bool
	}{
		{"pay", "We need a site.", post{}, false},
		{"pay", "We need a site for 2.5k.", post{}, true},
		{"pay", "We need a site for 2,500 euros.", post{}, true},
		{"pay", "We need 12,500 labels.", post{}, false},
		{"currency", "About 2500 €", post{}, true},
		{"duration", "Until April 30th.", post{}, true},
		{"duration", "Until April.", post{}, false},
		{"level", "Anything.", known, true},
		{"level", "A senior person.", post{}, true},
		{"skills", "In react, please.", post{}, true},
		{"hours_per_week", "15-20 hours a week", post{}, true},
		{"hours_per_week", "20 pages", post{}, false},
		{"scope", "We need a site.", known, false},
	} {
		if got := len(reasked(facts, []Asked{{Slot: c.slot, Before: c.before, Post: c.post}})) > 0; got != c.again {
			t.Errorf("%s after %q: %v", c.slot, c.before, got)
		}
	}
	if got := reasked(facts, []Asked{{Slot: "scope"}, {Slot: "level"}, {Slot: "scope"}}); len(got) != 1 {
		t.Errorf("asked twice: %v", got)
	}
}

func TestAnswers(t *testing.T) {
	p := &player{c: Case{ID: "x", Answers: map[string]texts{"scope": {"a shop"}, "must_skills": {"React"}, "nice_skills": {"Go"}, "start": {"in May"}, "duration_days": {"two weeks"}}}, used: map[string]bool{}}
	for _, c := range []struct{ slot, question, want string }{
		{"scope", "What belongs to it?", "a shop"},
		{"skills", "Which skills?", "React Go"},
		{"duration", "When should it start, and how long should it go on?", "in May two weeks"},
	} {
		var parts []string
		for _, name := range answersTo(c.slot, c.question) {
			parts = append(parts, p.c.Answers[name]...)
		}
		if got := join(parts); got != c.want {
			t.Errorf("%s: %q", c.slot, got)
		}
	}
	if first, again := p.refusal(), p.refusal(); first != again {
		t.Errorf("the same question is refused as %q and as %q", first, again)
	}
}

func join(parts []string) string {
	out := ""
	for i, p := range parts {
		if i > 0 {
			out += " "
		}
		out += p
	}
	return out
}
