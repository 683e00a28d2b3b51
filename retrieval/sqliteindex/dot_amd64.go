package sqliteindex

import "golang.org/x/sys/cpu"

// dotAVX2 is dot for processors with AVX2. The lengths are as dot has them, and
// query's is above 0: it checks nothing.
//
//go:noescape
func dotAVX2(out []int32, rows []int8, query []int16)

func init() {
	if cpu.X86.HasAVX2 {
		dotRows = dotAVX2
	}
}
