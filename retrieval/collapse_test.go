package retrieval_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/parleyhq/parley/retrieval"
)

const shopText = `We sell handmade candles and need an online shop before the winter markets begin. Customers should choose scent and size, pay by
card or invoice, and see when their order leaves our workshop in {city}. About ninety products, photographs are there, texts must be
shortened. Please show two shops that you have built alone, and say how you would move our newsletter with its four thousand readers.`

func candlePost(id, title, city string) retrieval.Document {
	return post(id, title, strings.ReplaceAll(shopText, "{city}", city))
}

func TestRepeatedPostsAreShownOnceAndNamed(t *testing.T) {
	other := post("other", "Online shop for candles", strings.Join(strings.Fields(`Our candle shop exists, and runs on WooCommerce. It is slow on phones, the
basket forgets what was put into it, and the photographs are far too large. Find out why, mend it, and write down what you did so that our own
people can look after the shop from then on. We think of two weeks, half of it on call while we test with customers in the evenings.`), " "))
	for _, tt := range []struct {
		name   string
		repeat retrieval.Document
		same   bool
	}{
		{"word for word", candlePost("b", "Online shop for candles", "Bremen"), true},
		{"in another city", candlePost("b", "Online shop for candles", "Lyon, France"), true},
		{"under a slightly changed title", candlePost("b", "Need an online shop for our candles", "Bremen"), true},
		{"in capitals and with other marks", post("b", "ONLINE SHOP for candles!!", strings.ToUpper(strings.ReplaceAll(shopText, "{city}", "Bremen"))), true},
		{"of the same title, about other work", other, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := loaded(t, append(shopPosts(), candlePost("a", "Online shop for candles", "Bremen"), tt.repeat))
			hits := searched(t, r, retrieval.KindJobPost, "an online shop for candles")
			first, second := place(hits, "a"), place(hits, tt.repeat.ID)
			if !tt.same {
				if first < 0 || second < 0 {
					t.Errorf("found %v, want both posts", found(hits))
				}
				return
			}
			if (first < 0) == (second < 0) {
				t.Fatalf("found %v, want one of the two", found(hits))
			}
			kept, gone := hits[max(first, second)], "a"
			if first >= 0 {
				gone = tt.repeat.ID
			}
			if !slices.Equal(kept.Repeats, []string{gone}) {
				t.Errorf("%s repeats %v, want %s named", kept.ID, kept.Repeats, gone)
			}
		})
	}
}

// TestRepeatsDoNotUseUpTheLimit loads more copies of a post than the lists are
// asked for at first.
func TestRepeatsDoNotUseUpTheLimit(t *testing.T) {
	docs := shopPosts()
	for i := range 150 {
		docs = append(docs, candlePost("copy-"+string(rune('a'+i/26))+string(rune('a'+i%26)), "Online shop for candles", "Bremen"))
	}
	r, _ := loaded(t, docs)
	hits, err := r.Search(t.Context(), retrieval.Query{Filter: retrieval.Filter{Tenant: "t", Kind: retrieval.KindJobPost}, Text: "online shop for candles", Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(hits) != 3 || len(hits[0].Repeats) == 0 {
		t.Errorf("found %v, want 3 different posts", found(hits))
	}
}

func TestPeopleAreNeverCollapsed(t *testing.T) {
	r, _ := loaded(t, []retrieval.Document{freelancer("a", 5, 9, 9), freelancer("b", 5, 9, 9)})
	if hits := searched(t, r, retrieval.KindProfile, "bookkeeper"); len(hits) != 2 {
		t.Errorf("found %v, want both", found(hits))
	}
}
