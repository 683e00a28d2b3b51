package fit

import "strings"

// regions are the countries of places larger than one, ISO 3166-1 alpha-2.
// Words in braces stand for the countries of another line.
const regionLists = `
eu|european union|e.u: AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE
eea|european economic area: {eu} IS LI NO
europe|european|europeans|european continent: {eea} GB CH AL AD BY BA MC MD ME MK RS SM UA XK VA RU
schengen|schengen area: AT BE BG HR CZ DK EE FI FR DE GR HU IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH
nordics|nordic|nordic countries|nordic country: DK FI IS NO SE
scandinavia|scandinavian|scandinavians: DK NO SE
baltics|baltic|baltic states|baltic countries: EE LV LT
dach|german speaking countries|german speaking country: DE AT CH
benelux: BE NL LU
balkans|balkan|western balkans: AL BA BG HR GR XK ME MK RO RS SI
iberia|iberian peninsula|iberian: ES PT
british isles: GB IE
western europe: AT BE FR DE IE LU NL CH GB PT ES IT
eastern europe|eastern european: BY BG CZ HU MD PL RO RU SK UA EE LV LT RS ME MK AL BA HR SI
central europe|central european: AT CZ DE HU LI PL SK SI CH
southern europe|southern european|mediterranean: ES PT IT GR MT CY HR SI AL ME
northern europe: DK FI IS NO SE EE LV LT
north america|north american|north americans: US CA MX
central america: BZ CR SV GT HN NI PA
caribbean: BS BB CU DM DO GD HT JM PR TT
south america|south american|south americans: AR BO BR CL CO EC GY PY PE SR UY VE
latin america|latam|latin american|latin americans|latin: {south america} {central america} MX CU DO PR HT
americas|the americas: {north america} {latin america} {caribbean}
middle east|middle eastern: AE BH EG IR IQ IL JO KW LB OM PS QA SA SY TR YE CY
gulf|gulf states|gcc|the gulf: AE BH KW OM QA SA
north africa|northern africa|north african|maghreb: DZ EG LY MA SD TN
sub-saharan africa: AO BJ BW BF CM CV CD CI ET GH KE LR MG MW ML MU MZ NA NE NG RW SN SO ZA TZ TG UG ZM ZW
africa|african|africans: {north africa} {sub-saharan africa}
west africa|west african: BJ BF CV CI GH GN LR ML NE NG SN TG
east africa|east african: ET KE RW SO TZ UG
southern africa: AO BW MZ NA ZA ZM ZW MW
mena: {middle east} {north africa}
emea: {europe} {mena} {africa}
south asia|south asian: AF BD BT IN MV NP PK LK
southeast asia|south east asia|southeast asian|south east asian|asean: BN KH ID LA MY MM PH SG TH VN TL
east asia|east asian: CN HK JP KR MN TW
central asia: KZ KG TJ TM UZ
asia|asian|asians: {south asia} {southeast asia} {east asia} {central asia} {middle east} AM AZ GE
oceania|australasia: AU NZ FJ PG
apac|asia pacific|asia-pacific: {south asia} {southeast asia} {east asia} {oceania}
caucasus: AM AZ GE
new zealander|new zealanders: NZ
south african|south africans: ZA
sri lankan|sri lankans: LK
costa rican|costa ricans: CR
puerto rican|puerto ricans: PR
south korean|south koreans: KR
commonwealth: GB CA AU NZ IN ZA NG KE GH MT CY SG MY PK BD LK JM TT
english speaking countries|english speaking country|anglosphere: GB IE US CA AU NZ
`

var regions = func() map[string][]string {
	all := make(map[string][]string)
	for line := range strings.Lines(regionLists) {
		names, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		var countries []string
		for list != "" {
			var one string
			if rest, inner := strings.CutPrefix(list, "{"); inner {
				one, list, _ = strings.Cut(rest, "}")
				countries = append(countries, all[one]...)
			} else {
				one, list, _ = strings.Cut(list, " ")
				countries = append(countries, one)
			}
			list = strings.TrimSpace(list)
		}
		for name := range strings.SplitSeq(names, "|") {
			all[name] = countries
		}
	}
	// Lines may name a region of a later line; those are few, and are joined here.
	all["emea"] = append(append(append([]string(nil), all["europe"]...), all["mena"]...), all["africa"]...)
	all["apac"] = append(append(append(append([]string(nil), all["south asia"]...), all["southeast asia"]...), all["east asia"]...), all["oceania"]...)
	all["asia pacific"], all["asia-pacific"] = all["apac"], all["apac"]
	return all
}()

// demonyms are people and adjectives of a country. Those that are a language
// as well count as a place only where no language can be meant.
var demonyms = table(`british GB briton GB britons GB brits GB brit GB english GB scottish GB scots GB welsh GB irish IE german DE germans DE french FR spanish ES spaniards ES spaniard ES portuguese PT italian IT italians IT
	dutch NL belgian BE belgians BE swiss CH austrian AT austrians AT danish DK danes DK swedish SE swedes SE norwegian NO norwegians NO finnish FI finns FI icelandic IS polish PL poles PL czech CZ czechs CZ slovak SK slovaks SK
	hungarian HU hungarians HU romanian RO romanians RO bulgarian BG bulgarians BG greek GR greeks GR serbian RS serbs RS croatian HR croats HR slovenian SI slovenians SI ukrainian UA ukrainians UA russian RU russians RU
	turkish TR turks TR estonian EE estonians EE latvian LV latvians LV lithuanian LT lithuanians LT american US americans US canadian CA canadians CA mexican MX mexicans MX brazilian BR brazilians BR argentinian AR argentine AR argentinians AR chilean CL chileans CL
	colombian CO colombians CO peruvian PE peruvians PE indian IN indians IN pakistani PK pakistanis PK bangladeshi BD bangladeshis BD nepali NP nepalese NP chinese CN japanese JP korean KR koreans KR vietnamese VN thai TH indonesian ID indonesians ID malaysian MY malaysians MY
	filipino PH filipinos PH singaporean SG australian AU australians AU aussies AU kiwis NZ nigerian NG nigerians NG kenyan KE kenyans KE ghanaian GH ghanaians GH egyptian EG egyptians EG moroccan MA moroccans MA tunisian TN tunisians TN
	israeli IL israelis IL lebanese LB jordanian JO emirati AE saudi SA maltese MT cypriot CY cypriots CY uruguayan UY uruguayans UY paraguayan PY paraguayans PY bolivian BO bolivians BO ecuadorian EC ecuadorians EC venezuelan VE venezuelans VE cuban CU cubans CU dominican DO dominicans DO guatemalan GT guatemalans GT panamanian PA panamanians PA jamaican JM jamaicans JM
	bosnian BA bosnians BA montenegrin ME montenegrins ME macedonian MK macedonians MK moldovan MD moldovans MD belarusian BY belarusians BY luxembourgers LU icelanders IS ethiopian ET ethiopians ET ugandan UG ugandans UG tanzanian TZ tanzanians TZ rwandan RW rwandans RW zambian ZM zambians ZM zimbabwean ZW zimbabweans ZW
	senegalese SN ivorian CI ivorians CI cameroonian CM cameroonians CM algerian DZ algerians DZ libyan LY libyans LY iraqi IQ iraqis IQ iranian IR iranians IR syrian SY syrians SY qatari QA qataris QA kuwaiti KW kuwaitis KW omani OM omanis OM yemeni YE afghan AF afghans AF kazakh KZ uzbek UZ azerbaijani AZ mongolian MN taiwanese TW cambodian KH cambodians KH
	germans DE italians IT greeks GR croats HR serbs RS irishmen IE dutchmen NL frenchmen FR georgian GE georgians GE armenian AM armenians AM albanian AL albanians AL`)

// longestRegion is how many words the name of a region has at most.
const longestRegion = 3
