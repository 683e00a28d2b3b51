package sqliteindex

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/parleyhq/parley/retrieval"
	"github.com/parleyhq/parley/retrieval/record"
)

// TestFacetsCodec sets every field that Facets have, so that a new one cannot be forgotten.
func TestFacetsCodec(t *testing.T) {
	var full retrieval.Facets
	v := reflect.ValueOf(&full).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch field := v.Field(i); field.Kind() {
		case reflect.String:
			field.SetString(name + " é\x00")
		case reflect.Int, reflect.Int64:
			field.SetInt(-1 << 40)
		case reflect.Uint64:
			field.SetUint(1<<64 - 1)
		case reflect.Float64:
			field.SetFloat(math.Pi)
		case reflect.Bool:
			field.SetBool(true)
		case reflect.Slice:
			field.Set(reflect.ValueOf([]string{name, "", "茶"}))
		default:
			t.Fatalf("%s has a type that is not tested: %s", name, field.Type())
		}
	}
	encoded := string(encodeFacets(full))
	for _, want := range []retrieval.Facets{full, {}, {ID: "a", Title: "b"}} {
		got, err := decodeFacets(string(encodeFacets(want)))
		if diff := gocmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	// What is cut or changed is an error or other facets, never a panic or endless memory.
	for i := range encoded {
		decodeFacets(encoded[:i])
		decodeFacets(encoded[:i] + "\xff" + encoded[i+1:])
	}
	for _, damaged := range []string{"\x00", "\x7f", "\x01", "\x01\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
		if _, err := decodeFacets(damaged); err == nil {
			t.Errorf("%q is read without an error", damaged)
		}
	}
}

func TestWordsCodec(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var words []occurrence
	number := uint32(1 << 21) // the first distance takes four bytes
	for range 300 {
		number += 1 << random.IntN(8)
		words = append(words, occurrence{number, uint8(1 + random.IntN(255))})
	}
	encoded := encodeWords(words)
	m := newMaker(int(number) + 1)
	length, err := m.count(encoded)
	if err != nil {
		t.Fatal(err)
	}
	m.counted()
	m.add(7, encoded)
	var l lexicon
	m.take(&l)
	sum := uint32(0)
	for _, w := range words {
		sum += uint32(w.count)
		if list := l.lists(w.word)[0]; len(list) != 1 || list[0] != newPosting(7, w.count) {
			t.Fatalf("postings of %d are %v", w.word, list)
		}
	}
	if length != sum {
		t.Errorf("length %d, want %d", length, sum)
	}
	for i := range 20 {
		damaged := slices.Clone(encoded)
		damaged[i] = 0xff
		m.count(damaged) // an error or other words, never a panic
	}
	if _, err := newMaker(100).count(encoded); err == nil {
		t.Error("a word beyond the last one is read without an error")
	}
}

// TestDot: the processor's way gives what the plain way gives, also at the ends of the range.
func TestDot(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for _, stride := range []int{32, 64, 384, 1536, 4096} {
		for _, rows := range []int{0, 1, 2, 33} {
			matrix, query := make([]int8, rows*stride), make([]int16, stride)
			for i := range matrix {
				matrix[i] = []int8{-128, 127, 0, int8(random.IntN(256) - 128)}[random.IntN(4)]
			}
			limit := min(math.MaxInt16, math.MaxInt32/128/stride)
			for i := range query {
				query[i] = int16(random.IntN(2*limit) - limit)
			}
			want, got := make([]int32, rows), make([]int32, rows)
			dotPlain(want, matrix, query)
			dot(got, matrix, query)
			if !slices.Equal(want, got) {
				t.Errorf("%d rows of %d: %v, want %v", rows, stride, got, want)
			}
		}
	}
}

// hardVectors are of kinds that are hard to tell apart by few bits.
func hardVectors(random *rand.Rand, kind string, n, dimensions int) [][]float32 {
	centre := make([]float32, dimensions)
	for i := range centre {
		centre[i] = float32(random.NormFloat64())
	}
	vectors := make([][]float32, n)
	for i := range vectors {
		v := make([]float32, dimensions)
		for k := range v {
			v[k] = float32(random.NormFloat64())
			switch kind {
			case "one cone":
				v[k] = 10*centre[k] + v[k]
			case "nearly equal":
				v[k] = centre[k] + v[k]*1e-3
			case "sparse":
				if random.IntN(20) > 0 {
					v[k] = 0
				}
			case "one large":
				if k == i%3 {
					v[k] *= 1000
				}
			}
		}
		vectors[i], _ = record.Unit(v, dimensions)
	}
	return vectors
}

// TestNearestIsExact compares a scan with all cosines in 64 bits.
func TestNearestIsExact(t *testing.T) {
	n, limit := 3000, 30
	if Racing {
		n = 600
	}
	for _, kind := range []string{"spread", "one cone", "nearly equal", "sparse", "one large"} {
		for _, dimensions := range []int{1, 7, 32, 384, 1000} {
			t.Run(fmt.Sprint(kind, " ", dimensions), func(t *testing.T) {
				random := rand.New(rand.NewPCG(3, uint64(dimensions)))
				vectors := hardVectors(random, kind, n+1, dimensions)
				c, m := newCorpus(1), newMatrix(dimensions)
				for i, v := range vectors[:n] {
					if _, err := c.add(facts{facets: string(encodeFacets(retrieval.Facets{ID: fmt.Sprintf("%05d", i)}))}); err != nil {
						t.Fatal(err)
					}
					m.set(int32(i), v)
				}
				few := make(bits, len(c.alive))
				for range 200 {
					few = few.with(random.Int32N(int32(n)))
				}
				for _, wanted := range []selection{{kept: c.alive, n: n}, {kept: few, n: few.count()}} {
					compareExact(t, c, m, vectors, wanted, limit)
				}
			})
		}
	}
}

// compareExact searches for the last vector.
func compareExact(t *testing.T, c *corpus, m *matrix, vectors [][]float32, wanted selection, limit int) {
	t.Helper()
	const precision = 1.5e-4
	unit := vectors[len(vectors)-1]
	var exact []float64
	cosine := make(map[int32]float64)
	for slot := range wanted.kept.each() {
		sum := 0.0
		for k, v := range vectors[slot] {
			sum += float64(v) * float64(unit[k])
		}
		exact, cosine[slot] = append(exact, sum), sum
	}
	slices.SortFunc(exact, func(a, b float64) int { return cmp.Compare(b, a) })
	best := newTop(c, limit)
	m.nearest(wanted, unit, best)
	best.cut()
	if len(best.list) != limit {
		t.Fatalf("%d found, want %d", len(best.list), limit)
	}
	for i, s := range best.list {
		if math.Abs(float64(s.score)-cosine[s.slot]) > precision || math.Abs(cosine[s.slot]-exact[i]) > 2*precision {
			t.Fatalf("place %d has %v with a cosine of %v, want %v", i, s.score, cosine[s.slot], exact[i])
		}
	}
}

// TestQuantiseBound: the high halves alone are as near as they say.
func TestQuantiseBound(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for _, kind := range []string{"spread", "one cone", "sparse", "one large"} {
		for _, v := range hardVectors(random, kind, 200, 100) {
			high, low := make([]int8, 128), make([]int8, 128)
			q := quantise(high, low, v)
			var coarse, fine float64
			for i, want := range v {
				h := float64(q.step) * highUnit * float64(high[i])
				coarse += (float64(want) - h) * (float64(want) - h)
				f := h + float64(q.step)*float64(low[i])
				fine += (float64(want) - f) * (float64(want) - f)
			}
			if math.Sqrt(coarse) > float64(q.error) || math.Sqrt(fine) > float64(q.step)*0.51*10 {
				t.Fatalf("%s: off by %v and %v where %v and %v are stated", kind, math.Sqrt(coarse), math.Sqrt(fine), q.error, q.step*5)
			}
		}
	}
}
