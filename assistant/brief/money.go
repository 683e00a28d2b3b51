package brief

import "strings"

// sum is an expression of money or of a bare number that may be money.
type sum struct {
	from, to  int     // tokens, with "about" before and "an hour" behind
	at        int     // the token where the figure begins
	low, high float64 // 0 for an open end
	currency  string  // "" when none was said
	cents     bool    // said in cents or pence
	scaled    bool    // "4k", "four thousand"
	digits    bool    // said in digits without a scale
	around    bool
	bounded   bool // "up to", "at least"
	pay       string
	per       string
	prior     part // of the sum that this one corrects: where the currency was said
}

// modifier is what a word before or behind a figure makes of it.
type modifier uint8

const (
	about modifier = iota + 1
	atMost
	atLeast
	between
	neutral
	fixedTotal
	hourlyRate
)

var before, behind = newLexicon[modifier](), newLexicon[modifier]()

func init() {
	before.add(about, "about", "around", "roughly", "approximately", "approx", "approx .", "circa", "ca", "ca .", "maybe", "perhaps", "probably",
		"somewhere around", "something like", "somewhere near", "in the region of", "in the ballpark of", "in the range of", "nearly", "almost",
		"close to", "ballpark", "~", "≈", "i guess", "i think", "i'd guess", "more or less", "give or take", "ideally around", "or so", "like",
		"somewhere in the range of")
	before.add(atMost, "up to", "at most", "max", "max .", "maximum", "maximum of", "a maximum of", "a max of", "no more than", "not more than",
		"less than", "under", "below", "not over", "not above", "no higher than", "capped at", "cap of", "a cap of", "<", "within", "can't exceed",
		"not exceed", "not exceeding", "can't go over", "can't go above", "can't go beyond", "can't go higher than", "can't pay more than",
		"cannot pay more than", "can't spend more than", "cannot spend more than", "won't pay more than", "don't want to pay more than",
		"don't want to spend more than", "wouldn't pay more than", "wouldn't pay over", "don't have more than", "don't want to go over",
		"don't want to go above", "not willing to pay more than", "can't afford more than", "cannot exceed", "must not exceed", "shouldn't exceed",
		"should not exceed", "can not pay more than", "stay under", "keep it under", "cheaper than", "can't do more than", "i don't have more than",
		"never more than", "or less than")
	before.add(atLeast, "at least", "minimum", "min", "min .", "minimum of", "a minimum of", "no less than", "not less than", "more than", "over",
		"above", "upwards of", "starting at", "starting from", "from", ">", "north of")
	before.add(between, "between", "somewhere between", "anywhere between", "from", "anywhere from")
	before.add(neutral, "say", "let's say", "just", "only", "exactly", "of", "is", "be", ":", "=", "a total of", "total of", "a", "the", "$ amount")
	before.add(fixedTotal, "a fixed", "fixed", "a flat", "flat", "fixed price of", "flat fee of", "a flat fee of", "lump sum of", "a lump sum of",
		"fixed price", "fixed budget of", "flat rate of", "total budget of", "total budget", "fixed fee of", "fixed at")
	before.add(hourlyRate, "hourly rate of", "an hourly rate of", "hourly rate is", "hourly rate", "hourly", "hourly ,", "hourly :", "rate per hour")

	behind.add(about, "or so", "ish", "- ish", "give or take", "or thereabouts", "roughly", "approx", "approximately", "more or less", "maybe",
		"i guess", "i think", "probably", "ballpark")
	behind.add(atMost, "max", "maximum", "tops", "at most", "or less", "at the most", "or under", "is my max", "is my maximum", "is my limit",
		"is the max", "is the limit", "top", "absolute max", "is the most i can pay", "is all i have", "or below")
	behind.add(atLeast, "minimum", "min", "or more", "at least", "and up", "or above", "and above", "or higher")
	behind.add(fixedTotal, "fixed", "flat", "total", "in total", "all in", "all together", "altogether", "fixed price", "flat fee", "lump sum",
		"one off", "for everything", "for all of it", "for the lot", "for the whole thing", "for the whole project", "for the whole job",
		"for the entire project", "for the complete project", "per project", "a project", "for the whole lot", "overall", "as a fixed price",
		"as a flat fee", "fixed budget", "for the project")
	behind.add(hourlyRate, "/ hr", "/ h", "/ hour", "/ hrs", "per hour", "per hr", "per h", "an hour", "a hour", "hourly", "each hour", "every hour",
		"ph", "p / h", "the hour", "/ per hour", "per working hour", "hr", "an hr", "/ std", "by the hour", "/ hourly")
}

// sumAt reads the expression that begins at token i.
func (v *view) sumAt(i int) (sum, bool) {
	s := sum{from: i}
	at, range2 := v.modifiers(&s, i)
	s.at = at
	found, end := v.currencyAt(at, true)
	f, ok := v.groupedFigure(end, found != "")
	if !ok || f.vague && found == "" {
		return s, false
	}
	if f.words && at > i && v.is(at-1, "a", "an") && s.from == at {
		s.from-- // "a hundred bucks"
	}
	s.currency = found
	s.take(v, f)
	first := f
	end = v.currencyBehind(&s, f.end)
	if next, second, ok := v.rangeEnd(&s, end, range2); ok {
		end = v.currencyBehind(&s, next)
		if second.scale > first.scale && first.scale == 1 && s.low*second.scale <= second.value {
			s.low *= second.scale
		}
		if second.value < s.low {
			return s, false
		}
		s.high = second.value
		s.scaled = s.scaled || second.scale > 1
	}
	s.to = v.trailers(&s, end)
	if s.per == "" && s.pay == "" && max(s.low, s.high) >= 50 && v.is(s.to, "a") && v.is(s.to+1, "month", "week", "day", "year") {
		s.per = v.low(s.to + 1)
		s.to = v.trailers(&s, s.to+2) // "max. 350 a month"
	}
	if s.currency == "" && !s.cents && v.is(s.to, ",", "(") {
		if found, end := v.currencyAt(s.to+1, false); found != "" {
			s.currency, s.to = found, end // "150 a month max, pounds"
		}
	}
	return s, true
}

// groupedFigure is figureAt, but reads "2 500,50" as one number where a
// currency stands before or behind it.
func (v *view) groupedFigure(i int, currency bool) (figure, bool) {
	f, ok := v.figureAt(i)
	if !ok || f.words || f.scale != 1 || len(v.low(i)) > 3 || f.end >= len(v.tokens) || v.tokens[f.end].kind != number || v.tokens[f.end].start != v.tokens[i].end+1 {
		return f, ok
	}
	rest := v.low(f.end)
	if len(rest) < 3 || len(rest) > 6 || !threeDigits(rest, 0) {
		return f, ok
	}
	if found, _ := v.currencyAt(f.end+1, false); found == "" && !currency {
		return f, ok
	}
	value := parseDigits(v.low(i) + rest)
	if len(rest) > 3 {
		value = parseDigits(v.low(i) + rest[:3] + strings.Replace(rest[3:], ",", ".", 1))
	}
	return figure{value: value, scale: 1, end: f.end + 1}, value >= 0
}

// take begins the expression with its first figure, as the words before say.
func (s *sum) take(v *view, f figure) {
	s.scaled, s.digits = f.scale >= 100, !f.words && f.scale == 1
	if !s.bounded {
		s.low, s.high = f.value, f.value
		return
	}
	if s.high != 0 {
		s.low, s.high = 0, f.value
	} else {
		s.low, s.high = f.value, 0
	}
}

// modifiers reads what stands before a figure and returns where that begins.
func (v *view) modifiers(s *sum, i int) (at int, ranged bool) {
	for at = i; at < i+8; {
		if found, _ := v.currencyAt(at, true); found != "" {
			return at, ranged // "A$80"
		}
		means, end, ok := before.match(v, at)
		if !ok || end > at && at > i && means == neutral && v.is(at, "a", "the") {
			return at, ranged
		}
		switch means {
		case about:
			s.around = true
		case atMost:
			s.bounded, s.low, s.high = true, 0, 1
		case atLeast:
			s.bounded, s.low, s.high = true, 1, 0
		case between:
			ranged = true
		case neutral:
			if at == s.from {
				s.from = end
			}
		case fixedTotal:
			s.pay = "fixed"
		case hourlyRate:
			s.pay = "hourly"
		}
		if means == atLeast && v.is(at, "from") {
			ranged = true
		}
		at = end
	}
	return at, ranged
}

// currencyBehind reads a currency behind a figure, when there was none before,
// and a plus sign.
func (v *view) currencyBehind(s *sum, i int) int {
	if v.low(i) == "+" && v.tokens[i].tight {
		s.bounded, s.high = true, 0
		i++
	}
	if v.is(i, ",", ".") && v.is(i+1, "-", "–") && v.tokens[i].tight && v.tokens[i+1].tight {
		i += 2 // "4.000,- EUR"
	}
	if v.is(i, "us", "usd", "euro", "eur", "american") && v.is(i+1, "cents", "cent") {
		s.cents, s.currency = true, "USD"
		if v.is(i, "euro", "eur") {
			s.currency = "EUR"
		}
		return i + 2
	}
	if v.is(i, "cents", "cent", "¢", "pence", "p") && (v.low(i) != "p" || v.tokens[i].tight) {
		s.cents = true
		if v.is(i, "pence", "p") {
			s.currency = "GBP"
		}
		return i + 1
	}
	found, end := v.currencyAt(i, false)
	if found == "" {
		return i
	}
	if s.currency != "" && s.currency != found && s.currency != "$" {
		return i
	}
	s.currency = found
	if v.low(end) == "+" && v.tokens[end].tight {
		s.bounded, s.high = true, 0
		end++
	}
	return end
}

// rangeEnd reads "- 4k", "to 45", "and 45" behind the first figure of a range.
func (v *view) rangeEnd(s *sum, i int, ranged bool) (end int, second figure, ok bool) {
	switch v.low(i) {
	case "-", "\u2013", "\u2014", "to", "~":
	case "and", "or":
		if v.low(i) == "and" && !ranged {
			return 0, second, false
		}
	default:
		return 0, second, false
	}
	at := i + 1
	if means, next, found := before.match(v, at); found && (means == about || means == atMost) {
		at = next
	}
	found, at := v.currencyAt(at, true)
	second, ok = v.figureAt(at)
	if !ok || s.bounded && !ranged && s.high != 0 {
		return 0, second, false
	}
	if found != "" {
		if s.currency != "" && s.currency != found {
			return 0, second, false
		}
		s.currency = found
	}
	s.bounded = false
	return second.end, second, true
}

var units = map[string]string{
	"day": "day", "week": "week", "wk": "week", "month": "month", "mo": "month", "year": "year", "yr": "year", "word": "word", "page": "page", "article": "article", "post": "post", "video": "video", "image": "image", "photo": "photo", "minute": "minute",
	"min": "minute", "piece": "piece", "item": "item", "lesson": "lesson", "session": "session", "call": "call", "lead": "lead", "product": "product", "design": "design", "slide": "slide", "episode": "episode", "chapter": "chapter", "logo": "logo",
	"song": "song", "track": "track", "illustration": "illustration", "blog": "blog post", "person": "person", "task": "task", "milestone": "milestone", "character": "character", "line": "line", "sheet": "sheet", "drawing": "drawing", "appointment": "appointment", "class": "class", "annum": "year",
	"banner": "banner", "translation": "translation", "edit": "edit", "reel": "reel", "clip": "clip", "email": "email", "description": "description", "listing": "listing", "entry": "entry", "record": "record", "question": "question", "student": "student", "audio": "audio minute", "icon": "icon", "screen": "screen", "render": "render", "model": "model", "shift": "shift", "sale": "sale",
}
