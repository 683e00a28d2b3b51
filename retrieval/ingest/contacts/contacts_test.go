package contacts_test

import (
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/ingest/contacts"
)

func TestMasked(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// e-mail
		{"Write to jane.doe@example.com today", "Write to [email] today"},
		{"jane+work@mail.example.co.uk.", "[email]."},
		{"mailto:jane@example.io?subject=hi", "mailto:[email]?subject=hi"},
		{"(jane_doe99@EXAMPLE.COM)", "([email])"},
		{"jane (at) example (dot) com", "[email]"},
		{"jane [at] example.com please", "[email] please"},
		{"jane{at}example{dot}com", "[email]"},
		{"me: jane at gmail dot com", "me: [email]"},
		{"a@b.co and c@d.org", "[email] and [email]"},
		{"jane @ gmail.com", "[email]"},
		// phones
		{"Call +1 415 555 2671 now", "Call [phone] now"},
		{"+14155552671", "[phone]"},
		{"+44 (0)20 7946 0958", "[phone]"},
		{"+49-171-2345678.", "[phone]."},
		{"+91 98765 43210, India", "[phone], India"},
		{"+55 (11) 91234-5678", "[phone]"},
		{"0049 171 2345678", "[phone]"},
		{"(415) 555-2671", "[phone]"},
		{"415-555-2671", "[phone]"},
		{"415.555.2671 is mine", "[phone] is mine"},
		{"1-800-555-0199", "[phone]"},
		{"06 12 34 56 78", "[phone]"},
		{"UK 07700 900123", "UK [phone]"},
		{"Berlin 030/12345678", "Berlin [phone]"},
		{"0171 2345678", "[phone]"},
		{"whatsapp 9876543210", "whatsapp [phone]"},
		{"my number is 98765 43210", "my number is [phone]"},
		{"Tel: 555 2671 33", "Tel: [phone]"},
		{"text me: 4155552671", "text me: [phone]"},
		{"WhatsApp: +380 (67) 123-45-67", "WhatsApp: [phone]"},
		// messengers
		{"Telegram: @jane_doe", "Telegram: [handle]"},
		{"telegram @janedoe", "telegram [handle]"},
		{"tg: janedoe99", "tg: [handle]"},
		{"my Skype id is jane.doe, thanks", "my Skype id is [handle], thanks"},
		{"Skype: live:.cid.1234abcd5678", "Skype: [handle]"},
		{"skype live:jane.doe_1", "skype [handle]"},
		{"discord: jane#1234", "discord: [handle]"},
		{"Discord - jane_d#0042 or mail", "Discord - [handle] or mail"},
		{"WeChat ID: jane8899", "WeChat ID: [handle]"},
		{"Line ID: jane_line", "Line ID: [handle]"},
		{"find @jane.doe on Instagram", "find [handle] on Instagram"},
		{"snapchat username = janesnap1", "snapchat username = [handle]"},
		{"Skype: janedoe\nRate: 20", "Skype: [handle]\nRate: 20"},
		{"click skype:jane.doe?chat", "click [handle]"},
		// profiles
		{"https://www.linkedin.com/in/jane-doe-123/", "[profile]"},
		{"linkedin.com/in/janedoe.", "[profile]."},
		{"https://uk.linkedin.com/in/jane?trk=x and", "[profile] and"},
		{"see https://t.me/janedoe", "see [profile]"},
		{"https://wa.me/14155552671", "[profile]"},
		{"https://github.com/janedoe", "[profile]"},
		{"(github.com/janedoe/)", "([profile])"},
		{"https://twitter.com/janedoe?s=20", "[profile]"},
		{"instagram.com/jane.doe", "[profile]"},
		{"www.behance.net/janedoe", "[profile]"},
		{"https://www.upwork.com/freelancers/~01abcdef", "[profile]"},
		{"https://www.freelancer.com/u/janedoe", "[profile]"},
		{"https://stackoverflow.com/users/12345/jane", "[profile]"},
		{"https://calendly.com/jane/30min", "[profile]"},
		{"https://www.youtube.com/@jane", "[profile]"},
		{"https://discord.gg/abcDEF", "[profile]"},
		// several
		{"Mail jane@example.com, call +1 415 555 2671 or Telegram @jane_d", "Mail [email], call [phone] or Telegram [handle]"},
	} {
		got, n := contacts.Mask(tt.text)
		if got != tt.want {
			t.Errorf("%q\n got %q\nwant %q", tt.text, got, tt.want)
		}
		if n == 0 {
			t.Errorf("%q: none counted", tt.text)
		}
		if again, n := contacts.Mask(got); again != got || n != 0 {
			t.Errorf("masking %q again gives %q", got, again)
		}
	}
}

func TestKept(t *testing.T) {
	for _, text := range []string{
		// versions and code
		"Python 3.11.2 and Node 18.12.1", "react@18.2.0, vue@3", "npm i @angular/core@16.2.1", "C++11/14/17/20", "Java 8/11/17",
		"the @Component and @app.route decorators", "use @media and @import", "logo@2x.png", "git@github.com:acme/shop.git",
		"postgres://app:secret@db.example.com:5432/shop", "amqp://guest:guest@rabbit.example.org", "sha 4155552671abcdef", "id_4155552671", "x = 4155552671;",
		"10.0.0.1, 192.168.100.200 and 255.255.255.255", "port 5432, 8080-8090", "fe80::1 and 2001:db8::8a2e:370:7334", "0x1F4A 0b1010", "UTF-8, ISO-8859-1, RFC 2822",
		"ISBN 978-3-16-148410-0", "order 4155552671", "ticket #4155552671", "invoice no. 2024-000123", "SKU 12345678901",
		// money and counts
		"$1,000,000 to 2,000,000", "1000-2000 USD", "$1000 - $2000", "budget 10000000", "EUR 1500000", "₹ 12,50,000 per year", "+10000000 downloads",
		"1 000 000 rows", "100 000 - 200 000 users", "+5 years, +1000 projects", "10,000,000+ users", "50/50, 24/7, 9-5", "95.5% of 1234567 rows",
		// dates and times
		"2024-05-30", "30.05.2024 - 12.06.2024", "2019-2023", "2019 - 2021, 2022 - 2024", "05/30/2024 10:15", "2024-05-30T10:15:00+02:00",
		"Mon, 10 May 2024 10:00:00 +0100", "UTC+5:30 or GMT +0200", "from 2019 to 2023 2024", "1714563000 seconds",
		// messengers as a subject
		"Build a Telegram bot", "Telegram: bot development", "WhatsApp API integration", "Skype calls twice a week", "Skype: available",
		"Instagram posts and stories", "discord server with 3 channels", "Discord: server setup", "signal processing", "a Slack app; Telegram channel.",
		"snap to grid", "bottom line id est", "Instagram: posts, reels",
		// addresses that are nobody's
		"https://github.com/acme/shop", "github.com/features and github.com/topics", "https://dropbox.com/janedoe", "https://docs.github.com/en/rest",
		"https://twitter.com/search?q=go", "https://example.com/in/jane", "https://www.facebook.com/business", "https://instagram.com/p/Cabc123/",
		"meet at example square", "look at this dot", "good at PHP and CSS", "sales @ scale",
		"1920x1080 at 60 fps", "4.5 (1234567 reviews)", "3/4/5 of 100-200-300", "about 1234567890 records", "[email] [phone] [handle] [profile]", "",
	} {
		if got, n := contacts.Mask(text); got != text || n != 0 {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestFind: places are right beside characters of several bytes.
func TestFind(t *testing.T) {
	text := "Größe 5, Zoë: zoe@example.com – ☎ +49 171 2345678"
	var got []string
	for _, c := range contacts.Find(text) {
		got = append(got, string(c.Kind)+" "+text[c.Start:c.End])
	}
	if strings.Join(got, "|") != "email zoe@example.com|phone +49 171 2345678" {
		t.Errorf("%q", got)
	}
}

// TestHostileTexts end soon.
func TestHostileTexts(t *testing.T) {
	for _, piece := range []string{"a@", "1-", "+1 ", "@a.", "skype: ", "github.com/", "\xff@", "((((1", "at dot ", "a@b.co "} {
		contacts.Mask(strings.Repeat(piece, 20_000/len(piece)))
	}
}

func BenchmarkMask(b *testing.B) {
	text := strings.Repeat("We need a developer for 3 months, 20 hours a week, $25-40 an hour, who knows Python 3.11 and React 18.2.0. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		contacts.Mask(text)
	}
}
