package eval_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/parleyhq/parley/assistant/eval"
)

func numbered(n int) (queries []eval.Query) {
	for i := range n {
		queries = append(queries, eval.Query{ID: fmt.Sprint("q", i)})
	}
	return queries
}

func TestHalves(t *testing.T) {
	// FNV-1a of "a" is 0xaf63dc4c8601ec8c and of "b" 0xaf63df4c8601f1a5.
	if eval.HalfOf("a") != eval.Tuning || eval.HalfOf("b") != eval.Reporting {
		t.Error("an even hash is of the tuning half, an odd one of the reporting half")
	}
	queries := numbered(1000)
	tuning, reporting := eval.Pick(queries, eval.Tuning, 0, 1), eval.Pick(queries, eval.Reporting, 0, 1)
	if len(tuning)+len(reporting) != 1000 || len(tuning) < 400 || len(reporting) < 400 {
		t.Errorf("%d and %d of 1000", len(tuning), len(reporting))
	}
	for _, q := range reporting {
		if eval.HalfOf(q.ID) != eval.Reporting {
			t.Errorf("%s is of the other half", q.ID)
		}
	}
	if all := eval.Pick(queries, eval.All, 0, 1); len(all) != 1000 {
		t.Errorf("%d of all", len(all))
	}
}

func TestPickDependsOnTheSeedAlone(t *testing.T) {
	queries := numbered(300)
	picked := eval.Pick(queries, eval.All, 20, 1)
	slices.Reverse(queries)
	if again := eval.Pick(queries, eval.All, 20, 1); !reflect.DeepEqual(picked, again) {
		t.Error("another order of the queries gives another sample")
	}
	if other := eval.Pick(queries, eval.All, 20, 2); reflect.DeepEqual(picked, other) {
		t.Error("another seed gives the same sample")
	}
	if more := eval.Pick(queries, eval.All, 40, 1); !reflect.DeepEqual(picked, more[:20]) {
		t.Error("a larger sample does not begin with the smaller one")
	}
}
