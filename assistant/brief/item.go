package brief

import (
	"slices"
	"strings"
)

// most is how many entries a list slot keeps; what a person pastes may have thousands.
const most = 60

// add puts an item into a list. One that says the same as, or less than, an
// entry is not repeated; one that says more replaces it.
func add(list []Item, item Item) (result []Item, changed bool) {
	if len(list) >= most {
		return list, false
	}
	for k, old := range list {
		switch {
		case strings.EqualFold(old.Text, item.Text):
			return list, false
		case containsPhrase(old.Text, item.Text):
			return list, false
		case containsPhrase(item.Text, old.Text):
			list[k] = item
			return list, true
		}
	}
	return append(list, item), true
}

// addName puts a name into a list in which only equal names are the same.
func addName(list []Item, item Item) (result []Item, changed bool) {
	if at := indexOf(list, item.Text); at >= 0 && list[at].Implied && !item.Implied {
		list[at] = item
		return list, true
	}
	if indexOf(list, item.Text) >= 0 || len(list) >= most {
		return list, false
	}
	return append(list, item), true
}

func indexOf(list []Item, text string) int {
	return slices.IndexFunc(list, func(i Item) bool { return strings.EqualFold(i.Text, text) })
}

func drop(list []Item, text string) []Item {
	if at := indexOf(list, text); at >= 0 {
		return slices.Delete(list, at, at+1)
	}
	return list
}

// containsPhrase reports whether a text has another one as whole words at its
// beginning or end.
func containsPhrase(text, part string) bool {
	low, inner := strings.ToLower(text), strings.ToLower(part)
	if len(low) <= len(inner) {
		return false
	}
	return strings.HasPrefix(low, inner) && !isWordByte(low[len(inner)]) || strings.HasSuffix(low, inner) && !isWordByte(low[len(low)-len(inner)-1])
}

func isWordByte(c byte) bool { return c >= 'a' && c <= 'z' || isDigit(c) || c >= 0x80 }
