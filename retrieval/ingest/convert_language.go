package ingest

import (
	"fmt"
	"regexp"
	"strings"
)

// languageNames are ISO 639-1 codes with the names of languages in English and
// in themselves.
const languageNames = `
ar Arabic|العربية
bg Bulgarian
bn Bengali|Bangla
ca Catalan|Català
cs Czech|Čeština
da Danish|Dansk
de German|Deutsch
el Greek|Ελληνικά
en English
es Spanish|Español|Castellano
et Estonian
fa Persian|Farsi
fi Finnish|Suomi
fil Filipino|Tagalog
fr French|Français
gu Gujarati
he Hebrew
hi Hindi
hr Croatian
hu Hungarian|Magyar
hy Armenian
id Indonesian|Bahasa Indonesia
it Italian|Italiano
ja Japanese|日本語
ka Georgian
kn Kannada
ko Korean|한국어
lt Lithuanian
lv Latvian
mk Macedonian
ml Malayalam
mr Marathi
ms Malay
ne Nepali
nl Dutch|Nederlands
no Norwegian|Norsk
pa Punjabi
pl Polish|Polski
pt Portuguese|Português
ro Romanian|Română
ru Russian|Русский
si Sinhala
sk Slovak
sl Slovenian
sq Albanian
sr Serbian
sv Swedish|Svenska
sw Swahili
ta Tamil
te Telugu
th Thai
tr Turkish|Türkçe
uk Ukrainian|Українська
ur Urdu
vi Vietnamese|Tiếng Việt
zh Chinese|Mandarin|中文
`

var languageCodes = readLanguages()

func readLanguages() map[string]string {
	codes := make(map[string]string)
	for line := range strings.Lines(strings.TrimSpace(languageNames)) {
		code, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		codes[code] = code
		for name := range strings.SplitSeq(names, "|") {
			codes[strings.ToLower(name)] = code
		}
	}
	return codes
}

// toLanguage: "German" and "de-AT" are "de".
func toLanguage(_ *rule, text, _ string) (any, error) {
	name := strings.ToLower(strings.TrimSpace(text))
	if code, ok := languageCodes[name]; ok {
		return code, nil
	}
	base, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	if code, ok := languageCodes[base]; ok {
		return code, nil
	}
	return nil, fmt.Errorf("%q is not a language that is known; say with values what it is", short(text))
}

// spoken: "German (fluent)", "de: native", "English - Conversational".
var spoken = regexp.MustCompile(`^([^:(\-–]+?)\s*(?:[:(\-–]\s*([^)]*)\)?)?$`)

// spokenWords sort how well people say they speak; "" is not said.
var spokenWords = []struct{ word, level string }{
	{"nativ", "native"}, {"biling", "native"}, {"mother", "native"}, {"fluent", "fluent"}, {"profession", "fluent"}, {"c1", "fluent"}, {"c2", "fluent"},
	{"convers", "conversational"}, {"b1", "conversational"}, {"b2", "conversational"}, {"intermediate", "conversational"}, {"good", "conversational"},
	{"basic", "basic"}, {"a1", "basic"}, {"a2", "basic"}, {"element", "basic"}, {"begin", "basic"},
}

// toLanguages makes a profile's languages of "English (fluent), German: native".
func toLanguages(r *rule, value any, currency string) (any, error) {
	var languages []any
	for _, item := range textItems(value) {
		m := spoken.FindStringSubmatch(strings.TrimSpace(item))
		if m == nil {
			return nil, fmt.Errorf("%q is not a language", short(item))
		}
		code, err := toLanguage(r, m[1], currency)
		if err != nil {
			return nil, err
		}
		level := ""
		for _, w := range spokenWords {
			if strings.Contains(strings.ToLower(m[2]), w.word) {
				level = w.level
				break
			}
		}
		languages = append(languages, map[string]any{"code": code, "level": level})
	}
	return languages, nil
}
