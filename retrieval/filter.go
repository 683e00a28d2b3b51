package retrieval

import (
	"maps"
	"slices"
	"strings"
)

const (
	maxConditions = 100   // entries of one list of a filter
	maxExclude    = 1_000 // ids
	widestOffset  = 14 * 60
)

var kinds = []string{"", string(KindJobPost), string(KindProfile), string(KindProposal)}

// resolveFilter returns a filter in the form that indexes compare with, and
// adds to c what is wrong with it. The slices of f are not changed.
func (r *Retriever) resolveFilter(f Filter, c *checks) Filter {
	c.choice("kind", string(f.Kind), kinds)
	f.Category, f.Level, f.PayType, f.Currency = lower(f.Category), lower(f.Level), lower(f.PayType), upper(f.Currency)
	c.choice("level", f.Level, levels)
	c.choice("pay_type", f.PayType, payTypes)
	c.currency(f.Currency)
	f.AllSkills = c.each("all_skills", f.AllSkills, r.filterSkill)
	f.AnySkills = c.each("any_skills", f.AnySkills, r.filterSkill)
	f.Pay = payRanges(f.Pay, c)
	f.Countries, f.Languages = c.each("countries", f.Countries, upper), c.each("languages", f.Languages, lower)
	for _, code := range f.Countries {
		c.country(code)
	}
	for _, code := range f.Languages {
		c.language("languages", code)
	}
	f.Credentials = c.each("credentials", f.Credentials, cleanLine)
	f.checkDates(c)
	f.checkNumbers(c)
	return f
}

func (f *Filter) checkDates(c *checks) {
	c.date("from", f.From)
	c.date("to", f.To)
	c.date("available_by", f.AvailableBy)
	if f.From != "" && f.To != "" && f.From > f.To {
		c.failf("from", "%s is after to %s", short(f.From), short(f.To))
	}
}

func (f *Filter) checkNumbers(c *checks) {
	c.number("min_hours", f.MinHours, hoursOfAWeek)
	if z := f.Zone; z != nil && (z.Offset < -widestOffset || z.Offset > widestOffset || z.Within < 0 || z.Within > 2*widestOffset) {
		c.failf("zone", "%+d ± %d minutes is no window of time zones", z.Offset, z.Within)
	}
	if len(f.Exclude) > maxExclude {
		c.failf("exclude", "has more than %d ids", maxExclude)
	}
}

// filterSkill is a skill as documents are kept with it.
func (r *Retriever) filterSkill(name string) string {
	name, _ = canonicalSkill(r.vocabulary, strings.Join(strings.Fields(name), " "))
	return name
}

// payRanges checks ranges of pay and brings their currencies into shape.
func payRanges(ranges []PayRange, c *checks) []PayRange {
	if len(ranges) > maxConditions {
		c.failf("pay", "has more than %d entries", maxConditions)
		return nil
	}
	ranges = slices.Clone(ranges)
	for i := range ranges {
		p := &ranges[i]
		p.Currency = upper(p.Currency)
		c.currency(p.Currency)
		if p.Currency == "" {
			c.failf("pay", "a range names no currency")
		}
		c.pay("pay.min", p.Min, p.Currency)
		c.pay("pay.max", p.Max, p.Currency)
		if p.Max != 0 && p.Min > p.Max {
			c.failf("pay", "min %d is above max %d", p.Min, p.Max)
		}
	}
	return ranges
}

// ranges returns pay ranges with the same ones in all other currencies of the
// table. A currency that the caller gave a range of its own keeps that alone.
func (r *Rates) ranges(given []PayRange, c *checks) []PayRange {
	if r == nil {
		c.failf("convert", "there is no table of exchange rates, so that pay is compared within its own currency only")
		return given
	}
	own := make(map[string]bool)
	for _, p := range given {
		own[p.Currency] = true
		if r.Units[p.Currency] <= 0 {
			c.failf("convert", "the exchange rates of %s have none for %s", r.On, p.Currency)
		}
	}
	all := slices.Clone(given)
	for _, p := range given {
		for _, currency := range slices.Sorted(maps.Keys(r.Units)) {
			least, ok := r.Convert(p.Min, p.Currency, currency)
			most, _ := r.Convert(p.Max, p.Currency, currency)
			if !ok || own[currency] {
				continue
			}
			if p.Max > 0 {
				most = max(most, 1) // 0 would be no bound
			}
			all = append(all, PayRange{Currency: currency, Min: least, Max: most})
		}
	}
	return all
}

// each applies a change to the entries of a list, and keeps each result once.
// A blank entry is an error: without it the condition might vanish, and
// documents pass that were not meant.
func (c *checks) each(field string, list []string, change func(string) string) []string {
	if len(list) > maxConditions {
		c.failf(field, "has more than %d entries", maxConditions)
		return nil
	}
	var changed []string
	for _, entry := range list {
		entry = change(entry)
		if entry == "" {
			c.failf(field, "has a blank entry")
		}
		if !slices.Contains(changed, entry) {
			changed = append(changed, entry)
		}
	}
	return changed
}
