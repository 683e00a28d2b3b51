//go:build race

package rank_test

// perPost is how many people of each development case are judged: the race detector makes it slow.
const perPost = 1
