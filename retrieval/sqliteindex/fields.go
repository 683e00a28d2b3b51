package sqliteindex

import (
	"strconv"
	"strings"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// field is what a filter asks about.
type field int

const (
	fieldCategory field = iota
	fieldLevel
	fieldPayType
	fieldCurrency
	fieldCountry
	fieldZone
	fieldLanguage
	fieldSkill
	fieldCredential // folded
	fieldPosted
	fieldAvailable
	fieldHours
	fieldCount
)

// keepsUnknown are fields for which the slots that have no value are listed too.
var keepsUnknown = [fieldCount]bool{fieldPosted: true, fieldAvailable: true}

// fields are, for each value of each field, the slots that have it, in their
// order. A filter joins a few such lists: what it costs does not depend on
// what it keeps, and hardly on how many conditions it has.
type fields [fieldCount]map[string]*slotList

type slotList struct{ slots []int32 }

func newFields() (f fields) {
	for i := range f {
		f[i] = make(map[string]*slotList)
	}
	return f
}

// add enters the values of the next slot.
func (f *fields) add(slot int32, facets retrieval.Facets, skills []string) {
	f.one(slot, fieldCategory, facets.Category)
	f.one(slot, fieldLevel, facets.Level)
	f.one(slot, fieldPayType, facets.PayType)
	f.one(slot, fieldCurrency, facets.Currency)
	f.one(slot, fieldCountry, facets.Country)
	f.one(slot, fieldZone, facets.TimeZone)
	f.one(slot, fieldPosted, facets.PostedOn)
	f.one(slot, fieldAvailable, facets.AvailableFrom)
	if facets.HoursPerWeek > 0 {
		f.one(slot, fieldHours, strconv.Itoa(facets.HoursPerWeek))
	}
	for _, skill := range skills {
		f.one(slot, fieldSkill, skill)
	}
	for _, language := range facets.Languages {
		f.one(slot, fieldLanguage, language)
	}
	for _, credential := range facets.Credentials {
		f.one(slot, fieldCredential, record.FoldCredential(credential))
	}
}

func (f *fields) one(slot int32, in field, value string) {
	if value == "" && !keepsUnknown[in] {
		return
	}
	list := f[in][value]
	if list == nil {
		list = new(slotList)
		f[in][strings.Clone(value)] = list // a clone, or the map keeps the text that it is a part of
	}
	if n := len(list.slots); n == 0 || list.slots[n-1] != slot { // a value twice
		list.slots = append(list.slots, slot)
	}
}

// renumbered returns the fields of the living slots of a compaction.
func (f *fields) renumbered(moved []int32) fields {
	other := newFields()
	for i := range f {
		for value, list := range f[i] {
			var slots []int32
			for _, slot := range list.slots {
				if to := moved[slot]; to != none {
					slots = append(slots, to)
				}
			}
			if slots != nil {
				other[i][value] = &slotList{slots}
			}
		}
	}
	return other
}
