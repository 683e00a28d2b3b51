package rules

import (
	"testing"
)

func TestEmbedded(t *testing.T) {
	files, faults := readFiles(Embedded())
	for _, f := range faults {
		t.Error(f)
	}
	specs := map[string]ruleSpec{}
	for _, f := range collect(specs, files, true) {
		t.Error(f)
	}
	set, broken := compile(files, specs)
	for id, err := range broken {
		t.Errorf("%s: %v", id, err)
	}
	if set == nil {
		t.FailNow()
	}
	for id, spec := range specs {
		t.Run(id, func(t *testing.T) {
			for _, e := range spec.Tests.Match {
				if !set.strikes(spec, e) {
					t.Errorf("does not find %q: %v", e.Text, set.Check(e.Message))
				}
			}
			for _, e := range spec.Tests.Pass {
				if set.strikes(spec, e) {
					t.Errorf("finds %q: %+v", e.Text, set.Check(e.Message).Hits)
				}
			}
		})
	}
}
