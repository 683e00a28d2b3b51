package proposal

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

// TestMatcherOnTheProfilesThemselves looks for claims in the texts that they
// were judged by: what profile and answers prove must be found there, and what nobody
// can prove must not, but where a profile boasts.
func TestMatcherOnTheProfilesThemselves(t *testing.T) {
	file, err := eval.Cases("proposal")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases, err := ReadCases(file)
	if err != nil {
		t.Fatal(err)
	}
	supported, found, forbidden, alarms := 0, 0, 0, 0
	for _, c := range cases {
		parts := append([]string{c.Profile.Headline, c.Profile.Overview}, c.Answers...)
		for _, e := range c.Profile.Experience {
			parts = append(parts, e.Text)
		}
		text := readText(strings.Join(parts, "\n\n"))
		for _, claim := range c.Supported {
			supported++
			if text.uses(claim) {
				found++
			}
		}
		for _, claim := range c.Forbidden {
			forbidden++
			if text.makes(claim) != "" {
				alarms++
			}
		}
	}
	t.Logf("%d of %d supported claims found, %d of %d forbidden ones", found, supported, alarms, forbidden)
	if float64(found) < 0.95*float64(supported) || float64(alarms) > 0.03*float64(forbidden) {
		t.Errorf("%d of %d supported claims found, %d of %d forbidden ones", found, supported, alarms, forbidden)
	}
}
