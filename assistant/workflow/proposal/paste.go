package proposal

import (
	"regexp"
	"slices"
	"strings"
)

// leastPasted is how many words a paragraph has that is taken for a pasted one
// without a heading that says so.
const leastPasted = 28

// pasted finds the post, the profile and the draft that a message carries, and
// returns the rest of it as talk. With guessing, long paragraphs without a
// heading are taken for what they read like.
func pasted(text string, guessing bool) (talk, post, profile, draft string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	into := map[string]*string{"post": &post, "profile": &profile, "draft": &draft, "": &talk}
	add := func(kind, part string) {
		if part = strings.TrimSpace(part); part == "" {
			return
		}
		if *into[kind] != "" {
			*into[kind] += "\n\n"
		}
		*into[kind] += part
	}
	kind, labelled := "", false
	var open []string
	flush := func() {
		if block := strings.Join(open, "\n"); labelled && kind == "profile" {
			for paragraph := range strings.SplitSeq(block, "\n\n") {
				if letter.MatchString(paragraph) {
					add("draft", paragraph)
				} else {
					add(kind, paragraph)
				}
			}
		} else if labelled {
			add(kind, block)
		} else {
			for i, paragraph := range strings.Split(block, "\n\n") {
				kind := ""
				if guessing {
					kind = guess(paragraph, i == 0)
				}
				add(kind, paragraph)
			}
		}
		open = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if found, rest := label(line); found != "" && (!labelled || sureLabel.MatchString(line)) {
			flush()
			kind, labelled = found, true
			open = append(open, rest)
			continue
		}
		open = append(open, line)
	}
	flush()
	if draft == "" && checking.MatchString(talk) {
		if quoted := longQuote.FindStringSubmatch(talk); quoted != nil {
			draft = quoted[1] + quoted[2]
			talk = strings.Replace(talk, quoted[0], "", 1)
		}
	}
	return talk, post, profile, draft
}

// letter finds a paragraph that greets a client: it is a draft, also below a profile.
var letter = regexp.MustCompile(`(?i)^\W*(?:dear (?:hiring|sir|madam|client|team|mr|ms|mrs)|(?:hi|hello) (?:there|team|hiring)?,)|\bi am (?:the perfect|excited)|\bi am writing to (?:apply|express)`)

var sureLabel = regexp.MustCompile(`(?i)^\W{0,3}(?:here|this is|the|my|their)\b|^\W{0,3}job ?post|^\W{0,3}(?:(?:can|could) you|please|and)\b.*\b(?:draft|proposal|letter)\b`)

var longQuote = regexp.MustCompile(`(?s)“([^”]{60,})”|"([^"]{60,})"`)

// label reads a line that says what follows: "My profile:", "the post: We need …".
// Within what stands below a label only a sure one begins something else: a CV
// has lines such as "Job: data engineer".
func label(line string) (kind, rest string) {
	m := heading.FindStringSubmatch(line)
	if m == nil {
		return "", ""
	}
	what := strings.ToLower(m[1])
	switch {
	case slices.ContainsFunc([]string{"post", "job", "ad", "brief", "gig"}, func(w string) bool { return strings.HasSuffix(what, w) || strings.HasSuffix(what, w+"ing") }):
		kind = "post"
	case strings.Contains(what, "draft") || strings.Contains(what, "proposal") || strings.Contains(what, "letter") || strings.Contains(what, "wrote"):
		kind = "draft"
	default:
		kind = "profile"
	}
	return kind, m[2]
}

var heading = regexp.MustCompile(`(?i)^\W{0,3}(?:(?:hi|hello|hey|ok|please)[,.!]?\s+)?(?:(?:can you |could you |please )?(?:check|review|look (?:at|over|through)|go (?:over|through)|have a look at|read(?: through)?|proof-?read|fix|improve|correct)\s+)?(?:and )?(?:here(?:['’]?s| is| are)?|this is|below is|that['’]?s)?\s*(?:(?:what|how) )?(?:the |my |their |a |i )?(?:(?:current|first|old|own|freelancer|full) )?(job ?post(?:ing)?|post(?:ing)?|job ?ad|ad|job|gig|brief|profile|cv|resume|résumé|about me|bio|draft|proposal|cover letter|letter|wrote)(?: (?:is|says|text|below|so far|description|reads))*\s*[:：]\s*(.*)$`)

// guess says what an unlabelled paragraph is, by how it speaks.
func guess(paragraph string, first bool) string {
	if countWords(paragraph) < leastPasted {
		return ""
	}
	client := len(asClient.FindAllString(paragraph, -1))
	self := len(asSelf.FindAllString(paragraph, -1))
	letter := len(asLetter.FindAllString(paragraph, -1))
	switch {
	case letter > 0 && letter+self > client:
		return "draft"
	case client > self && client > 0:
		return "post"
	case self > 2 && !first:
		return "profile"
	}
	return ""
}

var (
	asClient = regexp.MustCompile(`(?i)\b(?:we (?:are|need|want|look|have|run|sell|make|build|expect|pay|will)|looking for (?:a|an|someone|somebody)|you (?:will|have|must|should|know|are|write|speak|build)|we['’]re|our|budget|requirements?|must[- ]have|nice to have|deadline|deliverables?|per hour|an hour|fixed price|hours a week)\b`)
	asSelf   = regexp.MustCompile(`(?i)\b(?:i (?:am|have|work|build|write|design|speak|live|did|made|led|keep|teach|translate|draw|edit|was|offer)|i['’](?:m|ve)|my (?:clients|work|rate|experience|background|last|own|main))\b`)
	asLetter = regexp.MustCompile(`(?i)(?:^|\n)\s*(?:dear|hi|hello|hey|good (?:morning|day))\b[^\n]{0,40},|\byour (?:project|post|job|team|company|shop|site|app|website)\b|\b(?:best|kind|warm) regards\b|\blook forward to\b|\bexcited to\b|\bi(?: would|['’]d) (?:love|like) to (?:help|work|apply)\b`)
)
