package demo

import (
	"errors"
	"net/http"
)

const (
	shownJobs = 12
)

// card is a job in a list.
type card struct {
	Job
	Brief string
}

// home lists open jobs: those that were written here first.
func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	if !s.ready(w, r) {
		return
	}
	found, err := s.parley.newest(r.Context(), shownJobs)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	var cards []card
	own := map[string]bool{}
	s.mu.Lock()
	for _, j := range s.jobs {
		own[j.ID] = true
		cards = append(cards, newCard(j))
	}
	s.mu.Unlock()
	for _, d := range found {
		if !own[d.ID] && len(cards) < shownJobs {
			cards = append(cards, newCard(d.job()))
		}
	}
	s.show(w, r, http.StatusOK, "home", page{Title: "Work worth docking for", Data: struct {
		Jobs   []card
		People []Person
	}{cards, people}})
}

const briefLength = 170 // characters

func newCard(j Job) card {
	c := card{Job: j}
	if len(j.Description) > 0 {
		c.Brief = j.Description[0]
	}
	if text := []rune(c.Brief); len(text) > briefLength {
		c.Brief = string(text[:briefLength]) + "…"
	}
	return c
}

// job shows one job, whoever wrote it. Parley is told its id, so that it knows
// which job "help me apply" is about.
func (s *Site) job(w http.ResponseWriter, r *http.Request) {
	if !s.ready(w, r) {
		return
	}
	id := r.PathValue("id")
	j, found := s.own(id)
	if !found {
		d, err := s.parley.job(r.Context(), id)
		if errors.Is(err, errNotFound) {
			s.missing(w, r)
			return
		}
		if err != nil {
			s.trouble(w, r, err)
			return
		}
		j = d.job()
	}
	s.show(w, r, http.StatusOK, "job", page{Title: j.Title, Job: j.ID, Data: j})
}

func (s *Site) own(id string) (Job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range s.jobs {
		if j.ID == id {
			return j, true
		}
	}
	return Job{}, false
}

func (s *Site) post(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "post", page{Title: "Post a job"})
}

// profile is a freelancer's, as Parley keeps it.
type profile struct {
	Headline   string
	Overview   string
	Category   string
	Experience []struct{ Title, From, To, Text string }
	Skills     []string
	Rate       int64
	Currency   string
	Languages  []struct{ Code, Level string }
	Country    string
	Track      struct {
		Jobs    int
		Rating  float64
		Reviews int
	} `json:"track_record"`
	Credentials []string
}

// Pay is the freelancer's rate.
func (p profile) Pay() string { return pay("hourly", "", p.Currency, p.Rate, 0) }

// Paragraphs are those of the overview.
func (p profile) Paragraphs() []string { return paragraphs(p.Overview) }

// person shows a freelancer who has an account here.
func (s *Site) person(w http.ResponseWriter, r *http.Request) {
	if !s.ready(w, r) {
		return
	}
	who := personOf(r.PathValue("id"))
	if who == nil || who.Profile == "" {
		s.missing(w, r)
		return
	}
	found, err := s.parley.profile(r.Context(), who.Profile)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, "person", page{Title: who.Name, Data: struct {
		Who     Person
		Profile profile
	}{*who, found}})
}

// showReceived shows what came from Parley, newest first; the page looks again by itself.
func (s *Site) showReceived(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	received := append([]receipt(nil), s.received...)
	s.mu.Unlock()
	s.show(w, r, http.StatusOK, "received", page{Title: "What the site received", Data: received})
}

func (s *Site) missing(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusNotFound, "missing", page{Title: "There is nothing here", Data: "The job may have been taken down, or the address has a slip in it."})
}

// ready fills the market with the first visit; when that fails it says so.
func (s *Site) ready(w http.ResponseWriter, r *http.Request) bool {
	if err := s.prepare(); err != nil {
		s.trouble(w, r, err)
		return false
	}
	return true
}

func (s *Site) trouble(w http.ResponseWriter, r *http.Request, err error) {
	s.cfg.Log.Warn("demo site", "path", r.URL.Path, "error", err)
	s.show(w, r, http.StatusServiceUnavailable, "missing", page{Title: "The market is closed for a moment", Data: "Its data cannot be reached right now. Please try again."})
}
