package codec_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/codec"
)

func TestKeysComeBackAndKeepTheirOrder(t *testing.T) {
	rnd := random(t)
	testKeys(t, codec.Int[int](), cmp.Compare, ints[int](rnd))
	testKeys(t, codec.Int[int8](), cmp.Compare, ints[int8](rnd))
	testKeys(t, codec.Int[celsius](), cmp.Compare, ints[celsius](rnd))
	testKeys(t, codec.Uint[uint64](), cmp.Compare, uints[uint64](rnd))
	testKeys(t, codec.Uint[port](), cmp.Compare, uints[port](rnd))
	testKeys(t, codec.Float[float64](), cmp.Compare, floats[float64](rnd))
	testKeys(t, codec.Float[ratio](), cmp.Compare, floats[ratio](rnd))
	testKeys(t, codec.Bool[flag](), compareBool, []flag{false, true})
	testKeys(t, codec.String[label](), cmp.Compare, texts[label](rnd))
	testKeys(t, codec.Bytes[blob](), func(a, b blob) int { return bytes.Compare(a, b) }, []blob{nil, {}, {0}, {0, 0}, {1}, {255}})
	testKeys(t, codec.Time(), time.Time.Compare, times(rnd))
}

func TestKeyOfChoosesByKind(t *testing.T) {
	rnd := random(t)
	testKeys(t, named(t, "int", keyOf[int64](t)), cmp.Compare, ints[int64](rnd))
	testKeys(t, named(t, "int", keyOf[celsius](t)), cmp.Compare, ints[celsius](rnd))
	testKeys(t, named(t, "uint", keyOf[uint8](t)), cmp.Compare, uints[uint8](rnd))
	testKeys(t, named(t, "uint", keyOf[port](t)), cmp.Compare, uints[port](rnd))
	testKeys(t, named(t, "float", keyOf[float32](t)), cmp.Compare, floats[float32](rnd))
	testKeys(t, named(t, "float", keyOf[ratio](t)), cmp.Compare, floats[ratio](rnd))
	testKeys(t, named(t, "bool", keyOf[bool](t)), compareBool, []bool{false, true})
	testKeys(t, named(t, "bool", keyOf[flag](t)), compareBool, []flag{false, true})
	testKeys(t, named(t, "string", keyOf[string](t)), cmp.Compare, texts[string](rnd))
	testKeys(t, named(t, "string", keyOf[label](t)), cmp.Compare, texts[label](rnd))
	testKeys(t, named(t, "bytes", keyOf[blob](t)), func(a, b blob) int { return bytes.Compare(a, b) }, []blob{nil, {}, {0}, {0, 0}, {1}, {255}})
	testKeys(t, named(t, "bytes", keyOf[hash](t)), func(a, b hash) int { return bytes.Compare(a[:], b[:]) }, []hash{{}, {1}, {0, 1}, {0, 0, 0, 255}})
	testKeys(t, named(t, "time", keyOf[time.Time](t)), time.Time.Compare, times(rnd))

	addr := keyOf[netip.Addr](t)
	assert.Equal(t, "text", addr.Name())
	assert.False(t, addr.Ordered())
	testKeys(t, addr, netip.Addr.Compare, []netip.Addr{{}, netip.MustParseAddr("1.2.3.4"), netip.MustParseAddr("::ffff:1.2.3.4"),
		netip.MustParseAddr("fe80::1%a"), netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("9.0.0.1")})

	// A defined type has the bytes of its kind.
	assert.Equal(t, encode(t, keyOf[int64](t), 7), encode(t, keyOf[celsius](t), 7))
}

// named requires the codec to have a name, and an order.
func named[K any](t *testing.T, name string, c codec.Key[K]) codec.Key[K] {
	t.Helper()
	require.Equal(t, name, c.Name())
	require.True(t, c.Ordered())
	return c
}

// shade has text methods that unite what == tells apart.
type shade int

func (shade) MarshalText() ([]byte, error)  { return []byte("grey"), nil }
func (*shade) UnmarshalText(_ []byte) error { return nil }

func TestKeyOfTakesTheKindBeforeTheText(t *testing.T) {
	c := keyOf[shade](t)
	assert.Equal(t, "int", c.Name())
	assert.NotEqual(t, encode(t, c, 1), encode(t, c, 2))
}

// meeting has the text of one of its fields.
type meeting struct {
	netip.Addr
	Port int
}

// alone has nothing but the field whose text it has.
type alone struct{ netip.Addr }

func TestKeyOfSaysWhatToUse(t *testing.T) {
	no := func(_ any, err error) string {
		t.Helper()
		require.ErrorIs(t, err, codec.Err)
		return err.Error()
	}
	assert.Contains(t, no(codec.KeyOf[struct{ A, B int }]()), "struct { A int; B int }: use Tuple2")
	assert.Contains(t, no(codec.KeyOf[any]()), "interface {}: use KeyFunc")
	assert.Contains(t, no(codec.KeyOf[*int]()), "*int: pointers are equal if they point to the same place")
	assert.Contains(t, no(codec.KeyOf[*big.Int]()), "*big.Int: pointers")
	assert.Contains(t, no(codec.KeyOf[complex128]()), "KeyFunc")
	assert.Contains(t, no(codec.KeyOf[[2]int]()), "KeyFunc")
	assert.Contains(t, no(codec.KeyOf[chan int]()), "KeyFunc")
	assert.Contains(t, no(codec.KeyOf[meeting]()), "meeting: the text may be that of an embedded field alone")
	assert.Equal(t, "text", keyOf[alone](t).Name())
	assert.Equal(t, "text", keyOf[big.Int](t).Name(), "the methods are those of the pointer")
}

func TestIntegersBecomeWiderButNotNarrower(t *testing.T) {
	for _, x := range []int64{math.MaxInt8, math.MinInt8} {
		b := encode(t, codec.Int[int8](), int8(x))
		assert.Equal(t, x, decode(t, codec.Int[int64](), b))
		over := encode(t, codec.Int[int64](), x+x/100)
		refusesBytes(t, codec.Int[int8](), over, "too large for int8")
	}
	refusesBytes(t, keyOf[celsius](t), encode(t, codec.Int[int32](), math.MinInt16-1), "-32769 is too large for codec_test.celsius")
	refusesBytes(t, codec.Int[celsius](), encode(t, codec.Int[int32](), math.MaxInt16+1), "32768 is too large for codec_test.celsius")
	refusesBytes(t, codec.Uint[uint8](), encode(t, codec.Uint[uint](), 256), "256 is too large for uint8")
	refusesBytes(t, keyOf[port](t), encode(t, codec.Uint[uint](), 1<<16), "65536 is too large for codec_test.port")
	refusesBytes(t, codec.Float[float32](), encode(t, codec.Float[float64](), 0.1), "float32")
	refusesBytes(t, codec.Float[float32](), encode(t, codec.Float[float64](), 1e300), "float32")
	refusesBytes(t, keyOf[ratio](t), encode(t, codec.Float[float64](), 0.1), "codec_test.ratio")
	assert.Equal(t, math.Inf(1), float64(decode(t, codec.Float[float32](), encode(t, codec.Float[float64](), math.Inf(1)))))
	refusesBytes(t, keyOf[hash](t), []byte("abc"), "3 bytes for codec_test.hash")
	refusesBytes(t, keyOf[hash](t), []byte("abcde"), "5 bytes for codec_test.hash")
}

func TestFloatKeysFollowEquality(t *testing.T) {
	negative := math.Copysign(0, -1)
	for _, c := range []codec.Key[ratio]{codec.Float[ratio](), keyOf[ratio](t)} {
		assert.Equal(t, encode(t, c, 0), encode(t, c, ratio(negative)))
		assert.False(t, math.Signbit(float64(decode(t, c, encode(t, c, ratio(negative))))))
		refuses(t, c, ratio(math.NaN()), "NaN is no key")
		refusesBytes(t, c, unhex(t, "7fffffffffffffff"), "NaN or -0")
		refusesBytes(t, c, unhex(t, "fff8000000000000"), "NaN or -0")
		refusesBytes(t, c, unhex(t, "0000000000000000"), "NaN or -0")
	}
}

func TestTimeKeysAreInstants(t *testing.T) {
	c := codec.Time()
	now := time.Now()
	back := decode(t, c, encode(t, c, now))
	assert.True(t, back == now.UTC(), "%#v and %#v", back, now.UTC())
	assert.Equal(t, encode(t, c, now), encode(t, c, now.In(time.FixedZone("west", -7*3600))))
	for _, x := range times(random(t)) {
		assert.True(t, decode(t, c, encode(t, c, x)) == x.UTC(), "%v", x)
	}
	refusesBytes(t, c, unhex(t, "8000000000000000 3b9aca00"), "1000000000 nanoseconds")
	assert.Equal(t, 999_999_999, decode(t, c, unhex(t, "8000000000000000 3b9ac9ff")).Nanosecond())
}

func TestKeysOfTheWrongLengthAreRefused(t *testing.T) {
	nine := make([]byte, 9)
	for n := range nine {
		if n != 8 {
			refusesBytes(t, codec.Int[int](), nine[:n], "not 8")
			refusesBytes(t, codec.Uint[port](), nine[:n], "not 8")
			refusesBytes(t, codec.Float[float64](), nine[:n], "not 8")
			refusesBytes(t, keyOf[celsius](t), nine[:n], "not 8")
			refusesBytes(t, keyOf[port](t), nine[:n], "not 8")
			refusesBytes(t, keyOf[ratio](t), nine[:n], "not 8")
		}
		if n != 1 {
			refusesBytes(t, codec.Bool[bool](), nine[:n], "not 1")
			refusesBytes(t, keyOf[flag](t), nine[:n], "not 1")
		}
		refusesBytes(t, codec.Time(), nine[:n], "not 12")
	}
	refusesBytes(t, codec.Time(), make([]byte, 13), "not 12")
	refusesBytes(t, codec.Bool[bool](), []byte{2}, "0x2, not 0 or 1")
	refusesBytes(t, keyOf[flag](t), []byte{255}, "0xff, not 0 or 1")
}

// grade has methods that are wrong in one way or the other.
type grade struct{ text string }

func (g grade) MarshalText() ([]byte, error) {
	if g.text == "cannot" {
		return nil, errors.New("no such grade")
	}
	return []byte(strings.ToLower(g.text)), nil
}

func (g *grade) UnmarshalText(text []byte) error {
	if string(text) == "odd" {
		return errors.New("an odd grade")
	}
	g.text = string(text)
	clear(text) // which it may do with what it was given
	return nil
}

func TestTextThatIsNotReadAsItWasWrittenIsRefused(t *testing.T) {
	c := codec.Text[grade]()
	assert.Equal(t, grade{"good"}, decode(t, c, encode(t, c, grade{"Good"})))
	refuses(t, c, grade{"cannot"}, "no such grade")
	refuses(t, c, grade{"odd"}, "an odd grade")
	refusesBytes(t, c, []byte("odd"), "an odd grade")
	refusesBytes(t, c, []byte("Good"), `"Good" reads as the codec_test.grade "good"`)
	refusesBytes(t, c, []byte("cannot"), "no such grade")

	prefix := codec.Text[netip.Prefix]()
	refuses(t, prefix, netip.PrefixFrom(netip.MustParseAddr("1.2.3.4"), 99), "invalid Prefix")
	refusesBytes(t, prefix, []byte("1.2.3.4/08"), "bad bits after slash")
	refusesBytes(t, codec.Text[netip.Addr](), []byte("::0"), `"::0" reads as the netip.Addr "::"`)
}

// folded is a key whose case does not count.
func folded() codec.Key[string] {
	return codec.KeyFunc("folded", true,
		func(b []byte, k string) ([]byte, error) {
			if k == "bad" {
				return b[:0], errors.New("a bad key")
			}
			return append(b, strings.ToLower(k)...), nil
		},
		func(b []byte) (string, error) {
			if string(b) == "bad" {
				return "worse", errors.New("bad bytes")
			}
			return string(b), nil
		})
}

func TestKeyFunc(t *testing.T) {
	c := folded()
	assert.Equal(t, "folded", c.Name())
	testKeys(t, c, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) }, []string{"", "a", "A", "ab", "AB", "b", "B"})
	refuses(t, c, "bad", "folded: a bad key")
	refusesBytes(t, c, []byte("bad"), "folded: bad bytes")
	refusesBytes(t, c, []byte("Ada"), "folded: 416461 reads as a key whose bytes are 616461")

	short := codec.KeyFunc("short", false,
		func(b []byte, k string) ([]byte, error) { return []byte(k), nil }, func(b []byte) (string, error) { return string(b), nil })
	refuses(t, short, "k", "6 bytes were appended to, and 1 came back")
}

func TestAPanicOfTheProgramPasses(t *testing.T) {
	c := codec.KeyFunc("panics", true, func([]byte, int) ([]byte, error) { panic("enc") }, func([]byte) (int, error) { panic("dec") })
	assert.PanicsWithValue(t, "enc", func() { c.Append(nil, 1) })
	assert.PanicsWithValue(t, "dec", func() { c.Decode(nil) })
}

func TestNamesOfOnesOwn(t *testing.T) {
	enc := func(b []byte, k int) ([]byte, error) { return binary.AppendVarint(b, int64(k)), nil }
	dec := func(b []byte) (int, error) { return 0, nil }
	for _, name := range []string{"", "a b", "a,b", "f(x)", "a\x00", "a\n", "\xff", "int", "uint", "float", "bool", "time", "string", "bytes", "text", "tuple",
		"descending", "json", "varint", "uvarint", "binary", "empty"} {
		assert.PanicsWithValue(t, panicOf("KeyFunc", name), func() { codec.KeyFunc(name, true, enc, dec) }, "%q", name)
		assert.PanicsWithValue(t, panicOf("ValueFunc", name), func() { codec.ValueFunc(name, enc, dec) }, "%q", name)
	}
	for _, name := range []string{"a", "money/2", "int2", "größe", "v1.2-x"} {
		assert.Equal(t, name, codec.KeyFunc(name, true, enc, dec).Name())
		assert.Equal(t, name, codec.ValueFunc(name, enc, dec).Name())
	}
	assert.Panics(t, func() { codec.KeyFunc("a", true, nil, dec) })
	assert.Panics(t, func() { codec.KeyFunc("a", true, enc, nil) })
	assert.Panics(t, func() { codec.ValueFunc("a", nil, dec) })
	assert.Panics(t, func() { codec.ValueFunc("a", enc, nil) })
}

func panicOf(function, name string) string {
	s := fmt.Sprintf("codec: %s with the name %q", function, name)
	if name != "" && name[0] >= 'a' && name[0] <= 'z' && !strings.ContainsAny(name, " ,(\x00\n") {
		s += ", which is that of a codec of this package"
	}
	return s
}

func TestBuiltInKeysDoNotAllocate(t *testing.T) {
	b := make([]byte, 0, 64)
	cost := func(f func()) float64 { return testing.AllocsPerRun(100, f) }
	i, s, p := codec.Int[int](), codec.String[string](), pairs(codec.String[string](), codec.Descending(codec.Int[int]()))
	ib, sb := encode(t, i, 5), encode(t, s, "a\x00b")
	assert.Zero(t, cost(func() { i.Append(b, 5); i.Decode(ib) }))
	assert.Zero(t, cost(func() { s.Append(b, "a\x00b") }))
	assert.Zero(t, cost(func() { p.Append(b, pair[string, int]{"a\x00b", 7}) }))
	assert.EqualValues(t, 1, cost(func() { s.Decode(sb) }), "the string")
}
