package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/parleyhq/parley/sessions"
	"github.com/parleyhq/parley/web/chat"
)

func principal(name string) sessions.Principal {
	return sessions.Principal{Tenant: "default", Subject: name, Role: sessions.RoleClient}
}

func TestBadTokens(t *testing.T) {
	s := newSite(t, options{})
	for name, token := range map[string]string{
		"forged":  "forged",
		"expired": expiring("alice", time.Now().Add(-time.Minute)),
	} {
		c := s.dial()
		c.send(map[string]any{"type": "session.open", "token": token, "id": "1"})
		if r := c.wait("reply"); r.Error == nil || r.Error.Code != "unauthorized" || strings.Contains(r.Error.Message, "signature") {
			t.Errorf("%s: %+v", name, r.Error)
		}
		if code := c.closed(); code != chat.CodeBadToken {
			t.Errorf("%s: closed with %d", name, code)
		}
	}
}

func TestAuthenticatorAway(t *testing.T) {
	s := newSite(t, options{})
	s.auth.mu.Lock()
	s.auth.down = true
	s.auth.mu.Unlock()
	c := s.dial()
	if r := c.ask("1", map[string]any{"type": "session.open", "token": "alice"}); r.Error == nil || r.Error.Code != "unavailable" || !r.Error.Temporary {
		t.Errorf("while it is away: %+v", r.Error)
	}
	s.auth.mu.Lock()
	s.auth.down = false
	s.auth.mu.Unlock()
	c.send(map[string]any{"type": "session.open", "token": "alice", "id": "2"})
	if opened := c.wait("session.opened"); opened.ID != "2" || opened.Token != "" {
		t.Errorf("afterwards: %+v", opened)
	}
}

func TestVisitorComesBackWithTheToken(t *testing.T) {
	s := newSite(t, options{})
	_, opened := s.open("", "")
	if _, again := s.open(opened.Token, opened.Session.ID); again.Session.ID != opened.Session.ID || again.Token != "" {
		t.Errorf("came back: %+v", again)
	}
}

func TestVisitorsTokenIsRenewed(t *testing.T) {
	s := newSite(t, options{})
	_, opened := s.open(expiring("visitor-ann", time.Now().Add(time.Minute)), "")
	if opened.Token == "" {
		t.Fatal("a token that expires in a minute was not renewed")
	}
	if _, again := s.open(opened.Token, opened.Session.ID); again.Session.ID != opened.Session.ID || again.Token != "" {
		t.Errorf("came back with the new token: %+v", again)
	}
}

func TestSomebodyElsesSession(t *testing.T) {
	s := newSite(t, options{})
	_, opened := s.open("alice", "")
	for _, token := range []string{"mallory", ""} {
		c := s.dial()
		c.send(map[string]any{"type": "session.open", "token": token, "session": opened.Session.ID})
		if e := c.wait("error"); e.Error.Code != "not_found" {
			t.Errorf("token %q: %+v", token, e.Error)
		}
		if r := c.ask("1", map[string]any{"type": "message.create", "message_id": "a", "text": "x"}); r.Error == nil || r.Error.Code != "not_open" {
			t.Errorf("token %q: %+v", token, r.Error)
		}
	}
}

func TestTokenThatExpires(t *testing.T) {
	s := newSite(t, options{chat: chat.Config{PingEvery: 50 * time.Millisecond, PongTimeout: 5 * time.Second}})
	soon := time.Now().Add(400 * time.Millisecond)
	lapsing, _ := s.open(expiring("alice", soon), "")
	staying, _ := s.open(expiring("bob", soon), "")
	for token, code := range map[string]string{"forged": "unauthorized", expiring("carol", time.Now().Add(time.Hour)): "forbidden"} {
		if r := staying.ask("1", map[string]any{"type": "session.refresh", "token": token}); r.Error == nil || r.Error.Code != code {
			t.Errorf("refresh with %s: %+v", token, r.Error)
		}
	}
	if r := staying.ask("2", map[string]any{"type": "session.refresh", "token": expiring("bob", time.Now().Add(time.Hour))}); r.Error != nil {
		t.Errorf("refresh: %+v", r.Error)
	}
	if code := lapsing.closed(); code != chat.CodeBadToken {
		t.Errorf("closed with %d", code)
	}
	if time.Now().Before(soon) {
		t.Error("closed before the token expired")
	}
	if r := staying.ask("3", map[string]any{"type": "message.create", "message_id": "a", "text": "x"}); r.Error != nil {
		t.Errorf("after a refresh: %+v", r.Error)
	}
}
