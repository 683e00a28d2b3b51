package retrieval

// Kind is a type of document.
type Kind string

// The kinds of documents a marketplace's history consists of.
const (
	KindJobPost  Kind = "job_post"
	KindProfile  Kind = "profile"
	KindProposal Kind = "proposal"
)

// Document is one record of a marketplace under its stable external id.
// Exactly one of the pointers is set, the one of its Kind.
type Document struct {
	Kind     Kind
	ID       string
	Demo     bool // of the demo marketplace: marked wherever it is shown
	Post     *JobPost
	Profile  *Profile
	Proposal *Proposal
}

// JobPost is work that somebody posted.
type JobPost struct {
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	Category     string   `json:"category"`
	Skills       []string `json:"skills"`
	Level        string   `json:"level"`    // entry, intermediate, expert or ""
	PayType      string   `json:"pay_type"` // fixed, hourly or ""
	PayMin       int64    `json:"pay_min"`  // minor units of Currency; per hour when hourly; 0 unknown
	PayMax       int64    `json:"pay_max"`
	Currency     string   `json:"currency"` // ISO 4217
	HoursPerWeek int      `json:"hours_per_week"`
	DurationDays int      `json:"duration_days"`
	Country      string   `json:"country"`   // ISO 3166-1 alpha-2
	TimeZone     string   `json:"time_zone"` // IANA
	Language     string   `json:"language"`  // ISO 639-1
	PostedOn     string   `json:"posted_on"` // YYYY-MM-DD
	Outcome      *Outcome `json:"outcome,omitempty"`
}

// Outcome is what became of a job post, as far as that is known.
type Outcome struct {
	Proposals  int   `json:"proposals,omitempty"`
	Interviews int   `json:"interviews,omitempty"`
	Hired      *bool `json:"hired,omitempty"` // nil: not known, which is not "nobody"
	DaysToHire int   `json:"days_to_hire,omitempty"`
}

// Profile is a freelancer as the marketplace shows them. It has no name:
// nothing in Parley reads one.
type Profile struct {
	Headline      string       `json:"headline"`
	Overview      string       `json:"overview"`
	Category      string       `json:"category"`
	Experience    []Experience `json:"experience,omitempty"`
	Skills        []string     `json:"skills"`
	Level         string       `json:"level"`
	Rate          int64        `json:"rate"` // minor units per hour
	Currency      string       `json:"currency"`
	Languages     []Language   `json:"languages,omitempty"`
	Country       string       `json:"country"`
	TimeZone      string       `json:"time_zone"`
	HoursPerWeek  int          `json:"hours_per_week"`
	AvailableFrom string       `json:"available_from"` // YYYY-MM-DD
	TrackRecord   TrackRecord  `json:"track_record"`
	Credentials   []string     `json:"credentials,omitempty"`
}

// Experience is one position or piece of work on a profile.
type Experience struct {
	Title string `json:"title"`
	From  string `json:"from"` // YYYY-MM
	To    string `json:"to"`   // "" while it lasts
	Text  string `json:"text"`
}

// Language is how well somebody speaks what.
type Language struct {
	Code  string `json:"code"`  // ISO 639-1
	Level string `json:"level"` // basic, conversational, fluent, native
}

// TrackRecord is what a freelancer has done on this marketplace.
type TrackRecord struct {
	Jobs    int     `json:"jobs"`
	Hours   int     `json:"hours"`
	Rating  float64 `json:"rating"` // 1–5; 0 with no reviews
	Reviews int     `json:"reviews"`
}

// Proposal is a freelancer's answer to a job post.
type Proposal struct {
	JobPost  string `json:"job_post"`
	Profile  string `json:"profile"`
	Text     string `json:"text"`
	Bid      int64  `json:"bid"` // minor units
	Currency string `json:"currency"`
	BidType  string `json:"bid_type"` // fixed, hourly
	SentOn   string `json:"sent_on"`
	Outcome  string `json:"outcome"` // hired, interviewed, declined, no_reply
}
