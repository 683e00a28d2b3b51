package rules

import (
	"strconv"
	"strings"
)

// Numbers as words, in English, Spanish, French, German and Portuguese. Values
// below ten are the digits of phone numbers; tens join with a unit behind them.
var numerals = func() map[string]int {
	table := map[string]int{}
	for value, words := range []string{
		"zero oh nought naught nil cero null zeros", "one uno una un eins ein um uma une won", "two dos deux zwei dois duas zwo", "three tres trois drei tree",
		"four cuatro quatre vier quatro fower", "five cinco cinq funf fuenf fife", "six seis sechs meia", "seven siete sept sieben sete", "eight ocho huit acht oito", "nine nueve neuf neun nove niner",
		"ten diez dix zehn dez", "eleven once onze elf", "twelve doce douze zwolf zwoelf doze", "thirteen trece treize dreizehn treze", "fourteen catorce quatorze vierzehn",
		"fifteen quince quinze funfzehn fuenfzehn", "sixteen dieciseis seize sechzehn dezesseis", "seventeen diecisiete siebzehn dezessete", "eighteen dieciocho achtzehn dezoito", "nineteen diecinueve neunzehn dezenove",
	} {
		for w := range strings.FieldsSeq(words) {
			table[w] = value
		}
	}
	for i, words := range []string{"twenty veinte vingt zwanzig vinte", "thirty treinta trente dreissig trinta", "forty fourty cuarenta quarante vierzig quarenta", "fifty cincuenta cinquante funfzig fuenfzig cinquenta",
		"sixty sesenta soixante sechzig sessenta", "seventy setenta septante siebzig", "eighty ochenta octante achtzig oitenta", "ninety noventa nonante neunzig"} {
		for w := range strings.FieldsSeq(words) {
			table[w] = 10 * (i + 2)
		}
	}
	for unit, u := range []string{"ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"} {
		for ten, t := range []string{"zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"} {
			table[u+"und"+t] = 10*(ten+2) + unit + 1
		}
	}
	for unit, u := range []string{"un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"} {
		table["veinti"+u] = 21 + unit
	}
	return table
}()

// weakNumerals sound like digits, or are that only among others.
var weakNumerals = map[string]string{"for": "4", "to": "2", "too": "2", "ate": "8", "o": "0", "hundred": "00", "cien": "00", "cent": "00", "hundert": "00"}

// between may stand between the parts of a spelled number.
var betweenNumerals = map[string]bool{"and": true, "y": true, "e": true, "et": true, "then": true, "dash": true, "hyphen": true, "space": true, "luego": true, "puis": true, "dann": true, "depois": true, "guion": true, "tiret": true, "strich": true}

var repeats = map[string]int{"double": 2, "doble": 2, "doppel": 2, "doppelt": 2, "twice": 2, "triple": 3, "treble": 3, "dreifach": 3}

// opening are the words that a spelled number can begin with.
var opening = func() map[string]bool {
	set := map[string]bool{"plus": true}
	for w := range numerals {
		set[w] = true
	}
	for w := range repeats {
		set[w] = true
	}
	return set
}()

// spell reads digits from tokens that spell them. It is a little machine: it
// takes one word after the other and keeps what they say.
type spell struct {
	digits   strings.Builder
	words    int  // that are numbers and nothing else
	ascents  int  // of one: "one two three" counts
	last     int  // value of the word before, -1 for none
	open     int  // tens that a unit may join, 0 for none
	joined   bool // "and" stood behind the tens
	times    int  // "double"
	vingt    bool // French: quatre may become quatre-vingt
	thousand bool // then it is an amount
}

// take reads a token; false when it is none of a number.
func (p *spell) take(token string) bool {
	if count(token, isDigit) == len(token) {
		p.figures(token)
		return true
	}
	if parts := mixed(token); parts != nil {
		for _, part := range parts {
			if v, is := numerals[part]; is {
				p.value(v)
			} else {
				p.figures(strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(part))
			}
		}
		return true
	}
	if n := repeats[token]; n > 0 {
		p.times = n
		return true
	}
	if token == "plus" && p.digits.Len() == 0 {
		p.digits.WriteByte('+')
		return true
	}
	if v, is := numerals[token]; is {
		p.value(v)
		return true
	}
	if d, is := weakNumerals[token]; is && p.digits.Len() > 0 {
		p.digits.WriteString(d)
		p.open, p.last = 0, -1
		return true
	}
	if betweenNumerals[token] && p.digits.Len() > 0 {
		p.joined = p.open > 0
		return true
	}
	p.thousand = p.thousand || token == "thousand" || token == "million" || token == "mil" || token == "mille" || token == "tausend"
	return false
}

func (p *spell) figures(digits string) {
	for range max(1, p.times) {
		p.digits.WriteString(digits)
	}
	p.open, p.times, p.last, p.vingt = 0, 0, -1, false
}

// mixed cuts a token such as "five5five", "o4nine" or "zerooneone" into words
// and figures; nil when it is something else.
func mixed(token string) (parts []string) {
	words, digits := 0, count(token, isDigit)
	if len(token) < 3 || len(token) > 60 || digits == 0 && (len(token) < 6 || !numeralAt(token)) || numerals[token] > 0 || opening[token] {
		return nil
	}
	for at := 0; at < len(token); {
		if c := token[at]; isDigit(c) || digits > 0 && (c == 'o' || c == 'l' || c == 'i') && !numeralAt(token[at:]) {
			parts = append(parts, token[at:at+1])
			at++
			continue
		}
		n := min(6, len(token)-at)
		for ; n >= 3; n-- {
			if v, is := numerals[token[at:at+n]]; is && v < 10 {
				break
			}
		}
		if n < 3 {
			return nil
		}
		parts = append(parts, token[at:at+n])
		words++
		at += n
	}
	if words < 2 && digits == 0 {
		return nil
	}
	return parts
}

func numeralAt(text string) bool {
	for n := 3; n <= min(5, len(text)); n++ {
		if v, is := numerals[text[:n]]; is && v < 10 {
			return true
		}
	}
	return false
}

func (p *spell) value(v int) {
	p.words++
	if p.last >= 0 && v == p.last+1 {
		p.ascents++
	}
	p.last = v
	switch {
	case p.vingt && v == 20: // quatre-vingt
		p.rewrite(1, 80)
		p.open = 80
	case p.open == 60 && v >= 10 && v < 20, p.open == 80 && v >= 10 && v < 20: // soixante-dix, quatre-vingt-onze
		p.rewrite(2, p.open+v)
		p.open = p.open + v - v%10
		if v != 10 {
			p.open = 0
		}
	case p.open > 0 && v > 0 && v < 10:
		p.rewrite(2, p.open+v)
		p.open = 0
	default:
		for range max(1, p.times) {
			p.digits.WriteString(strconv.Itoa(v))
		}
		p.open = 0
		if v >= 20 && v%10 == 0 {
			p.open = v
		}
	}
	p.vingt = v == 4 && p.times == 0
	p.times, p.joined = 0, false
}

// rewrite replaces the last n digits.
func (p *spell) rewrite(n, v int) {
	was := p.digits.String()
	p.digits.Reset()
	p.digits.WriteString(was[:len(was)-n] + strconv.Itoa(v))
}

// says tells whether what was read is likely a number that was spelled out,
// and not a count or an amount.
func (p *spell) says() bool {
	n := p.digits.Len()
	return !p.thousand && p.words >= 3 && n >= 6 && (p.words >= 4 || n >= 7) && p.ascents < p.words-2
}
