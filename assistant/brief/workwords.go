package brief

var (
	wantVerbs = phrases(`need, needs, want, wants, require, looking for, looking to, would like, i'd like, we'd like, id like, would love, i'd love, we'd love, am after, are after,
		i'm after, we're after, seeking, searching for, in search of, hire, hiring, looking to hire, in need of, wish for, want to get, want to have,
		would like to have, would like to get, need to get, need to have, plan to, planning to, planning, hoping to get, hoping for, hope to get,
		trying to get, trying to find, find, find me, get me, make me, order, have to get, wanting, needing, requiring, wishing for, would need, i'll need, we'll need, gonna need,
		going to need, 'm looking for, lookin for, searching, want someone to, interested in, wanna, must have, should have, should include, must include, should get, should also get, also get, must also have, idea for, still have no, still need, i search, we search, i am looking, we are looking, i'm looking, we're looking,
		needs to have, should also have, include, should contain, deliver, deliverables are, deliverables :, deliverables, deliverable :, just, only`)
	// makers yield a thing that is named by their object alone.
	makers = words(`build create make design develop produce draw write craft code program construct paint sketch compose draft prepare do generate provide deliver model
		render animate illustrate film shoot record building creating making designing developing producing drawing writing creation compile invent`)
	// changers work on something: what is delivered is verb and object.
	changers = words(`translate edit fix redesign rebuild update migrate transcribe proofread research analyse analyze clean integrate install configure optimise optimize
		manage run handle organise organize review audit test teach tutor train convert collect scrape enter type digitize digitise retouch crop format
		rewrite localise localize subtitle caption voice narrate plan launch promote grow improve add automate deploy host maintain document calculate
		simulate file register refactor finish complete modernize modernise modify extend mix master subtitle moderate post schedule answer call photograph
		copyedit debug upgrade redo restyle rebrand rewrite restructure scan evaluate summarize summarise benchmark validate visualize visualise customise
		customize connect port replicate categorize label annotate tag dub interpret market advertise sell negotiate check verify repair speed coach mentor
		implement investigate solve diagnose tag import compare rank trim assemble screen film`)
	// nounsToo are verbs that are nouns as well: "tutor for my son".
	nounsToo = words(`tutor coach market model design draft program research review audit test record plan host file label report post schedule answer call mentor paint
		edit upgrade update render film shoot code sketch sale provide deliver master mix caption`)
	determiners = words("her his their a an the some another my our this new one two three four five six seven eight nine ten several few many any more 1 2 3 4 5 6 7 8 9 10")
	// nounStops end a thing that is being named.
	nounStops = words(`who whom whose so because since if when where while but although though unless until till before after i we you they he she it's it there that's is
		are was were will would can could should must has have had need needs want please budget ideally preferably maybe within starting start asap urgently
		currently already here thanks thank hopefully deadline also then as due soon be ready finished done than let's`)
	products = words(`website websites site sites webshop page pages app apps application applications logo logos banner banners flyer flyers brochure brochures poster
		posters video videos article articles post posts blog blogs report reports dashboard dashboards model models plan plans script scripts course courses
		lesson lessons book books ebook ebooks cover covers illustration illustrations icon icons animation animations presentation presentations deck decks
		slides template templates newsletter newsletters campaign campaigns ad ads translation translations subtitles transcript transcripts transcription
		contract contracts agreement agreements policy policies bot bots chatbot chatbots plugin plugins theme themes integration integrations api apis
		database databases spreadsheet spreadsheets shop shops store stores catalogue catalog menu menus packaging label labels card cards guide guides
		guidelines mockup mockups wireframes prototype prototypes drawing drawings renders rendering renderings render blueprint blueprints analysis analyses
		research survey surveys study studies audit strategy content copy description descriptions photos photo jingle song songs track tracks podcast
		podcasts episode episodes voiceover recording recordings form forms checkout calculator tool tools system systems platform platforms portal portals
		software game games extension extensions module modules feature features return returns bookkeeping accounts forecast forecasts statement statements
		identity branding brand mascot mural letterhead resume cv letter letters email emails sequence sequences funnel funnels leads list lists plans
		interview interviews curriculum workbook worksheets quiz quizzes tutorial tutorials lecture lectures manual manuals documentation scraper crawler
		pipeline pipelines macro macros dataset datasets invoice invoices trailer teaser reel reels clip clips edit edits storyboard character characters
		sprite sprites map maps chart charts infographic infographics diagram diagrams schematic schematics pcb enclosure part parts floorplan floorplans
		visualisation visualization experiment protocol review grant proposal proposals paper papers thesis essay essays speech trademark patent will lease
		nda section sections login search filter checkout gallery map backend frontend admin marketplace header footer profile profiles listing listings
		account backlinks keywords seo version versions size sizes concept concepts design designs set sheet sheets package kit bio story stories tagline
		slogan name names sign signs signage sticker stickers tshirt shirt shirts merch wrap book`)
)
