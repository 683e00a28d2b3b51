package grounding

import (
	"strings"
	"sync"
)

// canonical returns the stem that stands for a group of words which a faithful
// paraphrase may exchange: "store" is "shop".
func canonical(stem string) string {
	if to, ok := synonymStems()[stem]; ok {
		return to
	}
	return stem
}

var synonymStems = sync.OnceValue(func() map[string]string {
	set := make(map[string]string)
	for line := range strings.Lines(synonyms) {
		words := strings.Fields(line)
		for _, word := range words {
			set[stem(word)] = stem(words[0])
		}
	}
	for word, group := range achievements {
		set[stem(word)] = stem(group)
	}
	return set
})

// synonyms are groups of words of which each may stand for the other wherever
// work is described. A word is in one group only.
const synonyms = `shop store
website site webpage homepage
developer engineer programmer
customer buyer shopper
company firm business enterprise
team crew
person people
fix repair mend debug
rebuild rework redo
quick fast rapid
simple easy
teach train coach
buy purchase
car automobile
physician doctor
photo picture photograph image
booking reservation
mobile phone
employee staff worker colleague
test testing
begin launch
analyse analyze analysis analytics
organise organize
optimise optimize
customise customize
illustrate illustration
bug defect
nonprofit charity
restaurant eatery
error mistake
monthly month
weekly week
daily day
translate translation
document documentation
automate automation
migrate migration
configure configuration
integrate integration
install installation
animate animation
deploy deployment
implement implementation
move shift
big large
german germany
french france
spanish spain
italian italy
dutch netherlands
polish poland
lead run oversee`

// achievements are verbs that claim an achievement or a result, each with what
// it claims; they must stand in the fact itself, of the same things.
var achievements = func() map[string]string {
	set := make(map[string]string)
	for line := range strings.Lines(achievementWords) {
		words := strings.Fields(line)
		for _, word := range words {
			set[word] = words[0]
		}
	}
	return set
}()

const achievementWords = `led lead leads leading headed heads managed manages manage managing supervised supervises directed
won wins win winning
founded co-founded cofounded founder co-founder cofounder
certified certificate certificates certification certifications accredited
licensed licence license
published publishes author authored
awarded award awards award-winning
patented patent patents
degree degrees graduated graduate
bachelor bachelor's bsc ba
master's msc mba
phd doctorate doctoral
diploma
university
invented invents
raised raise raises increased increase increases increasing boosted boosts boost grew grow grows growing lifted improved improves improve improving
reduced reduces reduce reducing cut cuts cutting lowered lowers decreased decreases shrank saved saves save saving
doubled doubles double doubling
tripled triples triple
halved halves halve
eliminated eliminates
generated generates
guarantee guarantees guaranteed guaranteeing ensure ensures promise promised promises
exceeded outperformed surpassed
promoted
spearheaded
mentored mentors mentor mentoring
trained trains`

// results are achievements that a sentence about what will be promises.
var results = wordSet("raised reduced doubled tripled halved eliminated generated exceeded won")

// leading are words that show that somebody led.
var leading = wordSet("head ran run runs running oversaw oversee lead chief responsible")

// promises are claims about what is to come: they need a fact also where a
// sentence only says what will be.
var promises = wordSet("guarantee doubled tripled halved")

// degrees are words that say how good or how much, each with its group.
var degrees = func() map[string]string {
	set := make(map[string]string)
	for line := range strings.Lines(degreeWords) {
		words := strings.Fields(line)
		for _, word := range words {
			set[word] = words[0]
		}
	}
	return set
}()

const degreeWords = `expert expertise experts
fluent fluently fluency
native
senior seniority
proficient proficiency
extensive extensively
deep deeply
advanced
proven
seasoned veteran
world-class worldclass
top-rated toprated
unmatched unrivalled unrivaled unparalleled
exceptional exceptionally outstanding
master mastery mastered
leading-edge cutting-edge
flawless flawlessly
perfect perfectly
fastest
cheapest
dozens
hundreds
thousands
millions
countless numerous
decades-long
risk-free`
