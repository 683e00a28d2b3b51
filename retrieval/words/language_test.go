package words_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/words"
)

// TestStemIn: in each language the words of a line share one stem, and no two
// lines do.
func TestStemIn(t *testing.T) {
	for language, lines := range map[words.Language][]string{
		words.English: {"design designs designer designers designing designed", "translate translates translated translating translation translator translators", "shop shops shopping", "logo logos", "c++", "node"},
		words.Spanish: {
			"desarrollo desarrollar desarrollador desarrolladora desarrolladores", "diseño diseños diseñador diseñadora diseñadores diseñar diseno",
			"programación programaciones programador programadora programar programacion", "traducción traducciones traductor traductora traductores",
			"redacción redactor redactora", "edición ediciones editor editora editar edicion", "ingeniería ingeniero ingeniera ingenieros ingenieria",
			"fotografía fotografías fotógrafo fotógrafa fotografia", "tecnología tecnologías", "página páginas pagina", "tienda tiendas", "contenido contenidos", "logo logos",
			"vídeo videos video", "vendedor vendedora vender", "marketing",
		},
		words.Portuguese: {
			"desenvolvimento desenvolver desenvolvedor desenvolvedora desenvolvedores", "tradução traduções tradutor tradutora tradutores traducao",
			"programação programador programadora programar", "redação redator redatora redatores", "edição edições editor editora", "página páginas",
			"loja lojas", "conteúdo conteúdos conteudo", "projetista projetistas", "logo logos", "experiência experiências", "designer designers",
		},
		words.French: {
			"développeur développeuse développeurs développer développement developpeur", "rédacteur rédactrice rédaction rédacteurs rédactrices",
			"traducteur traductrice traduction traductions", "administrateur administratrice administration", "technicien technicienne techniciens",
			"graphiste graphistes graphisme", "vidéo vidéos video", "site sites", "boutique boutiques", "logo logos", "photographe photographie photographes", "conception concepteur conceptrice",
		},
		words.German: {
			"entwickler entwicklerin entwicklerinnen entwicklung entwicklungen entwickeln", "übersetzer uebersetzer ubersetzer übersetzung übersetzungen übersetzerin übersetzen",
			"gestaltung gestalten gestalter gestalterin", "buchhaltung buchhalter buchhalterin", "assistent assistentin assistenten assistentinnen", "redakteur redakteurin redakteure",
			"shop shops", "text texte texten texter", "seite seiten", "straße strasse", "designer designerin design",
		},
	} {
		owner := make(map[string]string)
		for _, line := range lines {
			forms := words.Split(line)
			stem := words.StemIn(language, forms[0])
			if other, taken := owner[stem]; taken {
				t.Errorf("%s: %q and %q share %q", language, other, line, stem)
			}
			owner[stem] = line
			for _, form := range forms {
				if got := words.StemIn(language, form); got != stem {
					t.Errorf("%s: stem of %q is %q, that of %q is %q", language, form, got, forms[0], stem)
				}
			}
		}
	}
}

func TestFormsOfCompounds(t *testing.T) {
	for word, parts := range map[string]string{
		"webentwickler": "web entwickler", "softwareentwicklerin": "software entwickler", "anwendungsentwicklung": "anwendung entwickler",
		"produktdesigner": "produkt designer", "webseite": "web seite", "onlineshop": "online shop", "steuerberaterin": "steuer berater",
		"entwickler": "", "protest": "", "kontext": "", "berlin": "", "gestaltung": "",
	} {
		want := []string{words.StemIn(words.German, word)}
		for _, part := range strings.Fields(parts) {
			want = append(want, words.StemIn(words.German, part))
		}
		if got := words.Forms(words.German, word); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
	if got := words.Forms(words.English, "webdesign"); len(got) != 1 {
		t.Errorf("an English word has parts: %v", got)
	}
}

func TestDetect(t *testing.T) {
	for _, tt := range []struct {
		want words.Language
		text string
	}{
		{words.English, ""},
		{words.English, "logo"},
		{words.English, "AI agent for AI, AI and more AI"},
		{words.English, "José from München needs a logo for the café in São Paulo"},
		{words.English, "Management agreement and development statement"},
		{words.English, "Translator from German: der, die and das are hard"},
		{words.English, "Разработка сайта"},
		{words.English, "Café website\nMenü in München"},
		{words.Spanish, "Busco un diseñador web para la tienda de mi hermana"},
		{words.Spanish, "Necesitamos traducir el manual de una maquina, sin prisa pero con cuidado"},
		{words.Portuguese, "Preciso de um desenvolvedor para a minha loja virtual"},
		{words.Portuguese, "Procuramos alguém que não tenha medo de planilhas, com inglês fluente"},
		{words.French, "Nous cherchons une rédactrice pour notre blog de cuisine"},
		{words.French, "L'équipe a besoin d'un développeur qui connaît bien les API"},
		{words.German, "Wir suchen eine Übersetzerin für unsere Webseite"},
		{words.German, "Ich brauche jemanden, der mir eine App fuer den Verein programmiert"},
	} {
		if got := words.Detect(tt.text); got != tt.want {
			t.Errorf("Detect(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// TestPlausible: what a short query may mean is looked for in every language it may be in.
func TestPlausible(t *testing.T) {
	for text, want := range map[string]string{
		"diseño web": "en es pt fr de", "Entwickler": "en es pt fr de", "logo designer": "en es pt fr de",
		"logo designer for a bakery": "en", "busco un desarrollador": "es en", "cherche un développeur": "fr en", "Entwickler für eine App": "de en",
	} {
		var got []string
		for _, language := range words.Plausible(text) {
			got = append(got, string(language))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Plausible(%q) = %v, want %s", text, got, want)
		}
	}
}

func TestKnown(t *testing.T) {
	for code, want := range map[string]words.Language{"en": "en", "de": "de", "pt-BR": "pt", "es_MX": "es", "fr": "fr"} {
		if got, ok := words.Known(code); got != want || !ok {
			t.Errorf("Known(%q) = %q, %v", code, got, ok)
		}
	}
	for _, code := range []string{"", "it", "english", "e", "fra"} {
		if _, ok := words.Known(code); ok {
			t.Errorf("%q is known", code)
		}
	}
}

func TestStopIn(t *testing.T) {
	for _, tt := range []struct {
		language words.Language
		stop     string
		says     string
	}{
		{words.Spanish, "busco un para la tienda", "tienda"}, {words.Portuguese, "preciso de uma loja", "loja"},
		{words.French, "nous cherchons une boutique pour", "boutique"}, {words.German, "wir suchen einen laden fuer", "laden"},
	} {
		for _, word := range words.Split(tt.stop) {
			if words.StopIn(tt.language, word) == (word == tt.says) {
				t.Errorf("%s: %q", tt.language, word)
			}
		}
	}
}

func FuzzForms(f *testing.F) {
	f.Add("Übersetzer-in für C++ und Node.js\xff")
	f.Add("ññññ aeoeue ieria cion")
	f.Fuzz(func(t *testing.T, text string) {
		words.Detect(text)
		for _, word := range words.Split(text) {
			for _, language := range words.Languages() {
				for _, form := range words.Forms(language, word) {
					if form == "" || strings.ContainsAny(form, "~=^ ") {
						t.Fatalf("%s form %q of %q", language, form, word)
					}
				}
			}
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("We are looking for somebody who can build an online shop with card payments and café style. ", 20)
	for b.Loop() {
		words.Detect(text)
	}
}
