// Package contacts finds the ways to reach a person that people write into
// texts: e-mail addresses, phone numbers, names on messengers, and links to
// profiles. [Find] says where they are, [Mask] takes them out.
//
// It errs on the side of the text: what looks as much like a version, a price,
// a date or a piece of code as like a contact is left. It is no proof against
// somebody who hides a number in words.
package contacts

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is a way to reach somebody.
type Kind string

// The kinds that are told apart.
const (
	Email  Kind = "email"
	Phone  Kind = "phone"
	Handle Kind = "handle"  // a name on a messenger
	Link   Kind = "profile" // the address of a profile, or of a chat with somebody
)

// Contact is a piece of a text; Start and End are offsets in bytes.
type Contact struct {
	Kind       Kind
	Start, End int
}

// Find returns the contacts in a text in their order; none overlaps another.
func Find(text string) []Contact {
	var found []Contact
	for _, find := range []func(string) []Contact{emails, links, handles, phones} {
		found = with(found, find(text))
	}
	return found
}

// Mask puts "[email]", "[phone]", "[handle]" or "[profile]" in the place of
// each contact, and returns how many there were. Masking again changes nothing.
func Mask(text string) (masked string, contacts int) {
	found := Find(text)
	if len(found) == 0 {
		return text, 0
	}
	var b strings.Builder
	at := 0
	for _, c := range found {
		b.WriteString(text[at:c.Start])
		b.WriteString("[" + string(c.Kind) + "]")
		at = c.End
	}
	b.WriteString(text[at:])
	return b.String(), len(found)
}

// with adds those contacts to a list in order that overlap none of it.
func with(found, more []Contact) []Contact {
	known := found
	for _, c := range more {
		if !overlaps(known, c) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b Contact) int { return cmp.Compare(a.Start, b.Start) })
	return found
}

// overlaps looks a contact up in a list that is in order.
func overlaps(found []Contact, c Contact) bool {
	after, _ := slices.BinarySearchFunc(found, c.End, func(f Contact, end int) int { return cmp.Compare(f.Start, end) })
	return after > 0 && c.Start < found[after-1].End
}
