package learn

import (
	"encoding/binary"
	"fmt"
	"math"
)

// precision is the largest number that a stored weight has: weights are kept
// as 16-bit integers times one scale.
const precision = math.MaxInt16

// AppendBinary appends the model to b: the numbers of classes and inputs, the scale
// of the weights, the biases, then the weights by input.
func (l *Logistic) AppendBinary(b []byte) ([]byte, error) {
	largest := float32(0)
	for _, w := range l.weights {
		if math.IsNaN(float64(w)) || math.IsInf(float64(w), 0) {
			return b, fmt.Errorf("%w: a weight is %v", ErrSamples, w)
		}
		largest = max(largest, w, -w)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(l.outputs))
	b = binary.LittleEndian.AppendUint32(b, uint32(l.inputs))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(largest))
	for _, bias := range l.bias {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(bias))
	}
	for _, w := range l.weights {
		stored := int16(0)
		if largest > 0 {
			stored = int16(math.Round(float64(w) / float64(largest) * precision))
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(stored))
	}
	return b, nil
}

// ParseLogistic reads a model that AppendBinary has written and nothing else.
func ParseLogistic(b []byte) (*Logistic, error) {
	const header = 12
	if len(b) < header {
		return nil, fmt.Errorf("%w: logistic model of %d bytes", ErrDamaged, len(b))
	}
	classes, inputs := uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[4:]))
	largest := math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))
	b = b[header:]
	// No product of two 32-bit numbers overflows; the length bounds both.
	if classes < 2 || inputs < 1 || classes > uint64(len(b)) || inputs > uint64(len(b)) || uint64(len(b)) != 8*classes+2*classes*inputs {
		return nil, fmt.Errorf("%w: logistic model of %d classes and %d inputs in %d bytes", ErrDamaged, classes, inputs, len(b))
	}
	l := &Logistic{linear{outputs: int(classes), inputs: int(inputs), bias: make([]float64, classes), weights: make([]float32, classes*inputs)}}
	for i := range l.bias {
		l.bias[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	b = b[8*classes:]
	for i := range l.weights {
		l.weights[i] = float32(int16(binary.LittleEndian.Uint16(b[2*i:]))) / precision * largest
	}
	return l, nil
}
