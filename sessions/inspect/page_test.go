package inspect

import "testing"

func TestChoose(t *testing.T) {
	nodes := []Node{{Place: 3, ID: "a"}, {Place: 5, ID: "b", Parent: "a"}, {Place: 6, ID: "b2", Parent: "a"}, {Place: 9, ID: "c", Parent: "b2"}}
	draw := func(leaf string, before int64, limit int) (out string, next int64) {
		chosen, page := Choose(nodes, leaf, before, limit)
		for _, n := range chosen {
			if n.Selected {
				out += "+"
			}
			out += n.ID + " "
		}
		if page.Total != len(nodes) {
			t.Errorf("%d in all", page.Total)
		}
		return out, page.Before
	}
	for _, c := range []struct {
		leaf   string
		before int64
		limit  int
		want   string
		next   int64
	}{
		{"c", 0, 10, "+a b +b2 +c ", 0},
		{"b", 0, 2, "b2 c ", 6},
		{"b", 6, 2, "+a +b ", 0},
		{"", 0, 3, "b b2 c ", 5},
		{"c", 3, 2, "", 0},
		{"gone", 99, 1, "c ", 9},
	} {
		if got, next := draw(c.leaf, c.before, c.limit); got != c.want || next != c.next {
			t.Errorf("%+v: %q, %d", c, got, next)
		}
	}
	nodes[0].Parent = "c" // a circle ends
	if got, _ := draw("c", 0, 10); got != "+a b +b2 +c " {
		t.Error(got)
	}
}
