package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The operators of this file say the same in other words.

var contracted = pairs(`
	i'm=i am; i've=i have; i'll=i will; i'd=i would; don't=do not; doesn't=does not; didn't=did not; can't=cannot; won't=will not; isn't=is not;
	aren't=are not; wasn't=was not; weren't=were not; it's=it is; that's=that is; you're=you are; you've=you have; you'll=you will; we're=we are;
	we've=we have; we'll=we will; they're=they are; let's=let us; shouldn't=should not; wouldn't=would not; couldn't=could not; haven't=have not; there's=there is`)

func contractions(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	return m.with(m.exchange(contracted, 3))
}

var sameMeaning = pairs(`
	quick=fast; fix=repair; job=project; cheap=inexpensive; happy=glad; send=forward; need=require; start=begin; help=assist; finish=complete;
	buy=purchase; ask=request; big=large; right away=immediately; asap=as soon as possible; check=look over; price=cost; pay=compensate; payment=money;
	maybe=perhaps; phone=cell; mobile=phone; chat=talk; contact=reach; reach=get hold of; platform=site; website=site; website=page; offer=proposal;
	hire=take on; fee=commission; fees=charges; directly=straight; outside=off; deal=arrangement; freelancer=contractor; client=customer; team=crew;
	tomorrow=the day after today; deadline=due date; files=documents; invoice=bill; review=rating; great=excellent; good=solid; work=job; guys=folks;
	also=too; but=though; because=since; however=still; thanks=many thanks; thank you=thanks; please=kindly; sure=certainly; ok=fine; okay=all right;
	friend=buddy; boss=manager; apply=put in an application; agency=studio; partner=associate; share=pass on; link=address; number=digits; email=mail`)

func synonyms(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	return m.with(m.exchange(sameMeaning, 2))
}

// exchange replaces up to most words or phrases by their other half, chosen at random.
func (m maker) exchange(list []pair, most int) string {
	text := m.Text
	for _, at := range m.random.Perm(len(list)) {
		p := list[at]
		if m.random.IntN(2) == 0 {
			p.a, p.b = p.b, p.a
		}
		if replaced := replaceWord(text, p.a, p.b); replaced != text {
			text = replaced
			if most--; most == 0 {
				break
			}
		}
	}
	return text
}

// replaceWord replaces the first place of a whole word or phrase, whatever its
// case, and keeps a capital at its beginning.
func replaceWord(text, from, to string) string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return text // a rare letter whose small form has another length
	}
	for at := 0; ; {
		i := strings.Index(lower[at:], from)
		if i < 0 {
			return text
		}
		start, end := at+i, at+i+len(from)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !wordRune(before) && !wordRune(after) && !addressRune(before) && !addressRune(after) {
			if first, _ := utf8.DecodeRuneInString(text[start:]); unicode.IsUpper(first) {
				to = strings.ToUpper(to[:1]) + to[1:]
			}
			return text[:start] + to + text[end:]
		}
		at = end
	}
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '_'
}

// addressRune is around words of addresses and code, which stay as they are.
func addressRune(r rune) bool { return strings.ContainsRune("@/-\\$#=`:", r) }

var sentenceEnd = regexp.MustCompile(`[.!?…]+["”)]?\s+`)

// sentencesOf splits a text of one paragraph; nil for any other.
func sentencesOf(text string) []string {
	if strings.Contains(text, "\n") {
		return nil
	}
	var list []string
	for {
		at := sentenceEnd.FindStringIndex(text)
		if at == nil {
			break
		}
		list = append(list, strings.TrimSpace(text[:at[1]]))
		text = text[at[1]:]
	}
	if text = strings.TrimSpace(text); text != "" {
		list = append(list, text)
	}
	return list
}

// reorder moves sentences that do not refer to the one before.
func reorder(m maker) (Example, bool) {
	list := sentencesOf(m.Text)
	if len(list) < 3 {
		return Example{}, false
	}
	i := 1 + m.random.IntN(len(list)-2)
	if refers(list[i]) || refers(list[i+1]) || !closed(list[i+1]) {
		return Example{}, false
	}
	list[i], list[i+1] = list[i+1], list[i]
	return m.with(strings.Join(list, " "))
}

func closed(sentence string) bool { return strings.ContainsAny(sentence[len(sentence)-1:], ".!?") }

var referring = regexp.MustCompile(`(?i)^(?:it|that|this|those|these|they|he|she|but|and|so|then|otherwise|also|which|if not|else|same|no|yes|ok|okay|because|or|there|them|his|her|then|instead)\b`)

func refers(sentence string) bool { return referring.MatchString(sentence) }

var (
	greetings = []string{"Hi,", "Hello,", "Hey there,", "Good morning,", "Hi again,", "Evening,", "Hello from a rainy Tuesday,", "Hope your week is going fine.", "Thanks for the quick answer.",
		"Sorry for the late reply.", "Just back at my desk.", "Two things before I forget.", "Short one from my phone:", "I read your note twice.", "About your last message:", "Quick question.", "Right,", "So,"}
	farewells = []string{"Thanks", "Cheers", "Best", "Talk soon", "Have a good weekend", "Regards", "Looking forward to it.", "Let me know.", "No rush.", "Thanks for your patience.", "Speak later",
		"Have a nice day ahead.", "Much appreciated", "Tell me what you think.", "All the best from here.", "Bye for now"}
	softer = []string{"I think ", "Maybe ", "If that's all right, ", "To be honest, ", "From my side, ", "Just an idea: ", "As far as I can see, ", "No pressure, but ", "Between us, ", "If you ask me, ", "For what it's worth, "}
)

func opening(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	if rest, ok := withoutGreeting(m.Text); ok && m.random.IntN(2) == 0 {
		return m.with(rest)
	}
	return m.with(pick(m, greetings) + " " + m.Text)
}

var greeted = regexp.MustCompile(`(?i)^(?:hi|hello|hey|dear|good (?:morning|day|evening|afternoon))\b[^.!?\n,]{0,20}[,.!\n]\s*`)

func withoutGreeting(text string) (string, bool) {
	at := greeted.FindStringIndex(text)
	if at == nil || at[1] >= len(text) {
		return "", false
	}
	return upperFirst(text[at[1]:]), true
}

func closing(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	between := []string{" ", "\n", "\n\n"}[m.random.IntN(3)]
	return m.with(strings.TrimRight(m.Text, " \n") + between + pick(m, farewells))
}

// hedge softens a sentence that begins with a pronoun or article.
func hedge(m maker) (Example, bool) {
	list := sentencesOf(m.Text)
	if !m.english() || len(list) == 0 {
		return Example{}, false
	}
	i := m.random.IntN(len(list))
	head, _, _ := strings.Cut(list[i], " ")
	switch strings.ToLower(head) {
	case "i", "we", "you", "my", "our", "the", "your", "it", "this":
	default:
		return Example{}, false
	}
	if head != "I" {
		list[i] = strings.ToLower(head) + list[i][len(head):]
	}
	list[i] = pick(m, softer) + list[i]
	return m.with(strings.Join(list, " "))
}

func pick(m maker, list []string) string { return list[m.random.IntN(len(list))] }

func upperFirst(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// pair are two ways to write the same.
type pair struct{ a, b string }

// pairs reads "a=b; c=d".
func pairs(list string) (read []pair) {
	for _, entry := range strings.Split(list, ";") {
		if a, b, ok := strings.Cut(strings.TrimSpace(entry), "="); ok {
			read = append(read, pair{a, b})
		}
	}
	return read
}
