package chat_test

import (
	"testing"
)

func TestConversation(t *testing.T) {
	s := newSite(t, options{})
	c, opened := s.open("", "")
	if opened.Token == "" || opened.Session.ID == "" || opened.Snapshot == nil || opened.Recovered {
		t.Fatalf("opened %+v", opened)
	}
	reply := c.ask("1", map[string]any{"type": "message.create", "message_id": "m1", "text": "hello 🐕"})
	if reply.Error != nil || string(reply.Result) != `{"message_id":"m1","offset":1}` {
		t.Fatalf("reply %s %+v", reply.Result, reply.Error)
	}
	done := c.wait("response.completed")
	if done.Response.Text != "You said: hello 🐕" {
		t.Errorf("text %q", done.Response.Text)
	}
}
