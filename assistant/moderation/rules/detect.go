package rules

import "slices"

// detector finds places by their form, where words alone do not tell. Find
// returns them in order; none overlaps another of the same detector.
type detector struct {
	find        func(*scan) []span
	description string
}

// detectors by the names that rules use.
var detectors map[string]detector

func init() {
	detectors = map[string]detector{
		"phone":             {phones, "a phone number in a form that is of phone numbers only"},
		"phone_spelled":     {spelledPhones, "a number of at least seven digits that is partly written in words"},
		"digits":            {bareDigits, "seven to fifteen digits that may be a phone number"},
		"phone_divided":     {dividedPhones, "two numbers with words between that make a phone number together"},
		"email":             {func(s *scan) []span { return s.mails(plainMail) }, "an e-mail address"},
		"email_disguised":   {func(s *scan) []span { return s.mails(disguisedMail) }, "an e-mail address with its signs in words or brackets"},
		"email_example":     {func(s *scan) []span { return s.mails(exampleMail) }, "an e-mail address at a domain for examples"},
		"handle":            {atNames, "a name behind an @"},
		"messenger_handle":  {messengerNames, "the name of a messenger or a network, and a user name behind it"},
		"link_messenger":    {linksTo(messengerHosts), "a link that opens a chat"},
		"link_meeting":      {linksTo(meetingHosts), "a link to a call or a calendar of another service"},
		"link_social":       {linksTo(socialHosts), "a link to somebody's profile on a network"},
		"link_payment":      {linksTo(paymentHosts), "a link to pay somebody"},
		"link_short":        {linksTo(shortHosts), "a link that hides where it leads"},
		"link":              {anyLink, "a link to a site that is no tool of work"},
		"link_executable":   {executables, "a link to a programme, or its file"},
		"cashtag":           {cashtags, "a $name"},
		"upi":               {upis, "a UPI address"},
		"iban":              {ibans, "an IBAN, its checksum tested"},
		"crypto_address":    {wallets, "an address of Bitcoin, Ethereum or Tron, its checksum tested where it has one"},
		"hidden_characters": {hiddenText, "a text that is not seen"},
	}
}

// overlapsAny tells whether a span overlaps one of a list.
func overlapsAny(list []span, p span) bool {
	return slices.ContainsFunc(list, func(o span) bool { return o.start < p.end && p.start < o.end })
}
