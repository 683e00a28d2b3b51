package jobpost

import (
	"slices"
	"strings"

	"github.com/parleyhq/parley/assistant/brief"
)

// longestName is how many words of a statement make a title.
const longestName = 11

// nameIt gives a post without a title the first thing that was said of the
// work, where that is a name and no sentence: "a logo for my bakery, nothing
// fancy" is called "Logo for my bakery".
func nameIt(b *brief.Brief) {
	if b.Title.Settled() || len(b.Summary) == 0 || isEdit(b.Summary[0]) {
		return
	}
	first := b.Summary[0]
	name := trimOpening(strings.TrimSpace(first.Text))
	if end := strings.IndexAny(name, ",;.!?(\n"); end > 0 {
		name = name[:end]
	}
	fields := strings.Fields(name)
	if len(fields) > 0 && articles[strings.ToLower(fields[0])] {
		fields = fields[1:]
	}
	if len(fields) < 2 || len(fields) > longestName || slices.ContainsFunc(fields, func(w string) bool { return sentenceWords[strings.ToLower(w)] }) {
		return
	}
	b.Title = brief.Field[string]{Value: capital(strings.Join(fields, " ")), Sources: slices.Clone(first.Sources), Confidence: 0.4}
}

var (
	articles = words("a an the some")
	// sentenceWords are those that make a sentence, or say nothing of the work.
	sentenceWords = words("i we you he she they it i'm i’m we're we’re i'd i’d we'd we’d am is are was were be been have has had do does did can could will would shall should must may might need needs want wants looking help hi hello hey there please thanks with that which who what how")
)
