// Command parley is a conversational hiring assistant in one binary: the
// server, and the tools that load, search and look after what it knows.
//
// Each command has a file. storage.go opens and migrates the database once,
// wire.go puts the parts together and is the place to see how they hang
// together, serve.go runs them and shuts them down in order. The tests run the
// same wiring.
//
// Exit codes: 0 done; 1 it failed; 2 the command line or the configuration is
// wrong; 3 a part of the input was refused, the rest was done; 4 the database
// or the data folder cannot be used.
package main
