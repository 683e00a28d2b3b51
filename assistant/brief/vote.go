package brief

import (
	"slices"
	"strings"
	"sync"

	"github.com/parleyhq/parley/retrieval/skills"
)

// categoryWords are words that tell a category beside the vocabulary's skills.
var categoryWords = map[string]map[string]bool{
	"web":    words("website websites webpage site webshop shop store backend frontend browser hosting domain plugin landing developer programmer software saas portal api tool program"),
	"mobile": words("app apps iphone ipad android ios mobile smartphone application uber"),
	"data":   words("sentiment notebook analyse analyze analysis data dashboard dashboards spreadsheet spreadsheets database analytics scraping scraper csv excel dataset datasets"),
	"ml":     words("ai ml chatbot llm gpt model prediction predict predicts predicted predicting classifier forecasting"),
	"design": words(`logo logos banner banners flyer flyers brochure brochures poster posters branding packaging illustration illustrations icon icons mockup mockups
		designer letterhead infographic infographics mascot label labels sticker stickers`),
	"video_audio": words("vhs tape tapes cassette cassettes mp4 films filming filmed video videos podcast podcasts footage reel reels trailer voiceover jingle song songs audio animation animations film clips narrator narration youtube intro outro photographer photos videographer"),
	"writing":     words("article articles blog copy memoir memoirs essay essays ebook writer newsletter ghostwriter proofreading novel manuscript descriptions resume cv"),
	"translation": words("translate translation translator translated subtitles transcript transcription transcribe interpreter localization localisation localize localise"),
	"marketing":   words("seo marketing ads campaign campaigns followers instagram facebook tiktok ppc influencer ranking"),
	"sales":       words("leads sales crm prospects outreach"),
	"finance":     words("bookkeeping accounting accountant tax taxes payroll invoices bookkeeper forecast audit"),
	"legal":       words("contract contracts lawyer legal trademark patent attorney gdpr paralegal agreement"),
	"admin":       words("assistant va inbox calendar scheduling typing support receptionist"),
	"engineering": words(`cad pcb mechanical electrical structural solidworks autocad blueprint blueprints enclosure sensor machine bracket cnc tolerances prototype engineer
		drafting circuit`),
	"science":   words("chemistry chemical lab laboratory biology experiment molecule scientific chemist toxicology statistics"),
	"education": words("tutor tutoring lesson lessons teacher curriculum teach teaching homework exam math maths students course"),
}

// acts are deeds that tell the category whatever they are done to: translating
// a game is translation.
var acts = map[string]string{
	"translate": "translation", "translated": "translation", "translating": "translation", "translation": "translation", "translator": "translation", "localise": "translation", "localize": "translation", "localization": "translation", "localisation": "translation",
	"subtitle": "translation", "transcribe": "translation", "transcription": "translation", "interpreter": "translation",
	"scrape": "data", "scraping": "data", "scraper": "data", "ghostwrite": "writing", "ghostwriter": "writing", "ghostwriting": "writing", "proofread": "writing", "proofreading": "writing", "copywriter": "writing", "memoir": "writing", "memories": "writing", "memoirs": "writing",
	"bookkeeping": "finance", "bookkeeper": "finance", "accountant": "finance", "lawyer": "legal", "attorney": "legal", "paralegal": "legal", "trademark": "legal", "tutor": "education", "tutoring": "education", "teach": "education",
	"statistician": "science", "biostatistician": "science", "chemist": "science", "sdr": "sales",
}

// deeds are the same in two words.
var deeds = newLexicon[string]()

func init() {
	deeds.add("admin", "customer support", "customer service", "answer chats", "answering chats", "chat support", "data entry", "virtual assistant", "answer emails", "type in", "support agent", "enter invoices",
		"phone support", "email support", "support by chat")
	deeds.add("writing", "write articles", "write a book", "blog writing", "content writer", "product descriptions", "write blog", "write his", "write her", "write my")
	deeds.add("sales", "cold calls", "cold calling", "book meetings", "lead generation", "crm clean up", "clean up hubspot", "clean up our crm", "hubspot clean up")
	deeds.add("science", "statistical analysis", "statistics consulting", "systematic review", "meta analysis", "literature review", "journal paper", "for a paper", "scientific paper", "for a study", "health sciences", "for my thesis", "thesis data", "clinical trial", "peer review")
	deeds.add("legal", "terms of service", "privacy policy", "contract review", "review a contract", "review my lease", "review of a lease", "terms and conditions")
	deeds.add("finance", "financial model", "tax return", "tax returns", "cap table")
	deeds.add("video_audio", "edit my wedding video", "edit a video", "edit videos", "video editing", "podcast editing", "edit my podcast", "edit podcast", "edit our podcast")
	deeds.add("engineering", "cad model", "cnc part", "cad drawings", "3d print", "circuit board")
}

// castActs lets the deeds speak, before the things they are done to.
func (r *reader) castActs(cast func(category string, weight float64, from, to int)) {
	said := make(map[string]bool)
	for i := range r.tokens {
		if r.silent(i) || r.taken[i] == SlotQuestions || r.taken[i] == SlotConditions || r.taken[i] == removal {
			continue
		}
		category, end, ok := deeds.match(r.view, i)
		if !ok {
			category, end = acts[r.low(i)], i+1
		}
		if category == "education" && r.is(i-1, "i", "we") {
			continue // the person's own trade
		}
		if category == "" || said[category] || business[r.low(end)] || r.is(i-1, "our", "existing") || r.is(end, "plugin", "app", "tool", "software", "website", "site", "platform", "page") {
			continue
		}
		said[category] = true
		cast(category, 4, i, end)
	}
}

// categoriesOf lists the categories that a word speaks for.
var categoriesOf = sync.OnceValue(func() map[string][]string {
	byWord := make(map[string][]string)
	for _, c := range Categories {
		for w := range categoryWords[c.ID] {
			byWord[w] = append(byWord[w], c.ID)
		}
	}
	return byWord
})

// vote is what speaks for a category.
type vote struct {
	score   float64
	at      int // the first token that speaks for it
	sources []Source
}

// category decides the kind of work by what the text asks for: the skills that
// are wanted, and telling words, twice as much where the work is named.
func (r *reader) category() {
	votes := make(map[string]*vote)
	cast := func(category string, weight float64, from, to int) {
		if category == "" {
			return
		}
		v := votes[category]
		if v == nil {
			v = &vote{at: from}
			votes[category] = v
		}
		if r.inTitle(from) {
			weight *= 2
		}
		v.score += weight
		if len(v.sources) < 3 {
			v.sources = append(v.sources, r.source(from, to))
		}
	}
	r.castActs(cast)
	for _, m := range r.found {
		switch {
		case m.standing == must && m.category == "translation" && r.onlyLanguages(m):
		case m.standing == must && everywhere[m.name]:
			cast(m.category, 1, m.from, m.to)
		case m.standing == must:
			cast(m.category, 2, m.from, m.to)
		case m.standing == nice:
			cast(m.category, 0.5, m.from, m.to)
		}
	}
	for i := range r.tokens {
		if r.silent(i) || r.tokens[i].kind != word || r.taken[i] == SlotQuestions || r.taken[i] == SlotConditions || r.taken[i] == removal {
			continue
		}
		for _, category := range categoriesOf()[r.low(i)] {
			cast(category, 1.1, i, i+1)
		}
	}
	r.elect(votes)
	r.dropObjects()
}

// everywhere are tools of many trades, which tell little of the kind of work.
var everywhere = map[string]bool{"Python": true, "Excel": true, "Spreadsheets": true, "Google Sheets": true, "SQL": true, "Canva": true, "PowerPoint": true, "Word": true}

// onlyLanguages reports whether a match names languages and no translating.
func (r *reader) onlyLanguages(m skillMatch) bool {
	for i := m.from; i < m.to; i++ {
		if strings.HasPrefix(r.low(i), "transl") || strings.HasPrefix(r.low(i), "local") || strings.HasPrefix(r.low(i), "interpret") {
			return false
		}
		if languages[r.low(i)] {
			return true
		}
	}
	return false
}

// dropObjects takes back skills of making what is only worked on: who
// translates a mobile game need not be able to develop one.
func (r *reader) dropObjects() {
	switch r.brief.Category.Value {
	case "translation", "legal", "admin", "writing", "science", "finance", "sales":
	default:
		return
	}
	if !r.changedNow(SlotCategory) {
		return
	}
	r.brief.Must = slices.DeleteFunc(r.brief.Must, func(item Item) bool {
		if item.Sources[0].ID != r.id {
			return false
		}
		skill, ok := skills.Default().Lookup(item.Text)
		if !ok || skill.Category == r.brief.Category.Value {
			return false
		}
		return strings.HasSuffix(item.Text, " Development") || strings.HasSuffix(item.Text, " Design") || strings.HasSuffix(item.Text, " Programming") || strings.HasSuffix(item.Text, " Production")
	})
}

func (r *reader) inTitle(i int) bool {
	title := r.brief.Title
	if len(title.Sources) == 0 || title.Sources[0].ID != r.id || title.Sources[0].Kind != "message" {
		return false
	}
	at := r.units.at(r.tokens[i].start)
	return at >= title.Sources[0].Start && at < title.Sources[0].End
}

// elect sets the category with the most votes. A known one gives way only when
// what was wanted has changed, or when it was hardly certain.
func (r *reader) elect(votes map[string]*vote) {
	best, total := "", 0.0
	for _, c := range Categories {
		if v := votes[c.ID]; v != nil {
			total += v.score
			if best == "" || v.score > votes[best].score {
				best = c.ID
			}
		}
	}
	if best == "" {
		return
	}
	known := r.brief.Category
	sure := confidence(votes[best].score / (total + 1))
	if known.Known() && (known.Value == best || !r.titleGone && !r.changedNow(SlotTitle) && (known.Confidence >= 0.55 || votes[best].score < 4)) {
		return
	}
	if known.Known() && known.Sources[0].Kind != "message" && !r.titleGone {
		return
	}
	r.brief.Category = Field[string]{Value: best, Sources: votes[best].sources, Confidence: sure}
	r.change(SlotCategory, votes[best].at)
}
