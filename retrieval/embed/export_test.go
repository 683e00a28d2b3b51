package embed

// BuiltinOn is the built-in embedder on other skills and another word table.
var BuiltinOn = newBuiltin
