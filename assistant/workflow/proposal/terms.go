package proposal

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/parleyhq/parley/assistant/fit"
	"github.com/parleyhq/parley/assistant/grounding"
	"github.com/parleyhq/parley/assistant/workflow"
	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/sessions"
)

// line is a sentence that the draft may say, with its sources.
type line struct {
	text    string
	kind    grounding.Kind
	sources []sessions.Source
}

// practical says when somebody is free and for how much, what they speak as
// far as the post asks for it, and on whose clock they work. What was said in
// the chat is not repeated.
func (t *turn) practical() (lines []line) {
	p, told := t.profile, t.saidText()
	var parts []string
	var sources []sessions.Source
	value := func(quote string) { sources = append(sources, t.valueOf(quote)) }
	if p.AvailableFrom != "" && !aboutStart.MatchString(told) {
		if date := day(p.AvailableFrom, t.in.Now); date != "" && p.AvailableFrom > t.today() {
			parts = append(parts, "am free from "+date)
		} else if date != "" {
			parts = append(parts, "can start right away")
		}
		value(p.AvailableFrom)
	}
	if p.HoursPerWeek > 0 && !aboutHours.MatchString(told) {
		parts = append(parts, fmt.Sprintf("have up to %d hours a week", p.HoursPerWeek))
		value(fmt.Sprint(p.HoursPerWeek))
	}
	if zone := t.clock(); zone != "" && len(parts) > 0 {
		parts[len(parts)-1] += zone
		value(p.TimeZone)
	}
	if len(parts) > 0 {
		lines = append(lines, line{"I " + workflow.Join(parts) + ".", grounding.Date, sources})
	}
	if text, sources := t.tongues(); text != "" {
		lines = append(lines, line{text, grounding.Quote, sources})
	}
	return lines
}

var (
	aboutStart = regexp.MustCompile(`(?i)\b(?:start|begin|free (?:from|on)|available|from (?:the )?\d{1,2}(?:st|nd|rd|th)?\b|from (?:monday|next|january|february|march|april|may|june|july|august|september|october|november|december)|finish (?:by|until|before)|by (?:the )?\d{1,2}(?:st|nd|rd|th)? [a-z]|deadline)\b`)
	// aboutTerms finds what belongs to when and how much, and not to the work.
	aboutTerms = regexp.MustCompile(`(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|calls? on|hours? (?:a|per) (?:week|day)|weeks? (?:are|is)|in total|\d+ hours fit)\b`)
	aboutHours = regexp.MustCompile(`(?i)\bhours?\b.{0,20}\b(?:a|per|each) week|\bhours fit\b|\b\d+ (?:a|per) week\b|\bfull[- ]time|\bpart[- ]time`)
)

// clock tells how far the freelancer's clock is from the client's, where the
// post asks for it.
func (t *turn) clock() string {
	asks := false
	for _, n := range t.needs {
		asks = asks || n.Kind == fit.Zone && n.Must && n.Quote != ""
	}
	if !asks || t.profile.TimeZone == "" || t.post.TimeZone == "" {
		return ""
	}
	own, errA := time.LoadLocation(t.profile.TimeZone)
	theirs, errB := time.LoadLocation(t.post.TimeZone)
	if errA != nil || errB != nil {
		return ""
	}
	_, a := t.in.Now.In(own).Zone()
	_, b := t.in.Now.In(theirs).Zone()
	switch hours := (a - b) / 3600; {
	case a == b:
		return ", on the same clock as you"
	case (a-b)%3600 != 0 || hours > 9 || hours < -9:
		return ""
	case hours == 1 || hours == -1:
		return ", one hour " + ahead(hours) + " you"
	default:
		return fmt.Sprintf(", %s hours %s you", number(max(hours, -hours)), ahead(hours))
	}
}

func ahead(hours int) string {
	if hours > 0 {
		return "ahead of"
	}
	return "behind"
}

// tongues says what the freelancer speaks of what the post asks for. English
// that a post in English does not ask for goes without saying.
func (t *turn) tongues() (string, []sessions.Source) {
	var parts []string
	var sources []sessions.Source
	seen := make(map[string]bool)
	for _, n := range t.needs {
		if n.Kind != fit.Language || n.Not || n.Quote == "" {
			continue
		}
		for _, code := range n.Codes {
			for _, l := range t.profile.Languages {
				if l.Code != code || seen[code] || languageNames[code] == "" || l.Level == "" || t.speaksOf(languageNames[code]) || n.Must && n.finding.Status == fit.Partly {
					continue
				}
				seen[code] = true
				parts = append(parts, map[string]string{"native": languageNames[code] + " is my native language", "fluent": "my " + languageNames[code] + " is fluent",
					"conversational": "my " + languageNames[code] + " is conversational", "basic": "my " + languageNames[code] + " is basic"}[l.Level])
				sources = append(sources, t.valueOf(l.Code))
			}
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return capital(workflow.Join(parts)) + ".", sources
}

// speaksOf reports whether the person says themselves how they speak a
// language, in a passage that was chosen or was not: then the level in a field
// is no better.
func (t *turn) speaksOf(language string) bool {
	for _, p := range t.chosen {
		if strings.Contains(p.text, language) {
			return true
		}
	}
	return strings.Contains(t.saidText(), language) || t.saysOf(language) != nil
}

// saysOf is the passage in which the person tells how they speak a language.
func (t *turn) saysOf(language string) *passage {
	for _, p := range t.passages {
		if strings.Contains(p.quote, language) && ofSpeech.MatchString(p.quote) {
			return p
		}
	}
	return nil
}

var ofSpeech = regexp.MustCompile(`(?i)\b(?:speak|spoken|fluent|native|mother tongue|first language|my language|basic|good|rough|learn(?:ing|t|ed)?|read|write|understand|sorry|enough|little|english is)\b`)

// number writes a small number in words.
func number(n int) string {
	if n >= 0 && n < len(numbers) {
		return numbers[n]
	}
	return fmt.Sprint(n)
}

var numbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

var languageNames = map[string]string{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic",
	"zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "sv": "Swedish", "no": "Norwegian", "da": "Danish", "fi": "Finnish", "is": "Icelandic", "el": "Greek", "cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian",
	"he": "Hebrew", "vi": "Vietnamese", "th": "Thai", "id": "Indonesian", "ms": "Malay", "bg": "Bulgarian", "hr": "Croatian", "sr": "Serbian", "bs": "Bosnian", "sl": "Slovenian", "lt": "Lithuanian", "lv": "Latvian", "et": "Estonian",
	"ca": "Catalan", "eu": "Basque", "gl": "Galician", "tl": "Tagalog", "ur": "Urdu", "bn": "Bengali", "ta": "Tamil", "te": "Telugu", "mr": "Marathi", "gu": "Gujarati", "pa": "Punjabi", "fa": "Persian", "sw": "Swahili", "am": "Amharic",
	"ga": "Irish", "cy": "Welsh", "sq": "Albanian", "mk": "Macedonian", "ka": "Georgian", "hy": "Armenian", "az": "Azerbaijani", "kk": "Kazakh", "ne": "Nepali", "si": "Sinhala", "af": "Afrikaans", "zu": "Zulu", "yo": "Yoruba", "ig": "Igbo", "mt": "Maltese"}

// languageCodes are the same by their lower-case names.
var languageCodes = func() map[string]string {
	codes := make(map[string]string)
	for code, name := range languageNames {
		codes[strings.ToLower(name)] = code
	}
	return codes
}()

// valueOf is the source of a field of the profile.
func (t *turn) valueOf(quote string) sessions.Source {
	return sessions.Source{Kind: t.profileKind(), ID: t.profileID(), Quote: quote}
}

// isHourly reports whether a post pays by the hour.
func isHourly(post retrieval.JobPost) bool { return post.PayType == retrieval.PayHourly }
