package ingest

import (
	"html"
	"regexp"
	"strings"
)

// Only real tags are removed: "List<String>" and "a < b" are text.
var (
	hidden   = regexp.MustCompile(`(?is)<(script|style)\b[^>]*>.*?</(script|style)\s*>|<!--.*?-->`)
	breaking = regexp.MustCompile(`(?i)<\s*/?\s*(br|p|div|li|ul|ol|dl|dt|dd|tr|table|h[1-6]|section|article|header|footer|main|aside|blockquote|pre|hr)\b[^<>]*>`)
	inline   = regexp.MustCompile(`(?i)<\s*/?\s*(a|b|i|u|s|em|strong|span|font|img|code|td|th|tbody|thead|small|big|sub|sup|mark|del|ins|label|center|figure|html|body|head|meta|link|o:p)\b[^<>]*>`)
	gaps     = regexp.MustCompile(`\n[ \t]*\n[\n \t]*`)

	// escaped is HTML that was escaped as a whole: its tags are seen only once it is text.
	escaped = regexp.MustCompile(`(?i)&lt;\s*(br\s*/?|/(p|div|li|ul|ol|h[1-6]|strong|b|em|i|span|a))\s*&gt;`)
	// twice is an entity that was escaped again.
	twice = regexp.MustCompile(`(?i)&amp;(amp|nbsp|quot|apos|lt|gt|#\d{1,6});`)
)

// stripHTML returns a text without HTML: tags that break lines as line ends,
// others gone, entities as the characters that they stand for. What was escaped
// twice is read twice.
func stripHTML(text string) string {
	if strings.Contains(text, "&amp;") {
		text = twice.ReplaceAllString(text, "&$1;")
	}
	if !strings.ContainsRune(text, '<') && escaped.MatchString(text) {
		text = html.UnescapeString(text)
	}
	if strings.ContainsRune(text, '<') {
		text = hidden.ReplaceAllString(text, "")
		text = breaking.ReplaceAllString(text, "\n")
		text = inline.ReplaceAllString(text, "")
		text = gaps.ReplaceAllString(text, "\n\n")
	}
	if strings.ContainsRune(text, '&') {
		text = html.UnescapeString(text)
	}
	return strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
}
