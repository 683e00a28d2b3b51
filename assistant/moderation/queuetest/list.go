package queuetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/assistant/moderation"
	"github.com/parleyhq/parley/assistant/moderation/message"
	"github.com/parleyhq/parley/assistant/moderation/policy"
)

func testFilters(t *testing.T, db Database) {
	q := db.Queue()
	add := func(minute int, change func(*moderation.Case)) string {
		c := held(policy.Scam)
		c.ID, c.Created = fmt.Sprintf("c%d", minute), after(time.Duration(minute)*time.Minute)
		change(&c)
		return opened(t, q, c).ID
	}
	add(1, func(c *moderation.Case) {})
	add(2, func(c *moderation.Case) { c.Verdict.Labels = []policy.Label{policy.Spam, policy.Scam} })
	add(3, func(c *moderation.Case) {
		c.Verdict.Labels, c.Message.Channel = []policy.Label{policy.Spam}, message.Post
	})
	add(4, func(c *moderation.Case) { c.Verdict.Labels, c.Status = nil, moderation.Judging })
	add(5, func(c *moderation.Case) { c.Assignee, c.Verdict.Stage = "ann", moderation.StageRules })
	add(6, func(c *moderation.Case) {
		c.Assignee, c.Appealed, c.Appeal, c.Verdict.Action = "bob", noon, "Please look.", moderation.Block
	})
	add(7, func(c *moderation.Case) {
		c.Assignee, c.Status, c.Message.Channel = "ann", moderation.Decided, message.Assistant
		c.Appealed = noon // and it is decided
	})
	for _, c := range []struct {
		filter moderation.Filter
		want   []string
	}{
		{moderation.Filter{}, []string{"c7", "c6", "c5", "c4", "c3", "c2", "c1"}},
		{moderation.Filter{Oldest: true}, []string{"c1", "c2", "c3", "c4", "c5", "c6", "c7"}},
		{moderation.Filter{Status: moderation.Waiting}, []string{"c6", "c5", "c3", "c2", "c1"}},
		{moderation.Filter{Status: moderation.Judging}, []string{"c4"}},
		{moderation.Filter{Label: policy.Scam}, []string{"c7", "c6", "c5", "c2", "c1"}},
		{moderation.Filter{Label: policy.Scam, Status: moderation.Waiting, Oldest: true}, []string{"c1", "c2", "c5", "c6"}},
		{moderation.Filter{Label: policy.Spam, Channel: message.Direct}, []string{"c2"}},
		{moderation.Filter{Label: policy.Abuse}, []string{}},
		{moderation.Filter{Channel: message.Assistant}, []string{"c7"}},
		{moderation.Filter{Stage: moderation.StageRules}, []string{"c5"}},
		{moderation.Filter{Action: moderation.Block}, []string{"c6"}},
		{moderation.Filter{Assignee: "ann"}, []string{"c7", "c5"}},
		{moderation.Filter{Assignee: "ann", Status: moderation.Waiting, Label: policy.Scam}, []string{"c5"}},
		{moderation.Filter{Appealed: true}, []string{"c6"}},
		{moderation.Filter{Appealed: true, Assignee: "ann"}, []string{}},
		{moderation.Filter{Limit: 2}, []string{"c7", "c6"}},
		{moderation.Filter{Limit: 2, After: "c6"}, []string{"c5", "c4"}},
		{moderation.Filter{Limit: 2, After: "c6", Oldest: true}, []string{"c7"}},
		{moderation.Filter{Label: policy.Spam, After: "c6", Oldest: false}, []string{"c3", "c2"}},
		{moderation.Filter{After: "c1"}, []string{}},
		{moderation.Filter{Status: "unknown"}, []string{}},
		{moderation.Filter{Text: "CODE", Stage: moderation.StageRules}, []string{"c5"}},
	} {
		same(t, fmt.Sprintf("%+v", c.filter), c.want, listed(t, q, c.filter))
	}
	if _, err := q.List(t.Context(), "t1", moderation.Filter{After: "gone"}); !errors.Is(err, moderation.ErrNotFound) {
		t.Errorf("after a case that is gone: %v", err)
	}
}

func testSearch(t *testing.T, db Database) {
	q := db.Queue()
	for id, text := range map[string]string{
		"english":  "Add me on WhatsApp,\n  please",
		"german":   "STRASSE und Übergabe",
		"greek":    "Στείλε μου ΜΉΝΥΜΑ ΣΟΦΌΣ",
		"cyrillic": "Пиши в ТЕЛЕГРАМ",
		"accents":  "R\u0065\u0301sum\u0065\u0301 inside", // letters with combining accents
		"wide":     "ＷＥＣＨＡＴ ok",
		"signs":    `100%_sure \ 'quoted' "x"`,
	} {
		c := held(policy.Scam)
		c.ID, c.Message.Text = id, text
		opened(t, q, c)
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"whatsapp", []string{"english"}},
		{"WHATS", []string{"english"}},
		{"please whatsapp", []string{"english"}}, // all words, in any order
		{"please telegram", []string{}},
		{"straße", []string{"german"}},
		{"übergabe", []string{"german"}},
		{"μήνυμα σοφός", []string{"greek"}},
		{"телеграм", []string{"cyrillic"}},
		{"RÉSUMÉ", []string{"accents"}},
		{"wechat", []string{"wide"}},
		{"100%_sure", []string{"signs"}},
		{"100__sure", []string{}},
		{`\ 'quoted'`, []string{"signs"}},
		{`"x"`, []string{"signs"}},
		{"nowhere", []string{}},
	} {
		same(t, c.text, c.want, listed(t, q, moderation.Filter{Text: c.text}))
	}
	if all := listed(t, q, moderation.Filter{Text: " \t "}); len(all) != 7 {
		t.Errorf("white space finds %v", all)
	}
	same(t, "very many words", []string{"german"}, listed(t, q, moderation.Filter{Text: strings.Repeat("über ", 50_000)}))
	if list, err := q.List(t.Context(), "t1", moderation.Filter{Text: "\x00\xff"}); err != nil || len(list) != 0 {
		t.Errorf("broken text finds %v, %v", list, err)
	}
}

// testPages: whoever turns the pages sees each case that was there once,
// whatever comes meanwhile.
func testPages(t *testing.T, db Database) {
	q := db.Queue()
	const there = 30
	want := make([]string, there)
	for i := range there {
		c := held(policy.Scam)
		c.Created = after(time.Duration(i/7) * time.Second) // several came in the same moment
		want[i] = opened(t, q, c).ID
	}
	slices.Sort(want)
	for _, f := range []moderation.Filter{{}, {Status: moderation.Waiting}, {Label: policy.Scam}, {Status: moderation.Waiting, Label: policy.Scam}} {
		f.Limit = 4
		var seen []string
		for {
			page := listed(t, q, f)
			if len(page) == 0 {
				break
			}
			seen = append(seen, page...)
			f.After = page[len(page)-1]
			newer := held(policy.Scam)
			newer.Created, newer.Message.Text = after(time.Hour), "newer"
			opened(t, q, newer)
		}
		seen = slices.DeleteFunc(seen, func(id string) bool { return got(t, q, moderation.Case{Tenant: "t1", ID: id}).Message.Text == "newer" })
		slices.Sort(seen)
		same(t, fmt.Sprintf("%+v", f), want, seen)
	}
}
