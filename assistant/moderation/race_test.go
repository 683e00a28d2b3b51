//go:build race

package moderation_test

const underRace = true
