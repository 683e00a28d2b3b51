package sessions

import "slices"

// The functions of this file read the tree of a session's messages.

// message returns the message with an id, or nil.
func (s *State) message(id string) *Message {
	for i := range s.Messages {
		if s.Messages[i].ID == id {
			return &s.Messages[i]
		}
	}
	return nil
}

// response returns the response with an id, or nil.
func (s *State) response(id string) *Response {
	for i := range s.Responses {
		if s.Responses[i].ID == id {
			return &s.Responses[i]
		}
	}
	return nil
}

// path returns the messages from the root down to one, oldest first. A parent
// always precedes its children in s.Messages, so one walk backwards is enough.
func (s *State) path(id string) []Message {
	var found []Message
	for i := len(s.Messages) - 1; i >= 0 && id != ""; i-- {
		if s.Messages[i].ID == id {
			found = append(found, s.Messages[i])
			id = s.Messages[i].Parent
		}
	}
	for i, j := 0, len(found)-1; i < j; i, j = i+1, j-1 {
		found[i], found[j] = found[j], found[i]
	}
	return found
}

// tip returns the newest message below one: where its branch goes on.
func (s *State) tip(id string) string {
	newest := make(map[string]string, len(s.Messages))
	for _, m := range s.Messages {
		newest[m.Parent] = m.ID
	}
	for child, ok := newest[id]; ok && id != ""; child, ok = newest[id] {
		id = child
	}
	return id
}

// counting returns, by message, the newest response that was neither replaced
// nor released.
func (s *State) counting() map[string]*Response {
	found := make(map[string]*Response, len(s.Responses))
	for i := range s.Responses {
		if r := &s.Responses[i]; r.Status != StatusReplaced && r.Status != StatusReleased {
			found[r.Message] = r
		}
	}
	return found
}

// running returns the responses that have not ended; more than one would be a mistake.
func (s *State) running() []Response {
	var found []Response
	for _, r := range s.Responses {
		if r.Status == StatusRunning {
			found = append(found, r)
		}
	}
	return found
}

// answered tells which messages something has begun to answer: any response
// but one that was released.
func (s *State) answered() map[string]bool {
	answered := make(map[string]bool, len(s.Responses))
	for _, r := range s.Responses {
		if r.Status != StatusReleased {
			answered[r.Message] = true
		}
	}
	return answered
}

// released tells whether a message was held and may be answered now.
func (s *State) released(message string) bool {
	return slices.ContainsFunc(s.Responses, func(r Response) bool { return r.Message == message && r.Status == StatusReleased })
}

// waiting returns the messages that nothing has begun to answer, oldest first.
func (s *State) waiting() []Message {
	answered := s.answered()
	var found []Message
	for _, m := range s.Messages {
		if !answered[m.ID] {
			found = append(found, m)
		}
	}
	return found
}

// reached returns the last message of the selected branch that does not wait:
// a person's change to a draft belongs there, so that the messages that still
// wait see it.
func (s *State) reached() string {
	answered := s.answered()
	path := s.path(s.Session.Leaf)
	for i := len(path) - 1; i >= 0; i-- {
		if answered[path[i].ID] {
			return path[i].ID
		}
	}
	return s.Session.Leaf
}

// drafts returns the current version of each draft on the branch that ends in
// a message, in the order in which the drafts were begun. It is the newest one of the
// last message that wrote any: to answer an earlier message anew must not undo
// what a later one has said.
func (s *State) drafts(leaf string) []Draft {
	return s.currentDrafts(s.path(leaf), func(*Draft) bool { return true })
}

func (s *State) currentDrafts(path []Message, want func(*Draft) bool) []Draft {
	place := make(map[string]int, len(path))
	for i, m := range path {
		place[m.ID] = i + 1
	}
	var found []Draft
	at := map[string]int{}
	for i := range s.Drafts {
		d := &s.Drafts[i]
		if place[d.Message] == 0 || !want(d) {
			continue
		}
		n, ok := at[d.ID]
		if !ok {
			at[d.ID] = len(found)
			found = append(found, *d)
			continue
		}
		if here, there := place[d.Message], place[found[n].Message]; here > there || here == there && d.Version > found[n].Version {
			found[n] = *d
		}
	}
	return found
}

// draftsBefore returns the drafts that a response to a message starts from:
// what an earlier run for the same message wrote is left out, unless a person
// has worked on it since. Of the drafts left out, begun tells the ids by kind,
// so that the new run goes on with them.
func (s *State) draftsBefore(message string) (drafts []Draft, begun map[string]string) {
	touched := map[string]bool{}
	for _, d := range s.Drafts {
		if d.Message == message && d.Author == AuthorPerson {
			touched[d.ID] = true
		}
	}
	path := s.path(message)
	drafts = s.currentDrafts(path, func(d *Draft) bool { return d.Message != message || touched[d.ID] })
	begun = map[string]string{}
	for _, d := range s.currentDrafts(path, func(d *Draft) bool { return true }) {
		begun[d.Kind] = d.ID
	}
	for _, d := range drafts {
		delete(begun, d.Kind)
	}
	return drafts, begun
}

// newestVersion returns the highest version of a draft over all branches, 0 for none.
func (s *State) newestVersion(draft string) int {
	newest := 0
	for _, d := range s.Drafts {
		if d.ID == draft {
			newest = max(newest, d.Version)
		}
	}
	return newest
}

// history returns what was said before a message, with the responses that
// count. A message that is held was not said as far as an answer is concerned.
func (s *State) history(message Message) []Exchange {
	responses := s.counting()
	var history []Exchange
	for _, m := range s.path(message.Parent) {
		if r := responses[m.ID]; r != nil && r.Status == StatusHeld {
			continue
		}
		history = append(history, Exchange{Message: m, Response: copied(responses[m.ID])})
	}
	return history
}

func copied(r *Response) *Response {
	if r == nil {
		return nil
	}
	c := *r
	return &c
}

// below tells whether a message is another one or comes after it on its branch.
func (s *State) below(id, ancestor string) bool {
	for _, m := range s.path(id) {
		if m.ID == ancestor {
			return true
		}
	}
	return false
}

// apply makes a stored batch part of the state.
func (s *State) apply(b Batch, last int64) {
	s.Messages = append(s.Messages, b.Messages...)
	for _, r := range b.Responses {
		if known := s.response(r.ID); known != nil {
			*known = r
		} else {
			s.Responses = append(s.Responses, r)
		}
	}
	s.Drafts = append(s.Drafts, b.Drafts...)
	for _, a := range b.Addresses {
		s.applyAddress(a)
	}
	for _, f := range b.Feedback {
		s.applyFeedback(f)
	}
	if b.Leaf != nil {
		s.Session.Leaf = *b.Leaf
	}
	if b.Title != nil {
		s.Session.Title = *b.Title
	}
	s.Session.Offset = last
}

func (s *State) applyAddress(a Address) {
	for i := range s.Drafts {
		if d := &s.Drafts[i]; d.ID == a.Draft && d.Version == a.Version {
			d.URL = a.URL
		}
	}
}

func (s *State) applyFeedback(f Feedback) {
	for i := range s.Feedback {
		if s.Feedback[i].Response == f.Response {
			s.Feedback[i] = f
			return
		}
	}
	s.Feedback = append(s.Feedback, f)
}
