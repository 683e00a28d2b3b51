// Package chat is the wire of docs/wire.md: the WebSocket at /v1/chat, and the
// same frames as Server-Sent Events and single POST requests.
//
// [Server.Handle] upgrades a request and leaves the HTTP handler, so that an
// idle connection costs one small goroutine that waits for input and no
// buffers for output. What is to be written waits in a queue with a limit: a piece
// of text is written by whoever has it when the socket has room, everything
// else by a goroutine that ends when nothing waits. One wheel, not a timer a connection,
// sends pings and watches deadlines. A client that is too slow loses its
// connection, never its events: it resumes where it was.
package chat
