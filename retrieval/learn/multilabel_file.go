package learn

import (
	"encoding/binary"
	"fmt"
	"math"
)

// levels is the largest number of a stored weight of a [MultiLabel]: they are
// kept as 8-bit integers times one scale a label, which costs no accuracy where many small
// features add up.
const levels = math.MaxInt8

// Rescale multiplies the weights of each input by a factor: what features were
// multiplied by when the model was fitted then need not be known when it is used.
func (m *MultiLabel) Rescale(factors []float32) {
	for input, factor := range factors {
		for label := range m.outputs {
			m.weights[input*m.outputs+label] *= factor
		}
	}
}

// AppendBinary appends the model to b: the numbers of labels and inputs, the
// scales and biases of the labels, then the weights by input.
func (m *MultiLabel) AppendBinary(b []byte) ([]byte, error) {
	largest := make([]float32, m.outputs)
	for i, w := range m.weights {
		if math.IsNaN(float64(w)) || math.IsInf(float64(w), 0) {
			return b, fmt.Errorf("%w: a weight is %v", ErrSamples, w)
		}
		largest[i%m.outputs] = max(largest[i%m.outputs], w, -w)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(m.outputs))
	b = binary.LittleEndian.AppendUint32(b, uint32(m.inputs))
	for label, bias := range m.bias {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(largest[label]))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(bias))
	}
	for i, w := range m.weights {
		stored := int8(0)
		if most := largest[i%m.outputs]; most > 0 {
			stored = int8(math.Round(float64(w) / float64(most) * levels))
		}
		b = append(b, byte(stored))
	}
	return b, nil
}

// ParseMultiLabel reads a model that AppendBinary has written and nothing else.
func ParseMultiLabel(b []byte) (*MultiLabel, error) {
	const header = 8
	if len(b) < header {
		return nil, fmt.Errorf("%w: model of labels of %d bytes", ErrDamaged, len(b))
	}
	labels, inputs := uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
	b = b[header:]
	if labels < 1 || labels > 64 || inputs < 1 || inputs > uint64(len(b)) || uint64(len(b)) != 12*labels+labels*inputs {
		return nil, fmt.Errorf("%w: model of %d labels and %d inputs in %d bytes", ErrDamaged, labels, inputs, len(b))
	}
	m := &MultiLabel{linear{outputs: int(labels), inputs: int(inputs), bias: make([]float64, labels), weights: make([]float32, labels*inputs)}}
	scale := make([]float32, labels)
	for label := range m.bias {
		scale[label] = math.Float32frombits(binary.LittleEndian.Uint32(b)) / levels
		m.bias[label] = math.Float64frombits(binary.LittleEndian.Uint64(b[4:]))
		if !(scale[label] >= 0 && scale[label] < math.MaxFloat32) || math.IsNaN(m.bias[label]) || math.IsInf(m.bias[label], 0) {
			return nil, fmt.Errorf("%w: label %d has scale %g and bias %g", ErrDamaged, label, scale[label], m.bias[label])
		}
		b = b[12:]
	}
	for i := range m.weights {
		m.weights[i] = float32(int8(b[i])) * scale[i%m.outputs]
	}
	return m, nil
}
