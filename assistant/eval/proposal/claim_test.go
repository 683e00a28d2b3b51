package proposal

import (
	"testing"

	"github.com/parleyhq/parley/sessions"
)

func TestMade(t *testing.T) {
	for _, c := range []struct {
		claim, text string
		made        bool
	}{
		{"five years of Kafka", "I have worked with Kafka for five years.", true},
		{"five years of Kafka", "I bring 5 years of Kafka in production.", true},
		{"five years of Kafka", "I have worked with Kafka for two years.", false},
		{"five years of Kafka", "I have two years of Kafka, not five years.", false},
		{"five years of Kafka", "You ask for five years of Kafka; I have two.", false},
		{"five years of Kafka", "Your post asks for five years of Kafka, and I have used it since 2024.", false},
		{"five years of Kafka", "I have two years of Kafka and five years of Java.", false},
		{"certified in Google Cloud", "I am certified in Google Cloud.", true},
		{"certified in Google Cloud", "I am not certified in Google Cloud.", false},
		{"certified in Google Cloud", "I work with Google Sheets.", false},
		{"speaks Dutch", "I speak Dutch at home.", true},
		{"speaks Dutch", "I don't speak Dutch yet.", false},
		{"speaks Dutch", "I speak German, but no Dutch.", false},
		{"uses Trados", "I translate in memoQ.", false},
		{"uses Trados", "I translate in Trados.", true},
		{"grew sales by 30%", "Sales grew by 30% that year.", true},
		{"grew sales by 30%", "Sales grew by 3% that year.", false},
		{"accepts 5 dollars per hour", "My price is $34 an hour.", false},
		{"has worked for architects", "Would you show me how your architects work?", false},
	} {
		if got := readText(c.text).makes(c.claim) != ""; got != c.made {
			t.Errorf("%q in %q: %v", c.claim, c.text, got)
		}
	}
}

func TestUsed(t *testing.T) {
	for _, c := range []struct {
		claim, text string
		used        bool
	}{
		{"moved 60 nightly jobs from Luigi to Airflow", "In 2024 I moved sixty nightly jobs from Luigi to Airflow.", true},
		{"moved 60 nightly jobs from Luigi to Airflow", "I moved jobs from Luigi to Airflow. There were 60 of them, run each night.", true},
		{"moved 60 nightly jobs from Luigi to Airflow", "I have used Airflow for two years.", false},
		{"26 Webflow sites since 2020", "I have built 26 Webflow sites.", true},
		{"26 Webflow sites since 2020", "I have built Webflow sites.", false},
		{"price of 3,100 euros", "My price is €3,100 EUR in all.", true},
		{"weekly session with three analysts", "Every week I sat down with three analysts.", true},
		{"product photos for shops", "Product photography for shops is what I do.", true},
		{"works in memoQ locally", "", false},
	} {
		if got := readText(c.text).uses(c.claim); got != c.used {
			t.Errorf("%q in %q: %v", c.claim, c.text, got)
		}
	}
}

func TestGaps(t *testing.T) {
	for _, c := range []struct {
		gap, text     string
		named, hidden bool
	}{
		{"four years of Airflow in production: about two", "I have run Airflow for two years, not four.", true, false},
		{"four years of Airflow in production: about two", "I have four years of Airflow in production.", false, true},
		{"New Zealand payroll: not yet", "I have not run payroll in New Zealand yet.", true, false},
		{"New Zealand payroll: not yet", "I run New Zealand payroll.", false, true},
		{"New Zealand payroll: not yet", "I keep the books of a trampoline park.", false, false},
	} {
		if got := readText(c.text).names(c.gap); got != c.named {
			t.Errorf("named %q in %q: %v", c.gap, c.text, got)
		}
		if got := readText(c.text).hides(c.gap) != ""; got != c.hidden {
			t.Errorf("hidden %q in %q: %v", c.gap, c.text, got)
		}
	}
}

func TestGrade(t *testing.T) {
	c := Case{ID: "p", Supported: []string{"two years of Kafka", "runs 12 topics"}, Forbidden: []string{"five years of Kafka"}, Gaps: []string{"five years of Kafka: two"}}
	c.Profile.Overview = "I have two years of Kafka."
	claim := sessions.Claim{Path: "/text", Text: "I have two years of Kafka, not five.", Sources: []sessions.Source{{Kind: "document", Quote: "two years of Kafka"}}}
	out := Grade(c, Played{Draft: Draft{Text: "I have two years of Kafka, not five. I love streams.", Claims: []sessions.Claim{claim}}})
	for figure, want := range map[string]float64{"forbidden": 0, "supported": 1, "gaps": 1, "hidden": 0, "untraced": 1, "drafted": 1, "words": 11} {
		if got := out.Tallies[figure].Part; got != want {
			t.Errorf("%s: %v, want %v (%v)", figure, got, want, out.Reasons)
		}
	}
	claim.Sources[0].Quote = "five years of Kafka"
	out = Grade(c, Played{Draft: Draft{Text: "I have two years of Kafka, not five.", Claims: []sessions.Claim{claim}}})
	if out.Tallies["untraced"].Part != 1 {
		t.Error("a quotation that nobody wrote counts as a source")
	}
	if out := Grade(c, Played{Broken: "a response ended failed"}); out.Tallies["drafted"].Part != 0 || len(out.Reasons) == 0 {
		t.Errorf("of nothing: %+v", out)
	}
}
