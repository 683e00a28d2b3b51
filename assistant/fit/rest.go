package fit

import "strings"

// rest is what no reader understood of a wish, in its words.
func (x *reading) rest() string {
	var left []string
	for _, u := range x.units() {
		from, to := -1, 0
		for i := u.from; i < u.to; i++ {
			if !x.taken[i] && x.Word(i) && !plain(x.Low(i)) && !doing[x.Low(i)] {
				if from < 0 {
					from = i
				}
				to = i + 1
			}
		}
		if from >= 0 {
			left = append(left, x.Quote(from, to))
		}
	}
	return strings.Join(left, ", ")
}
