package indextest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
)

func testMonths(t *testing.T, x retrieval.Index) {
	counted := func(filter retrieval.Filter) map[string]int {
		t.Helper()
		months, err := x.Months(t.Context(), filter)
		if err != nil {
			t.Fatalf("Months: %v", err)
		}
		return months
	}
	if months := counted(posts); len(months) != 0 {
		t.Errorf("nothing stored: %v", months)
	}
	var docs []retrieval.Stored
	for id, day := range map[string]string{"a": "2025-01-31", "b": "2025-02-01", "c": "2025-02-28", "d": "", "e": "2024-02-10"} {
		d := post(id, "Apple", "")
		d.Post.PostedOn, d.Post.Category = day, "fruit"
		s := retrieval.Stored{Document: d, Skills: []string{"Peeling"}}
		if id == "c" {
			d.Post.Category, s.Skills = "trees", nil
		}
		docs = append(docs, s)
	}
	upsert(t, x, append(docs, retrieval.Stored{Document: profile("a", "Cook")}), 6)
	for _, tt := range []struct {
		name   string
		filter func(*retrieval.Filter)
		want   map[string]int
	}{
		{"all", func(*retrieval.Filter) {}, map[string]int{"2024-02": 1, "2025-01": 1, "2025-02": 2, "": 1}},
		{"a category", func(f *retrieval.Filter) { f.Category = "fruit" }, map[string]int{"2024-02": 1, "2025-01": 1, "2025-02": 1, "": 1}},
		{"a skill", func(f *retrieval.Filter) { f.AllSkills = []string{"Peeling"} }, map[string]int{"2024-02": 1, "2025-01": 1, "2025-02": 1, "": 1}},
		{"a skill in a category", func(f *retrieval.Filter) { f.AllSkills, f.Category = []string{"Peeling"}, "trees" }, map[string]int{}},
		{"dates", func(f *retrieval.Filter) { f.From = "2025-02-01" }, map[string]int{"2025-02": 2}},
		{"another tenant", func(f *retrieval.Filter) { f.Tenant = "other" }, map[string]int{}},
	} {
		filter := posts
		tt.filter(&filter)
		if diff := cmp.Diff(tt.want, counted(filter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if _, err := x.Delete(t.Context(), tenant, retrieval.KindJobPost, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if months := counted(posts); months["2025-01"] != 0 || months["2025-02"] != 2 {
		t.Errorf("after a deletion: %v", months)
	}
	if _, err := x.Months(t.Context(), retrieval.Filter{Tenant: tenant}); err == nil {
		t.Error("a filter without a kind is taken")
	}
}
