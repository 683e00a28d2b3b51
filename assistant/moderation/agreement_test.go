package moderation_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

// monday is the day of most decisions below.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// scanned are the scores of a message that was screened for scam and spam.
var scanned = map[policy.Label]float64{policy.Scam: 0.5, policy.Spam: 0.5}

func labels(list ...policy.Label) []policy.Label { return list }

// review is of a case that waited a minute: the machine gave the first labels,
// the reviewer the others.
func review(at time.Time, first, given []policy.Label) moderation.Review {
	return moderation.Review{
		Case:     moderation.Case{Created: at.Add(-time.Minute), First: moderation.Verdict{Labels: first, Scores: scanned}},
		Decision: moderation.Decision{Kind: moderation.Reviewed, Actor: "ann", Labels: given, At: at},
	}
}

// times repeats a review.
func times(n int, r moderation.Review) (list []moderation.Review) {
	for range n {
		list = append(list, r)
	}
	return list
}

func join(lists ...[]moderation.Review) (all []moderation.Review) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

func number(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-12 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestAgreementOfMachineAndReviewers(t *testing.T) {
	scam, spam := labels(policy.Scam), labels(policy.Spam)
	periods := moderation.Agreement(join(
		times(4, review(monday, scam, scam)),
		times(2, review(monday, scam, nil)),
		times(1, review(monday, nil, scam)),
		times(2, review(monday, nil, nil)),
		times(1, review(monday, spam, spam)),
	), moderation.ByDay)
	if len(periods) != 1 {
		t.Fatalf("%d periods", len(periods))
	}
	p := periods[0]
	if p.Cases != 10 || p.MedianSeconds != 60 || !p.Start.Equal(monday.Truncate(24*time.Hour)) || len(p.Labels) != 2 {
		t.Fatalf("period %+v", p)
	}
	// Scam: both 4, machine alone 2, reviewer alone 1, nobody 3. They agree on 7
	// of 10; by chance on 6·5 + 4·5 of 100. (0.7 − 0.5) / (1 − 0.5) = 0.4.
	m := p.Labels[0].Machine
	if p.Labels[0].Label != policy.Scam || m.Cases != 10 || m.Kept != 4 || m.Removed != 2 || m.Added != 1 {
		t.Errorf("scam %+v", p.Labels[0])
	}
	number(t, "precision", m.Precision, 4.0/6)
	number(t, "recall", m.Recall, 4.0/5)
	number(t, "kappa", m.Kappa, 0.4)
	// Spam: both 1, nobody 9: all is agreed.
	number(t, "kappa of spam", p.Labels[1].Machine.Kappa, 1)
	// Any: both 5, machine alone 2, reviewer alone 1, nobody 2. Agreed 0.7; by
	// chance 7·6 + 3·4 of 100. (0.7 − 0.54) / 0.46.
	number(t, "kappa of any", p.Any.Machine.Kappa, 0.16/0.46)
	if p.Any.Judge.Cases != 0 || p.Any.Judge.Kappa != nil || p.Any.Reviewers.Precision != nil {
		t.Errorf("what nobody said: %+v", p.Any)
	}
}

func TestAgreementWithoutAnyVariation(t *testing.T) {
	p := moderation.Agreement(times(3, review(monday, labels(policy.Scam), labels(policy.Scam))), moderation.ByDay)[0]
	m := p.Labels[0].Machine
	if m.Kappa != nil {
		t.Errorf("both always say yes, and kappa is %v", *m.Kappa)
	}
	number(t, "precision", m.Precision, 1)
	opposed := moderation.Agreement(join(
		times(2, review(monday, labels(policy.Scam), nil)),
		times(2, review(monday, nil, labels(policy.Scam))),
	), moderation.ByDay)[0].Labels[0].Machine
	number(t, "kappa of opposites", opposed.Kappa, -1)
	number(t, "recall of opposites", opposed.Recall, 0)
}

func TestAgreementOfJudgeAndOfReviewers(t *testing.T) {
	scam := labels(policy.Scam)
	with := func(r moderation.Review, earlier ...moderation.Decision) moderation.Review {
		r.Earlier = earlier
		return r
	}
	judged := func(given ...policy.Label) moderation.Decision {
		return moderation.Decision{Kind: moderation.Judged, Actor: "judge", Labels: given}
	}
	by := func(actor string, given ...policy.Label) moderation.Decision {
		return moderation.Decision{Kind: moderation.Reviewed, Actor: actor, Labels: given}
	}
	p := moderation.Agreement([]moderation.Review{
		with(review(monday, scam, scam), judged(), judged(policy.Scam)), // the judge's newest verdict counts
		with(review(monday, scam, scam), judged(), by("bob", policy.Scam)),
		with(review(monday, scam, nil), judged(), by("bob", policy.Scam), by("cy")), // the newest other reviewer
		with(review(monday, nil, nil), judged(policy.Spam), by("ann", policy.Scam)), // her own second thoughts
		with(review(monday, nil, scam), by("bob")),
	}, moderation.ByDay)[0]
	// Judge on scam: kept 1, added 1, nobody 2. Agreed 3 of 4; by chance
	// 1·2 + 3·2 of 16. (0.75 − 0.5) / 0.5 = 0.5.
	j := p.Labels[0].Judge
	if j.Cases != 4 || j.Kept != 1 || j.Added != 1 || j.Removed != 0 {
		t.Errorf("judge %+v", j)
	}
	number(t, "kappa of the judge", j.Kappa, 0.5)
	// Reviewers on scam: yes/yes, no/no, no/yes. Agreed 2 of 3; by chance
	// 1·2 + 2·1 of 9. (6/9 − 4/9) / (5/9) = 0.4.
	r := p.Labels[0].Reviewers
	if r.Cases != 3 || r.Kept != 1 || r.Added != 1 || r.Removed != 0 {
		t.Errorf("reviewers %+v", r)
	}
	number(t, "kappa of reviewers", r.Kappa, 0.4)
	// Spam was given by the judge alone, who is not right then.
	if s := p.Labels[1]; s.Label != policy.Spam || s.Judge.Removed != 1 || s.Machine.Kept+s.Machine.Removed+s.Machine.Added != 0 {
		t.Errorf("spam %+v", s)
	}
}

func TestAgreementCountsChannelsThatAreScreened(t *testing.T) {
	turn := review(monday, nil, nil)
	turn.Case.First.Scores = map[policy.Label]float64{policy.Abuse: 0.9}
	unknown := review(monday, nil, nil)
	unknown.Case.First.Scores = nil
	unasked := turn
	unasked.Decision.Labels = labels(policy.Scam) // though nobody had looked for it
	p := moderation.Agreement([]moderation.Review{review(monday, labels(policy.Scam), nil), turn, unknown, unasked}, moderation.ByDay)[0]
	if len(p.Labels) != 1 || p.Labels[0].Machine.Cases != 3 || p.Any.Machine.Cases != 4 {
		t.Errorf("%+v", p)
	}
}

func TestAgreementByPeriod(t *testing.T) {
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
	}
	var reviews []moderation.Review
	for _, when := range []time.Time{
		at(3, 1, 23), // a Sunday
		at(3, 2, 0), at(3, 8, 23),
		at(2, 28, 12),
		at(3, 9, 1).In(time.FixedZone("", -5*3600)), // 8 March there, a Monday in UTC
	} {
		reviews = append(reviews, review(when, nil, nil))
	}
	for bucket, want := range map[moderation.Bucket][]string{
		moderation.ByDay:   {"2026-02-28 1", "2026-03-01 1", "2026-03-02 1", "2026-03-08 1", "2026-03-09 1"},
		moderation.ByWeek:  {"2026-02-23 2", "2026-03-02 2", "2026-03-09 1"},
		moderation.ByMonth: {"2026-02-01 1", "2026-03-01 4"},
	} {
		var got []string
		for _, p := range moderation.Agreement(reviews, bucket) {
			got = append(got, p.Start.Format("2006-01-02 ")+string(rune('0'+p.Cases)))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", bucket, diff)
		}
	}
	if none := moderation.Agreement(nil, moderation.ByDay); none == nil || len(none) != 0 {
		t.Errorf("of nothing: %v", none)
	}
}

func TestMedianTimeToDecision(t *testing.T) {
	after := func(wait time.Duration) moderation.Review {
		r := review(monday, nil, nil)
		r.Case.Created = monday.Add(-wait)
		return r
	}
	appealed := after(100 * time.Hour)
	appealed.Case.Appealed = monday.Add(-30 * time.Second)
	later := after(50 * time.Second)
	later.Case.Appealed = monday.Add(time.Hour) // after this decision
	skewed := after(-time.Second)               // by another clock
	for _, c := range []struct {
		reviews []moderation.Review
		want    float64
	}{
		{[]moderation.Review{after(10 * time.Second)}, 10},
		{[]moderation.Review{after(40 * time.Second), after(10 * time.Second)}, 25},
		{[]moderation.Review{after(time.Hour), after(time.Second), after(2 * time.Second)}, 2},
		{[]moderation.Review{appealed}, 30},
		{[]moderation.Review{later}, 50},
		{[]moderation.Review{skewed}, 0},
	} {
		if got := moderation.Agreement(c.reviews, moderation.ByDay)[0].MedianSeconds; got != c.want {
			t.Errorf("median of %d is %v, want %v", len(c.reviews), got, c.want)
		}
	}
}

func TestTraining(t *testing.T) {
	say := func(id, text string, at time.Time, action moderation.Action, given ...policy.Label) moderation.Review {
		return moderation.Review{
			Case:     moderation.Case{Message: message.Message{ID: id, Channel: message.Direct, Sender: "client", Text: text}},
			Decision: moderation.Decision{Kind: moderation.Reviewed, Action: action, Labels: given, At: at},
		}
	}
	threaded := say("m7", "same", monday, moderation.Deliver)
	threaded.Case.Message.Thread = []message.Line{{Text: "before"}}
	got := moderation.Training([]moderation.Review{
		say("m1", "Pay me outside.", monday, moderation.Block, policy.Spam, policy.PaymentCircumvention, policy.Spam),
		say("m2", "Kill the process.", monday, moderation.Deliver),
		say("m3", "Stopped, nobody says why.", monday, moderation.Block),
		say("m4", "Delivered, and still wrong.", monday, moderation.Deliver, policy.Spam),
		say("m5", "same", monday.Add(time.Hour), moderation.Deliver),
		say("m6", "same", monday, moderation.Block, policy.Scam), // an older opinion
		threaded,
		say("m8", "twice", monday, moderation.Block, policy.Scam),
		say("m9", "twice", monday.Add(time.Hour), moderation.Block), // the newest one teaches nothing
	})
	direct := func(id, text string, given ...policy.Label) moderation.LabelledMessage {
		return moderation.LabelledMessage{
			Message: message.Message{ID: id, Channel: message.Direct, Sender: "client", Text: text},
			Labels:  append([]policy.Label{}, given...),
		}
	}
	same := direct("m7", "same")
	same.Thread = threaded.Case.Message.Thread
	want := []moderation.LabelledMessage{
		direct("m1", "Pay me outside.", policy.PaymentCircumvention, policy.Spam),
		direct("m2", "Kill the process."),
		direct("m5", "same"),
		same,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if none := moderation.Training(nil); none == nil || len(none) != 0 {
		t.Errorf("of nothing: %v", none)
	}
}
