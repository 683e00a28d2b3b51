package retrieval

import (
	"cmp"
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

func payOf(post counted) float64 { return float64(middle(post.Facets)) }

// paidBy keeps the posts that say what they pay in one way of paying, without
// outliers.
func paidBy(posts []counted, key payKey) []counted {
	var paid []counted
	for _, post := range posts {
		if payKeyOf(post.Facets) == key && middle(post.Facets) > 0 {
			paid = append(paid, post)
		}
	}
	return withoutOutliers(paid)
}

// payFigure computes the quartiles of what posts paid, and the interval of
// their median. The posts are those of paidBy, nearest first, which is the order
// of the sample. ok is false when they are fewer than MinPosts.
func payFigure(paid []counted, key payKey, rates *Rates) (figure PayFigure, ok bool) {
	if len(paid) < MinPosts {
		return PayFigure{}, false
	}
	figure = PayFigure{ID: "figure:" + key.payType + ":" + key.currency, PayType: key.payType, Currency: key.currency, Posts: len(paid)}
	figure.From, figure.To = span(paid)
	for _, post := range paid[:min(len(paid), maxSample)] {
		figure.Sample, figure.Weights = append(figure.Sample, post.ID), append(figure.Weights, post.weight)
	}
	values := weigh(paid, payOf)
	figure.Effective = math.Round(10*effective(values.weights)) / 10
	figure.Min, figure.Max = int64(values.values[0]), int64(values.values[len(paid)-1])
	figure.P25, figure.P50, figure.P75 = round(values.quantile(0.25)), round(values.quantile(0.5)), round(values.quantile(0.75))
	low, high := values.medianInterval(seedOf(paid))
	figure.Low, figure.High = min(round(low), figure.P50), max(round(high), figure.P50)
	if !slices.ContainsFunc(paid, func(post counted) bool { return post.weight != 1 }) {
		figure.Weights = nil
	}
	figure.count(paid, rates)
	return figure, true
}

// count fills in how many posts were converted.
func (f *PayFigure) count(posts []counted, rates *Rates) {
	for _, post := range posts {
		if post.paidIn != "" {
			if f.Converted == nil {
				f.Converted, f.RatesOn = make(map[string]int), rates.On
			}
			f.Converted[post.paidIn]++
		}
	}
}

// weigh sorts the values of posts, with their weights.
func weigh(posts []counted, value func(counted) float64) weighted {
	posts = slices.Clone(posts)
	slices.SortStableFunc(posts, func(a, b counted) int { return cmp.Compare(value(a), value(b)) })
	w := weighted{make([]float64, len(posts)), make([]float64, len(posts))}
	for i, post := range posts {
		w.values[i], w.weights[i] = value(post), post.weight
	}
	return w
}

// withoutOutliers leaves out posts whose pay is surely a slip or a joke, such
// as 0.01 or a billion. On a logarithmic scale, because pay is skewed, a post
// is kept within three interquartile ranges of the quartiles (Tukey's outer
// fences), and always within a factor of outlierFactor of them.
func withoutOutliers(posts []counted) []counted {
	if len(posts) < MinPosts {
		return posts
	}
	logs := make([]float64, len(posts))
	for i, post := range posts {
		logs[i] = math.Log(payOf(post))
	}
	sorted := slices.Sorted(slices.Values(logs))
	lower, upper := quantile(sorted, 0.25), quantile(sorted, 0.75)
	fence := max(3*(upper-lower), math.Log(outlierFactor))
	kept := make([]counted, 0, len(posts))
	for i, post := range posts {
		if logs[i] >= lower-fence && logs[i] <= upper+fence {
			kept = append(kept, post)
		}
	}
	return kept
}

// daysFigure computes the quartiles of a number of days, 0 being unknown.
func daysFigure(id string, posts []counted, days func(counted) float64) (figure DaysFigure, ok bool) {
	var known []counted
	for _, post := range posts {
		if days(post) > 0 {
			known = append(known, post)
		}
	}
	if len(known) < MinPosts {
		return DaysFigure{}, false
	}
	values := weigh(known, days)
	figure = DaysFigure{
		ID: id, Posts: len(known),
		P25: int(round(values.quantile(0.25))), P50: int(round(values.quantile(0.5))), P75: int(round(values.quantile(0.75))),
	}
	figure.From, figure.To = span(known)
	return figure, true
}

func durationOf(post counted) float64 { return float64(post.DurationDays) }

func daysToHire(post counted) float64 {
	if !post.Hired {
		return 0
	}
	return float64(post.DaysToHire)
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
func span(posts []counted) (from, to string) {
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
