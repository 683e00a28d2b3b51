package main

import (
	"fmt"
	"os"

	"github.com/parleyhq/parley/assistant/upload"
)

// readPDFCmd is the process in which the server has a PDF read.
type readPDFCmd struct{}

// Run exits with the code that upload.PDF returns, which the server understands.
func (readPDFCmd) Run(env *environ) error {
	os.Exit(upload.PDF(env.in, env.out, os.Exit))
	return nil
}

// uploadReader reads files, PDFs by this program itself.
func uploadReader() (*upload.Reader, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return upload.NewReader(self, "read-pdf"), nil
}
