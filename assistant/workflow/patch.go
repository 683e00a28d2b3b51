package workflow

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
)

// PatchError says in a person's words why a patch does not fit what it is for:
// "title must be a text". It is for the error of decoding a patched document.
func PatchError(err error) string {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	name := wrong.Field
	if name == "" {
		name = "a value"
	}
	return name + " must be " + kindName(wrong.Type.Kind())
}

func kindName(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a whole number"
	}
	return "an object"
}
