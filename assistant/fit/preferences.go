package fit

// preferences reads wishes that change the order and leave nobody out: "price
// matters most", "cheaper ones first", "more design than code".
func (x *reading) preferences(w *Wish) {
	for i := 0; i < x.Len(); i++ {
		if x.taken[i] {
			continue
		}
		if end, ok := x.moreThan(i); ok {
			i = end - 1
			continue
		}
		if end, ok := x.cheapest(i, w); ok {
			i = end - 1
			continue
		}
		if end, ok := x.run(i, "cheaper ones", "cheaper", "cheapest", "lower rates", "the cheap ones", "lowest rate", "less expensive", "more affordable"); ok && !x.Is(end, "than") {
			if x.Is(end, "too", "also", "as", "are") && !x.Is(end, "first") {
				x.take(i, end) // cheaper ones may stay as well: no floor, and no order
				w.Drop = append(w.Drop, Drop{Kind: Pay, Floor: true, Quote: x.Quote(i, end)})
				i = end - 1
				continue
			}
			x.shift(w, FeaturePay, 2, i, end)
			continue
		}
		if end, ok := x.run(i, "best rated", "better rated", "highest rated", "top rated", "better ratings", "best ratings"); ok {
			x.shift(w, FeatureRecord, 2, i, end)
			continue
		}
		feature, ok := featureWords[x.Low(i)]
		if !ok {
			continue
		}
		if end, ok := x.run(i+1, "matters most", "is the most important", "is most important", "matters more", "first", "is key", "counts most", "is what matters", "comes first", "above all", "matters a lot", "is more important", "counts more", "should count more", "weighs more"); ok {
			x.shift(w, feature, 2, i, end)
		} else if end, ok := x.run(i+1, "matters less", "is less important", "is secondary", "counts less", "should count less", "comes second"); ok {
			x.shift(w, feature, 0.5, i, end)
		}
	}
}

// moreThan reads "more design than code": the first counts as a preference,
// and nothing is asked of the second.
func (x *reading) moreThan(i int) (end int, ok bool) {
	if !x.Is(i, "more") || x.Is(i+1, "than", "expensive", "affordable") {
		return i, false
	}
	_, to := x.clause(i)
	for k := i + 1; k < min(to, i+6); k++ {
		if _, _, number := x.Number(k); number || x.Is(k, "hours", "jobs", "years") {
			return i, false
		}
		if x.Is(k, "than") && k+1 < to {
			x.lean = append(x.lean, unit{i, k})
			x.take(k, to)
			return to, true
		}
	}
	return i, false
}

func (x *reading) shift(w *Wish, f Feature, by float64, from, to int) {
	if w.Weights == nil {
		w.Weights = make(map[Feature]float64)
	}
	w.Weights[f] = by
	x.take(from, to)
}

var featureWords = map[string]Feature{
	"price": FeaturePay, "rate": FeaturePay, "cost": FeaturePay, "money": FeaturePay, "budget": FeaturePay,
	"experience": FeatureExperience, "domain": FeatureExperience, "background": FeatureExperience,
	"skills": FeatureSkills, "skill": FeatureSkills, "seniority": FeatureLevel, "level": FeatureLevel,
	"ratings": FeatureRecord, "rating": FeatureRecord, "reviews": FeatureRecord, "reputation": FeatureRecord, "record": FeatureRecord,
	"availability": FeatureAvailability, "start": FeatureAvailability, "overlap": FeatureZone, "timezone": FeatureZone,
}
