package demo

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// Person is somebody who has an account here. All are invented.
type Person struct {
	ID      string // what Parley is told; never a name or an address
	Name    string
	Work    string
	Role    string // client or freelancer
	Profile string // of a freelancer: the id of their profile on this market
}

// people have accounts. A real site asks for a password.
var people = []Person{
	{ID: "u-1001", Name: "Ines Okafor", Work: "Runs a ship chandlery and hires now and then", Role: "client"},
	{ID: "u-1002", Name: "Rui Valente", Work: "Draws logos and signs for shops", Role: "freelancer", Profile: "prof-design-01"},
	{ID: "u-1003", Name: "Meret Haas", Work: "Looks after a school library", Role: "client"},
}

func personOf(id string) *Person {
	for i := range people {
		if people[i].ID == id {
			return &people[i]
		}
	}
	return nil
}

const (
	cookieName   = "quayside_session"
	mostSessions = 1000
)

// sessions are who is signed in, by the cookie's value.
type sessions struct {
	mu sync.Mutex
	by map[string]*Person
}

// of returns who sent a request, nil for nobody.
func (s *sessions) of(r *http.Request) *Person {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by[cookie.Value]
}

func (s *sessions) begin(w http.ResponseWriter, p *Person) {
	value := rand.Text()
	s.mu.Lock()
	if s.by == nil || len(s.by) >= mostSessions {
		s.by = map[string]*Person{}
	}
	s.by[value] = p
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (s *sessions) end(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		s.mu.Lock()
		delete(s.by, cookie.Value)
		s.mu.Unlock()
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (s *Site) login(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "login", page{Title: "Log in", Data: people})
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) {
	person := personOf(r.PostFormValue("person"))
	if person == nil {
		http.Error(w, "nobody has this account", http.StatusBadRequest)
		return
	}
	s.people.end(w, r)
	s.people.begin(w, person)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) {
	s.people.end(w, r)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
