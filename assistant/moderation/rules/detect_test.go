package rules

import (
	"slices"
	"strings"
	"testing"
)

// found runs a detector on a text as Check does, and returns what stands at
// the places that it found in the original.
func found(t *testing.T, detector, text string) (quotes []string) {
	t.Helper()
	set := Default()
	s := newScan(set.lexicon.count, set.accounts, set.known)
	n := set.normalise(text)
	for i := range n.Readings {
		r := &n.Readings[i]
		s.read(r, set.lexicon, set.automaton)
		if s.original = ""; r.Kind == Folded {
			s.original = text
		}
		if len(s.words) == 0 {
			continue
		}
		for _, p := range detectors[detector].find(s) {
			from, to := r.Span(p.start, p.end)
			if q := sliceUnits(text, from, to); !slices.Contains(quotes, q) {
				quotes = append(quotes, q)
			}
		}
	}
	return quotes
}

func TestDetectors(t *testing.T) {
	for _, c := range []struct{ detector, text, want string }{ // want: quotes by " | "
		{"phone", "é +44 7700 900123 and +49 (0)30 23125-044", "+44 7700 900123 | +49 (0)30 23125-044"},
		{"phone", "(415) 555-0132, 415.555.0132, 1-415-555-0132", "(415) 555-0132 | 415.555.0132 | 1-415-555-0132"},
		{"phone", "06 12 34 56 78; 0171/2312504; 07700\n900123", "06 12 34 56 78 | 0171/2312504 | 07700\n900123"},
		{"phone", "98765 43210 or 11 91234-5678", "98765 43210 | 11 91234-5678"},
		{"phone", "０７７００ ９００１２３", "０７７００ ９００１２３"},
		{"phone", "0.7.7.0.0.9.0.0.1.2.3", "0.7.7.0.0.9.0.0.1.2.3"},
		{"phone", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣", "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣"},
		{"phone", "192.168.0.1, 10.0.0.255:8080, v1.22.333.4444, 2024-05-17 12:30:45, 17/05/2024", ""},
		{"phone", "1,250,000 or 1.250.000 or $415 555 0132 or 1 250 000 €", ""},
		{"phone", "978-3-16-148410-0 and 4111 1111 1111 1111 and 078-05-1120", ""},
		{"phone", "52.520008, 13.404954 and #4155550132 and INV-415-555-0132", ""},
		{"phone", "1920x1080 at 60fps, #ff0011, 3f786850e387550fdab836ed7e6dc881de23001b", ""},
		{"phone", "https://example.org/415-555-0132/x", ""},
		{"digits", "try 4155550132", "4155550132"},
		{"digits", "1234567 and 0000000 and 20240517", ""},
		{"phone_spelled", "oh seven seven double oh nine double oh one two three.", "oh seven seven double oh nine double oh one two three"},
		{"phone_spelled", "five or six people, seven at most", ""},
		{"email", "x jane.doe+a@mail.co.uk.", "jane.doe+a@mail.co.uk"},
		{"email", "jаne@gmail.com", "jаne@gmail.com"},
		{"email", "git@github.com:a/b and postgres://u:p@db.io/x and logo@2x.png", ""},
		{"email_disguised", "jane (at) gmail (dot) com", "jane (at) gmail (dot) com"},
		{"email_disguised", "jane dot doe at gmail dot com ok", "jane dot doe at gmail dot com"},
		{"email_disguised", "ana arroba hotmail punto com", "ana arroba hotmail punto com"},
		{"email_disguised", "jane_7 at gmail", "jane_7 at gmail"},
		{"email_disguised", "look at example dot com, meet at the dot", ""},
		{"email_example", "bo@studio.example or a@example.com", "bo@studio.example | a@example.com"},
		{"handle", "ask @jane_doe, not @param or a@b.com", "@jane_doe"},
		{"messenger_handle", "Telegram: @jane_doe now", "Telegram: @jane_doe"},
		{"messenger_handle", "I am jane.doe.77 on skype", "jane.doe.77 on skype"},
		{"messenger_handle", "telegram works better than skype", ""},
		{"link_messenger", "go https://wa.me/447700900123.", "https://wa.me/447700900123"},
		{"link_messenger", "t[.]me/jane", "t[.]me/jane"},
		{"link_messenger", "https://core.telegram.org/bots and about.me", ""},
		{"link_meeting", "calendly.com/jane", "calendly.com/jane"},
		{"link_social", "instagram.com/jane but instagram.com/explore", "instagram.com/jane"},
		{"link_payment", "paypal.me/jane, cash.app/$jane, paypal.com/help", "paypal.me/jane | cash.app/$jane"},
		{"link_short", "bit.ly/abc", "bit.ly/abc"},
		{"link", "https://cheap.shop/x and https://github.com/a", "https://cheap.shop/x"},
		{"link_executable", "run brief.pdf.exe now", "brief.pdf.exe"},
		{"cashtag", "to $jane_doe, not $500 or ${x}", "$jane_doe"},
		{"upi", "jane@okaxis, jane@okaxis.com", "jane@okaxis"},
		{"iban", "DE89 3704 0044 0532 0130 00 not DE88 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"},
		{"crypto_address", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa or 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"},
		{"crypto_address", "0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886E0F7030069857D2E4169EE7"},
		{"phone_divided", "it starts 0770 and ends 0900123 ok", "0770 and ends 0900123"},
	} {
		if got := strings.Join(found(t, c.detector, c.text), " | "); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.detector, c.text, got, c.want)
		}
	}
}

func TestEveryDetectorIsDescribed(t *testing.T) {
	for name, d := range detectors {
		if d.find == nil || d.description == "" {
			t.Errorf("%s", name)
		}
	}
}
