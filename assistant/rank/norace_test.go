//go:build !race

package rank_test

// perPost is how many people of each development case are judged.
const perPost = 3
