package fit_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/retrieval"
)

// TestConditions reads sentences with several conditions each, in many wordings
// and orders. A line of testdata/conditions.txt is
//
//	first step >> second step => pay<=60EUR; in:DE,AT; lang:de fluent
//
// with the conditions in force at the end: pay with its bounds ("pay?" is any
// rate, "silent" that a missing one is fine), in and notin with country codes
// or a region, lang with a level, lvl, h (hours a week), by (a day), jobs,
// reviews, rating, worked, years, zone (minutes around an offset), cred and x
// (experience or skill) with a word of theirs; "~" before what only reorders;
// -c7 and +c7 for people, reset for a fresh start.
func TestConditions(t *testing.T) { conditions(t, "testdata/conditions.txt", 0.97) }

// TestUnseenConditions is TestConditions with sentences that were written after
// the rules.
func TestUnseenConditions(t *testing.T) { conditions(t, "testdata/conditions_unseen.txt", 0.95) }

// conditions plays the lines of a file and fails where fewer than a share are right.
func conditions(t *testing.T, name string, least float64) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	reader := newReader()
	right, all := 0, 0
	for line := range strings.Lines(string(text)) {
		says, want, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok || line[0] == '#' {
			continue
		}
		all++
		got := play(reader, strings.Split(says, " >> "))
		if missing, extra := differences(strings.Split(want, "; "), got); len(missing)+len(extra) > 0 {
			t.Logf("%s\n      lacks %v, has %v", says, missing, extra)
			continue
		}
		right++
	}
	t.Logf("%d of %d right", right, all)
	if float64(right) < least*float64(all) {
		t.Errorf("only %d of %d are right", right, all)
	}
}

// play says one thing after the other and returns what holds at the end.
func play(reader *fit.Reader, steps []string) []fit.Requirement {
	context := office
	var wish fit.Wish
	for _, step := range steps {
		wish = reader.Wish(step, today, context)
		context.Earlier, _ = wish.Apply(context.Earlier)
	}
	list := slices.Clone(context.Earlier)
	for _, id := range wish.Exclude {
		list = append(list, fit.Requirement{Text: "-" + id})
	}
	for _, id := range wish.Include {
		list = append(list, fit.Requirement{Text: "+" + id})
	}
	if wish.Reset {
		list = append(list, fit.Requirement{Text: "reset"})
	}
	return list
}

// differences returns what was wanted and is not there, and what is there and was not wanted.
func differences(want []string, got []fit.Requirement) (missing, extra []string) {
	left := slices.Clone(got)
	for _, w := range want {
		optional := strings.HasSuffix(w, "?") && w != "pay?"
		i := slices.IndexFunc(left, func(r fit.Requirement) bool {
			return means(r, strings.TrimSuffix(w, map[bool]string{true: "?"}[optional]))
		})
		switch {
		case i >= 0:
			left = slices.Delete(left, i, i+1)
		case !optional:
			missing = append(missing, w)
		}
	}
	for _, r := range left {
		extra = append(extra, written(r))
	}
	return missing, extra
}

// means reports whether a requirement is what was wanted.
func means(r fit.Requirement, want string) bool {
	soft := strings.HasPrefix(want, "~")
	if want = strings.TrimPrefix(want, "~"); r.Kind != "" && soft == r.Hard {
		return false
	}
	if kind, word, ok := strings.Cut(want, ":"); ok && (kind == "x" || kind == "cred") {
		is := r.Kind == fit.Credential
		if kind == "x" {
			is = r.Kind == fit.Experience || r.Kind == fit.Skill
		}
		return is && !r.Not && strings.Contains(strings.ToLower(r.Text+" "+r.Quote), word)
	}
	if place, ok := strings.CutPrefix(want, "in:"); ok && r.Kind == fit.Place && !r.Not && (place == "EU" || strings.ToUpper(place) != place || place == "DACH" || place == "EEA") {
		for part := range strings.SplitSeq(place, "+") {
			if !strings.Contains(strings.ToLower(r.Text), strings.ToLower(part)) {
				return false
			}
		}
		return true
	}
	return written(r) == want
}

// written is a requirement as the table has it.
func written(r fit.Requirement) string {
	switch r.Kind {
	case "":
		return r.Text
	case fit.Pay:
		text := "pay?"
		if len(r.Rates) > 0 {
			per := retrieval.MinorUnits(r.Rates[0].Currency)
			text = payWritten(r.Rates[0].Min*100/per, r.Rates[0].Max*100/per) + r.Rates[0].Currency
		}
		if r.SilentOK {
			text += " silent"
		}
		return text
	case fit.Place:
		text := "in:"
		if r.Not {
			text = "notin:"
		}
		return text + strings.Join(slices.Sorted(slices.Values(r.Countries)), ",")
	case fit.Language:
		return "lang:" + strings.Join(slices.Sorted(slices.Values(r.Codes)), ",") + " " + r.Fluency + map[bool]string{true: " NOT"}[r.Not]
	case fit.Level:
		return "lvl:" + strings.Join(r.Levels, ",")
	case fit.Hours:
		return fmt.Sprintf("h>=%d", r.HoursAWeek)
	case fit.Start:
		return "by:" + r.By
	case fit.Zone:
		return fmt.Sprintf("zone<=%d@%d", r.Zone.Within, r.Zone.Offset)
	case fit.Record:
		switch {
		case r.Jobs > 0:
			return fmt.Sprintf("jobs>=%d", r.Jobs)
		case r.Reviews > 0:
			return fmt.Sprintf("reviews>=%d", r.Reviews)
		case r.Worked > 0:
			return fmt.Sprintf("worked>=%d", r.Worked)
		}
		if tenths := r.Rating * 10; tenths-float64(int(tenths+1e-6)) > 0.05 {
			return fmt.Sprintf("rating>%g", float64(int(tenths+1e-6))/10)
		}
		return fmt.Sprintf("rating>=%g", r.Rating)
	}
	if r.Years > 0 && (r.Kind == fit.Skill || r.Kind == fit.Experience) {
		return fmt.Sprintf("years>=%g", r.Years)
	}
	return string(r.Kind) + ":" + r.Text
}

// payWritten has the bounds of minor units; a bound that a cent lacks is strict.
func payWritten(low, high int64) string {
	bound := func(sign string, minor, whole int64) string {
		if minor != whole {
			sign = sign[:1]
		}
		if minor%100 == 0 || minor != whole {
			return fmt.Sprintf("%s%d", sign, whole/100)
		}
		return fmt.Sprintf("%s%g", sign, float64(minor)/100)
	}
	whole := func(minor, by int64) int64 {
		if (minor+by)%100 == 0 {
			return minor + by
		}
		return minor
	}
	switch {
	case low > 0 && high > 0:
		return fmt.Sprintf("pay%d-%d", low/100, high/100)
	case low > 0:
		return "pay" + bound(">=", low, whole(low, -1))
	}
	return "pay" + bound("<=", high, whole(high, 1))
}
