package brief_test

import (
	"testing"

	"github.com/parleyhq/parley/assistant/brief"
)

func TestPayForPeople(t *testing.T) {
	tests := []struct {
		pay  brief.Pay
		want string
	}{
		{brief.Pay{}, ""},
		{brief.Pay{Type: "fixed", Min: 400000, Max: 400000, Currency: "USD", Around: true}, "about $4,000, fixed price"},
		{brief.Pay{Type: "hourly", Min: 4000, Max: 6000, Currency: "EUR"}, "€40–60 an hour"},
		{brief.Pay{Max: 50000, Currency: "GBP"}, "up to £500"},
		{brief.Pay{Max: 50000, Currency: "GBP", Around: true}, "up to about £500"},
		{brief.Pay{Min: 50000}, "at least 500"},
		{brief.Pay{Min: 50000, Max: 50000, Currency: "JPY"}, "¥50,000"},
		{brief.Pay{Min: 1234567, Max: 1234567, Currency: "KWD"}, "1,234.567 KWD"},
		{brief.Pay{Min: 1250, Max: 1250, Currency: "PLN"}, "12.50 PLN"},
		{brief.Pay{Min: 8, Max: 8, Currency: "USD", Per: "word"}, "$0.08 a word"},
		{brief.Pay{Min: 1500, Max: 1500, Currency: "USD", Per: "1000 words"}, "$15 per 1,000 words"},
		{brief.Pay{Min: 2000, Max: 2000, Currency: "USD", Per: "article"}, "$20 an article"},
		{brief.Pay{Type: "hourly"}, "by the hour"},
		{brief.Pay{Type: "fixed"}, "fixed price"},
		{brief.Pay{Currency: "EUR"}, "in EUR"},
	}
	for _, test := range tests {
		if got := test.pay.String(); got != test.want {
			t.Errorf("%+v is %q, want %q", test.pay, got, test.want)
		}
	}
}

func TestTimeForPeople(t *testing.T) {
	tests := []struct{ got, want string }{
		{brief.Period{MinDays: 42, MaxDays: 42}.String(), "6 weeks"},
		{brief.Period{MinDays: 60, MaxDays: 90}.String(), "2–3 months"},
		{brief.Period{MinDays: 1, MaxDays: 1}.String(), "1 day"},
		{brief.Period{MaxDays: 14}.String(), "up to 2 weeks"},
		{brief.Period{MinDays: 180}.String(), "at least 6 months"},
		{brief.Period{MinDays: 14, MaxDays: 14, Text: "a couple of weeks"}.String(), "a couple of weeks"},
		{brief.Period{Ongoing: true}.String(), "ongoing"},
		{brief.Period{}.String(), ""},
		{brief.Hours{Min: 1, Max: 1}.String(), "1 hour a week"},
		{brief.Hours{Min: 10, Max: 15}.String(), "10–15 hours a week"},
		{brief.Hours{Text: "part time"}.String(), "part time"},
		{brief.Hours{Max: 20}.String(), "up to 20 hours a week"},
		{brief.Day{Date: "2026-12-24", Text: "before Christmas"}.String(), "before Christmas"},
		{brief.Day{Asap: true}.String(), "as soon as possible"},
		{brief.Location{Mode: "onsite", Place: "Berlin"}.String(), "on site in Berlin"},
		{brief.Location{Mode: "remote"}.String(), "remote"},
		{brief.Location{Country: "GB"}.String(), "United Kingdom"},
		{brief.CountryName("DE"), "Germany"},
		{brief.CountryName("XX"), ""},
		{brief.CategoryName("video_audio"), "Video and audio"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestUTF16(t *testing.T) {
	const text = "a😀é b"
	if got := brief.UTF16Len(text); got != 6 {
		t.Errorf("length %d, want 6", got)
	}
	tests := []struct {
		start, end int
		want       string
		ok         bool
	}{
		{0, 6, text, true}, {1, 3, "😀", true}, {3, 4, "é", true}, {6, 6, "", true},
		{2, 3, "", false}, {1, 2, "", false}, {0, 7, "", false}, {4, 3, "", false}, {-1, 2, "", false},
	}
	for _, test := range tests {
		got, ok := brief.UTF16Slice(text, test.start, test.end)
		if got != test.want || ok != test.ok {
			t.Errorf("[%d, %d) is %q, %v; want %q, %v", test.start, test.end, got, ok, test.want, test.ok)
		}
	}
}
