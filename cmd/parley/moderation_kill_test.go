package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// TestKilledAgainAndAgain kills the real program in the midst of checks, of
// judging and of telling the site, several times. Whatever was answered is kept, what
// was not is asked again, and in the end the site has heard of each message once.
func TestKilledAgainAndAgain(t *testing.T) {
	onDatabases(t, func(t *testing.T, env map[string]string) {
		judge, site := newJudgeServer(t), newReceiver(t)
		m := &moderated{judge: judge.url, hook: site.url, env: env}
		all := m.write(t)
		asked := &sender{answered: map[string]string{}}
		for round := range 3 {
			p := command(t, all, "serve")
			s := &server{base: p.serving(t), http: &http.Client{Timeout: 10 * time.Second}}
			if round == 0 {
				settings := ruledByWords()
				settings["judge"] = object{"meanwhile": "hold", "down": "hold", "share": 1}
				s.settings(t, shopKey, settings)
			}
			// Killed when as many were answered; those on their way are not.
			asked.until(t, s, 15*(round+1), func() {
				if err := p.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
			_ = p.Wait() // killed
		}

		site.clock.forward(time.Minute) // what the dead processes left is taken up at once
		cfg, err := LoadConfig("", environment(all))
		if err != nil {
			t.Fatal(err)
		}
		cfg.now = site.clock.now
		s := startServer(t, cfg)
		for id, known := range asked.answered {
			if a := s.check(t, id, asked.text(id), http.StatusOK); a.Case != known {
				t.Errorf("%s was case %s, is %s", id, known, a.Case)
			}
			s.becomes(t, known, id+" is decided", func(d detail) bool { return d.Case.Status == "decided" && d.Case.Verdict.Stage == "judge" })
			eventually(t, "the site is told of "+id, func() bool { return len(site.of(id)) > 0 })
		}
		for id := range asked.answered {
			if told := site.of(id); len(told) != 1 || values(told)[0] != asked.wants(id) {
				t.Errorf("%s: the site was told %v, want %s", id, told, asked.wants(id))
			}
		}
		if site.forged != 0 || len(asked.answered) < 45 {
			t.Errorf("%d requests were not signed; %d messages", site.forged, len(asked.answered))
		}
	})
}

// sender asks about messages, several at a time, and notes the cases that were answered.
type sender struct {
	mu       sync.Mutex
	next     int
	answered map[string]string // case by message
	open     []int             // asked about, and not answered
}

func (a *sender) text(id string) string {
	return fmt.Sprintf("%s is %s: %s", id, map[string]string{"deliver": clearedWord, "block": confirmedWord}[a.wants(id)], reviewedWord)
}

// wants is what the judge will say of a message.
func (a *sender) wants(id string) string {
	if id[len(id)-1]%2 == 0 {
		return "deliver"
	}
	return "block"
}

// until asks until so many are answered in all, then has end done, and returns
// when all requests have come back or failed.
func (a *sender) until(t *testing.T, s *server, many int, end func()) {
	t.Helper()
	var asking sync.WaitGroup
	ended, once := make(chan struct{}), sync.Once{}
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				if a.one(t, s) >= many {
					once.Do(func() { close(ended); end() })
				}
			}
		})
	}
	asking.Wait()
}

// one asks about a message that was asked about in vain, or about the next one,
// and returns how many are answered.
func (a *sender) one(t *testing.T, s *server) int {
	a.mu.Lock()
	n := a.next
	if len(a.open) > 0 {
		n, a.open = a.open[0], a.open[1:]
	} else {
		a.next++
	}
	a.mu.Unlock()
	id := fmt.Sprint("n", n)
	known, answered := s.ask(t, id, a.text(id))
	a.mu.Lock()
	defer a.mu.Unlock()
	if answered {
		a.answered[id] = known
	} else {
		a.open = append(a.open, n)
	}
	return len(a.answered)
}

// ask is check for a server that may be gone before it answers.
func (s *server) ask(t *testing.T, id, text string) (known string, answered bool) {
	body, err := json.Marshal(object{"id": id, "sender": "freelancer", "text": text})
	if err != nil {
		t.Error(err)
		return "", false
	}
	r, err := http.NewRequest("POST", s.base+"/v1/moderation/check", bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return "", false
	}
	r.Header.Set("Authorization", "Bearer "+shopKey)
	r.Header.Set("Content-Type", "application/json")
	response, err := s.http.Do(r)
	if err != nil {
		return "", false
	}
	defer response.Body.Close()
	var a answer
	if response.StatusCode != http.StatusOK || json.NewDecoder(response.Body).Decode(&a) != nil {
		return "", false
	}
	return a.Case, true
}
