package sqliteindex

import "slices"

// blockRows is how many rows are allocated at once: a collection grows without
// what it has being copied.
const blockRows = 1024

// matrix holds the vectors of one embedding in rows. A row that is let go of is used again.
type matrix struct {
	dimensions, stride int
	high, low          [][]int8 // blocks of rows
	quantised          []quantised
	slotOf             []int32 // by row, none for a free one
	rowOf              []int32 // by slot, none without a vector; slots at the end may be missing
	free               []int32
}

const none int32 = -1

func newMatrix(dimensions int) *matrix {
	return &matrix{dimensions: dimensions, stride: (dimensions + strideUnit - 1) / strideUnit * strideUnit}
}

// set puts a vector of unit length in a slot's row.
func (m *matrix) set(slot int32, vector []float32) {
	row := m.row(slot)
	if row == none {
		row = m.take(slot)
	}
	high, low := m.halves(row)
	m.quantised[row] = quantise(high, low, vector)
}

// row returns the row of a slot, none when it has no vector.
func (m *matrix) row(slot int32) int32 {
	if int(slot) >= len(m.rowOf) {
		return none
	}
	return m.rowOf[slot]
}

// take gives a slot a row.
func (m *matrix) take(slot int32) int32 {
	row := int32(len(m.slotOf))
	if last := len(m.free) - 1; last >= 0 {
		row, m.free = m.free[last], m.free[:last]
	} else {
		m.slotOf = append(m.slotOf, none)
		m.quantised = append(m.quantised, quantised{})
		m.addRow()
	}
	m.slotOf[row] = slot
	for len(m.rowOf) <= int(slot) {
		m.rowOf = append(m.rowOf, none)
	}
	m.rowOf[slot] = row
	return row
}

// addRow makes space for one more row. The first block grows, for there may be
// many small collections; others are made whole.
func (m *matrix) addRow() {
	last := len(m.high) - 1
	if last < 0 || len(m.high[last]) == blockRows*m.stride {
		size := 0
		if last >= 0 {
			size = blockRows * m.stride
		}
		m.high, m.low = append(m.high, make([]int8, 0, size)), append(m.low, make([]int8, 0, size))
		last++
	}
	length := len(m.high[last]) + m.stride
	m.high[last] = slices.Grow(m.high[last], m.stride)[:length]
	m.low[last] = slices.Grow(m.low[last], m.stride)[:length]
}

func (m *matrix) halves(row int32) (high, low []int8) {
	block, at := row/blockRows, int(row%blockRows)*m.stride
	return m.high[block][at : at+m.stride], m.low[block][at : at+m.stride]
}

// clear lets go of a slot's vector.
func (m *matrix) clear(slot int32) {
	if row := m.row(slot); row != none {
		m.rowOf[slot], m.slotOf[row] = none, none
		m.free = append(m.free, row)
	}
}

// give hands a slot's vector over to another slot.
func (m *matrix) give(from, to int32) {
	row := m.row(from)
	if row == none {
		return
	}
	m.rowOf[from] = none
	for len(m.rowOf) <= int(to) {
		m.rowOf = append(m.rowOf, none)
	}
	m.rowOf[to], m.slotOf[row] = row, to
}

// living is how many vectors there are.
func (m *matrix) living() int { return len(m.slotOf) - len(m.free) }

// renumbered returns a matrix of the same rows for slots that have moved. The
// two must not both be written to.
func (m *matrix) renumbered(moved []int32, living int) *matrix {
	other := *m
	other.slotOf, other.rowOf = slices.Clone(m.slotOf), make([]int32, living)
	for slot := range other.rowOf {
		other.rowOf[slot] = none
	}
	for row, slot := range m.slotOf {
		if slot != none {
			other.slotOf[row] = moved[slot]
			other.rowOf[moved[slot]] = int32(row)
		}
	}
	return &other
}
