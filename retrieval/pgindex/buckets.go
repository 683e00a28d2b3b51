package pgindex

import (
	"fmt"
	"math"
	"strconv"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// Numbers and dates are found by lexemes too: each is put in a bucket with a
// number from 0 to 9999, and a document has the bucket's four digits and the
// first three and two of them. A range is then few lexemes, whatever its
// length: 0458 to 0612 is 0458, 0459, 046, …, 049, 05, 060, 0610, 0611, 0612.
// What is in the first and last bucket is compared by its column as well.

const lastBucket = 9999

// prefixesOf are the lexemes of a document with values in the buckets low to high.
func prefixesOf(name string, low, high int) []string {
	var list []string
	for digits, width := 4, 1; digits >= 2; digits, width = digits-1, width*10 {
		for n := low / width; n <= high/width; n++ {
			list = append(list, bucketLexeme(name, n, digits))
		}
	}
	return list
}

// cover returns the lexemes one of which each document in the buckets low to high has.
func cover(name string, low, high int) []string {
	low, high = max(low, 0), min(high, lastBucket)
	var list []string
	for low <= high {
		digits, width := 4, 1
		for digits > 2 && low%(width*10) == 0 && low+width*10-1 <= high {
			digits, width = digits-1, width*10
		}
		list = append(list, bucketLexeme(name, low/width, digits))
		low += width
	}
	return list
}

func bucketLexeme(name string, n, digits int) string {
	return fmt.Sprintf("=%s:%0*d", name, digits, n)
}

// payBucket: each is a fifth wider than the one below, up to 160 for retrieval.MaxPay.
func payBucket(amount int64) int {
	if amount <= 1 {
		return 0
	}
	return int(4 * math.Log2(float64(amount)))
}

const lastPayBucket = 4 * 40

// payLexemes are those of what a document pays.
func payLexemes(f retrieval.Facets) []string {
	low, high := record.Pay(f)
	if high <= 0 {
		return nil
	}
	return prefixesOf("pay:"+f.Currency, payBucket(low), payBucket(high))
}

func payCover(r retrieval.PayRange) []string {
	first, last := payBucket(r.Min), lastPayBucket
	if r.Max != 0 {
		last = payBucket(r.Max)
	}
	return cover("pay:"+r.Currency, min(first, last), max(first, last))
}

const firstYear = 1990 // before which no document is dated

// lastMonth is December 2100.
const lastMonth = (2100-firstYear)*12 + 11

// monthBucket returns the month of a day that begins with YYYY-MM.
func monthBucket(day string) (int, bool) {
	if len(day) < 7 || day[4] != '-' {
		return 0, false
	}
	year, wrong := strconv.ParseUint(day[:4], 10, 16)
	month, wrongMonth := strconv.ParseUint(day[5:7], 10, 8)
	if wrong != nil || wrongMonth != nil || month < 1 || month > 12 {
		return 0, false
	}
	return min(max((int(year)-firstYear)*12+int(month)-1, 0), lastMonth), true
}

func dayLexemes(name, day string) []string {
	month, ok := monthBucket(day)
	if !ok {
		return nil
	}
	return prefixesOf(name, month, month)
}

// dayCover covers two days, each open where it is no date.
func dayCover(name, from, to string) []string {
	first, ok := monthBucket(from)
	if !ok {
		first = 0
	}
	last, ok := monthBucket(to)
	if !ok {
		last = lastMonth
	}
	return cover(name, first, last)
}
