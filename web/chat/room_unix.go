//go:build unix

package chat

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// hasRoom reports whether a socket takes a small frame at once. A kernel says
// that a socket can be written to only while a good part of its send buffer,
// which is never below 4 KiB, is free.
func hasRoom(raw syscall.RawConn) (room bool) {
	err := raw.Control(func(fd uintptr) {
		poll := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
		n, err := unix.Poll(poll, 0)
		room = err == nil && n == 1 && poll[0].Revents == unix.POLLOUT
	})
	return err == nil && room
}
