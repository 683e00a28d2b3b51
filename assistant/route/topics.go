package route

import (
	"slices"
	"strings"
)

// topics are words of one field each: what a message is about, where its
// words were never seen in an utterance. Unlike cues, a word may be of several.
var topics = fields(map[string]string{
	"occupation": `accountant accountants admin administrator analyst analysts animator animators architect architects artist artists assistant assistants
auditor bookkeeper bookkeepers cameraman caption chef coach coaches coder coders colourist composer consultant consultants copywriter copywriters designer designers
dev devs developer developers devops director drafter draughtsman drummer editor editors electrician engineer engineers estimator filmmaker florist
ghostwriter illustrator illustrators instructor interpreter interpreters lawyer lawyers lecturer linguist manager managers marketer marketers mentor modeller modelers
musician narrator nutritionist operator painter paralegal pentester photographer photographers planner producer programmer programmers proofreader proofreaders
receptionist recruiter recruiters researcher researchers reviewer salesperson scientist scripter secretary seamstress singer singers specialist statistician stylist surveyor
teacher teachers technician tester testers trainer trainers transcriber transcriptionist translator translators tutor tutors va vas videographer virtual
voiceover welder webmaster writer writers freelancer freelancers contractor contractors agency agencies studio studios scrum cto cfo coo`,
	"tool": `ableton access adobe aftereffects agile airtable android angular ansible api apis arcgis arduino asana audition autocad aws azure bim blender bubble c cad
cnc crm csv dashboard databricks dbt django docker drupal elementor embedded erp etl excel expo express fastapi figma firebase flutter framer fusion gcp gis git go
golang google graphql hubspot indesign illustrator ios ios java javascript jira keyshot kotlin kubernetes laravel latex linkedin linux llm looker lora lottie magento mailchimp
matlab mobile mongodb mysql netsuite nextjs node nodejs notion odoo openfoam oracle pandas photoshop php plc postgres postgresql powerbi premiere python pytorch qgis quickbooks
r rails react reactnative redux revit rhino ruby rust salesforce sap scrapy scraping selenium seo shopify sketch sketchup snowflake solana solidity solidworks spark sql stripe svelte swift
tableau tailwind tensorflow terraform tiktok trados typescript ui unity unreal ux vba vue webflow wix woocommerce wordpress wp xero xcode zapier zbrush zendesk zoho backend frontend fullstack
saas ecommerce chatbot database cloud kafka spring dotnet netlify vercel`,
	"work": `animation app apps artwork audit audio blog bookkeeping booklet branding brochure build campaign captions cad catalogue chapters checkout cleanup content copy copywriting course
crawl customer data dataset design develop development diagrams documentation drawings ebook editing explainer flyer footage grant graphics illustration illustrations implementation infographic install
integration interface interpreting inventory label labelling landing layout logo logos mail maintenance manual manuals manuscript marketing menu migrate migration minutes model modelling module mockups
newsletter onboarding outreach packaging page pages payroll photos pipeline plugin podcast portal poster presentation product proofreading prototype recording redesign render renders report reports retouching
scanned scans schedule scrape scraper script server shop site slides software store storyboard subtitles subtitling survey template testing tests thumbnails transcribe transcription transcripts translation
translate typesetting upgrade video videos voice web website websites webshop wireframes workshop`,
	"practice": `accept accepted advance agreed agreeing arbitration backup bad-mouth balance billable billing boundaries breach bonus cancel cancellation cancelled cash chargeback clause clauses clawback client's clients compensation
confidential confidentiality contested contractually credit currency delay delayed delivery deposits employer equity estimate estimates etiquette exclusive exclusivity exclusively expenses feedback
freelance freelancing gross half handover hidden hours indemnity injury insured intellectual interview interviews invoiced invoicing jurisdiction kill late law lawsuit lawyers legally liability licence licences limit loyalty
markup minimum misclassification moral negotiate negotiating negotiation net niche nda ndas non-compete noncompete notice overtime overdue owe owed partial patent penalties penalty pension percent percentage portfolio
probation profession professional quote raise rates rating references referral registered registration reject rejected rejecting rejection reliable reminder reputation retainer retention revision revisions royalties royalty
scope severance sick sign signature signed sole specialise stage subcontract subcontracting subcontractors sue surcharge tax taxes terminate termination terms testimonial timesheet tracker trademark trial trials trust trustworthy
unpaid upfront usage vacation vat verbal waive warranty warning witholding withholding work-for-hire worth written`,
	"food":     "bake baking bread breakfast cabbage cake cheese chicken chocolate cook cooking coffee dinner dish egg eggs garlic grape ice ingredients leek leeks lunch meal meat oven pancake pancakes pasta pizza potatoes recipe rice risotto salad sauce sourdough soup spice sugar tea vegetarian wine beer cocktail snack fridge calories",
	"animal":   "animal animals bird birds cat cats dog dogs dolphin elephant fish horse insect kitten llama lion mouse owl parrot pet pets pig puppy rabbit shark snake spider tiger whale vet dinosaur",
	"leisure":  "actor album anime band boredom bored celebrity champion championship cinema concert cup episode film films football game games goal guitar hobby league lottery lyrics match messi movie movies music netflix novel novels olympics player poem poems poet ronaldo score season series singer soccer song songs sports spotify star stars team tennis trivia tv won world chess sudoku riddle riddles quiz joke jokes joking karaoke limerick haiku rap riddle funny puzzle crossword bedtime fairy wordle dungeon",
	"travel":   "airport beach bus car cruise directions drive driving flight flights gas highway holiday hostel hotel hotels itinerary luggage map museum passport plane restaurant restaurants taxi ticket tickets tourist traffic train trains travel trip uber vacation visa weather forecast rain raining snow temperature sunny umbrella sightseeing",
	"health":   "anxiety antibiotics blood calories cold cough diagnose diet disease doctor dose drug drugs exercise exercises fever flu headache health hurt hurts ibuprofen insomnia knee medicine melatonin mg pain paracetamol pill pills pregnant rash sick sleep stomach stretch symptom symptoms therapy therapist tired tooth toothache vaccine vitamin vitamins wrist yoga weight lose depressed lonely back",
	"finance":  "bank bitcoin bond bonds broker cash coin coins credit crypto dividend dow etf ethereum exchange fund funds index invest investing investment investments loan mortgage nasdaq portfolio savings share shares stock stocks trading interest inflation overdraft balance transfer chf nok yen",
	"home":     "alarm apartment bathroom bedroom bed bicycle bike boiler carpet clean cleaning clothes couch curtain door drill fan faucet flat furniture garden garage grass house kettle kitchen lamp laundry leak lights neighbour neighbours neighbor paint plant plants plumber plumbing rent roof shoes shower sink sofa stain tap toilet tv tyre tyres vacuum wall walls washing window windows grocery groceries shopping timer thermostat",
	"personal": "babe baby boyfriend breakup bride brother children christmas crush dad date dating daughter dead divorce ex father friend friends gift girlfriend grandma grandmother granny grandson grandfather happy husband kid kids kiss lonely love mama married marry mom mother mum parents party present relationship romantic sad single sister son tinder uncle valentine wedding wife feelings heart hug cry crying feelings lover",
	"school":   "algebra assignment biology calculate calculus chemistry class college converted decimal degree derivative dissertation dividend divided equation essay exam exams exponent fraction geography geometry grammar history homework integral kilometres latin math maths miles minus multiply philosophy physics plus poetry professor quadratic root roman school semester solve square student students sum teacher theorem thesis times triangle university vocabulary x² volcano",
	"world":    "aliens altitude astrology astronomy atom battle black bible buddha capital century christian church continent country countries democracy dinosaur earth economy elected election emperor empire france galaxy god gravity hole holes horoscope invented invention island king language languages mars mercury meteor moon mountain nasa ocean oldest pope population president prime minister planet planets politician politics pope prophet queen religion retrograde river sea senate shakespeare sky space stoic sun tallest tide universe volcano vote voted war water wars party putin trump biden musk einstein napoleon swift republic tonight rainbow speed light",
	"codeword": "algorithm array boolean brackets bug centre center centers class commit compile compiler console const css debug decimal def deploy div docker dockerfile error exception flexbox for-loop formula function functions git html import json junit kernel lambda leetcode loop method null pointer printf print query recursion regex return rust segfault select sort stack string syntax table terminal traceback typeerror undefined unit variable vlookup while yaml xlookup cell column bash curl nginx compose server",
	"self":     "alive ai bot bots chatbot chatgpt claude conscious feelings gpt human llm machine model openai parley real robot sentient siri alexa temperature temperature weights trained favourite favorite opinion gender age born soul name dream",
	"secret":   "admin administrator above api-key backend bypass character chat classified command commands config configuration confidential content context conversation credentials debug developer disable dan disregard dump env environment exfiltrate export filter filters forget former guardrails guideline guidelines hidden ignore initial instruct instructed instruction instructions internal jailbreak key keys leak limits log logs memory message mode module moderation obey order original outrank override password policy previous print prior prompt prompts raw render repeat restrictions reveal role root rule rules safety secret secrets session settings stop sudo system tags token told unfiltered unlock unlimited unrestricted variable verbatim weights word-for-word",
	"illicit":  "anonymous attack attacks bomb bought bribe captcha cheat cheating counterfeit crack cracked ddos deepfake detected detection exam exams explosive fake faked fakes flood followers forge forged fraud gambling ghost gun hack hacked hacker hacking hide illegal illegally impersonate kill launder laundering likes malware murder nude nudes organic phishing pirated plagiarism poison porn proxy ransomware reviews revenge sex sexy smuggle spam spy spying steal stealing stolen suicide threat threaten torrent traced trafficking undetected untraceable virus weapon weapons",
	"account":  "2fa account accounts activate app's banned bill billed blocked captcha card charge charged charges code complaint crash crashes deactivate delete deleted deposited dispute download email error escrow failed frozen helpdesk hotline human id identity invoice locked lockout log logged login loop mail missing notification notifications number password pay payout payouts paypal pending phone premium profile refund release released reset sent settings sms spinning stuck subscription support suspended ticket transaction transfer twice unlock unsubscribe upgrade upload username verification verify verified withdraw withdrawal 404",
	"chatter":  "aha asdf bla blah bored bye cheers chill cool goodbye goodnight haha hahaha hello hey hi hm hmm hmmm howdy lol lmao meh morning nice night ok okay omg ping pleeease please sorry sup thanks thx test testing wow whatever wtf yo yay 😂 👍 🙂 😉 ❤ 😅 🙏",
	"spanish":  "a al busco con de del el en es esta gracias hola horas la las lo los mas me mi muéstrame necesito para pero por puede puedes qué que quién quiero si sin su trabajo un una y yo",
	"french":   "avec bonjour ce combien dans de des du elle est et faut il je la le les merci mon ne nous ou oui où pas peux pour pouvez que qui quel quelle salut sur un une vous",
	"german":   "an auf aus bitte brauche danke das dem den der die ein eine einen für hallo haben habe ich im ist ja jemand kann kannst können mein meine mich mir mit möchte nicht nur oder sie sind suche und von was wer wie wir zu",
	"desk":     "resume cv portfolio profile experience background worked skills certificate certificates certified degree native fluent yrs years since c1 b2 lead led",
	"writing":  "paragraph paragraphs sentence sentences tone hook opener closing opening greeting wording word words line lines salesy generic cliché boring stiff formal casual humble robotic arrogant sounds sound reads read grammar spelling typo screening answer questions",
	"people":   "she he her him his her's c1 c2 c3 c4 c5 c6 c7 c8 him candidate candidates one ones them two three four five six shortlist list ranking above below profile portfolio reviews stars available availability overlap rates expensive cheaper cheapest senior junior",
	"terms":    "budget deadline remote onsite hourly fixed weekly monthly ongoing start level entry intermediate expert skills must nice deliverable deliverables title description overlap language timezone duration scope screening",
})

// fields turns lists of words around, from word to the fields it is of.
func fields(lists map[string]string) map[string][]string {
	at := make(map[string][]string)
	for name, list := range lists {
		seen := make(map[string]bool)
		for _, word := range strings.Fields(list) {
			if !seen[word] {
				seen[word] = true
				at[word] = append(at[word], name)
			}
		}
	}
	for _, names := range at {
		slices.Sort(names)
	}
	return at
}
