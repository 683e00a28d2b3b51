package retrieval

import "strings"

// exponents are the decimal digits of the minor unit of each active currency
// of ISO 4217 (its table A.1, without funds, metals and test codes).
var exponents = readExponents(map[int]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
	2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK
		DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT
		LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
		QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS
		VED VES WST XCD XCG YER ZAR ZMW ZWG ANG CUC HRK MRO SLL VEF ZWL`,
	3: "BHD IQD JOD KWD LYD OMR TND",
})

func readExponents(table map[int]string) map[string]int {
	read := make(map[string]int)
	for digits, codes := range table {
		for code := range strings.FieldsSeq(codes) {
			read[code] = digits
		}
	}
	return read
}

// CurrencyExponent returns how many decimal digits the minor unit of an ISO
// 4217 currency has: 2 for USD, 0 for JPY. ok is false for a code that is none.
func CurrencyExponent(code string) (digits int, ok bool) {
	digits, ok = exponents[code]
	return digits, ok
}

// MinorUnits returns how many minor units one unit of a currency has: 100 for
// USD and for codes that are not known.
func MinorUnits(code string) int64 {
	digits, ok := exponents[code]
	if !ok {
		return 100
	}
	units := int64(1)
	for range digits {
		units *= 10
	}
	return units
}
