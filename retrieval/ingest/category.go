package ingest

import (
	"strings"
)

// categoryWords sort the names that marketplaces give to kinds of work into
// Parley's categories: the first that a name contains decides. Narrow words
// stand before wide ones.
var categoryWords = []struct{ word, category string }{
	{"translat", "translation"}, {"locali", "translation"}, {"interpret", "translation"},
	{"transcri", "writing"}, {"proofread", "writing"}, {"copywrit", "writing"}, {"writ", "writing"},
	{"cover letter", "writing"}, {"resume", "writing"}, {"blog", "writing"}, {"content creation", "writing"},
	{"legal", "legal"}, {"law", "legal"}, {"patent", "legal"}, {"compliance", "legal"},
	{"bookkeep", "finance"}, {"account", "finance"}, {"financ", "finance"}, {"tax", "finance"}, {"payroll", "finance"},
	{"computer aided", "engineering"}, {"cad", "engineering"}, {"civil eng", "engineering"}, {"electrical", "engineering"},
	{"mechanical", "engineering"}, {"structural", "engineering"}, {"firmware", "engineering"}, {"embedded", "engineering"}, {"product engineering", "engineering"},
	{"chemi", "science"}, {"biolog", "science"}, {"physic", "science"}, {"mathematic", "science"}, {"science lab", "science"},
	{"instructional", "education"}, {"tutor", "education"}, {"teach", "education"}, {"training", "education"}, {"education", "education"}, {"elearning", "education"},
	{"artificial intelligence", "ml"}, {"machine learning", "ml"}, {"deep learning", "ml"}, {"language model", "ml"}, {"nlp", "ml"},
	{"data entry", "admin"},
	{"email template", "web"}, {"e mail template", "web"},
	{"social media app", "mobile"}, {"mobile market", "marketing"}, {"mobile", "mobile"}, {"android", "mobile"}, {"ios ", "mobile"}, {"iphone", "mobile"}, {"flutter", "mobile"},
	{"market research", "marketing"}, {"web analytics", "marketing"}, {"seo", "marketing"}, {"sem ", "marketing"}, {"adwords", "marketing"},
	{"adsense", "marketing"}, {"ppc", "marketing"}, {"market", "marketing"}, {"social media", "marketing"}, {"brand", "marketing"},
	{"public relations", "marketing"}, {"growth hack", "marketing"}, {"conversion", "marketing"}, {"advertis", "marketing"}, {"bookmarking", "marketing"},
	{"survey", "marketing"}, {"community manage", "marketing"}, {"influencer", "marketing"},
	{"lead gen", "sales"}, {"sales", "sales"}, {"calls", "sales"}, {"fundrais", "sales"}, {"mystery shop", "sales"},
	{"data vis", "data"}, {"analytic", "data"}, {"data", "data"}, {"business intelligence", "data"}, {"statistic", "data"},
	{"video", "video_audio"}, {"audio", "video_audio"}, {"music", "video_audio"}, {"voice", "video_audio"}, {"film", "video_audio"},
	{"animation", "video_audio"}, {"podcast", "video_audio"}, {"photograph", "video_audio"}, {"sound", "video_audio"},
	{"web design", "design"}, {"ux", "design"}, {"logo", "design"}, {"graphic", "design"}, {"illustrat", "design"}, {"image", "design"}, {"design", "design"},
	{"art ", "design"}, {"presentation", "design"}, {"print", "design"}, {"fashion", "design"}, {"typograph", "design"}, {"cartoon", "design"}, {"stationery", "design"},
	{"label", "design"}, {"interior", "design"}, {"books", "design"},
	{"virtual assist", "admin"}, {"admin assist", "admin"}, {"administration assist", "admin"}, {"customer s", "admin"}, {"assistance", "admin"}, {"recruit", "admin"},
	{"human resource", "admin"}, {"project manage", "admin"}, {"events manage", "admin"}, {"logistic", "admin"}, {"supply chain", "admin"},
	{"consult", "admin"}, {"management & dev", "admin"}, {"business analysis", "admin"},
	{"develop", "web"}, {"program", "web"}, {"software", "web"}, {"web", "web"}, {"cloud", "web"}, {"devops", "web"}, {"script", "web"}, {"full stack", "web"},
	{"front end", "web"}, {"back end", "web"}, {"ecommerce", "web"}, {"cms", "web"}, {"network", "web"}, {"security", "web"}, {"systems admin", "web"},
	{"solution arch", "web"}, {"architecture", "web"}, {"testing", "web"}, {"qa ", "web"}, {"tech support", "web"}, {"tech", "web"}, {"game", "web"},
	{"virtual", "admin"}, {"business", "admin"}, {"admin", "admin"}, {"support", "admin"},
}

// sortCategory returns the category of a name such as "Writing & Translation /
// Copywriting", of which the last part says most, or the name itself in lower
// case when no word is known.
func sortCategory(name string) string {
	plain := strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(strings.TrimSpace(name)))
	parts := strings.Split(plain, " / ")
	for _, part := range []string{parts[len(parts)-1], plain} {
		for _, rule := range categoryWords {
			if strings.Contains(part+" ", rule.word) {
				return rule.category
			}
		}
	}
	return plain
}
