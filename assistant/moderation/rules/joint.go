package rules

import (
	"regexp"
	"strings"
)

// ofDigits are the detectors whose findings digits of several messages may make.
var ofDigits = map[string]bool{"phone": true, "digits": true, "phone_divided": true, "phone_spelled": true}

// Bounds on a number that was divided over messages.
const (
	partLeast, partMost = 3, 8 // digits of a part that nothing announces
	jointLeast          = 9    // digits of all together
	jointMost           = 12   // likewise, where nothing tells a number from sizes and amounts
	announcedLeast      = 7    // digits of all, where words announce the parts
)

var (
	// words that announce a part of a number
	announcing = regexp.MustCompile(`\b((starts?|begins?|beginning|ends|ending|finishes) (with|in|by|\d)|followed by|rest|half|digits?|area code|country code|prefix|(call|text|ring|reach|phone|sms|whatsapp|message|ping) (me|us)|(my|our) (\w+ )?(number|num|phone|cell|mobile|line|whatsapp)|empieza|termina|resto|mitad|commence|finit|reste|moitie|beginnt|endet|halfte|comeca|metade|tel|whatsapp|telefono|numero|nummer|telefone)\b`)
	// those that may do so, where nobody speaks of quantities
	perhaps = regexp.MustCompile(`\b(starts?|begins?|ends?|ending|finishes|first|last|second|next|then|number|primero|luego|puis|dann|hort|depois)\b`)
	// and those that ask for a quantity, or name one
	quantity = regexp.MustCompile(`\b(how (many|much|long|big|large|wide|high|tall|old)|costs?|prices?|pricing|budget|quote|rates?|estimates?|hours?|days|weeks|years?|sizes?|dimensions?|widths?|heights?|pixels?|px|mm|cm|resolution|words|pages|rows|quantity|quantities|amounts?|totals?|units?|usd|eur|gbp|euros?|dollars|pounds|cuant[oa]s?|precios?|presupuesto|horas|tamanos?|medidas|combien|prix|heures|tailles?|dimensions|wie ?viele?|preise?|stunden|grossen?|masse|kosten|kostet|quant[oa]s?|precos?|orcamento|tamanhos?)\b|[$€£₹] ?\d|\d ?[€£₹]`)
)

// piece is what a part of a joint has of a number.
type piece struct {
	digits, text string // text is all of the part, as it was read
	at           int    // in the parts
}

// goesOn tells whether digits of several messages are one number: each part is
// nothing but digits and nothing beside them asks for quantities, or words
// announce one. What stands in one message alone is not judged here.
func (c *checker) goesOn(s *scan, j *joint, found span) bool {
	from, to := s.reading.Span(found.start, found.end)
	var pieces []piece
	for at, p := range j.parts {
		if max(from, p.start) < min(to, p.end) {
			pieces = append(pieces, piece{at: at})
		}
	}
	if len(pieces) < 2 {
		return true
	}
	total, announced, hinted, bare, zero := 0, false, false, true, false
	for i := range pieces {
		p := &pieces[i]
		p.read(s, j, found)
		total += len(p.digits)
		announced = announced || announcing.MatchString(p.text)
		hinted = hinted || perhaps.MatchString(p.text)
		bare = bare && p.bare()
		if i == 0 {
			lead := strings.TrimLeft(p.text, " (")
			zero = strings.HasPrefix(p.digits, "0") || strings.HasPrefix(lead, "+")
		}
	}
	all := count(s.text[found.start:found.end], isDigit)
	switch {
	case total < all: // spelled in one run, of which no digit is of one part alone
		return all >= announcedLeast && !c.quantities(j, pieces)
	case announced || hinted && (zero || !c.quantities(j, pieces)):
		return total >= announcedLeast
	case !bare || total < jointLeast:
		return false
	case zero: // no quantity is written like that
		return true
	}
	return total <= jointMost && !c.quantities(j, pieces)
}

// read takes a part's text and digits from a reading of the joint.
func (p *piece) read(s *scan, j *joint, found span) {
	var text, digits strings.Builder
	part := j.parts[p.at]
	for i := range len(s.text) {
		from, to := s.reading.origin(i, i+1)
		if int(from) < part.start || int(to) > part.end {
			continue
		}
		text.WriteByte(s.text[i])
		if i >= found.start && i < found.end && isDigit(s.text[i]) {
			digits.WriteByte(s.text[i])
		}
	}
	p.text, p.digits = text.String(), digits.String()
}

// bare tells a part that is nothing but some digits, and those not a year. The
// digits of a prefix with its plus may be fewer.
func (p *piece) bare() bool {
	rest := strings.TrimSpace(p.text)
	least := partLeast
	if strings.HasPrefix(strings.TrimLeft(rest, "("), "+") {
		least = 1
	}
	year := len(rest) == 4 && (strings.HasPrefix(rest, "19") || strings.HasPrefix(rest, "20"))
	return strings.Trim(rest, "0123456789 -./()\n\t*|~_,+") == "" && count(rest, isDigit) == len(p.digits) &&
		len(p.digits) >= least && len(p.digits) <= partMost && !year
}

// quantities tells whether the digits are answers to a question for quantities,
// in a line of the thread beside them or between, or are round ones.
func (c *checker) quantities(j *joint, pieces []piece) bool {
	round := true
	for _, p := range pieces {
		round = round && strings.HasSuffix(p.digits, "00")
	}
	if round {
		return true
	}
	first := j.parts[pieces[0].at].thread - 1
	for _, l := range c.message.Thread[max(0, first-2):] {
		if r := folded(valid(ending(l.Text, threadBytes))); quantity.MatchString(r.Text) {
			return true
		}
	}
	return false
}
