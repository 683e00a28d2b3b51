package embed

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/sashabaranov/go-openai"
)

// read puts the vectors of an answer in the order of the texts. One vector that
// is missing, of another length or not finite, and none is used: vectors in
// the wrong place would be found for the wrong documents ever after.
func (o *OpenAI) read(data []openai.Embedding, texts int) ([][]float32, error) {
	if len(data) != texts {
		return nil, fmt.Errorf("%w: %d vectors for %d texts", ErrBadAnswer, len(data), texts)
	}
	vectors := make([][]float32, texts)
	for _, item := range data {
		if item.Index < 0 || item.Index >= texts || vectors[item.Index] != nil {
			return nil, fmt.Errorf("%w: index %d is out of range or repeated", ErrBadAnswer, item.Index)
		}
		if len(item.Embedding) != o.config.Dimensions {
			return nil, fmt.Errorf("%w: a vector has %d dimensions, %d are configured", ErrBadAnswer, len(item.Embedding), o.config.Dimensions)
		}
		vector, err := unitLength(item.Embedding)
		if err != nil {
			return nil, err
		}
		vectors[item.Index] = vector
	}
	return vectors, nil
}

// unitLength scales a vector in place.
func unitLength(vector []float32) ([]float32, error) {
	square := 0.0
	for _, x := range vector {
		square += float64(x) * float64(x)
	}
	if square == 0 || math.IsNaN(square) || math.IsInf(square, 0) {
		return nil, fmt.Errorf("%w: a vector is zero or not finite", ErrBadAnswer)
	}
	scale := 1 / math.Sqrt(square)
	for i, x := range vector {
		vector[i] = float32(float64(x) * scale)
	}
	return vector, nil
}

// unreadable reports whether an error is about what the server wrote, not
// about reaching it. A body that was cut off is not: it may be whole next time.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &wrongType) || errors.Is(err, errTooLong)
}
