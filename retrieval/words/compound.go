package words

import "strings"

// shortestPart is how many letters at least come before the last part of a
// compound, unless they are among shortParts.
const shortestPart = 4

var shortParts = readWords("web app seo bau")

// heads are last parts of German compounds that name work or what it is about.
var heads = readWords(`
entwickler entwicklerin entwicklung programmierer programmiererin programmierung gestalter gestalterin gestaltung designer designerin design
berater beraterin beratung verwalter verwalterin verwaltung leiter leiterin leitung manager managerin management assistent assistentin assistenz
redakteur redakteurin redaktion texter texterin texte ubersetzer ubersetzerin ubersetzung ubersetzungen uebersetzer uebersetzerin uebersetzung lektor lektorin
lektorat buchhalter buchhalterin buchhaltung ingenieur ingenieurin techniker technikerin technik architekt architektin analyst analystin analyse
analytiker wissenschaftler wissenschaftlerin fotograf fotografin fotografie grafiker grafikerin grafik illustrator illustratorin illustration
animation produktion erstellung pflege betreuung optimierung planung planer planerin anwendung anwendungen software datenbank datenbanken
seite seiten shop shops auftritt oberflache oberflaeche schnittstelle schnittstellen marketing werbung vertrieb verkauf verkaufer verkaeufer
kampagne kampagnen recherche forschung schulung training trainer trainerin unterricht lehrer lehrerin support service administrator administratorin
administration sicherheit vertrag recht anwalt steuer steuern rechnung abrechnung prufung pruefung prufer pruefer tester testerin test tests
schnitt bearbeitung aufnahme sprecher sprecherin modell modelle zeichnung zeichnungen konstruktion konstrukteur simulation logo konzept strategie`)

// parts splits a German compound into its last part, one that is known, and
// what comes before it: "webentwickler" into "web" and "entwickler".
func parts(word string) (first, last string, ok bool) {
	for at := 3; at <= len(word)-4; at++ { // the longest known last part
		if _, short := shortParts[word[:at]]; at < shortestPart && !short {
			continue
		}
		if _, known := heads[word[at:]]; known {
			return unlinked(word[:at]), word[at:], true
		}
	}
	return "", "", false
}

// unlinked takes off the s that links the parts of a compound: "Anwendungsentwickler".
func unlinked(first string) string {
	for _, before := range []string{"ung", "heit", "keit", "schaft", "ion", "itat", "itaet", "ing"} {
		if rest, ok := strings.CutSuffix(first, "s"); ok && strings.HasSuffix(rest, before) {
			return rest
		}
	}
	return first
}
