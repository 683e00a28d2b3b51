package skills_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval/skills"
)

// aliases are what people write for a skill: each leads to it by Lookup, and
// by Match within a sentence. Those in parentheses are everyday words or letters,
// which only Lookup takes for the skill whatever stands around them.
var aliases = map[string]string{
	"JavaScript":                     "javascript, java script, js, ES6, ecmascript, vanilla js",
	"TypeScript":                     "typescript, type script, (ts)",
	"Node.js":                        "node.js, nodejs, node js, node-js, (node)",
	"React":                          "react.js, reactjs, react js, (react)",
	"React Native":                   "react native, react-native, reactnative",
	"Next.js":                        "next.js, nextjs, next js",
	"Vue.js":                         "vue.js, vuejs, vue, vue 3",
	"Angular":                        "angular, angular 2",
	"Express.js":                     "express.js, expressjs, (express)",
	"NestJS":                         "nestjs, nest.js",
	"jQuery":                         "jquery, j query",
	"Three.js":                       "three.js, threejs",
	"D3.js":                          "d3.js, (d3), d3js",
	"HTML":                           "html, html5, html 5",
	"CSS":                            "css, css3, css 3",
	"Tailwind CSS":                   "tailwind, tailwindcss, tailwind css",
	"PHP":                            "php, php8",
	"Python":                         "python, python3, python 3, (py)",
	"Go":                             "golang, go lang, (go)",
	"C#":                             "c#, c sharp, csharp, c-sharp",
	"C++":                            "c++, cpp, c plus plus",
	"F#":                             "f#, f sharp, fsharp",
	".NET":                           ".net, dotnet, dot net, .net core",
	"Rust":                           "(rust), rustlang, rust lang",
	"Ruby on Rails":                  "ruby on (rails), ror, (rails)",
	"Kotlin":                         "kotlin",
	"Swift":                          "(swift), swiftlang",
	"Objective-C":                    "objective-c, objective c, obj-c, objc",
	"SwiftUI":                        "swiftui, swift ui",
	"Flutter":                        "flutter",
	"Spring Boot":                    "spring boot, springboot",
	"PostgreSQL":                     "postgresql, postgres, psql, postgre sql, postgre",
	"MySQL":                          "mysql, my sql",
	"Microsoft SQL Server":           "ms sql, mssql, sql server, microsoft sql server",
	"MongoDB":                        "mongodb, mongo, mongo db",
	"Elasticsearch":                  "elasticsearch, elastic search",
	"Redis":                          "redis",
	"GraphQL":                        "graphql, graph ql, gql",
	"REST APIs":                      "rest api, restful api, rest apis, restful apis",
	"Kubernetes":                     "kubernetes, k8s, kube",
	"Docker":                         "docker, dockerfile",
	"Terraform":                      "terraform",
	"Amazon Web Services":            "aws, amazon web services",
	"Google Cloud Platform":          "gcp, google cloud, google cloud platform",
	"Microsoft Azure":                "azure, ms azure, microsoft azure",
	"CI/CD":                          "ci/cd, cicd, ci cd, continuous integration",
	"Git":                            "git",
	"Linux":                          "linux",
	"Machine Learning":               "machine learning, (ml), machine-learning",
	"Deep Learning":                  "deep learning, (dl)",
	"Artificial Intelligence":        "(ai), artificial intelligence",
	"Natural Language Processing":    "nlp, natural language processing",
	"Computer Vision":                "computer vision",
	"Large Language Models":          "llm, llms, large language models",
	"Retrieval-Augmented Generation": "(rag), retrieval augmented generation",
	"PyTorch":                        "pytorch, (torch)",
	"TensorFlow":                     "tensorflow, tensor flow",
	"Scikit-learn":                   "scikit-learn, sklearn, scikit learn",
	"Pandas":                         "(pandas)",
	"Web Scraping":                   "web scraping, webscraping, web-scraping, scraping, web scraper",
	"WordPress":                      "wordpress, word press, wp",
	"WooCommerce":                    "woocommerce, woo commerce, woo-commerce",
	"Shopify":                        "shopify",
	"E-commerce Development":         "e-commerce, ecommerce, e commerce",
	"Webflow":                        "webflow",
	"UX Design":                      "ux, ux design, user experience design",
	"UI Design":                      "ui design, ui designer, user interface design",
	"Adobe Photoshop":                "photoshop, adobe photoshop, photo shop",
	"Adobe Illustrator":              "adobe illustrator",
	"Adobe InDesign":                 "indesign, adobe indesign",
	"Adobe After Effects":            "after effects, aftereffects, adobe after effects",
	"Adobe Premiere Pro":             "premiere pro, adobe (premiere), (premiere)",
	"Figma":                          "figma",
	"Search Engine Optimization":     "seo, search engine optimization, search engine optimisation",
	"Paid Advertising":               "ppc, pay per click, pay-per-click",
	"AngularJS":                      "angularjs, angular js, angular.js",
	"QuickBooks Online":              "quickbooks online, qbo",
	"T-SQL":                          "t-sql, tsql",
	"ASP.NET":                        "asp.net, asp net",
	"GoHighLevel":                    "gohighlevel, go high level, ghl",
	"UI/UX Design":                   "ui/ux, ux/ui",
	"Google Ads":                     "google ads, adwords, google adwords",
	"Google Analytics":               "google analytics, ga4",
	"Google Sheets":                  "google sheets, gsheets, google sheet, google spreadsheet",
	"Excel":                          "(excel), ms excel, microsoft excel",
	"Power BI":                       "power bi, powerbi",
	"Tableau":                        "tableau",
	"Social Media Marketing":         "smm, social media marketing",
	"CRM":                            "crm",
	"QuickBooks":                     "quickbooks, quick books",
	"AutoCAD":                        "autocad, auto cad",
	"SolidWorks":                     "solidworks, solid works",
	"Unity":                          "unity3d, unity 3d",
	"Unreal Engine":                  "unreal engine, ue5, ue4, (unreal)",
	"Quality Assurance":              "qa, quality assurance",
	"Virtual Assistance":             "virtual assistant, (va), virtual assistance",
	"Data Entry":                     "data entry, data-entry",
	"Voice Over":                     "voice over, voiceover, voice-over",
	"Copywriting":                    "copywriting, copy writing, copywriter",
	"Proofreading":                   "proofreading, proof reading, proofreader",
}

func TestAliases(t *testing.T) {
	v := skills.Default()
	for name, list := range aliases {
		for alias := range strings.SplitSeq(list, ", ") {
			plain := strings.Trim(alias, "()")
			if found, ok := v.Lookup(plain); !ok || found.Name != name {
				t.Errorf("Lookup(%q) = %q, want %s", plain, found.Name, name)
			}
			if plain != alias {
				continue
			}
			text := "we need help with " + plain + " soon"
			if !slices.ContainsFunc(v.Match(text), func(m skills.Match) bool { return m.Skill.Name == name }) {
				t.Errorf("Match(%q) does not find %s", text, name)
			}
		}
	}
}
