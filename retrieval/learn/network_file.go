package learn

import (
	"encoding/binary"
	"fmt"
	"math"
)

// coarse is the largest number that a stored weight of the first layer has: they are
// kept as 8-bit integers times one scale for each unit, the rest as it is.
const coarse = math.MaxInt8

// AppendBinary appends the network to b: the numbers of classes, inputs and units, the
// weights of the second layer, the biases, the scales of the first layer, then its
// weights by input.
func (n *Network) AppendBinary(b []byte) ([]byte, error) {
	for _, list := range [][]float32{n.first, n.second, n.bias} {
		for _, w := range list {
			if math.IsNaN(float64(w)) || math.IsInf(float64(w), 0) {
				return b, fmt.Errorf("%w: a weight is %v", ErrSamples, w)
			}
		}
	}
	scales := make([]float32, n.hidden)
	for i, w := range n.first {
		scales[i%n.hidden] = max(scales[i%n.hidden], w, -w)
	}
	for _, size := range []int{n.classes, n.inputs, n.hidden} {
		b = binary.LittleEndian.AppendUint32(b, uint32(size))
	}
	for _, list := range [][]float32{n.second, n.bias, scales} {
		for _, w := range list {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(w))
		}
	}
	for i, w := range n.first {
		stored := int8(0)
		if scale := scales[i%n.hidden]; scale > 0 {
			stored = int8(math.Round(float64(w) / float64(scale) * coarse))
		}
		b = append(b, byte(stored))
	}
	return b, nil
}

// ParseNetwork reads a network that AppendBinary has written from the beginning of b, and returns what is
// behind it.
func ParseNetwork(b []byte) (n *Network, rest []byte, err error) {
	const header = 12
	if len(b) < header {
		return nil, nil, fmt.Errorf("%w: network of %d bytes", ErrDamaged, len(b))
	}
	var sizes [3]uint64
	for i := range sizes {
		sizes[i] = uint64(binary.LittleEndian.Uint32(b[4*i:]))
		if sizes[i] < 1 || sizes[i] > uint64(len(b)) { // so that no product overflows
			return nil, nil, fmt.Errorf("%w: network of sizes %v in %d bytes", ErrDamaged, sizes, len(b))
		}
	}
	classes, inputs, hidden := sizes[0], sizes[1], sizes[2]
	b = b[header:]
	if need := 4*(hidden*classes+classes+hidden) + inputs*hidden; classes < 2 || need > uint64(len(b)) {
		return nil, nil, fmt.Errorf("%w: network of sizes %v in %d bytes", ErrDamaged, sizes, len(b))
	}
	floats := func(size uint64) []float32 {
		list := make([]float32, size)
		for i := range list {
			list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		b = b[4*size:]
		return list
	}
	n = &Network{classes: int(classes), inputs: int(inputs), hidden: int(hidden)}
	n.second, n.bias = floats(hidden*classes), floats(classes)
	scales := floats(hidden)
	n.first = make([]float32, inputs*hidden)
	for i := range n.first {
		n.first[i] = float32(int8(b[i])) / coarse * scales[i%n.hidden]
	}
	return n, b[len(n.first):], nil
}
