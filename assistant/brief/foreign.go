package brief

import "unicode"

var (
	englishWords = words(`the a an and or of to in for is are was it i we you my our with that this on at be have has need want can will would should as but not from by do if
		me us please someone about your their they all which what how`)
	foreignWords = words(`der die das und ich wir ein eine einen für mit nicht ist brauche suche einem zu auf von mein meine unsere möchte el la los las un una que para con por
		necesito busco quiero mi nuestra es en del le les des et pour je nous cherche besoin avec dans notre une du il lo gli che di ho cerco
		bisogno mio sono um uma preciso meu minha não com dos das ik een het voor wij nodig zoek mijn met niet szukam potrzebuję na jest się dla nie jag och
		att för behöver bir ve için jeg og`)
)

// foreign reports whether a text is in another language than English, so that
// nothing should be read from it: most letters are of another script, or its
// small words are those of another language.
func (r *reader) foreign() bool {
	latin, other := 0, 0
	for _, c := range r.text {
		switch {
		case c < 0x80 && unicode.IsLetter(c), unicode.Is(unicode.Latin, c):
			latin++
		case unicode.IsLetter(c):
			other++
		}
	}
	if other > latin {
		return true
	}
	english, foreign := 0, 0
	for i := range r.tokens {
		if englishWords[r.low(i)] {
			english++
		}
		if foreignWords[r.low(i)] {
			foreign++
		}
	}
	return foreign >= 2 && foreign > english
}
