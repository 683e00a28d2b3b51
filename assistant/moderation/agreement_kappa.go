package moderation

// Comparison counts two answers to one question, yes or no, for some cases: the
// answer that was there, and the reviewer's.
type Comparison struct {
	Cases   int `json:"cases"`
	Kept    int `json:"kept"`    // yes, and the reviewer says so
	Removed int `json:"removed"` // yes, and the reviewer says no
	Added   int `json:"added"`   // no, and the reviewer says yes
	// Precision is Kept of Kept and Removed, Recall is Kept of Kept and Added,
	// with the reviewer taken to be right; nil when there is none of them.
	Precision *float64 `json:"precision,omitempty"`
	Recall    *float64 `json:"recall,omitempty"`
	// Kappa is how far both agree beyond chance, from −1 to 1; nil when both
	// always say the same one thing, so that chance explains everything. See
	// J. Cohen, A coefficient of agreement for nominal scales, 1960.
	Kappa *float64 `json:"kappa,omitempty"`
}

func (c *Comparison) add(before, now bool) {
	c.Cases++
	switch {
	case before && now:
		c.Kept++
	case before:
		c.Removed++
	case now:
		c.Added++
	}
}

func (c *Comparison) finish() {
	c.Precision = fraction(c.Kept, c.Kept+c.Removed)
	c.Recall = fraction(c.Kept, c.Kept+c.Added)
	c.Kappa = c.kappa()
}

// kappa is (agreed − by chance) / (1 − by chance), multiplied by the square of
// the number of cases, so that whole numbers tell whether it exists.
func (c *Comparison) kappa() *float64 {
	n, before, now := c.Cases, c.Kept+c.Removed, c.Kept+c.Added
	agreed := (n - c.Removed - c.Added) * n
	chance := before*now + (n-before)*(n-now)
	return fraction(agreed-chance, n*n-chance)
}

func fraction(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	value := float64(part) / float64(whole)
	return &value
}
