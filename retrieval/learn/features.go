package learn

import (
	"cmp"
	"math"
	"slices"
)

// Feature is one input of a linear model that is not zero.
type Feature struct {
	Input uint32
	Value float32
}

// Features collects what is seen in a case under hashed names: a name has the
// same input every time, and two names share one only by accident (Weinberger
// et al. 2009). It is filled group by group, so that a long text does not
// outweigh what else is known. The zero value is not usable; see [NewFeatures].
type Features struct {
	bits  int
	list  []Feature
	group int // where the current group begins
}

// NewFeatures returns an empty collection with 1<<bits hashed inputs.
func NewFeatures(bits int) *Features { return &Features{bits: bits} }

// Reset empties it, to be filled anew.
func (f *Features) Reset() { f.list, f.group = f.list[:0], 0 }

// Add notes the name that was made by [Name] once more in the current group.
func (f *Features) Add(name Name) {
	// The high bits of a product depend on all bits of the name.
	f.list = append(f.list, Feature{uint32(uint64(name) * 0x9e3779b97f4a7c15 >> (64 - f.bits)), 1})
}

// Dense adds the numbers of a vector, each times scale, as inputs of their own
// behind the hashed ones, and ends the group.
func (f *Features) Dense(vector []float32, scale float32) {
	for i, x := range vector {
		f.list = append(f.list, Feature{uint32(1<<f.bits + i), x * scale})
	}
	f.group = len(f.list)
}

// Scale ends the current group: what is in it several times is joined, and its
// length becomes scale. Repeating counts by the square root.
func (f *Features) Scale(scale float64) {
	group := f.list[f.group:]
	slices.SortFunc(group, func(a, b Feature) int { return cmp.Compare(a.Input, b.Input) })
	n := 0
	for _, x := range group {
		if n > 0 && group[n-1].Input == x.Input {
			group[n-1].Value += x.Value
			continue
		}
		group[n], n = x, n+1
	}
	group = group[:n]
	length := 0.0
	for _, x := range group {
		length += float64(x.Value) // the square of its root
	}
	for i := range group {
		group[i].Value = float32(scale * math.Sqrt(float64(group[i].Value)/length))
	}
	f.list = f.list[:f.group+n]
	f.group = len(f.list)
}

// List returns what was collected. It is valid until the next Reset.
func (f *Features) List() []Feature { return f.list }

// Name is the name of a hashed feature: the 64-bit FNV-1a hash of its parts.
type Name uint64

// NewName begins a name with what sort of feature it is.
func NewName(sort string) Name { return Name(14695981039346656037).And(sort) }

// And appends a part, set apart from the one before.
func (n Name) And(part string) Name {
	for i := range len(part) {
		n = (n ^ Name(part[i])) * 1099511628211
	}
	return (n ^ 0xff) * 1099511628211 // no byte of UTF-8
}
