package route

import (
	"slices"
	"strings"
)

// sort is a name for words that say the same in a request.
type sort struct{ name, words string }

// nounSorts are what a request may be about. Of two sorts that list a word the
// first has it.
var nounSorts = []sort{
	{"HUMAN", `someone somebody anyone anybody person persons people folks guy guys gal man woman women men candidate candidates freelancer freelancers applicant applicants
specialist specialists expert experts pro pros professional professionals talent talents contractor contractors individual individuals hire hires team agency agencies individual worker workers helper partner partners duo
names profiles finalists finalist bidder bidders shortlist shortlists longlist matches hand hands stand-in replacement backup recruits whoever alguien jemand jemanden leute quelqu'un alguém pessoa candidatos kandidaten candidats`},
	{"TRADE", `accountant accountants actor actors actress administrator analyst analysts animator animators architect architects artist artists assistant assistants attorney auditor author beekeeper bookkeeper bookkeepers builder cameraman cartoonist
chef coach coaches coder coders colourist colorist composer conductor consultant consultants controller copywriter copywriters copyeditor counsel dba designer designers dev devs developer developers dj doctor drafter drafters drafter drummer editor editors electrician engineer engineers
estimator filmmaker fixer florist gardener ghostwriter ghostwriters guitarist host illustrator illustrators influencer instructor interpreter interpreters inspector journalist lawyer lawyers lecturer librarian linguist manager managers marketer marketers mastering mathematician mentor
modeller modeler modellers modelers moderator musician musicians narrator notary nurse nutritionist operator optimizer organizer painter paralegal pentester photographer photographers physicist pianist planner plumber producer producers programmer programmers proofreader proofreaders publicist
receptionist recruiter recruiters redactor researcher researchers reviewer reviewers reviser sales salesperson scientist scientists scraper scripter secretary seamstress seo setter singer singers statistician strategist stylist subtitler subtitlers support surveyor surveyors tailor
teacher teachers technician technicians tester testers therapist trainer trainers transcriber transcriptionist translator translators tutor tutors typist typesetter va vas vet videographer videographers voice voiceover webmaster welder writer writers cfo cto coo bookbinder
übersetzer entwickler traductor diseñador desarrollador traducteur développeur graphiste tradutor programador`},
	{"LETTER", `proposal proposals bid bids application applications letter letters cover pitch cv resume résumé tender opener hook quote offer candidature bewerbung anschreiben propuesta`},
	{"POST", `post posts posting postings ad ads advert adverts listing listings vacancy vacancies brief briefs advertisement description title job jobs gig gigs position opening role roles project projects task tasks assignment anzeige stelle puesto anuncio annonce vaga tender`},
	{"LAW", `contract contracts nda ndas law laws lawful illegal legal legally liable liability tax taxes vat gst w9 w-9 w-8ben 1099 invoice invoices copyright licence license licences licenses clause clauses insurance employee employees employment employer court sue notice ip rights ownership gdpr agreement agreements withholding
misclassification visa deductible deduct pension retainer retainers escrow milestone milestones deposit deposits dispute disputes chargeback refundable upfront overtime royalties warranty penalty handshake trademark`},
	{"PRICE", `rate rates price prices pricing charge fee fees pay paid payment payments cost costs budget salary wage money amount hourly fixed markup discount surcharge estimate quote figures figure range percent percentage margin worth earn earning income expensive cheap cheaper low`},
	{"CONDUCT", `scam scams scope creep feedback review reviews rating ratings stars interview interviews call calls reference references client's portfolio revisions revision negotiation negotiate boundaries burnout niche etiquette habit raise deadline deadlines trial trials test tests ghosted ghosting rejection burnout motivation competition market demand
trend trends onboarding onboard handover kickoff meeting meetings screening remote platform freelancing freelance outsourcing hiring subcontracting subcontractor subcontractors specialise specialize generalist`},
	{"INNER", `prompt prompts instructions instruction rules guidelines configuration config guardrails filter filters restrictions jailbreak dan unfiltered system weights developer mode memory secrets secret training verbatim model api key keys env variables json database logs handbook`},
	{"SITE", `password login account accounts log-in log button buttons dashboard notification notifications app site website page subscription verification card payout payouts paypal withdrawal support ticket bug error 404 502 500 username email mail inbox browser screen font profile connection loading billing plan support helpdesk refund`},
	{"TEXT", `poem poems joke jokes song songs story stories essay speech limerick haiku rap lyrics tweet tweets caption captions slogan slogans recipe recipes email emails message article articles blog chapter manual reference toast vows card name names riddle sonnet paragraph paragraphs sentence sentences headline copy text script novel`},
	{"CODE", `function code regex sql query css html javascript python java algorithm class loop compile script macro formula vlookup dockerfile stack trace bug unit tests component endpoint`},
}

// verbSorts are what may be asked for. A word may be of several.
var verbSorts = []sort{
	{"SEEK", `find show suggest recommend pick match rank compare filter shortlist invite headhunt search introduce list look seek exclude sort drop sift scout source identify propose bring staff pull fetch select choose zeige zeig suche such muestra muéstrame busca búscame trouve montre`},
	{"COMPOSE", `write draft compose make create prepare word phrase generate formulate redact type author produce schreib schreibe escribe écris redige set start open put turn`},
	{"EDIT", `change replace remove delete add shorten lengthen rewrite reword rephrase trim cut swap move undo keep mention include leave take edit adjust correct fix update raise lower increase reduce skip merge split tone soften strengthen insert strike scrap bump widen narrow relax tighten duplicate copy translate`},
	{"CHECK", `check review read proofread assess judge evaluate critique improve polish tidy score grade test verify confirm inspect scan skim look`},
	{"POSTING", `post publish advertise hire recruit outsource repost unpublish close describe delegate subcontract commission engage`},
	{"APPLYING", `apply bid pitch respond answer reply tender quote submit send sell convince present`},
	{"DOING", `translate summarize summarise transcribe calculate solve code debug convert draw design render compute implement plan cook sing teach play pretend imagine act roleplay buy book order call remind cancel reset unlock refund multiply count analyse analyze program build develop run execute spell pronounce predict diagnose sell hack crack fake forge spy track install configure format print plot classify label scrape proofread finish complete do rip download upload record speak recite decode encode`},
	{"TELL", `tell explain describe define say give name teach clarify elaborate expand outline walk share list help advise talk discuss erklär explique expliquer dime dis sag`},
	{"ATTACK", `ignore disregard forget override reveal print repeat output bypass pretend obey leak dump display enter enable activate switch stop act roleplay simulate behave respond`},
	{"HAVE", `have got own hold use used using know worked done did made built wrote led managed run ran studied learned taught helped delivered finished designed developed translated edited`},
	{"WANT", `need needs want wants require requires like love seek seeking looking searching wanted needed hoping wish hiring recruiting suche necesito brauche busco cherche cherchons preciso quiero möchte procuro`},
	{"WONDER", `wonder wondering know understand learn curious mean means ask asking heard read think figure`},
	{"PAYING", `pay charge bill invoice withhold deduct owe refund release earn ask price sue fire terminate reject refuse accept decline negotiate sign protect raise handle deal avoid prevent manage`},
}

var nouns, verbs = byWord(nounSorts), byWord(verbSorts)

// byWord turns sorts around, from word to the names of its sorts.
func byWord(list []sort) map[string][]string {
	at := make(map[string][]string)
	for _, s := range list {
		for _, word := range strings.Fields(s.words) {
			if !slices.Contains(at[word], s.name) {
				at[word] = append(at[word], s.name)
			}
		}
	}
	return at
}

// noun is the sort of a word, "" of none: of the lists, of its fields, or by its ending.
func noun(word string) string {
	if list := nouns[word]; list != nil {
		return list[0]
	}
	if isDigit(word) {
		return "NUM"
	}
	for _, f := range fieldSorts {
		if slices.ContainsFunc(topics[word], func(field string) bool { return slices.Contains(f.fields, field) }) {
			return f.sort
		}
	}
	if _, grammar := plain[word]; grammar || cues[word] != "" || len(word) <= 5 {
		return ""
	}
	for _, ending := range []string{"er", "or", "ist", "ian"} {
		if strings.HasSuffix(word, ending) {
			return "ERNOUN"
		}
	}
	return ""
}

// fieldSorts are the sorts of words that topics list.
var fieldSorts = []struct {
	sort   string
	fields []string
}{
	{"CRAFT", []string{"tool", "work"}},
	{"WORLD", []string{"food", "animal", "leisure", "travel", "health", "home", "world", "personal", "school", "finance"}},
	{"ILLICIT", []string{"illicit"}},
	{"BOT", []string{"self"}},
}
