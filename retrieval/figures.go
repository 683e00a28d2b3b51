package retrieval

import (
	"math"
	"slices"
)

// How far a figure had to be widened to stand on enough posts.
const (
	ScopeSimilar  = "similar"
	ScopeLevel    = "level"    // posts of the same category and level
	ScopeCategory = "category" // posts of the same category
)

// outlierFactor is how many times above the upper quartile or below the lower
// one pay may lie and still never be left out.
const outlierFactor = 5

// maxSample is how many ids a figure names.
const maxSample = 20

// payKey is what must be equal for sums to be compared.
type payKey struct{ payType, currency string }

func payKeyOf(f Facets) payKey { return payKey{f.PayType, f.Currency} }

// known reports whether the key says both how and in what is paid.
func (k payKey) known() bool {
	return (k.payType == PayFixed || k.payType == PayHourly) && k.currency != ""
}

// middle is what a post pays, in minor units: the middle of its range, or the
// bound that it states. 0 is unknown.
func middle(f Facets) int64 {
	switch {
	case f.PayMax == 0:
		return f.PayMin
	case f.PayMin == 0:
		return f.PayMax
	}
	return f.PayMin + (f.PayMax-f.PayMin)/2
}

// payFigure computes the quartiles of what posts of one pay type and currency
// paid. Posts are given nearest first, which is the order of the sample. ok is
// false when fewer than MinPosts remain without outliers.
func payFigure(posts []Facets, key payKey) (figure PayFigure, ok bool) {
	var paid []Facets
	for _, post := range posts {
		if payKeyOf(post) == key && middle(post) > 0 {
			paid = append(paid, post)
		}
	}
	paid = withoutOutliers(paid)
	if len(paid) < MinPosts {
		return PayFigure{}, false
	}
	values := make([]float64, len(paid))
	for i, post := range paid {
		values[i] = float64(middle(post))
	}
	slices.Sort(values)
	figure = PayFigure{
		ID: "figure:" + key.payType + ":" + key.currency, PayType: key.payType, Currency: key.currency, Posts: len(paid),
		Min: int64(values[0]), P25: round(quantile(values, 0.25)), P50: round(quantile(values, 0.5)),
		P75: round(quantile(values, 0.75)), Max: int64(values[len(values)-1]),
	}
	figure.From, figure.To = span(paid)
	for _, post := range paid[:min(len(paid), maxSample)] {
		figure.Sample = append(figure.Sample, post.ID)
	}
	return figure, true
}

// withoutOutliers leaves out posts whose pay is surely a slip or a joke, such
// as 0.01 or a billion. On a logarithmic scale, because pay is skewed, a post
// is kept within three interquartile ranges of the quartiles (Tukey's outer
// fences), and always within a factor of outlierFactor of them.
func withoutOutliers(posts []Facets) []Facets {
	if len(posts) < MinPosts {
		return posts
	}
	logs := make([]float64, len(posts))
	for i, post := range posts {
		logs[i] = math.Log(float64(middle(post)))
	}
	slices.Sort(logs)
	lower, upper := quantile(logs, 0.25), quantile(logs, 0.75)
	fence := max(3*(upper-lower), math.Log(outlierFactor))
	kept := make([]Facets, 0, len(posts))
	for _, post := range posts {
		if pay := math.Log(float64(middle(post))); pay >= lower-fence && pay <= upper+fence {
			kept = append(kept, post)
		}
	}
	return kept
}

// daysFigure computes the quartiles of a number of days, 0 being unknown.
func daysFigure(id string, posts []Facets, days func(Facets) int) (figure DaysFigure, ok bool) {
	var counted []Facets
	var values []float64
	for _, post := range posts {
		if d := days(post); d > 0 {
			counted, values = append(counted, post), append(values, float64(d))
		}
	}
	if len(values) < MinPosts {
		return DaysFigure{}, false
	}
	slices.Sort(values)
	figure = DaysFigure{
		ID: id, Posts: len(values),
		P25: int(round(quantile(values, 0.25))), P50: int(round(quantile(values, 0.5))), P75: int(round(quantile(values, 0.75))),
	}
	figure.From, figure.To = span(counted)
	return figure, true
}

func durationOf(f Facets) int { return f.DurationDays }

func daysToHire(f Facets) int {
	if !f.Hired {
		return 0
	}
	return f.DaysToHire
}

// quantile interpolates linearly between the two nearest of sorted values:
// type 7 of Hyndman and Fan (1996), what spreadsheets and R do by default.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	below := int(at)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}

func round(x float64) int64 { return int64(math.Round(x)) }

// span returns the first and last date of posts that have one.
func span(posts []Facets) (from, to string) {
	for _, post := range posts {
		if day := post.PostedOn; day != "" {
			if from == "" || day < from {
				from = day
			}
			to = max(to, day)
		}
	}
	return from, to
}
