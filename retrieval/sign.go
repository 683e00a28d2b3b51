package retrieval

import (
	"math/bits"

	"github.com/parleyhq/parley/retrieval/words"
)

// signRules names how signs are made. With another number stored documents are
// analysed again.
const signRules = 1

const (
	signBits = 64
	// A text of fewer words counts as one piece, equal or not: one word more or
	// less can make it about other work.
	fewWords = 20
)

// sign is a fingerprint of a text's pairs of neighbouring words by minwise
// hashing (Broder 1997) of one bit each (Li and König, "b-bit minwise
// hashing", WWW 2010): of two texts whose sets of pairs overlap by J (shared
// over all) each bit is the same with probability (1+J)/2. It is never 0.
func sign(text string) uint64 {
	pairs := wordPairs(text)
	if len(pairs) == 0 {
		return 0
	}
	var signed uint64
	for bit := range signBits {
		key := scramble(uint64(bit)+1) | 1
		least := ^uint64(0)
		for _, pair := range pairs {
			hashed := (pair ^ key) * 0x9e3779b97f4a7c15
			hashed ^= hashed >> 29
			least = min(least, hashed*key)
		}
		signed |= scramble(least) & 1 << bit
	}
	return max(signed, 1)
}

// wordPairs are the hashes of each two neighbouring words of a text, or one of
// all its words when they are few.
func wordPairs(text string) []uint64 {
	split := words.Split(text)
	if len(split) == 0 {
		return nil
	}
	pairs := make([]uint64, 0, len(split))
	previous, all := uint64(0), uint64(0)
	for i, word := range split {
		hashed := hash(word)
		if i > 0 {
			pairs = append(pairs, scramble(previous*31+hashed))
		}
		previous, all = hashed, scramble(all*31+hashed)
	}
	if len(split) < fewWords {
		return []uint64{all}
	}
	return pairs
}

// hash is FNV-1a of 64 bits.
func hash(word string) uint64 {
	hashed := uint64(14695981039346656037)
	for i := range len(word) {
		hashed = (hashed ^ uint64(word[i])) * 1099511628211
	}
	return hashed
}

// scramble is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// differ is the number of bits in which two signs differ, all when one is unknown.
func differ(a, b uint64) int {
	if a == 0 || b == 0 {
		return signBits
	}
	return bits.OnesCount64(a ^ b)
}
