package jobpost

import (
	"strings"
	"unicode"

	"github.com/parleyhq/parley/assistant/brief"
)

// aspect is something practical that posts of a kind settle: who hosts the
// shop, how many rounds of changes there are. It is offered only where similar
// posts mention it, with the count.
type aspect struct {
	id       string
	text     string   // as an entry of the deliverables
	name     string   // in a sentence: "7 of 14 similar posts mention hosting"
	patterns []string // beginnings of words, in lower case; "a|b c" are alternatives
}

// aspectExisting counts posts that say what there is already; it is asked about and not offered.
const aspectExisting = "existing"

// leastPosts is in how many similar posts an aspect must be found to count.
const leastPosts = 3

var existingPatterns = []string{"existing ", "already ", "right now we", "right now i", "currently", "at the moment", "so far", "from scratch", "from nothing", "is here", "we have ", "i have ", "only have", "have a ", "there is a", "our current", "our old", "my current", "exists"}

// aspectsOf returns the aspects of a category, those of every kind of work last.
func aspectsOf(category string) []aspect { return append(aspects[category], common...) }

var common = []aspect{
	{"handover", "A handover with short written documentation", "a handover or documentation", []string{"handover", "hand over", "documentation", "documented", "written guide", "readme"}},
	{"rights", "All rights and source files", "ownership of the result", []string{"source file", "copyright", "licence", "license", "rights", "belong to us", "ip is", "ownership", "nda"}},
}

// aspects were chosen by reading what posts of each category come back to.
var aspects = map[string][]aspect{
	"web": {
		{"payments", "Online payments", "payments", []string{"payment", "paypal", "stripe", "apple pay", "klarna", "checkout", "card "}},
		{"shipping", "Shipping rates and delivery options", "shipping", []string{"shipping", "delivery zone", "parcel", "pick up in store", "courier", "dhl", "local delivery"}},
		{"import", "Import of the existing product or page data", "importing existing data", []string{"import", "csv", "migrat", "export from"}},
		{"hosting", "Hosting set up, with its running cost", "hosting", []string{"hosting", "hosted", "hoster", "server ", "domain"}},
		{"maintenance", "Maintenance after launch", "maintenance", []string{"maintenance", "maintain", "updates and backups", "monthly fee", "support after", "retainer", "backups"}},
		{"training", "A training session on using it", "training", []string{"training session", "hours of training", "train ", "teach", "show me how", "show us how", "walk me through", "video over how"}},
		{"mobile", "A layout that works well on phones", "use on phones", []string{"mobile", "phone", "responsive"}},
		{"seo", "Basics for search engines", "search engines", []string{"seo", "google search", "redirect", "search traffic", "rank"}},
		{"tests", "Automated tests", "tests", []string{"tests", "tested", "vitest", "playwright", "staging"}},
	},
	"mobile": {
		{"stores", "Publication in the app stores", "the app stores", []string{"app store", "play store", "testflight", "store listing", "google play"}},
		{"platforms", "iPhone and Android versions", "iPhone or Android", []string{"android", "ios", "iphone"}},
		{"offline", "Use without a connection", "working offline", []string{"offline", "no signal", "without signal", "sync"}},
		{"push", "Push notifications", "notifications", []string{"push", "notification"}},
		{"backend", "The server side", "the server side", []string{"backend", "back end", "api", "firebase", "supabase", "server"}},
		{"maintenance", "Maintenance after release", "maintenance", []string{"maintenance", "maintain", "bug fix", "after launch", "after release"}},
	},
	"data": {
		{"sources", "A description of the data sources", "the data sources", []string{"csv", "excel", "google sheet", "database", "export", "sources"}},
		{"refresh", "Automatic refresh of the data", "automatic refresh", []string{"refresh", "every monday", "nightly", "daily", "weekly", "schedule", "automat"}},
		{"dashboard", "A dashboard", "a dashboard", []string{"dashboard", "power bi", "tableau", "looker", "metabase"}},
		{"quality", "Cleaning and checks of the data", "cleaning", []string{"clean", "duplicate", "quality", "missing value", "check"}},
		{"training", "A walk-through for whoever uses it", "a walk-through", []string{"walk me", "walk us", "training", "explain", "teach", "show us"}},
	},
	"ml": {
		{"evaluation", "An evaluation on our own examples", "an evaluation", []string{"evaluat", "benchmark", "test set", "accuracy", "precision", "metric"}},
		{"data", "Preparation of the training data", "preparing data", []string{"label", "annotat", "training data", "dataset", "documents"}},
		{"deployment", "Deployment to where it runs", "deployment", []string{"deploy", "production", "docker", "endpoint", "gpu", "server", "on premise"}},
		{"cost", "An estimate of the running cost", "running cost", []string{"cost per", "running cost", "token", "api cost", "budget for", "cheap to run"}},
		{"privacy", "Handling of personal data", "privacy", []string{"privacy", "gdpr", "personal data", "confidential", "leave our", "on premise"}},
	},
	"design": {
		{"revisions", "Two rounds of changes", "rounds of changes", []string{"round", "revision", "changes on"}},
		{"source", "Editable source files", "source files", []string{"source file", "illustrator file", "figma file", "svg", " ai ", "editable", "indesign file"}},
		{"concepts", "Several first ideas to choose from", "first ideas to choose from", []string{"rough idea", "concept", "ideas", "directions", "options"}},
		{"print", "Print-ready files", "print files", []string{"print", "cmyk", "bleed", "pdf x", "printer"}},
		{"guidelines", "A short style guide", "a style guide", []string{"guideline", "style guide", "guide of", "brand guide", "palette"}},
		{"sizes", "Versions for social media", "social media sizes", []string{"instagram", "social", "facebook", "square"}},
	},
	"video_audio": {
		{"captions", "Captions", "captions", []string{"caption", "subtitle"}},
		{"revisions", "Two rounds of changes", "rounds of changes", []string{"round", "revision", "feedback"}},
		{"music", "Licensed music", "music", []string{"music", "song", "soundtrack", "tune"}},
		{"formats", "Versions for each channel", "formats and channels", []string{"vertical", "9 16", "shorts", "reels", "tiktok", "youtube", "square"}},
		{"project", "The project files", "project files", []string{"project file", "project too", "premiere project", "raw ", "source"}},
		{"sound", "Sound clean-up and mix", "sound", []string{"sound", "audio", "noise", "mix"}},
		{"thumbnails", "Thumbnails", "thumbnails", []string{"thumbnail", "title card", "cover"}},
	},
	"writing": {
		{"length", "An agreed length", "length", []string{"words", "word ", "pages", "characters"}},
		{"revisions", "Two rounds of changes", "rounds of changes", []string{"round", "revision", "draft", "feedback"}},
		{"research", "Research and interviews", "research or interviews", []string{"research", "interview", "sources", "call with"}},
		{"seo", "Keywords and meta descriptions", "search engines", []string{"seo", "keyword", "meta description"}},
		{"voice", "A sample in our tone of voice first", "tone of voice", []string{"tone", "voice", "style", "sample"}},
		{"upload", "Upload to our site", "uploading", []string{"upload", "wordpress", "publish"}},
	},
	"translation": {
		{"volume", "The number of words or pages", "the volume", []string{"words", "pages", "strings", "minutes"}},
		{"glossary", "A glossary that is kept", "a glossary", []string{"glossary", "terminology", "termbase", "consisten"}},
		{"review", "A second reader", "proofreading", []string{"proofread", "second reader", "review", "four eyes", "revis"}},
		{"certified", "A certified translation", "certification", []string{"certified", "sworn", "stamp", "notar"}},
		{"layout", "Delivery in the original layout", "layout or format", []string{"layout", "format", "indesign", "xliff", "pdf", "word file", "subtitle"}},
		{"tone", "Agreement on tone and form of address", "tone", []string{"tone", "formal", "informal", "register"}},
	},
	"marketing": {
		{"reporting", "A short regular report", "reporting", []string{"report", "dashboard", "numbers every", "monthly summary"}},
		{"tracking", "Tracking set up", "tracking", []string{"tracking", "pixel", "ga4", "analytics", "conversion"}},
		{"adspend", "A separate budget for ads", "the ad budget", []string{"ad spend", "media budget", "ad budget", "media is", "spend per", "a month on ads", "monthly spend"}},
		{"content", "Texts and pictures for the posts", "texts and pictures", []string{"content", "copy", "creative", "photos", "visual"}},
		{"access", "Work in our own accounts", "the ad accounts", []string{"our account", "access to", "our ads account", "admin access", "login"}},
		{"audience", "A description of the audience", "the audience", []string{"audience", "target", "customers are", "persona"}},
	},
	"sales": {
		{"list", "The list of contacts", "the contact list", []string{"list", "leads", "contacts", "database"}},
		{"script", "A call script or message templates", "scripts or templates", []string{"script", "template", "sequence", "cadence"}},
		{"crm", "Entries in our CRM", "the CRM", []string{"crm", "hubspot", "pipedrive", "salesforce"}},
		{"targets", "Agreed numbers of calls or meetings", "targets", []string{"meetings", "calls per", "calls a", "target", "quota", "appointments"}},
		{"commission", "A commission beside the base pay", "commission", []string{"commission", "bonus", "base plus", "per meeting", "per demo"}},
		{"languages", "The languages of the customers", "languages", []string{"german", "french", "spanish", "english", "language", "native"}},
	},
	"finance": {
		{"software", "Work in our accounting software", "the software", []string{"quickbooks", "xero", "excel", "sheets", "datev", "sage", "netsuite"}},
		{"backlog", "Catching up on past months", "a backlog", []string{"backlog", "catch up", "behind", "past months", "since january", "redo", "clean up"}},
		{"taxes", "Tax filings", "tax filings", []string{"tax", "vat", "1099", "filing", "bas "}},
		{"handover", "Notes so that somebody else can carry on", "notes for a successor", []string{"notes", "guide", "documented", "walk me", "loom", "checklist"}},
		{"confidential", "A confidentiality agreement", "confidentiality", []string{"nda", "confidential"}},
		{"review", "A review call", "a review call", []string{"call", "meeting", "zoom", "review"}},
	},
	"legal": {
		{"jurisdiction", "The law that applies", "the law that applies", []string{"law", "jurisdiction", "state of", "licensed in", "bar "}},
		{"review", "One round of changes after the other side's comments", "a round after comments", []string{"round", "comment", "redline", "negotiat"}},
		{"summary", "A summary in plain language", "a plain summary", []string{"plain", "summary", "explain", "one page", "memo"}},
		{"call", "A call to go through it", "a call", []string{"call", "zoom", "meeting", "walk"}},
		{"filing", "Filing with the office", "filing", []string{"filing", "file ", "register", "uspto", "submit"}},
		{"confidential", "A confidentiality agreement", "confidentiality", []string{"nda", "confidential"}},
	},
	"admin": {
		{"tools", "Work in our own tools", "the tools", []string{"gmail", "outlook", "google", "slack", "notion", "excel", "zendesk", "crm", "calendar"}},
		{"overlap", "Fixed hours of the day", "certain hours of the day", []string{"morning", "afternoon", "evening", "overlap", "time zone", "am ", "pm "}},
		{"training", "Time to learn the work, paid", "a paid start", []string{"training", "train ", "trial", "first week", "onboard", "show you"}},
		{"confidential", "A confidentiality agreement", "confidentiality", []string{"nda", "confidential", "discret", "trust"}},
		{"language", "The language of the messages", "languages", []string{"english", "spanish", "german", "french", "language", "native"}},
		{"summary", "A short daily or weekly note", "a regular note", []string{"summary", "report", "note ", "update "}},
	},
	"engineering": {
		{"drawings", "Drawings with dimensions and tolerances", "drawings", []string{"drawing", "dimension", "tolerance", "dwg", "blueprint"}},
		{"files", "The native CAD files and STEP", "file formats", []string{"step", "solidworks", "fusion", "stl", "native file", "dwg", "dxf"}},
		{"standards", "The standards to follow", "standards", []string{"standard", "iso ", "asme", "eurocode", "code ", "regulation", "ce mark"}},
		{"prototype", "A prototype or test part", "a prototype", []string{"prototype", "test part", "3d print", "sample", "first article"}},
		{"manufacture", "A check that it can be manufactured", "manufacturing", []string{"manufactur", "machin", "mould", "mold", "supplier", "fabricat"}},
		{"calculation", "The calculations", "calculations", []string{"calculation", "fea", "simulation", "load", "stress"}},
		{"stamp", "A licensed engineer's stamp", "a licensed stamp", []string{"stamp", "licensed", "chartered", " pe "}},
	},
	"science": {
		{"protocol", "A written method", "the method", []string{"protocol", "method", "procedure", "sop"}},
		{"scripts", "The scripts and data behind the results", "scripts and data", []string{"script", "code", "reproducib", "raw data", "r or ", "python"}},
		{"report", "A written report", "a report", []string{"report", "manuscript", "write up", "draft text"}},
		{"figures", "Figures ready to publish", "figures", []string{"figure", "chart", "plot", "graph"}},
		{"authorship", "Agreement on authorship or acknowledgement", "authorship", []string{"author", "acknowledg", "publication"}},
		{"confidential", "A confidentiality agreement", "confidentiality", []string{"nda", "confidential", "ip "}},
	},
	"education": {
		{"schedule", "Fixed days and times", "days and times", []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "evening", "morning", "weekend"}},
		{"materials", "Teaching material", "teaching material", []string{"material", "book", "worksheet", "slides", "exercise"}},
		{"progress", "A short note on progress", "notes on progress", []string{"note", "progress", "report", "feedback"}},
		{"online", "Lessons by video call", "video lessons", []string{"zoom", "online", "video", "skype", "meet"}},
		{"exam", "Preparation for a certain exam", "an exam", []string{"exam", "test", "sat ", "ielts", "gcse", "certificate"}},
		{"trial", "A trial lesson first", "a trial lesson", []string{"trial", "first lesson", "first session"}},
	},
}

// mentions reports whether a flat text has a word that begins with one of the patterns.
func mentions(flat string, patterns []string) bool {
	for _, p := range patterns {
		if p[0] != ' ' {
			p = " " + p
		}
		if strings.Contains(flat, p) {
			return true
		}
	}
	return false
}

// flat is a text in lower case with a space for everything that is no letter or digit.
func flat(text string) string {
	var out strings.Builder
	out.Grow(len(text) + 2)
	out.WriteByte(' ')
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out.WriteRune(unicode.ToLower(r))
		} else {
			out.WriteByte(' ')
		}
	}
	out.WriteByte(' ')
	return out.String()
}

// saidText is all that a brief holds in the person's words, flat.
func saidText(b brief.Brief) string {
	var out strings.Builder
	out.WriteString(b.Title.Value)
	for _, l := range [][]brief.Item{b.Summary, b.Deliverables, b.Must, b.Nice, b.Without, b.Conditions, b.Questions} {
		for _, item := range l {
			out.WriteString("\n" + item.Text)
		}
	}
	return flat(out.String())
}
