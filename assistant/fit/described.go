package fit

import (
	"regexp"
	"strings"
)

// How somebody is described as a person. A word counts only in a place where
// it describes the writer: behind "I am a", "as a", or as a sentence of its own.
var (
	describing = set(`woman women man men female male girl boy guy lady gentleman gal lad person human mother father mum mom mummy mommy dad daddy parent grandmother grandfather grandma grandpa granny
		wife husband widow widower spouse bride groom married divorced widowed engaged pregnant expecting single childless bachelor
		muslim christian catholic protestant evangelical orthodox mormon jew jewish hindu sikh buddhist atheist agnostic believer pagan
		gay lesbian bisexual queer straight trans transgender transsexual nonbinary non-binary genderqueer cis lgbt lgbtq lgbtqia
		black latina latino latinx hispanic asian african-american afro-american afro-latina caucasian biracial multiracial native-american roma
		disabled deaf blind autistic dyslexic neurodivergent epileptic diabetic wheelchair-user amputee wheelchair user
		veteran retiree pensioner senior-citizen millennial teenager youngster immigrant refugee`)
	// between stand before, between and behind such words.
	between = set(`a an the and of to in my with happily proud proudly happy very devout practising practicing devoted loving working stay-at-home full-time new young younger old older elderly middle-aged
		one two three four five six seven first second third fourth kid kids child children boys girls sons daughters son daughter twins toddler toddlers teenagers baby family
		from years year this also openly`)
	// family are whom "my" makes a part of somebody's life.
	family = set(`husband wife partner boyfriend girlfriend fiance fiancee kids children child son sons daughter daughters mother father mum mom dad parents family grandchildren`)
	// alone are words that describe the writer only where nothing follows them: a
	// deaf interpreter and a straight answer are something else.
	alone = set(`person human guy engaged expecting single straight deaf blind orthodox user senior-citizen wheelchair man men boy women girl senior`)
)

var (
	aged  = regexp.MustCompile(`(?i)^(?:\d\d[- ]years?[- ](?:old|young)|\d\d-something|\d\d[- ]?y/?o|\d\d)\b`)
	span  = regexp.MustCompile(`^for (?:\d+|[a-z]+) years\b`)
	token = regexp.MustCompile(`^[\p{L}][\p{L}\-]*`)
	kids  = regexp.MustCompile(`(?i)^have (?:an? |one |two |three |four |five |\d )(?:[a-z0-9]+-year-old |small |young |little |grown )*(?:kids?|child(?:ren)?|sons?|daughters?|boys?|girls?|twins)\b(?:[.,;!]|\s+(?:and|at|of|aged)\b|$)`)
)

// described blanks the words by which the writer is described as a person.
func (b *blanking) described() {
	before, beforeAt := "", 0
	eachWord(b.text, func(from, to int) {
		low := strings.ToLower(b.text[from:to])
		if (describing[low] || between[low] || low[0] <= '9') && b.begins(from) {
			if end, whole := b.description(from, from); whole && end > from {
				b.blank(from, end)
			}
		}
		switch {
		case low == "i'm", low == "i’m", low == "as", low == "being":
			b.description(from, to)
		case low == "been" && (before == "i've" || before == "i’ve"):
			b.description(beforeAt, to)
		case low == "am" && before == "i", strings.HasPrefix(low, "turn") && before == "i":
			b.description(beforeAt, to)
		case low == "have" && before == "i":
			if m := kids.FindStringIndex(b.text[from:]); m != nil {
				b.blank(beforeAt, from+m[1])
			}
		case family[low] && before == "my" && !strings.HasPrefix(b.text[to:], " tongue") && !strings.HasPrefix(b.text[to:], "-"):
			b.blank(beforeAt, to)
			if strings.HasPrefix(b.text[to:], " and ") {
				b.blank(to, to+4)
			}
		}
		before, beforeAt = low, from
	})
}

// begins reports whether a sentence begins at a position.
func (b *blanking) begins(at int) bool {
	before := strings.TrimRight(b.text[:at], " \t")
	if before == "" {
		return true
	}
	switch before[len(before)-1] {
	case '\n', '(':
		return true
	case '.', '!', '?':
		return len(before) < at // "0.72" goes on
	}
	return false
}

// description reads the words from a position on, as far as they describe a
// person, and returns where they end and whether the clause ends there. What
// has a frame in front is blanked, from the frame on when nothing else follows.
func (b *blanking) description(start, at int) (end int, whole bool) {
	type place struct{ from, to int }
	var found []place
	i := at
	for i < len(b.text) {
		switch c := b.text[i]; {
		case c == ' ' || c == ',' && len(found) > 0:
			i++
			continue
		}
		if m := aged.FindStringIndex(b.text[i:]); m != nil {
			next := i + m[1]
			if m[1] > 2 || ends(b.text[next:]) {
				found = append(found, place{i, next})
				i = next
				continue
			}
		}
		if m := span.FindStringIndex(b.text[i:]); m != nil && len(found) > 0 { // "married for 20 years"
			i += m[1]
			continue
		}
		m := token.FindStringIndex(b.text[i:])
		if m == nil {
			break
		}
		word, next := strings.ToLower(b.text[i:i+m[1]]), i+m[1]
		switch {
		case word == "black" && b.text[i] != 'B' || strings.HasPrefix(b.text[next:], "'") || strings.HasPrefix(b.text[next:], "’"):
		case describing[word] && (!alone[word] || len(found) > 0 || ends(b.text[next:]) || describesNext(b.text[next:])):
			found = append(found, place{i, next})
			i = next
			continue
		case between[word]:
			i = next
			continue
		}
		break
	}
	if len(found) == 0 {
		return at, false
	}
	whole = i >= len(b.text) || strings.IndexByte(".!?;)\n", b.text[i]) >= 0
	if start == at {
		return i, whole
	}
	if whole {
		b.blank(start, i)
		return i, true
	}
	for _, s := range found {
		b.blank(s.from, s.to)
	}
	return i, false
}

// ends reports whether a clause ends here.
func ends(after string) bool {
	after = strings.TrimLeft(after, " ")
	return after == "" || strings.IndexByte(".,;!?)\n", after[0]) >= 0 || strings.HasPrefix(after, "and ") || strings.HasPrefix(after, "of ") || strings.HasPrefix(after, "this year") || strings.HasPrefix(after, "from a family")
}

// describesNext reports whether the next word describes a person too.
func describesNext(after string) bool {
	after = strings.TrimLeft(after, " ")
	return describing[strings.ToLower(token.FindString(after))]
}
