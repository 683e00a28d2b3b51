package brief

import (
	"strings"
	"sync"
)

// countryNames are "code name, other names" of the countries, lines parted by semicolons.
const countryNames = `AF Afghanistan;AL Albania;DZ Algeria;AD Andorra;AO Angola;AR Argentina;AM Armenia;AU Australia;AT Austria;AZ Azerbaijan;BS Bahamas;BH Bahrain;BD Bangladesh;BB Barbados;BY Belarus;BE Belgium;BZ Belize;BJ Benin;BT Bhutan;BO Bolivia;
BA Bosnia and Herzegovina,Bosnia;BW Botswana;BR Brazil,Brasil;BN Brunei;BG Bulgaria;BF Burkina Faso;KH Cambodia;CM Cameroon;CA Canada;CV Cape Verde;CL Chile;CN China;CO Colombia;CR Costa Rica;HR Croatia;CU Cuba;CY Cyprus;CZ Czech Republic,Czechia;CD DR Congo;DK Denmark;
DO Dominican Republic;EC Ecuador;EG Egypt;SV El Salvador;EE Estonia;ET Ethiopia;FJ Fiji;FI Finland;FR France;GE Georgia;DE Germany,Deutschland;GH Ghana;GR Greece;GT Guatemala;HT Haiti;HN Honduras;HK Hong Kong;HU Hungary;IS Iceland;IN India;ID Indonesia;IR Iran;IQ Iraq;
IE Ireland;IL Israel;IT Italy,Italia;CI Ivory Coast;JM Jamaica;JP Japan;JO Jordan;KZ Kazakhstan;KE Kenya;KW Kuwait;KG Kyrgyzstan;LA Laos;LV Latvia;LB Lebanon;LR Liberia;LY Libya;LI Liechtenstein;LT Lithuania;LU Luxembourg;MG Madagascar;MW Malawi;MY Malaysia;MV Maldives;
ML Mali;MT Malta;MU Mauritius;MX Mexico;MD Moldova;MC Monaco;MN Mongolia;ME Montenegro;MA Morocco;MZ Mozambique;MM Myanmar;NA Namibia;NP Nepal;NL Netherlands,the Netherlands,Holland;NZ New Zealand;NI Nicaragua;NE Niger;NG Nigeria;MK North Macedonia,Macedonia;NO Norway;OM Oman;
PK Pakistan;PS Palestine;PA Panama;PG Papua New Guinea;PY Paraguay;PE Peru;PH Philippines,the Philippines;PL Poland;PT Portugal;PR Puerto Rico;QA Qatar;RO Romania;RU Russia;RW Rwanda;SA Saudi Arabia;SN Senegal;RS Serbia;SG Singapore;SK Slovakia;SI Slovenia;SO Somalia;ZA South Africa;
KR South Korea,Korea;ES Spain;LK Sri Lanka;SD Sudan;SE Sweden;CH Switzerland;SY Syria;TW Taiwan;TJ Tajikistan;TZ Tanzania;TH Thailand;TG Togo;TT Trinidad and Tobago;TN Tunisia;TR Turkey,Turkiye,Türkiye;TM Turkmenistan;UG Uganda;UA Ukraine;AE United Arab Emirates,UAE,Emirates;
GB United Kingdom,UK,U.K,Great Britain,Britain,England,Scotland,Wales,Northern Ireland;US United States,US,USA,U.S,U.S.A,the States,United States of America,America;UY Uruguay;UZ Uzbekistan;VE Venezuela;VN Vietnam;YE Yemen;ZM Zambia;ZW Zimbabwe`

// regionNames are places larger than a country.
const regionNames = `Europe,European Union,EU,North America,South America,Latin America,LATAM,Asia,Southeast Asia,South East Asia,South Asia,Africa,Middle East,Eastern Europe,Western Europe,Central Europe,Northern Europe,Southern Europe,Scandinavia,the Balkans,EMEA,APAC,Oceania,DACH,Nordics,the Nordics,Caribbean,Central America,Western Balkans,Baltics,the Baltics,EEA`

// stateNames are parts of countries that people name as places.
const stateNames = `US California,Texas,Florida,Ohio,Illinois,Pennsylvania,Michigan,Colorado,Arizona,Oregon,Massachusetts,New Jersey,Virginia,North Carolina,Minnesota,Tennessee,Nevada,Utah,Wisconsin,Missouri,Maryland,Indiana,Connecticut,Louisiana,Alabama,Kentucky,Oklahoma,Iowa,Kansas,Hawaii,Alaska,Bay Area,Silicon Valley;
CA Ontario,Quebec,British Columbia,Alberta,Manitoba,Nova Scotia;AU New South Wales,Queensland,Tasmania,Western Australia;DE Bavaria,Saxony,Hesse;ES Catalonia,Andalusia;IN Kerala,Karnataka,Maharashtra,Punjab,Gujarat,Tamil Nadu;IT Tuscany,Sicily,Lombardy`

// geo is a place by name.
type geo struct {
	name    string // as it is usually written; "" for a country
	country string // ISO 3166-1 alpha-2, "" for a region
	zone    string // IANA, "" where it is not one
}

// gazetteer holds countries, regions, states and large cities by name.
var gazetteer = sync.OnceValue(func() lexicon[geo] {
	l := newLexicon[geo]()
	each := func(list string, sep string, use func(string)) {
		for item := range strings.SplitSeq(list, sep) {
			if item = strings.TrimSpace(item); item != "" {
				use(item)
			}
		}
	}
	each(countryNames, ";", func(line string) {
		code, names, _ := strings.Cut(line, " ")
		each(names, ",", func(name string) { l.add(geo{country: code}, spaced(name)) })
	})
	each(regionNames, ",", func(name string) {
		l.add(geo{name: strings.TrimPrefix(name, "the ")}, spaced(name))
	})
	each(stateNames, ";", func(line string) {
		code, names, _ := strings.Cut(line, " ")
		each(names, ",", func(name string) { l.add(geo{name: name, country: code}, spaced(name)) })
	})
	each(cityNames, ";", func(line string) {
		head, names, _ := strings.Cut(line, ":")
		code, zone, _ := strings.Cut(head, " ")
		each(names, ",", func(name string) { l.add(geo{name: name, country: code, zone: zone}, spaced(name)) })
	})
	l.add(geo{name: "New York", country: "US", zone: "America/New_York"}, "nyc", "new york city")
	l.add(geo{name: "Los Angeles", country: "US", zone: "America/Los_Angeles"}, "la")
	l.add(geo{name: "San Francisco", country: "US", zone: "America/Los_Angeles"}, "sf")
	l.add(geo{name: "Washington", country: "US", zone: "America/New_York"}, "washington dc", "washington d . c")
	return l
})

// spaced writes a name as the tokens of a text: lower case, dots apart.
func spaced(name string) string {
	return strings.ReplaceAll(lower(name), ".", " . ")
}

// CountryName returns the English name of a country by its ISO 3166-1 alpha-2
// code, "" for an unknown one.
func CountryName(code string) string {
	at := strings.Index(";"+strings.ReplaceAll(countryNames, "\n", "")+";", ";"+code+" ")
	if len(code) != 2 || at < 0 {
		return ""
	}
	names := strings.ReplaceAll(countryNames, "\n", "")[at+3:]
	return names[:strings.IndexAny(names+";", ",;")]
}

// countryZones are the time zones of countries, that of their first city in
// the list: where a country has several, the one most people mean.
var countryZones = sync.OnceValue(func() map[string]string {
	found := make(map[string]string)
	for line := range strings.SplitSeq(cityNames, ";") {
		head, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		code, zone, _ := strings.Cut(head, " ")
		if found[code] == "" {
			found[code] = zone
		}
	}
	return found
})

// CountryZone returns the usual IANA time zone of a country by its ISO 3166-1
// alpha-2 code, "" where none is known.
func CountryZone(code string) string { return countryZones()[code] }
