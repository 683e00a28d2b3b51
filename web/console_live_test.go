package web

import "testing"

func TestNobodyTakesAllStreams(t *testing.T) {
	var s streams
	var leave func()
	for range mostOwn {
		var ok bool
		if leave, ok = s.enter("shop ada"); !ok {
			t.Fatal("a place was refused")
		}
	}
	if _, ok := s.enter("shop ada"); ok {
		t.Error("one operator has more places than there are for one")
	}
	if _, ok := s.enter("shop ben"); !ok {
		t.Error("another operator has none")
	}
	leave()
	if _, ok := s.enter("shop ada"); !ok {
		t.Error("a place that was given back is not free")
	}
	for i := range 2 * mostStreams {
		s.enter(string(rune('a' + i)))
	}
	if s.total != mostStreams {
		t.Errorf("%d places were given", s.total)
	}
}
