package jobpost

import "regexp"

// refusal is work that no post is written for.
type refusal struct {
	pattern *regexp.Regexp
	unless  *regexp.Regexp // where this matches too, it is other work about the same thing
	text    string
}

// refusals are the few kinds of work that a marketplace must not carry and
// that are plain from their words. It is a short list, not moderation: what is
// published is reviewed elsewhere.
var refusals = []refusal{
	{regexp.MustCompile(`(?i)\b(?:fake|bought|paid|buy(?:ing)?|invented|made[- ]up)\b[^.?!\n]{0,30}\b(?:reviews?|ratings?|testimonials?|followers|likes|subscribers|votes|upvotes|comments)\b|\b(?:write|post|leave|give)\b[^.?!\n]{0,30}\b(?:5|five)[- ]?stars?\b[^.?!\n]{0,20}\b(?:reviews?|ratings?)\b`),
		regexp.MustCompile(`(?i)\b(?:detect\p{L}*|classif\p{L}*|remov\p{L}*|fight\p{L}*|filter\p{L}*|flag\p{L}*|block\p{L}*|identif\p{L}*|find(?:s|ing)?|recogni\p{L}*|spot\p{L}*|against|likes and|paid ads?)\b`),
		"I cannot write a post for bought or invented reviews, ratings or followers: they deceive the people who read them."},
	{regexp.MustCompile(`(?i)\b(?:ghost-?)?(?:write|writing|do|doing|complete|take|taking|sit|pass)\b (?:\p{L}+ )?(?:my|his|her|our son['’]s|my (?:son|daughter)['’]s) (?:\p{L}+ ){0,2}(?:thesis|dissertation|essays?|homework|coursework|assignments?|term papers?|exams?|quiz(?:zes)?|online class)\b|\bexam answers?\b|\b(?:thesis|dissertation|essay) (?:ghost-?)?writ(?:er|ing)\b[^.?!\n]{0,20}\b(?:for me|needed|wanted)\b`),
		regexp.MustCompile(`(?i)\b(?:proofread\p{L}*|tutor\p{L}*|format\p{L}*|layout|teach\p{L}*|coach\p{L}*|statistic\p{L}*|edit my|prepare for|preparing for|practice|practise|marking|grading|grade the|essays? for our (?:blog|magazine))\b`),
		"I cannot write a post for a thesis, homework or exam that is handed in as somebody’s own. I can for tutoring, proofreading or help with the statistics."},
	{regexp.MustCompile(`(?i)\b(?:hack|hacking|break into)\b (?:[\p{L}'’]+ ){0,4}(?:account|accounts|password|phone|instagram|facebook|gmail|email|whatsapp|wifi)\b`),
		regexp.MustCompile(`(?i)\b(?:was|were|been|got|after) hacked|hacked (?:site|website|account)|secur\p{L}*|protect\p{L}*|penetration|growth hack\p{L}*\b`),
		"I cannot write a post for getting into accounts or devices that belong to somebody else."},
	{regexp.MustCompile(`(?i)\b(?:fake|forged?|counterfeit|false)\b (?:\p{L}+ ){0,2}(?:ids?|passports?|diplomas?|degrees?|certificates?|invoices?|bank statements?|payslips?|driving licen[cs]es?|documents?|banknotes|money)\b`),
		regexp.MustCompile(`(?i)\b(?:detect\p{L}*|recogni\p{L}*|spot\p{L}*|identif\p{L}*|classif\p{L}*|prop|props|film|movie|test data)\b`),
		"I cannot write a post for forged documents."},
	{regexp.MustCompile(`(?i)\b(?:phishing (?:page|site|mail|email)s?|spam (?:mail|email|sms|message)s?|malware|ransomware|keylogger|ddos)\b`),
		regexp.MustCompile(`(?i)\b(?:train\p{L}*|detect\p{L}*|filter\p{L}*|secur\p{L}*|protect\p{L}*|remov\p{L}*|prevent\p{L}*|awareness|simulat\p{L}*|clean\p{L}*|against|fight\p{L}*|classif\p{L}*|stop\p{L}*)\b`),
		"I cannot write a post for spam, phishing or harmful software."},
}

// refused returns the sentence that turns down work, "" for work that is fine.
func refused(text string) string {
	for _, r := range refusals {
		if r.pattern.MatchString(text) && !r.unless.MatchString(text) {
			return r.text
		}
	}
	return ""
}
