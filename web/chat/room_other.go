//go:build !unix

package chat

import "syscall"

// hasRoom is not known here: a goroutine writes.
func hasRoom(syscall.RawConn) bool { return false }
