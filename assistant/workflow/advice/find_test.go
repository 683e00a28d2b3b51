package advice

import (
	"testing"

	"github.com/parleyhq/parley/retrieval/embed"
)

// answered are questions as people put them, with the section that answers.
var answered = map[string]string{
	"should I pay by the hour or a fixed price?":                                "hourly-or-fixed",
	"what does it mean when they say the work is done, how do we agree on that": "agree-what-done-means",
	"do I owe anything if I end the contract early?":                            "ending-early",
	"who owns the logo after I paid for it":                                     "who-owns-the-work",
	"can the freelancer put our project in her portfolio?":                      "show-work-in-a-portfolio",
	"my client hasn't paid the invoice for five weeks, what now":                "late-payment",
	"how should I split the project into milestones":                            "milestones-by-result",
	"is it ok to ask for money up front":                                        "deposits",
	"a client wants me to give a discount for more work later":                  "discounts",
	"what questions should I ask in an interview with a developer?":             "interview-questions",
	"he asked me to pay for a test first, is that a scam?":                      "scams-against-freelancers",
	"somebody sent me a check for too much and wants the difference back":       "scams-against-clients",
	"they want to pay me outside the platform":                                  "moving-off-the-platform",
	"do I have to charge VAT to a client in Germany? I'm in Canada":             "tax-across-borders",
	"how much should I put aside for taxes":                                     "set-money-aside-for-tax",
	"is an unpaid trial task normal?":                                           "paid-trials",
	"the client keeps asking for little extras":                                 "handle-extra-requests",
	"how do I estimate when I don't know how long it will take?":                "estimate-in-ranges",
	"one of the bids is half the price of the others. too good to be true?":     "compare-proposals",
	"could the tax office say my freelancer is really an employee":              "employee-or-contractor",
	"what should a simple contract contain?":                                    "short-contract-essentials",
	"i got a 2 star rating that's unfair, how do i reply":                       "answer-a-bad-rating",
	"NDA wants me not to work for competitors for two years":                    "nda-and-non-compete",
	"how do I give access to my shop without giving away the password?":         "share-access-safely",
	"the designer used a font, do I need a license for it?":                     "third-party-material",
	"may I use ChatGPT for the texts I deliver?":                                "ai-made-work",
	"we disagree about whether the delivered work is what was ordered":          "disputes-about-delivered-work",
	"what is a retainer": "retainers",
	"which currency should the contract be in and who pays the transfer fees": "currency-and-fees",
	"what should I charge per hour as a beginner?":                            "rates-and-level",
	"how to tell a good portfolio from a bad one":                             "read-a-portfolio",
	"can I ask for a young person in the ad?":                                 "fair-criteria",
	"a 16 year old wants to do the job":                                       "minors-and-work",
	"they sent me a zip file to open before the interview":                    "files-from-strangers",
	"limited liability clause, they want me to be liable for all damages":     "limit-liability",
	"how do I give feedback on designs i don't like without hurting":          "feedback-people-can-use",
	"how do I ask for a review after the job":                                 "write-an-honest-rating",
	"should I price my consulting by value":                                   "price-by-value",
	"I can't really describe what I need yet, how can I start small?":         "start-with-a-paid-first-step",
	"what do I do with applicants' CVs after the hiring":                      "personal-data",
	"what should I ask a client before I accept?":                             "interview-the-client",
	"do I need to register a business to freelance":                           "register-and-keep-records",
	"how do I write an invoice":                                               "invoices-that-get-paid",
	"what is not included in the offer, should I write that down?":            "say-what-is-not-included",
}

// unanswered are questions on which the handbook has nothing.
var unanswered = []string{
	"which visa do I need to move to Portugal?",
	"what is the best laptop for video editing?",
	"how many people live in Lagos",
	"does the platform offer health insurance?",
	"how do I learn Rust quickly?",
	"what time does the support team open",
	"is remote work bad for mental health",
	"which accounting software has the best API?",
	"can I sponsor a podcast",
	"do dogs dream?",
}

func TestQuestionsFindTheirSection(t *testing.T) {
	f := newFinder(embed.Default())
	first, among := 0, 0
	for question, want := range answered {
		found, err := f.find(t.Context(), question, "")
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range found[:min(2, len(found))] {
			if m.section.ID == "guide:"+want {
				among++
				if i == 0 {
					first++
				}
			}
		}
		if len(found) == 0 || found[0].section.ID != "guide:"+want {
			var got []string
			for _, m := range found[:min(3, len(found))] {
				got = append(got, m.section.ID)
			}
			t.Logf("%q: %v, not %s", question, got, want)
		}
	}
	t.Logf("%d of %d first, %d among the first two", first, len(answered), among)
	if first*100 < len(answered)*85 || among*100 < len(answered)*92 {
		t.Errorf("%d of %d first, %d among the first two", first, len(answered), among)
	}
}

func TestWhatTheHandbookDoesNotKnow(t *testing.T) {
	f := newFinder(embed.Default())
	wrong := 0
	for _, question := range unanswered {
		found, err := f.find(t.Context(), question, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			wrong++
			t.Logf("%q: %s, %.2f", question, found[0].section.ID, found[0].score)
		}
	}
	if wrong > 2 {
		t.Errorf("%d of %d answered all the same", wrong, len(unanswered))
	}
}

func TestHandbook(t *testing.T) {
	sections, err := readHandbook()
	if err != nil {
		t.Fatal(err)
	}
	if len(sections) < 40 {
		t.Errorf("%d sections", len(sections))
	}
	for _, s := range sections {
		n := 0
		for _, u := range s.units {
			n += u.words()
		}
		if n < 150 || n > 400 {
			t.Errorf("%s has %d words", s.ID, n)
		}
		if s.For != "both" && s.For != "client" && s.For != "freelancer" {
			t.Errorf("%s is for %q", s.ID, s.For)
		}
	}
}
