package fit_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/fit"
)

// BenchmarkCandidate reads a usual profile and checks all requirements of a post.
func BenchmarkCandidate(b *testing.B) {
	reader := newReader()
	asked := reader.Post(post, today)
	for b.Loop() {
		person := reader.Person("c1", profile)
		for _, r := range asked {
			person.Check(r, today)
		}
	}
}

func BenchmarkPost(b *testing.B) {
	reader := newReader()
	for b.Loop() {
		reader.Post(post, today)
	}
}

func BenchmarkWish(b *testing.B) {
	reader := newReader()
	for b.Loop() {
		reader.Wish("experts only, at most 75 euros, in the EU, and free before 15 April", today, fit.WishContext{})
	}
}
