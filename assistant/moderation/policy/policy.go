// Package policy says what may not be sent: the labels, and for each a text
// that people who review read and a judging model is prompted with.
package policy
