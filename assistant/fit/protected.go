package fit

// protected are words for what people are and nobody is chosen by here.
var protected = set(`woman women female females man men male males girl girls boy boys lady ladies gentleman gentlemen guys young younger youngish old older elderly millennial millennials
	married single unmarried pregnant mothers fathers childless white black brown caucasian christian christians catholic muslim muslims jewish jews hindu hindus buddhist atheist
	gay lesbian straight lgbt queer trans disabled handicapped healthy attractive pretty handsome blonde`)

// refusals takes the clauses of a wish that ask for nothing but what people
// are: "only women", "no older people". They are never read as conditions.
func (x *reading) refusals(w *Wish) {
	for _, u := range x.units() {
		for i := u.from; i < u.to; i++ {
			if x.taken[i] || !protected[x.Low(i)] || !x.onlyProtected(u) {
				continue
			}
			w.Refused = x.Quote(u.from, u.to)
			x.take(u.from, u.to)
			break
		}
	}
}

// onlyProtected reports whether a clause has no telling word beside protected ones.
func (x *reading) onlyProtected(u unit) bool {
	for i := u.from; i < u.to; i++ {
		if x.Word(i) && !protected[x.Low(i)] && !plain(x.Low(i)) && !workerWords[x.Low(i)] && !doing[x.Low(i)] {
			return false
		}
	}
	return !x.before(u.to, u.to-u.from, "for", "with", "about", "worked", "teach", "taught")
}
