package retrieval

// Market is what similar posts paid, took and asked for. It is computed from
// documents, never generated. Parts with fewer than MinPosts posts behind them are absent.
type Market struct {
	Category   string      `json:"category,omitempty"` // that widened figures are of
	Pay        []PayFigure `json:"pay,omitempty"`      // by pay type and currency: the asked ones first, then the least widened, then those of most posts
	Duration   *DaysFigure `json:"duration,omitempty"` // how long the work took or was planned for
	TimeToHire *DaysFigure `json:"time_to_hire,omitempty"`
	Companions []Companion `json:"companions,omitempty"`
	Levels     []PayFigure `json:"levels,omitempty"` // what the first of Pay is at each level, of similar posts or else of the category's; entry first
	Posts      int         `json:"posts"`            // looked at
	From       string      `json:"from,omitempty"`
	To         string      `json:"to,omitempty"` // dates of the posts looked at, YYYY-MM-DD
	Demo       bool        `json:"demo,omitempty"`
}

// MinPosts is the fewest posts from which a figure is given.
const MinPosts = 5

// PayFigure are quartiles of pay in minor units of Currency (per hour when
// hourly). A post that states a range counts with its middle.
type PayFigure struct {
	ID       string `json:"id"`       // "figure:fixed:USD"
	PayType  string `json:"pay_type"` // fixed, hourly
	Currency string `json:"currency"`
	Level    string `json:"level,omitempty"` // when only posts of one level were counted
	Scope    string `json:"scope"`           // similar, level, category: how far the figure had to be widened
	Posts    int    `json:"posts"`
	// Effective is how many posts of equal weight would tell as much as these do
	// (Kish 1965): similar posts count the more the more similar they are. It is Posts
	// where all count the same.
	Effective float64 `json:"effective"`
	Min       int64   `json:"min"`
	P25       int64   `json:"p25"`
	P50       int64   `json:"p50"`
	P75       int64   `json:"p75"`
	Max       int64   `json:"max"`
	Low       int64   `json:"low"`  // 90% interval of P50, by bootstrap
	High      int64   `json:"high"` // its upper end
	// Converted counts posts of other currencies that were converted, by their
	// currency; RatesOn is the date of the rates. Both are empty when nothing was.
	Converted map[string]int `json:"converted,omitempty"`
	RatesOn   string         `json:"rates_on,omitempty"`
	From      string         `json:"from,omitempty"`
	To        string         `json:"to,omitempty"`
	Sample    []string       `json:"sample,omitempty"`  // ids of the posts behind it, nearest first, at most 20
	Weights   []float64      `json:"weights,omitempty"` // what each of the sample counts in quartiles; absent when all count 1
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
	Low  float64 `json:"low"` // lower end of the 90% interval of Lift
}

// Trend is how demand moves: months without gaps, oldest first. The posts of a
// marketplace grow and shrink as a whole; so shares are given beside counts.
type Trend struct {
	Skill    string  `json:"skill,omitempty"` // by its name in the vocabulary
	Category string  `json:"category,omitempty"`
	Months   []Month `json:"months,omitempty"`
	Growth   *Growth `json:"growth,omitempty"`  // absent when a period has fewer than MinPosts posts
	Undated  int     `json:"undated,omitempty"` // posts like these that say no date, and count nowhere
}

// Month is one month of a Trend.
type Month struct {
	Month   string  `json:"month"`             // YYYY-MM
	Posts   int     `json:"posts"`             // that list the skill, or are of the category
	Of      int     `json:"of"`                // all posts of the month; with a skill and a category, those of the category
	Index   float64 `json:"index"`             // share of the month over the share of all months together × 100; 0 when nothing was posted
	Partial bool    `json:"partial,omitempty"` // the month is not over
}

// Growth compares two periods of equal length, the later one ending with the
// last month that is over.
type Growth struct {
	Before Period  `json:"before"`
	After  Period  `json:"after"`
	Change float64 `json:"change"` // of the share: 0.25 is a quarter more
	Low    float64 `json:"low"`    // 90% interval of Change
	High   float64 `json:"high"`
}

// Period is a run of months.
type Period struct {
	From  string `json:"from"` // YYYY-MM
	To    string `json:"to"`
	Posts int    `json:"posts"`
	Of    int    `json:"of"`
}
