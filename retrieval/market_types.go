package retrieval

// Market is what similar posts paid, took and asked for. It is computed from
// documents, never generated. Parts with fewer than MinPosts posts behind them are absent.
type Market struct {
	Pay        []PayFigure `json:"pay,omitempty"`      // by pay type and currency: the asked ones first, then the least widened, then those of most posts
	Duration   *DaysFigure `json:"duration,omitempty"` // how long the work took or was planned for
	TimeToHire *DaysFigure `json:"time_to_hire,omitempty"`
	Companions []Companion `json:"companions,omitempty"`
	Posts      int         `json:"posts"` // looked at
	From       string      `json:"from,omitempty"`
	To         string      `json:"to,omitempty"` // dates of the posts looked at, YYYY-MM-DD
	Demo       bool        `json:"demo,omitempty"`
}

// MinPosts is the fewest posts from which a figure is given.
const MinPosts = 5

// PayFigure are quartiles of pay in minor units of Currency (per hour when
// hourly). A post that states a range counts with its middle.
type PayFigure struct {
	ID       string   `json:"id"`       // "figure:fixed:USD"
	PayType  string   `json:"pay_type"` // fixed, hourly
	Currency string   `json:"currency"`
	Level    string   `json:"level,omitempty"` // when only posts of one level were counted
	Scope    string   `json:"scope"`           // similar, level, category: how far the figure had to be widened
	Posts    int      `json:"posts"`
	Min      int64    `json:"min"`
	P25      int64    `json:"p25"`
	P50      int64    `json:"p50"`
	P75      int64    `json:"p75"`
	Max      int64    `json:"max"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Sample   []string `json:"sample,omitempty"` // ids of the posts behind it, nearest first, at most 20
}

// DaysFigure are quartiles of a number of days.
type DaysFigure struct {
	ID    string `json:"id"`
	Scope string `json:"scope"`
	Posts int    `json:"posts"`
	P25   int    `json:"p25"`
	P50   int    `json:"p50"`
	P75   int    `json:"p75"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Companion is a skill that similar posts list more often than others do.
type Companion struct {
	Skill string `json:"skill"`
	Posts int    `json:"posts"` // similar posts that list it
	Of    int    `json:"of"`    // similar posts, those with the same long list of skills counted once
	// Lift is its share among similar posts over its share among all posts of
	// the category, or of the tenant when that has fewer than 20.
	Lift float64 `json:"lift"`
}
