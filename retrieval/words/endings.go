package words

import "strings"

// ending is how a folded word ends, and what stands there for the stemmer: the
// accents that its rules ask for, and one form for the men and women of an
// occupation, which its rules keep apart.
type ending struct{ from, to string }

// shortest is how many letters at least come before an ending.
const shortest = 3

// respell replaces the first ending of a list that a word has. In each list
// longer endings come before the shorter ones that they end in.
func respell(word string, endings []ending) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(word, e.from); ok && len(rest) >= shortest {
			return rest + e.to
		}
	}
	return word
}

// irregular are the stems of words that no ending brings together.
var irregular = map[Language]map[string]string{
	Spanish: {
		"edicion": "edit", "ediciones": "edit", "editor": "edit", "editora": "edit", "editores": "edit", "editoras": "edit",
		"logo": "logo", "logos": "logo", "video": "video", "videos": "video",
	},
	Portuguese: {
		"edicao": "edit", "edicoes": "edit", "editor": "edit", "editora": "edit", "editores": "edit", "editoras": "edit",
		"redacao": "redat", "redacoes": "redat", "redator": "redat", "redatora": "redat", "redatores": "redat", "redatoras": "redat",
		"logo": "logo", "logos": "logo", "video": "video", "videos": "video",
	},
	French: {"moteur": "moteur", "moteurs": "moteur"},
}

var spanishEndings = []ending{
	{"ctor", "cción"}, {"ctora", "cción"}, {"ctores", "cción"}, {"ctoras", "cción"}, {"cciones", "cción"}, // redactor, redacción
	{"cion", "ción"}, {"ciones", "ción"}, {"sion", "sión"}, {"siones", "sión"}, // programación
	{"logia", "logía"}, {"logias", "logías"}, // tecnología
	{"grafia", "grafía"}, {"grafias", "grafías"}, // fotografía, fotógrafo
	{"ieria", "iero"}, {"ierias", "iero"}, {"iera", "iero"}, {"ieras", "iero"}, // ingeniería, ingeniero
	{"ria", "ría"}, {"rias", "rías"}, // consultoría, consultor
	{"edor", "er"}, {"edora", "er"}, {"edores", "er"}, {"edoras", "er"}, // vendedor, vender
	{"ers", "er"}, // designers
}

var portugueseEndings = []ending{
	{"ducao", "dutor"}, {"ducoes", "dutor"}, {"dutora", "dutor"}, {"dutores", "dutor"}, {"dutoras", "dutor"}, // tradução, tradutora
	{"cao", "ção"}, {"coes", "ção"}, {"sao", "são"}, {"soes", "são"}, // programação
	{"encia", "ência"}, {"encias", "ências"}, // experiência
	{"edor", "er"}, {"edora", "er"}, {"edores", "er"}, {"edoras", "er"}, // desenvolvedora, desenvolver
	{"ers", "er"},
}

var frenchEndings = []ending{
	{"atrice", "ateur"}, {"atrices", "ateur"}, {"ateurs", "ateur"}, {"ateur", "ateur"}, // administratrice, administration
	{"trice", "ter"}, {"trices", "ter"}, {"euse", "er"}, {"euses", "er"}, {"eur", "er"}, {"eurs", "er"}, // rédactrice, développeur, développer
	{"iere", "ier"}, {"ieres", "ier"}, {"ienne", "ien"}, {"iennes", "ien"}, // infirmière, technicienne
	{"phiste", "phe"}, {"phistes", "phe"}, {"phisme", "phe"}, {"phie", "phe"}, {"phies", "phe"}, // graphiste, photographie
	{"ite", "ité"}, {"ites", "ités"}, // publicité
	{"ers", "er"}, {"os", "o"}, // designers, vidéos
}

var germanEndings = []ending{
	{"erinnen", "er"}, {"erin", "er"}, {"istinnen", "ist"}, {"istin", "ist"}, // Designerin
	{"orinnen", "or"}, {"orin", "or"}, {"eurinnen", "eur"}, {"eurin", "eur"}, // Redakteurin
	{"entinnen", "ent"}, {"entin", "ent"}, {"antinnen", "ant"}, {"antin", "ant"}, // Assistentin
	{"eln", "ler"}, // entwickeln, Entwickler
	{"ps", "p"},    // Shops
}

// withoutUmlauts writes "ae", "oe" and "ue" as folded umlauts are: "uebersetzer"
// is "ubersetzer". Where they are no umlauts ("neue", "quelle") they stay.
func withoutUmlauts(word string) string {
	if !strings.Contains(word, "ae") && !strings.Contains(word, "oe") && !strings.Contains(word, "ue") {
		return word
	}
	plain := make([]byte, 0, len(word))
	for i := range len(word) {
		if word[i] == 'e' && i > 0 && umlaut(word, i-1) {
			continue
		}
		plain = append(plain, word[i])
	}
	return string(plain)
}

// umlaut reports whether the letter before an e may be an umlaut.
func umlaut(word string, at int) bool {
	before := byte(0)
	if at > 0 {
		before = word[at-1]
	}
	switch word[at] {
	case 'a', 'o':
		return before != 'e' && before != 'i'
	case 'u':
		return before != 'q' && before != 'a' && before != 'e' && before != 'o'
	}
	return false
}
