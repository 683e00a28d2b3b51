package route

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/learn"
)

// phraseSorts are turns of phrase by what they give away, set apart by |. In a
// phrase <HUMAN> and <TRADE> stand for any noun of that sort, * for up to three words.
var phraseSorts = []sort{
	{"general", `in general|generally|as a principle|in principle|as a rule|rule of thumb|what do people|what do others|how does one|how do people|how do you usually|what's the custom|is it normal|is it usual|is it common|is it ok|is it okay|is it fair|is it legal|is it safe|is it wise|is it rude|is it bad|is it true|is it worth|is it better|is it a bad idea|just curious|just to know|just to understand|only wanted to know|only want to know|only wonder|i wonder if|not for the post|what's usual|what is usual|what is normal|what's normal|going rate|what happens if|what if|am i allowed|are they allowed|may i|do i have to|do i need|do i owe|can they|can he|can she|can the client|can a client|can a freelancer|should i|what should i do|what can i do|how do i deal|how to|how should i|how would i|who owns|who pays|who carries|who covers|pros and cons|difference between|better to|what do you think about|worth it|worth the|red flag|red flags|any tips|tips for|tips on|any advice|best practice|best practices|how long should|how much should|how many|how often|how much notice|what's the best way|best way to|what's a fair|what's a sane|what does it mean|what is a|what's a|normal that|normal to|common to|polite to|professional to|allowed to|legal to|safe to|risky to|wise to|in writing`},
	{"who", `who can|who could|who would|who does|who has|who is|who's|whos|who do you|who are|who among|who else|who in|who on here|who here|whom|which of them|which one|which ones|which freelancers|which candidates|which applicants|is there anybody|is there anyone|is there somebody|is there someone|are there any|is anybody|is anyone|does anyone|does anybody|does any|do you have any|do you have someone|do you have somebody|do you know anyone|do you know someone|anyone who|anybody who|someone who|somebody who|people who|any <TRADE>|any <HUMAN>|got any|got anyone|names please|names ?|give me names|just names|how many people`},
	{"seek", `find me|find us|find someone|find somebody|find a|find an|find people|get me|show me|show us|show people|show some|suggest a|suggest some|suggest <HUMAN>|suggest <TRADE>|recommend a|recommend some|recommend <HUMAN>|best match|best matches|match my|match this|match it|look for people|look for someone|look for somebody|looking at whether|search for|search :|top five|top three|top 5|top 3|top 10|shortlist of|a shortlist|list of|short list|compare them|compare the|side by side|rank them|rank these|rank the|sort by|sort them|sort the|filter out|filter by|filter my|leave out|drop the|invite the|invite her|invite him|draft an invite|draft an invitation|headhunt|pick someone|pick somebody|pick the|introduce me|put me in touch|see candidates|see people|see profiles|more like|cheaper ones|someone cheaper|anyone cheaper|who fits|who's free|available now|why is * ranked|why did you|why not the|what speaks against|how does she|how does he|tell me more about`},
	{"bid", `this job|this posting|this post|this gig|this role|that job|that post|that gig|the job i|the post i|this client|these people|this offer|they ask|they asked|they want|they're asking|the client asks|the client wants|client wants|client asks|post asks|post says|job says|ad says|ad asks|it asks|am i a fit|a good fit|good match for me|match for me|worth applying|should i apply|should i bid|should i go for|do i fit|do i qualify|do i stand|do i have a chance|have a chance|a shot|for it ?|apply to|apply for|applying for|applying to|bid on|bid for|my bid|my proposal|my application|my letter|my cover|my pitch|my draft|my answer|my experience|my profile|cover letter|screening question|screening questions|before i send|ready to send|sound less|sounds too|sound more|i never said|win this|win the job|what should i bid|how much should i bid|what should i ask|what should i charge them|charge them|ask for this|i saw|saw a|saw the|saw your|found an ad|found this|want to apply|like to apply|looking for work|i got invited|invited me|invited to`},
	{"work", `i need a|i need an|i need someone|i need somebody|we need a|we need an|we need someone|we need somebody|need someone to|need somebody to|need a <TRADE>|looking for a|looking for an|looking for someone|looking for somebody|looking to hire|want to hire|like to hire|i'd like to have|i want a|we want a|i want someone|someone to|somebody to|want it|have it done|to be done|get it done|post a job|post this|post it|post the|the post|job post|job posting|job ad|job description|my post|our post|my ad|publish it|publish the|write it up|write that up|write this up|put it online|budget is|our budget|budget :|i pay|we pay|i'd pay|i can pay|per hour|an hour|a month|part time|full time|hours a week|hours per week|must be|must have|must know|nice to have|add that|put in|take out|change the|make it|make the|mention that|say that|still missing|what else do you need|anything missing|hand over|hand off|outsource|subcontract|by friday|by monday|deadline is|remote only|start in|start from`},
	{"yourself", `do it yourself|write it yourself|yourself|do it for me|do that for me|for me ?|right now|right here|here is the|here's the|here's my|here is my|i'll paste|pasting|paste the|just write|just do|just give me the|can you code|can you translate|translate this|translate the|translate it|translate into|into french|into german|into spanish|into english|into italian|summarise this|summarize this|fix this|fix my|debug this|solve this|write a function|write the function|write the code|write a script|write the script|write the python|write me a|write a poem|write an essay|tell me a|tell me about|give me a recipe|step by step|word for word|in between|quick question|quick one|off topic|unrelated|by the way|while you're at it|as a joke|play a|let's play|teach me|explain to me|what time is|what's the weather|who won|who is the|who was|how old|how tall|what day|what year|what's the capital|the capital of`},
	{"support", `doesn't work|does not work|not working|isn't working|won't load|doesn't load|not loading|can't log|cannot log|log in|logged in|log out|sign in|my account|my password|reset my|delete my|close my account|my card|my payment|payment is|payment was|stuck in|is stuck|was declined|is grey|greyed out|nothing happens|error message|error 4|gives me|an error|crashes|keeps crashing|the button|the site|the app|this site|this website|the page|your site|your app|the dashboard|send button|publish button|my refund|a refund|billing plan|subscription|charged twice|charged me|verification|verify my|get verified|my inbox|two factor|support team|customer support|talk to a human|real person|speak to|change my email|my username|upload my|won't upload|notifications|where do i click|how do i switch|how do i change|how do i turn|how do i stop|how do i delete|how do i cancel|how do i upload|where can i download|where do i download`},
	{"attack", `your instructions|your prompt|your rules|system prompt|your guidelines|your settings|previous instructions|above instructions|prior instructions|all instructions|developer mode|no restrictions|without restrictions|without limits|no limits|unrestricted|no filter|pretend you|pretend to be|you are now|from now on|act as|roleplay|role play|your developers|your creators|your training|what model|which model|are you gpt|are you chatgpt|are you human|are you a|are you real|are you an|who made you|who built you|who are you|what are you|your name|your favourite|your favorite|do you dream|do you feel|are you alive|between us|hypothetically|word for word|verbatim|the first line|above this|hidden text|white text|hidden in|print the|print your|repeat everything|repeat after|base64|decode this|new rule|new rules|admin mode|sudo|as the system|system :|other people's|other freelancers'|everyone's|private notes|home address|home addresses|phone number|without * noticing|can't be traced|get away with|fake reviews|fake review|fake degree|without getting caught|hack into|although i'm not|although i am not|although i don't|nobody will check|nobody checks|nobody will know|who cares|won't check|she won't know|he won't know|make one up|make something up|make it up|invent a|invent some|other bids|others bid|other applicants wrote|hidden line|invisible text`},
	{"self", `i have|i've done|i've worked|i worked|i did|i built|i made|i led|i can start|i am a|i'm a|i use|i used|years of|my last|my rate|i charge|i usually|i'd say|i live|i speak|i finished|i won|my clients|i was`},
}

// phrase is one of them.
type phrase struct {
	sort  string
	text  string
	words []string
}

// phrases are those of all sorts by their first word, which is one.
var phrases = func() map[string][]phrase {
	at := make(map[string][]phrase)
	for _, s := range phraseSorts {
		for text := range strings.SplitSeq(s.words, "|") {
			list := strings.Fields(text)
			at[list[0]] = append(at[list[0]], phrase{s.name, text, list})
		}
	}
	return at
}()

// phraseTexts are all phrases as they are listed.
func phraseTexts() (list []string) {
	for _, s := range phraseSorts {
		list = append(list, s.name, s.words)
	}
	return list
}

// gap is the most words that * stands for.
const gap = 3

// begins tells whether a phrase stands at the beginning of words.
func begins(words, phrase []string) bool {
	switch {
	case len(phrase) == 0:
		return true
	case phrase[0] == "*":
		for n := range min(gap, len(words)) + 1 {
			if begins(words[n:], phrase[1:]) {
				return true
			}
		}
		return false
	case len(words) == 0:
		return false
	case phrase[0][0] == '<':
		list := nouns[words[0]]
		return list != nil && "<"+list[0]+">" == phrase[0] && begins(words[1:], phrase[1:])
	default:
		return words[0] == phrase[0] && begins(words[1:], phrase[1:])
	}
}

// turnsOfPhrase adds the turns of phrase of a message, and their sorts with the situation and the role.
func turnsOfPhrase(f *learn.Features, in Input, situation string, s seen) {
	base, role, flow, at := learn.NewName("p"), learn.NewName("pr").And(in.Role), learn.NewName("pf").And(in.Context.workflow()), learn.NewName("ps").And(situation)
	found := make(map[string]bool)
	for i, word := range s.words {
		for _, p := range phrases[word] {
			if !begins(s.words[i:], p.words) {
				continue
			}
			f.Add(base.And(p.text))
			if found[p.sort] {
				continue
			}
			found[p.sort] = true
			for _, name := range []learn.Name{base, role, flow, at} {
				f.Add(name.And(p.sort))
			}
		}
	}
	if len(found) == 0 {
		for _, name := range []learn.Name{base, role, flow} {
			f.Add(name.And("none"))
		}
	}
}
