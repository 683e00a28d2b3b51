package rules

import "strings"

// Hosts by what a link to them does. An entry may have the beginning of a
// path; "/+" asks for any path.
var (
	messengerHosts = []string{"wa.me/+", "whatsapp.com/send", "chat.whatsapp.com/+", "whatsapp.com/channel", "wa.link/+", "t.me/+", "telegram.me/+", "telegram.dog/+", "discord.gg/+", "discord.com/invite", "discord.com/users", "discordapp.com/invite",
		"m.me/+", "join.skype.com/+", "signal.me/+", "signal.group/+", "line.me/+", "ig.me/+", "snapchat.com/add", "kik.me/+", "viber.me/+", "vk.me/+", "wechat.com/+", "zalo.me/+", "threema.id/+", "matrix.to/+", "chats.viber.com/+", "slack.com/join", "join.slack.com/+"}
	meetingHosts = []string{"zoom.us/j", "zoom.us/my", "meet.google.com/+", "teams.microsoft.com/l", "teams.live.com/meet", "calendly.com/+", "cal.com/+", "whereby.com/+", "webex.com/meet", "meet.jit.si/+", "calendar.app.google/+", "tidycal.com/+", "savvycal.com/+", "doodle.com/bp", "zcal.co/+", "koalendar.com/+"}
	socialHosts  = []string{"instagram.com/+", "facebook.com/+", "fb.com/+", "fb.me/+", "linkedin.com/in", "twitter.com/+", "x.com/+", "tiktok.com/@", "threads.net/@", "snapchat.com/+", "vk.com/+", "ok.ru/+", "linktr.ee/+", "bio.link/+", "beacons.ai/+", "about.me/+", "truecaller.com/+", "onlyfans.com/+", "xing.com/profile"}
	paymentHosts = []string{"paypal.me/+", "paypal.com/paypalme", "cash.app/$", "cash.me/$", "venmo.com/u", "venmo.com/+", "revolut.me/+", "wise.com/pay", "monzo.me/+", "buymeacoffee.com/+", "ko-fi.com/+", "patreon.com/+", "gofundme.com/+", "zellepay.com/+", "pay.skrill.com/+", "payoneer.com/pay", "upi.link/+", "bunq.me/+", "settleup.app/+", "donate.stripe.com/+", "buy.stripe.com/+", "nowpayments.io/+", "mpago.la/+", "bizum.es/+", "lydia-app.com/+", "twint.ch/+"}
	shortHosts   = []string{"bit.ly/+", "tinyurl.com/+", "goo.gl/+", "is.gd/+", "cutt.ly/+", "rb.gy/+", "rebrand.ly/+", "shorturl.at/+", "ow.ly/+", "t.co/+", "t.ly/+", "v.gd/+", "tiny.cc/+", "bl.ink/+", "s.id/+", "shrtco.de/+", "adf.ly/+", "buff.ly/+", "lnkd.in/+", "soo.gd/+", "u.to/+", "clck.ru/+"}
)

// linksTo finds links to some of the hosts.
func linksTo(hosts []string) func(*scan) []span {
	return func(s *scan) (found []span) {
		for _, l := range s.links() {
			for _, h := range hosts {
				if l.leads(h) {
					found = append(found, l.full)
					break
				}
			}
		}
		return found
	}
}

// leads tells whether a link leads to an entry of those lists.
func (l link) leads(entry string) bool {
	host, path, _ := strings.Cut(entry, "/")
	if !l.at(host) {
		return false
	}
	own := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(l.path, " slash "), " / "), "/")
	if path == "+" {
		return own != "" && !pathOfSite[firstPart(own)]
	}
	return strings.HasPrefix(own, path) && len(own) > len(path)
}

func firstPart(path string) string {
	if i := strings.IndexAny(path, "/?#"); i >= 0 {
		path = path[:i]
	}
	return path
}

// pathOfSite are pages that are nobody's.
var pathOfSite = map[string]bool{"": true, "about": true, "help": true, "docs": true, "developers": true, "developer": true, "business": true, "legal": true, "policies": true, "privacy": true, "terms": true, "pricing": true, "features": true, "download": true, "login": true, "signup": true, "api": true, "blog": true, "faq": true, "p": true, "reel": true, "reels": true, "watch": true, "hashtag": true, "explore": true, "search": true, "ads": true, "groups": true, "marketplace": true, "events": true, "share": true, "sharer": true, "sharer.php": true, "intent": true, "status": true, "iv": true}

// workHosts are where work, its documents and its tools are.
var workHosts = []string{"github.com", "gitlab.com", "bitbucket.org", "github.io", "figma.com", "drive.google.com", "docs.google.com", "sheets.google.com", "forms.gle", "dropbox.com", "notion.so", "notion.site", "trello.com", "asana.com", "atlassian.net", "miro.com", "canva.com",
	"stackoverflow.com", "npmjs.com", "pypi.org", "pkg.go.dev", "go.dev", "python.org", "mozilla.org", "w3.org", "wikipedia.org", "youtube.com", "youtu.be", "vimeo.com", "loom.com", "behance.net", "dribbble.com", "codepen.io", "jsfiddle.net", "huggingface.co", "kaggle.com", "medium.com",
	"microsoft.com", "apple.com", "google.com", "amazon.com", "aws.amazon.com", "adobe.com", "stripe.com", "paypal.com", "shopify.com", "wordpress.org", "wordpress.com", "wetransfer.com", "onedrive.live.com", "sharepoint.com", "airtable.com", "overleaf.com", "example.com", "example.org", "example.net", "test", "localhost", "readthedocs.io", "docker.com", "vercel.app", "netlify.app", "herokuapp.com"}

// anyLink finds links to sites that are not among those of work.
func anyLink(s *scan) (found []span) {
	for _, l := range s.links() {
		work := strings.HasPrefix(l.host, "docs.") || strings.HasPrefix(l.host, "developer")
		for _, h := range workHosts {
			work = work || l.at(h)
		}
		if !work && (l.path != "" || l.full.start < l.start || strings.HasPrefix(l.host, "www.")) {
			found = append(found, l.full)
		}
	}
	return found
}

// programmes are endings of files that run when they are opened.
var programmes = []string{".exe", ".scr", ".msi", ".bat", ".cmd", ".vbs", ".apk", ".jar", ".ps1", ".hta", ".lnk", ".iso", ".img", ".pif", ".dmg", ".pkg", ".xlsm", ".docm"}

// executables finds files that run when opened: named or linked to.
func executables(s *scan) (found []span) {
	if strings.IndexByte(s.text, '.') < 0 {
		return nil
	}
	for _, p := range programmes {
		for at := 0; ; {
			i := strings.Index(s.text[at:], p)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(p)
			at = end
			if end < len(s.text) && isWordByte(s.text[end]) || start == 0 || !isWordByte(s.text[start-1]) {
				continue
			}
			for start > 0 && !isSpace(s.text[start-1]) && strings.IndexByte("\"'(<", s.text[start-1]) < 0 {
				start--
			}
			if p := (span{start, end}); !overlapsAny(found, p) {
				found = append(found, p)
			}
		}
	}
	return found
}

// hiddenText finds text in characters that are not seen (Unicode's tags), of
// which a flag has six at most.
func hiddenText(s *scan) (found []span) {
	run := 0
	if strings.Contains(s.original, "\xf3\xa0") {
		for _, r := range s.original {
			if r >= 0xE0020 && r <= 0xE007E {
				run++
			}
		}
	}
	if run < 8 || len(s.text) == 0 {
		return nil
	}
	return []span{{0, len(s.text)}}
}
