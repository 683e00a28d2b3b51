package sqliteindex

import (
	"iter"
	mathbits "math/bits"
)

// bits is a set of slots.
type bits []uint64

// with returns the set with one slot more, longer where it has to be.
func (b bits) with(slot int32) bits {
	for len(b) <= int(slot>>6) {
		b = append(b, 0)
	}
	b[slot>>6] |= 1 << (slot & 63)
	return b
}

func (b bits) drop(slot int32)     { b[slot>>6] &^= 1 << (slot & 63) }
func (b bits) has(slot int32) bool { return b[slot>>6]>>(slot&63)&1 == 1 }

// keep drops all slots that are not in other, which has the same length.
func (b bits) keep(other bits) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bits) count() int {
	n := 0
	for _, word := range b {
		n += mathbits.OnesCount64(word)
	}
	return n
}

// each goes through the slots in their order.
func (b bits) each() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(int32(i<<6 + mathbits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}
