package record_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

func TestZoneMatches(t *testing.T) {
	winter, summer := time.Date(2025, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2025, 7, 15, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name           string
		zone           string
		now            time.Time
		offset, within int
		want           bool
	}{
		{"exactly", "Europe/Berlin", winter, 60, 0, true},
		{"in summer the clock is another", "Europe/Berlin", summer, 60, 0, false},
		{"in summer", "Europe/Berlin", summer, 120, 0, true},
		{"at the edge", "Europe/Berlin", winter, -60, 120, true},
		{"beyond the edge", "Europe/Berlin", winter, -61, 120, false},
		{"half an hour", "Asia/Kolkata", winter, 330, 0, true},
		{"west", "America/New_York", winter, -300, 0, true},
		{"UTC", "UTC", winter, 0, 0, true},
		{"around the day, 13 and -11 are a day apart", "Pacific/Apia", winter, -660, 60, false},
		{"unknown", "", winter, 0, 900, false},
		{"this machine's", "Local", winter, 0, 900, false},
		{"no such place", "Mars/Olympus", winter, 0, 900, false},
		{"a path", "../../etc/passwd", winter, 0, 900, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			window := retrieval.ZoneWindow{Offset: tt.offset, Within: tt.within}
			if got := record.ZoneMatches(window, tt.zone, tt.now); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestPay(t *testing.T) {
	for _, tt := range []struct {
		name      string
		facets    retrieval.Facets
		low, high int64
	}{
		{"a range", retrieval.Facets{PayMin: 20, PayMax: 30}, 20, 30},
		{"only a lower figure", retrieval.Facets{PayMin: 20}, 20, 20},
		{"only an upper figure", retrieval.Facets{PayMax: 30}, 30, 30},
		{"unknown", retrieval.Facets{}, 0, 0},
	} {
		if low, high := record.Pay(tt.facets); low != tt.low || high != tt.high {
			t.Errorf("%s: %d to %d, want %d to %d", tt.name, low, high, tt.low, tt.high)
		}
	}
}

func TestDateMatches(t *testing.T) {
	for _, tt := range []struct {
		from, to, day string
		want          bool
	}{
		{"", "", "", true},
		{"", "", "2025-01-01", true},
		{"2025-01-01", "2025-01-01", "2025-01-01", true},
		{"2025-01-01", "", "2024-12-31", false},
		{"", "2024-12-31", "2025-01-01", false},
		{"2025-01-01", "", "", false},
		{"", "2025-01-01", "", false},
	} {
		if got := record.DateMatches(tt.from, tt.to, tt.day); got != tt.want {
			t.Errorf("%q in %q to %q: %v, want %v", tt.day, tt.from, tt.to, got, tt.want)
		}
	}
}

func TestCheckPay(t *testing.T) {
	ranges := func(n int, currencies ...string) []retrieval.PayRange {
		var list []retrieval.PayRange
		for _, currency := range currencies {
			for i := range n {
				list = append(list, retrieval.PayRange{Currency: currency, Min: int64(i)})
			}
		}
		return list
	}
	for _, tt := range []struct {
		name string
		pay  []retrieval.PayRange
		want error
	}{
		{"none", nil, nil},
		{"in two currencies", ranges(64, "EUR", "USD"), nil},
		{"too many in one", ranges(65, "EUR"), retrieval.ErrInvalid},
		{"without a currency", []retrieval.PayRange{{Currency: "EUR"}, {Min: 1}}, retrieval.ErrInvalid},
	} {
		err := record.CheckFilter(retrieval.Filter{Tenant: "acme", Kind: retrieval.KindJobPost, Pay: tt.pay})
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestMergePay(t *testing.T) {
	euro := func(low, high int64) retrieval.PayRange {
		return retrieval.PayRange{Currency: "EUR", Min: low, Max: high}
	}
	dollar := retrieval.PayRange{Currency: "USD", Min: 10, Max: 30}
	for _, tt := range []struct {
		name        string
		given, want []retrieval.PayRange
	}{
		{"none", nil, nil},
		{"by currency", []retrieval.PayRange{dollar, euro(10, 30)}, []retrieval.PayRange{euro(10, 30), dollar}},
		{"overlapping", []retrieval.PayRange{euro(20, 40), dollar, euro(10, 20), euro(25, 30)}, []retrieval.PayRange{euro(10, 40), dollar}},
		{"apart", []retrieval.PayRange{euro(30, 40), euro(10, 20)}, []retrieval.PayRange{euro(10, 20), euro(30, 40)}},
		{"without an upper bound", []retrieval.PayRange{euro(10, 0), euro(20, 30), euro(50, 60)}, []retrieval.PayRange{euro(10, 0)}},
		{"into one without an upper bound", []retrieval.PayRange{euro(10, 20), euro(15, 0)}, []retrieval.PayRange{euro(10, 0)}},
		{"the other way round", []retrieval.PayRange{euro(10, 20), euro(15, 5), euro(90, 10)}, []retrieval.PayRange{euro(10, 20), euro(15, 5), euro(90, 10)}},
	} {
		if got := record.MergePay(tt.given); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
