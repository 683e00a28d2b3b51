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
	new next last later sooner now then currently recent recently years year months month time times today name names want wish wishes hope add adding added extra further other others another different same nice lovely wonderful perfect cool outside excluded excluding except apart aside rest nobody no-one welcome matters happier easier keyword keywords mention mentions mentioned claims claim`)

// chat are everyday words that people word a wish with. They say something only
// to the readers of rates, places, times and so on, which have had their turn.
var chat = set(`charge charges charging charged cost costs costing live lives living lived reside resides residing located location locate sit sits sitting stay stays staying focus focused strong strongest stronger cut narrow narrows reduce restrict limit limited limits
	budget tight stretch stretches afford affordable reply replies quick quickly fast faster call calls meet meets meeting talk talks chat easy easier easiest hard harder close closer closest near nearer far ask asks asking asked offer offers offering available availability willing
	happy comfortable comfortably deadline late later latest early earlier earliest visit lead leads serious seriously trust trusted safe expensive cheap cheaper cheapest price priced prices pricing money pay pays paid paying rate rated rates euro euros dollar dollars pound pounds bucks quid hourly
	fluent fluently native speaker speakers speak speaks speaking spoken written understand understanding language languages english senior seniors junior juniors expert experts level levels seniority intermediate beginner beginners newcomer newcomers
	country countries continent region regions place places zone zones timezone timezones clock overlap overlapping hour hours week weeks weekly day days month months date dates time times morning mornings afternoon evening evenings start starts starting begin begins beginning free join
	star stars rating ratings review reviews jobs gigs platform here marketplace record feedback score scores credential credentials possible possibly necessary needed required require requires requirement insist insists expect expects expected
	question questions answer answers idea ideas sense point points reason reasons case cases fact facts moment way ways side end ends rest step steps round rounds group groups number numbers half third quarter pair couple dozen total max maximum min minimum top tops bottom cap ceiling floor upper lower bound
	good better best great fine nice right wrong true false clear clearly simple plain sure certain important main major minor big bigger small smaller large larger huge full fully whole entire complete completely partial exact exactly about around roughly approximately almost nearly
	big small old new recent recently current currently previous previously prior former formerly next last first second
	come comes coming came go goes going went gone get gets getting got give gives giving gave given take takes taking took taken put puts bring brings keep keeps kept leave leaves left let lets drop drops remove removes exclude excludes include includes including add adds stop stops change changes switch turn turns
	try tries tried trying hope hopes wonder wondering suppose guess feel feels seem seems sound sounds look looks looked looking see sees seen saw hear heard tell tells told say says said mean means meant think thinks thought believe believes
	work works worked working do does did done doing make makes made have has had having be been being use uses used using need needs want wants help helps helped helping
	convince convinces convinced impress interesting interested suit suits suitable fit fits fitting match matches qualify qualifies count counts apply applies consider considered considering decide decided shortlist shortlisted hire hiring hired pick picks picked choose chosen choice
	concerning regarding according per each every minus plus extra additional additionally further furthermore moreover besides anyway anyhow otherwise therefore hence thus still yet already soon sooner
	somewhere anywhere everywhere nowhere abroad local locally remote remotely onsite office person persons individual individuals human real realistic realistically honest honestly proper decent solid reliable reliably careful
	cannot able unable ready open closed busy part partly mostly mainly especially particularly generally usually normally typically often sometimes always never ever once twice again
	thank thanks thx cheers hello hi hey okay ok yep yeah nope sorry pardon pls please kindly maybe perhaps
	today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december spring summer autumn winter
	immediately straight away soonish asap
	matter matters concern concerns problem problems issue issues trouble
	hands wise term terms short long shorter longer brief briefly
	cover covers covered covering carry carries hold holds holding held own owns owned owning prove proves proving proven proof
	else elsewhere instead rather either neither both none nothing something someone anyone everyone nobody
	yours mine ours theirs his her its
	willingness ability abilities capable capability experience experiences experienced expertise knowledge knowledgeable familiar familiarity background backgrounds skills skill
	actual actually literally basically simply merely purely strictly absolutely definitely certainly probably likely unlikely obviously of course
	accept accepts acceptable accepted tolerate mind minds care cares bother
	raise raised rise increase increased decrease loosen tighten relax widen broaden broader wider narrower
	budgetwise moneywise pricewise hourwise
	candidate's person's somebody's someone's
	spend spends spent higher lower board among amongst inside hand hands reachable reach accent
	under over above below between within beyond until till since before after during by
	exceed exceeds exceeding above-mentioned said mentioned`)

// plain reports whether a word, in lower case, says nothing about what
// somebody can do or has done.
func plain(low string) bool {
	return talk[low] || chat[low] || words.Stop(low) || len(low) > 5 && strings.HasSuffix(low, "ly") && !notAdverbs[low] || len(low) < 2 && !(low == "c" || low == "r")
}

// notAdverbs end as adverbs do and are none.
var notAdverbs = set("family assembly supply monthly weekly daily early italy friendly elderly anomaly reply butterfly grisly comply apply multiply")
