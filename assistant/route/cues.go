package route

import "strings"

// cues are words that say the same for routing. A message is read also with its
// words replaced by these names, so that what was learned of "can you draft my
// cover letter" holds for "could you write my bid". A word is listed once, in
// the form in which it is read.
var cues = index(map[string]string{
	"LETTER":    "proposal proposals bid bids application applications letter letters cover pitch quote cv resume résumé",
	"APPLY":     "apply applying applied bidding pitching",
	"FIT":       "fit fits match matches suit suits suited qualify qualified chance chances shot eligible stand",
	"POST":      "post posts posting postings job jobs ad ads advert listing listings vacancy vacancies gig gigs brief opening position role advertisement offer",
	"PUBLISH":   "publish published advertise post repost unpublish announce",
	"PEOPLE":    "people candidates candidate freelancers freelancer applicants applicant someone somebody anyone anybody person persons talent talents pros specialists specialist experts expert contractors contractor consultants consultant folks guy guys names name profiles profile",
	"LIST":      "list shortlist ranking rank ranked lineup selection top best",
	"HIRE":      "hire hiring hired recruit recruiting engage employ",
	"NEED":      "need needs needed want wants looking seeking require required wanted searching search",
	"FIND":      "find recommend suggest show invite compare exclude filter sort drop",
	"WRITE":     "write draft compose rewrite reword phrase prepare polish proofread trim shorten rephrase",
	"LAW":       "contract contracts nda legal law lawful illegal allowed liable liability tax taxes vat invoice invoices copyright licence license clause insurance employee employees court sue notice ip rights own owns owner ownership gdpr withhold agreement agreements",
	"MONEYTALK": "rate rates charge charges price prices pay pays paid payment payments deposit fee fees escrow milestone milestones retainer salary earn earns cost costs hourly fixed discount upfront budget",
	"NORM":      "usually normal normally typical typically common commonly average market standard reasonable fair realistic generally customary worth advisable sensible wise rude polite unprofessional risky dangerous safe customary usual ethical unethical fairly badly",
	"TROUBLE":   "dispute scam scams fraud refund refuse refuses refused late unpaid disappeared ghosted ghosting complaint complain review reviews rating ratings feedback",
	"SELF":      "i i'm i've i'd i'll im ive me my mine myself we we're we've we'd our us",
	"YOU":       "you your yours you're u ur you'd yourself",
	"MUSTHAVE":  "must should need'nt shouldn't ought",
	"DO":        "do build fix solve translate summarise summarize calculate convert create code debug design generate compute count list count finish produce render",
	"FRAME":     "wordpress shopify react python excel figma php laravel seo logo website site app dashboard video videos podcast illustration illustrations",
	"ASKS":      "asks ask asked asking says say said wants client client's",
	"KIN":       "son daughter dad mom mum mother father brother sister uncle grandma grandmother kid kids baby friend neighbour boss landlord",
	"FEEL":      "bored lonely sad happy tired hungry love hate afraid scared nervous",
	"SHOWS":     "show display print reveal repeat output dump list tell",
	"PLACE":     "remote remotely onsite online local europe eu uk us usa german germany french france spanish spain english italian dutch polish portuguese arabic india latin asia africa berlin london",
	"KNOW":      "know understand explain tell wonder wondering curious learn mean means difference",
	"SECRETS":   "instructions prompt prompts system rules override jailbreak unfiltered restrictions developer mode guidelines hidden configuration verbatim",
	"PRETEND":   "pretend roleplay imagine act ignore disregard forget",
	"CODE":      "function code script regex sql query css html javascript python java bug debug compile algorithm",
	"FUN":       "poem joke song story limerick rap haiku recipe riddle essay lyrics novel",
	"WORLD":     "weather football match capital president movie movies restaurant restaurants flight flights hotel stock bitcoin horoscope doctor dog cat dinner homework exam moon planet war election birthday wife husband girlfriend boyfriend",
	"ACCOUNT":   "password login log account charged subscription verification locked delete card support ticket bug banned suspended username",
	"BACK":      "back again return resume continue anyway anyways instead",
	"YES":       "yes yeah yep yup sure ok okay fine absolutely correct right exactly please sí si ja oui da claro",
	"NO":        "no nope nah not none never neither nein non",
	"TIME":      "day days week weeks month months year years hour hours monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tomorrow today tonight asap spring summer autumn winter quarter",
	"EDIT":      "change replace remove delete add make shorter longer tone title sentence paragraph line wording version move swap put bullet first second last cut",
	"CURRENCY":  "eur euro euros usd dollar dollars gbp pound pounds € $ £ rupees inr cad aud chf bucks k",
})

// index turns lists of words around.
func index(lists map[string]string) map[string]string {
	at := make(map[string]string)
	for name, list := range lists {
		for _, word := range strings.Fields(list) {
			// Of two lists the one whose name comes first has the word, whatever the order of the map.
			if had, listed := at[word]; !listed || name < had {
				at[word] = name
			}
		}
	}
	return at
}

// plain are words of grammar, kept as they are where others are left out.
var plain = index(map[string]string{"": `a an the and or but if so as of to in on at by for from with without about into over under than then
that this these those it its it's is isn't are aren't was were be been being am do does don't doesn't did didn't done have has haven't had
can can't could would will won't shall may might who whom whose which what what's whats who's where when why how there here
he she they them his her their him any some all both each few more most less other another such only own same too very just
up out off down let let's got get gets give go going like please thanks thank hi hello hey now later still yet also
use using because while before after until since between against during through per via vs much many long one two three`})

// cue is the word under which a token is read where words of one sort are the same.
func cue(token string) string {
	if name, ok := cues[token]; ok {
		return name
	}
	if _, ok := plain[token]; ok {
		return token
	}
	switch {
	case isDigit(token):
		return "#"
	case !isLetters(token):
		return token
	case strings.HasSuffix(token, "ing"):
		return "_ing"
	case strings.HasSuffix(token, "er") || strings.HasSuffix(token, "or") || strings.HasSuffix(token, "ist") || strings.HasSuffix(token, "ers") || strings.HasSuffix(token, "ors") || strings.HasSuffix(token, "ists"):
		return "_er"
	case strings.HasSuffix(token, "ed"):
		return "_ed"
	case strings.HasSuffix(token, "ly"):
		return "_ly"
	}
	return "_"
}
