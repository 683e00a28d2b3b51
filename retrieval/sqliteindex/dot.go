package sqliteindex

// strideUnit is what the length of a row is rounded up to: dotRows takes so many numbers at once.
const strideUnit = 32

// dotRows is the fastest way that this processor has of what dotPlain does.
var dotRows = dotPlain

// dot computes the inner products of rows and a query: row i is
// rows[i*len(query):(i+1)*len(query)], for each i of out. The length of query
// is a multiple of strideUnit.
func dot(out []int32, rows []int8, query []int16) {
	if len(query) == 0 || len(query)%strideUnit != 0 || len(rows) != len(out)*len(query) {
		panic("sqliteindex: rows and query do not fit")
	}
	dotRows(out, rows, query)
}

func dotPlain(out []int32, rows []int8, query []int16) {
	for i := range out {
		row := rows[i*len(query):][:len(query)]
		var a, b int32
		for k := 0; k < len(row); k += 2 {
			a += int32(row[k]) * int32(query[k])
			b += int32(row[k+1]) * int32(query[k+1])
		}
		out[i] = a + b
	}
}
