package fit

import (
	"strings"

	"github.com/parleyhq/parley/retrieval/words"
)

func set(list string) map[string]bool {
	all := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		all[w] = true
	}
	return all
}

// talk are words that say how a list is to be changed or that somebody is
// meant, and nothing about what they have done.
var talk = set(`show list give see keep only just leave left remain remaining narrow filter those these them ones one who whom whose that which people person persons candidate candidates freelancer freelancers
	somebody someone anybody anyone everybody everyone nobody folks guys talent applicants applicant profile profiles names please thanks thank ok okay yes no not hm hmm um uh well actually really truly so then now again still too also
	first also plus and or but with without from in of for to at on by as is are was were be been being has have had do does did done can could should would may might must need needs needed want wants wanted i i'd i'm i'll we we'd we're we'll us our my me mine you your
	they they're their theirs them it its it's there here this that a an the any all some each every both either neither none more most less least than if when where why how what let let's make makes made sure
	only really actual actually real genuinely properly ever before already once at all like likes liked prefer preferred ideally ideal better best good great fine okay enough matter matters important requirement requirements condition conditions must-have
	experience experienced experiences background history record past previous previously work works worked working job jobs project projects done knows know known knowing knowledge skills skill skilled able ability understand understands used use uses using familiar
	part thing things something anything everything list look looking search searching find found match matches matching choose pick select option options result results say says said tell mean means meant think thinking guess believe hear
	don't doesn't didn't isn't aren't won't can't cannot haven't hasn't wouldn't couldn't shouldn't i've we've who've who's that's let's there's somebody's someone's they've
	narrower smaller short shorter long longer bit little lot lots much many few several couple kind sort type sorts kinds types rather quite very pretty too also even again back up out off down over through around about
	proof prove proves proven shown shows evidence count counts counted solid serious strong extensive proper hands-on hands practical practice practiced professionally professional commercial commercially live truly themselves himself herself
	new next last later sooner now then currently recent recently years year months month time times today name names want wish wishes hope add adding added extra further other others another different same outside excluded excluding except apart aside rest nobody no-one welcome matters happier easier keyword keywords mention mentions mentioned claims claim`)

// plain reports whether a word, in lower case, says nothing about what
// somebody can do or has done.
func plain(low string) bool {
	return talk[low] || words.Stop(low) || len(low) > 5 && strings.HasSuffix(low, "ly") && !notAdverbs[low] || len(low) < 2 && !(low == "c" || low == "r")
}

// notAdverbs end as adverbs do and are none.
var notAdverbs = set("family assembly supply monthly weekly daily early italy friendly elderly anomaly reply butterfly grisly comply apply multiply")
