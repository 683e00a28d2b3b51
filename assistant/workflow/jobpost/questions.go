package jobpost

import (
	"regexp"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
	"github.com/parleyhq/parley/sessions"
)

// notSure is the way out that every question offers.
const notSure = "Not sure"

// question words the question for a slot, with answers that can be tapped.
func question(doc *Document, slot brief.Slot) sessions.Question {
	q := sessions.Question{Slot: string(slot), Text: questionText(doc, slot)}
	switch slot {
	case brief.SlotPay:
		q.Suggestions = payReplies(payFigure(doc.Market, doc.Brief.Pay.Value), doc.Category)
	case brief.SlotDuration:
		q.Suggestions = lengthReplies(doc.Brief.Memory.Spread)
	case brief.SlotHours:
		q.Suggestions = hoursReplies(doc.Brief.Memory.Spread)
	case brief.SlotLevel:
		q.Suggestions = levelReplies(doc.Brief.Memory.Spread)
	case brief.SlotSkills:
		q.Suggestions = skillReplies(doc)
	case slotScope:
		q.Suggestions = scopeReplies(doc)
	case slotCurrency:
		q.Suggestions = []sessions.QuickReply{{Text: "US dollars"}, {Text: "Euros"}, {Text: "Pounds"}}
	case slotExisting:
		if strings.Contains(q.Text, "from nothing") {
			q.Suggestions = []sessions.QuickReply{{Text: "It starts from nothing"}}
		}
	case brief.SlotLocation:
		if strings.Contains(q.Text, "emote") || strings.Contains(q.Text, "video") {
			q.Suggestions = []sessions.QuickReply{{Text: "Remote is fine"}}
		}
	case brief.SlotStart:
		q.Suggestions = []sessions.QuickReply{{Text: "As soon as possible"}, {Text: "No rush"}}
	case brief.SlotSummary:
		return q
	}
	q.Suggestions = append(q.Suggestions, sessions.QuickReply{Text: notSure})
	return q
}

func questionText(doc *Document, slot brief.Slot) string {
	switch {
	case slot == brief.SlotDuration:
		return timeQuestion(doc)
	case slot == slotScope && scopeOf[act(doc)] != "":
		return scopeOf[act(doc)]
	case slot == slotScope && mends(doc) && (doc.Category == "web" || doc.Category == "mobile"):
		return "What exactly should change, and what should stay as it is?"
	case slot == slotExisting && mends(doc):
		return "What is in use today, and who can give access to it?"
	}
	if text := forRoles[slot]; text != "" && role.MatchString(doc.Title) && !tradeWords[doc.Category] {
		return text
	}
	if text := wordedFor[trade(doc)][slot]; text != "" {
		return text
	}
	return worded[slot]
}

// trade is the category whose wording fits: that of lessons only where
// somebody is taught, and not where a course or a calculation is made.
func trade(doc *Document) string {
	if doc.Category == "education" && !lessons.MatchString(doc.Title+" "+saidText(doc.Brief.Brief)) || doc.Category == "education" && course.MatchString(doc.Title) {
		return ""
	}
	return doc.Category
}

var (
	lessons = regexp.MustCompile(`(?i)\b(?:tutor\w*|teach\w*|lessons?|coach\w*|class(?:es)?|learn|exams?|pupils?|course for me|my (?:son|daughter|kid|child))\b`)
	course  = regexp.MustCompile(`(?i)\b(?:instructional|e-?learning|curricul\p{L}+|course (?:design|creat|develop)\p{L}*|worksheets?|textbook|lesson plans?)\b`)
)

// timeQuestion asks when: for the start and length of work that goes on or is
// paid by time, and for the day of something that is handed over.
func timeQuestion(doc *Document) string {
	if goesOn(doc) {
		switch {
		case trade(doc) == "education":
			return wordedFor["education"][brief.SlotDuration]
		case doc.Brief.Start.Known():
			return "How long should it go on?"
		}
		return "When should it start, and how long should it go on?"
	}
	if text := wordedFor[trade(doc)][brief.SlotDuration]; text != "" && builds(doc) {
		return text
	}
	return worded[brief.SlotDuration]
}

// goesOn reports whether work is for a time and not for a result.
func goesOn(doc *Document) bool {
	b := doc.Brief.Brief
	pay := b.Pay.Value
	switch {
	case b.Duration.Value.Ongoing, b.Hours.Known(), pay.Type == "hourly", pay.Per == "month", pay.Per == "week", pay.Per == "day":
		return true
	case pay.Type == "fixed":
		return false
	}
	return recurs.MatchString(saidText(b)) || role.MatchString(doc.Title) && len(b.Deliverables) == 0
}

// recurs finds work that comes again and again; it reads the flat text of a brief.
var recurs = regexp.MustCompile(`\b(?:weekly|monthly|daily|ongoing|long term|every (?:day|week|month)|each (?:week|month)|(?:a|per) (?:week|month)|part time|full time)\b`)

// builds reports whether something new is made that goes online or into stores.
func builds(doc *Document) bool {
	said := saidText(doc.Brief.Brief)
	switch doc.Category {
	case "mobile":
		return isApp.MatchString(said) && !mends(doc) && act(doc) == ""
	case "web":
		return isSite.MatchString(said) && !mends(doc) && act(doc) == ""
	}
	return true
}

var (
	isApp  = regexp.MustCompile(`\bapps?\b`)
	isSite = regexp.MustCompile(`\b(?:web ?sites?|shop|store|site|landing|page|portal|platform|blog)\b`)
)

// mends reports whether the work is on something that is there.
func mends(doc *Document) bool { return mending.MatchString(saidText(doc.Brief.Brief)) }

var mending = regexp.MustCompile(`\b(?:existing|fix|fixes|fixing|bugs?|crash\w*|broken|repair|debug\w*|maintain\w*|maintenance|speed up|slow|upgrade|update|migrat\w*|take over|our app|my app|our site|our website|our shop|audit|redo|redesign|improve)\b`)

// act is what is done, where it decides what can be asked whatever the thing
// is that it is done to: translating a game is not making one.
func act(doc *Document) string {
	for _, a := range acts {
		if a.pattern.MatchString(doc.Title) {
			return a.name
		}
	}
	return ""
}

var acts = []struct {
	name    string
	pattern *regexp.Regexp
}{
	{"translate", regexp.MustCompile(`(?i)\b(?:translat\p{L}*|locali[sz]\p{L}*|interpret\p{L}*)\b`)},
	{"support", regexp.MustCompile(`(?i)\b(?:customer support|support agent|live chat|helpdesk|customer service)\b`)},
	{"enter", regexp.MustCompile(`(?i)\bdata entry\b`)},
	{"scrape", regexp.MustCompile(`(?i)\b(?:scrap(?:e|er|ing)|crawl(?:er|ing)?)\b`)},
	{"test", regexp.MustCompile(`(?i)\b(?:test(?:er|ing)|qa)\b`)},
	{"record", regexp.MustCompile(`(?i)\b(?:audiobooks?|narrat\p{L}*|voice-?[ -]?overs?|podcasts?|score|jingles?|mixing|mastering)\b`)},
	{"animate", regexp.MustCompile(`(?i)\b(?:animat\p{L}*|motion graphics?|explainer)\b`)},
}

// scopeOf are the questions on the scope of such acts.
var scopeOf = map[string]string{
	"translate": "How much text is it, and what is it for?", "support": "What do customers ask about, and on which channels?", "enter": "Where do the entries come from, and where should they go?",
	"scrape": "Which fields do you need, and how should the data reach you?", "test": "What should be tested, and on which devices?", "record": "How long is it, and what is it for?", "animate": "How long should it be, and where will it be shown?",
}

var worded = map[brief.Slot]string{
	brief.SlotSummary:  "What would you like to have done?",
	slotScope:          "What should it include, beyond what you have told me?",
	slotExisting:       "Is there something it builds on, or does it start from nothing?",
	brief.SlotPay:      "What budget do you have in mind?",
	slotCurrency:       "Which currency is your budget in?",
	brief.SlotDuration: "By when do you need it?",
	brief.SlotHours:    "About how many hours a week do you have in mind?",
	brief.SlotLevel:    "How experienced should the person be: entry level, intermediate or expert?",
	brief.SlotSkills:   "Is there a tool or skill that the person must know?",
	brief.SlotLocation: "Can it be done remotely, or does the person have to be somewhere?",
	brief.SlotStart:    "When should the work start?",
}

// role finds the titles that name a person and not a thing to be made.
var role = regexp.MustCompile(`(?i)\b(?:developer|designer|engineer|manager|consultant|specialist|analyst|scientist|marketer|freelancer|expert|programmer|architect|researcher|artist|animator|illustrator|editor|assistant|agent|representative|recruiter|sales(?:person|man|woman)|accountant|bookkeeper|copywriter|writer|translator|setter|tutor|teacher|moderator|caller|secretary|receptionist)s?\b`)

// forRoles are the questions when a person is looked for.
var forRoles = map[brief.Slot]string{
	slotScope:    "What would the person work on first?",
	slotExisting: "What is there already, and who works on it?",
}

// tradeWords are the categories whose own questions suit roles as well.
var tradeWords = words("education admin legal finance translation sales")

// wordedFor are the questions as somebody of the trade would ask them.
var wordedFor = map[string]map[brief.Slot]string{
	"web": {
		slotScope: "What should it be able to do?", slotExisting: "Do you have a site or shop today, or does it start from nothing?",
		brief.SlotSkills: "Is there a platform or technology you want it built with?", brief.SlotDuration: "When should it be online?",
	},
	"mobile": {
		slotScope: "What should people be able to do in the app?", slotExisting: "Is there an app or a design already, or does it start from nothing?",
		brief.SlotSkills: "Is it for iPhone, Android or both, and is a technology fixed?", brief.SlotDuration: "When should it be in the stores?",
	},
	"data": {
		slotScope: "What do you want to be able to read from the data?", slotExisting: "Where does the data sit today?",
		brief.SlotSkills: "Which tools should it be done in?",
	},
	"ml": {
		slotScope: "What should the model get, and what should it give back?", slotExisting: "Do you have data or a model already?",
		brief.SlotSkills: "Are there models, languages or frameworks you want used?",
	},
	"design": {
		slotScope: "Which pieces do you need, and what will they be used for?", slotExisting: "Is there a logo, colours or a style to keep to?",
		brief.SlotSkills: "Is there a style, skill or program the person must know?",
	},
	"video_audio": {
		slotScope: "How long should the result be, and where will it be shown?", slotExisting: "Is the footage or recording there already?",
		brief.SlotSkills: "Is there a program you work with, so that the project files fit?",
	},
	"writing": {
		slotScope: "How long should the text be, and who will read it?", slotExisting: "Is there a draft or an outline already?",
		brief.SlotSkills: "Should the writer know a certain field or format?",
	},
	"translation": {
		slotScope: "How much text is it, and what is it for?", brief.SlotSkills: "From which language, and into which?",
		slotExisting: "Is there a glossary or an earlier translation to follow?",
	},
	"marketing": {
		slotScope: "What should it bring, and on which channels?", slotExisting: "What are you doing already, and with which accounts?",
		brief.SlotSkills: "Are there channels or tools the person must know?",
	},
	"sales": {
		slotScope: "Who are the customers, and what should the person do with them?", slotExisting: "Is there a list of contacts already?",
		brief.SlotSkills: "Is there a CRM or a language the person must know?",
	},
	"finance": {
		slotScope: "What should be done each month or at the end?", slotExisting: "How are the books kept today?",
		brief.SlotSkills: "Which accounting software is it in?", brief.SlotLocation: "Which country's rules apply, and can the work be done remotely?",
	},
	"legal": {
		slotScope: "What should be drafted or reviewed, and how long is it?", slotExisting: "Is there a contract or a draft already?",
		brief.SlotLocation: "Which country's or state's law applies?", brief.SlotSkills: "Which field of law is it?",
	},
	"admin": {
		slotScope: "What would the person do on a usual day?", slotExisting: "Who does this today, and how?",
		brief.SlotSkills: "Which programs do you use for it?", brief.SlotLocation: "Should the person be there at certain hours of your day?",
	},
	"engineering": {
		slotScope: "What should you have in hand at the end: drawings, a model, calculations?", slotExisting: "Are there sketches, drawings or a part already?",
		brief.SlotSkills: "Which CAD program or standard should it be in?",
	},
	"science": {
		slotScope: "What should you have in hand at the end: an analysis, figures, a text?", slotExisting: "Is the data there already?",
		brief.SlotSkills: "Which methods or programs should the person know?",
	},
	"education": {
		slotScope: "Who is to learn, from which level to which?", slotExisting: "What has the learner done so far?",
		brief.SlotSkills: "Which subject or language is it?", brief.SlotHours: "How many hours a week of lessons do you have in mind?",
		brief.SlotLocation: "Are lessons by video call all right, and in which time zone?", brief.SlotDuration: "For how long, or until which exam?",
		brief.SlotLevel: "How experienced should the teacher be: entry level, intermediate or expert?",
	},
}
