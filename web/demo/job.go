package demo

import (
	"slices"
	"strings"
	"time"
)

// draft is what Parley says of a draft that was published.
type draft struct {
	ID        string    `json:"draft_id"`
	Version   int       `json:"version"`
	Kind      string    `json:"kind"`
	Published time.Time `json:"published"`
	Subject   string    `json:"subject"` // whom this site had signed in, "" for a visitor
	URL       string    `json:"url"`     // what this site answered
	Document  struct {
		Title        string
		Category     string
		Description  string
		Deliverables []string
		Skills       struct{ Must, Nice []string }
		Level        string
		Pay          *struct {
			Type, Per, Currency string
			Min, Max            int64 // minor units
		}
		Duration *struct {
			MinDays int `json:"min_days"`
			MaxDays int `json:"max_days"`
			Text    string
		}
		Hours *struct {
			Min, Max int
			Text     string
		} `json:"hours_per_week"`
		Start      *day
		Deadline   *day
		Location   *struct{ Mode, Place, Country string }
		TimeZone   string `json:"time_zone"`
		Conditions []string
		Questions  []string
	} `json:"document"`
}

// day is a date, or what was said of one that is not known exactly.
type day struct{ Date, Text string }

func (d day) String() string {
	if date, err := time.Parse(time.DateOnly, d.Date); err == nil {
		return date.Format("2 January 2006")
	}
	return d.Text
}

// document is a job as Parley keeps it for searching: docs/ingest.md. Texts that
// people read are made of it by [document.job].
type document struct {
	Kind         string   `json:"kind,omitempty"`
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	Category     string   `json:"category,omitempty"`
	Skills       []string `json:"skills"`
	Level        string   `json:"level,omitempty"`
	PayType      string   `json:"pay_type,omitempty"`
	PayMin       int64    `json:"pay_min,omitempty"`
	PayMax       int64    `json:"pay_max,omitempty"`
	Currency     string   `json:"currency,omitempty"`
	HoursPerWeek int      `json:"hours_per_week,omitempty"`
	DurationDays int      `json:"duration_days,omitempty"`
	Country      string   `json:"country,omitempty"`
	PostedOn     string   `json:"posted_on,omitempty"`
}

// Job is a job as its page shows it.
type Job struct {
	ID           string
	Version      int  // of the draft
	Own          bool // somebody wrote it with the assistant, on this site
	Title        string
	Category     string
	Posted       time.Time
	Description  []string // paragraphs
	Deliverables []string
	Skills       []string // all of them, what is needed first
	Needed       int      // how many of Skills are needed
	Pay          string
	Terms        []Term
	Conditions   []string
	Questions    []string

	draft draft
}

// Term is one of a job's plain facts.
type Term struct{ Name, Value string }

// newJob is the job that a published draft makes.
func newJob(d draft) Job {
	post := d.Document
	j := Job{
		ID: jobID(d.ID), Version: d.Version, Own: true, Title: post.Title, Category: category(post.Category), Posted: d.Published,
		Description: paragraphs(post.Description), Deliverables: post.Deliverables,
		Skills: slices.Concat(post.Skills.Must, post.Skills.Nice), Needed: len(post.Skills.Must),
		Conditions: post.Conditions, Questions: post.Questions, draft: d,
	}
	if p := post.Pay; p != nil {
		j.Pay = pay(p.Type, p.Per, p.Currency, p.Min, p.Max)
	}
	j.term("Level", level(post.Level))
	if post.Duration != nil {
		j.term("Duration", post.Duration.Text)
	}
	if post.Hours != nil {
		j.term("Hours a week", post.Hours.Text)
	}
	if post.Start != nil {
		j.term("Start", post.Start.String())
	}
	if post.Deadline != nil {
		j.term("Needed by", post.Deadline.String())
	}
	if l := post.Location; l != nil {
		j.term("Place", place(l.Mode, l.Place, l.Country))
	}
	return j
}

// jobID is the last part of a draft's id: the first one names the conversation,
// which is the person's own.
func jobID(draft string) string { return "q-" + draft[strings.LastIndexByte(draft, '-')+1:] }

func (j *Job) term(name, value string) {
	if value != "" {
		j.Terms = append(j.Terms, Term{name, value})
	}
}

// document is what Parley is told of a job of this site's own.
func (j Job) document() document {
	post := j.draft.Document
	d := document{
		Kind: "job_post", ID: j.ID, Title: post.Title, Description: strings.Join(slices.Concat([]string{post.Description}, post.Deliverables), "\n\n"),
		Category: post.Category, Skills: append([]string{}, j.Skills...), Level: post.Level, PostedOn: j.Posted.Format(time.DateOnly),
	}
	if p := post.Pay; p != nil && (p.Type == "fixed" || p.Type == "hourly") && p.Currency != "" {
		d.PayType, d.PayMin, d.PayMax, d.Currency = p.Type, p.Min, p.Max, p.Currency
	}
	if post.Duration != nil {
		d.DurationDays = post.Duration.MaxDays
	}
	if post.Location != nil {
		d.Country = post.Location.Country
	}
	return d
}

// job is the page of a job that the market had from the beginning.
func (d document) job() Job {
	posted, _ := time.Parse(time.DateOnly, d.PostedOn) // without one no date is shown
	j := Job{
		ID: d.ID, Title: d.Title, Category: category(d.Category), Posted: posted, Description: paragraphs(d.Description),
		Skills: d.Skills, Needed: len(d.Skills), Pay: pay(d.PayType, "", d.Currency, d.PayMin, d.PayMax),
	}
	j.term("Level", level(d.Level))
	if d.DurationDays > 0 {
		j.term("Duration", days(d.DurationDays))
	}
	if d.HoursPerWeek > 0 {
		j.term("Hours a week", number(int64(d.HoursPerWeek)))
	}
	j.term("Country", d.Country)
	return j
}
