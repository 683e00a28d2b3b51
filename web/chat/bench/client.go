package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// atOnce is how many connections a client makes in parallel.
const atOnce = 32

// runClient opens sessions, says so, and counts the pieces that come.
func runClient() error {
	var pieces, begun atomic.Int64
	sockets := make([]*websocket.Conn, *connections)
	errs := make(chan error, *connections)
	slots := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i := range sockets {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			ws, err := opened(*address)
			if err != nil {
				errs <- err
				return
			}
			sockets[i] = ws
			go read(ws, &pieces, &begun)
		})
	}
	wg.Wait()
	if len(errs) > 0 {
		return <-errs
	}
	fmt.Println("open")
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		switch in.Text() {
		case "begin":
			for _, ws := range sockets {
				if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"message.create","message_id":"m1","text":"go"}`)); err != nil {
					return err
				}
			}
			wait(&begun, int64(len(sockets)))
			fmt.Println("begun")
		case "count":
			wait(&pieces, int64(len(sockets)**rate**seconds))
			fmt.Println(pieces.Load())
		}
	}
	return nil
}

// wait gives a counter a while to reach what is expected; what it misses then shows in the result.
func wait(counter *atomic.Int64, want int64) {
	for range 500 {
		if counter.Load() >= want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

var dialer = websocket.Dialer{Subprotocols: []string{"parley.v1"}, ReadBufferSize: 1024, WriteBufferSize: 512, HandshakeTimeout: time.Minute}

func opened(address string) (*websocket.Conn, error) {
	ws, _, err := dialer.Dial("ws://"+address+"/v1/chat", nil)
	if err != nil {
		return nil, err
	}
	if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"session.open"}`)); err != nil {
		return nil, err
	}
	_, data, err := ws.ReadMessage()
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(data, []byte(`"session.opened"`)) {
		return nil, fmt.Errorf("not opened: %s", data)
	}
	return ws, nil
}

func read(ws *websocket.Conn, pieces, begun *atomic.Int64) {
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			return
		}
		switch {
		case bytes.Contains(data, []byte(`"response.output_text.delta"`)):
			pieces.Add(int64(bytes.Count(data, []byte(piece))))
		case bytes.Contains(data, []byte(`"response.created"`)):
			begun.Add(1)
		}
	}
}
