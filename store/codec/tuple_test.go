package codec_test

import (
	"bytes"
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/codec"
)

func TestTuplesOrderByTheirFields(t *testing.T) {
	rnd := random(t)
	str, num, when := codec.String[string](), codec.Int[int](), codec.Time()
	words, numbers := texts[string](rnd), ints[int](rnd)

	testKeys(t, pairs(num, num), comparePair(cmp.Compare[int], cmp.Compare[int]), product(rnd, numbers, numbers, 100))
	testKeys(t, pairs(str, str), comparePair(cmp.Compare[string], cmp.Compare[string]), product(rnd, words, words, 100))
	testKeys(t, pairs(str, num), comparePair(cmp.Compare[string], cmp.Compare[int]), product(rnd, words, numbers, 100))
	testKeys(t, pairs(str, codec.Descending(str)), comparePair(cmp.Compare[string], reverse(cmp.Compare[string])), product(rnd, words, words, 100))
	testKeys(t, pairs(codec.Descending(str), num), comparePair(reverse(cmp.Compare[string]), cmp.Compare[int]), product(rnd, words, numbers, 100))
	testKeys(t, pairs(codec.Descending(when), codec.Descending(num)), comparePair(reverse(time.Time.Compare), reverse(cmp.Compare[int])),
		product(rnd, times(rnd), numbers, 50))
	testKeys(t, pairs(codec.Bool[bool](), codec.Float[float64]()), comparePair(compareBool[bool], cmp.Compare[float64]),
		product(rnd, []bool{false, true}, floats[float64](rnd), 50))

	// A tuple in a tuple, on either side.
	inner := product(rnd, words, words, 50)
	compareInner := comparePair(cmp.Compare[string], cmp.Compare[string])
	testKeys(t, pairs(pairs(str, str), num), comparePair(compareInner, cmp.Compare[int]), product(rnd, inner, numbers, 50))
	testKeys(t, pairs(num, pairs(str, str)), comparePair(cmp.Compare[int], compareInner), product(rnd, numbers, inner, 50))
	testKeys(t, codec.Descending(pairs(str, str)), reverse(compareInner), inner)
	testKeys(t, pairs(keyOf[port](t), keyOf[label](t)), comparePair(cmp.Compare[port], cmp.Compare[label]),
		product(rnd, uints[port](rnd), texts[label](rnd), 50))
}

// entry is a key of three fields.
type entry struct {
	room string
	day  int
	who  string
}

func entries(room, who codec.Key[string], day codec.Key[int]) codec.Key[entry] {
	return codec.Tuple3(room, day, who,
		func(e entry) (string, int, string) { return e.room, e.day, e.who },
		func(room string, day int, who string) entry { return entry{room, day, who} })
}

func TestTriplesOrderByTheirFields(t *testing.T) {
	rnd := random(t)
	str, num := codec.String[string](), codec.Int[int]()
	var keys []entry
	words, numbers := texts[string](rnd), ints[int](rnd)
	for range 150 {
		keys = append(keys, entry{words[rnd.IntN(5)], numbers[rnd.IntN(4)], words[rnd.IntN(len(words))]})
	}
	compare := func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(a.day, b.day), cmp.Compare(a.who, b.who))
	}
	c := entries(str, str, num)
	assert.Equal(t, "tuple(string,int,string)", c.Name())
	testKeys(t, c, compare, keys)
	c = entries(str, codec.Descending(str), codec.Descending(num))
	assert.Equal(t, "tuple(string,descending(int),descending(string))", c.Name())
	testKeys(t, c, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(b.day, a.day), cmp.Compare(b.who, a.who))
	}, keys)

	assert.True(t, c.Ordered())
	assert.False(t, entries(codec.Unordered(str), str, num).Ordered())
	assert.False(t, entries(str, codec.Unordered(str), num).Ordered())
	assert.False(t, entries(str, str, codec.Unordered(num)).Ordered())
}

func TestDescendingIsTheReverse(t *testing.T) {
	rnd := random(t)
	c := codec.Descending(codec.Int[int]())
	assert.Equal(t, "descending(int)", c.Name())
	assert.True(t, c.Ordered())
	testKeys(t, c, reverse(cmp.Compare[int]), ints[int](rnd))
	testKeys(t, codec.Descending(codec.Uint[uint]()), reverse(cmp.Compare[uint]), uints[uint](rnd))
	testKeys(t, codec.Descending(codec.Float[float64]()), reverse(cmp.Compare[float64]), floats[float64](rnd))
	testKeys(t, codec.Descending(codec.String[string]()), reverse(cmp.Compare[string]), texts[string](rnd))
	testKeys(t, codec.Descending(codec.Time()), reverse(time.Time.Compare), times(rnd))
	testKeys(t, codec.Descending(codec.Bool[bool]()), reverse(compareBool[bool]), []bool{false, true})
	testKeys(t, codec.Descending(codec.Bytes[[]byte]()), reverse(bytes.Compare), [][]byte{{}, {0}, {0, 0}, {0, 255}, {255}})
	twice := codec.Descending(codec.Descending(codec.String[string]()))
	assert.Equal(t, "descending(descending(string))", twice.Name())
	testKeys(t, twice, cmp.Compare[string], texts[string](rnd))
}

func TestUnorderedHasTheSameBytes(t *testing.T) {
	c := codec.Unordered(codec.Int[int]())
	assert.Equal(t, "int", c.Name(), "the name says what the bytes are")
	assert.False(t, c.Ordered())
	assert.Equal(t, encode(t, codec.Int[int](), 5), encode(t, c, 5))
	assert.False(t, codec.Descending(c).Ordered())
	assert.False(t, pairs(c, codec.Int[int]()).Ordered())
	assert.False(t, pairs(codec.Int[int](), c).Ordered())
}

func TestKeysWithTheSameFirstFieldStandTogether(t *testing.T) {
	c := pairs(codec.String[string](), codec.String[string]())
	a := encode(t, c, pair[string, string]{"a\x00", ""})
	for _, word := range texts[string](random(t)) {
		assert.True(t, bytes.HasPrefix(encode(t, c, pair[string, string]{"a\x00", word}), a))
		if word != "a\x00" {
			assert.False(t, bytes.HasPrefix(encode(t, c, pair[string, string]{word, "z"}), a), "%q", word)
		}
	}
}

func TestTuplesThatAreNotWholeAreRefused(t *testing.T) {
	c := pairs(codec.String[string](), codec.Int[int]())
	whole := encode(t, c, pair[string, int]{"a\x00b", 5})
	require.Equal(t, unhex(t, "61 00ff 62 0001 8000000000000005"), whole)
	for n := range whole {
		refusesBytes(t, c, whole[:n], "")
	}
	refusesBytes(t, c, append(bytes.Clone(whole), 0), "9 bytes, not 8")
	refusesBytes(t, c, unhex(t, "61 0002 0001 8000000000000005"), "a part without an end")
	refusesBytes(t, c, unhex(t, "61 00"), "a part without an end")

	d := pairs(codec.Int[int](), codec.String[string]())
	refusesBytes(t, d, unhex(t, "800000"), "tuple(int,string): 3 bytes where 8 are needed")

	e := codec.Descending(codec.String[string]())
	require.Equal(t, unhex(t, "9e fffe"), encode(t, e, "a"))
	refusesBytes(t, e, unhex(t, "9e"), "a part without an end")
	refusesBytes(t, e, unhex(t, "9e fffe 00"), "1 bytes too many")
	refusesBytes(t, codec.Descending(codec.Int[int]()), unhex(t, "9e"), "1 bytes where 8 are needed")
	refusesBytes(t, codec.Descending(codec.Int[int]()), make([]byte, 9), "1 bytes too many")

	three := entries(codec.String[string](), codec.String[string](), codec.Int[int]())
	whole = encode(t, three, entry{"a", 1, ""})
	for n := range whole {
		refusesBytes(t, three, whole[:n], "")
	}
}

func TestAnErrorOfAFieldLeavesNothing(t *testing.T) {
	f, num := folded(), codec.Int[int]()
	refuses(t, pairs(f, num), pair[string, int]{"bad", 1}, "a bad key")
	refuses(t, pairs(num, f), pair[int, string]{1, "bad"}, "a bad key")
	refuses(t, codec.Descending(f), "bad", "a bad key")
	str := codec.String[string]()
	refuses(t, entries(f, str, num), entry{"bad", 1, ""}, "a bad key")
	refuses(t, entries(str, f, num), entry{"", 1, "bad"}, "a bad key")
}

func TestAJoinThatIsNotTheReverseIsFound(t *testing.T) {
	num := codec.Int[int]()
	c := codec.Tuple2(num, num, func(k [2]int) (int, int) { return k[0], k[1] }, func(a, b int) [2]int { return [2]int{b, a} })
	refusesBytes(t, c, encode(t, c, [2]int{1, 2}), "reads as a key whose bytes are")
	d := codec.Tuple3(num, num, num, func(k [3]int) (int, int, int) { return k[0], k[1], k[2] }, func(a, b, c int) [3]int { return [3]int{a, b, a} })
	refusesBytes(t, d, encode(t, d, [3]int{1, 2, 3}), "reads as a key whose bytes are")
}

// impostor says that it is "int", which always has 8 bytes.
type impostor struct{ codec.Key[string] }

func (impostor) Name() string { return "int" }

func TestACodecThatIsNotWhatItsNameSays(t *testing.T) {
	c := impostor{codec.String[string]()}
	refuses(t, codec.Descending(c), "abc", "int: 3 bytes, not 8")
	refuses(t, pairs[string, string](c, c), pair[string, string]{"abc", ""}, "int: 3 bytes, not 8")
}
