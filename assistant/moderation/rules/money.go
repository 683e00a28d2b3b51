package rules

import (
	"crypto/sha256"
	"math/big"
	"strings"
)

// cashtags finds "$name"; "$(…)", "${…}" and prices are something else.
func cashtags(s *scan) (found []span) {
	for at := 0; ; {
		i := strings.IndexByte(s.text[at:], '$')
		if i < 0 {
			return found
		}
		start := at + i
		end := start + 1
		for end < len(s.text) && (isLetter(s.text[end]) || isDigit(s.text[end]) || s.text[end] == '_' || s.text[end] == '-') {
			end++
		}
		if end-start >= 4 && isLetter(s.text[start+1]) && (start == 0 || !isWordByte(s.text[start-1])) {
			found = append(found, span{start, end})
		}
		at = end
	}
}

// upiBanks are what stands behind the @ of a UPI address.
var upiBanks = map[string]bool{"upi": true, "ybl": true, "ibl": true, "axl": true, "apl": true, "paytm": true, "okaxis": true, "oksbi": true, "okhdfcbank": true, "okicici": true, "icici": true, "hdfcbank": true, "sbi": true, "axisbank": true, "kotak": true, "yesbank": true, "waicici": true, "wahdfcbank": true, "wasbi": true, "freecharge": true, "airtel": true, "jupiteraxis": true, "fam": true, "ptsbi": true, "pthdfc": true, "ptaxis": true, "ptyes": true}

// upis finds "jane@okaxis".
func upis(s *scan) (found []span) {
	for _, n := range atPairs(s.text) {
		bank := s.text[n.sign+1 : n.end]
		if upiBanks[bank] && (n.end >= len(s.text) || s.text[n.end] != '.') {
			found = append(found, span{n.start, n.end})
		}
	}
	return found
}

// atPair is "name@word".
type atPair struct{ start, sign, end int }

func atPairs(text string) (found []atPair) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			return found
		}
		p := atPair{sign: at + i}
		p.start, p.end = p.sign, p.sign+1
		for p.start > 0 && (isLabelByte(text[p.start-1]) || strings.IndexByte("._-", text[p.start-1]) >= 0) {
			p.start--
		}
		for p.end < len(text) && isLabelByte(text[p.end]) {
			p.end++
		}
		if p.start < p.sign && p.end > p.sign+1 {
			found = append(found, p)
		}
		at = p.sign + 1
	}
}

// ibans finds account numbers of the form of ISO 13616 whose checksum holds.
func ibans(s *scan) (found []span) {
	for i := range s.words {
		start := int(s.words[i].start)
		if w := s.text[start:s.words[i].end]; len(w) < 4 || !isLetter(w[0]) || !isLetter(w[1]) || !isDigit(w[2]) || !isDigit(w[3]) {
			continue
		}
		if end := ibanAt(s.text, start); end > 0 {
			found = append(found, span{start, end})
		}
	}
	return found
}

// ibanAt returns where the account number at a place ends, 0 for none.
func ibanAt(text string, start int) int {
	remainder, n, digits := 0, 0, 0
	var head [4]byte
	end := 0
	for at := start; at < len(text) && n < 34; at++ {
		c := text[at]
		if c == ' ' || c == '-' {
			continue
		}
		if !isLabelByte(c) {
			break
		}
		if n < 4 {
			head[n] = c
		} else {
			remainder = mod97(remainder, c)
		}
		n++
		if isDigit(c) {
			digits++
		}
		if n >= 15 && 2*digits > n && (at+1 == len(text) || !isLabelByte(text[at+1])) {
			sum := remainder
			for _, h := range head {
				sum = mod97(sum, h)
			}
			if sum == 1 {
				end = at + 1
			}
		}
	}
	return end
}

func mod97(sum int, c byte) int {
	if isDigit(c) {
		return (sum*10 + int(c-'0')) % 97
	}
	return (sum*100 + int(c|0x20-'a') + 10) % 97
}

// wallets finds addresses of Bitcoin, Ethereum and Tron.
func wallets(s *scan) (found []span) {
	for i := range s.words {
		w := s.words[i]
		size := int(w.end - w.start)
		if size < 26 || size > 62 {
			continue
		}
		if s.wallet(int(w.start), int(w.end)) {
			found = append(found, span{int(w.start), int(w.end)})
		}
	}
	return found
}

func (s *scan) wallet(start, end int) bool {
	lower := s.text[start:end]
	switch {
	case strings.HasPrefix(lower, "0x"):
		return len(lower) == 42 && strings.Trim(lower[2:], "0123456789abcdef") == ""
	case strings.HasPrefix(lower, "bc1"):
		return len(lower) >= 42 && strings.Trim(lower[3:], "023456789acdefghjklmnpqrstuvwxyz") == ""
	case s.original == "":
		return false
	}
	from, to := s.reading.Span(start, end)
	return base58Check(sliceUnits(s.original, from, to))
}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// base58Check tests the checksum of an address: the last four bytes are the
// first of the double SHA-256 of the 21 before them.
func base58Check(address string) bool {
	if len(address) < 26 || len(address) > 35 || strings.IndexByte("13T", address[0]) < 0 {
		return false
	}
	n := new(big.Int)
	for i := range len(address) {
		d := strings.IndexByte(base58, address[i])
		if d < 0 {
			return false
		}
		n.Mul(n, big.NewInt(58)).Add(n, big.NewInt(int64(d)))
	}
	if n.BitLen() > 25*8 {
		return false
	}
	var raw [25]byte
	n.FillBytes(raw[:])
	once := sha256.Sum256(raw[:21])
	twice := sha256.Sum256(once[:])
	return string(twice[:4]) == string(raw[21:])
}
