// Command bench measures what connections cost: the memory of idle ones with
// an opened session, and the processor time of a pushed piece of text beside a
// bare WebSocket server that pushes the same bytes. Server and clients are
// processes of their own on the loopback interface.
//
//	go run ./web/chat/bench [-connections 10000] [-streams 1000] [-seconds 10] [-rounds 3]
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// perClient is how many connections one client process holds.
const perClient = 5000

var (
	role        = flag.String("role", "", "for the processes that this one starts: server, bare or client")
	address     = flag.String("address", "", "of the server, for a client")
	connections = flag.Int("connections", 10_000, "idle connections")
	streams     = flag.Int("streams", 1000, "sessions that are pushed to")
	rate        = flag.Int("rate", 20, "pieces a second that each is pushed")
	seconds     = flag.Int("seconds", 10, "of pushing, each round")
	rounds      = flag.Int("rounds", 3, "of pushing, for each of the two servers")
	settle      = flag.Duration("settle", 60*time.Second, "between opening the connections and measuring")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	raiseLimit()
	var err error
	switch *role {
	case "server":
		err = serveParley()
	case "bare":
		err = serveBare()
	case "client":
		err = runClient()
	default:
		if err = measureIdle(); err == nil {
			err = measurePushes()
		}
	}
	if err != nil {
		log.Fatalf("bench: %v", err)
	}
}

// raiseLimit allows as many open files as the system does.
func raiseLimit() {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) == nil {
		limit.Cur = limit.Max
		_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
	}
}

// process is a part of the measurement that takes commands as lines and
// answers each with one.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(self, args...)}
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewScanner(out)
	return p, p.cmd.Start()
}

func (p *process) read() (string, error) {
	if !p.out.Scan() {
		return "", fmt.Errorf("%s has ended", p.cmd.Args)
	}
	return p.out.Text(), nil
}

func (p *process) ask(command string) (string, error) {
	if _, err := fmt.Fprintln(p.in, command); err != nil {
		return "", err
	}
	return p.read()
}

// stop ends a process by closing its input.
func (p *process) stop() {
	p.in.Close()
	_ = p.cmd.Wait()
}

// resident is the memory of a process in KiB, as the kernel counts it.
func (p *process) resident() (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.Atoi(strings.Fields(value)[0])
		}
	}
	return 0, fmt.Errorf("no VmRSS")
}

func startClient(address string, n int) (*process, error) {
	p, err := start("-role", "client", "-address", address, "-connections", strconv.Itoa(n))
	if err != nil {
		return nil, err
	}
	if _, err := p.read(); err != nil { // when every session is open
		return nil, err
	}
	return p, nil
}

func measureIdle() error {
	server, err := start("-role", "server")
	if err != nil {
		return err
	}
	defer server.stop()
	address, err := server.read()
	if err != nil {
		return err
	}
	// A first connection brings in what the first one always costs.
	warm, err := startClient(address, 10)
	if err != nil {
		return err
	}
	warm.stop()
	before, err := server.resident()
	if err != nil {
		return err
	}
	for left := *connections; left > 0; left -= perClient {
		client, err := startClient(address, min(left, perClient))
		if err != nil {
			return err
		}
		defer client.stop()
	}
	at := func(what string) error {
		now, err := server.resident()
		if err == nil {
			fmt.Printf("idle: %d connections with their sessions opened, %s: %.1f KiB each above the idle server (%d → %d KiB)\n",
				*connections, what, float64(now-before)/float64(*connections), before, now)
		}
		return err
	}
	if err := at("right away"); err != nil {
		return err
	}
	time.Sleep(*settle)
	if err := at("after " + settle.String()); err != nil {
		return err
	}
	if _, err := server.ask("collect"); err != nil {
		return err
	}
	return at("after a garbage collection")
}

func measurePushes() error {
	cost := map[string][]float64{}
	for range *rounds {
		for _, role := range []string{"bare", "server"} {
			micros, err := pushes(role)
			if err != nil {
				return err
			}
			cost[role] = append(cost[role], micros)
		}
	}
	parley, bare := median(cost["server"]), median(cost["bare"])
	fmt.Printf("push: %d sessions × %d/s for %d s, median of %d rounds: parley %.1f µs, bare gorilla %.1f µs of processor time a piece: %.2f ×\n",
		*streams, *rate, *seconds, *rounds, parley, bare, parley/bare)
	return nil
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// pushes returns the processor time of one pushed piece in µs.
func pushes(role string) (float64, error) {
	server, err := start("-role", role, "-rate", strconv.Itoa(*rate), "-seconds", strconv.Itoa(*seconds))
	if err != nil {
		return 0, err
	}
	defer server.stop()
	address, err := server.read()
	if err != nil {
		return 0, err
	}
	client, err := startClient(address, *streams)
	if err != nil {
		return 0, err
	}
	defer client.stop()
	if _, err := client.ask("begin"); err != nil { // when every turn has begun
		return 0, err
	}
	answer, err := server.ask("push")
	if err != nil {
		return 0, err
	}
	var micros, pieces float64
	if _, err := fmt.Sscan(answer, &micros, &pieces); err != nil {
		return 0, fmt.Errorf("%q: %w", answer, err)
	}
	received, err := client.ask("count")
	if err != nil {
		return 0, err
	}
	fmt.Printf("push: %-6s %8.0f pieces pushed, %s received, %.1f µs each\n", role, pieces, received, micros/pieces)
	return micros / pieces, nil
}
