package fit

import "strings"

// languageCodes are languages by their English names, ISO 639-1.
var languageCodes = table(`english en german de french fr spanish es castilian es italian it portuguese pt dutch nl flemish nl polish pl russian ru ukrainian uk turkish tr arabic ar
	chinese zh mandarin zh cantonese zh japanese ja korean ko hindi hi swedish sv norwegian no danish da finnish fi icelandic is greek el czech cs slovak sk hungarian hu romanian ro moldovan ro
	hebrew he vietnamese vi thai th indonesian id malay ms bulgarian bg croatian hr serbian sr bosnian bs slovenian sl slovene sl lithuanian lt latvian lv estonian et catalan ca basque eu
	galician gl tagalog tl filipino tl urdu ur bengali bn bangla bn tamil ta telugu te marathi mr gujarati gu punjabi pa kannada kn malayalam ml persian fa farsi fa swahili sw amharic am
	irish ga gaelic ga welsh cy albanian sq macedonian mk georgian ka armenian hy azerbaijani az kazakh kk uzbek uz mongolian mn nepali ne sinhala si burmese my khmer km lao lo afrikaans af
	zulu zu xhosa xh yoruba yo igbo ig hausa ha somali so maltese mt luxembourgish lb belarusian be latin la deutsch de`)

var languageTitles = func() map[string]string {
	titles := make(map[string]string)
	for name, code := range languageCodes {
		if old, ok := titles[code]; !ok || preferred[name] || len(name) > len(old) && !preferred[strings.ToLower(old)] {
			titles[code] = strings.ToUpper(name[:1]) + name[1:]
		}
	}
	return titles
}()

// preferred are the names by which a language is called here where it has several.
var preferred = map[string]bool{"german": true, "spanish": true, "dutch": true, "chinese": true, "bengali": true, "persian": true, "irish": true, "romanian": true, "slovenian": true, "tagalog": true}

// languageName returns the English name of a language, or its code.
func languageName(code string) string {
	if name, ok := languageTitles[code]; ok {
		return name
	}
	return code
}

// table reads pairs of words.
func table(text string) map[string]string {
	pairs := make(map[string]string)
	fields := strings.Fields(text)
	for i := 0; i+1 < len(fields); i += 2 {
		pairs[fields[i]] = fields[i+1]
	}
	return pairs
}
