package corpus

import (
	"strings"
	"unicode"
)

// The operators of this file spell the same words in another way.

var keyboard = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// neighbour is a key beside a letter's.
func neighbour(r rune, right bool) rune {
	for _, row := range keyboard {
		at := strings.IndexRune(row, r)
		switch {
		case at < 0:
			continue
		case right && at+1 < len(row) || at == 0:
			return rune(row[at+1])
		}
		return rune(row[at-1])
	}
	return r
}

// typos puts one slip into about each tenth word of more than three letters.
func typos(m maker) (Example, bool) {
	return m.with(m.eachWord(func(word string) string {
		letters := []rune(word)
		if len(letters) < 4 || !plainWord(word) || m.random.IntN(8) > 0 {
			return word
		}
		i := 1 + m.random.IntN(len(letters)-2)
		switch m.random.IntN(4) {
		case 0:
			letters[i] = neighbour(letters[i], m.random.IntN(2) == 0)
		case 1:
			letters[i], letters[i+1] = letters[i+1], letters[i]
		case 2:
			return string(letters[:i]) + string(letters[i+1:])
		default:
			return string(letters[:i+1]) + string(letters[i:])
		}
		return string(letters)
	}))
}

// eachWord changes the words between spaces and leaves the spaces.
func (m maker) eachWord(change func(string) string) string {
	var out strings.Builder
	for _, part := range splitKeeping(m.Text) {
		if strings.TrimSpace(part) == "" {
			out.WriteString(part)
		} else {
			out.WriteString(change(part))
		}
	}
	return out.String()
}

// splitKeeping cuts a text into words and the space between them.
func splitKeeping(text string) (parts []string) {
	start, space := 0, false
	for i, r := range text {
		if s := unicode.IsSpace(r); i == 0 {
			space = s
		} else if s != space {
			parts, start, space = append(parts, text[start:i]), i, s
		}
	}
	return append(parts, text[start:])
}

// plainWord reports whether a word is of small Latin letters only: no name,
// number, address or code.
func plainWord(word string) bool {
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return word != ""
}

var chatSpelling = pairs(`you=u; your=ur; are=r; please=pls; thanks=thx; because=cuz; want to=wanna; going to=gonna; tomorrow=tmrw; message=msg; people=ppl; okay=ok; before=b4; really=rly; about=abt; with=w; though=tho; probably=prolly`)

func careless(m maker) (Example, bool) {
	e := m
	if m.random.IntN(3) > 0 {
		e.Text = strings.ToLower(e.Text)
	}
	if m.random.IntN(3) > 0 {
		e.Text = strings.Map(func(r rune) rune {
			if r == ',' || r == '!' || r == '\'' {
				return -1
			}
			return r
		}, e.Text)
		e.Text = strings.TrimRight(e.Text, ".?")
	}
	if m.english() {
		for range 2 {
			p := chatSpelling[m.random.IntN(len(chatSpelling))]
			e.Text = replaceWord(e.Text, p.a, p.b)
		}
	}
	return m.with(e.Text)
}

var britishAmerican = pairs(`
	colour=color; colours=colors; favour=favor; behaviour=behavior; organise=organize; organised=organized; realise=realize; recognise=recognize; apologise=apologize; finalise=finalize;
	centre=center; cheque=check; programme=program; licence=license; jewellery=jewelry; travelling=traveling; cancelled=canceled; labelled=labeled; grey=gray; whilst=while; learnt=learned;
	mum=mom; maths=math; mobile=cell; holiday=vacation; flat=apartment; fortnight=two weeks; post=mail; cv=resume; solicitor=attorney; autumn=fall; analyse=analyze; optimise=optimize; enquiry=inquiry`)

func spelling(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	return m.with(m.exchange(britishAmerican, 4))
}

// Ways of writing that go with where somebody learned English. They are put on
// clean and on violating messages alike.
var dialects = []struct {
	words []pair
	ends  []string
}{
	{pairs(`please=kindly; i am=i m; do the needful=do what is needed; right now=just now; discuss=discuss about; early=prepone; immediately=at the earliest; a doubt=a question`), []string{"only", "na", "sir", "ji", "kindly revert"}},
	{pairs(`very=well well; soon=soon soon; i am coming=i dey come; no problem=no wahala; how are you=how far; understand=get; money=change; small=small small; now=now now`), []string{"abeg", "o", "oga", "no wahala", "God bless"}},
	{pairs(`going to=finna; you all=y'all; is not=ain't; isn't=ain't; am not=ain't; them=dem; that=dat; for real=fr; want to=tryna; about to=boutta; have to=gotta; the truth=facts`), []string{"fr", "ngl", "no cap", "bruh", "ya feel me", "fam"}},
	{pairs(`afternoon=arvo; definitely=for sure; thank you=cheers; thanks=ta; friend=mate; great=ripper; busy=flat out; yes=yeah nah; think=reckon; breakfast=brekkie`), []string{"mate", "hey", "no dramas", "ay"}},
}

func dialect(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	d := dialects[m.random.IntN(len(dialects))]
	text := m.exchange(d.words, 3)
	if text == m.Text || m.random.IntN(2) == 0 {
		text = strings.TrimRight(text, ". ") + " " + pick(m, d.ends)
	}
	return m.with(text)
}
