package ingest

import (
	"html"
	"regexp"
	"strings"
)

// Only real tags are removed: "List<String>" and "a < b" are text.
var (
	hidden   = regexp.MustCompile(`(?is)<(script|style)\b[^>]*>.*?</(script|style)\s*>|<!--.*?-->`)
	breaking = regexp.MustCompile(`(?i)<\s*/?\s*(br|p|div|li|ul|ol|tr|table|h[1-6]|section|article|blockquote|hr)\b[^<>]*>`)
	inline   = regexp.MustCompile(`(?i)<\s*/?\s*(a|b|i|u|s|em|strong|span|font|img|code|pre|td|th|tbody|thead|small|sub|sup|mark|label|center|html|body|head|meta|link)\b[^<>]*>`)
	gaps     = regexp.MustCompile(`\n[ \t]*\n[\n \t]*`)
)

// stripHTML returns a text without HTML: tags that break lines as line ends,
// others gone, entities as the characters that they stand for.
func stripHTML(text string) string {
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
