package shortlist

import "testing"

func TestTurned(t *testing.T) {
	for text, want := range map[string]string{
		"drop everyone above €60":                             "at most €60",
		"please remove those who charge more than 60 an hour": "please at most 60 an hour",
		"take out anyone without fluent German":               "must have fluent German",
		"exclude people who don't speak French, and under 50": "must speak French, and under 50",
		"remove everybody outside the EU":                     "only people in the EU",
		"lose all candidates from India":                      "nobody from India",
		"kick out those below 4.5 stars":                      "at least 4.5 stars",
		"drop c7":                                             "drop c7",
		"only people in Europe":                               "only people in Europe",
		"no people who can't speak Spanish":                   "must speak Spanish",
		"forget the rate":                                     "forget the rate",
	} {
		if got := turned(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
