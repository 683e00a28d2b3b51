package corpus

import (
	"strings"
)

// tongues are what people slip in of the language they think in.
var tongues = []struct {
	openings, closings []string
	words              []pair
}{
	{[]string{"Hola,", "Buenas,", "Oye,", "Mira,"}, []string{"gracias", "un saludo", "quedo atento", "abrazo"}, pairs(`and=y; but=pero; please=por favor; also=también; well=bueno; friend=amigo; money=plata; tomorrow=mañana; then=entonces`)},
	{[]string{"Bonjour,", "Salut,", "Coucou,"}, []string{"merci", "bien à vous", "à bientôt", "bonne journée"}, pairs(`and=et; but=mais; please=s'il vous plaît; also=aussi; well=bon; so=donc; exactly=voilà; tomorrow=demain`)},
	{[]string{"Hallo,", "Moin,", "Servus,", "Guten Tag,"}, []string{"danke", "LG", "viele Grüße", "bis dann"}, pairs(`and=und; but=aber; please=bitte; also=auch; well=naja; so=also; exactly=genau; tomorrow=morgen; or=oder`)},
	{[]string{"Oi,", "Olá,", "Bom dia,", "E aí,"}, []string{"obrigado", "abraço", "valeu", "até mais"}, pairs(`and=e; but=mas; please=por favor; also=também; well=bom; then=então; money=grana; tomorrow=amanhã`)},
	{[]string{"Namaste,", "Arre,", "Haan,", "Bhai,"}, []string{"shukriya", "theek hai", "dhanyavaad", "jaldi batao"}, pairs(`and=aur; but=lekin; please=zara; also=bhi; friend=yaar; money=paisa; tomorrow=kal; okay=accha; quickly=jaldi`)},
}

func mixed(m maker) (Example, bool) {
	if !m.english() {
		return Example{}, false
	}
	tongue := tongues[m.random.IntN(len(tongues))]
	text := m.Text
	switch m.random.IntN(3) {
	case 0:
		text = pick(m, tongue.openings) + " " + text
	case 1:
		text = strings.TrimRight(text, " .") + ", " + pick(m, tongue.closings)
	}
	for range 3 {
		p := tongue.words[m.random.IntN(len(tongue.words))]
		text = replaceWord(text, p.a, p.b)
	}
	e, ok := m.with(text)
	e.Lang = "mixed"
	return e, ok
}

// within puts a message into an ordinary one of the same author and channel,
// between its sentences. The violation makes the whole a violation; a clean
// message in a clean one stays clean.
func within(m maker) (Example, bool) {
	if len(m.Thread) > 0 || len(m.neighbours) < 2 || len(m.Text) > 400 {
		return Example{}, false
	}
	for range 8 {
		other := m.neighbours[m.random.IntN(len(m.neighbours))]
		if other.ID == m.ID || other.Kind != Ordinary || len(other.Thread) > 0 || other.Channel != m.Channel || other.Lang != m.Lang || other.Sender != m.Sender {
			continue
		}
		list := sentencesOf(other.Text)
		if len(list) < 2 {
			continue
		}
		inner, _ := withoutGreeting(m.Text)
		if inner == "" {
			inner = m.Text
		}
		at := m.random.IntN(len(list) + 1)
		parts := append(append(append([]string{}, list[:at]...), inner), list[at:]...)
		e, ok := m.with(strings.Join(parts, " "))
		e.Within = other.Family()
		return e, ok
	}
	return Example{}, false
}
