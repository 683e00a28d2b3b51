// Package web is Parley's HTTP server: the chat page, the WebSocket of package
// chat, and the REST API that openapi.yaml describes.
//
// [New] wires handlers that were built elsewhere and holds no state of its own.
// Each resource has a file. Handlers return errors; one table turns the
// sentinels of all packages into RFC 9457 problems, so that no internal detail
// reaches anybody outside and every error looks alike.
package web
